"""States and years as cells: five printed classes of values, and the looks of what is no value."""

from collections import Counter
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Unpack

import polars as pl

from dashboard.charts import series, time_plot
from dashboard.charts.drawing import Board, Drawing, Spec
from dashboard.charts.figure_words import short
from dashboard.charts.framing import Around, Framing
from dashboard.charts.key import Item
from dashboard.charts.look import PALETTES, STATES, class_breaks, look, look_of, number_state
from dashboard.charts.series import Row, Series
from dashboard.charts.time_plot import LETTER, Plot
from dashboard.subjects.states.figures.region_map import class_items
from dashboard.words import terms
from data.i18n import Language

ROW, HEAD, GAP = {False: 24.0, True: 20.0}, 26.0, 14.0
# Half the pixels between two cells, and those at either side of a figure in one.
APART, SIDE = 1.0, 3.0
NONE: Mapping[str, Sequence[float]] = {}
# Rows of cells that a figure draws, one block in any case.
MOST = 420
Block = Sequence[Series]


def heat_map(
    rows: pl.DataFrame,
    lang: Language,
    *,
    breaks: Mapping[str, Sequence[float]] = NONE,
    **framing: Unpack[Framing],
) -> Spec:
    """A Plotly spec: a block for each series, one under another; of several each has the states that report it.

    Args:
        rows: the answer of `dashboard.subjects.explore.query.drawn`.
        breaks: the limits of the classes of an indicator's totals, as the region's map has them; every other series
            has classes of its own figures. All others as in `multiples`.
    """
    around = Around(**framing)
    board = around.board(lang)
    blocks = [block for together in series.groups(rows, lang) for block in series.blocks(together, lang)]
    several, shown = len(blocks) > 1, _shown(blocks)
    drawing, level = Drawing(board, ROW[around.narrow], seen=False), 0.0
    limits = [_limits(block, breaks, shown) for block in shown]
    left = max((len(_named(board, one)) for block in shown for one in block), default=0) * LETTER + GAP
    for block, classes in zip(shown, limits, strict=True):
        if several:
            level = time_plot.write_heading(drawing, series.heading(block, lang, apart=["area"]), level)
        level = _cells(drawing, series.reporting(block) if several else block, classes, left, level)
        level = time_plot.unreported_note(drawing, block, level) if several else level
    items = _classes(board, shown, limits)
    items += board.headings(lang.text("Cells of no class")) if several else []
    drawn = [one for block in shown for one in (series.reporting(block) if several else block)]
    items += _states(board, [row for one in drawn for row in one.rows])
    said = [*time_plot.undrawn_note(blocks, lang, len(shown)), *around.notes]
    return board.spec(drawing, level, items, lang.text("States in alphabetical order"), title=around.title, notes=said)


def _shown(blocks: Sequence[Block]) -> Sequence[Block]:
    """The first blocks, as many as a figure has rows for, and one in any case."""
    rows = list(accumulate(len(series.reporting(block) if len(blocks) > 1 else block) for block in blocks))
    return [block for block, before in zip(blocks, [0, *rows], strict=False) if before < MOST]


def _surveyed(block: Block) -> bool:
    return bool(block[0].rows[0]["unit"] == "percent")


def _limits(block: Block, breaks: Mapping[str, Sequence[float]], every: Sequence[Block]) -> Sequence[float]:
    """The limits of a block's classes; shares of the persons asked, whoever they are, have the same ones."""
    code, _, *whom = block[0].key
    if set(whom) == {"total"} and code in breaks and not _surveyed(block):
        return breaks[code]
    like = [one for other in every if _surveyed(other) for one in other] if _surveyed(block) else block
    return class_breaks(row["high"] for one in like for row in one.rows if row["status"] == "exact")


def _classes(board: Board, blocks: Sequence[Block], limits: Sequence[Sequence[float]]) -> list[Item]:
    """The entries of the key for values: of each block its own, of all surveys one."""
    surveys = [one for block in blocks if _surveyed(block) for one in block]
    told: list[tuple[Block, Sequence[float]]] = [
        (block, classes) for block, classes in zip(blocks, limits, strict=True) if not _surveyed(block)
    ]
    told += [(surveys, classes) for block, classes in zip(blocks, limits, strict=True) if _surveyed(block)][:1]
    items: list[Item] = []
    for together, classes in told:
        items += board.headings(series.heading(together, board.lang, apart=["area"]))
        values = [row["high"] for one in together for row in one.rows if number_state(row) == "exact"]
        items += class_items(values, classes, board.palette, board.lang)
    return items


def _states(board: Board, every: Sequence[Row]) -> list[Item]:
    """The entries of the key for what is no value, with how many cells of each there are."""
    found = Counter(number_state(row) for row in every)
    looks = {state: look_of(state, "", board.palette) for state in STATES if state != "exact" and found[state]}
    said = {state: f"{terms.term(board.lang, 'status', state)} ({board.lang.number(found[state])})" for state in looks}
    return [Item(said[state], seen.fill, seen.line, extra=seen.extra) for state, seen in looks.items()]


def _named(board: Board, one: Series) -> str:
    return one.value("area") if board.narrow else board.lang.country(one.value("area"))


def _cells(drawing: Drawing, block: Sequence[Series], limits: Sequence[float], left: float, top: float) -> float:
    """The rows of one series, their names left of the cells; returns where they end."""
    board, row = drawing.board, ROW[drawing.board.narrow]
    plot = Plot(left, top + HEAD, board.across - left - GAP, len(block) * row, series.years(block), 1.0)
    for number, one in enumerate(block):
        middle = plot.top + (number + 0.5) * row
        drawing.write(0, middle, _named(board, one))
        for cell in one.rows:
            _cell(drawing, plot, cell, limits, middle)
    for year in plot.year_ticks():
        for y in (top + HEAD / 2, plot.top + plot.tall + HEAD / 2):
            drawing.write(plot.x(year), y, str(year), "center")
    return plot.top + plot.tall + HEAD + GAP


def _cell(drawing: Drawing, plot: Plot, cell: Row, limits: Sequence[float], middle: float) -> None:
    """A cell, its figure where it has room, and a mark that answers."""
    board, x = drawing.board, plot.x(cell["year"])
    across, down = plot.step / 2 - APART, ROW[board.narrow] / 2 - APART
    seen = look(cell, board.palette, limits)
    drawing.fill(seen, x - across, middle - down, x + across, middle + down)
    drawing.mark("exact", 0, [(x, middle)], cell)
    said = "" if cell["status"] == "not_reported" else short(cell, board.lang)
    if said and len(said) * LETTER + 2 * SIDE <= plot.step:
        drawing.write(x, middle, said, "center", inverse=seen.dark is (board.palette is PALETTES["light"]))
