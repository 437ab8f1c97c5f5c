"""Draws the cells of the ledger as boxes: their layout, fills, status glyphs, texts and click targets."""

import textwrap
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any

from dashboard.charts.colors import COLORS, INVISIBLE, Ground
from dashboard.charts.drawing import FINE, Board
from dashboard.charts.look import Look, pattern
from dashboard.charts.panels import Coordinates, Outline
from dashboard.charts.traces import Trace, area, marks, words
from dashboard.subjects.ledger import names
from dashboard.subjects.ledger.query import CELLS
from dashboard.words.vocabulary import RESERVATION
from data.columns import BODIES, PROGRESS
from data.i18n import Language

LedgerCell = Mapping[str, Any]
# Half of the gap between two boxes, in pixels.
HALF_GAP = 1.0
GLYPH = 11.0
SMALL = 8.0


@dataclass(frozen=True)
class PlacedCell:
    """A cell and its corners, in pixels from the upper left; `code` is the text in it, if any."""

    cell: LedgerCell
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
class GridText:
    """A text at a point, to its right, left or centered; `small` for a smaller font."""

    x: float
    y: float
    text: str
    side: str = "right"
    small: bool = False


@dataclass(frozen=True)
class Head:
    """The clickable number of a paragraph: its position, hover text, and the paragraph that it opens."""

    x: float
    y: float
    text: str
    paragraph: int


def fills(boxes: Iterable[PlacedCell]) -> list[Trace]:
    """The fills of the boxes: one trace per grade."""
    by_grade: dict[str, tuple[Look, list[PlacedCell]]] = {}
    for box in boxes:
        look = look_of(box.cell["grade"])
        by_grade.setdefault(box.cell["grade"], (look, []))[1].append(box)
    return [area("", outline(group), look.fill, line=look.line, **look.extra) for look, group in by_grade.values()]


def glyphs(boxes: Iterable[PlacedCell]) -> list[Trace]:
    """The status glyphs: in the middle of a box, or above its code."""
    groups: dict[tuple[str, Ground, bool], list[PlacedCell]] = defaultdict(list)
    for box in boxes:
        if box.cell["status"]:
            groups[box.cell["status"], ground(box), bool(box.code)].append(box)
    traces = []
    for (status, under, has_code), group in groups.items():
        marker = glyph(status, SMALL if has_code else GLYPH, ground=under)
        places = [(x, box.top + 7 if has_code else y) for box in group for x, y in (box.middle,)]
        traces.append(marks("", [], [], marker) | scaled(places))
    return traces


def codes(boxes: Iterable[PlacedCell], size: float) -> list[Trace]:
    """The codes in the boxes."""
    by_color: dict[Ground, list[GridText]] = defaultdict(list)
    for box in boxes:
        x, y = box.middle
        if box.code:
            by_color[ground(box)].append(GridText(x, y + 5 * bool(box.cell["status"]), box.code, "center"))
    return [texts(group, size, ground=under) for under, group in by_color.items()]


def texts(texts: Sequence[GridText], size: float, *, ground: Ground = "page") -> Trace:
    """A trace of texts."""
    sides = [text.side for text in texts]
    trace = words("", [], [], [text.text for text in texts], sides, size=size, ground=ground)
    return trace | scaled((text.x, text.y) for text in texts)


def targets(boxes: Sequence[PlacedCell], hover: Sequence[str], heads: Sequence[Head]) -> Trace:
    """Invisible marks over boxes and numbers; `customdata` is [paragraph, actor] or [paragraph]."""
    sizes = [min(box.right - box.left, box.bottom - box.top) for box in boxes] + [24.0] * len(heads)
    marker = {"size": sizes, "color": INVISIBLE, "line": {"width": 0}}
    data = [[box.cell["paragraph"], box.cell["actor"]] for box in boxes] + [[head.paragraph] for head in heads]
    labels = [*hover, *(head.text for head in heads)]
    places = [*(box.middle for box in boxes), *((head.x, head.y) for head in heads)]
    return marks("", [], [], marker, customdata=data, hovertext=labels) | scaled(places)


def ground(box: PlacedCell) -> Ground:
    """What texts and glyphs on a box stand on."""
    return look_of(box.cell["grade"]).ground


def scaled(points: Iterable[tuple[float, float]]) -> dict[str, Coordinates]:
    """The x and y of points in pixels, multiplied by `FINE` and rounded."""
    pixels = list(points)
    return {axis: [round(point[way] * FINE) for point in pixels] for way, axis in enumerate("xy")}


