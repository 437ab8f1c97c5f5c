"""Draws the ledger as a matrix (paragraphs in rows, states and bodies in columns) and as a map of one paragraph."""

import textwrap
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal

from dashboard.charts import ground
from dashboard.charts.colors import COLORS
from dashboard.charts.drawing import Board, Drawing, PlotlySpec
from dashboard.charts.ground import Basemap
from dashboard.charts.key import Item, headings
from dashboard.charts.look import Look
from dashboard.charts.medium import NOTE, TEXT, Medium
from dashboard.charts.panels import sheet
from dashboard.charts.state_map import SYMBOL, RegionView, state_map
from dashboard.subjects.ledger.figures import grid
from dashboard.subjects.ledger.figures.grid import GLYPHS, Ledger, LedgerCell, glyph, look_of
from dashboard.subjects.ledger.query import CELLS, FIGURE, NONE
from dashboard.words import terms
from data.columns import BODIES
from data.i18n import Language


def ledger_matrix(ledger: Ledger, lang: Language, medium: Medium) -> PlotlySpec:
    """A Plotly spec, block by block if the columns do not fit.

    The `customdata` of a box is [paragraph, actor], that of a paragraph's number [paragraph].
    """
    board = Board(lang, medium)
    whole, (ledger, unfound) = ledger, _with_something(ledger)
    gap = lang.plural(
        "Nothing found for paragraph {numbers}.",
        "Nothing found for paragraphs {numbers}.",
        len(unfound),
        numbers=lang.listing(map(str, unfound)),
    )
    layout = grid.wide if not medium.narrow and grid.fits(ledger, board) else grid.blocks
    boxes, heads, words, tall = layout(ledger, board)
    spec = board.spec(
        Drawing(board, 1),
        tall,
        _items(whole, board),
        _key_heading(lang, whole),
        notes=[*[gap][: len(unfound)], *ledger.foot],
        below=medium.narrow,
    )
    hover = [sentence(box.cell, ledger, lang) for box in boxes]
    traces = [
        *grid.fills(boxes),
        *grid.codes(boxes, NOTE),
        *grid.glyphs(boxes),
        grid.texts([text for text in words if not text.small], TEXT),
        grid.texts([text for text in words if text.small], NOTE),
        grid.targets(boxes, hover, heads),
    ]
    return {"data": [*traces, *spec["data"]], "layout": spec["layout"]}


def _with_something(ledger: Ledger) -> tuple[Ledger, list[int]]:
    """The paragraphs on which something was found for anybody (or all), and the numbers of the others."""
    found = {cell["paragraph"] for cell in ledger.cells if cell["grade"] != NONE}
    if not found:
        return ledger, []
    shown = [cell for cell in ledger.cells if cell["paragraph"] in found]
    titles = {number: title for number, title in ledger.titles.items() if number in found}
    return replace(ledger, cells=shown, titles=titles), [number for number in ledger.titles if number not in found]


def _key_heading(lang: Language, ledger: Ledger) -> str:
    """The heading of the key; the symbols are explained where there is one."""
    fill = lang.text("Shading: strongest source found.")
    signs = lang.text("Symbol: progress reported in the latest source.")
    return f"{fill} {signs}" if any(cell["status"] for cell in ledger.cells) else fill


def sentence(cell: LedgerCell, ledger: Ledger, lang: Language) -> str:
    """The hover text of a cell."""
    actor = terms.term(lang, "actor", cell["actor"])
    lines = [f"<b>{actor}</b>", f"{cell['paragraph']} {ledger.titles[cell['paragraph']]}"]
    lines += [lang.labeled(lang.text("Strongest source"), _word(lang, "cell", cell["grade"]))]
    if cell["status"]:
        lines += [lang.labeled(lang.text("Progress reported"), _word(lang, "progress", cell["status"]))]
    if cell["grade"] == FIGURE:
        lines += [lang.text("It does not show that anything was done.")]
    if cell["entries"]:
        lines += [lang.labeled(lang.text("Period or date"), _years(cell, lang))]
    if cell["replies"]:
        lines += [lang.text("With a reply or correction")]
    if cell["actor"] in ledger.remarks:
        lines += textwrap.wrap(ledger.remarks[cell["actor"]], 70)
    return "<br>".join(lines)


