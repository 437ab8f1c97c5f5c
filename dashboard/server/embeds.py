"""A figure for pages of other sites: `/embed/region?year=2022&lang=es` is a plain document with one figure.

It has no script: the frame of the figure, in the reader's theme, and the link to the view. Which
sites may show it in a frame is the operator's choice (`dashboard.site.embed_sites`); by default none. All of it grows
with the width of the frame, letters as well, so that a frame of one of three proportions shows it whole: the code for
other pages (`/embed/region.txt`) has these.
"""

from collections.abc import Iterable
from datetime import UTC, date, datetime
from functools import cache, partial
from html import escape
from math import ceil
from pathlib import Path
from typing import NamedTuple
from urllib.parse import urlencode

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from dashboard import sending, site, static, store
from dashboard.charts.medium import EMBED, LEAD, NOTE, PHONE, TABLET, TITLE, Medium
from dashboard.charts.render import metrics
from dashboard.charts.render.inline import Looks, inline
from dashboard.charts.render.picture import WIDER
from dashboard.server.addresses import reader
from dashboard.stage import captions, pictures
from dashboard.stage.request import defaults, parameters
from dashboard.subjects import api_addresses
from dashboard.turns import DRAWING, found_or_made
from dashboard.views.filters import LANGUAGE
from dashboard.words import disclaimer
from data.i18n import language

ROOT = "/embed"
# What is made of a figure, by its name, its parameters and the day.
# How many are kept of each snapshot, about 100 kB each.
CACHED = 128


class FrameDrawing(NamedTuple):
    """A drawing of the figure: what it is made for, and the least and the greatest width of a frame that shows it."""

    medium: Medium
    least: int
    most: int

    @property
    def across(self) -> float:
        """The width in which it has its own size, in pixels."""
        return self.medium.across + 2 * EDGE


# In pixels: the edge of a document, and between its parts; the heights of its lines, as multiples of their letters, and
# of its link and its part that opens. All as in the style sheet.
EDGE = 12.0
PART = 8.0
LINE = 1.45
LINK = 44.0
# Lines of notes for which there is room, for what a later day may add.
SPARE = 1
# By class of drawing.
KINDS = {
    "narrow": FrameDrawing(PHONE, 320, 560),
    "middle": FrameDrawing(TABLET, 560, 1000),
    "wide": FrameDrawing(EMBED, 1000, 1200),
}
SHEET = Path(__file__).parent / "embed.css"
COLORS = static.ASSETS / "colors.css"


def routes() -> list[Route]:
    """The routes of all embeds, and of the code for them."""
    return [Route(f"{ROOT}/{{name}}.txt", _code), Route(f"{ROOT}/{{name}}", _answer)]


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
    subtitle = f'<p class="subtitle">{escape(found.measure)}</p>' if found.measure else ""
    source = " ".join([f"{found.source}.", *captions.stale(lang, found.releases)])
    more = "".join(f"<p>{escape(line)}</p>" for line in (*found.notes, *found.about))
    about = f"<details><summary>{escape(lang.text('About this figure'))}</summary>{more}</details>" if more else ""
    words = lang.text("Open this view in Atalaya")
    # The document lies one step below the pages.
    link = f'<a href="../{page}?{escape(urlencode(chosen))}" target="_blank" rel="noopener">'
    return (
        f'<!doctype html>\n<html lang="{lang.code}"><head><meta charset="utf-8"><title>{escape(found.title)}</title>'
        '<meta name="viewport" content="width=device-width, initial-scale=1"><meta name="robots" content="noindex">'
        f"<style>{_sheet()}{looks.sheet}</style></head><body><main><figure><h1>{escape(found.title)}</h1>{subtitle}"
        f"{drawings}<figcaption><p>{escape(source)}</p></figcaption></figure></main>"
        f"<footer><p>{link}{escape(words)}</a></p>{about}"
        f"<p>{escape(disclaimer.independent(lang))}</p></footer></body></html>\n"
    )


def _drawing(name: str, texts: dict[str, str], kind: str, alt: str, looks: Looks) -> str:
    """The figure in one width, in the colors of the reader's theme."""
    medium = KINDS[kind].medium
    drawing = pictures.bare(name, texts, medium, theme=None, alt=alt).drawing
    # Its letters keep their ratio to those of the document where its edges are empty.
    share = 100 * drawing.width / medium.across
    return f'<div style="width: {share:.2f}%">{inline(drawing, looks, lambda _mark: "", kind=kind)}</div>'


