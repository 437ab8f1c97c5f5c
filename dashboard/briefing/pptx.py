"""Write a briefing as PowerPoint: designed layouts, editable charts and maps, notes, alternative texts, a QR code.

Each part is one slide. What does not fit on it is in its notes, never on a further slide.
"""

import io
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

import segno
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE
from pptx.oxml import parse_xml
from pptx.util import Pt

from dashboard.briefing import drawn, words
from dashboard.briefing.content import Briefing
from dashboard.briefing.slides import charts, letters, look, tables, template
from dashboard.briefing.slides.page import BriefingSlide, Type, begin, decorate, describe, finish, whole_end
from dashboard.briefing.slides.tables import SlideTable
from dashboard.charts.bars import BarBlock
from dashboard.charts.editable import YearChart
from dashboard.charts.medium import SLIDE, Medium
from dashboard.charts.render import slide
from dashboard.charts.render.shapes import Layer, Path, Shape
from dashboard.charts.render.slide import Box
from dashboard.views.figure import Drawn
from dashboard.views.page import KeyFigure, Part
from dashboard.words import data_version
from data.i18n import Language

CODE = Box(800, 20, 124, 124)
GAP = 10.0
BULLET = "• "
# What the space between two sentences counts, in letters.
BETWEEN = 60
# The sizes of the finding of the first slide, and of the lead under it; the room left of the code with its address.
OPENINGS = (30.0, 28.0, 26.0, 24.0, 22.0, 20.0, 18.0)
OPENED = 18.0
BESIDE_CODE = 700.0
# Cards of figures: the gap between them, their padding and stripe, their least height, and the sizes of their words.
CARD_GAP = 14.0
EDGE = 12.0
STRIPE = 4.0
TALL = 118.0
LABELS = (14.0, 13.0, 12.0)
NOTES = (13.0, 12.0)
# The height of the label and of the figure of a card.
LABEL = 53.0
FIGURE = 36.0
# The share of the width for tables that have sentences at their side, and for two columns of sentences.
BESIDE = 0.6
COLUMNS = 4
# So few sentences stand under a table.
FEW = 2
# The share of the height for tables above sentences, and the most points of height for the lead beside a map.
MOST = 0.7
MOST_LEAD = 130.0
# The most points of height for remarks under a map; the sizes of a table beside it.
UNDER = 46.0
BY_MAP = (14.0, 13.0)
# Charts beside each other; of more the first is the largest, on a share of the width.
ROW = 2
FIRST = 0.58
# In the name of an arrow, between its ends.
ARROW = "→"


def write(briefing: Briefing) -> bytes:
    """The file of a briefing (.pptx)."""
    deck = Presentation(io.BytesIO(template.empty()))
    _properties(deck, briefing)
    first, *others = briefing.parts
    _opening(deck, briefing, first)
    for part in others:
        _Slide(begin(deck, briefing, part.kind, part.releases), part, [*map(tables.of, part.tables)]).write()
    file = io.BytesIO()
    deck.save(file)
    return file.getvalue()


def _properties(deck: Any, briefing: Briefing) -> None:  # noqa: ANN401 - a presentation of python-pptx
    """The properties of the file; its date is the snapshot's."""
    properties = deck.core_properties
    properties.title, properties.subject = briefing.title, briefing.subtitle
    properties.language = words.language_tag(briefing.lang)
    properties.author = properties.last_modified_by = "Atalaya"
    properties.comments = data_version.version(briefing.lang, briefing.snapshot, briefing.created)
    properties.keywords = ""
    properties.created = properties.modified = datetime.fromisoformat(briefing.created)
    properties.revision = 1


