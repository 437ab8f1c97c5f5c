"""The outermost layer: gives each request an id, measures it, and writes a line about it without personal data."""

import logging
import re
import secrets
import time
from dataclasses import dataclass

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import metrics
from dashboard.server import addresses, logs
from dashboard.server.one_snapshot import NAMED

# What a request is for, by the beginning of its path; all others are documents, views in other forms, or files.
KINDS = {
    "/figures/": "figure",
    "/api": "api",
    "/livez": "probe",
    "/readyz": "probe",
    "/startupz": "probe",
}
# The kinds of which each request is a line: files and probes are many and tell nothing.
WRITTEN = {"document", "view", "api"}
# Ids that a proxy of ours may have given.
GIVEN = re.compile(r"[\w-]{8,64}")
NAME = "X-Request-Id"
FAILURE = 500
LOG = logging.getLogger("atalaya.request")


class Observed:
    """An ASGI layer around the guard.

    Args:
        base: the path before every address, e.g. `/atalaya`.
        proxied: whether ids of requests come from a proxy of ours.
    """

    def __init__(self, app: ASGIApp, base: str = "", *, proxied: bool = False) -> None:
        self.app, self.base, self.proxied = app, base, proxied

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass one request on, and measure it."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        request = _Request(kind(str(scope["path"]).removeprefix(self.base)), self._id(scope), send, time.monotonic())
        logs.REQUEST.set(request.id)
        try:
            await self.app(scope, receive, request.send)
        except Exception:
            metrics.ERRORS.labels("request").inc()
            request.status = request.status or FAILURE
            raise
        finally:
            request.finish()

    def _id(self, scope: Scope) -> str:
        given = Headers(scope=scope).get(NAME, "") if self.proxied else ""
        return given if GIVEN.fullmatch(given) else secrets.token_hex(8)


@dataclass
class _Request:
    """One request: what it is for, its id, and how it was answered."""

    kind: str
    id: str
    forward: Send
    begun: float
    status: int = 0

    async def send(self, message: Message) -> None:
        """Send a part of the answer; the first one of an error or a document carries the id."""
        if message["type"] == "http.response.start":
            self.status = int(message["status"])
            metrics.REQUEST.labels(self.kind).observe(time.monotonic() - self.begun)
            if self.status >= 400 or self.kind == "document":  # noqa: PLR2004 - a status
                MutableHeaders(scope=message)[NAME] = self.id
        elif message["type"] == "websocket.accept":
            self.status = 101
        await self.forward(message)

    def finish(self) -> None:
        """Write a line about it."""
        if self.kind in WRITTEN:
            milliseconds = round((time.monotonic() - self.begun) * 1000)
            fields = {"kind": self.kind, "status": self.status, "milliseconds": milliseconds}
            LOG.info("answered", extra=fields)


def kind(path: str) -> str:
    """What a path is for; below a snapshot the same as without it."""
    if named := NAMED.fullmatch(path):
        path = named[2]
    for start, name in KINDS.items():
        if path.startswith(start):
            return name
    if place := addresses.place(path.removeprefix("/")):
        return "view" if place.ending else "document"
    # An old address, which leads to a document, is counted as one.
    return "file" if "/" in path[1:] or "." in path else "document"
