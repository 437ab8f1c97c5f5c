"""An ASGI layer: the answer to a request reads one snapshot, also if another one is shown meanwhile."""

from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import store


class OneSnapshot:
    """A layer around an application; runs of pages are not requests and begin by themselves (`dashboard/app.py`)."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the current snapshot until the answer is sent."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        with store.reading(store.snapshot()):
            await self.app(scope, receive, send)
