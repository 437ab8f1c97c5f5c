"""Chart of two series by year: a state with another state or the median of the region; counts beside rates.

Each series has a color, a symbol, and its name at its latest figure. Gaps are not bridged. Masked figures, and medians
that are not a single value, are bars from their lowest to their highest possible value.
"""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import polars as pl

from dashboard.charts import line_labels, series, time_plot
from dashboard.charts.drawing import Board, Drawing, PlotlySpec
from dashboard.charts.figure_words import area_name
from dashboard.charts.line_labels import NamedLine
from dashboard.charts.medium import Medium
from dashboard.charts.series import FIELDS, Series
from dashboard.charts.time_plot import Plot
from dashboard.subjects.states import own_citizens
from data.i18n import Language

# Pixels: height of a plot, space above the plot, space below it for the years.
TALL = 240.0
ROOM = 14.0
YEARS = 40.0


def compare_chart(
    rows: pl.DataFrame,
    lang: Language,
    medium: Medium,
) -> PlotlySpec:
    """A Plotly spec of a comparison: counts, and below them rates, on one axis of years.

    Args:
        rows: the result of `dashboard.subjects.compare.query.drawn`.
    """
    board = Board(lang, medium)
    panels = [list(_series(mine)) for mine in rows.partition_by("panel", maintain_order=True)]
    drawing, level, named = Drawing(board, 9.0), 0.0, True
    names = {one.value("area"): area_name(one.value("area"), lang) for both in panels for one in both}
    marked = [time_plot.ticks(both, 4) for both in panels]
    left = time_plot.scale_room(drawing, (figure for some in marked for figure in some))
    wide = board.medium.across - left - line_labels.ROOM[board.medium.narrow]
    frame = Plot(left, 0.0, wide, TALL, _years(panels), 1.0)
    for both, ticks in zip(panels, marked, strict=True):
        drawing.write(0, level + 14, f"<b>{series.heading(both, lang, apart=['area'])}</b>")
        plot = replace(frame, top=level + 34 + ROOM, highest=series.highest(both))
        named = _draw(drawing, both, plot, ticks) and named
        level = plot.top + plot.tall + YEARS
    items = board.items(drawing, {name: rank for rank, name in enumerate(names.values())}, named_there=named)
    return board.spec(drawing, level, items, lang.text("Gap: no figure"))


def _years(panels: Sequence[Sequence[Series]]) -> tuple[int, int]:
    """The first and the last year of all panels."""
    every = [one for both in panels for one in both]
    return series.years(every) if every else (0, 0)


def _series(rows: pl.DataFrame) -> Iterator[Series]:
    """The two series of a panel, in the order of the rows."""
    for side in rows.partition_by("area", maintain_order=True):
        yield Series(side.select(FIELDS).row(0), tuple(side.iter_rows(named=True)))


def _draw(drawing: Drawing, both: Sequence[Series], plot: Plot, marked: Sequence[float]) -> bool:
    """Draw one measure in its plot; returns whether each line has its name beside it."""
    time_plot.unreported_bands(drawing, plot, both)
    for rank, one in enumerate(both):
        apart = own_citizens.apart(one.value("indicator"), one.value("area"))
        time_plot.draw(drawing, plot, one, rank, time_plot.shift(rank, len(both), plot), apart=apart)
    lines = [NamedLine(one, area_name(one.value("area"), drawing.board.lang), rank) for rank, one in enumerate(both)]
    placed = line_labels.write(drawing, plot, lines)
    time_plot.scale(drawing, plot, marked, labels=True)
    return all(line.name in placed for line in lines if line.series.last)
