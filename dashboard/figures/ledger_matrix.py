"""The ledger as a matrix: paragraphs down, states across, the bodies apart; where that is too wide, block by block."""

import textwrap
from collections import Counter
from collections.abc import Sequence
from typing import Literal

from dashboard import terms
from dashboard.figures import ledger_board as drawing
from dashboard.figures import ledger_places as places
from dashboard.figures.ink import Board, Ink, Spec
from dashboard.figures.key import Item
from dashboard.figures.ledger_board import Cell
from dashboard.figures.ledger_looks import GLYPHS, glyph, look_of
from dashboard.figures.ledger_places import Ledger
from dashboard.figures.palette import PALETTES
from dashboard.query.ledger import CELLS, FACT
from data.i18n import Language

TEXT, SMALL, CODE = 14.0, 12.0, 11.0


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
    arrange = places.wide if not narrow and places.fits(told, board) else places.blocks
    boxes, heads, words, tall = arrange(told, board)
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
    who = terms.term(lang, "actor", cell["actor"])
    lines = [f"<b>{who}</b>", f"{cell['paragraph']} {told.titles[cell['paragraph']]}"]
    lines += [lang.labelled(lang.text("Best evidence"), terms.term(lang, "cell", cell["grade"]))]
    if cell["status"]:
        lines += [
            lang.labelled(lang.text("Status, as a cited document has it"), terms.term(lang, "progress", cell["status"]))
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
        Item(
            f"{terms.term(lang, 'cell', grade)} ({lang.number(grades[grade])})", look.fill, look.line, extra=look.extra
        )
        for grade, look in looks.items()
    ]
    items += [
        Item(
            f"{terms.term(lang, 'progress', status)} ({lang.number(statuses[status])})",
            marker=glyph(status, board.palette, drawing.GLYPH, inverse=False),
        )
        for status in GLYPHS
        if statuses[status]
    ]
    if not statuses:
        items += board.headings(lang.text("No sign here: no cited document says how far any of this was done."))
    return items
