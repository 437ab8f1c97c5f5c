"""What stands before Streamlit: known hosts, closed doors, limits on messages and uploads, headers for browsers.

Streamlit's uploader refuses a large file in English, in the browser, and its server would refuse it with a bare number.
So more is let through than is read, cut short on its way: the page then says in the reader's language, as the command
does, that the file is too large. No more of it than that is ever kept.
"""

import ipaddress
import time
from collections.abc import Iterable
from email.message import Message as Header

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from data.report.package import MAX_BYTES, UPLOAD_MEGABYTES

# Nobody outside has a use for the server's metrics, nor for Streamlit's API for programs, off unless it is switched on.
CLOSED = ("/_stcore/metrics", "/_stcore/agent")
# One page looks at workbooks. Streamlit takes them from living sessions alone, each as large as a setting allows, and
# keeps them while the session lives: so there are few in a minute, from all readers together.
UPLOADS, TAKEN, GIVEN_BACK = "/_stcore/upload_file", "PUT", ("DELETE", "OPTIONS")
UPLOADS_AT_ONCE, UPLOADS_A_SECOND = 20, 0.2
# One byte too many is enough to tell; besides the file's bytes come some of its name and kind.
KEPT = MAX_BYTES + 65_536
LONGEST_QUERY = 4096
UNSUPPORTED, POLICY_VIOLATION = 1003, 1008
# Messages of one websocket: so many at once, and so many a second in the long run. No fingers are half as fast.
BURST, RATE = 100, 10.0
# Streamlit needs inline styles and scripts and blob modules; the rest may come from this server alone.
CONTENT_POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self' 'unsafe-inline' 'unsafe-eval' 'wasm-unsafe-eval' blob:",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "connect-src 'self' data: blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    "Content-Security-Policy": CONTENT_POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# JSON runs nothing and frames nothing; the rest of the headers would be as large as a small figure.
DATA, DATA_HEADERS = "application/json", {"X-Content-Type-Options": "nosniff"}


class Guard:
    """An ASGI layer around `app`.

    Args:
        hosts: the names it answers to besides localhost and plain addresses.
        base: what stands before every address, e.g. `/atalaya`.
    """

    def __init__(self, app: ASGIApp, hosts: Iterable[str] = (), base: str = "") -> None:
        self.app, self.base = app, base
        self.hosts = frozenset(host.lower() for host in hosts) | {"localhost"}
        self.uploads = Bucket(time.monotonic(), UPLOADS_AT_ONCE, UPLOADS_A_SECOND)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse or pass on one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif refusal := self._refusal(scope):
            await _refuse(refusal, scope, receive, send)
        elif scope["type"] == "websocket":
            await self.app(scope, *_measured(receive, send))
        elif self._path(scope).startswith(UPLOADS) and scope["method"] == TAKEN:
            await self.app(*_shortened(scope, receive), _with_headers(send))
        else:
            await self.app(scope, receive, _with_headers(send))

    def _refusal(self, scope: Scope) -> int:
        """The status to refuse with, or 0."""
        if not _known(Headers(scope=scope).get("host", ""), self.hosts):
            return 421
        if len(scope["query_string"]) > LONGEST_QUERY:
            return 414
        path = self._path(scope)
        if path.startswith(UPLOADS):
            return self._upload(scope)
        return 404 if path.startswith(CLOSED) else 0

    def _path(self, scope: Scope) -> str:
        return str(scope["path"]).removeprefix(self.base)

    def _upload(self, scope: Scope) -> int:
        if scope.get("method") != TAKEN:
            return 0 if scope.get("method") in GIVEN_BACK else 404
        if _too_long(scope):
            return 413
        return 0 if self.uploads.take(time.monotonic()) else 429


class Bucket:
    """A rate limit: `burst` takings empty it, and it fills by `rate` a second; `now` is in seconds."""

    def __init__(self, now: float, burst: int = BURST, rate: float = RATE) -> None:
        self.burst, self.rate = burst, rate
        self.left, self.then = float(burst), now

    def take(self, now: float) -> bool:
        """Take one out; whether there was one."""
        self.left, self.then = min(self.burst, self.left + self.rate * (now - self.then)), now
        if self.left < 1:
            return False
        self.left -= 1
        return True


def _measured(receive: Receive, send: Send) -> tuple[Receive, Send]:
    """A websocket that ends, for both sides, at a text frame (Streamlit's are binary) and at a flood of messages."""
    bucket, ended = Bucket(time.monotonic()), False

    async def receive_measured() -> Message:
        nonlocal ended
        message = await receive()
        if message["type"] != "websocket.receive" or ended:
            return message
        binary = message.get("bytes") is not None
        if binary and bucket.take(time.monotonic()):
            return message
        ended, code = True, POLICY_VIOLATION if binary else UNSUPPORTED
        await send({"type": "websocket.close", "code": code})
        return {"type": "websocket.disconnect", "code": code}

    async def send_until_ended(message: Message) -> None:
        if not ended:
            await send(message)

    return receive_measured, send_until_ended


def _too_long(scope: Scope) -> bool:
    """Whether a request says that it brings more than is carried."""
    length = Headers(scope=scope).get("content-length", "0")
    return not length.isdigit() or int(length) > UPLOAD_MEGABYTES * 2**20


def _shortened(scope: Scope, receive: Receive) -> tuple[Scope, Receive]:
    """The request, ended in good form after `KEPT` bytes."""
    end = _form_end(Headers(scope=scope).get("content-type", ""))
    left, carried = KEPT, UPLOAD_MEGABYTES * 2**20

    async def receive_shortened() -> Message:
        nonlocal left, carried
        message = await receive()
        if message["type"] != "http.request" or len(message.get("body", b"")) <= left:
            left -= len(message.get("body", b""))
            return message
        body = message["body"][:left]
        # The browser sends all of it before it listens to an answer.
        while message["type"] == "http.request" and message.get("more_body") and carried > 0:
            carried -= len(message.get("body", b""))
            message = await receive()
        return {"type": "http.request", "body": body + end, "more_body": False}

    # Streamlit would refuse the length that the browser gives.
    headers = MutableHeaders(raw=list(scope["headers"]))
    del headers["content-length"]
    return {**scope, "headers": headers.raw}, receive_shortened


def _form_end(kind: str) -> bytes:
    """What closes the parts of a form."""
    header = Header()
    header["content-type"] = kind
    return f"\r\n--{header.get_boundary('')}--\r\n".encode()


def _known(host: str, names: frozenset[str]) -> bool:
    """Whether a Host header names us. A plain address always does: rebinding attacks need a name."""
    name = host.lower()
    name = name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return name in names
    return True


def _with_headers(send: Send) -> Send:
    async def send_with_headers(message: Message) -> None:
        if message["type"] == "http.response.start":
            headers = MutableHeaders(scope=message)
            headers.update(DATA_HEADERS if headers.get("content-type") == DATA else HEADERS)
        await send(message)

    return send_with_headers


async def _refuse(status: int, scope: Scope, receive: Receive, send: Send) -> None:
    if scope["type"] == "websocket":
        await WebSocketClose(POLICY_VIOLATION)(scope, receive, send)
    else:
        await PlainTextResponse("refused\n", status)(scope, receive, _with_headers(send))
