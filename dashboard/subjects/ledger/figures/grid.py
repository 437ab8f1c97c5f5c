"""The boxes of the ledger, drawn: fills and glyphs gathered by their look, words, and what answers to a click."""

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dashboard.charts.drawing import FINE, Board
from dashboard.charts.look import INVISIBLE, PALETTES, Look, Palette, pattern
from dashboard.charts.panels import Coordinates, Outline
from dashboard.charts.traces import Trace, area, marks, words
from dashboard.subjects.ledger import names
from dashboard.subjects.ledger.query import CELLS
from data.columns import BODIES, PROGRESS
from data.i18n import Language

Cell = Mapping[str, Any]
# Half the pixels between two boxes.
APART = 1.0
GLYPH, SMALL = 11.0, 8.0


@dataclass(frozen=True)
class Box:
    """A cell and its corners, in pixels from the upper left; `code` is what stands in it, if anything does."""

    cell: Cell
    left: float
    top: float
    right: float
    bottom: float
    code: str = ""

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Words:
    """Words at a point, to its right, left or around it; small ones where room is scarce."""

    x: float
    y: float
    text: str
    side: str = "right"
    small: bool = False


@dataclass(frozen=True)
class Head:
    """A paragraph's number, which answers: where it stands, what it says, and which paragraph it opens."""

    x: float
    y: float
    text: str
    paragraph: int


def fills(board: Board, boxes: Iterable[Box]) -> list[Trace]:
    """The boxes, those that look alike as one trace."""
    alike: dict[str, tuple[Look, list[Box]]] = {}
    for box in boxes:
        look = look_of(box.cell["grade"], board.palette)
        alike.setdefault(box.cell["grade"], (look, []))[1].append(box)
    return [area("", _outline(some), look.fill, line=look.line, **look.extra) for look, some in alike.values()]


def glyphs(board: Board, boxes: Iterable[Box]) -> list[Trace]:
    """The statuses: in the middle of a box, or over its code."""
    alike: dict[tuple[str, bool, bool], list[Box]] = defaultdict(list)
    for box in boxes:
        if box.cell["status"]:
            alike[box.cell["status"], inverse(board, box), bool(box.code)].append(box)
    found = []
    for (status, swapped, coded), some in alike.items():
        marker = glyph(status, board.palette, SMALL if coded else GLYPH, inverse=swapped)
        places = [(x, box.top + 7 if coded else y) for box in some for x, y in (box.middle,)]
        found.append(marks("", [], [], marker) | fine(places))
    return found


def codes(board: Board, boxes: Iterable[Box], size: float) -> list[Trace]:
    """What stands in the boxes."""
    named: dict[bool, list[Words]] = defaultdict(list)
    for box in boxes:
        x, y = box.middle
        if box.code:
            named[inverse(board, box)].append(Words(x, y + 5 * bool(box.cell["status"]), box.code, "center"))
    return [said(board, some, size, inverse=swapped) for swapped, some in named.items()]


def said(board: Board, some: Sequence[Words], size: float, *, inverse: bool = False) -> Trace:
    """Words."""
    sides = [one.side for one in some]
    drawn = words("", [], [], [one.text for one in some], sides, palette=board.palette, size=size, inverse=inverse)
    return drawn | fine((one.x, one.y) for one in some)


def targets(boxes: Sequence[Box], hover: Sequence[str], heads: Sequence[Head]) -> Trace:
    """Unseen marks over boxes and numbers: `customdata` is [paragraph, actor], or the paragraph alone."""
    sizes = [min(box.right - box.left, box.bottom - box.top) for box in boxes] + [24.0] * len(heads)
    marker = {"size": sizes, "color": INVISIBLE, "line": {"width": 0}}
    data = [[box.cell["paragraph"], box.cell["actor"]] for box in boxes] + [[head.paragraph] for head in heads]
    told = [*hover, *(head.text for head in heads)]
    places = [*(box.middle for box in boxes), *((head.x, head.y) for head in heads)]
    return marks("", [], [], marker, customdata=data, hovertext=told) | fine(places)


def inverse(board: Board, box: Box) -> bool:
    """Whether what lies on a box swaps ink and ground."""
    look = look_of(box.cell["grade"], board.palette)
    # A hatch lies on the ground of the page.
    return look.hatch is None and look.dark is (board.palette is PALETTES["light"])


