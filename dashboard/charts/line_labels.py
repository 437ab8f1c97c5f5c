"""Names beside the lines that they belong to, placed so that they cover nothing; up to four need no key."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from textwrap import wrap
from typing import NamedTuple

from dashboard.charts.drawing import Drawing
from dashboard.charts.medium import Medium
from dashboard.charts.series import REST, Row, Series
from dashboard.charts.time_plot import LETTER, Plot

# Up to so many lines need no key if each has its name beside it.
FEW = 4
# Pixels: the room for names right of a plot, the same in every chart so that their years stand in the same places; on a
# phone names are broken into more lines. The gap between a line's end and its name, and the height of a line of text.
ROOM = {False: 200.0, True: 104.0}
APART = {False: 18.0, True: 10.0}
LINE = 18.5
# The distance in pixels that names keep from marks and lines, and how far up and down they are moved, in half lines.
NEAR = 6.0
STEPS = 8
NUDGES = tuple(sorted(range(-STEPS, STEPS + 1), key=lambda step: (abs(step), step)))


class NamedLine(NamedTuple):
    """A line with its name and its rank among the looks; a name is empty where a line needs none."""

    series: Series
    name: str
    rank: int


class LabelBox(NamedTuple):
    """The place of a name, or what it must not cover: the left and right end, the middle, and half of the height."""

    left: float
    right: float
    middle: float
    half: float

    def meets(self, other: "LabelBox") -> bool:
        """Whether two boxes have a point in common; names keep four pixels apart."""
        beside = self.left - 4 < other.right and other.left < self.right + 4
        return beside and abs(self.middle - other.middle) < self.half + other.half


def room(names: Sequence[str], medium: Medium) -> float:
    """The room in pixels for names right of a plot."""
    return ROOM[medium.narrow] if any(names) else APART[medium.narrow]


def write(drawing: Drawing, plot: Plot, lines: Sequence[NamedLine]) -> set[str]:
    """Write the name of each line at its latest figure, moved up or down where something is in the way.

    Up to `FEW` names may also stand above or below an earlier figure of their line. Returns the names with a place.
    """
    narrow = drawing.board.medium.narrow
    letters = int((ROOM[narrow] - APART[narrow]) / LETTER)
    taken = [*_obstacles(drawing), *_years(plot)]
    few = sum(1 for line in lines if line.rank != REST) <= FEW
    placed: set[str] = set()
    known = [(line, line.series.last) for line in lines if line.name]
    # From the lowest up: names without room move up, where there is more. Gray lines come last.
    order = sorted(
        ((line, last) for line, last in known if last),
        key=lambda pair: (pair[0].rank == REST, -_level(plot, pair[1]), plot.x(pair[1]["year"]), pair[0].name),
    )
    for line, last in order:
        text = wrap(line.name, letters, break_long_words=False)
        place = _Place(drawing, plot, text, taken)
        found = place.at_end(last, NUDGES[:1] if line.rank == REST else NUDGES, line.rank)
        if found or (few and line.rank != REST and place.along(line.series)):
            placed.add(line.name)
    return placed


@dataclass(frozen=True)
class _Place:
    """Finds a place for the lines of a name among the boxes taken, and writes it there."""

    drawing: Drawing
    plot: Plot
    text: Sequence[str]
    taken: list[LabelBox]

    @property
    def wide(self) -> float:
        return max(map(len, self.text)) * LETTER

    @property
    def half(self) -> float:
        return len(self.text) * LINE / 2

    def at_end(self, last: Row, nudges: Sequence[int], rank: int) -> bool:
        """Write the name right of the latest figure, with a thin line to it if it is moved; whether there is room."""
        x, level, apart = self.plot.x(last["year"]), _level(self.plot, last), APART[self.drawing.board.medium.narrow]
        boxes = (LabelBox(x + apart, x + apart + self.wide, level + step * LINE / 2, self.half) for step in nudges)
        box = self._first(boxes, lambda box: box.left)
        if box and box.middle != level:
            self.drawing.line(self.drawing.board.paint(rank), [(x + apart / 2, level), (box.left, box.middle)])
        return box is not None

    def along(self, one: Series) -> bool:
        """Write the name above or below one of the figures, the latest with room; whether there is one."""
        known = [row for row in reversed(one.rows) if row["high"] is not None]
        spots = ((self.plot.x(row["year"]), self.plot.y(row["high"]), self.plot.y(row["low"])) for row in known)
        gap = self.half + NEAR + 1
        boxes = (
            LabelBox(x - self.wide / 2, x + self.wide / 2, middle, self.half)
            for x, top, bottom in spots
            for middle in (top - gap, bottom + gap)
        )
        return self._first(boxes, lambda box: (box.left + box.right) / 2, "center") is not None

    def _first(
        self, boxes: Iterator[LabelBox], at: Callable[[LabelBox], float], side: str = "right"
    ) -> LabelBox | None:
        """Write the name in the first box that is free and inside the figure."""
        box = next((box for box in boxes if self._inside(box) and not any(map(box.meets, self.taken))), None)
        if box:
            self.taken.append(box)
            self.drawing.write(at(box), box.middle, "<br>".join(self.text), side)
        return box

    def _inside(self, box: LabelBox) -> bool:
        low, high = self.plot.top - LINE + self.half, self.plot.y(0) + LINE / 2 - self.half
        return (
            low <= box.middle <= high and self.plot.left <= box.left and box.right <= self.drawing.board.medium.across
        )


def _level(plot: Plot, row: Row) -> float:
    """The y of the middle of a figure."""
    return plot.y((row["low"] + row["high"]) / 2)


def _obstacles(drawing: Drawing) -> Iterator[LabelBox]:
    """The marks, points along the lines, and the words that a drawing has."""
    for found in drawing.marks.values():
        yield from (LabelBox(x, x, y, NEAR) for ends, _ in found for x, y in ends)
    for points in drawing.strokes.values():
        yield from (LabelBox(x, x, y, NEAR) for x, y in _along(points))


def _years(plot: Plot) -> Iterator[LabelBox]:
    """The labels of the years below a plot."""
    half = 2 * LETTER
    yield from (
        LabelBox(plot.x(year) - half, plot.x(year) + half, plot.y(0) + 12, LINE / 2) for year in plot.year_ticks()
    )


def _along(points: Sequence[tuple[float, float] | None]) -> Iterator[tuple[float, float]]:
    """Points on lines, at most eight pixels apart."""
    for start, end in pairwise(points):
        if start and end:
            length = max(abs(b - a) for a, b in zip(start, end, strict=True))
            many = int(length / 8) + 1
            for part in range(1, many):
                x, y = (a + (b - a) * part / many for a, b in zip(start, end, strict=True))
                yield x, y
