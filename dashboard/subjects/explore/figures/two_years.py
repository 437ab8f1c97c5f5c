"""Two years compared: a row per state in alphabetical order, a mark for each year, and the figures beside them."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import polars as pl

from dashboard.charts import series, time_plot
from dashboard.charts.colors import COLORS
from dashboard.charts.drawing import Board, Drawing, PlotlySpec
from dashboard.charts.figure_words import NO_FIGURE, short
from dashboard.charts.look import number_state
from dashboard.charts.medium import Medium
from dashboard.charts.series import Row, Series
from dashboard.charts.time_plot import LETTER
from dashboard.words import terms
from data.i18n import Language

ROW = 25.0
HEAD = 30.0
GAP = 14.0
Years = Sequence[int]
# Marks of one state closer than NEAR are moved apart vertically, in pixels.
APART = 5.0
NEAR = 11.0


def two_years(
    rows: pl.DataFrame,
    lang: Language,
    medium: Medium,
    *,
    first: int,
    last: int,
) -> PlotlySpec:
    """A Plotly spec with a block of rows per series.

    Args:
        rows: the result of `dashboard.subjects.explore.query.drawn`; only the rows of the two years are drawn.
        first, last: the two years.
    """
    board, years = Board(lang, medium), sorted({first, last})
    rows = rows.filter(pl.col("year").is_in(years))
    drawing, level = Drawing(board, 10.0), 0.0
    found = [
        (block, series.outlier(together), together)
        for together in series.groups(rows, lang)
        for block in series.blocks(together, lang)
    ]
    several = len(found) > 1
    parts = [_parts(drawing, block, alone, together, years, several=several) for block, alone, together in found]
    shown = parts[: time_plot.MOST_BLOCKS]
    left = max((one.name_width for some in shown for _, one in some), default=0.0)
    column = max((one.figure_width for some in shown for _, one in some), default=0.0)
    for some, (block, *_) in zip(shown, found, strict=False):
        if several:
            level = time_plot.write_heading(drawing, series.heading(block, lang, apart=["area"]), level)
        for name, one in some:
            level = time_plot.write_heading(drawing, name, level) if name else level
            level = replace(one, left=left, column=column).draw(level)
        level = time_plot.unreported_note(drawing, block, level) if several else level
    head = [series.heading(block, lang, apart=["area"]) for block, *_ in found if not several]
    head += [lang.text("States in alphabetical order")]
    notes = [*time_plot.undrawn_note(parts, lang), *(_signs_note(lang, rows) if medium.narrow else [])]
    items = board.items(drawing, {str(year): rank for rank, year in enumerate(years)})
    return board.spec(drawing, level, items, ". ".join(head), notes=notes)


def _parts(
    drawing: Drawing, block: Sequence[Series], alone: str, together: Sequence[Series], years: Years, *, several: bool
) -> list[tuple[str, "_SeriesRows"]]:
    """The rows of a block, with headings if a state would flatten all others: it is first, on a scale of its own."""
    lang, states = drawing.board.lang, series.reporting(block) if several else block
    titles = {False: ""}
    if alone:
        own = lang.text("{state}: a scale of its own", state=lang.country(alone))
        titles = {True: own, False: lang.text("Other states")}
    parts = []
    for first, title in titles.items():
        mine = [one for one in states if (one.value("area") == alone) is first]
        highest = series.highest(one for one in together if (one.value("area") == alone) is first)
        parts += [(title, _SeriesRows(drawing, mine, years, highest))] if mine else []
    return parts


def _signs_note(lang: Language, rows: pl.DataFrame) -> list[str]:
    """What the signs in place of a figure mean, for figures without room for the words."""
    statuses = set(rows["status"])
    meanings = [f"{sign} {terms.term(lang, 'status', state)}" for state, sign in NO_FIGURE.items() if state in statuses]
    return [" · ".join(meanings)] if meanings else []


@dataclass(frozen=True)
class _SeriesRows:
    """The rows of one series: its states, the years, the highest figure of the scale, the widths of its columns."""

    drawing: Drawing
    states: Sequence[Series]
    years: Years
    highest: float
    left: float = 0.0
    column: float = 0.0

    @property
    def name_width(self) -> float:
        """The width in pixels of the names."""
        return max(len(self.name(one)) for one in self.states) * LETTER + GAP

    @property
    def figure_width(self) -> float:
        """The width in pixels of the figures of a year."""
        return max(len(self.text(row)) for one in self.states for row in one.rows) * LETTER + GAP

    def name(self, one: Series) -> str:
        """The name of a state; on a phone its code."""
        board, area = self.drawing.board, one.value("area")
        return area if board.medium.narrow else board.lang.country(area)

    def text(self, row: Row) -> str:
        """A figure, or a sign for a missing one, with the reason if there is room."""
        sign = NO_FIGURE.get(row["status"]) if row["high"] is None else None
        if sign is None:
            return short(row, self.drawing.board.lang)
        return (
            sign
            if self.drawing.board.medium.narrow
            else f"{sign} {terms.term(self.drawing.board.lang, 'status', row['status'])}"
        )

    def right(self, year: int) -> float:
        """The right end of the column of a year's figures."""
        return self.drawing.board.medium.across - (len(self.years) - 1 - self.years.index(year)) * self.column

    def x(self, figure: float) -> float:
        """The x of a figure."""
        wide = self.drawing.board.medium.across - self.left - len(self.years) * self.column - 2 * GAP
        return self.left + GAP + wide * figure / self.highest

    def draw(self, top: float) -> float:
        """Draw the rows from y = `top` on; returns the y of their lower end."""
        drawing, bottom = self.drawing, top + HEAD + len(self.states) * ROW
        for figure in time_plot.ticks(self.states, 3 if drawing.board.medium.narrow else 8, self.highest):
            drawing.line(COLORS.unreported, [(self.x(figure), top + HEAD), (self.x(figure), bottom)])
            for y in (top + HEAD / 2, bottom + HEAD / 2):
                drawing.write(self.x(figure), y, time_plot.tick_text(figure, drawing.board.lang), "center")
        for year in self.years:
            drawing.write(self.right(year), top + HEAD / 2, f"<b>{year}</b>", "left")
        for number, one in enumerate(self.states):
            self._row(one, top + HEAD + (number + 0.5) * ROW)
        return bottom + HEAD + GAP

    def _row(self, one: Series, y: float) -> None:
        drawing, paint = self.drawing, COLORS
        drawing.write(0, y, self.name(one))
        drawing.line(paint.unreported, [(self.left, y), (self.x(self.highest), y)])
        spans = {row["year"]: (self.x(row["low"]), self.x(row["high"])) for row in one.rows if row["high"] is not None}
        ends = sorted(spans.values())
        apart = APART if len(ends) > 1 and ends[1][0] - ends[0][1] < NEAR else 0.0
        if len(ends) > 1 and not apart:
            drawing.line(paint.faint, [(ends[0][1], y), (ends[1][0], y)], 1.5)
        for row in one.rows:
            drawing.write(self.right(row["year"]), y, self.text(row), "left")
            if row["year"] in spans:
                rank = self.years.index(row["year"])
                at = y + (2 * rank - 1) * apart
                drawing.mark(number_state(row), rank, [(x, at) for x in sorted(set(spans[row["year"]]))], row)
