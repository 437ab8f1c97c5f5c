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

from dashboard import static
from dashboard.server import new_tab
from dashboard.shell import navigation
from dashboard.shell.upstream import document as upstream
from dashboard.stage import early, wire
from data.i18n import LANGUAGES, Language, language, match

MISSING = Path(__file__).parent / "missing.html"
FRESH = {"Cache-Control": "no-cache"}
# Paths that Streamlit serves itself, and where its files may be HTML.
STREAMLIT = ("media/", "component/")
# The pages that open with a map.
EARLY = ("region", "routes")


class Documents:
    """An ASGI layer around Streamlit that serves documents.

    Args:
        base: the path before every address, e.g. `/atalaya`.
    """

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self.base = f"/{base.strip('/')}/" if base.strip("/") else "/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer requests for documents; pass all others on to Streamlit."""
        path = scope.get("path", "").removeprefix(self.base)
        if scope.get("path") == self.base[:-1] and scope["type"] == "http":
            # Without the slash the browser would resolve every relative address one step too high.
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(self.base + f"?{query}" * bool(query))(scope, receive, send)
        elif not self._is_document(scope) or path.startswith(STREAMLIT):
            await self.app(scope, receive, send)
        elif moved := _moved(path, _query(scope)):
            # Relative, since a proxy may have removed a prefix.
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(f"{moved}?{query}".removesuffix("?"))(scope, receive, send)
        elif path in {"", *navigation.scripts()} and (taken := new_tab.parameters(scope, path)):
            await RedirectResponse(f"{path}?{urlencode(taken)}", headers=FRESH)(scope, receive, send)
        elif path in {"", *navigation.scripts()}:
            page = await run_in_threadpool(document, reader(scope), path, _query(scope))
            await HTMLResponse(page, headers=FRESH)(scope, receive, send)
        elif await self._missing(scope, receive, send):
            await HTMLResponse(missing(reader(scope), self._up(scope)), 404, FRESH)(scope, receive, send)

    def _is_document(self, scope: Scope) -> bool:
        """Whether a request may be for one of our documents."""
        return scope["type"] == "http" and scope["method"] in {"GET", "HEAD"} and scope["path"].startswith(self.base)

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


def reader(scope: Scope) -> Language:
    """The language of a request: that in the address, else the browser's first one that we have."""
    code = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
    return language(code if code in LANGUAGES else match(Headers(scope=scope).get("accept-language")))


def document(lang: Language, path: str = "", query: Mapping[str, str] = MappingProxyType({})) -> str:
    """Streamlit's document with our title and files; if the page opens with a map, the map is painted first."""
    slug = path or next(iter(navigation.scripts()))
    head, foot = _ahead(), "".join(_stylesheet(name) for name in static.STYLESHEETS)
    if slug not in EARLY:
        return upstream.document(lang, head=head, foot=foot)
    # The query is untrusted: nothing of it goes into the document as text, only what the filters make of it.
    start = early.script(slug, query, lang, upstream.script_address())
    return upstream.document(lang, head=head, foot=foot, top=early.colors() + early.board(slug, lang), start=start)


def _moved(path: str, query: Mapping[str, str]) -> str:
    """The slug of the page that was at an old address; empty at any other address."""
    slug = navigation.current(path, query)
    return "" if slug in {path, navigation.current("")} or slug not in navigation.scripts() else slug


def missing(lang: Language, up: str) -> str:
    """The 404 page, with links to all pages; `up` is the relative path to the root."""
    first = next(iter(navigation.scripts()))
    links = (
        f'<li><a href="{up}{"" if slug == first else slug}?lang={lang.code}">'
        f"{_safe(navigation.title(lang, slug))}</a>"
        f"<span>{_safe(navigation.purpose(lang, slug))}</span></li>"
        for slug in navigation.scripts()
    )
    return Template(MISSING.read_text("utf-8")).substitute(
        lang=lang.code,
        logo=early.logo(),
        advice=_safe(lang.text("It may be mistyped, or the page may have moved. These are the pages:")),
        sentence=_safe(lang.text("There is no page at this address.")),
        pages=_safe(lang.text("Pages")),
        links="".join(links),
    )


def _ahead() -> str:
    """Files that every page needs, loaded while Streamlit starts its first run."""
    return "\n".join(
        (
            f'<script async src="{static.address("plotly.min.js")}"></script>',
            f'<link rel="modulepreload" href="{static.address("stage.js")}">',
            f'<link rel="preload" as="fetch" crossorigin href="{wire.address("ground")}">',
            f"{_stylesheet('stage.css')}\n",
        )
    )


def _stylesheet(name: str) -> str:
    return f'<link rel="stylesheet" href="{static.address(name)}">'


def _query(scope: Scope) -> dict[str, str]:
    """The parameters of an address, the last of each name, as Streamlit reads them."""
    return {name: texts[-1] for name, texts in parse_qs(scope["query_string"].decode("latin-1"), True).items()}


def _safe(text: str) -> str:
    return html.escape(text)
