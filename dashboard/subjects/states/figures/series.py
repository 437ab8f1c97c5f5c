"""A state's figures by year: one panel below the other for each indicator that it reports, on one axis of years.

A value is a dot, joined only to that of the next year, and never across a break, which has a dashed line and words; a
true zero a hollow mark; a masked figure a bar over its interval; a year without a report a small gray dot on the base
line. Gaps are never bridged. An indicator that the state never reported has no panel, and a panel of zeros alone has no
scale but its base line. Dated acts stand in rows under the panels, on the same axis of years: a filled box, or an empty
one for a signature.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from textwrap import wrap
from typing import NamedTuple

import polars as pl

from dashboard.charts import series as time_series
from dashboard.charts import time_plot
from dashboard.charts.colors import COLORS
from dashboard.charts.drawing import Board, Drawing, PlotlySpec
from dashboard.charts.figure_words import doubt, marked
from dashboard.charts.key import Item, height
from dashboard.charts.look import Look
from dashboard.charts.medium import TEXT, Medium
from dashboard.charts.panels import GAP, plain
from dashboard.charts.render import metrics
from dashboard.charts.series import Row, Series
from dashboard.charts.time_plot import Plot
from dashboard.words.terms import figure, in_sentence, term
from data.i18n import Language

# Pixels: height of a plot, and of one that has zeros alone; room for the heading of a panel, and for the years.
TALL = 80.0
FLAT = 20.0
HEAD = 46.0
YEARS = 34.0
# On stage: the room for the heading of a panel, and the least height of a plot.
STAGE_HEAD = 36.0
LEAST = 24.0
# About so many ticks in a plot that is at least so high, else few; in one lower than that only the first and the last:
# the labels of more would cover each other.
ROOMY = 56.0
LOWEST = 45.0
MANY = 4
FEW = 3
# The middle of a heading above its plot.
HEADING = 17.0
# Left of a heading: a letter such as V begins a pixel before its place, and a projector's figure ends there.
INSET = 2.0
MARK = 9.0
# Beside dated acts the panels are low. Pixels of a row of acts under its words, of a line of words, and of a box.
LOW = 56.0
LOW_HEAD = 38.0
ACTS = 26.0
LINE = 19.0
BOX = 6.0
LETTER = 7.2
# The lines that the words of a break may have, pixels between them and its line, by how much letters may be wider.
BREAKS = 2
BESIDE = 4.0
WIDER = 1.05


class Broken(NamedTuple):
    """A break in a series: the year after it, and what the figure says at its line, from the longest words on."""

    after: int
    said: Sequence[str]


class Dated(NamedTuple):
    """A law or a treaty, its acts in words, and the year of each with whether it binds (a signature does not)."""

    name: str
    words: str
    acts: tuple[tuple[int, bool], ...]


def series(
    frames: Mapping[str, pl.DataFrame],
    lang: Language,
    medium: Medium,
    *,
    dated: Sequence[Dated] = (),
    broken: Mapping[str, Broken] | None = None,
) -> PlotlySpec:
    """A Plotly spec of the panels of one state.

    Args:
        frames: by indicator the result of `dashboard.subjects.states.query.series`: year, low, high, status,
            contradicted.
        dated: acts to show under the panels.
        broken: by indicator the break in its series, if any.
    """
    board = Board(lang, medium)
    every = [_series(code, frame) for code, frame in frames.items()]
    panels = [one for one in every if time_series.reported(one)]
    # On a phone the words of a break may need two lines.
    head = HEAD if medium.narrow and broken else STAGE_HEAD if medium.staged else LOW_HEAD if dated else HEAD
    tall = _fit(panels, board, head) if medium.staged else LOW if dated else TALL
    drawing, level = _drawing(board, panels, every, tall, head, dated, broken or {})
    # Every plot names its indicator, so that all marks have one color.
    items = [*board.items(drawing, {}, counted=False), *(_items(lang) if dated else ())]
    return board.spec(drawing, level, items, "")


def _drawing(
    board: Board,
    panels: Sequence[Series],
    every: Sequence[Series],
    tall: float,
    head: float,
    dated: Sequence[Dated] = (),
    broken: Mapping[str, Broken] | None = None,
) -> tuple[Drawing, float]:
    """The panels, or a line in their place, and the y of their lower end."""
    drawing = Drawing(board, MARK, hover=_hover_text, mark_id=lambda row: f"{row['indicator']}.{row['year']}")
    if not panels:
        return drawing, _nothing(drawing, every)
    return drawing, _Panels(drawing, panels, tall, head, dated, broken or {}).draw()


def _series(code: str, frame: pl.DataFrame) -> Series:
    key = (code, "", "total", "total", "total")
    # All are counts; a year without a report has no unit.
    counted = {"indicator": code, "unit": "persons"}
    return Series(key, tuple(row | counted for row in frame.sort("year").iter_rows(named=True)))


def _fit(panels: Sequence[Series], board: Board, head: float) -> float:
    """The height of a plot on stage in pixels: what the headings, the years and the key leave."""
    drawing, _ = _drawing(board, panels, panels, TALL, head)
    key = height(board.items(drawing, {}, counted=False), plain(board.medium))
    return max((board.medium.height - key - GAP - YEARS) / max(len(panels), 1) - head, LEAST)


@dataclass(frozen=True)
class _Panels:
    """The panels of a figure: their series, the height of a plot, the room for its heading, acts below, and breaks."""

    drawing: Drawing
    panels: Sequence[Series]
    tall: float
    head: float
    dated: Sequence[Dated] = ()
    broken: Mapping[str, Broken] = field(default_factory=dict)

    def draw(self) -> float:
        """Draw the panels from the top down; returns the y of their lower end."""
        marked = [_marked(one, self.tall) for one in self.panels]
        lang = self.drawing.board.lang
        left = time_plot.gutter((figure for some in marked for figure in some), lang)
        level = 0.0
        for number, (one, ticks) in enumerate(zip(self.panels, marked, strict=True)):
            last = number == len(self.panels) - 1
            named = term(lang, "indicator", one.value("indicator"))
            lines = metrics.wrapped(named, self.drawing.board.medium.across - INSET, TEXT * WIDER, bold=True)
            level += LINE * (len(lines) - 1)
            for place, line in enumerate(reversed(lines)):
                self.drawing.write(INSET, level + self.head - HEADING - place * LINE, f"<b>{line}</b>")
            tall = self.tall if len(ticks) > 1 else min(FLAT, self.tall)
            plot = self._panel(one, ticks, (left, level + self.head, tall), years=last and not self.dated)
            level += self.head + tall
        for row in self.dated:
            level = self._acts(row, plot, level, years=row is self.dated[-1])
        return level + YEARS

    def _break(self, broken: Broken, plot: Plot, heading: str) -> None:
        """The line of a break, with its words beside the heading of the panel: the longest that fit."""
        x, level = plot.x(broken.after - 0.5), plot.top - HEADING
        lines, side = self._said(broken, x, plot.left + plot.wide + 2 * MARK, heading)
        top = level - LINE * (max(len(lines), 1) - 0.5)
        self.drawing.line(COLORS.ink, [(x, plot.y(0)), (x, top)], 1.0, time_plot.DASHES[1])
        for number, line in enumerate(reversed(lines)):
            self.drawing.write(x + (BESIDE if side == "right" else -BESIDE), level - number * LINE, line, side)

    def _said(self, broken: Broken, x: float, end: float, heading: str) -> tuple[list[str], str]:
        """The words of a break by line, and on which side of its line they stand; none without room."""
        most, right = 1 if self.head < HEAD else BREAKS, end - x - BESIDE
        left = x - BESIDE - INSET - metrics.width(heading, TEXT, bold=True) - LETTER
        for said in broken.said:
            if len(lines := metrics.wrapped(said, right, TEXT * WIDER)) <= most:
                return lines, "right"
            if metrics.width(said, TEXT) * WIDER <= left:
                return [said], "left"
        return [], "right"

    def _acts(self, row: Dated, plot: Plot, level: float, *, years: bool) -> float:
        """Write acts in words and draw a box in the year of each; returns the y of their line."""
        wide = self.drawing.board.medium.across
        for line in wrap(self.drawing.board.lang.labeled(row.name, row.words), int(wide / LETTER)):
            level += LINE
            self.drawing.write(INSET, level, line)
        level += ACTS
        self.drawing.line(COLORS.faint, [(plot.left, level), (plot.left + plot.wide, level)])
        for year, binds in sorted(row.acts, key=lambda act: act[1]):
            x, high = plot.x(year), 2 * BOX
            self.drawing.fill(_look(binds=binds), x - BOX, level - high, x + BOX, level)
        if years:
            self._years(plot, level)
        return level + LINE / 2

    def _years(self, plot: Plot, level: float) -> None:
        for year in plot.year_ticks():
            self.drawing.write(plot.x(year), level + 2 * MARK, str(year), "center")

    def _panel(self, one: Series, ticks: Sequence[float], place: tuple[float, float, float], *, years: bool) -> Plot:
        left, top, tall = place
        wide = self.drawing.board.medium.across - left - 2 * MARK
        first, last = _span(self.panels)
        span = (min(first, *(year for row in self.dated for year, _ in row.acts), last), last)
        plot = Plot(left, top, wide, tall, span, max(time_series.highest([one]), ticks[-1]))
        time_plot.scale(self.drawing, plot, ticks, labels=True, years=False)
        if years:
            self._years(plot, top + tall)
        alone = len(self.panels) == 1 and not self.drawing.board.medium.narrow
        written = time_plot.write_figures(self.drawing, plot, one) if alone else ()
        broken = self.broken.get(one.value("indicator"))
        time_plot.draw(self.drawing, plot, one, 0, written=written, apart=(broken.after,) if broken else ())
        if broken:
            self._break(broken, plot, term(self.drawing.board.lang, "indicator", one.value("indicator")))
        for row in one.rows:
            if row["status"] == "not_reported" and row["year"] >= plot.years[0]:
                self.drawing.mark("not_reported", 0, [(plot.x(row["year"]), plot.y(0))], row)
        return plot


def _look(*, binds: bool) -> Look:
    """The box of an act: filled if it binds, else empty."""
    fill = COLORS.ink if binds else COLORS.surface
    return Look(fill, (COLORS.edge(fill), 1.4), None, "square", COLORS.ink)


def _items(lang: Language) -> list[Item]:
    """The entries of the key for acts."""
    texts = {lang.text("Law, or act that binds the state"): True, lang.text("Signature"): False}
    return [Item(text, _look(binds=binds).fill, _look(binds=binds).line) for text, binds in texts.items()]


def _span(panels: Sequence[Series]) -> tuple[int, int]:
    """From the first year that the state reported anything shown to the last year of any state."""
    first = min(row["year"] for one in panels for row in one.rows if row["status"] != "not_reported")
    return first, max(row["year"] for one in panels for row in one.rows)


def _marked(one: Series, tall: float) -> list[float]:
    """The ticks of a panel of some height; a panel of zeros has its base line alone."""
    if not max((row["high"] for row in one.rows if row["high"] is not None), default=0):
        return [0.0]
    found = time_plot.ticks([one], MANY if tall >= ROOMY else FEW)
    return found if tall >= LOWEST else [found[0], *found[1:][-1:]]


def _nothing(drawing: Drawing, every: Sequence[Series]) -> float:
    """One line in place of the panels."""
    lang = drawing.board.lang
    names = lang.listing(in_sentence(term(lang, "indicator", one.value("indicator"))) for one in every)
    return time_plot.write_lines(drawing, lang.labeled(lang.text("No total in UNODC’s data"), names), 0.0)


def _hover_text(row: Row, lang: Language) -> str:
    if row["status"] == "exact":
        words = marked(row, figure(lang, row["low"], row["high"], "exact"))
    else:
        words = in_sentence(term(lang, "status", row["status"]))
        words += "" if row["high"] is None else f" ({marked(row, lang.interval(row['low'], row['high']))})"
    return lang.joined([lang.labeled(str(row["year"]), words), *doubt(row, lang)])