def _word(lang: Language, kind: Literal["cell", "progress"], code: str) -> str:
    return terms.in_sentence(terms.term(lang, kind, code))


def _years(cell: LedgerCell, lang: Language) -> str:
    if cell["ends"] is None:
        return lang.text("undated")
    return lang.span((cell["begins"], cell["ends"]))


def _items(ledger: Ledger, board: Board) -> list[Item]:
    """The key: the grades and the statuses that occur, each with its number of cells."""
    lang, grades = board.lang, Counter(cell["grade"] for cell in ledger.cells)
    statuses = Counter(cell["status"] for cell in ledger.cells if cell["status"])
    looks = {grade: look_of(grade) for grade in CELLS if grades[grade]}
    items = [
        Item(
            f"{terms.term(lang, 'cell', grade)} ({lang.number(grades[grade])})", look.fill, look.line, extra=look.extra
        )
        for grade, look in looks.items()
    ]
    return items + [
        Item(
            f"{terms.term(lang, 'progress', status)} ({lang.number(statuses[status])})",
            marker=glyph(status, grid.GLYPH),
        )
        for status in GLYPHS
        if statuses[status]
    ]


@dataclass(frozen=True)
class LedgerView(RegionView):
    """A map whose rows are cells of the ledger. It shows no numbers of entries, since they are not a score."""

    ledger: Ledger

    def look(self, code: str) -> Look:
        """The look of a state's best evidence."""
        return look_of(self.rows[code]["grade"])

    def label(self, code: str) -> str:  # noqa: ARG002 - the same for each state
        """Nothing: the fill is enough."""
        return ""

    def hover(self, code: str) -> str:
        """The hover text of the state's cell in the matrix."""
        row = self.rows[code]
        return sentence({**row, "status": row["progress"]}, self.ledger, self.lang)


def ledger_map(ledger: Ledger, basemap: Basemap, lang: Language, medium: Medium) -> dict[str, Any]:
    """A Plotly spec of a map of the states responsible for a paragraph.

    Args:
        ledger: the cells of one paragraph. All others as in `region_map`.
    """
    rows = {cell["actor"]: _as_figure(cell) for cell in ledger.cells if cell["actor"] not in BODIES}
    draft = LedgerView(rows, basemap, lang, "", (), 1.0, sheet(frozenset(rows), medium), ledger)
    return state_map(draft, key_items(draft))


def key_items(view: RegionView) -> list[Item]:
    """The key: what the fill means, each grade with its number of states, and the basemap."""
    lang, grades = view.lang, Counter(row["grade"] for row in view.rows.values())
    heading = lang.text("Shading: strongest source found for each state.")
    if "CUB" in view.rows:
        # The title counts the other 34.
        heading = lang.text(
            "Shading: strongest source found for each of the {n} states, Cuba included.", n=lang.number(len(view.rows))
        )
    line = {"width": 1.5, "color": COLORS.ink}
    items = []
    for grade in CELLS:
        if grades[grade]:
            look = look_of(grade)
            text = f"{terms.term(lang, 'cell', grade)} ({lang.number(grades[grade])})"
            marker = {"symbol": look.symbol, "color": look.ink, "size": SYMBOL, "opacity": 1, "line": line}
            items.append(Item(text, look.fill, look.line, extra=look.extra, marker=marker))
    return [*headings(heading, view.place), *items, *ground.key_items(view.basemap, view.place, lang)]


def _as_figure(cell: LedgerCell) -> dict[str, Any]:
    """The row of a cell, with the columns that `state_map` also needs."""
    unused: Mapping[str, Any] = {"status": "not_reported", "low": None, "high": None, "year": None}
    return {**cell, "progress": cell["status"], **unused}
