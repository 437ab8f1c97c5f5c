"""Where circles and marks stand on a map: in their own state, touching it, or off its shore; never in another one."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cache
from itertools import combinations, pairwise, product

import numpy as np
import numpy.typing as npt
import shapely

from dashboard.charts.ground import Basemap
from dashboard.charts.panels import ISLES, Panel
from dashboard.subjects.routes.figures.circles import Circle, Points

# Pixels: between two places that are tried, how far they are from a circle's wished place (at most, and at most where
# none of those is free), between two circles, and between an island and the circle that would cover it.
STEP = 3.0
REACHES = 60.0, 180.0
APART = 3.0
SHORE = 5.0
# How many pixels of way it is worth to leave another state uncovered: one that has a circle or a mark, and any other.
NEEDED = 60.0
USUAL = 8.0
# Places are looked at in turns, the nearest first: most circles have one among the first.
TURNS = (0, 8, 40, 160, 640, 10_000)

Flags = npt.NDArray[np.bool_]


@dataclass(frozen=True)
class CirclePlaces:
    """A map on which circles are to stand.

    Attributes:
        apart: pixels between two circles; shore: whether a circle stands beside an island that it would cover.
    """

    basemap: Basemap
    panel: Panel
    apart: float = APART
    shore: bool = True

    def placed(self, circles: Sequence[Circle], fixed: Sequence[Circle] = ()) -> list[Circle]:
        """The circles where they stand, the largest first: none covers another one, or one that is `fixed`.

        Args:
            circles: where they would rather stand, in pixels of the map.
        """
        found: dict[int, Circle] = {}
        for at in sorted(range(len(circles)), key=lambda at: -circles[at].radius):
            others = [one for one in (*circles, *fixed) if one is not circles[at]]
            found[at] = self._placed(circles[at], [*fixed, *found.values()], others)
        return [found[at] for at in range(len(circles))]

    def near(self, one: Circle) -> bool:
        """Whether a circle has its middle in its state or touches it, or is as near as the circles of islands are."""
        return bool(self._within(np.array([(one.x, one.y)]), one, SHORE)[0])

    def _placed(self, one: Circle, taken: Sequence[Circle], others: Sequence[Circle]) -> Circle:
        for reach in REACHES:
            places = np.array([one.x, one.y]) + _around(reach)
            places = places[self._free(places, one, taken)]
            cost = np.hypot(*(places - (one.x, one.y)).T) + self._covered(places, one, others)
            places = places[np.argsort(cost, kind="stable")]
            tried = product((self._off_shore, self._touching, self._allowed), _turns(places))
            for where, some in tried:
                (good,) = np.nonzero(where(some, one))
                if good.size:
                    x, y = some[good[0]]
                    return replace(one, x=float(x), y=float(y))
        return one

    def _free(self, places: Points, one: Circle, taken: Sequence[Circle]) -> Flags:
        """Which places leave a circle within the map and apart from others."""
        box, radius = self.panel.box, one.radius
        inner = (places >= radius) & (places <= np.array([box.width, box.height]) - radius)
        free: Flags = np.all(inner, axis=1, keepdims=True)[:, 0]
        for other in taken:
            free &= np.hypot(*(places - (other.x, other.y)).T) >= radius + other.radius + self.apart
        return free

    def _covered(self, places: Points, one: Circle, others: Sequence[Circle]) -> npt.NDArray[np.float64]:
        """What it costs that a circle covers the points of other states."""
        needed = {other.code: (other.x, other.y) for other in others}
        cost = np.zeros(len(places))
        reach = np.hypot(*(places - (one.x, one.y)).T).max(initial=0) + one.radius + APART
        for code in self.basemap.of_kind("state"):
            point = needed.get(code) or self.panel.pixels(self.basemap.points[code])
            if code != one.code and math.dist(point, (one.x, one.y)) < reach:
                far = np.hypot(*(places - point).T)
                cost += (NEEDED if code in needed else USUAL) * (far < one.radius + APART)
        return cost

    def _off_shore(self, places: Points, one: Circle) -> Flags:
        """Whether a circle stands beside an island that it would cover; no place is such for other circles."""
        size = max(self.basemap.main[one.code].extent.width, self.basemap.main[one.code].extent.height)
        if not self.shore or one.code not in ISLES or size / 2 >= one.radius * self.panel.scale:
            return np.zeros(len(places), dtype=np.bool_)
        beside = self._within(places, one, SHORE) & ~self._within(places, one, 0.0)
        return beside & self._allowed(places, one)

    def _touching(self, places: Points, one: Circle) -> Flags:
        """Whether a circle has its middle in its state, or beside the state and touches it."""
        return self._within(places, one, -1.0) & self._allowed(places, one)

    def _within(self, places: Points, one: Circle, more: float) -> Flags:
        far = (one.radius + more) * self.panel.scale
        within: Flags = shapely.dwithin(self.basemap.lands[one.code], shapely.points(self._kilometers(places)), far)
        return within

    def _allowed(self, places: Points, one: Circle) -> Flags:
        """Whether the middle of a circle is not in another land, nor in a disputed area."""
        x, y = self._kilometers(places).T
        allowed = np.ones(len(places), dtype=np.bool_)
        for code, land in self.basemap.lands.items():
            left, bottom, right, top = land.bounds
            if code != one.code and right > x.min() and left < x.max() and top > y.min() and bottom < y.max():
                allowed &= ~shapely.contains_xy(land, x, y)
        return allowed

    def _kilometers(self, places: Points) -> Points:
        window = self.panel.window
        return np.array([window.left, window.bottom]) + places * self.panel.scale


@cache
def _around(reach: float) -> Points:
    """Places around a point, the nearest first, in pixels from it."""
    steps = np.arange(-reach, reach + 1, STEP)
    places: Points = np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    far = np.hypot(*places.T)
    nearest: Points = places[np.argsort(far, kind="stable")]
    return nearest[np.sort(far, kind="stable") <= reach]


def _turns(places: Points) -> Iterator[Points]:
    """The places in turns, more in each."""
    for first, last in pairwise(TURNS):
        if first < len(places):
            yield places[first:last]


def spread(circles: Sequence[Circle], apart: float) -> list[Circle]:
    """The circles with each two neighbors moved out of each other's way, each by half of what it takes."""
    places = np.array([(one.x, one.y) for one in circles]).reshape(-1, 2)
    moved = places.copy()
    for (at, one), (to, other) in combinations(enumerate(circles), 2):
        way = places[at] - places[to]
        far = float(np.hypot(*way)) or 1.0
        push = max(one.radius + other.radius + apart - far, 0.0) / 2 * way / far
        moved[at] += push
        moved[to] -= push
    return [replace(one, x=float(x), y=float(y)) for one, (x, y) in zip(circles, moved, strict=True)]


def off_state(one: Circle, point: tuple[float, float]) -> bool:
    """Whether a circle is away from the point of its state (pixels), so that a line has to lead there."""
    return math.dist((one.x, one.y), point) > one.radius + 1
