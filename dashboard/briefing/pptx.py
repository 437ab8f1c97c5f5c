"""Write a briefing as PowerPoint: designed layouts, editable charts and maps, notes, alternative texts, a QR code.

A part becomes one or more slides, each of which shows one thing; its remarks are placed as near as they fit.
"""

import io
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

import segno
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.util import Pt

from dashboard.briefing import words
from dashboard.briefing.content import Briefing, Fact, Figure, Part, Table
from dashboard.briefing.slides import charts, look, tables, template
from dashboard.briefing.slides.page import Page, Type, begin, decorate, describe, finish
from dashboard.charts.render import metrics, slide
from dashboard.charts.render.model import drawing
from dashboard.charts.render.shapes import Layer, Path, Shape
from dashboard.charts.render.slide import Box
from dashboard.subjects.routes.figures.arrow_traces import ARROW
from dashboard.words import data_version
from data.i18n import Language

CODE = Box(704, 150, 200, 200)
LEAD = Box(look.MARGIN, 246, 620, 60)
TITLES = (44.0, 38.0, 32.0, 27.0)
GAP = 8.0
# Points of height that remarks may take under figures or a chart.
ROOM = 130.0
BULLET = "• "
# Cards of figures: the gap between them, their padding and stripe, and font sizes.
CARD_GAP, EDGE, STRIPE = 14.0, 14.0, 4.0
LABELS, FIGURES, NOTES = (15.0, 14.0, 13.0, 12.0), (38.0, 32.0, 27.0, 22.0, 18.0), (12.0, 11.0, 10.0)
# The shares of a card's height for its label and its figure.
LABEL, FIGURE = 0.32, 0.36
TALLEST = 178.0


def write(briefing: Briefing) -> bytes:
    """The file of a briefing (.pptx)."""
    deck = Presentation(io.BytesIO(template.empty()))
    _properties(deck, briefing)
    first, *others = briefing.parts
    _title(deck, briefing, first)
    for part in others:
        _part(deck, briefing, part)
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _properties(deck: Any, briefing: Briefing) -> None:  # noqa: ANN401 - a presentation of python-pptx
    """The properties of the file; its date is the snapshot's."""
    properties = deck.core_properties
    properties.title, properties.subject = briefing.title, briefing.subtitle
    properties.language = words.language_tag(briefing.lang)
    properties.author = properties.last_modified_by = "Atalaya"
    properties.comments, properties.keywords = (
        data_version.version(briefing.lang, briefing.snapshot, briefing.created),
        "",
    )
    properties.created = properties.modified = datetime.fromisoformat(briefing.created)
    properties.revision = 1


def _title(deck: Any, briefing: Briefing, part: Part) -> None:  # noqa: ANN401 - a presentation of python-pptx
    page = begin(deck, briefing, "title")
    page.title(part.title, TITLES, Box(look.MARGIN, 116, 620, 108))
    lead = f"{briefing.subtitle}. {part.lead}"
    size = metrics.fitting(lead, LEAD.width, LEAD.height, (18.0, 16.0, 14.0))
    page.fill(template.LEAD, lead, size, LEAD)
    remarks = "\n".join(BULLET + one for one in part.remarks)
    room = Box(look.MARGIN, LEAD.bottom + 16, 620, _bottom(briefing) - LEAD.bottom - 16)
    page.fill(template.REMARKS, remarks, metrics.fitting(remarks, room.width, room.height, (14.0, 13.0, 12.0)), room)
    if briefing.address:
        _code(page, briefing)
    page.note("\n".join([part.notes, briefing.address]))
    finish(page)


def _bottom(briefing: Briefing) -> float:
    """The lower edge of the content of a slide: above the warning, if there is one."""
    return look.STALE.top - GAP if briefing.stale else look.BODY.bottom


def _code(page: Page, briefing: Briefing) -> None:
    """A QR code that opens the view, with the address under it."""
    file = io.BytesIO()
    segno.make(briefing.address, error="m").save(file, kind="png", scale=12, border=3)
    file.seek(0)
    picture = page.slide.shapes.add_picture(file, *CODE.emu())
    label = briefing.lang.text("Open this view")
    picture.name = label
    describe(picture, briefing.lang.labelled(label, briefing.address))
    picture.click_action.hyperlink.address = briefing.address
    page.say(
        Box(CODE.left, CODE.bottom + 8, CODE.width, 18),
        [label],
        Type(13, look.ON_BAND, bold=True, align="center"),
        label,
    )
    address = Box(CODE.left - 30, CODE.bottom + 28, CODE.width + 60, 40)
    size = metrics.fitting(briefing.address, address.width, address.height, (11.0, 10.0, 9.0))
    page.say(address, [briefing.address], Type(size, "dbe6ec", align="center"), briefing.address)