@cache
def _sheet() -> str:
    """The colors of all pages, our letters, the style sheet of embeds, and how it grows with the frame."""
    grown = "".join(
        f"@media (min-width: {one.least if one.medium is not PHONE else 0}px) {{ "
        f":root {{ font-size: calc({16 / one.across:.6f} * 100vw); }} "
        f"svg.{kind} {{ display: block; }} svg:not(.{kind}) {{ display: none; }} }}\n"
        for kind, one in KINDS.items()
    )
    # The document lies one step below the pages.
    return "\n".join([COLORS.read_text("utf-8"), static.letters("../"), SHEET.read_text("utf-8"), grown])


def code(name: str, texts: dict[str, str], root: str) -> str:
    """The code that shows a figure whole on a page of another site, at each width.

    Where a page allows no style sheet, the height is that of the highest of them.

    Args:
        texts: its parameters (`request.query`).
        root: the address of this site.
    """
    found = captions.caption(name, texts)
    heights = {kind: ceil(_height(name, texts, kind)) for kind in KINDS}
    named = found.heading.replace("\n", " · ")
    most = max(ceil(heights[kind] / one.across * one.most) for kind, one in KINDS.items())
    ratios = "".join(f";--{kind}:{one.across:g}/{heights[kind]}" for kind, one in KINDS.items())
    rules = "".join(
        f"@container (min-width:{one.least}px){{.atalaya{{aspect-ratio:var(--{kind})}}}}" for kind, one in KINDS.items()
    )
    return (
        f'<div style="container-type:inline-size"><iframe class="atalaya" src="{escape(root)}{ROOT}/{name}?'
        f'{escape(urlencode(texts))}" title="{escape(named)}" loading="lazy" width="100%" height="{most}" '
        f'style="display:block;border:0{ratios}"></iframe></div>\n'
        f"<style>.atalaya{{height:auto;aspect-ratio:var(--narrow)}}{rules}</style>\n"
    )


def _height(name: str, texts: dict[str, str], kind: str) -> float:
    """The height of a document in the width in which its drawing has its own size, in pixels."""
    lang, found, one = language(texts[LANGUAGE.name]), captions.caption(name, texts), KINDS[kind]
    across = one.medium.across

    def tall(paragraphs: Iterable[str], size: float, *, bold: bool = False) -> float:
        every = [len(metrics.wrapped(text, across, size * WIDER, bold=bold)) for text in paragraphs if text]
        return sum(every) * size * LINE + len(every) * PART

    drawn = pictures.bare(name, texts, one.medium, theme=None).drawing.height
    source = " ".join([f"{found.source}.", *captions.stale(lang, found.releases)])
    notes = tall([source, disclaimer.independent(lang)], NOTE)
    words = tall([found.title], TITLE, bold=True) + tall([found.measure], LEAD) + notes
    links = 1 + (one.medium is PHONE)
    return 2 * EDGE + words + drawn + 2 * PART + links * LINK + SPARE * NOTE * LINE


@store.cached_up_to(CACHED)
def _content(_snap: store.Tables, name: str, texts: tuple[tuple[str, str], ...], _day: date) -> sending.Content:
    """The document of a day: how old the data are changes with it."""
    return sending.Content(document(name, dict(texts)).encode(), "text/html; charset=utf-8")


@store.cached_up_to(CACHED)
def _code_content(
    _snap: store.Tables, name: str, texts: tuple[tuple[str, str], ...], root: str, _day: date
) -> sending.Content:
    """The code of a day, as the document."""
    return sending.Content(code(name, dict(texts), root).encode(), "text/plain; charset=utf-8")


async def _answer(request: Request) -> Response:
    return await _made(request, _content)


async def _code(request: Request) -> Response:
    # A site without a public address is at the one by which it was asked.
    root = site.public_address() or str(request.base_url).removesuffix("/")
    return await _made(request, _code_content, root)


async def _made(request: Request, make: store.Cached[..., sending.Content], *more: str) -> Response:
    """What is made of the figure of a request; 400 if there is none. `more` are arguments before the day."""
    lang, headers = reader(request.scope), {"Content-Security-Policy": policy()}
    name = request.path_params["name"]
    try:
        texts = parameters(name, dict(request.query_params))
    except ValueError:
        # Nothing of the address is repeated.
        sentence = lang.text("There is no such figure: its address has a part that does not exist.")
        return PlainTextResponse(f"{sentence}\n", 400, {"Cache-Control": "no-store", **headers})
    asked = name, texts, *more, datetime.now(UTC).date()
    content = await found_or_made(DRAWING, request.scope, partial(make.found, *asked), partial(make, *asked))
    headers |= {"Cache-Control": f"public, max-age={api_addresses.MINUTES * 60}"}
    return await content.response(request.headers, **headers)
