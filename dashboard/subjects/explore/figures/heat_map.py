"""Heat map of states and years: values as fills in up to six classes, other states of a number by their look."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import replace
from itertools import accumulate

import polars as pl

from dashboard.charts import series, time_plot
from dashboard.charts.colors import COLORS
from dashboard.charts.drawing import ORDER, Board, Drawing, PlotlySpec
from dashboard.charts.figure_words import short
from dashboard.charts.key import Item
from dashboard.charts.look import SYMBOLS, Look, class_breaks, look, look_of, number_state
from dashboard.charts.medium import Medium
from dashboard.charts.series import Row, Series
from dashboard.charts.time_plot import LETTER, Plot
from dashboard.subjects.states.figures.region_map import class_items
from dashboard.words import terms
from data.i18n import Language

ROW = {False: 24.0, True: 20.0}
HEAD = 26.0
GAP = 14.0
# Half of the gap between two cells, and the room at either side of a figure in a cell, in pixels.
APART = 1.0
SIDE = 3.0
NO_BREAKS: Mapping[str, Sequence[float]] = {}
# The most rows that a figure draws; one block is always drawn.
MOST_ROWS = 420
UnitRows = Sequence[Series]


def heat_map(
    rows: pl.DataFrame,
    lang: Language,
    medium: Medium,
    *,
    breaks: Mapping[str, Sequence[float]] = NO_BREAKS,
) -> PlotlySpec:
    """A Plotly spec with a block for each series; if there are several, each has only the states that report it.

    Args:
        rows: the result of `dashboard.subjects.explore.query.drawn`.
        breaks: the class limits of an indicator's totals, as on the region's map; other series have classes of their
            own figures.
    """
    board = Board(lang, medium)
    blocks = [block for together in series.groups(rows, lang) for block in series.blocks(together, lang)]
    several, shown = len(blocks) > 1, _shown(blocks)
    drawing, level = Drawing(board, ROW[medium.narrow], visible=False), 0.0
    limits = [_limits(block, breaks, shown) for block in shown]
    left = max((len(_name(board, one)) for block in shown for one in block), default=0) * LETTER + GAP
    for block, classes in zip(shown, limits, strict=True):
        if several:
            level = time_plot.write_heading(drawing, series.heading(block, lang, apart=["area"]), level)
        level = _cells(drawing, series.reporting(block) if several else block, classes, left, level)
        level = time_plot.unreported_note(drawing, block, level) if several else level
    items = _class_items(board, shown, limits)
    items += board.headings(lang.text("Cells without a class")) if several else []
    visible = [one for block in shown for one in (series.reporting(block) if several else block)]
    items += _state_items(board, [row for one in visible for row in one.rows])
    notes = time_plot.undrawn_note(blocks, lang, len(shown))
    return board.spec(drawing, level, items, lang.text("States in alphabetical order"), notes=notes)


def _shown(blocks: Sequence[UnitRows]) -> Sequence[UnitRows]:
    """The first blocks, as far as `MOST_ROWS` allows, and at least one."""
    rows = list(accumulate(len(series.reporting(block) if len(blocks) > 1 else block) for block in blocks))
    return [block for block, before in zip(blocks, [0, *rows], strict=False) if before < MOST_ROWS]


def _is_survey(block: UnitRows) -> bool:
    return bool(block[0].rows[0]["unit"] == "percent")


def _limits(block: UnitRows, breaks: Mapping[str, Sequence[float]], every: Sequence[UnitRows]) -> Sequence[float]:
    """The class limits of a block; all surveys share theirs."""
    code, _, *breakdown = block[0].key
    if set(breakdown) == {"total"} and code in breaks and not _is_survey(block):
        return breaks[code]
    like = [one for other in every if _is_survey(other) for one in other] if _is_survey(block) else block
    return class_breaks(row["high"] for one in like for row in one.rows if row["status"] == "exact")


def _class_items(board: Board, blocks: Sequence[UnitRows], limits: Sequence[Sequence[float]]) -> list[Item]:
    """The entries of the key for values, by block; all surveys share theirs."""
    surveys = [one for block in blocks if _is_survey(block) for one in block]
    groups: list[tuple[UnitRows, Sequence[float]]] = [
        (block, classes) for block, classes in zip(blocks, limits, strict=True) if not _is_survey(block)
    ]
    groups += [(surveys, classes) for block, classes in zip(blocks, limits, strict=True) if _is_survey(block)][:1]
    items: list[Item] = []
    for together, classes in groups:
        items += board.headings(series.heading(together, board.lang, apart=["area"]))
        values = [row["high"] for one in together for row in one.rows if number_state(row) == "exact"]
        items += class_items(values, classes, board.lang)
    return items


def _state_items(board: Board, every: Sequence[Row]) -> list[Item]:
    """The entries of the key for other states of a number, with their counts."""
    found = Counter(number_state(row) for row in every)
    looks = {state: _plain(look_of(state, "")) for state in ORDER if state != "exact" and found[state]}
    texts = {state: f"{terms.term(board.lang, 'status', state)} ({board.lang.number(found[state])})" for state in looks}
    ink = {"color": COLORS.ink}
    dash = {"symbol": "line-ew-open", "size": 6, "opacity": 1, "line": ink | {"width": 1.5}} | ink
    return [
        Item(texts[state], look.fill, look.line, extra=look.extra, marker=dash if state == "not_reported" else {})
        for state, look in looks.items()
    ]


def _plain(look: Look) -> Look:
    """A look without the lines of what is not reported: hundreds of cells have a dash instead."""
    return replace(look, hatch=None) if look.symbol == SYMBOLS["not_reported"] else look


def _name(board: Board, one: Series) -> str:
    return one.value("area") if board.medium.narrow else board.lang.country(one.value("area"))


def _cells(drawing: Drawing, block: Sequence[Series], limits: Sequence[float], left: float, top: float) -> float:
    """Draw the rows of one block, names left of the cells; returns the y of their lower end."""
    board, row = drawing.board, ROW[drawing.board.medium.narrow]
    plot = Plot(left, top + HEAD, board.medium.across - left - GAP, len(block) * row, series.years(block), 1.0)
    for number, one in enumerate(block):
        middle = plot.top + (number + 0.5) * row
        drawing.write(0, middle, _name(board, one))
        for cell in one.rows:
            _cell(drawing, plot, cell, limits, middle)
    for year in plot.year_ticks():
        for y in (top + HEAD / 2, plot.top + plot.tall + HEAD / 2):
            drawing.write(plot.x(year), y, str(year), "center")
    return plot.top + plot.tall + HEAD + GAP


def _cell(drawing: Drawing, plot: Plot, cell: Row, limits: Sequence[float], middle: float) -> None:
    """Draw a cell, its figure if there is room, and an invisible mark for hover and click."""
    board, x = drawing.board, plot.x(cell["year"])
    across, down = plot.step / 2 - APART, ROW[board.medium.narrow] / 2 - APART
    cell_look = _plain(look(cell, limits))
    drawing.fill(cell_look, x - across, middle - down, x + across, middle + down)
    drawing.mark("exact", 0, [(x, middle)], cell)
    text = short(cell, board.lang)
    if len(text) * LETTER + 2 * SIDE <= plot.step:
        drawing.write(x, middle, text, "center", ground=cell_look.ground)
