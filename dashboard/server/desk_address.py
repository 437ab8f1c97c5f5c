"""`/desk/...` leads to the desk, which is another process, perhaps on another machine (`dashboard.desk`)."""

from urllib.parse import quote

from starlette.datastructures import Headers
from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard.desk import PATH
from dashboard.server.packing import Packing

FRESH = {"Cache-Control": "no-cache"}


class DeskAddress(Packing):
    """Leads to the same page of the desk, with its query. Where there is no desk, the layer within answers.

    It stands behind the guard: a host name that this server does not answer to does not come here.

    Args:
        given: the address of the desk, as its operator gave it, such as `https://example.org/desk`; empty: none.
        port: the port of the desk on this machine; 0: there is none.
    """

    def __init__(self, app: ASGIApp, base: str = "", *, given: str = "", port: int = 0) -> None:
        super().__init__(app, base)
        self.given, self.port = given, port

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Redirect requests for the desk; pass all others on."""
        fetched = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        root, path = f"{self.base}{PATH}", scope.get("path", "")
        if fetched and (path == root or path.startswith(f"{root}/")) and (desk := self._desk(scope)):
            query = scope["query_string"].decode("latin-1")
            leads = f"{desk}{quote(path.removeprefix(root) or '/')}" + f"?{query}" * bool(query)
            await RedirectResponse(leads, headers=FRESH)(scope, receive, send)
        else:
            await self.app(scope, receive, send)

    def _desk(self, scope: Scope) -> str:
        """The address of the desk, without a slash at its end; empty: there is none."""
        if self.given or not self.port:
            return self.given
        name = host_name(Headers(scope=scope).get("host", ""))
        return f"{scope['scheme']}://{f'[{name}]' if ':' in name else name}:{self.port}{self.base}{PATH}"


def host_name(host: str) -> str:
    """The name or address in a Host header, without the port and in lower case."""
    name = host.lower()
    return name[1:].partition("]")[0] if name.startswith("[") else name.partition(":")[0]