def _opening(deck: Any, briefing: Briefing, part: Part) -> None:  # noqa: ANN401 - a presentation of python-pptx
    """The first slide: the subject, the main finding, and how to read the briefing."""
    page = begin(deck, briefing, "title", part.releases)
    wide = BESIDE_CODE if briefing.address else look.INNER
    finding = _finding(page, part, wide)
    size = letters.fitting(briefing.title, wide, template.SUBJECT.height, (40.0, 34.0, 28.0, 24.0))
    page.fill(template.LEAD, briefing.title, size, template.SUBJECT)
    page.say(template.KIND, [briefing.subtitle], Type(14, look.ON_BAND, anchor="middle"), briefing.subtitle)
    if briefing.address:
        _code(page, briefing)
    top = finding.bottom + GAP
    if part.key_figures:
        tall = _tall(part.key_figures)
        _cards(page, part.key_figures, Box(look.MARGIN, top, look.INNER, tall))
        top += tall + GAP
    room = Box(look.MARGIN, top, look.INNER, look.BODY.bottom - top)
    text, sized = _fitting(part.remarks, room.width, room.height, look.LEAD_SIZES[2:])
    tall = letters.height(text, room.width, sized)
    page.fill(template.REMARKS, text, sized, Box(room.left, room.bottom - tall, room.width, tall))
    page.note([*_notes(briefing.lang, part), briefing.address])
    finish(page)


def _finding(page: BriefingSlide, part: Part, wide: float) -> Box:
    """Write the finding of the first slide as its title, and its lead under it; returns the box of both."""
    room, top = template.OPENING.height, template.OPENING.top
    tall = letters.height(part.lead, wide, OPENED) + GAP / 2 if part.lead else 0.0
    size = letters.fitting(part.title, wide, room - tall, OPENINGS, bold=True)
    end = letters.height(whole_end(part.title), wide, size, bold=True)
    page.title(part.title, (size,), Box(look.MARGIN, top, wide, end))
    if part.lead:
        below = Box(look.MARGIN, top + end + GAP / 2, wide, tall)
        page.say(below, [part.lead], Type(OPENED, look.ON_BAND), part.lead)
    return Box(look.MARGIN, top, wide, end + tall + GAP / 2)


def _code(page: BriefingSlide, briefing: Briefing) -> None:
    """A QR code that opens the view, with the address under it."""
    file = io.BytesIO()
    segno.make(briefing.address, error="m").save(file, kind="png", scale=12, border=3)
    file.seek(0)
    picture = page.slide.shapes.add_picture(file, *CODE.emu())
    label = briefing.lang.text("Open this view")
    picture.name = label
    describe(picture, briefing.lang.labeled(label, briefing.address))
    picture.click_action.hyperlink.address = briefing.address
    left, wide = BESIDE_CODE + look.MARGIN + GAP, look.INNER - BESIDE_CODE - GAP
    kind = Type(13, look.ON_BAND, bold=True, align="right")
    page.say(Box(left, CODE.bottom + 6, wide, 18), [label], kind, label)
    kind = Type(look.TEXT, "dbe6ec", align="right")
    page.say(Box(left, CODE.bottom + 24, wide, 74), [briefing.address], kind, briefing.address)


