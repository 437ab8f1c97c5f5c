"""The dashboard behind a proxy that cuts `/cut` off each address, in one process: the server does not know the path."""

import sys
from typing import Any

import uvicorn
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.__main__ import main

PATH = "/cut"


class Cutting:
    """Cut the path off an address; other addresses are not found."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        path = scope.get("path", "")
        if path.startswith(f"{PATH}/"):
            raw = scope["raw_path"].removeprefix(PATH.encode())
            scope = {**scope, "path": path.removeprefix(PATH), "raw_path": raw}
        elif scope["type"] == "http" and path != "/readyz":
            scope = {**scope, "path": "/outside", "raw_path": b"/outside"}
        await self.app(scope, receive, send)


class Config(uvicorn.Config):
    """The server's own settings, with the proxy before it."""

    def __init__(self, app: ASGIApp, **options: Any) -> None:
        super().__init__(Cutting(app), **options)


if __name__ == "__main__":
    uvicorn.Config = Config  # type: ignore[misc]
    sys.exit(main())
