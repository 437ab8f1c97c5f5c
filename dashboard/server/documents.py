"""HTML documents by address: Streamlit's document at the addresses of our pages, elsewhere our own 404 page.

Streamlit answers every unknown path with its document, which then is in English or, in a nested path, stays blank.
"""

import html
from collections.abc import Mapping
from pathlib import Path
from string import Template
from types import MappingProxyType
from urllib.parse import parse_qs, urlencode

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from dashboard import sending, static, store
from dashboard.forms.html.document import LOGO
from dashboard.server import addresses, agendas, cards, new_tab, pages
from dashboard.server.kept import Document, Kept
from dashboard.server.packing import Layer
from dashboard.shell import navigation
from dashboard.shell.upstream import document as upstream
from dashboard.turns import DRAWING, client
from data.i18n import Language

MISSING = Path(__file__).parent / "missing.html"
HTML = "text/html; charset=utf-8"
FRESH = {"Cache-Control": "no-cache"}
# Paths that Streamlit serves itself and where its files may be HTML; and the figures for other sites.
OTHERS = ("media/", "component/", "embed/")
# Bytes of documents that are kept. One with a map has up to 600 kB, with its compressed forms.
MOST = 64_000_000
_KEPT = Kept(MOST)


class Documents(Layer):
    """Serves documents in front of Streamlit.

    Args:
        desk: whether there is a desk, to which documents link.
    """

    def __init__(self, app: ASGIApp, base: str = "", *, desk: bool = False) -> None:
        super().__init__(app, base)
        self.desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer requests for documents; pass all others on to Streamlit."""
        path = scope.get("path", "").removeprefix(self.base)
        if scope.get("path") == self.base[:-1] and scope["type"] == "http":
            # Without the slash the browser would resolve every relative address one step too high.
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(self.base + f"?{query}" * bool(query))(scope, receive, send)
        elif self._is_sent(scope) and (place := addresses.place(path)) and agendas.takes(place):
            await agendas.answer(place, scope, receive, send, desk=self.desk)
        elif not self._is_document(scope) or path.startswith(OTHERS):
            await self.app(scope, receive, send)
        elif place := addresses.place(path):
            await pages.answer(place, scope, receive, send, desk=self.desk)
        elif leads_to := addresses.leads_to(path, _lists(scope), addresses.reader(scope)):
            await RedirectResponse(leads_to, headers=FRESH)(scope, receive, send)
        elif path in {"", *navigation.scripts()} and (taken := new_tab.parameters(scope, path)):
            await RedirectResponse(f"{path}?{urlencode(taken)}", headers=FRESH)(scope, receive, send)
        elif path in {"", *navigation.scripts()}:
            kind = {"saves": _saves(scope)}
            async with DRAWING.awaited(client(scope)):
                made = await run_in_threadpool(document, addresses.reader(scope), path, _query(scope), **kind)
            await (await made.response(Headers(scope=scope), **FRESH, **made.policy))(scope, receive, send)
        elif await self._missing(scope, receive, send):
            how = sending.encoding(Headers(scope=scope), HTML)
            page = sending.compressed(missing(addresses.reader(scope), self._up(scope)).encode(), how, sending.FAST)
            await HTMLResponse(page, 404, FRESH | sending.encoded(how))(scope, receive, send)

    def _is_document(self, scope: Scope) -> bool:
        """Whether a request may be for one of our documents."""
        return scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} and scope["path"].startswith(self.base)

    def _is_sent(self, scope: Scope) -> bool:
        """Whether a request brings what a document is to show."""
        return scope["type"] == "http" and scope["method"] == "POST" and str(scope["path"]).startswith(self.base)

    async def _missing(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Pass the request on; True, with nothing sent, if Streamlit would answer with its document."""
        is_document = False

        async def send_unless_document(message: Message) -> None:
            nonlocal is_document
            if message["type"] == "http.response.start":
                is_document = Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")
            if not is_document:
                await send(message)

        await self.app(scope, receive, send_unless_document)
        return is_document

    def _up(self, scope: Scope) -> str:
        """The relative path from an address to the root; relative, since a proxy may have removed a prefix."""
        raw = scope.get("raw_path") or scope["path"].encode()
        return "../" * (raw.count(b"/") - self.base.count("/")) or "./"


def document(
    lang: Language, path: str = "", query: Mapping[str, str] = MappingProxyType({}), *, saves: bool = False
) -> Document:
    """Streamlit's document with our title and files.

    Args:
        saves: whether the reader wants to save data: then nothing is fetched ahead.
    """
    slug = path or next(iter(navigation.scripts()))
    # The query is untrusted: nothing of it goes into the document as text, only what the filters make of it.
    card = cards.card(lang, slug, query)
    key = (store.snapshot().id, lang.code, slug, tuple(card.texts.items()), card.figure, saves)
    return _KEPT.get(key, lambda: _plain(lang, slug, card, saves=saves))


def _plain(lang: Language, slug: str, card: cards.Card, *, saves: bool) -> str:
    head = f"<style>{static.letters()}</style>{_ahead(saves=saves)}"
    return upstream.document(lang, head=head, foot=_stylesheets(), about=cards.tags(lang, slug, card))


def missing(lang: Language, up: str) -> str:
    """The 404 page, with links to all pages; `up` is the relative path to the root."""
    home = next(iter(navigation.scripts()))
    links = (
        f'<li><a href="{up}{"" if slug == home else slug}?lang={lang.code}">'
        f"{_safe(navigation.title(lang, slug))}</a>"
        f"<span>{_safe(navigation.purpose(lang, slug))}</span></li>"
        for slug in navigation.scripts()
    )
    return Template(MISSING.read_text("utf-8")).substitute(
        lang=lang.code,
        logo=LOGO.read_text("utf-8").strip(),
        advice=_safe(lang.text("It may be mistyped, or the page may have moved. These are the pages:")),
        sentence=_safe(lang.text("There is no page at this address.")),
        pages=_safe(lang.text("Pages")),
        links="".join(links),
    )


def _ahead(*, saves: bool) -> str:
    """Files that a page needs, loaded while Streamlit starts its first run, and what the stage does not know else."""
    lines = [
        *(['<meta name="save-data" content="on">'] if saves else []),
        f'<link rel="modulepreload" href="{static.address("stage.js")}">',
        _stylesheet("stage.css"),
    ]
    return "\n".join([*lines, ""])


def _stylesheet(name: str) -> str:
    return f'<link rel="stylesheet" href="{static.address(name)}">'


def _stylesheets() -> str:
    return "".join(_stylesheet(name) for name in static.STYLESHEETS)


def _saves(scope: Scope) -> bool:
    """Whether the reader asked the browser to save data."""
    return Headers(scope=scope).get("save-data", "").strip().lower() == "on"


def _query(scope: Scope) -> dict[str, str]:
    """The parameters of an address, the last of each name, as Streamlit reads them."""
    return {name: texts[-1] for name, texts in parse_qs(scope["query_string"].decode("latin-1"), True).items()}


def _lists(scope: Scope) -> dict[str, list[str]]:
    return parse_qs(scope["query_string"].decode("latin-1"), True)


def _safe(text: str) -> str:
    return html.escape(text)