@dataclass(frozen=True)
class _Slide:
    """A slide while it is filled: its page, its part, and the tables of the part."""

    page: BriefingSlide
    part: Part
    tables: Sequence[SlideTable]

    def write(self) -> None:
        """Put everything in its place."""
        self.page.title(self.part.title, look.TITLE_SIZES, look.TITLE)
        if self.part.redrawn:
            self._pictured(self.part.redrawn)
        else:
            top = self._lead(look.LEAD)
            if self.part.figures:
                self._charted(top)
            elif self.tables:
                self._tabled(top)
            else:
                self._said(Box(look.MARGIN, top, look.INNER, look.BODY.bottom - top))
        self.page.note(_notes(self.page.briefing.lang, self.part))
        finish(self.page)

    def _lead(self, box: Box, most: float = 90.0) -> float:
        """Write the lead; returns the upper edge of what follows."""
        text = self.part.lead
        size = letters.fitting(text, box.width, most, look.LEAD_SIZES)
        tall = letters.height(text, box.width, size) if text else 0.0
        self.page.fill(template.LEAD, text, size, Box(box.left, box.top, box.width, max(tall, 1.0)))
        return box.top + (tall + GAP if text else 0.0)

    def _remarks(self, box: Box, least: float = 0.0) -> float:
        """Write as many remarks as fit at the lower end of a box; returns the upper edge of them.

        Args:
            least: the points of height at the upper end of the box that stay free.
        """
        text, size = _fitting(self.part.remarks, box.width, box.height - least, look.REMARKS)
        tall = letters.height(text, box.width, size) if text else 0.0
        top = box.bottom - tall
        self.page.fill(template.REMARKS, text, size, Box(box.left, top, box.width, tall))
        return top - (GAP if text else 0.0)

    def _pictured(self, redrawn: Callable[[Medium], Drawn]) -> None:
        """A map; at its left the lead and the table. Remarks are under these if they fit there, else under the map."""
        page, aside, remarks = self.page, look.ASIDE, self.part.remarks
        top = free = self._lead(aside, self._most())
        for one in self.tables:
            room = look.BODY.bottom - top
            size = next((size for size in BY_MAP if tables.together([one], aside.width, size) <= room), look.TEXT)
            some = _cut(one, aside.width, room)
            columns = tables.widths(some, aside.width, size)
            used = tables.height(some, columns, size)
            tables.put(page, some, Box(aside.left, top, aside.width, used), columns, size)
            free = top + tables.grown(some, columns, size) + GAP
            top += used + GAP
        beside = Box(aside.left, free, aside.width, look.BODY.bottom - free)
        text, size = _fitting(remarks, beside.width, beside.height, look.REMARKS)
        tall = 0.0
        if text != "\n".join(remarks):
            text, size = _fitting(remarks, look.PICTURE.width, UNDER, look.REMARKS[1:])
            tall = letters.height(text, look.PICTURE.width, size)
            beside = Box(look.PICTURE.left, look.BODY.bottom - tall, look.PICTURE.width, tall)
        self._map(redrawn, replace(look.PICTURE, height=look.BODY.bottom - look.PICTURE.top - tall - GAP / 2))
        page.fill(template.REMARKS, text, size, beside)

    def _map(self, redrawn: Callable[[Medium], Drawn], box: Box) -> None:
        """Draw a map as high as a box, or lower: it keeps the size of its letters."""
        high = box.height * SLIDE.width / box.width
        medium = SLIDE._replace(height=round(high))
        shown = drawn.shapes(redrawn(medium), medium, self.part.title)
        if shown.height > high:
            medium = SLIDE._replace(height=round(2 * high - shown.height) - 1)
            shown = drawn.shapes(redrawn(medium), medium, self.part.title)
        names, free = _names(self.page.briefing.lang), self.page.free()
        self.page.slide.shapes.element.append(parse_xml(slide.group(shown, box, names, free)))

    def _most(self) -> float:
        """The most height of the lead beside a map: less where only that leaves room for all remarks."""
        wide, remarks = look.ASIDE.width, "\n".join(self.part.remarks)
        tall = tables.together(self.tables, wide, look.TEXT) + letters.height(remarks, wide, look.TEXT) + GAP
        left = look.BODY.bottom - look.ASIDE.top - tall
        return min(left, MOST_LEAD) if letters.height(self.part.lead, wide, look.LEAD_SIZES[-2]) <= left else MOST_LEAD

    def _charted(self, top: float) -> None:
        """Charts of which the first is the largest, with one key for all; remarks under them."""
        charted = Box(look.MARGIN, top, look.INNER, look.BODY.bottom - top)
        end = self._remarks(charted, 0.7 * charted.height)
        box = Box(look.MARGIN, top, look.INNER, end - top)
        lang, figures = self.page.briefing.lang, self.part.figures
        found = [one for graphic in figures for one in drawn.editable(lang, graphic)]
        if blocks := [one for one in found if isinstance(one, BarBlock)]:
            charts.bars(self.page, blocks, " ".join(drawn.described(lang, figures[0])), box)
            return
        by_year = [one for one in found if isinstance(one, YearChart)]
        # Too few states reported every year: the slide has its sentences alone.
        if not by_year:
            return
        keyed = max(by_year, key=lambda one: len(one.lines))
        for one, place in zip(by_year, _grid(box, len(by_year)), strict=True):
            charts.put(self.page, one, place, keyed=one is keyed)

    def _tabled(self, top: float) -> None:
        """Tables with their sentences at their right, or below them where the tables need the whole width."""
        room, points = look.BODY.bottom - top, self.part.points
        wide = look.INNER * (BESIDE if len(points) > FEW else 1.0)
        narrow = not tables.short(self.tables, wide, look.LEGIBLE)
        if narrow or tables.together(self.tables, wide, look.TEXT) > room:
            wide = look.INNER
        left = look.MARGIN + wide + 2 * GAP
        said = Box(left, top, look.INNER - wide - 2 * GAP, room)
        remarks = letters.height("\n".join(self.part.remarks), wide, look.TEXT) + GAP if self.part.remarks else 0.0
        below = (1 - MOST) * room if points and wide == look.INNER else 0.0
        size = tables.largest(self.tables, wide, room - remarks - below)
        level = free = top
        for one in self.tables:
            columns = tables.widths(one, wide, size)
            used = tables.height(one, columns, size)
            tables.put(self.page, one, Box(look.MARGIN, level, wide, used), columns, size)
            free = level + tables.grown(one, columns, size) + tables.GAP
            level += used + tables.GAP
        if wide == look.INNER:
            level = max(level, min(free, look.BODY.bottom - self._needed(wide)))
            self._said(Box(look.MARGIN, level, wide, look.BODY.bottom - level))
            return
        self._remarks(Box(look.MARGIN, level, wide, look.BODY.bottom - level))
        self._points(said)

    def _said(self, box: Box) -> None:
        """The sentences, and remarks under them: at least two, if the sentences may stand closer for them."""
        least, two = self._least(box.width), letters.height("\n".join(self.part.remarks[:2]), box.width, look.TEXT)
        if least + two > box.height:
            least = self._least(box.width, look.TEXT / 2)
        self._points(Box(box.left, box.top, box.width, self._remarks(box, least) - box.top))

    def _least(self, across: float, gap: float = 0.0) -> float:
        """The least height of the sentences in points, each with a gap after it; a usual one if none is given."""
        points = [BULLET + one for one in self.part.points]
        columns, wide = _columns(points, across)
        parted = [("\n".join(some), len(some)) for some in _parted(points, columns)]
        tall = [letters.height(text, wide, look.TEXT) + n * (gap or GAP * columns) for text, n in parted]
        return max(tall, default=0.0) + GAP

    def _needed(self, across: float) -> float:
        """The least height of the sentences and all remarks, in points."""
        remarks = letters.height("\n".join(self.part.remarks), across, look.TEXT) if self.part.remarks else 0.0
        return self._least(across) + remarks + GAP

    def _points(self, box: Box) -> None:
        """The sentences in one column, or two of one size where there are many and the box is wide."""
        points = [BULLET + one for one in self.part.points]
        columns, wide = _columns(points, box.width)
        while len(points) > 1 and not all(_fits(some, wide, box.height) for some in _parted(points, columns)):
            points.pop()
        parted = _parted(points, columns)
        size = min((_spaced(some, wide, box.height) for some in parted), default=look.TEXT)
        for number, some in enumerate(parted):
            place = Box(box.left + number * (wide + 2 * GAP), box.top, wide, box.height)
            self.page.say(place, some, Type(size, look.INK, after=size / 2), self.page.briefing.lang.text("Findings"))


