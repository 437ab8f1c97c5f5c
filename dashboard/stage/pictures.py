"""Figures as pictures to take away: SVG with title, notes, source and address, for a slide, a phone or a social card.

What they show is the figure of the page: the same specification, drawn at the width at which its letters become the
largest in the picture. A card is seen in a message, less than half as large: it has a title, a few bars and sources.
"""

import base64
import re
from collections.abc import Callable, Iterable, Mapping
from functools import cache, partial
from typing import Any, NamedTuple, TypeVar
from urllib.parse import urlencode

from dashboard import site, static, store
from dashboard.catalog import figures
from dashboard.charts.bars import BarBlock, bars
from dashboard.charts.colors import Theme
from dashboard.charts.figure_words import MARK, contradicted_total
from dashboard.charts.medium import (
    CARD,
    FOOT,
    HIGHEST,
    NOTE,
    PICTURE_ACROSS,
    PICTURE_BARS,
    PICTURE_MAP,
    PICTURE_UPRIGHT,
    Medium,
)
from dashboard.charts.render import metrics, picture
from dashboard.charts.render.model import drawing
from dashboard.charts.render.shapes import VectorDrawing
from dashboard.stage import captions, request
from dashboard.stage.drawn import uncolored
from dashboard.stage.projector import legible
from dashboard.views.figure import Drawn, Values
from dashboard.views.filters import LANGUAGE
from dashboard.words import data_version, disclaimer, served
from data.i18n import Language, language

T = TypeVar("T")
# By shape: a slide of a presentation, a post on a phone, and the card of a link in a message.
SHAPES = {
    "slide": picture.Format(1920, 1080, 40),
    "phone": picture.Format(1080, 1350, 40),
    "card": picture.Format(1200, 630, 24, banded=True),
}
SHAPE = "shape"
USUAL = "slide"
SMALL = "card"
# Families of the letters: ours, which the file has within it for browsers, and what other programs have. Words in
# Calibri or Carlito are as wide, within 2 %; in Arial they are 10 % wider, so it comes last.
OURS = "Atalaya Sans"
FONT = f'"{OURS}", "Source Sans 3", "Source Sans Pro", Calibri, Carlito, Arial, sans-serif'
# The files of our letters, by the weights that they serve.
FACES = {"100 500": "sans.woff2", "501 900": "sans-semibold.woff2"}
# A lower map has no room for its labels.
LEAST = 340
# A figure with which a title begins, and one after its last colon.
FIGURE = r"\d[\d.,\u202f\u2060]*(?:[–\u2060-]+\d[\d.,\u202f\u2060]*)?\*?"
STARTS = re.compile(rf"({FIGURE}) (?!\D*:)(.+)")
ENDS = re.compile(rf"(\D[^:;]*?)\s?: ({FIGURE})")
# How many figures are kept: the SVG and the PNG of a picture are made one after the other.
DRAWN = 4
# The lines that a card has for its source; where it needs more, the publishers stand there alone.
CARD_LINES = 2


class PictureRequest(NamedTuple):
    """A picture: the name of its figure, the figure's parameters (`request.query`), and one of `SHAPES`."""

    name: str
    texts: tuple[tuple[str, str], ...]
    shape: str = USUAL


def parse(name: str, query: Mapping[str, str]) -> PictureRequest:
    """The request of an address, which may leave out every parameter that has a default.

    Raises:
        ValueError: no such figure or shape, a parameter that is unknown or invalid, or a card without bars.
    """
    given = {key: text for key, text in query.items() if key != SHAPE}
    shape = query.get(SHAPE, USUAL)
    asked = PictureRequest(name, request.parameters(name, given), shape)
    if not offered(asked):
        raise ValueError(SHAPE)
    return asked


def offered(asked: PictureRequest) -> bool:
    """Whether there is such a shape of a figure: a card is bars, so a figure without any has none."""
    return asked.shape in SHAPES and (asked.shape != SMALL or any(block.bars for block in _blocks(asked)))


