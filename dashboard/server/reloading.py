"""What `dashboard.server.dev` starts again after each change: the documents, without probes or work ahead of readers.

Its pages load themselves again (`reload.js`).
"""

import gc
import socket
import time
from http.cookies import SimpleCookie
from pathlib import Path

import uvicorn
from jinja2 import FileSystemBytecodeCache
from starlette.applications import Starlette
from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Mount, Route
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import catalog, static
from dashboard.forms.html.document import templates
from dashboard.server.desk_address import DeskAddress
from dashboard.server.documents import Documents
from dashboard.server.guard import Guard
from dashboard.server.one_snapshot import OneSnapshot
from dashboard.server.pages import DRAWING_CLASS, DRAWN
from dashboard.server.serve import application

SCRIPT = Path(__file__).with_name("reload.js")
START = str(time.time())


def serve(listener: socket.socket, desk_port: int = 0) -> None:
    """Serve on a socket until this process ends.

    Args:
        desk_port: the port of the desk; 0: there is none.
    """
    # A file that cannot be loaded is found here, and not by the next request.
    catalog.pages()
    static.FILES["page.js"] += (SCRIPT,)
    app = Guard(OneSnapshot(DeskAddress(Documents(application(), desk=bool(desk_port)), port=desk_port)))
    # Most of the templates are as they were before: they need not be compiled again.
    templates().bytecode_cache = FileSystemBytecodeCache()
    gc.freeze()
    gc.enable()
    config = uvicorn.Config(
        Starlette(routes=[Route("/dev/start", _start), Mount("/", OneDrawing(app))]), ws="none", log_level="warning"
    )
    uvicorn.Server(config).run(sockets=[listener])


class OneDrawing:
    """A layer that makes of the cookie with the width of a window the header with which scripts ask for its drawing."""

    def __init__(self, app: ASGIApp) -> None:
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] == "http" and DRAWN not in Headers(scope=scope):
            given = SimpleCookie(Headers(scope=scope).get("cookie", "")).get(DRAWING_CLASS)
            if given:
                MutableHeaders(scope=scope)[DRAWN] = given.value
        await self.app(scope, receive, send)


async def _start(_request: Request) -> PlainTextResponse:
    """When this process was started."""
    return PlainTextResponse(START)
