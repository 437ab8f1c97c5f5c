"""A map as it stands on paper: without the empty strips that a screen has."""

from collections.abc import Iterable
from dataclasses import replace

from dashboard.briefing.axes import Point
from dashboard.briefing.shapes import Drawing, Line, Polygon, Shape, Text

# Pixels from the map to the notes, and of a line of words of one pixel.
GAP, LINE_HEIGHT = 12.0, 1.3


def fitted(drawn: Drawing) -> Drawing:
    """The same shapes on a sheet that begins with the first of them and ends with the notes."""
    notes = [shape for shape in drawn.shapes if isinstance(shape, Text) and shape.layer == "note"]
    shown = [shape for shape in drawn.shapes if shape not in notes]
    first, last = min(map(top, shown), default=0.0), max(map(bottom, shown), default=0.0)
    held: list[Shape] = [moved(shape, 0, -first) for shape in shown]
    level = last - first
    for note in notes:
        level += GAP + len(note.lines) * note.size * LINE_HEIGHT
        held.append(replace(note, at=(note.at[0], level)))
    return Drawing(drawn.width, level + 2, tuple(held))


def moved(shape: Shape, x: float, y: float) -> Shape:
    """A shape that many pixels further right and down."""

    def place(point: Point) -> Point:
        return point[0] + x, point[1] + y

    if isinstance(shape, Polygon):
        return replace(shape, rings=tuple(tuple(map(place, ring)) for ring in shape.rings))
    if isinstance(shape, Line):
        return replace(shape, parts=tuple(tuple(map(place, part)) for part in shape.parts))
    return replace(shape, at=place(shape.at))


def top(shape: Shape) -> float:
    """The upper edge of a shape."""
    return min(_levels(shape)) - _reach(shape)


def bottom(shape: Shape) -> float:
    """The lower edge of a shape."""
    return max(_levels(shape)) + _reach(shape)


def _levels(shape: Shape) -> Iterable[float]:
    if isinstance(shape, Polygon):
        return [y for ring in shape.rings for _, y in ring]
    if isinstance(shape, Line):
        return [y for part in shape.parts for _, y in part]
    return [shape.at[1]]


def _reach(shape: Shape) -> float:
    """How far it goes beyond its points."""
    if isinstance(shape, Text):
        return len(shape.lines) * shape.size * LINE_HEIGHT / 2
    return 1.0 if isinstance(shape, Polygon | Line) else shape.size / 2
