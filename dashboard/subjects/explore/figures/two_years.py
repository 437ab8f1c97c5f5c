"""Two years side by side: a row a state in alphabetical order, a mark for each year, the figures beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Unpack

import polars as pl

from dashboard.charts import series, time_plot
from dashboard.charts.figure_words import NO_FIGURE, short
from dashboard.charts.framing import Around, Framing
from dashboard.charts.ink import Ink, Spec
from dashboard.charts.look import number_state
from dashboard.charts.series import Row, Series
from dashboard.charts.time_plot import LETTER
from dashboard.words import terms
from data.i18n import Language

ROW, HEAD, GAP = 25.0, 30.0, 14.0
# Pixels by which two marks of one place stand apart.
APART, NEAR = 5.0, 11.0


def two_years(
    rows: pl.DataFrame,
    lang: Language,
    *,
    first: int,
    last: int,
    **framing: Unpack[Framing],
) -> Spec:
    """A Plotly spec.

    Args:
        rows: the answer of `dashboard.subjects.explore.query.drawn`; only the rows of the two years are drawn.
        first, last: the two years. All others as in `multiples`.
    """
    around = Around(**framing)
    board, years = around.board(lang), sorted({first, last})
    rows = rows.filter(pl.col("year").is_in(years))
    ink, level = Ink(board, 10.0, "line-ns-open"), 0.0
    found = [
        (block, series.most(together))
        for together in series.groups(rows, lang)
        for block in series.blocks(together, lang)
    ]
    several = len(found) > 1
    blocks = [_Block(ink, series.heard(block) if several else block, years, most) for block, most in found]
    shown = blocks[: time_plot.MOST]
    left, column = (max(rooms, default=0.0) for rooms in ([one.names for one in shown], [one.figures for one in shown]))
    for one, (block, _) in zip(shown, found, strict=False):
        if several:
            level = time_plot.headed(ink, series.heading(one.states, lang, apart=["area"]), level)
        level = replace(one, left=left, column=column).drawn(level)
        level = time_plot.unheard(ink, block, level) if several else level
    head = [series.heading(one.states, lang, apart=["area"]) for one in blocks if not several]
    head += [lang.text("States in alphabetical order")]
    said = [*time_plot.undrawn(blocks, lang), *(_signs(lang, rows) if around.narrow else [])]
    items = board.items(ink, {str(year): rank for rank, year in enumerate(years)})
    return board.spec(ink, level, items, ". ".join(head), title=around.title, notes=[*said, *around.notes])


def _signs(lang: Language, rows: pl.DataFrame) -> list[str]:
    """What the signs in place of a figure mean, where there is no room for the words."""
    held = set(rows["status"])
    told = [f"{sign} {terms.term(lang, 'status', state)}" for state, sign in NO_FIGURE.items() if state in held]
    return [" · ".join(told)] if told else []


@dataclass(frozen=True)
class _Block:
    """The rows of one series: its states, the years, the highest figure of the scale, the room of words."""

    ink: Ink
    states: Sequence[Series]
    years: Sequence[int]
    most: float
    left: float = 0.0
    column: float = 0.0

    @property
    def names(self) -> float:
        """The room that the names need."""
        return max(len(self.named(one)) for one in self.states) * LETTER + GAP

    @property
    def figures(self) -> float:
        """The room that the figures of a year need."""
        return max(len(self.said(row)) for one in self.states for row in one.rows) * LETTER + GAP

    def named(self, one: Series) -> str:
        """A state's name; on a phone its code."""
        return one.value("area") if self.ink.board.narrow else self.ink.board.lang.country(one.value("area"))

    def said(self, row: Row) -> str:
        """A figure, or a sign and, where there is room, the word for why there is none."""
        sign = NO_FIGURE.get(row["status"]) if row["high"] is None else None
        if sign is None:
            return short(row, self.ink.board.lang)
        return sign if self.ink.board.narrow else f"{sign} {terms.term(self.ink.board.lang, 'status', row['status'])}"

    def right(self, year: int) -> float:
        """Where the figures of a year end."""
        return self.ink.board.across - (len(self.years) - 1 - self.years.index(year)) * self.column

    def x(self, figure: float) -> float:
        """The place of a figure on the scale."""
        wide = self.ink.board.across - self.left - len(self.years) * self.column - 2 * GAP
        return self.left + GAP + wide * figure / self.most

    def drawn(self, top: float) -> float:
        """Draw the rows from a level on; returns where they end."""
        ink, bottom = self.ink, top + HEAD + len(self.states) * ROW
        for figure in time_plot.ticks(self.states, 3 if ink.board.narrow else 8, self.most):
            ink.line(ink.board.palette.unreported, [(self.x(figure), top + HEAD), (self.x(figure), bottom)])
            for y in (top + HEAD / 2, bottom + HEAD / 2):
                ink.say(self.x(figure), y, time_plot.written(figure, ink.board.lang), "center")
        for year in self.years:
            ink.say(self.right(year), top + HEAD / 2, f"<b>{year}</b>", "left")
        for number, one in enumerate(self.states):
            self._row(one, top + HEAD + (number + 0.5) * ROW)
        return bottom + HEAD + GAP

    def _row(self, one: Series, y: float) -> None:
        ink, paint = self.ink, self.ink.board.palette
        ink.say(0, y, self.named(one))
        ink.line(paint.unreported, [(self.left, y), (self.x(self.most), y)])
        spans = {row["year"]: (self.x(row["low"]), self.x(row["high"])) for row in one.rows if row["high"] is not None}
        ends = sorted(spans.values())
        apart = APART if len(ends) > 1 and ends[1][0] - ends[0][1] < NEAR else 0.0
        if len(ends) > 1 and not apart:
            ink.line(paint.faint, [(ends[0][1], y), (ends[1][0], y)], 1.5)
        for row in one.rows:
            ink.say(self.right(row["year"]), y, self.said(row), "left")
            if row["year"] in spans:
                rank = self.years.index(row["year"])
                at = y + (2 * rank - 1) * apart
                ink.mark(number_state(row), rank, [(x, at) for x in sorted(set(spans[row["year"]]))], row)
