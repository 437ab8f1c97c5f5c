"""Two series side by side in time: a state with another one, or with the median of the region; counts beside rates.

Each has a color, a symbol and its name at its last figure. Gaps stay gaps, masked figures and medians that are no
single value are bars from the least to the most that they can be.
"""

from collections.abc import Iterator, Sequence
from typing import Unpack

import polars as pl

from dashboard.charts import series, time_plot
from dashboard.charts.figure_words import place
from dashboard.charts.framing import Around, Framing
from dashboard.charts.ink import Board, Ink, Spec
from dashboard.charts.series import FIELDS, Series
from dashboard.charts.time_plot import LETTER, Plot
from dashboard.subjects.explore.figures import lines as explore_lines
from data.i18n import Language

# Pixels: how tall a chart is, what lies between two, over the highest figure, the years under it, a line of numbers.
TALL, BETWEEN, ROOM, YEARS, LINE = {False: 380.0, True: 240.0}, 34.0, 14.0, 40.0, 18.0
# So many pixels a number of two digits needs.
DIGITS = 20.0


def compare_chart(
    rows: pl.DataFrame,
    lang: Language,
    **framing: Unpack[Framing],
) -> Spec:
    """A Plotly spec.

    Args:
        rows: the answer of `dashboard.subjects.compare.query.drawn`.
        framing: what stands around it, and how it is arranged (`Around`).
    """
    around = Around(**framing)
    board = around.board(lang)
    panels = [list(_series(mine)) for mine in rows.partition_by("panel", maintain_order=True)]
    across = 1 if around.narrow else max(len(panels), 1)
    ink, level, wide = Ink(board, 9.0), 0.0, (board.across - BETWEEN * (across - 1)) / across
    for start in range(0, len(panels), across):
        top, left = level, 0.0
        for both in panels[start : start + across]:
            level = _panel(ink, both, left, wide, top)
            left += wide + BETWEEN
    names = dict.fromkeys(place(one.value("area"), lang) for both in panels for one in both)
    items = board.items(ink, {name: rank for rank, name in enumerate(names)})
    says = [lang.text("A gap is a year without a report"), *_rests(rows, lang)]
    return board.spec(ink, level, items, ". ".join(says), title=around.title, notes=around.notes)


def _rests(rows: pl.DataFrame, lang: Language) -> list[str]:
    """What the numbers under the years are, where there is a median."""
    told = lang.text("n: how many of {states} states the median rests on", states=rows["states"].max())
    return [told] if rows["reporting"].max() else []


def _series(rows: pl.DataFrame) -> Iterator[Series]:
    """The two series of a panel, in the order of the rows."""
    for mine in rows.partition_by("area", maintain_order=True):
        yield Series(mine.select(FIELDS).row(0), tuple(mine.iter_rows(named=True)))


def _panel(ink: Ink, both: Sequence[Series], left: float, wide: float, top: float) -> float:
    """One chart under its heading; returns where it ends."""
    board, marked = ink.board, time_plot.ticks(both, 5)
    heading = series.heading(both, board.lang, apart=["area"])
    ink.say(left, top + 14, f"<b>{heading}</b>")
    names = [_named(board, one.value("area")) for one in both]
    gutter, room = time_plot.gutter(marked, board.lang), max(map(len, names)) * LETTER + explore_lines.APART
    tall, most = TALL[board.narrow], series.most(both)
    above = top + 34 + ROOM
    plot = Plot(left + gutter, above, wide - gutter - room, tall, series.years(both), most)
    time_plot.silent(ink, plot, both)
    for rank, one in enumerate(both):
        time_plot.draw(ink, plot, one, rank, time_plot.shift(rank, len(both), plot))
    explore_lines.ends(ink, plot, [(one, name, rank) for rank, (one, name) in enumerate(zip(both, names, strict=True))])
    time_plot.scale(ink, plot, marked, worded=True)
    return above + tall + YEARS + LINE * _counted(ink, plot, both)


def _counted(ink: Ink, plot: Plot, both: Sequence[Series]) -> bool:
    """Under each year how many states its median rests on; whether there is a median."""
    told = {row["year"]: row["reporting"] for one in both for row in one.rows if row["reporting"]}
    if told:
        ink.say(plot.left - 8, plot.top + plot.tall + YEARS - 10, "n", "center")
    for year in told if plot.step >= DIGITS else plot.year_ticks():
        ink.say(plot.x(year), plot.top + plot.tall + YEARS - 10, str(told.get(year, "")), "center")
    return bool(told)


def _named(board: Board, area: str) -> str:
    """A series as it stands at its end; on a phone a state by its code."""
    if not board.narrow:
        return place(area, board.lang)
    return board.lang.text("Median") if area == "region" else area
