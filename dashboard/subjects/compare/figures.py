"""Chart of two series by year: a state with another state or the median of the region; counts beside rates.

Each series has a color, a symbol, and its name at its latest figure. Gaps are not bridged. Masked figures, and medians
that are not a single value, are bars from their lowest to their highest possible value.
"""

from collections.abc import Iterator, Sequence
from typing import Unpack

import polars as pl

from dashboard.charts import series, time_plot
from dashboard.charts.drawing import Board, Drawing, Spec
from dashboard.charts.figure_words import area_name
from dashboard.charts.options import Framing, Options
from dashboard.charts.series import FIELDS, Series
from dashboard.charts.time_plot import LETTER, Plot
from dashboard.subjects.explore.figures import lines as explore_lines
from data.i18n import Language

# Pixels: height of a plot, gap between two, space above the plot, space below it for the years, a line of numbers.
TALL, BETWEEN, ROOM, YEARS, LINE = {False: 380.0, True: 240.0}, 34.0, 14.0, 40.0, 18.0
# The width in pixels of a number of two digits.
DIGITS = 20.0


def compare_chart(
    rows: pl.DataFrame,
    lang: Language,
    **framing: Unpack[Framing],
) -> Spec:
    """A Plotly spec of a comparison.

    Args:
        rows: the result of `dashboard.subjects.compare.query.drawn`.
        framing: title, notes and arrangement (`Options`).
    """
    options = Options(**framing)
    board = options.board(lang)
    panels = [list(_series(mine)) for mine in rows.partition_by("panel", maintain_order=True)]
    across = 1 if options.narrow else max(len(panels), 1)
    drawing, level, wide = Drawing(board, 9.0), 0.0, (board.across - BETWEEN * (across - 1)) / across
    for start in range(0, len(panels), across):
        top, left = level, 0.0
        for both in panels[start : start + across]:
            level = _chart(drawing, both, left, wide, top)
            left += wide + BETWEEN
    names = dict.fromkeys(area_name(one.value("area"), lang) for both in panels for one in both)
    items = board.items(drawing, {name: rank for rank, name in enumerate(names)})
    heading = [lang.text("Gap: no data"), *_median_note(rows, lang)]
    return board.spec(drawing, level, items, ". ".join(heading), title=options.title, notes=options.notes)


def _median_note(rows: pl.DataFrame, lang: Language) -> list[str]:
    """What the numbers below the years mean, if there is a median."""
    note = lang.text("n: number of states in the median, of {states}", states=rows["states"].max())
    return [note] if rows["reporting"].max() else []


def _series(rows: pl.DataFrame) -> Iterator[Series]:
    """The two series of a panel, in the order of the rows."""
    for side in rows.partition_by("area", maintain_order=True):
        yield Series(side.select(FIELDS).row(0), tuple(side.iter_rows(named=True)))


def _chart(drawing: Drawing, both: Sequence[Series], left: float, wide: float, top: float) -> float:
    """Draw one chart below its heading; returns the y of its lower end."""
    board, marked = drawing.board, time_plot.ticks(both, 5)
    heading = series.heading(both, board.lang, apart=["area"])
    drawing.write(left, top + 14, f"<b>{heading}</b>")
    names = [_label(board, one.value("area")) for one in both]
    gutter, room = time_plot.gutter(marked, board.lang), max(map(len, names)) * LETTER + explore_lines.APART
    tall, highest = TALL[board.narrow], series.highest(both)
    above = top + 34 + ROOM
    plot = Plot(left + gutter, above, wide - gutter - room, tall, series.years(both), highest)
    time_plot.unreported_bands(drawing, plot, both)
    for rank, one in enumerate(both):
        time_plot.draw(drawing, plot, one, rank, time_plot.shift(rank, len(both), plot))
    explore_lines.ends(drawing, plot, list(zip(both, names, range(len(both)), strict=True)))
    time_plot.scale(drawing, plot, marked, labels=True)
    return above + tall + YEARS + LINE * _median_counts(drawing, plot, both)


def _median_counts(drawing: Drawing, plot: Plot, both: Sequence[Series]) -> bool:
    """Write below each year how many states its median is computed from; returns whether there is a median."""
    reporting = {row["year"]: row["reporting"] for one in both for row in one.rows if row["reporting"]}
    if reporting:
        drawing.write(plot.left - 8, plot.top + plot.tall + YEARS - 10, "n", "center")
    for year in reporting if plot.step >= DIGITS else plot.year_ticks():
        drawing.write(plot.x(year), plot.top + plot.tall + YEARS - 10, str(reporting.get(year, "")), "center")
    return bool(reporting)


def _label(board: Board, area: str) -> str:
    """The label at the end of a series; on a phone the code of the state."""
    if not board.narrow:
        return area_name(area, board.lang)
    return board.lang.text("Median") if area == "region" else area