def words(asked: PictureRequest) -> picture.Words:
    """The words around the figure."""
    texts = dict(asked.texts)
    found, lang = captions.caption(asked.name, texts), language(texts[LANGUAGE.name])
    if asked.shape == SMALL:
        return _around_card(asked, lang, found)
    notes = (_sentences([found.source, *found.notes]),)
    wide = partial(metrics.width, size=FOOT * picture.WIDER, bold=True)
    address = next((one for one in _addresses(asked) if wide(one) <= _widths(SHAPES[asked.shape])[0]), "")
    line = f"Atalaya · {disclaimer.independent_in_short(lang)} · {data_version.built(lang, store.snapshot())}"
    signed = line, *filter(None, [address])
    return picture.Words(found.title, found.measure, notes, signed, found.description)


def _around_card(asked: PictureRequest, lang: Language, found: Drawn) -> picture.Words:
    """A number with what it counts, or the title; what a mark means, if one stands on the card; the source.

    All else is of the card's own bars: the page's figure may show more, or count something else.
    """
    declared, blocks = _on_card(asked, figures()[asked.name].number), _blocks(asked)
    number, noun = declared or headed(found.title)
    bases = [*dict.fromkeys(block.base for block in blocks if block.base)]
    heading = next((block.heading for block in blocks if block.heading), "")
    measure = heading or ("" if declared else found.measure)
    subtitle = "" if measure in bases else measure
    every = [bar for block in blocks for bar in block.bars]
    marked = any(MARK in one for one in (number, noun, *(bar.words for bar in every)))
    notes = (*[contradicted_total(lang)] * marked, *[f"{_source(lang, found)}."] * bool(found.source))
    line = f"Atalaya · {disclaimer.independent_in_short(lang)}"
    said = lang.joined(lang.labeled(bar.name, bar.words) for bar in every)
    rest = [text for block in blocks for text in block.rest]
    return picture.Words(noun, subtitle, notes, (line,), _sentences([*bases, said, *rest]), number)


def headed(title: str) -> tuple[str, str]:
    """The figure with which a title begins or ends, and the rest of it; no figure if it has none there."""
    if match := STARTS.match(title):
        return match[1], match[2]
    if match := ENDS.match(title):
        return match[2], match[1]
    return "", title


def _source(lang: Language, found: Drawn) -> str:
    """The line of source of a card, or its publishers if that is too long."""
    short = len(metrics.wrapped(found.source, CARD.across, NOTE * picture.WIDER)) <= CARD_LINES
    publishers = dict.fromkeys(served.publisher(lang, one.source) for one in found.releases)
    return found.source if short else lang.labeled(lang.text("Sources"), lang.listing(publishers))


def _sentences(parts: Iterable[str]) -> str:
    return " ".join(f"{part.removesuffix('.')}." for part in parts)


def _widths(form: picture.Format) -> tuple[int, ...]:
    return PICTURE_UPRIGHT if form.height > form.width else PICTURE_ACROSS


def _addresses(asked: PictureRequest) -> Iterable[str]:
    """The public address of the view, and that of the site for where the first is too long; none if none is set."""
    root, texts = site.public_address(), dict(asked.texts)
    if root:
        values = request.defaults(asked.name, texts)
        page, chosen = captions.view(asked.name, values, texts[LANGUAGE.name])
        yield f"{root}/{page}?{urlencode(chosen, safe=',')}"
        yield root


class BareFigure(NamedTuple):
    """A figure without its title and its notes: the Plotly specification, and its shapes without empty strips."""

    spec: Mapping[str, Any]
    drawing: VectorDrawing


