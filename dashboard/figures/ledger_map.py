"""The map of a paragraph: the best evidence held of each state, in the looks of the matrix."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Unpack

from dashboard import terms
from dashboard.figures import ground
from dashboard.figures.basemap import Basemap
from dashboard.figures.framing import Around, Framing
from dashboard.figures.key import Item, headings
from dashboard.figures.ledger_board import Cell
from dashboard.figures.ledger_looks import look_of
from dashboard.figures.ledger_matrix import sentence
from dashboard.figures.ledger_places import Ledger
from dashboard.figures.looks import Look
from dashboard.figures.panels import sheet
from dashboard.figures.region_panel import SYMBOL, RegionView
from dashboard.figures.state_map import state_map
from dashboard.query.ledger import CELLS, FACT
from data.columns import BODIES
from data.i18n import Language


@dataclass(frozen=True)
class LedgerView(RegionView):
    """The region's rows are cells of the ledger here; beside a state's code stands how many entries it has."""

    ledger: Ledger

    def look(self, code: str) -> Look:
        """The look of a state's best evidence."""
        return look_of(self.rows[code]["grade"], self.palette)

    def told(self, code: str) -> str:
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
    around = Around(**framing)
    rows = {cell["actor"]: _as_figure(cell) for cell in told.cells if cell["actor"] not in BODIES}
    blank = sheet(frozenset(rows), narrow=around.narrow, notes=0, size=around.size)
    draft = LedgerView(rows, basemap, lang, around.colours, "", (), 1.0, blank, told)
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