def _notes(lang: Language, part: Part) -> list[str]:
    """All that the speaker may say of a part, each sentence once."""
    cards = [f"{lang.labeled(one.label, one.figure)} ({' '.join(one.lines)})." for one in part.key_figures]
    maps = [part.map.description] if part.map else []
    figures = [text for one in part.figures for text in drawn.described(lang, one)]
    rows = [lang.labeled(row[0], " · ".join(row[1:])) for one in part.tables for row in one.sheet.cells]
    said = (*cards, *maps, *figures, *part.points, *part.remarks, *part.said, *rows, *part.releases)
    return [*dict.fromkeys([part.title, part.lead, *said])]


def _fitting(sentences: Iterable[str], wide: float, room: float, sizes: Sequence[float]) -> tuple[str, float]:
    """The first sentences that fit, and the largest size at which they do."""
    every = list(sentences)
    size = letters.fitting("\n".join(every), wide, room, tuple(sizes))
    n = max(n for n in range(len(every) + 1) if n == 0 or letters.height("\n".join(every[:n]), wide, size) <= room)
    return "\n".join(every[:n]), size


def _fits(sentences: Sequence[str], wide: float, room: float, size: float = look.TEXT) -> bool:
    """Whether sentences fit with half a line between them."""
    return letters.height("\n".join(sentences), wide, size) + len(sentences) * size / 2 <= room


