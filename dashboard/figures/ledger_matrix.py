"""The ledger as a matrix: paragraphs down, states across, the bodies apart; where that is too wide, block by block."""

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Literal

from dashboard import ledger_terms
from dashboard.figures import ledger_board as drawing
from dashboard.figures.ink import Board, Ink, Spec
from dashboard.figures.key import Item
from dashboard.figures.ledger_board import Box, Cell, Head, Words
from dashboard.figures.ledger_looks import GLYPHS, glyph, look_of
from dashboard.figures.palette import PALETTES
from dashboard.query.ledger import CELLS, FACT
from data.columns import BODIES
from data.i18n import Language

ROW, EDGE, NUMBER, LETTER = 24.0, 24.0, 30.0, 6.9
# Pixels of a body's column, and of the column of counts; the narrowest column that has room for a code.
BODY, COUNT, LEAST = 74.0, 84.0, 25.0
# Block by block: pixels of a box, of a line of its title, and between two blocks.
SIDE, TALL, LINE, BETWEEN = 29.8, 28.0, 20.0, 14.0
TEXT, SMALL, CODE = 14.0, 12.0, 11.0


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


def ledger_matrix(
    told: Ledger,
    lang: Language,
    *,
    title: str = "",
    notes: Sequence[str] = (),
    palette: Literal["light", "dark"] = "light",
    narrow: bool = False,
    size: tuple[float, float] = (1600.0, 820.0),
) -> Spec:
    """A Plotly spec; what answers carries `customdata` [paragraph, actor], a paragraph's number [paragraph].

    Args:
        title, notes: over and under the matrix; the remarks on states are added.
        palette, narrow, size: as those of the other figures.
    """
    board = Board(lang, PALETTES[palette], narrow, size)
    boxes, heads, words, tall = _blocks(told, board) if narrow or _step(told, board) < LEAST else _wide(told, board)
    heading = lang.text("Fill: the best evidence held. Sign in it: what the newest cited document says was done.")
    spec = board.spec(Ink(board, 1), tall, _items(told, board), heading, title=title, notes=[*told.foot, *notes])
    hover = [sentence(box.cell, told, lang) for box in boxes]
    drawn = [
        *drawing.fills(board, boxes),
        *drawing.codes(board, boxes, CODE),
        *drawing.glyphs(board, boxes),
        drawing.said(board, [one for one in words if not one.small], TEXT),
        drawing.said(board, [one for one in words if one.small], SMALL),
        drawing.targets(boxes, hover, heads),
    ]
    return {"data": [*drawn, *spec["data"]], "layout": spec["layout"]}


def sentence(cell: Cell, told: Ledger, lang: Language) -> str:
    """What a cell says when it is pointed at."""
    who = ledger_terms.actor(lang, cell["actor"])
    lines = [f"<b>{who}</b>", f"{cell['paragraph']} {told.titles[cell['paragraph']]}"]
    lines += [lang.labelled(lang.text("Best evidence"), ledger_terms.cell(lang, cell["grade"]))]
    if cell["status"]:
        lines += [
            lang.labelled(lang.text("Status, as a cited document has it"), ledger_terms.status(lang, cell["status"]))
        ]
    if cell["entries"]:
        lines += [lang.plural("{n} entry, {years}", "{n} entries, {years}", cell["entries"], years=_years(cell, lang))]
    if cell["replies"]:
        lines += [lang.plural("{n} reply or correction", "{n} replies or corrections", cell["replies"])]
    if cell["actor"] in told.remarks:
        lines += textwrap.wrap(told.remarks[cell["actor"]], 70)
    return "<br>".join(lines)


def _years(cell: Cell, lang: Language) -> str:
    if cell["ends"] is None:
        return lang.text("undated")
    return str(cell["ends"]) if cell["begins"] == cell["ends"] else f"{cell['begins']}–{cell['ends']}"


def _items(told: Ledger, board: Board) -> list[Item]:
    """The key: every look with how many cells have it; of the signs those that occur."""
    lang, grades = board.lang, Counter(cell["grade"] for cell in told.cells)
    statuses = Counter(cell["status"] for cell in told.cells if cell["status"])
    looks = {grade: look_of(grade, board.palette) for grade in CELLS if grade != FACT or grades[FACT]}
    items = [
        Item(f"{ledger_terms.cell(lang, grade)} ({lang.number(grades[grade])})", look.fill, look.line, extra=look.extra)
        for grade, look in looks.items()
    ]
    items += [
        Item(
            f"{ledger_terms.status(lang, status)} ({lang.number(statuses[status])})",
            marker=glyph(status, board.palette, drawing.GLYPH, inverse=False),
        )
        for status in GLYPHS
        if statuses[status]
    ]
    if not statuses:
        items += board.headings(lang.text("No sign here: no cited document says how far any of this was done."))
    return items


Drawn = tuple[list[Box], list[Head], list[Words], float]


def _left(told: Ledger) -> float:
    return NUMBER + max(map(len, told.titles.values()), default=0) * LETTER + 8


def _bodies(told: Ledger) -> list[str]:
    held = {cell["actor"] for cell in told.cells}
    return [body for body in BODIES if body in held]


def _step(told: Ledger, board: Board) -> float:
    room = board.across - _left(told) - COUNT - BODY * len(_bodies(told))
    return min(room / max(len(told.states), 1), 4 * LEAST)


def _wide(told: Ledger, board: Board) -> Drawn:
    """One row a paragraph."""
    left, step = _left(told), _step(told, board)
    places = {area: (left + step * column, left + step * (column + 1)) for column, area in enumerate(told.states)}
    edge = left + step * len(told.states)
    for column, body in enumerate(_bodies(told)):
        places[body] = (edge + BODY * column + 8, edge + BODY * (column + 1))
    rows = {number: EDGE + ROW * row for row, number in enumerate(dict.fromkeys(c["paragraph"] for c in told.cells))}
    boxes = [_box(cell, places[cell["actor"]], rows[cell["paragraph"]], ROW) for cell in told.cells]
    tall = EDGE * 2 + ROW * len(rows)
    counts = edge + BODY * len(_bodies(told)) + 12
    over = [
        Words((a + b) / 2, y, told.code(board.lang, one), "center", small=True)
        for one, (a, b) in places.items()
        for y in (EDGE / 2, tall - EDGE / 2)
    ]
    words = [*over, Words(counts, EDGE / 2, board.lang.text("n of N"))] if told.counts else over
    for number, top in rows.items():
        middle = top + ROW / 2
        words += [Words(NUMBER - 8, middle, f"<b>{number}</b>", "left"), Words(NUMBER, middle, told.titles[number])]
        words += [Words(counts, middle, told.counts[number])] if number in told.counts else []
    heads = [Head(NUMBER - 14, top + ROW / 2, told.titles[number], number) for number, top in rows.items()]
    return boxes, heads, words, tall


def _box(cell: Cell, sides: tuple[float, float], top: float, tall: float, code: str = "") -> Box:
    return Box(cell, sides[0], top, sides[1], top + tall, code)


def _blocks(told: Ledger, board: Board) -> Drawn:
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
