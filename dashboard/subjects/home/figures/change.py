"""Sums by year as bars on one scale: of all states but the largest reporter, and beside them of that one alone.

What is known for sure is solid; what masked figures may add is dashed. Each plot has its name above it, so the parts
need no key.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from math import ceil, log10
from textwrap import wrap

import polars as pl

from dashboard.charts import time_plot
from dashboard.charts.colors import COLORS
from dashboard.charts.drawing import Board, Drawing, PlotlySpec
from dashboard.charts.figure_words import MARK, may_add
from dashboard.charts.key import Item
from dashboard.charts.line_labels import LabelBox
from dashboard.charts.look import Look, uncertain
from dashboard.charts.medium import Medium
from dashboard.charts.series import Row
from dashboard.charts.time_plot import LETTER, LINE, Plot
from dashboard.subjects.home import words
from data.i18n import Language

# Pixels: the height of a plot, the line below it, the room at both sides of a plot.
TALL = {False: 250.0, True: 170.0}
FOOT = 40.0
EDGE = 14.0
# The least height of a plot on stage.
LEAST = 90.0
# The share of a year that a bar takes, the place that answers to the pointer, and about how many figures a scale has.
BAR = 0.72
POINTER = 20.0
COUNT = 5
# Pixels between a bar and its figure; how much higher than it a bar under that figure may be; the least height of a
# dashed end that the key explains.
ABOVE = 10.0
NEAR = 2.0
SEEN = 2.0
# All that states count themselves is orange, the state in focus is navy.
PAINTS = {"others": COLORS.arrows["counted"], "largest": COLORS.focus}


@dataclass(frozen=True)
class Sums:
    """The sums of some states.

    Attributes:
        part: one of `PAINTS`; name: in words.
        rows: year, low, high, states, contradicted, one row a year in order.
        broken: the years between which the series has a break, and what the figure says of it; None without one.
    """

    part: str
    name: str
    rows: pl.DataFrame
    broken: tuple[int, int, str] | None = None

    @cached_property
    def sums(self) -> list[Row]:
        """The rows."""
        return [*self.rows.iter_rows(named=True)]

    @property
    def years(self) -> tuple[int, int]:
        """The first and the last year."""
        return self.sums[0]["year"], self.sums[-1]["year"]


def change(parts: Sequence[Sums], lang: Language, medium: Medium) -> PlotlySpec:
    """A Plotly spec with a plot for each part, side by side on one scale."""
    figure = _ChangeFigure(Board(lang, medium), parts, TALL[medium.narrow])
    spec = figure.spec()
    if medium.staged:
        # What the words around the plots leave.
        figure = replace(figure, tall=max(figure.tall + medium.height - spec["layout"]["height"], LEAST))
        spec = figure.spec()
    return spec


@dataclass(frozen=True)
class _ChangeFigure:
    """The parts on a board, and the height of their plots in pixels."""

    board: Board
    parts: Sequence[Sums]
    tall: float

    @cached_property
    def marked(self) -> list[float]:
        """The figures of the scale."""
        return _marked(max(row["high"] for one in self.parts for row in one.sums))

    @cached_property
    def left(self) -> float:
        """The left end of the first plot: beside it stands the scale."""
        return time_plot.gutter(self.marked, self.board.lang)

    @cached_property
    def wide(self) -> float:
        """The width of a plot."""
        n = len(self.parts)
        return (self.board.medium.across - self.left + EDGE) / n - 2 * EDGE

    @cached_property
    def plots(self) -> list[Plot]:
        """The plots, with room above them for their names, for breaks, and for the figure of the highest bar."""
        lines = max(len(self._lines(one.name)) for one in self.parts)
        broken = max((len(self._break(one)) for one in self.parts), default=0)
        top = LINE * (lines + broken + 1) + 4
        lefts = [self.left + number * (self.wide + 2 * EDGE) for number in range(len(self.parts))]
        pairs = zip(self.parts, lefts, strict=True)
        return [Plot(left, top, self.wide, self.tall, one.years, self.marked[-1]) for one, left in pairs]

    def spec(self) -> PlotlySpec:
        """The whole figure."""
        drawing, hidden = (_drawing(self.board, visible=visible) for visible in (True, False))
        self._scale(drawing)
        for one, plot in zip(self.parts, self.plots, strict=True):
            self._head(drawing, one, plot)
            for row in one.sums:
                self._bar(drawing, hidden, one.part, plot, row)
            self._figures(drawing, one, plot)
            for year in plot.year_ticks():
                drawing.write(plot.x(year), plot.top + plot.tall + 1.5 * LINE, str(year), "center")
        look = uncertain(COLORS.ink)
        items = [Item(may_add(self.board.lang), look.fill, look.line, extra=look.extra)] * self._dashed
        spec = self.board.spec(drawing, self._counts(drawing), items, "")
        return {**spec, "data": [*spec["data"], *hidden.traces()]}

    def _lines(self, text: str, room: float = 0.0) -> list[str]:
        return wrap(text, int((room or self.wide) / LETTER), break_long_words=False, break_on_hyphens=False)

    def _break(self, one: Sums) -> list[str]:
        """What stands right of the line of a break, by line."""
        if one.broken is None:
            return []
        before, _, said = one.broken
        first, last = one.years
        return self._lines(said, self.wide * (last - before) / (last - first + 1) - ABOVE)

    def _scale(self, drawing: Drawing) -> None:
        """The grid below all bars, through all plots, with its figures at the left."""
        first, last = self.plots[0], self.plots[-1]
        for figure in self.marked:
            paint, y = COLORS.border if figure == 0 else COLORS.unreported, first.y(figure)
            drawing.fill(_plain(paint), first.left, y - 0.5, last.left + last.wide, y + 0.5)
            drawing.write(first.left - 4, y, time_plot.tick_text(figure, self.board.lang), "left")

    def _head(self, drawing: Drawing, one: Sums, plot: Plot) -> None:
        """The name above a plot, and the line of a break with its words."""
        for number, line in enumerate(self._lines(one.name)):
            drawing.write(plot.left, 12 + number * LINE, f"<b>{line}</b>")
        if one.broken:
            said, x = self._break(one), plot.x(one.broken[0] + 0.5)
            top = plot.top - LINE * (len(said) + 1) + 4
            drawing.line(COLORS.ink, [(x, plot.y(0)), (x, top)], 1.0, time_plot.DASHES[1])
            for number, line in enumerate(said):
                drawing.write(x + 4, top + (number + 0.5) * LINE, line)

    def _bar(self, drawing: Drawing, hidden: Drawing, part: str, plot: Plot, row: Row) -> None:
        """A bar: solid up to the least that the sum can be, then dashed up to the most; below it the sum's mark."""
        x, half = plot.x(row["year"]), plot.step * BAR / 2
        drawing.fill(_plain(PAINTS[part]), x - half, plot.y(row["low"]), x + half, plot.y(0))
        if row["contradicted"]:
            drawing.write(x, plot.y(0) + LINE / 2, MARK, "center")
        if row["high"] > row["low"]:
            drawing.fill(uncertain(PAINTS[part]), x - half, plot.y(row["high"]), x + half, plot.y(row["low"]))
        every = [(one.name, same) for one in self.parts for same in one.sums if same["year"] == row["year"]]
        said = words.bar(self.board.lang, row["year"], every, row["states"] * self._counted)
        hidden.mark("exact", 0, [(x, plot.y(row["high"] / 2))], {**row, "hover": said})

    def _figures(self, drawing: Drawing, one: Sums, plot: Plot) -> None:
        """The last, the first and the highest sum, each above its bar where it covers nothing."""
        rows, taken = one.sums, self._ticks(plot)
        for row in (rows[-1], rows[0], max(rows, key=lambda row: row["high"])):
            text = words.written(self.board.lang, row)
            places = _places(plot, row, len(text) * LETTER)
            box = next((box for box, clear in places if _free(plot, rows, row, box, clear, taken)), None)
            if box:
                taken.append(box)
                drawing.write((box.left + box.right) / 2, box.middle, text, "center")

    def _ticks(self, plot: Plot) -> list[LabelBox]:
        """The places of the figures of the scale, which stand beside the first plot."""
        if plot.left > self.left:
            return []
        return [LabelBox(0.0, self.left - 4, plot.y(figure), LINE / 2 - NEAR) for figure in self.marked]

    def _counts(self, drawing: Drawing) -> float:
        """Write how many states each sum is of, unless these are the same states; returns the y of the lower end."""
        end = self.plots[0].top + self.tall + FOOT
        if not self._counted:
            return end
        for one, plot in zip(self.parts, self.plots, strict=True):
            for row in one.sums:
                drawing.write(plot.x(row["year"]), end + 4, self.board.lang.number(row["states"]), "center")
        drawing.write(self.left, end + 4 + LINE, words.states_row(self.board.lang))
        return end + 2 * LINE + 4

    @property
    def _counted(self) -> bool:
        """Whether the sums of a part are not all of as many states."""
        return any(len({row["states"] for row in one.sums}) > 1 for one in self.parts)

    @property
    def _dashed(self) -> bool:
        """Whether a dashed end is high enough to be seen."""
        most = max(row["high"] - row["low"] for one in self.parts for row in one.sums)
        return bool(self.tall * most >= SEEN * self.marked[-1])


