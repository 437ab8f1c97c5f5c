"""The axes of a Plotly specification: their places on the sheet and their ticks, as Plotly computes them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from math import ceil, floor, log10
from typing import Any

import numpy as np
import shapely

Point = tuple[float, float]
ReadOnlySpec = Mapping[str, Any]
# Plotly's defaults: the font size, and the pixels from an axis to its labels and of a tick.
FONT_SIZE = 12.0
TICK_GAP = 4.0
TICK_LENGTH = 5.0
ROUND = (2.0, 5.0, 10.0)


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
        values = _tick_values(self.spec, (low, high))
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
        places, (left, top, right, bottom) = np.array(ring), self.box
        (first_x, first_y), (last_x, last_y) = places.min(axis=0), places.max(axis=0)
        if last_x <= left or first_x >= right or last_y <= top or first_y >= bottom:
            return
        shape = shapely.make_valid(shapely.polygons(places)) if len(set(ring)) > 2 else shapely.Polygon()  # noqa: PLR2004 - an area has three corners
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
    axes = {name: _axis(name, layout[_key(name)], width, layout["height"]) for name in names}
    for name in names:
        if other := axes[name].spec.get("scaleanchor"):
            axes[other], axes[name] = _equal(axes[other], axes[name])
    pairs = [*((trace.get("xaxis", "x"), trace.get("yaxis", "y")) for trace in data), *map(_anchored, axes.values())]
    return {(x, y): AxisPair(axes[x], axes[y]) for x, y in pairs}


def _key(name: str) -> str:
    return f"{name[0]}axis{name[1:]}"


def _anchored(axis: Axis) -> tuple[str, str]:
    other = axis.spec.get("anchor", ("y" if axis.name[0] == "x" else "x") + axis.name[1:])
    return (axis.name, other) if axis.name[0] == "x" else (other, axis.name)


def _axis(name: str, spec: ReadOnlySpec, width: float, height: float) -> Axis:
    low, high = map(float, spec["range"])
    first, last = spec.get("domain", (0, 1))
    if name[0] == "x":
        return Axis(name, spec, low, high, first * width, last * width)
    return Axis(name, spec, low, high, height - first * height, height - last * height)


def _equal(across: Axis, up: Axis) -> tuple[Axis, Axis]:
    """Axes with equal pixels per unit in both directions: the box shrinks toward its upper left corner."""
    wide, tall = abs(across.high - across.low), abs(up.high - up.low)
    pixel = min((across.end - across.start) / wide, (up.start - up.end) / tall)
    return (
        Axis(across.name, across.spec, across.low, across.high, across.start, across.start + wide * pixel),
        Axis(up.name, up.spec, up.low, up.high, up.end + tall * pixel, up.end),
    )


def _tick_values(spec: ReadOnlySpec, span: tuple[float, float]) -> list[float]:
    if "tickvals" in spec:
        return list(spec["tickvals"])
    step = spec.get("dtick") or _step(span, spec["nticks"])
    ranks = range(ceil(span[0] / step - 1e-6), floor(span[1] / step + 1e-6) + 1)
    return [round(rank * step, 9) for rank in ranks]


def _step(span: tuple[float, float], many: int) -> float:
    """A round step with at most so many ticks."""
    rough = (span[1] - span[0]) / many
    power = 10.0 ** floor(log10(rough))
    return next(step for step in ROUND if step * power >= rough * 0.999) * power


def _label(value: float, spec: ReadOnlySpec, separators: str) -> str:
    if spec.get("tickformat") == "d":
        return f"{value:.0f}"
    plain = f"{value:,.9f}".rstrip("0").rstrip(".")
    return plain.translate({ord("."): separators[0], ord(","): separators[1:]})