def fine(points: Iterable[tuple[float, float]]) -> dict[str, Coordinates]:
    """Points as tenths of a pixel."""
    held = list(points)
    return {axis: [round(point[way] * FINE) for point in held] for way, axis in enumerate("xy")}


def _outline(boxes: Sequence[Box]) -> Outline:
    x: Coordinates = []
    y: Coordinates = []
    for box in boxes:
        left, right = round((box.left + APART) * FINE), round((box.right - APART) * FINE)
        top, bottom = round((box.top + APART) * FINE), round((box.bottom - APART) * FINE)
        x += [*([None] if x else []), left, right, right, left, left]
        y += [*([None] if y else []), top, top, bottom, bottom, top]
    return Outline(x, y)


# The place of each grade since the declaration on the ramp of the maps.
RAMP = {"public_document": 1, "state_report": 3, "reviewed": 4}
# A glyph fills up with what a document says was done: a ring, a dot in it, a cross in it, a disc.
GLYPHS = dict(zip(PROGRESS, ("circle-open", "circle-open-dot", "circle-cross-open", "circle"), strict=True))
DOT = 4.0


def look_of(grade: str, palette: Palette) -> Look:
    """Fill, hatch and border of a cell; one without evidence is hollow, background is hatched."""
    fills = {grade: palette.ramp[place] for grade, place in RAMP.items()} | {"fact": palette.tint}
    hatch = pattern("/", palette.hatch, palette.surface, 6, 0.18) if grade == "background" else None
    symbols = dict(zip(CELLS, ("circle-open-dot", "square-open", "square", *["circle"] * 3), strict=True))
    fill = fills.get(grade, palette.surface)
    edge = (palette.ink, 1.2) if grade == "fact" else (palette.edge(fill), 0.8)
    return Look(fill, edge, hatch, symbols[grade], fill if grade in RAMP else palette.faint)


def glyph(status: str, palette: Palette, size: float, *, inverse: bool) -> dict[str, Any]:
    """The marker of a status; `inverse` where it lies on a fill that swaps ink and ground."""
    paint = palette.surface if inverse else palette.ink
    line: Mapping[str, Any] = {"width": 1.8, "color": paint}
    return {"symbol": GLYPHS[status], "size": size, "color": paint, "opacity": 1, "line": line}


ROW, EDGE, NUMBER, LETTER = 24.0, 24.0, 30.0, 6.9
# What a second line of a title adds to its row; more than two it never has.
SECOND, MOST_LINES = 12.0, 2
# Pixels of a body's column, and of the column of counts; the narrowest column that has room for a code.
BODY, COUNT, LEAST = 74.0, 84.0, 26.0
# So many letters tell of a title what it is.
FEWEST = 48
# A line of a title is no longer: a second one leaves the columns their room, so that codes with a mark stand apart.
LONGEST_LINE = 60
# From one line of a title to the next.
LINE_APART = 16.0
# Block by block: pixels of a box, of a line of its title, and between two blocks.
SIDE, TALL, LINE, BETWEEN = 29.8, 28.0, 20.0, 14.0


@dataclass(frozen=True)
class Ledger:
    """What is drawn.

    Attributes:
        cells: rows of `dashboard.subjects.ledger.query.matrix`, paragraph by paragraph.
        titles: of the paragraphs, in words; counts: `n of N` of each that has one, in words.
        remarks: what must be said of some states.
    """

    cells: Sequence[Cell]
    titles: Mapping[int, str]
    counts: Mapping[int, str]
    remarks: Mapping[str, str]

    @property
    def states(self) -> list[str]:
        """The columns of states, in the order of their codes."""
        return sorted({cell["actor"] for cell in self.cells} - set(BODIES))

    @property
    def foot(self) -> list[str]:
        """The remarks as one note."""
        return [" · ".join(f"*\u00a0{said}" for said in self.remarks.values())] if self.remarks else []

    def code(self, lang: Language, actor: str) -> str:
        """What stands over a column."""
        return names.short_actor(lang, actor) + "*" * (actor in self.remarks)


Drawn = tuple[list[Box], list[Head], list[Words], float]


def _bodies(told: Ledger) -> list[str]:
    held = {cell["actor"] for cell in told.cells}
    return [body for body in BODIES if body in held]


def fits(told: Ledger, board: Board) -> bool:
    """Whether a row has room for every column and for titles that can be read."""
    return _letters(told, board) >= min(FEWEST, _longest(told))