def _drawing(board: Board, *, visible: bool) -> Drawing:
    """A drawing whose marks show the text of their row and open its year."""
    return Drawing(
        board, POINTER, visible=visible, hover=lambda row, _: str(row["hover"]), mark_id=lambda row: str(row["year"])
    )


def _plain(paint: str) -> Look:
    return Look(paint, (paint, 0), None, "circle", paint)


def _places(plot: Plot, row: Row, wide: float) -> Iterator[tuple[LabelBox, float]]:
    """Where the figure of a bar may stand, and how much lower other bars below it must be, in pixels.

    Above the middle of its bar or, if it is clear whose it is, with an end above an end of its bar.
    """
    x, half, middle = plot.x(row["year"]), plot.step * BAR / 2, plot.y(row["high"]) - ABOVE
    for center, clear in ((x, -NEAR), (x + half - wide / 2, LINE), (x - half + wide / 2, LINE)):
        yield LabelBox(center - wide / 2, center + wide / 2, middle, LINE / 2), clear


def _free(plot: Plot, rows: Sequence[Row], own: Row, box: LabelBox, clear: float, taken: Sequence[LabelBox]) -> bool:
    """Whether a figure stands within the room of its plot, over no bar but lower ones, and over no other figure."""
    half = plot.step * BAR / 2
    under = (row for row in rows if box.left < plot.x(row["year"]) + half and plot.x(row["year"]) - half < box.right)
    within = plot.left - EDGE <= box.left and box.right <= plot.left + plot.wide + EDGE
    lower = all(plot.y(row["high"]) >= plot.y(own["high"]) + clear for row in under if row is not own)
    return within and lower and not any(map(box.meets, taken))


def _marked(highest: float) -> list[float]:
    """About `COUNT` round figures, from 0 to one that is not below the highest."""
    top = max(highest, 1.0)
    power = 10.0 ** ceil(log10(top / COUNT) - 1)
    step = max(next(one * power for one in time_plot.STEPS if one * power * COUNT >= top), 1.0)
    return [step * rank for rank in range(ceil(top / step) + 1)]
