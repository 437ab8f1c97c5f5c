"""The layer before Streamlit: known hosts, closed paths, limits on messages and uploads, security headers.

Streamlit's uploader refuses a large file in English, in the browser, and its server would answer with a bare status. So
uploads may be larger than the files that we read, but are truncated on their way: then the page says in the reader's
language that the file is too large, and no more than that is ever in memory.
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

# Nobody outside needs the server's metrics, or Streamlit's API for programs (which is off by default).
CLOSED = ("/_stcore/metrics", "/_stcore/agent")
# Only one page reads uploads. Streamlit accepts them from live sessions, up to the size in a setting, and keeps them
# while the session lives: so only a few a minute are allowed, for all readers together.
UPLOADS, TAKEN, GIVEN_BACK = "/_stcore/upload_file", "PUT", ("DELETE", "OPTIONS")
UPLOADS_AT_ONCE, UPLOADS_A_SECOND = 20, 0.2
# One byte too many is enough to know; the rest is for the name and type of the file in the form.
KEPT = MAX_BYTES + 65_536
LONGEST_QUERY = 4096
UNSUPPORTED, POLICY_VIOLATION = 1003, 1008
# Messages of one websocket: at once, and a second in the long run. People are not half as fast.
BURST, RATE = 100, 10.0
# Streamlit needs inline styles and scripts and blob modules; everything else must come from this server.
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
# JSON runs and frames nothing, and all headers together would be as large as a small figure.
DATA, DATA_HEADERS = "application/json", {"X-Content-Type-Options": "nosniff"}


class Guard:
    """An ASGI layer around `app` that refuses bad requests and adds headers.

    Args:
        hosts: host names to answer to, besides localhost and IP addresses.
        base: the path before every address, e.g. `/atalaya`.
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
        """The status with which to refuse, or 0."""
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
    """A rate limit: `burst` tokens at most, refilled by `rate` a second; `now` is in seconds."""

    def __init__(self, now: float, burst: int = BURST, rate: float = RATE) -> None:
        self.burst, self.rate = burst, rate
        self.left, self.then = float(burst), now

    def take(self, now: float) -> bool:
        """Take one token; False if there is none."""
        self.left, self.then = min(self.burst, self.left + self.rate * (now - self.then)), now
        if self.left < 1:
            return False
        self.left -= 1
        return True


def _measured(receive: Receive, send: Send) -> tuple[Receive, Send]:
    """A websocket that is closed for both sides on a text frame (Streamlit's are binary) or a flood of messages."""
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
    """Whether a request declares more bytes than an upload may have."""
    length = Headers(scope=scope).get("content-length", "0")
    return not length.isdigit() or int(length) > UPLOAD_MEGABYTES * 2**20


def _shortened(scope: Scope, receive: Receive) -> tuple[Scope, Receive]:
    """The request, truncated to a valid form after `KEPT` bytes."""
    end = _form_end(Headers(scope=scope).get("content-type", ""))
    left, carried = KEPT, UPLOAD_MEGABYTES * 2**20

    async def receive_shortened() -> Message:
        nonlocal left, carried
        message = await receive()
        if message["type"] != "http.request" or len(message.get("body", b"")) <= left:
            left -= len(message.get("body", b""))
            return message
        body = message["body"][:left]
        # The browser sends everything before it reads an answer.
        while message["type"] == "http.request" and message.get("more_body") and carried > 0:
            carried -= len(message.get("body", b""))
            message = await receive()
        return {"type": "http.request", "body": body + end, "more_body": False}

    # Streamlit would refuse the length that the browser declares.
    headers = MutableHeaders(raw=list(scope["headers"]))
    del headers["content-length"]
    return {**scope, "headers": headers.raw}, receive_shortened


def _form_end(kind: str) -> bytes:
    """The bytes that end a multipart form."""
    header = Header()
    header["content-type"] = kind
    return f"\r\n--{header.get_boundary('')}--\r\n".encode()


def _known(host: str, names: frozenset[str]) -> bool:
    """Whether a Host header names this server. IP addresses always do: rebinding attacks need a name."""
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