def _spaced(sentences: Sequence[str], wide: float, room: float) -> float:
    """The largest size at which sentences fit with half a line between them."""
    return next((size for size in look.POINTS if _fits(sentences, wide, room, size)), look.POINTS[-1])


def _columns(sentences: Sequence[str], wide: float) -> tuple[int, float]:
    """The number of columns for sentences, and the width of each."""
    columns = 2 if len(sentences) >= COLUMNS and wide > look.INNER / 2 else 1
    return columns, (wide - 2 * GAP * (columns - 1)) / columns


def _parted(sentences: Sequence[str], columns: int) -> list[list[str]]:
    """The sentences in one column, or in two of about the same length, in order."""
    if columns == 1 or len(sentences) <= 1:
        return [list(sentences)] if sentences else []
    size = [len(one) + BETWEEN for one in sentences]
    middle = min(range(1, len(size)), key=lambda place: max(sum(size[:place]), sum(size[place:])))
    return [list(sentences[:middle]), list(sentences[middle:])]


def _cut(table: SlideTable, wide: float, room: float) -> SlideTable:
    """The table with as many rows as fit."""
    for n in range(len(table.rows), 1, -1):
        some = SlideTable(table.head, table.rows[:n], table.alt)
        if tables.height(some, tables.widths(some, wide, look.TEXT), look.TEXT) <= room:
            return some
    return SlideTable(table.head, table.rows[:1], table.alt)


def _grid(box: Box, n: int) -> list[Box]:
    """Boxes in a row; of more the first is the largest, and the others stand one under another at its right."""
    if n <= ROW:
        wide = (box.width - GAP * (n - 1)) / n
        return [Box(box.left + x * (wide + GAP), box.top, wide, box.height) for x in range(n)]
    first = Box(box.left, box.top, FIRST * box.width, box.height)
    left, tall = first.left + first.width + GAP, (box.height - GAP * (n - 2)) / (n - 1)
    wide = box.width - first.width - GAP
    return [first, *(Box(left, box.top + y * (tall + GAP), wide, tall) for y in range(n - 1))]


def _card_width(facts: Sequence[KeyFigure], wide: float) -> float:
    return (wide - CARD_GAP * (len(facts) - 1)) / len(facts)


def _tall(facts: Sequence[KeyFigure]) -> float:
    """The height of cards in which every note has room."""
    wide = _card_width(facts, look.INNER) - STRIPE - 2 * EDGE
    note = max(letters.height(" ".join(fact.lines), wide, NOTES[-1]) for fact in facts)
    return max(TALL, LABEL + FIGURE + note + 8)


def _cards(page: BriefingSlide, facts: Sequence[KeyFigure], box: Box) -> None:
    """Key figures beside each other, their words of one size each."""
    wide = _card_width(facts, box.width)
    for number, fact in enumerate(facts):
        place = Box(box.left + number * (wide + CARD_GAP), box.top, wide, box.height)
        ground = page.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *place.emu())
        _paint(ground, look.PALE)
        stripe = page.slide.shapes.add_shape(MSO_SHAPE.RECTANGLE, *Box(place.left, box.top, STRIPE, box.height).emu())
        _paint(stripe, look.PRIMARY)
        left, inner = place.left + STRIPE + EDGE, wide - STRIPE - 2 * EDGE
        label = Box(left, box.top + 8, inner, LABEL - 8)
        figure = Box(left, label.bottom, inner, FIGURE)
        note = Box(left, figure.bottom + 2, inner, box.bottom - figure.bottom - 6)
        _fit(page, label, fact.label, [one.label for one in facts], LABELS, Type(0, look.FAINT, bold=True), "label")
        kind = Type(0, look.PRIMARY, bold=True, anchor="middle")
        _fit(page, figure, fact.figure, [one.figure for one in facts], look.LARGE, kind, "figure")
        notes = [" ".join(one.lines) for one in facts]
        _fit(page, note, notes[number], notes, NOTES, Type(0, look.INK), "note")


def _fit(
    page: BriefingSlide, box: Box, text: str, every: Sequence[str], sizes: tuple[float, ...], kind: Type, part: str
) -> None:
    size = min(letters.fitting(one, box.width, box.height, sizes, bold=kind.bold) for one in every)
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
