"""States and years as cells: five printed classes of values, and the looks of what is no value."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Literal

import polars as pl

from dashboard import terms
from dashboard.figures import asked_series, chart
from dashboard.figures.asked_series import Row, Series
from dashboard.figures.chart import LETTER, Plot
from dashboard.figures.classes import class_breaks
from dashboard.figures.figure_words import short
from dashboard.figures.ink import Board, Ink, Spec
from dashboard.figures.key import Item
from dashboard.figures.looks import STATES, look, look_of, number_state
from dashboard.figures.palette import PALETTES
from dashboard.figures.panels import WIDE
from dashboard.figures.region_key import class_items
from data.i18n import Language

ROW, HEAD, GAP = {False: 24.0, True: 20.0}, 26.0, 14.0
# Half the pixels between two cells, and those at either side of a figure in one.
APART, SIDE = 1.0, 3.0
NONE: Mapping[str, Sequence[float]] = {}


def heat_map(
    rows: pl.DataFrame,
    lang: Language,
    *,
    breaks: Mapping[str, Sequence[float]] = NONE,
    title: str = "",
    notes: Sequence[str] = (),
    palette: Literal["light", "dark"] = "light",
    narrow: bool = False,
    size: tuple[float, float] = WIDE,
) -> Spec:
    """A Plotly spec: a block for each series, one under another.

    Args:
        rows: the answer of `dashboard.query.explore.drawn`.
        breaks: the limits of the classes of an indicator's totals, as the region's map has them; every other series
            has classes of its own figures. All others as in `multiples`.
    """
    board = Board(lang, PALETTES[palette], narrow, size)
    blocks = [block for together in asked_series.groups(rows, lang) for block in asked_series.blocks(together, lang)]
    ink, level, items = Ink(board, ROW[narrow], seen=False), 0.0, []
    for block in blocks[: chart.MOST]:
        if len(blocks) > 1:
            level = chart.headed(ink, asked_series.heading(block, lang, apart=["area"]), level)
        limits = _limits(block, breaks)
        level = _cells(ink, block, limits, level)
        items += board.headings(asked_series.heading(block, lang, apart=["area"]))
        values = [row["high"] for one in block for row in one.rows if number_state(row) == "exact"]
        items += class_items(values, limits, board.palette, lang)
    items += board.headings(lang.text("Cells of no class")) if len(blocks) > 1 else []
    items += _states(board, [row for block in blocks[: chart.MOST] for one in block for row in one.rows])
    said = [*chart.undrawn(blocks, lang), *notes]
    return board.spec(ink, level, items, lang.text("States in alphabetical order"), title=title, notes=said)


def _limits(block: Sequence[Series], breaks: Mapping[str, Sequence[float]]) -> Sequence[float]:
    code, _, *whom = block[0].key
    if set(whom) == {"total"} and code in breaks:
        return breaks[code]
    return class_breaks(row["high"] for one in block for row in one.rows if row["status"] == "exact")


def _states(board: Board, every: Sequence[Row]) -> list[Item]:
    """The entries of the key for what is no value, with how many cells of each there are."""
    found = Counter(number_state(row) for row in every)
    looks = {state: look_of(state, "", board.palette) for state in STATES if state != "exact" and found[state]}
    said = {state: f"{terms.status(board.lang, state)} ({board.lang.number(found[state])})" for state in looks}
    return [Item(said[state], seen.fill, seen.line, extra=seen.extra) for state, seen in looks.items()]


def _cells(ink: Ink, block: Sequence[Series], limits: Sequence[float], top: float) -> float:
    """The rows of one series; returns where they end."""
    board, row = ink.board, ROW[ink.board.narrow]
    names = [one.value("area") if board.narrow else board.lang.country(one.value("area")) for one in block]
    left = max(map(len, names)) * LETTER + GAP
    plot = Plot(left, top + HEAD, board.across - left - GAP, len(block) * row, asked_series.years(block), 1.0)
    for number, (one, name) in enumerate(zip(block, names, strict=True)):
        middle = plot.top + (number + 0.5) * row
        ink.say(0, middle, name)
        for cell in one.rows:
            _cell(ink, plot, cell, limits, middle)
    for year in plot.year_ticks():
        for y in (top + HEAD / 2, plot.top + plot.tall + HEAD / 2):
            ink.say(plot.x(year), y, str(year), "center")
    return plot.top + plot.tall + HEAD + GAP


def _cell(ink: Ink, plot: Plot, cell: Row, limits: Sequence[float], middle: float) -> None:
    """A cell, its figure where it has room, and a mark that answers."""
    board, x = ink.board, plot.x(cell["year"])
    across, down = plot.step / 2 - APART, ROW[board.narrow] / 2 - APART
    seen = look(cell, board.palette, limits)
    ink.fill(seen, x - across, middle - down, x + across, middle + down)
    ink.mark("exact", 0, [(x, middle)], cell)
    said = "" if cell["status"] == "not_reported" else short(cell, board.lang)
    if said and len(said) * LETTER + 2 * SIDE <= plot.step:
        ink.say(x, middle, said, "center", inverse=seen.dark is (board.palette is PALETTES["light"]))