def _longest(told: Ledger) -> int:
    return max(map(len, told.titles.values()), default=0)


def _letters(told: Ledger, board: Board) -> int:
    """How many letters of its title a row has room for, at most those of the longest."""
    room = board.across - NUMBER - 8 - COUNT - BODY * len(_bodies(told)) - LEAST * len(told.states)
    return min(int(room / LETTER), _longest(told), LONGEST_LINE)


def wide(told: Ledger, board: Board) -> Drawn:
    """One row a paragraph; a title that is too long for two lines is cut, and whole where its number is pointed at."""
    letters = _letters(told, board)
    left = NUMBER + letters * LETTER + 8
    room = board.across - left - COUNT - BODY * len(_bodies(told))
    step = min(room / max(len(told.states), 1), 4 * LEAST)
    titles = {number: _lines(title, letters) for number, title in told.titles.items()}
    places = {area: (left + step * column, left + step * (column + 1)) for column, area in enumerate(told.states)}
    edge = left + step * len(told.states)
    for column, body in enumerate(_bodies(told)):
        places[body] = (edge + BODY * column + 8, edge + BODY * (column + 1))
    rows, tall = _rows(told, titles)
    boxes = [_box(cell, places[cell["actor"]], *rows[cell["paragraph"]]) for cell in told.cells]
    counts = edge + BODY * len(_bodies(told)) + 12
    over = [
        Words((a + b) / 2, y, told.code(board.lang, one), "center", small=True)
        for one, (a, b) in places.items()
        for y in (EDGE / 2, tall - EDGE / 2)
    ]
    words = [*over, Words(counts, EDGE / 2, board.lang.text("n of N"))] if told.counts else over
    middles = {number: top + high / 2 for number, (top, high) in rows.items()}
    for number, middle in middles.items():
        first = middle - LINE_APART * (len(titles[number]) - 1) / 2
        words += [Words(NUMBER - 8, middle, f"<b>{number}</b>", "left")]
        words += [Words(NUMBER, first + LINE_APART * line, text) for line, text in enumerate(titles[number])]
        words += [Words(counts, middle, told.counts[number])] if number in told.counts else []
    heads = [Head(NUMBER - 14, middle, told.titles[number], number) for number, middle in middles.items()]
    return boxes, heads, words, tall


def _lines(title: str, letters: int) -> list[str]:
    """A title on one line or two."""
    return textwrap.wrap(title, max(letters, 1), max_lines=MOST_LINES, placeholder="…")


def _rows(told: Ledger, titles: Mapping[int, Sequence[str]]) -> tuple[dict[int, tuple[float, float]], float]:
    """The top and height of each paragraph's row, and the height of all with the edges."""
    rows, top = {}, EDGE
    for number in dict.fromkeys(int(cell["paragraph"]) for cell in told.cells):
        rows[number] = top, ROW + SECOND * (len(titles[number]) - 1)
        top += rows[number][1]
    return rows, top + EDGE


def _box(cell: Cell, sides: tuple[float, float], top: float, tall: float, code: str = "") -> Box:
    return Box(cell, sides[0], top, sides[1], top + tall, code)


def blocks(told: Ledger, board: Board) -> Drawn:
    """Each paragraph as its title and rows of boxes with codes in them."""
    lang, across = board.lang, board.across
    columns = int(across // SIDE)
    step, top = across / columns, 0.0
    boxes: list[Box] = []
    heads: list[Head] = []
    words: list[Words] = []
    for number, group in groupby(told.cells, key=lambda cell: int(cell["paragraph"])):
        cells, count = list(group), told.counts.get(number, "")
        title = textwrap.wrap(f"{number} {told.titles[number]}", max(int((across - COUNT) / LETTER), 20))
        words += [Words(0, top + LINE * (line + 0.5), f"<b>{text}</b>") for line, text in enumerate(title)]
        words += [Words(across, top + LINE / 2, count, "left")] if count else []
        heads.append(Head(12, top + LINE / 2, told.titles[number], number))
        top += LINE * len(title)
        at = 0
        for cell in cells:
            wide = 4 if cell["actor"] in BODIES else 1
            at += 0 if at % columns + wide <= columns else columns - at % columns
            left, level = at % columns * step, top + at // columns * TALL
            boxes.append(_box(cell, (left, left + wide * step), level, TALL, told.code(lang, cell["actor"])))
            at += wide
        top += -(-at // columns) * TALL + BETWEEN
    return boxes, heads, words, top
