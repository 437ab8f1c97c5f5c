"""Time series in a plot: scales, lines and marks, and gray bands for years without reports."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from math import ceil, log10
from textwrap import wrap

from dashboard.charts.colors import COLORS
from dashboard.charts.drawing import Drawing
from dashboard.charts.figure_words import MARK, is_sum, marked
from dashboard.charts.look import BAND, decimals, number_state
from dashboard.charts.panels import Point
from dashboard.charts.series import REST, Row, Series, are_counts, highest, reported
from dashboard.words import terms
from data.i18n import Language

DASHES = ("solid", "7px,3px", "2px,3px", "9px,3px,2px,3px", "14px,4px", "5px,2px,2px,2px", "solid", "7px,3px")
# The most blocks that a figure draws one below the other.
MOST_BLOCKS = 12
STEPS = (1.0, 2.0, 5.0, 10.0)
YEAR_STEPS = (1, 2, 3, 5, 10, 20)
YEAR_ROOM = 46.0
LETTER = 7.4
# The height of a line of text in pixels, and of the mark of a figure above its point.
LINE = 18.0
ABOVE = 9.0
# The middle of a written figure above its point, and below it.
OVER = 14.0
UNDER = 15.0
# The least width in pixels of the labels of a scale, so that the plots of a page begin in the same place.
SCALE = {False: 56.0, True: 40.0}


@dataclass(frozen=True)
class Plot:
    """A plot area in pixels from the upper left corner, its first and last year, and the figure at its upper edge."""

    left: float
    top: float
    wide: float
    tall: float
    years: tuple[int, int]
    highest: float

    @property
    def step(self) -> float:
        """The width of a year in pixels."""
        return self.wide / (self.years[1] - self.years[0] + 1)

    def x(self, year: float) -> float:
        """The x of the middle of a year."""
        return self.left + (year - self.years[0] + 0.5) * self.step

    def y(self, figure: float) -> float:
        """The y of a figure."""
        return self.top + self.tall * (1 - figure / self.highest)

    def year_ticks(self) -> list[int]:
        """The years that are labeled; the last one always is."""
        step = next((step for step in YEAR_STEPS if step * self.step >= YEAR_ROOM), YEAR_STEPS[-1])
        return list(range(self.years[1], self.years[0] - 1, -step))


def ticks(together: Sequence[Series], count: int, top: float | None = None) -> list[float]:
    """About `count` round figures from 0 up to the highest of the series; counts get no fractions."""
    top = top or highest(together)
    power = 10.0 ** ceil(log10(top / count) - 1)
    step = next(step * power for step in STEPS if step * power * count >= top * 0.999)
    step = max(step, 1.0) if are_counts(together) else step
    return [round(step * rank, 9) for rank in range(int(top / step * 1.001) + 1)]


def shift(number: int, series: int, plot: Plot) -> float:
    """The x offset of the marks of one of several series, so that they do not cover each other."""
    return (number - (series - 1) / 2) * min(3.0, plot.step * 0.7 / series)


def tick_text(figure: float, lang: Language) -> str:
    """The label of a tick."""
    return lang.number(figure, decimals(figure))


def gutter(marked: Iterable[float], lang: Language) -> float:
    """The width in pixels of the labels of a scale."""
    return max((len(tick_text(figure, lang)) for figure in marked), default=0) * LETTER + 8


def scale_room(drawing: Drawing, marked: Iterable[float]) -> float:
    """The room in pixels left of the plots of a page for the labels of their scales."""
    return max(gutter(marked, drawing.board.lang), SCALE[drawing.board.medium.narrow])


def undrawn_note(blocks: Sequence[object], lang: Language, drawn: int = MOST_BLOCKS) -> list[str]:
    """A note if there are more blocks than are drawn."""
    more = len(blocks) - drawn
    note = lang.plural("{n} more series not shown; choose fewer", "{n} more series not shown; choose fewer", more)
    return [note] if more > 0 else []


def draw(
    drawing: Drawing,
    plot: Plot,
    one: Series,
    rank: int,
    shift: float = 0.0,
    written: Collection[Row] = (),
    apart: Collection[int] = (),
) -> None:
    """Draw a series in its plot; rows without a figure are marked at zero.

    Only values of consecutive years are joined. A total that its parts contradict is compared with no other year;
    a median of many states with one such total is.

    Args:
        shift: x offset in pixels, for several series in one plot.
        written: the rows whose figures stand beside their marks in words.
        apart: years that a break divides from the year before.
    """
    runs: list[list[Point]] = []
    last = None
    for row in one.rows:
        state, x = number_state(row), plot.x(row["year"]) + shift
        if state == "not_reported":
            continue
        heights = sorted({plot.y(row[end] or 0) for end in ("low", "high")})
        drawing.mark(state, rank, [(x, y) for y in heights], row)
        if row.get("contradicted") and row not in written and rank != REST:
            drawing.write(x, heights[0] - ABOVE, MARK, "center")
        if state in {"exact", "zero"}:
            # The states of a sum change from year to year.
            alone = is_sum(row.get("note")) or (row.get("contradicted") and not row.get("reporting"))
            runs += [] if row["year"] - 1 == last and row["year"] not in apart and not alone else [[]]
            runs[-1].append((x, heights[0]))
            last = None if alone else row["year"]
    for run in runs:
        if len(run) > 1:
            drawing.line(drawing.board.paint(rank), run, *((1.0, "solid") if rank == REST else (2.0, DASHES[rank])))


def write_figures(drawing: Drawing, plot: Plot, one: Series) -> list[Row]:
    """Write each figure of a series above its mark, or below it where the line goes up at both sides.

    The latest come first; one that would cover another is left out. Returns the rows whose figures are written.
    """
    lang, taken = drawing.board.lang, dict[int, tuple[float, float]]()
    by_year = {row["year"]: row for row in one.rows if row["high"] is not None}
    for year in sorted(by_year, reverse=True):
        row, beside = by_year[year], [by_year[other] for other in (year - 1, year + 1) if other in by_year]
        low = bool(beside) and all(other["high"] > row["high"] for other in beside)
        text = marked(row, terms.figure(lang, row["low"], row["high"], row["status"]))
        y = plot.y(row["low"]) + UNDER if low else plot.y(row["high"]) - OVER
        below = y > plot.top + plot.tall - LINE / 2
        half = (len(text) * LETTER + 4) / 2
        meets = any(
            abs(plot.x(other) - plot.x(year)) < half + wide and abs(y - at) < LINE
            for other, (at, wide) in taken.items()
        )
        if not below and not meets:
            taken[year] = y, half
            drawing.write(plot.x(year), y, text, "center")
    return [by_year[year] for year in taken]


def unreported_bands(drawing: Drawing, plot: Plot, together: Sequence[Series]) -> None:
    """Mark each year that a series does not report with a small dot on the base line; a band if none of them does."""
    by_year: dict[int, list[Row]] = defaultdict(list)
    for row in (row for one in together for row in one.rows):
        by_year[row["year"]].append(row)
    unreported = sorted(year for year, rows in by_year.items() if {row["status"] for row in rows} == {"not_reported"})
    half = plot.step / 2
    for row in (row for year in sorted(by_year) for row in by_year[year] if row["status"] == "not_reported"):
        drawing.mark("not_reported", REST, [(plot.x(row["year"]), plot.y(0))], row)
    for first, final in runs_of(unreported):
        left, right = plot.x(first) - half, plot.x(final) + half
        drawing.fill(BAND, left, plot.top, right, plot.top + plot.tall)


def runs_of(years: Sequence[int]) -> list[tuple[int, int]]:
    """The first and the last year of each run of consecutive years."""
    firsts = [year for year in years if year - 1 not in years]
    finals = [year for year in years if year + 1 not in years]
    return list(zip(firsts, finals, strict=True))


def write_heading(drawing: Drawing, text: str, top: float) -> float:
    """Write the heading of a block; returns the y where the block begins."""
    drawing.write(0, top + 14, f"<b>{text}</b>")
    return top + 34


def unreported_note(drawing: Drawing, block: Sequence[Series], top: float) -> float:
    """Name the states that report nothing in a block where others do; returns the y where the note ends."""
    lang, unreported = drawing.board.lang, [one.value("area") for one in block if not reported(one)]
    if not 0 < len(unreported) < len(block):
        return top
    note = lang.text("No figures in these years: {states}", states=lang.listing(map(lang.country, unreported)))
    return write_lines(drawing, note, top - LINE / 2) + LINE / 2 + LETTER


def write_lines(drawing: Drawing, text: str, top: float) -> float:
    """Write a text, wrapped to the width of the drawing; returns the y where it ends."""
    lines = wrap(text, int(drawing.board.medium.across / LETTER))
    for number, line in enumerate(lines):
        drawing.write(0, top + (number + 0.5) * LINE, line)
    return top + len(lines) * LINE


def scale(drawing: Drawing, plot: Plot, marked: Sequence[float], *, labels: bool, years: bool = True) -> None:
    """Draw the grid lines of a plot, with `labels` at their left, and below it the `years`."""
    right, lang = plot.left + plot.wide, drawing.board.lang
    for figure in marked:
        paint = COLORS.border if figure == 0 else COLORS.unreported
        drawing.line(paint, [(plot.left, plot.y(figure)), (right, plot.y(figure))])
        if labels:
            drawing.write(plot.left - 4, plot.y(figure), tick_text(figure, lang), "left")
    # A year beside the 0 of the scale would touch it.
    apart = plot.left + 2 * LETTER - 4 if labels else plot.left
    for year in plot.year_ticks() if years else ():
        if plot.x(year) >= apart:
            drawing.write(plot.x(year), plot.top + plot.tall + 12, str(year), "center")
