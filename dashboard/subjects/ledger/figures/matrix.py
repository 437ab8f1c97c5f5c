"""The ledger as a matrix: paragraphs down, states across, the bodies apart; where that is too wide, block by block."""

import textwrap
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, Unpack

from dashboard.charts import ground
from dashboard.charts.drawing import Board, Drawing, Spec
from dashboard.charts.framing import Framing, Options
from dashboard.charts.ground import Basemap
from dashboard.charts.key import Item, headings
from dashboard.charts.look import PALETTES, Look
from dashboard.charts.panels import sheet
from dashboard.charts.state_map import SYMBOL, RegionView, state_map
from dashboard.subjects.ledger.figures import grid
from dashboard.subjects.ledger.figures.grid import GLYPHS, Cell, Ledger, glyph, look_of
from dashboard.subjects.ledger.query import CELLS, FACT
from dashboard.words import terms
from data.columns import BODIES
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
    arrange = grid.wide if not narrow and grid.fits(told, board) else grid.blocks
    boxes, heads, words, tall = arrange(told, board)
    heading = lang.text("Fill: the best evidence held. Sign in it: what the newest cited document says was done.")
    spec = board.spec(Drawing(board, 1), tall, _items(told, board), heading, title=title, notes=[*told.foot, *notes])
    hover = [sentence(box.cell, told, lang) for box in boxes]
    drawn = [
        *grid.fills(board, boxes),
        *grid.codes(board, boxes, CODE),
        *grid.glyphs(board, boxes),
        grid.said(board, [one for one in words if not one.small], TEXT),
        grid.said(board, [one for one in words if one.small], SMALL),
        grid.targets(boxes, hover, heads),
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
            marker=glyph(status, board.palette, grid.GLYPH, inverse=False),
        )
        for status in GLYPHS
        if statuses[status]
    ]
    if not statuses:
        items += board.headings(lang.text("No sign here: no cited document says how far any of this was done."))
    return items


@dataclass(frozen=True)
class LedgerView(RegionView):
    """The region's rows are cells of the ledger here; beside a state's code stands how many entries it has."""

    ledger: Ledger

    def look(self, code: str) -> Look:
        """The look of a state's best evidence."""
        return look_of(self.rows[code]["grade"], self.palette)

    def label(self, code: str) -> str:
        """How many entries there are; nothing where there is none, and on stage, where the grade alone can be read."""
        entries = 0 if self.place.staged else self.rows[code]["entries"]
        return self.lang.number(entries) if entries else ""

    def hover(self, code: str) -> str:
        """What the state's cell of the matrix says."""
        row = self.rows[code]
        return sentence({**row, "status": row["progress"]}, self.ledger, self.lang)


def ledger_map(
    told: Ledger,
    basemap: Basemap,
    lang: Language,
    **framing: Unpack[Framing],
) -> dict[str, Any]:
    """A Plotly spec of the states that answer for a paragraph.

    Args:
        told: the cells of one paragraph. All others as in `region_map`.
    """
    around = Options(**framing)
    rows = {cell["actor"]: _as_figure(cell) for cell in told.cells if cell["actor"] not in BODIES}
    blank = sheet(frozenset(rows), narrow=around.narrow, notes=0, size=around.size)
    draft = LedgerView(rows, basemap, lang, around.colors, "", (), 1.0, blank, told)
    return state_map(draft, key_items(draft), title=around.title, notes=[*told.foot, *around.notes])


def key_items(drawn: RegionView) -> list[Item]:
    """The entries of the key: what the numbers are, each look with how many states have it, the grounds."""
    lang, found = drawn.lang, Counter(row["grade"] for row in drawn.rows.values())
    told = lang.text("Fill: the best evidence held of each state. Number: how many entries.")
    if drawn.place.staged:
        told = lang.text("Fill: the best evidence held of each state.")
    line = {"width": 1.5, "color": drawn.palette.ink}
    items = []
    for grade in CELLS:
        if grade != FACT or found[grade]:
            look = look_of(grade, drawn.palette)
            text = f"{terms.term(lang, 'cell', grade)} ({lang.number(found[grade])})"
            marker = {"symbol": look.symbol, "color": look.ink, "size": SYMBOL, "opacity": 1, "line": line}
            items.append(Item(text, look.fill, look.line, extra=look.extra, marker=marker))
    return [*headings(told, drawn.place), *items, *ground.key_items(drawn.palette, lang)]


def _as_figure(cell: Cell) -> dict[str, Any]:
    """What the region's map asks of a row besides."""
    asked: Mapping[str, Any] = {"status": "not_reported", "low": None, "high": None, "year": None}
    return {**cell, "progress": cell["status"], **asked}