@dataclass
class Slides:
    """The slides of one part while they are made; `rest` are the remarks that are not on a slide yet."""

    deck: Any
    briefing: Briefing
    part: Part
    rest: list[str] = field(default_factory=list)
    made: list[Page] = field(default_factory=list)

    @property
    def bottom(self) -> float:
        """The lower edge of the content."""
        return _bottom(self.briefing)

    def begin(self) -> Page:
        """Add a slide, with a title that is unique in the part."""
        page = begin(self.deck, self.briefing, self.part.kind)
        self.made.append(page)
        number = f" ({len(self.made)})" if len(self.made) > 1 else ""
        page.title(f"{self.part.title}{number}", look.TITLE_SIZES, look.TITLE)
        return page

    def lead(self, page: Page) -> float:
        """Write the lead, only on the first slide; returns the upper edge of the content."""
        text = self.part.lead if page is self.made[0] else ""
        size = metrics.fitting(text, look.INNER, look.LEAD.height, (look.LEAD_SIZE, 14.0, 13.0, look.TEXT))
        tall = metrics.height(text, look.INNER, size) if text else 0.0
        page.fill(template.LEAD, text, size, Box(look.MARGIN, look.LEAD.top, look.INNER, max(tall, 1.0)))
        return look.LEAD.top + tall + GAP * bool(text) + 4

    def fitting(self, wide: float, room: float, sizes: tuple[float, ...]) -> tuple[str, float, float]:
        """Take the next remarks that fit into `room` points of height: their text, its size, its height."""
        every = [BULLET + one for one in self.rest]
        size = metrics.fitting("\n".join(every), wide, room, sizes)
        n = max(n for n in range(len(every) + 1) if n == 0 or metrics.height("\n".join(every[:n]), wide, size) <= room)
        self.rest = self.rest[n:]
        text = "\n".join(every[:n])
        return text, size, metrics.height(text, wide, size) if text else 0.0


def _part(deck: Any, briefing: Briefing, part: Part) -> None:  # noqa: ANN401 - a presentation of python-pptx
    """Add all slides of a part."""
    slides = Slides(deck, briefing, part, list(part.remarks))
    if part.facts:
        _shown(slides, lambda page, box: _cards(page, part.facts, box))
    if part.picture:
        _picture(slides, part.picture)
    if part.chart:
        _chart(slides, part.chart)
    if part.tables:
        _tables(slides)
    while slides.rest or not slides.made:
        _remarks(slides)
    for page in slides.made:
        page.note(part.notes)
        finish(page)


def _shown(slides: Slides, put: Callable[[Page, Box], None]) -> None:
    """Add a slide that shows one thing under the lead, and remarks at its end."""
    page = slides.begin()
    top = slides.lead(page)
    text, size, tall = slides.fitting(look.INNER, ROOM, look.UNDER)
    bottom = slides.bottom - tall
    put(page, Box(look.MARGIN, top, look.INNER, bottom - GAP * bool(text) - top))
    page.fill(template.REMARKS, text, size, Box(look.MARGIN, bottom, look.INNER, tall))


def _picture(slides: Slides, picture: Figure) -> None:
    """Add a slide with a map, as large as fits; to its right the lead, and as many remarks as fit."""
    page, aside, lead = slides.begin(), look.ASIDE, slides.part.lead
    tall = slides.bottom - aside.top
    texts = "\n".join([lead, "", *(BULLET + one for one in slides.rest)])
    size = metrics.fitting(texts, aside.width, tall, look.BESIDE)
    lead_height = metrics.height(lead, aside.width, size)
    page.fill(template.LEAD, lead, size, Box(aside.left, aside.top, aside.width, lead_height))
    top = aside.top + lead_height + size
    text, size, used = slides.fitting(aside.width, slides.bottom - top, (size,))
    box = Box(look.PICTURE.left, look.PICTURE.top, look.PICTURE.width, slides.bottom - look.PICTURE.top)
    drawn = drawing(picture.spec, title=slides.part.title, alt=picture.alt).trimmed()
    names = _names(slides.briefing.lang)
    page.slide.shapes.element.append(parse_xml(slide.group(drawn, box, names, page.free())))
    page.fill(template.REMARKS, text, size, Box(aside.left, top, aside.width, used))


def _chart(slides: Slides, chart: Figure) -> None:
    slides.rest[:0] = chart.remarks
    title = "" if chart.title == slides.part.title else chart.title
    _shown(slides, lambda page, box: charts.put(page, chart, box, title))


