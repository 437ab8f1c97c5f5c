"""`/desk/...` leads to the desk, which is another process, perhaps on another machine (`dashboard.desk`)."""

from urllib.parse import quote

from anyio import connect_tcp, fail_after
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.desk import PATH
from dashboard.server.addresses import reader
from dashboard.server.packing import folder

FRESH = {"Cache-Control": "no-cache"}
UNAVAILABLE = 503
# Seconds that the desk has to take a connection, and after which it is worth trying again.
PATIENCE = 0.5
# A browser asks again by itself: a desk starts more slowly than the documents.
LATER = {"Cache-Control": "no-store", "Retry-After": "5", "Refresh": "5"}


class DeskAddress:
    """Leads to the same page of the desk, with its query. Where there is no desk, the layer within answers.

    It stands behind the guard: a host name that this server does not answer to does not come here.

    Args:
        base: the path before every address, e.g. `/atalaya`.
        given: the address of the desk, as its operator gave it, such as `https://example.org/desk`; empty: none.
        port: the port of the desk on this machine; 0: there is none.
    """

    def __init__(self, app: ASGIApp, base: str = "", *, given: str = "", port: int = 0) -> None:
        self.app, self.base, self.given, self.port = app, folder(base), given, port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect requests for the desk; pass all others on."""
        fetched = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        root, path = f"{self.base}{PATH}", scope.get("path", "")
        if fetched and (path == root or path.startswith(f"{root}/")) and (desk := self._desk(scope)):
            query = scope["query_string"].decode("latin-1")
            leads = f"{desk}{quote(path.removeprefix(root) or '/')}" + f"?{query}" * bool(query)
            there = self.given or await self._answers(scope)
            response: Response = RedirectResponse(leads, headers=FRESH) if there else _absent(scope)
            await response(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    async def _answers(self, scope: Scope) -> bool:
        """Whether our own desk takes connections, on the address of this request."""
        if not (server := scope.get("server")):
            return True
        try:
            with fail_after(PATIENCE):
                async with await connect_tcp(server[0], self.port):
                    return True
        except OSError:
            # A time that is up is one too.
            return False

    def _desk(self, scope: Scope) -> str:
        """The address of the desk, without a slash at its end; empty: there is none."""
        if self.given or not self.port:
            return self.given
        name = host_name(Headers(scope=scope).get("host", ""))
        return f"{scope['scheme']}://{f'[{name}]' if ':' in name else name}:{self.port}{self.base}{PATH}"


def _absent(scope: Scope) -> Response:
    lang = reader(scope)
    sentence = lang.text(
        "The page to work with these data does not answer at the moment. Please try again shortly; "
        "all pages can be read without it."
    )
    return PlainTextResponse(f"{sentence}\n", UNAVAILABLE, LATER)


def host_name(host: str) -> str:
    """The name or address in a Host header, without the port and in lower case."""
    name = host.lower()
    return name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]