def outline(boxes: Sequence[PlacedCell]) -> Outline:
    """The boxes as one outline, with a gap between them."""
    x: Coordinates = []
    y: Coordinates = []
    for box in boxes:
        left, right = round((box.left + HALF_GAP) * FINE), round((box.right - HALF_GAP) * FINE)
        top, bottom = round((box.top + HALF_GAP) * FINE), round((box.bottom - HALF_GAP) * FINE)
        x += [*([None] if x else []), left, right, right, left, left]
        y += [*([None] if y else []), top, top, bottom, bottom, top]
    return Outline(x, y)


# The color of each grade since the declaration, as an index of the COLORS's ramp.
RAMP = {"public_document": 1, "state_report": 3, "reviewed": 4}
# Glyphs of the statuses, fuller as more was done: a ring, a ring with a dot, a ring with a cross, a disc.
GLYPHS = dict(zip(PROGRESS, ("circle-open", "circle-open-dot", "circle-cross-open", "circle"), strict=True))


def look_of(grade: str) -> Look:
    """Fill, hatch and border of a cell: hollow without evidence, hatched for background, dotted for a figure."""
    fills = {grade: COLORS.ramp[place] for grade, place in RAMP.items()} | {"fact": COLORS.chosen}
    hatches = {
        "background": pattern("/", COLORS.hatch, COLORS.surface, 6, 0.18),
        "figure": pattern(".", COLORS.hatch, COLORS.surface, 7, 0.1),
    }
    shapes = ("circle-open-dot", "square-open", "diamond-open", "square", *["circle"] * 3)
    symbols = dict(zip(CELLS, shapes, strict=True))
    fill = fills.get(grade, COLORS.surface)
    return Look(
        fill, (COLORS.edge(fill), 0.8), hatches.get(grade), symbols[grade], fill if grade in RAMP else COLORS.faint
    )


def glyph(status: str, size: float, *, ground: Ground = "page") -> dict[str, Any]:
    """The marker of a status, on some ground."""
    paint, _ = COLORS.words(ground)
    line: Mapping[str, Any] = {"width": 1.8, "color": paint}
    return {"symbol": GLYPHS[status], "size": size, "color": paint, "opacity": 1, "line": line}


ROW = 24.0
EDGE = 28.0
NUMBER = 30.0
LETTER = 6.9
# From the lower end of the codes' row up to the middle of a code, and from there to that of its asterisk.
BASE = 10.0
ABOVE = 10.0
# The height that a further line of a title adds to a row, and the largest number of lines.
SECOND = 14.0
MOST_LINES = 3
# Widths in pixels: the column of a body, and the narrowest column with room for a code.
BODY = 58.0
MIN_COLUMN = 28.4
# The fewest letters in a line of a title that are enough to recognize it.
MIN_TITLE = 24
# The longest line of a title, in letters: longer titles use two lines, which leaves more room for the columns.
LONGEST_LINE = 60
# The distance between the lines of a title.
LINE_APART = 16.0
# For `blocks`, in pixels: width and height of a box, height of a title line, gap between blocks.
SIDE = 29.8
TALL = 28.0
LINE = 20.0
BETWEEN = 14.0


@dataclass(frozen=True)
class Ledger:
    """The data of a figure of the ledger.

    Attributes:
        cells: rows of `dashboard.subjects.ledger.query.matrix`, in the order of paragraphs.
        titles: the titles of the paragraphs, in words.
        remarks: remarks on some states, by code.
    """

    cells: Sequence[LedgerCell]
    titles: Mapping[int, str]
    remarks: Mapping[str, str]

    @property
    def states(self) -> list[str]:
        """The codes of the states with a column, sorted."""
        return sorted({cell["actor"] for cell in self.cells} - set(BODIES))

    @property
    def foot(self) -> list[str]:
        """The remarks as one note."""
        return [" ".join(f"*\u00a0{remark}" for remark in self.remarks.values())] if self.remarks else []

    @property
    def reservations(self) -> list[str]:
        """The remarks on states with a reservation to the declaration: these stand under every view that shows them."""
        return [remark for area, remark in self.remarks.items() if area in RESERVATION]

    def code(self, lang: Language, actor: str) -> str:
        """The header of a column; an asterisk refers to the remarks."""
        return names.short_actor(lang, actor) + "*" * (actor in self.remarks)


# Boxes, clickable numbers, texts, and the height of all of it in pixels.
Layout = tuple[list[PlacedCell], list[Head], list[GridText], float]


def _bodies(ledger: Ledger) -> list[str]:
    actors = {cell["actor"] for cell in ledger.cells}
    return [body for body in BODIES if body in actors]


def fits(ledger: Ledger, board: Board) -> bool:
    """Whether a row has room for every column and for readable titles."""
    return _title_letters(ledger, board) >= min(MIN_TITLE, _longest(ledger))


