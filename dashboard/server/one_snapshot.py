"""An ASGI layer: the answer to a request reads one snapshot, also if another one is shown meanwhile.

An address below `/s/<id>/` is that of the same view in the snapshot that a citation names, as long as the place has it;
then it leads to the view that is shown now, which says so.
"""

import re
from urllib.parse import quote, urlencode

from starlette.responses import RedirectResponse
from starlette.types import ASGIApp, Receive, Scope, Send

from dashboard import store
from dashboard.desk import PATH
from dashboard.export.cited_view import KEPT
from dashboard.views.address import CITED
from data.codebook import ID, errata

NAMED = re.compile(rf"/{KEPT}/({ID.strip('^$')})(/.*)", re.DOTALL)
# In the scope of a request: whether there are newer data than those of the snapshot that it names.
NEWER = "atalaya.newer"


class OneSnapshot:
    """A layer around an application; runs of pages are not requests and begin by themselves (`dashboard/app.py`).

    Args:
        base: the path before every address, e.g. `/atalaya`.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app, self.base = app, base

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Read the current snapshot, or that which the address names, until the answer is sent."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        snapshot = store.snapshot()
        if named := NAMED.fullmatch(str(scope["path"]).removeprefix(self.base)):
            name, inside = named.groups()
            found = None if name in errata()["snapshot"] else await store.snapshot_named(name)
            # The desk shows the current snapshot only.
            if found is None or f"{inside}/".startswith(f"/{PATH}/"):
                await _led(scope, name, inside)(scope, receive, send)
                return
            path = f"{self.base}{inside}"
            scope = {**scope, "path": path, "raw_path": quote(path).encode(), NEWER: found.id != snapshot.id}
            snapshot = found
        with store.reading(snapshot):
            await self.app(scope, receive, send)


def _led(scope: Scope, name: str, inside: str) -> RedirectResponse:
    """To the same view of the current snapshot, which says that another one was cited."""
    query = "&".join(filter(None, [scope["query_string"].decode("latin-1"), urlencode({CITED: name})]))
    up = "../" * (inside.count("/") + 1)
    return RedirectResponse(f"{up}{quote(inside[1:])}?{query}", headers={"Cache-Control": "no-cache"})
