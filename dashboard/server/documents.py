"""The layer that answers the addresses of pages; what is at no address gets our own 404 page."""

import html
import logging
from pathlib import Path
from string import Template
from urllib.parse import parse_qs

from starlette.datastructures import Headers
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import HTMLResponse, PlainTextResponse, RedirectResponse, Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import catalog, menu, metrics, sending
from dashboard.forms.html.document import LOGO
from dashboard.server import addresses, agendas, pages
from dashboard.server.packing import folder
from dashboard.server.pages import FRESH
from dashboard.turns import FullError
from data.i18n import Language

MISSING = Path(__file__).parent / "missing.html"
HTML = "text/html; charset=utf-8"
ABSENT = 404
FAILED = 500
LOG = logging.getLogger("atalaya.page")


class Documents:
    """Answers requests for pages, and leads old addresses on; all others go to the application.

    Args:
        base: the path before every address, e.g. `/atalaya`.
        desk: whether there is a desk, to which documents link.
    """

    def __init__(self, app: ASGIApp, base: str = "", *, desk: bool = False) -> None:
        self.app, self.base, self.desk = app, folder(base), desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        begun = False

        async def noted(message: Message) -> None:
            nonlocal begun
            begun = True
            await send(message)

        try:
            await self._answer(scope, receive, noted)
        except FullError:
            raise
        except HTTPException as error:
            await missing(scope, self.base, error.status_code)(scope, receive, send)
        except Exception:
            metrics.ERRORS.labels("page").inc()
            LOG.exception("a page failed")
            # Starlette answers for its routes and raises the error again.
            if not begun:
                await failed(scope, self.base)(scope, receive, send)

    async def _answer(self, scope: Scope, receive: Receive, send: Send) -> None:
        path, method = str(scope["path"]), scope["method"]
        inside, fetched = path.removeprefix(self.base), method in {"GET", "HEAD"}
        if path == self.base[:-1]:
            # Without the slash the browser would resolve every relative address one step too high.
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(self.base + f"?{query}" * bool(query))(scope, receive, send)
        elif not path.startswith(self.base):
            await self.app(scope, receive, send)
        elif fetched and (place := addresses.place(inside)):
            await pages.answer(place, scope, receive, send, desk=self.desk)
        elif method == "POST" and (place := addresses.place(inside)) and agendas.takes(place):
            await agendas.answer(place, scope, receive, send, desk=self.desk)
        elif fetched and (leads_to := addresses.leads_to(inside, _query(scope), addresses.reader(scope))):
            await RedirectResponse(leads_to, headers=FRESH)(scope, receive, send)
        else:
            await self.app(scope, receive, send)


async def instead(request: Request, error: Exception) -> Response:
    """The answer where there is nothing, or a route fails: for a reader our page, for a program a line.

    Starlette's handler of errors.
    """
    status = error.status_code if isinstance(error, HTTPException) else FAILED
    if status not in {ABSENT, FAILED} or request.method not in {"GET", "HEAD"}:
        words = "failed" if status == FAILED else "refused"
        return PlainTextResponse(f"{words}\n", status, {"Cache-Control": "no-store"})
    base = folder(request.scope.get("root_path", ""))
    return failed(request.scope, base) if status == FAILED else missing(request.scope, base, ABSENT)


def missing(scope: Scope, base: str, status: int) -> Response:
    """The answer where there is no page."""
    lang = addresses.reader(scope)
    advice = lang.text("It may be mistyped, or the page may have moved. These are the pages:")
    return _page(scope, lang, base, status, lang.text("There is no page at this address."), advice)


def failed(scope: Scope, base: str) -> Response:
    """The answer where a page fails."""
    lang = addresses.reader(scope)
    sentence = lang.text("This part of the page cannot be shown. The error is ours and has been recorded.")
    advice = lang.text("Load the page again. If that does not help, the other pages still work:")
    return _page(scope, lang, base, FAILED, sentence, advice)


def _page(scope: Scope, lang: Language, base: str, status: int, sentence: str, advice: str) -> Response:
    """A page of two sentences and links to all pages."""
    # Relative, since a proxy may have removed a prefix.
    raw = scope.get("raw_path") or str(scope["path"]).encode()
    up = "../" * (raw.count(b"/") - base.count("/")) or "./"
    links = (
        f'<li><a href="{up}{lang.code}/{"" if page.slug == addresses.HOME else page.slug}">'
        f"{html.escape(lang.text(page.title))}</a><span>{html.escape(lang.text(page.purpose))}</span></li>"
        for page in (catalog.pages()[slug] for slug in menu.scripts())
    )
    content = Template(MISSING.read_text("utf-8")).substitute(
        lang=lang.code,
        logo=LOGO.read_text("utf-8").strip(),
        advice=html.escape(advice),
        sentence=html.escape(sentence),
        pages=html.escape(lang.text("Pages")),
        links="".join(links),
    )
    how = sending.encoding(Headers(scope=scope), HTML)
    body = sending.compressed(content.encode(), how, sending.FAST)
    return HTMLResponse(body, status, FRESH | sending.encoded(how))


def _query(scope: Scope) -> dict[str, list[str]]:
    return parse_qs(scope["query_string"].decode("latin-1"), True)
