"""Draws the ledger as bars: a row for each paragraph, with the states by their strongest source, strongest first."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.colors import COLORS
from dashboard.charts.drawing import Board, Drawing, PlotlySpec
from dashboard.charts.key import Item
from dashboard.charts.medium import Medium
from dashboard.charts.render import metrics
from dashboard.charts.traces import Trace, area
from dashboard.subjects.ledger.figures import grid
from dashboard.subjects.ledger.figures.grid import GridText, Head, PlacedCell, look_of
from dashboard.subjects.ledger.query import CELLS
from dashboard.words import terms
from data.i18n import Language

# Pixels: the height of a bar, the space between rows, a line of text, the room of a number, the box of a body.
BAR = 20.0
APART = 8.0
LINE = 16.0
NUMBER = 30.0
BOX = 14.0
# From this width on the rows are in two columns with a gap between them; the most of a column that titles take.
TWO = 1000.0
GAP = 44.0
TITLES = 0.54
# The sizes of letters, and the room around a number on a hatch.
TEXT = 14.0
COUNT = 13.0
AROUND = 3.0


@dataclass(frozen=True)
class ParagraphRow:
    """A paragraph of the declaration.

    Attributes:
        states: how many states have each grade, the strongest first; none if it does not address single states.
        bodies: the grade of each body that it addresses, by code.
    """

    number: int
    title: str
    states: Mapping[str, int]
    bodies: Mapping[str, str]

    def said(self, lang: Language) -> list[str]:
        """What was found for each body."""
        return [
            lang.labeled(terms.term(lang, "actor", body), terms.in_sentence(terms.term(lang, "cell", grade)))
            for body, grade in self.bodies.items()
        ]


@dataclass(frozen=True)
class _RowColumn:
    """Where a column of rows is: its left edge, the room of its titles, and the width of its bars, in pixels."""

    left: float
    titles: float
    wide: float
    most: int

    @property
    def bars(self) -> float:
        """The left edge of the bars."""
        return self.left + self.titles


def ledger_bars(
    rows: Sequence[ParagraphRow],
    lang: Language,
    medium: Medium,
) -> PlotlySpec:
    """A Plotly spec of the paragraphs, in two columns where there is room; titles are above their bars on a phone.

    The `customdata` of a bar or a number is [paragraph], and in documents the whole row answers.
    """
    board = Board(lang, medium)
    boxes: list[PlacedCell] = []
    texts: list[GridText] = []
    heads: list[Head] = []
    whole: list[list[float]] = []
    tall = 0.0
    for part, column in _columns(rows, lang, medium):
        level = 0.0
        for row in part:
            drawn = _Row(row, column, level, board)
            boxes += drawn.boxes()
            texts += drawn.texts()
            whole.append([len(heads), *drawn.whole()])
            heads += drawn.heads()
            level += drawn.tall
        tall = max(tall, level)
    grades = {box.cell["grade"] for box in boxes}
    looks = {grade: look_of(grade) for grade in reversed(CELLS) if grade in grades}
    items = [
        Item(terms.term(lang, "cell", grade), look.fill, look.line, extra=look.extra) for grade, look in looks.items()
    ]
    spec = board.spec(Drawing(board, 1), tall, items, "")
    traces = [*grid.fills(boxes), _plates(boxes), *grid.codes(boxes, COUNT)]
    traces += [grid.texts(texts, TEXT), grid.targets([], [], heads) | {"meta": {"words": whole}}]
    return {"data": [*traces, *spec["data"]], "layout": spec["layout"]}


def _plates(boxes: Sequence[PlacedCell]) -> Trace:
    """Plain ground behind the numbers on a hatch, where that leaves enough of it to be recognized."""
    places = []
    for box in boxes:
        half = metrics.width(box.code, COUNT) / 2 + AROUND
        if look_of(box.cell["grade"]).hatch and box.right - box.left > 4 * half:
            x, y = box.middle
            places.append(replace(box, left=x - half, right=x + half, top=y - BAR / 2, bottom=y + BAR / 2))
    return area("", grid.outline(places), COLORS.surface, line=(COLORS.surface, 0))


def _columns(
    rows: Sequence[ParagraphRow], lang: Language, medium: Medium
) -> Iterator[tuple[Sequence[ParagraphRow], _RowColumn]]:
    """The rows of each column, from the top down."""
    columns = 1 + (medium.across >= TWO and len(rows) > 1)
    wide = (medium.across - GAP * (columns - 1)) / columns
    longest = NUMBER + max((metrics.width(row.title, TEXT) for row in rows), default=0) + 2 * APART
    said = max((metrics.width(line, TEXT) for row in rows for line in row.said(lang)), default=0) + BOX + APART
    titles = 0.0 if medium.narrow else min(longest, wide * TITLES, wide - said)
    most = max((sum(row.states.values()) for row in rows), default=0)
    each = -(-len(rows) // columns)
    for number in range(columns):
        part = rows[number * each : (number + 1) * each]
        yield part, _RowColumn(number * (wide + GAP), titles, wide - titles, max(most, 1))


@dataclass(frozen=True)
class _Row:
    """A paragraph in its column, from a level down."""

    row: ParagraphRow
    column: _RowColumn
    top: float
    board: Board

    @property
    def lines(self) -> list[str]:
        """The lines of the title."""
        room = self.column.titles or self.column.wide
        return metrics.wrapped(self.row.title, room - NUMBER - 2 * APART, TEXT)

    @property
    def above(self) -> float:
        """The height of what is above the bar."""
        return 0.0 if self.column.titles else LINE * len(self.lines) + 2

    @property
    def tall(self) -> float:
        """The height of the row."""
        right = BAR * bool(self.row.states) + (LINE + 4) * len(self.row.bodies)
        return max(LINE * len(self.lines) * bool(self.column.titles), self.bar - self.top + right) + APART

    @property
    def middle(self) -> float:
        """The y of the number: that of the first line on a phone, else in the middle of the title."""
        return self.top + (max(BAR, LINE * len(self.lines)) / 2 if self.column.titles else LINE / 2)

    @property
    def bar(self) -> float:
        """The upper edge of the bar, which is in the middle of its title."""
        return self.top + self.above + (max(LINE * len(self.lines) - BAR, 0) / 2 if self.column.titles else 0)

    def boxes(self) -> Iterator[PlacedCell]:
        """The parts of the bar, each with its number, and the box of each body."""
        unit, at = self.column.wide / self.column.most, self.column.bars
        for grade, n in self.row.states.items():
            cell = {"grade": grade, "status": None}
            yield PlacedCell(cell, at, self.bar, at + n * unit, self.bar + BAR, self.board.lang.number(n))
            at += n * unit
        for level, grade in zip(self._levels(), self.row.bodies.values(), strict=True):
            left, top = self.column.bars, level - BOX / 2
            yield PlacedCell({"grade": grade, "status": None}, left, top, left + BOX, top + BOX)

    def texts(self) -> Iterator[GridText]:
        """Number, title, and what was found for each body."""
        first = self.middle - LINE * (len(self.lines) - 1) / 2 if self.column.titles else self.middle
        yield GridText(self.column.left + NUMBER - 8, self.middle, f"<b>{self.row.number}</b>", "left")
        for number, line in enumerate(self.lines):
            yield GridText(self.column.left + NUMBER, first + LINE * number, line)
        for level, said in zip(self._levels(), self.row.said(self.board.lang), strict=True):
            yield GridText(self.column.bars + BOX + 4, level, said)

    def heads(self) -> Iterator[Head]:
        """The places that lead to the paragraph: its number, and the middle of each part of its bar."""
        lang = self.board.lang
        parts = [lang.labeled(terms.term(lang, "cell", grade), lang.number(n)) for grade, n in self.row.states.items()]
        hover = "<br>".join([f"<b>{self.row.number} {self.row.title}</b>", *parts, *self.row.said(lang)])
        yield Head(self.column.left + NUMBER - 14, self.middle, hover, self.row.number)
        for box in self.boxes():
            yield Head(*box.middle, hover, self.row.number)

    def whole(self) -> list[float]:
        """The place of the number, and the box of the row around it: left, bottom, right and top in pixels."""
        places = grid.scaled([(self.column.left + NUMBER - 14, self.middle)])
        right = self.column.titles + self.column.wide - NUMBER + 14
        box = 14 - NUMBER, self.middle - self.top - self.tall + APART / 2, right, self.middle - self.top + APART / 2
        return [float(one[0] or 0) for one in places.values()] + [round(side, 1) for side in box]

    def _levels(self) -> list[float]:
        """The y of the line of each body, below the bar."""
        first = self.bar + (BAR + 4 + LINE / 2 if self.row.states else BAR / 2)
        return [first + number * (LINE + 4) for number in range(len(self.row.bodies))]
