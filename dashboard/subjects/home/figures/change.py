"""Detected victims by year: the largest reporter on top of all others, and the states that reported in every year.

What is known for sure is solid; what masked figures may add is hatched. On stage the states that reported every year
come first, for the title is about them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, log10
from textwrap import wrap

import polars as pl

from dashboard.charts import line_labels, time_plot
from dashboard.charts.colors import COLORS
from dashboard.charts.drawing import SHAPES, Board, Drawing, PlotlySpec
from dashboard.charts.figure_words import may_add
from dashboard.charts.key import Item
from dashboard.charts.line_labels import NamedLine
from dashboard.charts.look import Look, look_of
from dashboard.charts.medium import Medium
from dashboard.charts.series import REST, Row, Series
from dashboard.charts.time_plot import DASHES, LETTER, LINE, Plot
from dashboard.subjects.home import words
from dashboard.subjects.home.query import Overview, SteadyReporters
from data.i18n import Language

# Pixels: the height of a plot, room for its heading, the lines of years and of states below it, the gap between plots.
TALL, HEAD, FOOT, GAP = {False: 236.0, True: 170.0}, 30.0, 58.0, 44.0
# The share of the width that the bars take, on a page and on stage, and the share of a year that a bar takes.
BARS, STAGED_BARS, BAR = 0.58, 0.56, 0.72
# Room at the right of a plot, where the last year is wider than its bar.
EDGE = 8.0
MARK, POINTER, COUNT = 8.0, 20.0, 5
# Room right of a plot for the names of its parts or lines, that of parts on stage, and the least width of a year with a
# number below it.
NAMES, STAGED_NAMES, COUNTED = 104.0, 84.0, 18.0
# The least height of a plot on stage.
LEAST = 90.0
# The rank of a part among the colors: the panel without the largest reporter has the color of all others.
RANKS = {"largest": 0, "others": 1, "all": 2, "without": 1}


def change(
    by_year: pl.DataFrame,
    panel: SteadyReporters | None,
    found: Overview,
    lang: Language,
    medium: Medium,
    *,
    title: str = "",
    notes: Sequence[str] = (),
) -> PlotlySpec:
    """A Plotly spec of the bars and, if there is one, of the panel: side by side or, on a phone, one below the other.

    Args:
        by_year: the result of `dashboard.subjects.home.query.by_year`.
        panel: the panel to draw; None for the bars alone.
    """
    look = _Arrangement(Board(lang, medium), TALL[medium.narrow])
    spec = _made(by_year, panel, found, look, title, notes)
    if medium.staged:
        # What the key and the words around the plots leave.
        look = replace(look, tall=max(look.tall + medium.height - spec["layout"]["height"], LEAST))
        spec = _made(by_year, panel, found, look, title, notes)
    return spec


@dataclass(frozen=True)
class _Arrangement:
    """How the plots stand on a board: their height in pixels; on stage the panel comes first."""

    board: Board
    tall: float

    @property
    def names(self) -> float:
        """The room right of the bars for the names of their parts."""
        return STAGED_NAMES if self.board.medium.staged else NAMES

    def places(self, titles: Sequence[str], years: Sequence[Sequence[int]]) -> list["PlotPlace"]:
        """The places of the bars and, if there is one, of the panel, side by side or both at the left edge."""
        across, apart = self.board.medium.across, GAP
        if self.board.medium.narrow or len(titles) == 1:
            texts = [wrap(title, int(across / LETTER)) for title in titles]
            return [PlotPlace(0.0, 0.0, across, self.tall, head, mine) for head, mine in zip(texts, years, strict=True)]
        wide = across * (STAGED_BARS if self.board.medium.staged else BARS) - apart
        widths = [wide, across - wide - apart]
        lefts = [across - wide, 0.0] if self.board.medium.staged else [0.0, wide + apart]
        # On stage names of lines may reach above their plot.
        beside = STAGED_NAMES if self.board.medium.staged else 0.0
        texts = [wrap(title, int((one - beside) / LETTER)) for title, one in zip(titles, widths, strict=True)]
        # Plots side by side begin at one height.
        most = max(map(len, texts))
        heads = [[*text, *[""] * (most - len(text))] for text in texts]
        parts = zip(lefts, widths, heads, years, strict=True)
        return [PlotPlace(left, 0.0, width, self.tall, head, mine) for left, width, head, mine in parts]


def _made(
    by_year: pl.DataFrame,
    panel: SteadyReporters | None,
    found: Overview,
    look: _Arrangement,
    title: str,
    notes: Sequence[str],
) -> PlotlySpec:
    """The spec of an arrangement."""
    board = look.board
    drawing, hidden = (_drawing(board, MARK, visible=True), _drawing(board, POINTER, visible=False))
    titles = [words.bars_title(board.lang), *([words.panel_title(board.lang, panel)] if panel else [])]
    years = [by_year["year"].to_list()]
    if panel:
        # On a page both have the same years; on stage the panel takes the room for its own.
        years.append(panel.rows["year"].to_list() if board.medium.staged else years[0])
    place, *second = look.places(titles, years)
    bars = _Bars(drawing, hidden, by_year, found, place, look.names)
    end, named = bars.draw(), bars.named
    if panel:
        below = replace(second[0], top=end + 14 if board.medium.narrow else 0.0)
        end = max(end, _Lines(drawing, panel, below, NAMES * named).draw())
    items = _items(board, by_year, panel, found, named=named)
    spec = board.spec(drawing, end, items, "", title=title, notes=notes)
    return {**spec, "data": [*spec["data"], *hidden.traces()]}


def _drawing(board: Board, size: float, *, visible: bool) -> Drawing:
    """A drawing whose marks show the text of their row and open its year."""
    return Drawing(
        board, size, visible=visible, hover=lambda row, _: str(row["hover"]), mark_id=lambda row: str(row["year"])
    )


@dataclass(frozen=True)
class PlotPlace:
    """Where a plot and its words are: the upper left corner, the width, and the height of the plot, in pixels.

    `head` has the lines of its heading, `years` those of its axis, in any order.
    """

    left: float
    top: float
    wide: float
    tall: float
    head: Sequence[str]
    years: Sequence[int]


@dataclass(frozen=True)
class _Bars:
    """The bars: one a year, of two parts; `hidden` has the marks for the pointer, `names` the room for names."""

    drawing: Drawing
    hidden: Drawing
    rows: pl.DataFrame
    found: Overview
    place: PlotPlace
    names: float

    @cached_property
    def sums(self) -> pl.DataFrame:
        """The figures of all states by year: year, low, high, states."""
        return self.rows.group_by("year").agg(pl.col("low", "high", "states").sum()).sort("year")

    @property
    def named(self) -> bool:
        """Whether the names of the parts stand beside the last bar: the numbers below the years need their room."""
        plot, _ = _plot(self.drawing, self.place, self.sums["high"].to_list(), self.names)
        return not self.drawing.board.medium.narrow and plot.step >= COUNTED

    def draw(self) -> float:
        """Draw the bars with scale, years and numbers of states; returns the y of their lower end."""
        lang, sums = self.drawing.board.lang, self.sums
        plot, marked = _plot(self.drawing, self.place, sums["high"].to_list(), self.names * self.named)
        _scale(self.drawing, plot, marked, self.place)
        for year in sums["year"]:
            self._bar(plot, [*self.rows.filter(year=year).sort("part", descending=True).iter_rows(named=True)])
        if self.named:
            self._names(plot, self.rows.filter(year=sums["year"].max()).sort("part", descending=True))
        under = plot.top + plot.tall + 12 + LINE
        for row in sums.iter_rows(named=True):
            self.drawing.write(plot.x(row["year"]), under, lang.number(row["states"]), "center")
        lines = wrap(words.states_row(lang), int(self.place.wide / LETTER))
        for number, line in enumerate(lines, 1):
            self.drawing.write(self.place.left, under + number * LINE, line)
        return under + (len(lines) + 0.5) * LINE + 5

    def _bar(self, plot: Plot, rows: Sequence[Row]) -> None:
        """One bar: all others from the base up, the largest reporter on top of them, then what may come on top."""
        board, half, level = self.drawing.board, plot.step * BAR / 2, 0.0
        x = plot.x(rows[0]["year"])
        hover = words.bar(board.lang, self.found, rows)
        for row in rows:
            paint = board.paint(RANKS[row["part"]])
            look = Look(paint, (COLORS.surface, 1), None, "circle", paint)
            top = level + row["low"]
            self.drawing.fill(look, x - half, plot.y(top), x + half, plot.y(level))
            self.hidden.mark("exact", RANKS[row["part"]], [(x, plot.y((top + level) / 2))], {**row, "hover": hover})
            level = top
        most = sum(row["high"] for row in rows)
        if most > level:
            self.drawing.fill(look_of("masked", ""), x - half, plot.y(most), x + half, plot.y(level))

    def _names(self, plot: Plot, last: pl.DataFrame) -> None:
        """Write the name of each part beside the last bar, from the lowest part up."""
        level, floor = 0.0, plot.y(0) + LINE / 2
        for row in last.iter_rows(named=True):
            middle, level = plot.y(level + row["low"] / 2), level + row["low"]
            name = words.part(self.drawing.board.lang, row["part"], self.found.largest)
            text = wrap(name, int((self.names - EDGE) / LETTER), break_long_words=False)
            half = len(text) * line_labels.LINE / 2
            middle = min(middle, floor - half)
            self.drawing.write(plot.left + plot.wide + EDGE, middle, "<br>".join(text))
            floor = middle - half


@dataclass(frozen=True)
class _Lines:
    """The panel: one line for all its states, one without the largest reporter; `names` is the room for their names."""

    drawing: Drawing
    panel: SteadyReporters
    place: PlotPlace
    names: float

    def draw(self) -> float:
        """Draw the lines with scale, years and heading; returns the y of their lower end."""
        rows, lang = self.panel.rows, self.drawing.board.lang
        plot, marked = _plot(self.drawing, self.place, rows["high"].to_list(), self.names)
        _scale(self.drawing, plot, marked, self.place)
        lines = []
        for part in ("all", *["without"] * bool(self.panel.without)):
            mine = [*rows.filter(part=part).sort("year").iter_rows(named=True)]
            self._line(plot, part, mine)
            lines.append(NamedLine(Series((part,), tuple(mine)), words.short_line(lang, part, self.panel), RANKS[part]))
        if self.names:
            line_labels.write(self.drawing, plot, lines, self.names)
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


def _plot(drawing: Drawing, place: PlotPlace, figures: Sequence[float], room: float) -> tuple[Plot, list[float]]:
    """The plot of some figures, with `room` pixels at its right, and the figures to mark on its scale."""
    marked = _marked(max(figures, default=0.0))
    gutter = time_plot.gutter(marked, drawing.board.lang)
    left, wide = place.left + gutter, place.wide - gutter - (room or EDGE)
    top = place.top + HEAD + LINE * (len(place.head) - 1)
    return Plot(left, top, wide, place.tall, (min(place.years), max(place.years)), marked[-1]), marked


def _scale(drawing: Drawing, plot: Plot, marked: Sequence[float], place: PlotPlace) -> None:
    """Draw the heading, the grid below all bars, with its figures at the left, and the years below the plot."""
    lang = drawing.board.lang
    for number, line in enumerate(place.head):
        drawing.write(place.left, place.top + 12 + number * LINE, f"<b>{line}</b>" if line else "")
    for figure in marked:
        paint = COLORS.border if figure == 0 else COLORS.unreported
        look, y = Look(paint, (paint, 0), None, "circle", paint), plot.y(figure)
        drawing.fill(look, plot.left, y - 0.5, plot.left + plot.wide, y + 0.5)
        drawing.write(plot.left - 4, y, time_plot.tick_text(figure, lang), "left")
    for year in plot.year_ticks():
        # A year beside the 0 of the scale would touch it.
        if plot.x(year) >= plot.left + 2 * LETTER - 4:
            drawing.write(plot.x(year), plot.top + plot.tall + 12, str(year), "center")


def _marked(highest: float) -> list[float]:
    """About `COUNT` round figures, from 0 to one that is not below the highest."""
    top = max(highest, 1.0)
    power = 10.0 ** ceil(log10(top / COUNT) - 1)
    step = max(next(one * power for one in time_plot.STEPS if one * power * COUNT >= top), 1.0)
    return [step * rank for rank in range(ceil(top / step) + 1)]


def _items(
    board: Board, by_year: pl.DataFrame, panel: SteadyReporters | None, found: Overview, *, named: bool
) -> list[Item]:
    """The key: the parts of the bars and the lines, unless they are named beside them; and the look of a range."""
    lang, parts = board.lang, ("largest", "others") if found.largest else ("others",)
    items = [Item(words.key(lang, part, found.largest), board.paint(RANKS[part])) for part in parts if not named]
    bars, lines = (frame.filter(pl.col("high") > pl.col("low")).height for frame in (by_year, _rows(panel, by_year)))
    if bars or lines:
        look = look_of("masked", "")
        cap = board.marker("masked", REST, MARK) if lines else {}
        items.append(Item(may_add(lang), look.fill, look.line, extra=look.extra, marker=cap))
    for part in ("all", "without") if panel and panel.without else ("all",) if panel else ():
        marker = board.marker("exact", RANKS[part], 10) | {"symbol": SHAPES[RANKS[part]]}
        items += [] if named else [Item(words.line(lang, part, panel), marker=marker)]
    return items


def _rows(panel: SteadyReporters | None, by_year: pl.DataFrame) -> pl.DataFrame:
    """The rows of the lines; none without a panel."""
    return panel.rows if panel else by_year.clear()
