"""A figure for pages of other sites: `/embed/region?year=2022&lang=es` is a plain document with one figure.

It has no script: a title, the figure in the reader's theme, its notes and releases, and the link to the view. Which
sites may show it in a frame is the operator's choice (`dashboard.site.embed_sites`); by default none.
"""

import html
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from urllib.parse import urlencode

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import sending, site, static, store
from dashboard.charts.medium import EMBED, PHONE
from dashboard.charts.render.inline import Looks, inline
from dashboard.server.addresses import reader
from dashboard.stage import captions, pictures
from dashboard.stage.request import defaults
from dashboard.subjects import api_addresses
from dashboard.turns import DRAWING, client
from dashboard.views.filters import LANGUAGE
from dashboard.words import disclaimer
from data.i18n import language

ROOT = "/embed"
# How many are kept of each snapshot, about 100 kB each.
CACHED = 128
# By class of drawing: what it is made for.
KINDS = {"narrow": PHONE, "wide": EMBED}
SHEET = Path(__file__).parent / "embed.css"
COLORS = static.ASSETS / "colors.css"


def routes() -> list[Route]:
    """The route of all embeds."""
    return [Route(f"{ROOT}/{{name}}", _answer)]


def policy() -> str:
    """The content policy: our letters and the style sheet in the document, no more; in frames of the listed sites."""
    sites = " ".join(site.embed_sites()) or "'none'"
    rest = "default-src 'none'; style-src 'unsafe-inline'; font-src 'self'; base-uri 'none'; form-action 'none'"
    return f"{rest}; frame-ancestors {sites}"


def document(name: str, texts: dict[str, str]) -> str:
    """The document of a figure; `texts` are its parameters (`request.query`)."""
    lang, found, looks = language(texts[LANGUAGE.name]), captions.caption(name, texts), Looks()
    page, chosen = captions.view(name, defaults(name, texts), lang.code)
    drawings = "".join(_drawing(name, texts, kind, found.description, looks) for kind in KINDS)
    subtitle = f'<p class="subtitle">{_safe(found.subtitle)}</p>' if found.subtitle else ""
    notes = "".join(f"<p>{_safe(note)}</p>" for note in found.notes)
    notes += "".join(f'<p class="stale">{_safe(line)}</p>' for line in captions.stale(lang, found.notes))
    words = lang.text("Open this view in Atalaya")
    # The document lies one step below the pages.
    link = f'<a href="../{page}?{_safe(urlencode(chosen))}" target="_blank" rel="noopener">'
    return (
        f'<!doctype html>\n<html lang="{lang.code}"><head><meta charset="utf-8"><title>{_safe(found.title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<style>{_sheet()}{looks.sheet}</style></head><body><main><figure><h1>{_safe(found.title)}</h1>{subtitle}"
        f"{drawings}<figcaption>{notes}</figcaption></figure></main>"
        f"<footer><p>{link}{_safe(words)}</a></p>"
        f"<p>{_safe(disclaimer.independent(lang))}</p></footer></body></html>\n"
    )


def _drawing(name: str, texts: dict[str, str], kind: str, alt: str, looks: Looks) -> str:
    """The figure in one width, in the colors of the reader's theme."""
    drawing = pictures.bare(name, texts, KINDS[kind], theme=None, alt=alt).drawing
    return inline(drawing, looks, lambda _mark: "", kind=kind)


@cache
def _sheet() -> str:
    """The colors of all pages, our letters, and the style sheet of embeds."""
    # The document lies one step below the pages.
    return "\n".join([COLORS.read_text("utf-8"), static.letters("../"), SHEET.read_text("utf-8")])


@store.cached_up_to(CACHED)
def _content(_snap: store.Tables, name: str, texts: tuple[tuple[str, str], ...], _day: date) -> sending.Content:
    """The document of a day: how old the data are changes with it."""
    return sending.Content(document(name, dict(texts)).encode(), "text/html; charset=utf-8")


async def _answer(request: Request) -> Response:
    lang, headers = reader(request.scope), {"Content-Security-Policy": policy()}
    name = request.path_params["name"]
    try:
        texts = pictures.parameters(name, dict(request.query_params))
    except ValueError:
        # Nothing of the address is repeated.
        sentence = lang.text("There is no such figure: its address has a part that does not exist.")
        return PlainTextResponse(f"{sentence}\n", 400, {"Cache-Control": "no-store", **headers})
    async with DRAWING.awaited(client(request.scope)):
        content = await run_in_threadpool(partial(_content, name, texts, datetime.now(UTC).date()))
    headers |= {"Cache-Control": f"public, max-age={api_addresses.MINUTES * 60}"}
    return await content.response(request.headers, **headers)


def _safe(text: str) -> str:
    return html.escape(text)
