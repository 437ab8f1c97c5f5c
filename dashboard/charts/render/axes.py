"""The axes of a Plotly specification: their places on the sheet and their ticks, as Plotly computes them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

import shapely

from dashboard.charts.render import metrics

Point = tuple[float, float]
ReadOnlySpec = Mapping[str, Any]
# Plotly's defaults: the font size, the pixels from an axis to its labels, of a tick, and the least room of a tick.
FONT_SIZE, TICK_GAP, TICK_LENGTH = 12.0, 4.0, 5.0
ROOM = {"x": 80.0, "y": 40.0}
ROUND = (2.0, 5.0, 10.0)
# An axis without a range extends beyond its figures by this share of their span.
BEYOND = 0.06
# From this figure on Plotly shortens thousands.
THOUSANDS = 10_000


@dataclass(frozen=True)
class Axis:
    """One axis: the values at its two ends, and the pixels of those ends.

    Attributes:
        name: `x`, `y2` ...
        spec: as the layout has it.
        low, high: the values at its ends; a reversed axis has the larger one first.
        start, end: pixels from the left, or from the top; upwards `start` is the larger one.
    """

    name: str
    spec: ReadOnlySpec
    low: float
    high: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """The pixel of a value."""
        return self.start + (value - self.low) * (self.end - self.start) / (self.high - self.low)

    def ticks(self, separators: str) -> list[tuple[float, str]]:
        """Values and labels of the ticks."""
        low, high = sorted((self.low, self.high))
        values = _tick_values(self.spec, self.name, (low, high), abs(self.end - self.start))
        texts = self.spec.get("ticktext") or [_label(value, self.spec, separators) for value in values]
        return [(value, str(text)) for value, text in zip(values, texts, strict=False) if low <= value <= high]


@dataclass(frozen=True)
class AxisPair:
    """A pair of axes: its box on the sheet, and the clipping of shapes to it."""

    x: Axis
    y: Axis

    def place(self, x: float, y: float) -> Point:
        """A point of the figure as pixels of the sheet."""
        return self.x.at(x), self.y.at(y)

    def line(self, points: Iterable[Point]) -> list[Point]:
        """Points of the figure as `place` gives them: outlines have thousands."""
        left, x0, wide, across = self.x.start, self.x.low, self.x.end - self.x.start, self.x.high - self.x.low
        top, y0, tall, up = self.y.start, self.y.low, self.y.end - self.y.start, self.y.high - self.y.low
        return [(left + (x - x0) * wide / across, top + (y - y0) * tall / up) for x, y in points]

    @property
    def box(self) -> tuple[float, float, float, float]:
        """Left, top, right, bottom."""
        return self.x.start, self.y.end, self.x.end, self.y.start

    def holds(self, point: Point) -> bool:
        """Whether a point of the sheet is inside the box."""
        left, top, right, bottom = self.box
        return left <= point[0] <= right and top <= point[1] <= bottom

    def holds_all(self, line: Sequence[Point]) -> bool:
        """Whether all points of a line are inside the box."""
        left, top, right, bottom = self.box
        return all(left <= x <= right and top <= y <= bottom for x, y in line)

    def clipped(self, ring: Sequence[Point]) -> Iterator[tuple[Point, ...]]:
        """The parts of a closed ring inside the box, as closed rings."""
        if self.holds_all(ring):
            yield tuple(ring)
            return
        shape = shapely.make_valid(shapely.Polygon(ring)) if len(set(ring)) > 2 else shapely.Polygon()  # noqa: PLR2004 - an area has three corners
        for part in shapely.get_parts(shapely.clip_by_rect(shape, *self.box)):
            if part.area > 0:
                yield tuple(map(tuple, shapely.get_coordinates(part.exterior)))

    def trimmed(self, line: Sequence[Point]) -> Iterator[tuple[Point, ...]]:
        """The parts of a line inside the box."""
        if self.holds_all(line):
            yield tuple(line)
            return
        for part in shapely.get_parts(shapely.clip_by_rect(shapely.LineString(line), *self.box)):
            if part.length > 0:
                yield tuple(map(tuple, shapely.get_coordinates(part)))


def plots(spec: ReadOnlySpec, width: float) -> dict[tuple[str, str], AxisPair]:
    """Every pair of axes that a trace, a shape or a visible axis needs, by the names of both (`x`, `y`)."""
    layout, data = spec["layout"], spec["data"]
    names = [name.replace("axis", "") for name in layout if name.startswith(("xaxis", "yaxis"))]
    ranges = {name: _range(name, layout[_key(name)], data) for name in names}
    area = _area(spec, width, ranges)
    axes = {name: _axis(name, layout[_key(name)], ranges[name], area) for name in names}
    for name in names:
        if other := axes[name].spec.get("scaleanchor"):
            axes[other], axes[name] = _equal(axes[other], axes[name])
    pairs = [*((trace.get("xaxis", "x"), trace.get("yaxis", "y")) for trace in data), *map(_anchored, axes.values())]
    return {(x, y): AxisPair(axes[x], axes[y]) for x, y in pairs}


def area(spec: ReadOnlySpec, width: float) -> tuple[float, float, float, float]:
    """Left, top, right and bottom of the sheet without its margins."""
    layout = spec["layout"]
    names = [name.replace("axis", "") for name in layout if name.startswith(("xaxis", "yaxis"))]
    return _area(spec, width, {name: _range(name, layout[_key(name)], spec["data"]) for name in names})


def _key(name: str) -> str:
    return f"{name[0]}axis{name[1:]}"


def _anchored(axis: Axis) -> tuple[str, str]:
    other = axis.spec.get("anchor", ("y" if axis.name[0] == "x" else "x") + axis.name[1:])
    return (axis.name, other) if axis.name[0] == "x" else (other, axis.name)


def _area(
    spec: ReadOnlySpec, width: float, ranges: Mapping[str, tuple[float, float]]
) -> tuple[float, float, float, float]:
    """The sheet without its margins; the left one leaves room for labels of axes with `automargin`."""
    layout = spec["layout"]
    margin = {"l": 0.0, "t": 0.0, "r": 0.0, "b": 0.0} | layout.get("margin", {})
    left, top, right, bottom = margin["l"], margin["t"], width - margin["r"], layout["height"] - margin["b"]
    whole = right - left
    for name, span in ranges.items():
        axis_spec = layout[_key(name)]
        if name[0] == "y" and axis_spec.get("automargin") and axis_spec.get("visible", True):
            tall = (axis_spec.get("domain", (0, 1))[1] - axis_spec.get("domain", (0, 1))[0]) * (bottom - top)
            axis = Axis(name, axis_spec, *span, tall, 0.0)
            size = axis_spec.get("tickfont", {}).get("size", FONT_SIZE)
            labels = [metrics.width(text, size) for _, text in axis.ticks(layout.get("separators", ".,"))]
            across = layout[_key(axis_spec.get("anchor", f"x{name[1:]}"))].get("domain", (0, 1))
            left = max(left, max(labels, default=0.0) + 2 * TICK_GAP - across[0] * whole)
    return left, top, right, bottom


def _axis(name: str, spec: ReadOnlySpec, span: tuple[float, float], area: tuple[float, float, float, float]) -> Axis:
    left, top, right, bottom = area
    first, last = spec.get("domain", (0, 1))
    if name[0] == "x":
        return Axis(name, spec, *span, left + first * (right - left), left + last * (right - left))
    return Axis(name, spec, *span, bottom - first * (bottom - top), bottom - last * (bottom - top))


def _equal(across: Axis, up: Axis) -> tuple[Axis, Axis]:
    """Axes with equal pixels per unit in both directions: the box shrinks toward its upper left corner."""
    wide, tall = abs(across.high - across.low), abs(up.high - up.low)
    pixel = min((across.end - across.start) / wide, (up.start - up.end) / tall)
    return (
        Axis(across.name, across.spec, across.low, across.high, across.start, across.start + wide * pixel),
        Axis(up.name, up.spec, up.low, up.high, up.end + tall * pixel, up.end),
    )


def _range(name: str, spec: ReadOnlySpec, data: Sequence[ReadOnlySpec]) -> tuple[float, float]:
    if "range" in spec:
        return float(spec["range"][0]), float(spec["range"][1])
    mine = (trace for trace in data if trace.get(f"{name[0]}axis", name[0]) == name)
    values = [value for trace in mine for value in trace[name[0]] if value is not None]
    zero = [0.0] if spec.get("rangemode") == "tozero" else []
    low, high = min([*values, *zero], default=0.0), max([*values, *zero], default=0.0)
    more = (high - low) * BEYOND or 1.0
    return (low if zero and low >= 0 else low - more), high + more


def _tick_values(spec: ReadOnlySpec, name: str, span: tuple[float, float], pixels: float) -> list[float]:
    if spec.get("tickvals") is not None:
        return list(spec["tickvals"])
    step = spec.get("dtick") or _step(spec, name, span, pixels)
    first = spec.get("tick0", 0.0)
    ranks = range(ceil((span[0] - first) / step - 1e-6), floor((span[1] - first) / step + 1e-6) + 1)
    return [round(first + rank * step, 9) for rank in ranks]


def _step(spec: ReadOnlySpec, name: str, span: tuple[float, float], pixels: float) -> float:
    """A round step with at most the requested number of ticks, or as many as fit."""
    many = spec.get("nticks") or min(max(pixels / ROOM[name[0]], 4), 9) + 1
    rough = (span[1] - span[0]) / many
    power = 10.0 ** floor(log10(rough))
    return next(step for step in ROUND if step * power >= rough * 0.999) * power


def _label(value: float, spec: ReadOnlySpec, separators: str) -> str:
    if spec.get("tickformat") == "d":
        return f"{value:.0f}"
    if spec.get("separatethousands"):
        plain = f"{value:,.9f}".rstrip("0").rstrip(".")
        return plain.translate({ord("."): separators[0], ord(","): separators[1:]})
    short = f"{value / 1000:g}k" if abs(value) >= THOUSANDS else f"{value:g}"
    return short.replace(".", separators[0])
