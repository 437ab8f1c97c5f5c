"""Where the boxes and words of the ledger stand: a row for each paragraph, or a block where a row would be too wide."""

import textwrap
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from dashboard import ledger_terms
from dashboard.figures.ink import Board
from dashboard.figures.ledger_board import Box, Cell, Head, Words
from data.columns import BODIES
from data.i18n import Language

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
        cells: rows of `dashboard.query.ledger.matrix`, paragraph by paragraph.
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
        return ledger_terms.short_actor(lang, actor) + "*" * (actor in self.remarks)


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