def _tables(slides: Slides) -> None:
    """Add tables, one under another, on as many slides as they need; remarks under the last one if there is room."""
    every, room = slides.part.tables, slides.bottom - look.BODY.top
    lead = metrics.height(slides.part.lead, look.INNER, look.LEAD_SIZE) + GAP
    first = room - lead * (not slides.made)
    plans = {size: tables.plan(every, size, first, room) for size in tables.ABOVE}
    size = min(plans, key=lambda size: (_slides(slides, plans[size], first, room), -size))
    for together, _ in plans[size]:
        page = slides.begin()
        top = slides.lead(page)
        for one in together:
            columns = tables.widths(one, look.INNER, size)
            used = tables.height(one, columns, size)
            tables.put(page, one, Box(look.MARGIN, top, look.INNER, used), columns, size)
            top += used + tables.GAP
        last = together[-1].rows[-1] == every[-1].rows[-1]
        text, smaller, tall = slides.fitting(look.INNER, (slides.bottom - top) * last, look.UNDER)
        page.fill(template.REMARKS, text, smaller, Box(look.MARGIN, top, look.INNER, tall))


def _slides(slides: Slides, plan: list[tuple[list[Table], float]], first: float, room: float) -> int:
    """How many slides a plan needs, with one more if the remarks do not fit on the last one."""
    needed = metrics.height("\n".join(BULLET + one for one in slides.rest), look.INNER, look.UNDER[-1])
    return len(plan) + (bool(slides.rest) and plan[-1][1] + needed > (first if len(plan) == 1 else room))


def _remarks(slides: Slides) -> None:
    """Add a slide with the remarks that did not fit on other slides."""
    page = slides.begin()
    top = slides.lead(page)
    text, size, tall = slides.fitting(look.INNER, slides.bottom - top, (16.0, 14.0, *look.UNDER))
    if not text:
        # Longer than a slide: our own remarks never are, but a state's reply may be.
        text, size, tall = slides.rest.pop(0), look.UNDER[-1], slides.bottom - top
    page.fill(template.REMARKS, text, size, Box(look.MARGIN, top, look.INNER, tall))


def _cards(page: Page, facts: tuple[Fact, ...], box: Box) -> None:
    """Put figures in cards: two in a row, or three if there are three or more than four."""
    columns = 2 if len(facts) in {2, 4} else 3
    rows = -(-len(facts) // columns)
    wide = (box.width - CARD_GAP * (columns - 1)) / columns
    tall = min((box.height - CARD_GAP * (rows - 1)) / rows, TALLEST)
    for number, fact in enumerate(facts):
        row, column = divmod(number, columns)
        _card(page, fact, Box(box.left + column * (wide + CARD_GAP), box.top + row * (tall + CARD_GAP), wide, tall))


def _card(page: Page, fact: Fact, box: Box) -> None:
    ground = page.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *box.emu())
    _paint(ground, look.PALE)
    stripe = page.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *Box(box.left, box.top, STRIPE, box.height).emu())
    _paint(stripe, look.PRIMARY)
    left, wide = box.left + STRIPE + EDGE, box.width - STRIPE - 2 * EDGE
    label = Box(left, box.top + 10, wide, box.height * LABEL - 10)
    figure = Box(left, label.bottom, wide, box.height * FIGURE)
    note = Box(left, figure.bottom + 4, wide, box.bottom - figure.bottom - 12)
    _fit(page, label, fact.label, LABELS, Type(0, look.FAINT, bold=True), "label")
    _fit(page, figure, fact.figure, FIGURES, Type(0, look.PRIMARY, bold=True, anchor="middle"), "figure")
    _fit(page, note, fact.note, NOTES, Type(0, look.INK), "note")


def _fit(page: Page, box: Box, text: str, sizes: tuple[float, ...], kind: Type, part: str) -> None:
    size = metrics.fitting(text, box.width, box.height, sizes, bold=kind.bold)
    page.say(box, [text], Type(size, kind.color, kind.bold, kind.align, kind.anchor), f"{part}: {text}")


def _paint(shape: Any, color: str) -> None:  # noqa: ANN401 - a shape of python-pptx
    shape.fill.solid()
    shape.fill.fore_color.rgb = look.rgb(color)
    shape.line.fill.background()
    shape.line.width = Pt(0)
    shape.shadow.inherit = False
    decorate(shape)


def _names(lang: Language) -> slide.Names:
    """Names for the groups and the shapes of a map, as an editor of slides shows them."""
    layers: dict[Layer, str] = {
        "ground": lang.text("Sea"),
        "area": lang.text("Land without figures"),
        "line": lang.text("Strokes"),
        "mark": lang.text("Symbols"),
        "key": lang.text("Key"),
        "note": lang.text("Notes"),
    }
    arrows, states, labels = lang.text("Arrows"), lang.text("States"), lang.text("Labels")

    def group(shape: Shape) -> str:
        if isinstance(shape, Path) and shape.layer == "area" and shape.name:
            return arrows if ARROW in shape.name else states
        return layers.get(shape.layer, labels)

    def name(shape: Shape) -> str:
        """The name of the state, or of the two ends of an arrow."""
        if isinstance(shape, Path) and shape.name:
            return f" {ARROW} ".join(map(lang.country, shape.name.split(ARROW)))
        return group(shape)

    return slide.Names(group, name, words.language_tag(lang))
