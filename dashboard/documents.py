"""What the browser gets for an address: Streamlit's document at the addresses of our pages, elsewhere a 404 of ours.

Streamlit answers every unknown path with its document, which then speaks English or, in a nested path, stays blank.
"""

import html
import re
from collections.abc import Mapping
from functools import cache
from pathlib import Path
from string import Template
from types import MappingProxyType
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import HTMLResponse, RedirectResponse
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from streamlit import file_util

from dashboard import navigation, static, terms
from dashboard.plates import early, wire
from data.i18n import LANGUAGES, Language, language, match

ASSETS = Path(__file__).parent / "assets"
FRESH = {"Cache-Control": "no-cache"}
# Under these Streamlit answers for itself, and what it keeps there may be HTML.
ITS_OWN = ("media/", "component/")
# The pages that open with a map.
EARLY = ("region", "routes")
# Where the documents of the pages differ: the script that starts Streamlit, and the place of the early map.
START, BOARD = "<!-- start -->", "<!-- board -->"
_MODULE = re.compile(r'<script type="module" crossorigin src="([^"]+)"></script>')


class Documents:
    """An ASGI layer around Streamlit; `base` is the path it is served under (`server.baseUrlPath`)."""

    def __init__(self, app: ASGIApp, base: str = "") -> None:
        self.app = app
        self.base = f"/{base.strip('/')}/" if base.strip("/") else "/"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one request for a document; everything else is Streamlit's."""
        path = scope.get("path", "").removeprefix(self.base)
        if scope.get("path") == self.base[:-1] and scope["type"] == "http":
            # Without the slash every address of the document would be sought a step too high.
            query = scope["query_string"].decode("latin-1")
            await RedirectResponse(self.base + f"?{query}" * bool(query))(scope, receive, send)
        elif not self._is_document(scope) or path.startswith(ITS_OWN):
            await self.app(scope, receive, send)
        elif path in {"", *navigation.scripts()}:
            page = await run_in_threadpool(document, reader(scope), path, _query(scope))
            await HTMLResponse(page, headers=FRESH)(scope, receive, send)
        elif await self._missing(scope, receive, send):
            await HTMLResponse(missing(reader(scope), self._up(scope)), 404, FRESH)(scope, receive, send)

    def _is_document(self, scope: Scope) -> bool:
        """Whether a request may be one for a document of ours."""
        asked = scope["type"] == "http" and scope["method"] in {"GET", "HEAD"}
        return asked and scope["path"].startswith(self.base)

    async def _missing(self, scope: Scope, receive: Receive, send: Send) -> bool:
        """Pass the request on; True, with nothing sent, where Streamlit has only its document to answer."""
        held = False

        async def send_unless_document(message: Message) -> None:
            nonlocal held
            if message["type"] == "http.response.start":
                held = Headers(raw=message["headers"]).get("content-type", "").startswith("text/html")
            if not held:
                await send(message)

        await self.app(scope, receive, send_unless_document)
        return held

    def _up(self, scope: Scope) -> str:
        """The way from an address to the root; relative, since a proxy may have cut off what stands before it."""
        raw = scope.get("raw_path") or scope["path"].encode()
        return "../" * (raw.count(b"/") - self.base.count("/")) or "./"


def reader(scope: Scope) -> Language:
    """The language of a request: the address's own, else the browser's first that we have."""
    asked = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])[-1]
    return language(asked if asked in LANGUAGES else match(Headers(scope=scope).get("accept-language")))


def document(lang: Language, path: str = "", query: Mapping[str, str] = MappingProxyType({})) -> str:
    """Streamlit's document with our name and ways; where the page opens with a map, that is painted first."""
    slug = path or next(iter(navigation.scripts()))
    held = _document(lang)
    if slug not in EARLY:
        return held.replace(BOARD, "").replace(START, f'<script type="module" crossorigin src="{_start()}"></script>')
    # The query is a reader's: nothing of it is put in as text, only what the filters make of it.
    held = held.replace(BOARD, early.colours() + early.board(slug, lang))
    return held.replace(START, early.script(slug, query, lang, _start()))


@cache
def _document(lang: Language) -> str:
    """What the documents of all pages have in common, with marks where they differ."""
    held = _streamlit()
    script = f"<head>\n<script>\n{(ASSETS / 'history.js').read_text('utf-8')}</script>"
    words = html.escape(lang.text("Atalaya needs JavaScript, which this browser does not run."))
    named = held.replace('<html lang="en">', f'<html lang="{lang.code}">', 1)
    named = named.replace("<head>", script, 1).replace("<title>Streamlit</title>", "<title>Atalaya</title>", 1)
    named = _MODULE.sub(lambda _: _ahead() + START, named, count=1)
    # After all that Streamlit puts into the head, so that ours is the last word.
    look = "".join(f'<link rel="stylesheet" href="{static.address(name)}">' for name in static.LOOKS) + "</body>"
    named = named.replace("<body>", f"<body>{BOARD}", 1).replace("</body>", look, 1)
    refusal = f'<noscript><p lang="{lang.code}">{words}</p></noscript>'
    return re.sub(r"<noscript>.*</noscript>", lambda _: refusal, named, flags=re.DOTALL)


@cache
def _streamlit() -> str:
    return Path(file_util.get_static_dir(), "index.html").read_text("utf-8")


@cache
def _start() -> str:
    """The address of the script that starts Streamlit."""
    found = _MODULE.search(_streamlit())
    if not found:
        raise RuntimeError("Streamlit's document has another shape than dashboard/documents.py knows")
    return found[1]


def _ahead() -> str:
    """What every page will need, fetched and read while Streamlit itself is still on its way to the first run."""
    return "\n".join(
        (
            f'<script async src="{static.address("plotly.min.js")}"></script>',
            f'<link rel="modulepreload" href="{static.address("stage.js")}">',
            f'<link rel="preload" as="fetch" crossorigin href="{wire.address("ground")}">',
            f'<link rel="stylesheet" href="{static.address("stage.css")}">',
            f'<link rel="modulepreload" crossorigin href="{_start()}">\n',
        )
    )


def _query(scope: Scope) -> dict[str, str]:
    """The parameters of an address, the last of each name, as Streamlit reads them."""
    return {name: told[-1] for name, told in parse_qs(scope["query_string"].decode("latin-1"), True).items()}


def missing(lang: Language, up: str) -> str:
    """The page of an address that leads nowhere: that it does, and the way to every page, `up` being the root."""
    first = next(iter(navigation.scripts()))
    links = (
        f'<li><a href="{up}{"" if slug == first else slug}?lang={lang.code}">'
        f"{_safe(terms.term(lang, 'page', slug))}</a>"
        f"<span>{_safe(terms.term(lang, 'purpose', slug))}</span></li>"
        for slug in navigation.scripts()
    )
    return Template((ASSETS / "missing.html").read_text("utf-8")).substitute(
        lang=lang.code,
        logo=early.logo(),
        advice=_safe(lang.text("It may have been written down wrong, or have moved. These are the pages there are:")),
        sentence=_safe(lang.text("There is no page at this address.")),
        pages=_safe(lang.text("Pages")),
        links="".join(links),
    )


def _safe(text: str) -> str:
    return html.escape(text)