@store.cached_up_to(DRAWN)
def figure(_snap: store.Tables, asked: PictureRequest, around: picture.Words) -> BareFigure:
    """The figure at the width at which its letters are largest; on a card its bars (`Figure.card`)."""
    form, texts = SHAPES[asked.shape], dict(asked.texts)
    if asked.shape == SMALL:
        return _card(asked, around)

    def room(width: float) -> int:
        """The height of the figure in its own pixels, if it is as wide as the picture."""
        scale = form.across / width
        return round(picture.room(around, form, scale).height / scale)

    if figures()[asked.name].kind == "states" and form.height > form.width:
        tall = max(PICTURE_MAP.height, room(PICTURE_MAP.width))
        return bare(asked.name, texts, PICTURE_MAP._replace(height=min(tall, HIGHEST)))
    tried: list[tuple[float, BareFigure]] = []
    for width in (*([PICTURE_BARS] if form.width > form.height and _few(asked) else []), *_widths(form)):
        # The letters of a wider figure are no larger than this.
        if tried and max(scale for scale, _ in tried) >= form.across / width:
            break
        made = bare(asked.name, texts, Medium.picture(width, max(LEAST, room(width))))
        tried.append((picture.largest(made.drawing, around, form), made))
    return max(tried, key=lambda one: one[0])[1]


def _few(asked: PictureRequest) -> bool:
    """Whether the figure is blocks of a few bars."""
    return any(isinstance(one, BarBlock) for one in _on_card(asked, figures()[asked.name].editable) or ())


def _card(asked: PictureRequest, around: picture.Words) -> BareFigure:
    """The bars of a card, as high as its words leave room."""
    lang, form = language(dict(asked.texts)[LANGUAGE.name]), SHAPES[asked.shape]
    scale = form.across / CARD.across
    spec = bars(_blocks(asked), lang, CARD._replace(height=int(picture.room(around, form, scale).height / scale)))
    return BareFigure(spec, drawing(spec, CARD.across))


def _blocks(asked: PictureRequest) -> list[BarBlock]:
    """The bars of a card; none if it has none."""
    return [*(_on_card(asked, figures()[asked.name].card) or ())]


def _on_card(asked: PictureRequest, make: Callable[[Values, Language], T] | None) -> T | None:
    """What a figure declares for places without room for it; None if it declares nothing."""
    texts = dict(asked.texts)
    values = request.parse(asked.name, texts | request.shown(CARD))
    return make(values, language(texts[LANGUAGE.name])) if make else None


def bare(
    name: str, texts: Mapping[str, str], medium: Medium, *, theme: Theme | None = "light", alt: str = ""
) -> BareFigure:
    """A figure for some place.

    Args:
        texts: its parameters (`request.query`).
        theme: whose colors it has; None keeps their names.
        alt: the description for a reader who does not see it.
    """
    spec = legible(uncolored(request.parse(name, {**texts, **request.shown(medium)})).spec)
    return BareFigure(spec, drawing(spec, medium.across, alt=alt, theme=theme).trimmed())


def svg(asked: PictureRequest, *, font: str = FONT, spell: Callable[[str], str] = str) -> str:
    """The picture as SVG.

    Args:
        font, spell: as those of `dashboard.charts.render.picture.picture`.
    """
    around, form = words(asked), SHAPES[asked.shape]
    letters = _letters() if font == FONT else ""
    drawn = figure(asked, around).drawing
    return picture.picture(
        drawn, around, form, sign=_sign(), font=font, spell=spell, letters=letters, about=about(asked)
    )


def about(asked: PictureRequest) -> str:
    """What the file of a picture says where nobody sees it: its data version, and the hash to compare that with."""
    lang, snapshot = language(dict(asked.texts)[LANGUAGE.name]), store.snapshot()
    return "\n".join(filter(None, [data_version.built(lang, snapshot), data_version.signature(lang, snapshot)]))


@cache
def _sign() -> str:
    """The sign of the observatory."""
    return (static.ASSETS / "favicon.svg").read_text("utf-8").replace(' xmlns="http://www.w3.org/2000/svg"', "")


@cache
def _letters() -> str:
    """A style sheet that has our letters within it."""
    files = {
        weights: base64.b64encode((static.ASSETS / "fonts" / name).read_bytes()) for weights, name in FACES.items()
    }
    return "".join(
        f'@font-face{{font-family:"{OURS}";font-weight:{weights};src:url(data:font/woff2;base64,{content.decode()})}}'
        for weights, content in files.items()
    )
