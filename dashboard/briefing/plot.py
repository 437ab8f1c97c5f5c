"""A chart on paper: years from left to right, lines or stacked bars; a gap stays a gap, a masked figure is a bar."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from math import ceil, floor, log10

from dashboard.briefing import plot_key as key
from dashboard.briefing.axes import Point
from dashboard.briefing.content import Chart
from dashboard.briefing.shapes import Drawing, Line, Polygon, Shape, Stroke
from dashboard.figures.chart import STEPS, written
from data.i18n import Language

# Points of the paper; figures on the scale, and the room of a category's name.
TALL, TICKS, ROOM = 112.0, 4, 26.0


@dataclass(frozen=True)
class Frame:
    """Where the plot stands on its sheet, how many categories it has, and the figure at its upper edge."""

    left: float
    top: float
    many: int
    most: float

    @property
    def step(self) -> float:
        """From one category to the next."""
        return (key.WIDE - self.left - 4) / self.many

    def at(self, place: float, figure: float) -> Point:
        """Where a figure of a category stands."""
        return self.left + (place + 0.5) * self.step, self.top + TALL * (1 - figure / self.most)


def plot(chart: Chart, lang: Language) -> Drawing:
    """The chart with its scale, its unit and its key; the title is the page's."""
    gaps = [place for place, held in enumerate(_by_category(chart)) if all(value is None for value in held)]
    missing = [key.band(lang.text("No usable figure in this year"))] if gaps else []
    placed, high = key.flow([*key.entries(chart), *missing])
    whole = all(float(value or 0).is_integer() for _, values in chart.series for value in values)
    marked = _ticks(_most(chart), whole=whole)
    left = max(len(written(figure, lang)) for figure in marked) * key.LETTER + 8
    frame = Frame(left, high + 20, len(chart.categories), marked[-1])
    drawn = _bars(chart, frame) if chart.kind == "bar" else _line_chart(chart, frame)
    unit = key.text((0, high + 6), chart.unit, "right")
    shapes = (*placed, unit, *_empty(gaps, frame), *_scale(marked, frame, lang), *drawn, *_categories(chart, frame))
    return Drawing(key.WIDE, frame.top + TALL + 18, shapes)


def _most(chart: Chart) -> float:
    if chart.kind == "bar":
        return max((sum(value or 0 for value in bar) for bar in _by_category(chart)), default=0) or 1.0
    return max((value or 0 for _, values in chart.series for value in values), default=0) or 1.0


def _by_category(chart: Chart) -> list[key.Values]:
    return list(zip(*(values for _, values in chart.series), strict=True))


def _ticks(most: float, *, whole: bool) -> list[float]:
    """Round figures from 0 to the first that is not under the most; of whole figures no fractions."""
    power = 10.0 ** floor(log10(most / TICKS))
    step = next(step * power for step in STEPS if step * power * TICKS >= most * 0.999)
    step = max(step, 1.0) if whole else step
    return [round(step * rank, 9) for rank in range(ceil(most / step - 0.001) + 1)]


def _scale(marked: Sequence[float], frame: Frame, lang: Language) -> Iterator[Shape]:
    for figure in marked:
        y = frame.at(0, figure)[1]
        yield Line("line", (((frame.left, y), (key.WIDE, y)),), Stroke(key.RULE if figure else key.INK, 0.7))
        yield key.text((frame.left - 4, y), written(figure, lang), "left")


def _categories(chart: Chart, frame: Frame) -> Iterator[Shape]:
    """As many as have room, the last one always."""
    every = next(many for many in range(1, frame.many + 1) if many * frame.step >= ROOM or many == frame.many)
    for place in range(frame.many - 1, -1, -every):
        at = frame.at(place, 0)
        yield key.text((at[0], at[1] + 9), chart.categories[place], "center")


def _empty(gaps: Sequence[int], frame: Frame) -> Iterator[Shape]:
    """A grey band behind each category without any figure: nothing is reported there that could be drawn."""
    for place in gaps:
        look = Polygon("land", (), key.RULE, Stroke(key.RULE, 0))
        yield key.box(frame.left + place * frame.step, frame.top, frame.step, TALL, look)


def _line_chart(chart: Chart, frame: Frame) -> Iterator[Shape]:
    for group in key.groups(chart):
        yield from _lines(group, frame)


def _lines(group: key.Group, frame: Frame) -> Iterator[Shape]:
    """Bars of masked figures, lines between neighbouring values, their marks, true zeros on top."""
    ends = [group.values.get(role, ()) for role in key.ENDS]
    for place, pair in enumerate(zip(*ends, strict=True)):
        if pair[0] is not None and pair[1] is not None:
            yield from key.capped(frame.at(place, pair[0]), frame.at(place, pair[1]), group.colour)
    held = group.values.get("value", ())
    points = [None if value is None else frame.at(place, value) for place, value in enumerate(held)]
    runs = [list(run) for drawn, run in groupby(points, lambda point: point is not None) if drawn]
    parts = tuple(tuple(point for point in run if point) for run in runs if len(run) > 1)
    if parts:
        yield Line("line", parts, Stroke(group.colour, 1.4))
    yield from (group.marker(point) for point in points if point)
    zeros = enumerate(group.values.get("zero", ()))
    yield from (group.marker(frame.at(place, value), "zero") for place, value in zeros if value is not None)


def _bars(chart: Chart, frame: Frame) -> Iterator[Shape]:
    looks = [key.shade(role) for _, role in key.roles(chart)]
    for place, held in enumerate(_by_category(chart)):
        level = 0.0
        for value, look in zip(held, looks, strict=True):
            if value:
                left, top = frame.at(place - 0.4, level + value)
                yield key.box(left, top, 0.8 * frame.step, TALL * value / frame.most, look)
                level += value
