"""The layer before everything else: known hosts, the length of a query, security headers.

How much work a client may ask for is limited where it is done (`dashboard.turns`).
"""

from collections.abc import Iterable
from urllib.parse import urlsplit

from starlette.datastructures import Headers, MutableHeaders
from starlette.responses import PlainTextResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocketClose

from dashboard.server import refusals
from dashboard.server.desk_address import host_name
from dashboard.turns import FullError

# Answered whatever host a monitor names.
MONITORS = ("/livez", "/readyz", "/startupz")
# An agenda, which its page shows and nobody keeps (`dashboard.server.agendas`).
SENT = "POST"
LONGEST_QUERY = 4096
POLICY_VIOLATION = 1008
THIS_MACHINE = frozenset({"localhost", "127.0.0.1", "::1"})
PORTS = {"http": 80, "https": 443}
NAME = "Content-Security-Policy"
# What a document may run and load. No script stands in a document itself, and no text is run as code. Styles do: those
# of the drawings of a page, and of Plotly, which draws the figures of the show.
POLICY = "; ".join(
    (
        "default-src 'self'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'self'",
    )
)
HEADERS = {
    NAME: POLICY,
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "SAMEORIGIN",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
}
# JSON runs and frames nothing, and all headers together would be as large as a small figure.
DATA = "application/json"
DATA_HEADERS = {"X-Content-Type-Options": "nosniff"}


class Guard:
    """An ASGI layer around `app` that refuses bad requests and adds headers. No page of ours opens a websocket.

    Args:
        hosts: host names and addresses to answer to, besides this machine's own (`THIS_MACHINE`).
        base: the path before every address, e.g. `/atalaya`.
        origins: public addresses of this site, which a browser may name as the origin of what it sends.
        hsts: seconds for the header `Strict-Transport-Security`; 0: none.
    """

    def __init__(
        self,
        app: ASGIApp,
        hosts: Iterable[str] = (),
        base: str = "",
        *,
        origins: Iterable[str] = (),
        hsts: int = 0,
    ) -> None:
        self.app, self.base = app, base
        self.hosts = frozenset(host.lower() for host in hosts) | THIS_MACHINE
        self.origins = frozenset(map(_origin, origins))
        self.headers = HEADERS | ({"Strict-Transport-Security": f"max-age={hsts}"} if hsts else {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse or pass on one request."""
        if scope["type"] == "lifespan":
            await self.app(scope, receive, send)
        elif scope["type"] == "websocket":
            refusals.note(scope, POLICY_VIOLATION)
            await WebSocketClose(POLICY_VIOLATION)(scope, receive, send)
        else:
            await self._request(scope, receive, self._with_headers(send))

    async def _request(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Refuse or pass on an HTTP request."""
        try:
            if status := self._refusal(scope):
                refusals.note(scope, status)
                await PlainTextResponse("refused\n", status)(scope, receive, send)
            else:
                await self.app(scope, receive, send)
        except FullError as error:
            await refusals.busy(scope, error)(scope, receive, send)

    def _refusal(self, scope: Scope) -> int:
        """The status with which to refuse, or 0."""
        headers = Headers(scope=scope)
        if str(scope["path"]).removeprefix(self.base) in MONITORS:
            return 0
        if host_name(headers.get("host", "")) not in self.hosts:
            return 421
        if len(scope["query_string"]) > LONGEST_QUERY:
            return 414
        # A page of another site could show its own words as ours by sending an agenda.
        if scope["method"] == SENT and not self._own(headers):
            return 403
        return 0

    def _own(self, headers: Headers) -> bool:
        """Whether a request comes from a page of ours, port included; programs name no origin."""
        given = headers.get("origin")
        if given is None:
            return True
        origin = _origin(given)
        scheme = origin.partition(":")[0]
        return scheme in PORTS and (
            origin == _origin(f"{scheme}://{headers.get('host', '')}") or origin in self.origins
        )

    def _with_headers(self, send: Send) -> Send:
        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                # A picture or a figure for other sites has a policy of its own.
                given = headers.get(NAME)
                headers.update(DATA_HEADERS if headers.get("content-type") == DATA else self.headers)
                headers.update({NAME: given} if given else {})
            await send(message)

        return send_with_headers


def _origin(address: str) -> str:
    """The origin of an address, always with its port; empty if it has none."""
    try:
        parts = urlsplit(address.lower())
        port = parts.port or PORTS.get(parts.scheme)
    except ValueError:
        return ""
    return f"{parts.scheme}://{parts.hostname}:{port}" if parts.hostname and port else ""
