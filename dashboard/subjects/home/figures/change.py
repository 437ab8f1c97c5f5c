"""Detected victims by year: the largest reporter on top of all others, and the states that reported in every year.

What is known for sure is solid; what masked figures may add is hatched.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, log10
from typing import Unpack

import polars as pl

from dashboard.charts import time_plot
from dashboard.charts.drawing import SHAPES, Board, Drawing, Spec
from dashboard.charts.figure_words import may_add
from dashboard.charts.key import Item
from dashboard.charts.look import Look, look_of
from dashboard.charts.options import Framing, Options
from dashboard.charts.series import Row
from dashboard.charts.time_plot import DASHES, LINE, Plot
from dashboard.subjects.home import words
from dashboard.subjects.home.query import Overview, Panel
from data.i18n import Language

# Pixels: the height of a plot, room for its heading, the lines of years and of states below it, the gap between plots.
TALL, HEAD, FOOT, GAP = {False: 236.0, True: 170.0}, 30.0, 58.0, 44.0
# The share of the width that the bars take, and the share of a year that a bar takes.
BARS, BAR = 0.58, 0.72
# Room at the right of a plot on a phone, where the last year is wider than its bar.
EDGE = 8.0
MARK, POINTER, COUNT = 8.0, 20.0, 5
# The least height of a plot on stage.
LEAST = 90.0
# The rank of a part among the colors: the panel without the largest reporter has the color of all others.
RANKS = {"largest": 0, "others": 1, "all": 2, "without": 1}


def change(
    by_year: pl.DataFrame,
    panel: Panel | None,
    found: Overview,
    lang: Language,
    *,
    stage: int = 0,
    **framing: Unpack[Framing],
) -> Spec:
    """A Plotly spec of the bars and, if there is one, of the panel: side by side or, on a phone, one below the other.

    Args:
        by_year: the result of `dashboard.subjects.home.query.by_year`.
        panel: the panel to draw; None for the bars alone.
        stage: the whole height in pixels on stage; 0 on a page.
        framing: title, notes and arrangement (`Options`).
    """
    options = Options(**framing)
    tall = TALL[options.narrow]
    spec = _made(by_year, panel, found, options.board(lang), options, tall)
    if stage:
        # What the key and the words around the plots leave.
        tall = max(tall + stage - spec["layout"]["height"], LEAST)
        spec = _made(by_year, panel, found, options.board(lang), options, tall)
    return spec


def _made(
    by_year: pl.DataFrame, panel: Panel | None, found: Overview, board: Board, options: Options, tall: float
) -> Spec:
    """The spec with plots of a height in pixels."""
    drawing, hidden = (_drawing(board, MARK, visible=True), _drawing(board, POINTER, visible=False))
    apart = 0.0 if board.narrow else GAP
    wide = board.across if board.narrow or not panel else board.across * BARS - apart
    end = _Bars(drawing, hidden, by_year, found, Place(0.0, 0.0, wide, tall)).draw()
    if panel:
        left, top = (0.0, end + 14) if board.narrow else (wide + apart, 0.0)
        end = max(end, _Lines(drawing, panel, Place(left, top, board.across - left, tall)).draw())
    items = _items(board, by_year, panel, found)
    spec = board.spec(drawing, end, items, "", title=options.title, notes=options.notes)
    return {**spec, "data": [*spec["data"], *hidden.traces()]}


def _drawing(board: Board, size: float, *, visible: bool) -> Drawing:
    """A drawing whose marks show the text of their row and open its year."""
    return Drawing(
        board, size, visible=visible, hover=lambda row, _: str(row["hover"]), mark_id=lambda row: str(row["year"])
    )


@dataclass(frozen=True)
class Place:
    """Where a plot and its words are: the upper left corner, the width, and the height of the plot, in pixels."""

    left: float
    top: float
    wide: float
    tall: float


@dataclass(frozen=True)
class _Bars:
    """The bars: one a year, of two parts; `hidden` has the marks that answer to the pointer."""

    drawing: Drawing
    hidden: Drawing
    rows: pl.DataFrame
    found: Overview
    place: Place

    def draw(self) -> float:
        """Draw the bars with scale, years and numbers of states; returns the y of their lower end."""
        lang, place = self.drawing.board.lang, self.place
        sums = self.rows.group_by("year").agg(pl.col("low", "high", "states").sum()).sort("year")
        plot, marked = _plot(self.drawing, place, sums["year"].to_list(), sums["high"].to_list())
        self.drawing.write(place.left, place.top + 12, f"<b>{words.bars_title(lang)}</b>")
        _scale(self.drawing, plot, marked)
        for year in sums["year"]:
            self._bar(plot, [*self.rows.filter(year=year).sort("part", descending=True).iter_rows(named=True)])
        under = plot.top + plot.tall + 12 + LINE
        for row in sums.iter_rows(named=True):
            self.drawing.write(plot.x(row["year"]), under, lang.number(row["states"]), "center")
        return time_plot.write_lines(self.drawing, words.states_row(lang), under + LINE / 2) + 5

    def _bar(self, plot: Plot, rows: Sequence[Row]) -> None:
        """One bar: all others from the base up, the largest reporter on top of them, then what may come on top."""
        board, half, level = self.drawing.board, plot.step * BAR / 2, 0.0
        x = plot.x(rows[0]["year"])
        hover = words.bar(board.lang, self.found, rows)
        for row in rows:
            paint = board.paint(RANKS[row["part"]])
            look = Look(paint, (board.palette.surface, 1), None, "circle", paint)
            top = level + row["low"]
            self.drawing.fill(look, x - half, plot.y(top), x + half, plot.y(level))
            self.hidden.mark("exact", RANKS[row["part"]], [(x, plot.y((top + level) / 2))], {**row, "hover": hover})
            level = top
        most = sum(row["high"] for row in rows)
        if most > level:
            self.drawing.fill(look_of("masked", "", board.palette), x - half, plot.y(most), x + half, plot.y(level))


@dataclass(frozen=True)
class _Lines:
    """The panel: one line for all its states, one without the largest reporter."""

    drawing: Drawing
    panel: Panel
    place: Place

    def draw(self) -> float:
        """Draw the lines with scale, years and heading; returns the y of their lower end."""
        lang, place = self.drawing.board.lang, self.place
        rows = self.panel.rows
        plot, marked = _plot(self.drawing, place, rows["year"].to_list(), rows["high"].to_list())
        self.drawing.write(place.left, place.top + 12, f"<b>{words.panel_title(lang, self.panel)}</b>")
        _scale(self.drawing, plot, marked)
        for part in ("all", "without"):
            self._line(plot, part, [*rows.filter(part=part).sort("year").iter_rows(named=True)])
        return plot.top + plot.tall + FOOT - 14

    def _line(self, plot: Plot, part: str, rows: Sequence[Row]) -> None:
        """The line of a part: through its values; a sum with masked figures is a bar over its interval."""
        board, rank = self.drawing.board, RANKS[part]
        points = [(plot.x(row["year"]), plot.y((row["low"] + row["high"]) / 2)) for row in rows]
        if rows:
            self.drawing.line(board.paint(rank), points, 2.0, "solid" if part == "all" else DASHES[1])
        for row in rows:
            heights = sorted({plot.y(row["low"]), plot.y(row["high"])})
            hover = words.point(board.lang, self.panel, row)
            state = "exact" if len(heights) == 1 else "masked"
            self.drawing.mark(state, rank, [(plot.x(row["year"]), y) for y in heights], {**row, "hover": hover})


def _plot(drawing: Drawing, place: Place, years: Sequence[int], figures: Sequence[float]) -> tuple[Plot, list[float]]:
    """The plot of some years and figures, with the figures to mark on its scale."""
    marked = _marked(max(figures, default=0.0))
    gutter = time_plot.gutter(marked, drawing.board.lang)
    left, wide = place.left + gutter, place.wide - gutter - EDGE * drawing.board.narrow
    return Plot(left, place.top + HEAD, wide, place.tall, (min(years), max(years)), marked[-1]), marked


def _scale(drawing: Drawing, plot: Plot, marked: Sequence[float]) -> None:
    """Draw the grid below all bars, with its figures at the left, and the years below the plot."""
    palette, lang = drawing.board.palette, drawing.board.lang
    for figure in marked:
        paint = palette.border if figure == 0 else palette.unreported
        look, y = Look(paint, (paint, 0), None, "circle", paint), plot.y(figure)
        drawing.fill(look, plot.left, y - 0.5, plot.left + plot.wide, y + 0.5)
        drawing.write(plot.left - 4, y, time_plot.tick_text(figure, lang), "left")
    for year in plot.year_ticks():
        drawing.write(plot.x(year), plot.top + plot.tall + 12, str(year), "center")


def _marked(highest: float) -> list[float]:
    """About `COUNT` round figures, from 0 to one that is not below the highest."""
    top = max(highest, 1.0)
    power = 10.0 ** ceil(log10(top / COUNT) - 1)
    step = max(next(one * power for one in time_plot.STEPS if one * power * COUNT >= top), 1.0)
    return [step * rank for rank in range(ceil(top / step) + 1)]


def _items(board: Board, by_year: pl.DataFrame, panel: Panel | None, found: Overview) -> list[Item]:
    """The key: the parts of the bars, the hatch if there is any, and the lines."""
    lang, parts = board.lang, ("largest", "others") if found.largest else ("others",)
    items = [Item(words.key(lang, part, found.largest), board.paint(RANKS[part])) for part in parts]
    if by_year.filter(pl.col("high") > pl.col("low")).height:
        look = look_of("masked", "", board.palette)
        items.append(Item(may_add(lang), look.fill, look.line, extra=look.extra))
    for part in ("all", "without") if panel and panel.without else ("all",) if panel else ():
        marker = board.marker("exact", RANKS[part], 10) | {"symbol": SHAPES[RANKS[part]]}
        items.append(Item(words.line(lang, part, panel), marker=marker))
    return items