def _longest(ledger: Ledger) -> int:
    return max(map(len, ledger.titles.values()), default=0)


def _title_letters(ledger: Ledger, board: Board) -> int:
    """The number of letters of a title line that fit into a row, at most those of the longest title."""
    room = board.medium.across - NUMBER - 8 - BODY * len(_bodies(ledger)) - MIN_COLUMN * len(ledger.states)
    return min(int(room / LETTER), _longest(ledger), LONGEST_LINE)


def wide(ledger: Ledger, board: Board) -> Layout:
    """One row per paragraph. A title too long for three lines is cut; hovering over its number shows all of it."""
    letters = _title_letters(ledger, board)
    left = NUMBER + letters * LETTER + 8
    room = board.medium.across - left - BODY * len(_bodies(ledger))
    step = min(room / max(len(ledger.states), 1), 4 * MIN_COLUMN)
    titles = {number: _lines(title, letters) for number, title in ledger.titles.items()}
    places = {area: (left + step * column, left + step * (column + 1)) for column, area in enumerate(ledger.states)}
    states_end = left + step * len(ledger.states)
    for column, body in enumerate(_bodies(ledger)):
        places[body] = (states_end + BODY * column + 8, states_end + BODY * (column + 1))
    rows, tall = _rows(ledger, titles)
    boxes = [_box(cell, places[cell["actor"]], *rows[cell["paragraph"]]) for cell in ledger.cells]
    words = [
        word
        for actor, (a, b) in places.items()
        for top in (0.0, tall - EDGE)
        for word in _header(ledger, board, actor, (a + b) / 2, top)
    ]
    middles = {number: top + high / 2 for number, (top, high) in rows.items()}
    for number, middle in middles.items():
        first = middle - LINE_APART * (len(titles[number]) - 1) / 2
        words += [GridText(NUMBER - 8, middle, f"<b>{number}</b>", "left")]
        words += [GridText(NUMBER, first + LINE_APART * line, text) for line, text in enumerate(titles[number])]
    heads = [Head(NUMBER - 14, middle, ledger.titles[number], number) for number, middle in middles.items()]
    return boxes, heads, words, tall


def _header(ledger: Ledger, board: Board, actor: str, middle: float, top: float) -> Iterator[GridText]:
    """The code of a column, and above it an asterisk that refers to the remarks: beside it there is no room."""
    yield GridText(middle, top + EDGE - BASE, names.short_actor(board.lang, actor), "center", small=True)
    if actor in ledger.remarks:
        yield GridText(middle, top + EDGE - BASE - ABOVE, "*", "center", small=True)


def _lines(title: str, letters: int) -> list[str]:
    """A title on up to three lines."""
    return textwrap.wrap(title, max(letters, 1), max_lines=MOST_LINES, placeholder="…")


def _rows(ledger: Ledger, titles: Mapping[int, Sequence[str]]) -> tuple[dict[int, tuple[float, float]], float]:
    """The top and height of each paragraph's row, and the height of the whole matrix."""
    rows, top = {}, EDGE
    for number in dict.fromkeys(int(cell["paragraph"]) for cell in ledger.cells):
        rows[number] = top, ROW + SECOND * (len(titles[number]) - 1)
        top += rows[number][1]
    return rows, top + EDGE


def _box(cell: LedgerCell, sides: tuple[float, float], top: float, tall: float, code: str = "") -> PlacedCell:
    return PlacedCell(cell, sides[0], top, sides[1], top + tall, code)


def blocks(ledger: Ledger, board: Board) -> Layout:
    """One block per paragraph: its title, then rows of boxes with codes in them."""
    lang, across = board.lang, board.medium.across
    columns = int(across // SIDE)
    step, top = across / columns, 0.0
    boxes: list[PlacedCell] = []
    heads: list[Head] = []
    words: list[GridText] = []
    for number, group in groupby(ledger.cells, key=lambda cell: int(cell["paragraph"])):
        cells = list(group)
        title = textwrap.wrap(f"{number} {ledger.titles[number]}", max(int(across / LETTER), 20))
        words += [GridText(0, top + LINE * (line + 0.5), f"<b>{text}</b>") for line, text in enumerate(title)]
        heads.append(Head(12, top + LINE / 2, ledger.titles[number], number))
        top += LINE * len(title)
        at = 0
        for cell in cells:
            wide = 4 if cell["actor"] in BODIES else 1
            at += 0 if at % columns + wide <= columns else columns - at % columns
            left, level = at % columns * step, top + at // columns * TALL
            boxes.append(_box(cell, (left, left + wide * step), level, TALL, ledger.code(lang, cell["actor"])))
            at += wide
        top += -(-at // columns) * TALL + BETWEEN
    return boxes, heads, words, top
