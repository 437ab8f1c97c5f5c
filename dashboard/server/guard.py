"""The layer before Streamlit: known hosts, closed paths, budgets of clients, limits on uploads, security headers.

A client is an address (`turns.client`). Messages beyond its budget wait; only a flood of one websocket is closed.

Streamlit's uploader refuses a large file in English, in the browser, and its server would answer with a bare status. So
uploads may be larger than the files that we read, but are truncated on their way: then the page says in the reader's
language that the file is too large, and no more than that is ever in memory.
"""

import asyncio
import logging
import secrets
import time
from collections.abc import Iterable
from email.message import Message as Header
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from dashboard.server import refusals
from dashboard.server.budgets import MOST_SESSIONS, Budget, Pace, Places, Rate
from dashboard.server.desk_address import host_name
from dashboard.server.policy import policy
from dashboard.turns import FullError, client
from data.report.package import MAX_BYTES, UPLOAD_MEGABYTES

# Nobody outside needs the server's metrics, or Streamlit's API for programs (which is off by default).
CLOSED = ("/_stcore/metrics", "/_stcore/agent")
# Answered whatever host a monitor names.
MONITORS = ("/livez", "/readyz", "/startupz")
# Only one page reads uploads. Streamlit accepts them from live sessions, up to the size in a setting, and keeps them
# while the session lives: so their number and their bytes are limited, for one client and for all.
UPLOADS, TAKEN, GIVEN_BACK = "/_stcore/upload_file", "PUT", ("DELETE", "OPTIONS")
# An agenda, which its page shows and nobody keeps (`dashboard.server.agendas`).
SENT = "POST"
UPLOADS_EACH, UPLOADS_TOGETHER = Rate(60, 0.5), Rate(200, 2)
BYTES_EACH, BYTES_TOGETHER = Rate(32e6, 1e5), Rate(96e6, 3e5)
# One byte too many is enough to know; the rest is for the name and type of the file in the form.
KEPT = MAX_BYTES + 65_536
LONGEST_QUERY = 4096
UNSUPPORTED, POLICY_VIOLATION = 1003, 1008
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
# Messages of one client and of all. People send not even half as many; sixty readers of a meeting room some twelve a
# second. Of one websocket more than `MOST_WAITING` at once are a flood.
MESSAGES_EACH, MESSAGES_TOGETHER, MOST_WAITING = Rate(300, 40), Rate(1000, 120), 100
# New sessions of one client and of all, and the seconds between two of them: each takes the event loop some
# milliseconds, and other answers go out in between.
SESSIONS_EACH, SESSIONS_TOGETHER, APART = Rate(1500, 20), Rate(3000, 50), 0.008
# Open sessions of one client; of all as many as file descriptors allow, and at most `MOST_SESSIONS`.
MOST_OF_ONE = 600
# Seconds until the next part of a body, and for a whole body.
NEXT_PART, WHOLE_BODY = 10.0, 300.0
TOO_SLOW = 408
# What a server may do to answer a websocket that it refuses with a status (ASGI).
DENIAL = "websocket.http.response"
PORTS = {"http": 80, "https": 443}
LOG = logging.getLogger("atalaya.guard")
POLICY = "Content-Security-Policy"
HEADERS = {
    POLICY: policy(),
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
        hosts: host names and addresses to answer to, besides this machine's own (`THIS_MACHINE`).
        base: the path before every address, e.g. `/atalaya`.
        origins: public addresses of this site, which a browser may name as the origin of a websocket.
        most: how many sessions may be open.
        hsts: seconds for the header `Strict-Transport-Security`; 0: none.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Iterable[str] = (),
        base: str = "",
        *,
        origins: Iterable[str] = (),
        most: int = MOST_SESSIONS,
        hsts: int = 0,
    ) -> None:
        self.app, self.base = app, base
        self.hosts = frozenset(host.lower() for host in hosts) | THIS_MACHINE
        self.origins = frozenset(map(_origin, origins))
        self.headers = HEADERS | ({"Strict-Transport-Security": f"max-age={hsts}"} if hsts else {})
        self.uploads = Budget(UPLOADS_EACH, UPLOADS_TOGETHER)
        self.bytes = Budget(BYTES_EACH, BYTES_TOGETHER)
        self.messages = Pace(MESSAGES_EACH, MESSAGES_TOGETHER)
        self.sessions = Budget(SESSIONS_EACH, SESSIONS_TOGETHER)
        self.places = Places(most, min(most, MOST_OF_ONE))
        self.next_session = 0.0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse or pass on one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
            return
        try:
            if refusal := self._refusal(scope):
                await self._refuse(refusal, scope, receive, send)
            elif scope["type"] == "websocket":
                await self._session(scope, receive, send)
            else:
                await self._request(scope, receive, send)
        except FullError as error:
            await self._turn_away(error, scope, receive, send)

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on an HTTP request."""
        body = _Body(scope, receive, self._with_headers(send))
        try:
            if self._path(scope).startswith(UPLOADS) and scope["method"] == TAKEN:
                await self.app(*_shortened(scope, body.receive), body.send)
            else:
                await self.app(scope, body.receive, body.send)
        except Exception:
            # What the application makes of a body that ends early is no fault of its own.
            if not body.late:
                raise

    async def _session(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass on a websocket, in its place and at its pace.

        Raises:
            FullError: there is no place for it.
        """
        who = client(scope)
        self.sessions.take(who)
        self.places.take(who)
        try:
            now = time.monotonic()
            self.next_session = max(now, self.next_session + APART)
            await asyncio.sleep(self.next_session - now)
            paced = _Paced(receive, send, self.messages, who)
            reading = asyncio.create_task(paced.read())
            try:
                await self.app(scope, paced.receive, paced.send)
            finally:
                reading.cancel()
        finally:
            self.places.leave(who)

    def _refusal(self, scope: Scope) -> int:
        """The status with which to refuse, or 0.

        Raises:
            FullError: too many uploads, or bytes of them.
        """
        path, headers = self._path(scope), Headers(scope=scope)
        if path in MONITORS and scope["type"] == "http":
            return 0
        if not _known(headers.get("host", ""), self.hosts):
            return 421
        # A page of another site could show its own words as ours by sending an agenda.
        sends = scope.get("method") == SENT
        if (scope["type"] == "websocket" or sends) and not self._own(headers):
            return 403
        if len(scope["query_string"]) > LONGEST_QUERY:
            return 414
        if path.startswith(UPLOADS):
            return self._upload(scope)
        if sends:
            self._take_bytes(scope)
        return 404 if path.startswith(CLOSED) else 0

    def _path(self, scope: Scope) -> str:
        return str(scope["path"]).removeprefix(self.base)

    def _own(self, headers: Headers) -> bool:
        """Whether a websocket comes from a page of ours, port included; programs name no origin."""
        given = headers.get("origin")
        if given is None:
            return True
        origin = _origin(given)
        scheme = origin.partition(":")[0]
        return scheme in PORTS and (
            origin == _origin(f"{scheme}://{headers.get('host', '')}") or origin in self.origins
        )

    def _upload(self, scope: Scope) -> int:
        if scope.get("method") != TAKEN:
            return 0 if scope.get("method") in GIVEN_BACK else 404
        if _too_long(scope):
            return 413
        self._take_bytes(scope)
        return 0

    def _take_bytes(self, scope: Scope) -> None:
        who, length = client(scope), Headers(scope=scope).get("content-length", "")
        self.uploads.take(who)
        self.bytes.take(who, min(int(length), KEPT) if length.isdigit() else KEPT)

    def _with_headers(self, send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # A document has a policy of its own, with the hashes of its scripts.
                given = headers.get(POLICY)
                headers.update(DATA_HEADERS if headers.get("content-type") == DATA else self.headers)
                headers.update({POLICY: given} if given else {})
            await send(message)

        return send_with_headers

    async def _refuse(self, status: int, scope: Scope, receive: Receive, send: Send) -> None:
        refusals.note(scope, status)
        if scope["type"] == "websocket":
            await WebSocketClose(POLICY_VIOLATION)(scope, receive, send)
        else:
            await PlainTextResponse("refused\n", status)(scope, receive, self._with_headers(send))

    async def _turn_away(self, error: FullError, scope: Scope, receive: Receive, send: Send) -> None:
        answer = refusals.busy(scope, error)
        if scope["type"] == "websocket" and DENIAL not in scope.get("extensions", {}):
            await WebSocketClose(POLICY_VIOLATION)(scope, receive, send)
        else:
            await answer(scope, receive, self._with_headers(send))


class _Paced:
    """A websocket whose messages are read as they come and passed on at the pace of its client.

    It is closed for both sides on a text frame (Streamlit's are binary) and when too many messages wait.
    """

    def __init__(self, receive: Receive, send: Send, pace: Pace, who: str) -> None:
        self._receive, self._send, self._pace, self._who = receive, send, pace, who
        self._session, self._waiting = secrets.token_hex(8), asyncio.Queue[Message]()
        self._ended: Message | None = None

    async def read(self) -> None:
        """Read until the websocket is closed."""
        while not self._ended:
            message = await self._receive()
            if message["type"] == "websocket.disconnect":
                self._ended = message
            elif message["type"] == "websocket.receive" and message.get("bytes") is None:
                await self._close(UNSUPPORTED)
            elif self._waiting.qsize() >= MOST_WAITING:
                await self._close(POLICY_VIOLATION)
            self._waiting.put_nowait(message)

    async def receive(self) -> Message:
        """The next message, at the client's pace; once the websocket is closed, that it is."""
        message = self._ended or await self._waiting.get()
        if message["type"] == "websocket.receive":
            await self._pace.wait(self._who, self._session)
        return self._ended or message

    async def send(self, message: Message) -> None:
        """Send a message, unless we closed the websocket."""
        if not self._ended or self._ended.get("code") not in (UNSUPPORTED, POLICY_VIOLATION):
            await self._send(message)

    async def _close(self, code: int) -> None:
        LOG.warning("closed", extra={"kind": "websocket", "status": code})
        self._ended = {"type": "websocket.disconnect", "code": code}
        await self._send({"type": "websocket.close", "code": code})


class _Body:
    """The body of a request, of which no part may be late: then the request is answered, and its sender gone."""

    def __init__(self, scope: Scope, receive: Receive, send: Send) -> None:
        headers = Headers(scope=scope)
        self.scope, self._receive, self._send = scope, receive, send
        self.whole = headers.get("content-length", "0") == "0" and "transfer-encoding" not in headers
        self.last = time.monotonic() + WHOLE_BODY
        self.late = False

    async def receive(self) -> Message:
        """The next part; after the last one, that the client has left."""
        if self.whole:
            return await self._receive()
        message: Message = {"type": "http.disconnect"}
        try:
            async with asyncio.timeout(max(0.0, min(NEXT_PART, self.last - time.monotonic()))):
                message = await self._receive()
        except TimeoutError:
            await PlainTextResponse("too slow\n", TOO_SLOW, {"Connection": "close"})(
                self.scope, self._receive, self._send
            )
            self.late = True
        self.whole = not message.get("more_body", False)
        return message

    async def send(self, message: Message) -> None:
        """Send a part of the answer, unless the request was answered already."""
        if not self.late:
            await self._send(message)


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
    """Whether a Host header names this server."""
    return host_name(host) in names


def _origin(address: str) -> str:
    """The origin of an address, always with its port; empty if it has none."""
    try:
        parts = urlsplit(address.lower())
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}:{port}" if parts.hostname and port else ""
