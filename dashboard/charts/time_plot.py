"""Plots of series in time: their scales, their lines and marks, and bands where nobody reports."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from math import ceil, log10
from textwrap import wrap

from dashboard.charts.ink import Ink, Point
from dashboard.charts.look import decimals, look_of, number_state
from dashboard.charts.series import REST, Row, Series, counted, most, reported
from data.i18n import Language

DASHES = ("solid", "7px,3px", "2px,3px", "9px,3px,2px,3px", "14px,4px", "5px,2px,2px,2px", "solid", "7px,3px")
# Blocks of rows one under another that a figure draws.
MOST = 12
STEPS = (1.0, 2.0, 5.0, 10.0)
YEAR_STEPS = (1, 2, 3, 5, 10, 20)
YEAR_ROOM, LETTER = 46.0, 7.4
# Pixels of a line of words.
WORDS = 18.0


@dataclass(frozen=True)
class Plot:
    """A rectangle of the figure in pixels from the upper left corner, its years, and the figure at its upper edge."""

    left: float
    top: float
    wide: float
    tall: float
    years: tuple[int, int]
    most: float

    @property
    def step(self) -> float:
        """Pixels of a year."""
        return self.wide / (self.years[1] - self.years[0] + 1)

    def x(self, year: float) -> float:
        """The middle of a year."""
        return self.left + (year - self.years[0] + 0.5) * self.step

    def y(self, figure: float) -> float:
        """The height of a figure."""
        return self.top + self.tall * (1 - figure / self.most)

    def year_ticks(self) -> list[int]:
        """The years that are written out, the last one always."""
        step = next((step for step in YEAR_STEPS if step * self.step >= YEAR_ROOM), YEAR_STEPS[-1])
        return list(range(self.years[1], self.years[0] - 1, -step))


def ticks(together: Sequence[Series], count: int, highest: float | None = None) -> list[float]:
    """About that many round figures from 0 up to the highest of the series; counts have no fractions."""
    highest = highest or most(together)
    power = 10.0 ** ceil(log10(highest / count) - 1)
    step = next(step * power for step in STEPS if step * power * count >= highest * 0.999)
    step = max(step, 1.0) if counted(together) else step
    return [round(step * rank, 9) for rank in range(int(highest / step * 1.001) + 1)]


def shift(number: int, series: int, plot: Plot) -> float:
    """How far from the middle of a year the marks of one of several series stand."""
    return (number - (series - 1) / 2) * min(3.0, plot.step * 0.7 / series)


def written(figure: float, lang: Language) -> str:
    """A round figure of a scale."""
    return lang.number(figure, decimals(figure))


def gutter(marked: Iterable[float], lang: Language) -> float:
    """The room (pixels) of the words of a scale."""
    return max((len(written(figure, lang)) for figure in marked), default=0) * LETTER + 8


def undrawn(blocks: Sequence[object], lang: Language, drawn: int = MOST) -> list[str]:
    """A note where there are more blocks than are drawn."""
    more = len(blocks) - drawn
    told = lang.plural(
        "{n} more series is not drawn: choose fewer", "{n} more series are not drawn: choose fewer", more
    )
    return [told] if more > 0 else []


def draw(ink: Ink, plot: Plot, one: Series, rank: int, shift: float = 0.0) -> None:
    """A series in its plot: values joined only where no year lies between; what has no figure stands on the ground.

    Args:
        shift: pixels to the right, where several series stand in one plot.
    """
    runs: list[list[Point]] = []
    last = None
    for row in one.rows:
        state, x = number_state(row), plot.x(row["year"]) + shift
        if state == "not_reported":
            continue
        heights = sorted({plot.y(row[end] or 0) for end in ("low", "high")})
        ink.mark(state, rank, [(x, y) for y in heights], row)
        if state in {"exact", "zero"}:
            runs += [] if row["year"] - 1 == last else [[]]
            runs[-1].append((x, heights[0]))
            last = row["year"]
    for run in runs:
        if len(run) > 1:
            ink.line(ink.board.paint(rank), run, *((1.0, "solid") if rank == REST else (2.0, DASHES[rank])))


def silent(ink: Ink, plot: Plot, together: Sequence[Series]) -> None:
    """A band over the years in which no series of a plot has a row, with a small dot in each that answers."""
    every: dict[int, list[Row]] = defaultdict(list)
    for row in (row for one in together for row in one.rows):
        every[row["year"]].append(row)
    lacking = sorted(year for year, rows in every.items() if {row["status"] for row in rows} == {"not_reported"})
    half, look = plot.step / 2, look_of("not_reported", "", ink.board.palette)
    for year in lacking:
        ink.mark("not_reported", REST, [(plot.x(year), plot.y(0))], every[year][0])
    for first, final in runs_of(lacking):
        ink.fill(
            replace(look, line=(look.fill, 0)),
            plot.x(first) - half,
            plot.top,
            plot.x(final) + half,
            plot.top + plot.tall,
        )


def runs_of(years: Sequence[int]) -> list[tuple[int, int]]:
    """The first and the last of years that follow one another."""
    firsts = [year for year in years if year - 1 not in years]
    finals = [year for year in years if year + 1 not in years]
    return list(zip(firsts, finals, strict=True))


def headed(ink: Ink, text: str, top: float) -> float:
    """A heading over a block; returns where the block begins."""
    ink.say(0, top + 14, f"<b>{text}</b>")
    return top + 34


def unheard(ink: Ink, block: Sequence[Series], top: float) -> float:
    """The names of the states that have no row in a block where others have; returns where they end."""
    lang, lacking = ink.board.lang, [one.value("area") for one in block if not reported(one)]
    if not 0 < len(lacking) < len(block):
        return top
    told = lang.text("Not reported in these years: {states}", states=", ".join(map(lang.country, lacking)))
    lines = wrap(told, int(ink.board.across / LETTER))
    for number, line in enumerate(lines):
        ink.say(0, top + number * WORDS, line)
    return top + len(lines) * WORDS + LETTER


def scale(ink: Ink, plot: Plot, marked: Sequence[float], *, worded: bool) -> None:
    """The ground of a plot and its round figures as thin lines, their words at the left; the years under it."""
    right, palette, lang = plot.left + plot.wide, ink.board.palette, ink.board.lang
    for figure in marked:
        paint = palette.border if figure == 0 else palette.unreported
        ink.line(paint, [(plot.left, plot.y(figure)), (right, plot.y(figure))])
        if worded:
            ink.say(plot.left - 4, plot.y(figure), written(figure, lang), "left")
    for year in plot.year_ticks():
        ink.say(plot.x(year), plot.top + plot.tall + 12, str(year), "center")
