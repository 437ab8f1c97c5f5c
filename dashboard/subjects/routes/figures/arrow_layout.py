"""The layout of the arrows of one panel: their widths, the markers and rings they keep clear of, how they bow."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import shapely

from dashboard.charts.medium import Medium
from dashboard.charts.panels import INSET_STATES, Coordinates, Outline, Panel
from dashboard.subjects.routes.figures import lanes
from dashboard.subjects.routes.figures.arrows import Arrow, drawn_on
from dashboard.subjects.routes.figures.ribbons import HEAD_WIDTH, RING_STEPS, Points, along, middle, ribbon, ring
from dashboard.subjects.routes.figures.widths import Widths

# From these scales on (kilometers per pixel) coordinates are rounded to whole kilometers, or to multiples of them: at
# most a tenth of a pixel off.
WHOLE, COARSE = 3.0, {8.0: 2, 18.0: 4}
# Arrows are clipped this share of a panel's width outside its frame, so that the cut is not visible.
BEYOND = 0.02
LEAST_HEAD = 8.5
# The width in pixels of the light edge on either side of an outline.
EDGE = 0.9
# The width in pixels of the line around a pale arrow, which has its color.
PALE_LINE = 0.8
# The least width in pixels of a pale arrow, whose two lines must look apart; and of the tail of others, which would
# look faint if it were thinner than its light edges.
HOLLOW, SLIM = 2.6, 1.8
# Heads are placed side by side around their end: on this angle of a circle, which grows by at most so many pixels (a
# head further off would seem to end at another mark); and the gap between two heads.
ARC, CROWD, BESIDE = np.pi, 2.0, 2.0
# Pixels from a place to what arrows leave free: the radius of its marker, or the hole of its ring, and a little more.
MARKER, SMALL, HOLE, FREE = 5.5, 3.0, 6.5, 1.5
REACH = 6000.0
# Heads end within this share of the way to the next mark, but outside of the dot (its radius in pixels) and its ring.
NEARER, DOT = 0.45, 4.5
# The cost of a pixel of another state's arrow on a ring.
RING = 1.0
# The least bow in pixels, so that a hop between neighbors can be seen; up to this distance of their rings it is a hop.
HOP, HOP_WIDTHS, NEIGHBORS = 32.0, 7.0, 46.0
# Legs of a route bow out further than a direct arrow between the same two states, so that both are visible.
INWARD = 0.6
BOWS = {"direct": 1.0, "to_transit": 1.35, "from_transit": 1.7}


@dataclass(frozen=True)
class ArrowLayout:
    """The layout of the arrows of one panel.

    Attributes:
        nodes: the places of their ends, in kilometers.
        widths: the widths of arrows and rings.
        rings: the figure of the ring around a state, by ISO3.
        outsiders: countries shown in the margins.
        sides: the bow of each arrow, set by `arranged`; crowds: pixels by which the circle around a crowded end grows.
    """

    panel: Panel
    nodes: Mapping[str, tuple[float, float]]
    widths: Widths
    medium: Medium
    rings: Mapping[str, float]
    states: frozenset[str]
    outsiders: frozenset[str]
    sides: Mapping[tuple[Any, ...], float] = field(default_factory=dict)
    crowds: Mapping[str, float] = field(default_factory=dict)

    def arranged(self, shown: Sequence[Arrow], obstacles: Sequence[lanes.Obstacle]) -> "ArrowLayout":
        """The layout in which these arrows keep clear of the obstacles (pixels) and of one another."""
        here = [one for one in shown if one.ends[0] != one.ends[1] and drawn_on(one, self.panel)]
        spaced = replace(self, crowds=self._crowds(here))
        returned = {one.ends[::-1] for one in here}
        runs = [spaced.run(one, returns=one.ends in returned) for one in here]
        window, scale = self.panel.window, self.panel.scale
        frame = (window.left / scale, window.bottom / scale, window.right / scale, window.top / scale)
        chosen = lanes.sides(runs, obstacles, frame)
        return replace(spaced, sides={arrow_id(one): side for one, side in zip(here, chosen, strict=True)})

    def run(self, one: Arrow, *, returns: bool) -> lanes.UnplacedArrow:
        """An arrow for `lanes.sides`, in pixels; if another arrow `returns`, it stays on its own side."""
        start, end, scale = *self.between(one), self.panel.scale
        default = self.default_side(one)
        way = np.sign(default)
        choices = {(False, False): lanes.SIDES, (False, True): lanes.HOPS, (True, False): lanes.APART}
        some = choices.get((returns, self.near(one)), lanes.HOPS_APART)
        gaps = self.gaps(one)
        return lanes.UnplacedArrow(
            one.ends,
            start / scale,
            end / scale,
            (gaps[0] / scale, gaps[1] / scale),
            self.wide(one) / scale,
            self.head(one),
            REACH / scale,
            self.hop(one) / scale,
            default,
            (default, *(float(way * side) for side in some)),
        )

    def _crowds(self, here: Iterable[Arrow]) -> dict[str, float]:
        """The pixels by which the circle around each end must grow so that all heads have room."""
        needed: dict[str, float] = {}
        for one in here:
            needed[one.ends[1]] = needed.get(one.ends[1], 0.0) + self.head(one) + BESIDE
        free = {code: self.gap(code) / self.panel.scale for code in needed}
        return {
            # The small marks of the map of the hemisphere are too close to others.
            code: 0.0 if self.small(code) else min(max(total / ARC - free[code] - BESIDE, 0.0), CROWD)
            for code, total in needed.items()
        }

    def head(self, one: Arrow) -> float:
        """The width of an arrow's head in pixels."""
        return max(LEAST_HEAD, HEAD_WIDTH * self.wide(one) / self.panel.scale)

    def between(self, one: Arrow) -> tuple[Points, Points]:
        """The places (km) of an arrow's two ends."""
        start, end = (np.array(self.nodes[code], dtype=np.float64) for code in one.ends)
        return start, end

    def gaps(self, one: Arrow) -> tuple[float, float]:
        """The radii (km) of the circles that an arrow leaves free at its start and at its end."""
        start, end = self.between(one)
        crowded = self.gap(one.ends[1]) + self.crowds.get(one.ends[1], 0.0) * self.panel.scale
        gaps = self.gap(one.ends[0]), min(crowded, self.within(one.ends[1]))
        return _fitting(gaps, float(np.hypot(*(end - start))))

    def within(self, code: str) -> float:
        """The radius (km) within which heads must end so that no other mark of the panel is nearer."""
        around = [self.nodes[other] for other in self.panel.labeled - {code} if other in self.nodes]
        if code not in self.panel.labeled or not around:
            return math.inf
        nearest = min(math.dist(self.nodes[code], other) for other in around)
        return max(NEARER * nearest, (max(DOT, self.ring(code)) + 0.5) * self.panel.scale)

    def opened_by(self, one: Arrow) -> str:
        """The state that a click on an arrow opens: its destination if that is one of the 35, else its origin."""
        return one.ends[1] if one.ends[1] in self.states else one.ends[0]

    def wide(self, one: Arrow) -> float:
        """The width of an arrow, in kilometers."""
        least = HOLLOW if self._pale(one) else 0.0
        return max(self.widths.pixels(one.figure), least) * self.panel.scale

    def hop(self, one: Arrow) -> float:
        """The least bow of an arrow, in kilometers: a wide one needs a longer way to show shaft and head."""
        return max(HOP * self.panel.scale, HOP_WIDTHS * self.wide(one))

    def gap(self, code: str) -> float:
        """The radius (km) of the circle around a place that arrows leave free: its marker and its ring."""
        radius = SMALL if self.small(code) else MARKER
        return (max(radius, self.ring(code)) + FREE) * self.panel.scale

    def small(self, code: str) -> bool:
        """Whether a place has only a small mark here: its own is on an enlargement."""
        return self.panel.main and code in INSET_STATES

    def ring(self, code: str) -> float:
        """The outer radius in pixels of the ring around a place's marker; 0 without a ring."""
        return HOLE + self.widths.pixels(self.rings[code]) if code in self.rings else 0.0

    def ring_obstacles(self) -> list[lanes.Obstacle]:
        """What other states' arrows keep clear of: the rings that are not so wide that all else must cross them."""
        found = []
        for code in (code for code, figure in self.rings.items() if not self.widths.covers(figure)):
            (x, y), radius = (value / self.panel.scale for value in self.nodes[code]), self.ring(code)
            box = (x - radius, y - radius, x + radius, y + radius)
            found.append(lanes.Obstacle(code, box, own=0.0, strange=RING))
        return found

    def outline(self, one: Arrow) -> Outline:
        """The polygon of an arrow or a ring, clipped to the panel; it may be empty."""
        start, end = self.between(one)
        edge = self._edge(one) * self.panel.scale
        if one.ends[0] == one.ends[1]:
            hole = HOLE * self.panel.scale - edge
            wide = self.wide(one) + 2 * edge
            # A large circle needs more corners to look round.
            steps = max(RING_STEPS, math.ceil((hole + wide) / self.panel.scale))
            return _outline(ring(start, wide, hole, steps), self.panel.scale)
        points = ribbon(
            start,
            end,
            self.wide(one),
            gaps=self.gaps(one),
            reach=REACH,
            side=self.side(one),
            least=self.hop(one),
            head=LEAST_HEAD * self.panel.scale,
            tail=(HOLLOW if self._pale(one) else SLIM) * self.panel.scale,
            edge=edge,
            pixel=self.panel.scale,
        )
        return _outline(self._clipped(points), self.panel.scale)

    def _edge(self, one: Arrow) -> float:
        """How many pixels an outline is moved outward, so that an arrow looks as wide as its figure says."""
        if one.row["questioned"] or self.sheer(one):
            return 0.0
        # Half of the line of a pale arrow lies outside its outline.
        return -PALE_LINE / 2 if one.masked else EDGE

    def _pale(self, one: Arrow) -> bool:
        """Whether an arrow between two places is masked, so that it is pale between two lines."""
        return one.masked and not one.row["questioned"] and one.ends[0] != one.ends[1]

    def near(self, one: Arrow) -> bool:
        """Whether an arrow is a hop between neighbors: little of the way between them is free of their rings."""
        start, end = self.between(one)
        return (float(np.hypot(*(end - start))) - sum(map(self.gap, one.ends))) / self.panel.scale < NEIGHBORS

    def sheer(self, one: Arrow) -> bool:
        """Whether an arrow is a ring so wide that its state must show through it."""
        return one.ends[0] == one.ends[1] and self.widths.covers(one.figure)

    def _clipped(self, points: Points) -> list[Points]:
        """The parts of a closed outline inside the panel: parts outside cost bytes and time."""
        window, beyond = self.panel.window, BEYOND * self.panel.window.width
        low, high = (window.left - beyond, window.bottom - beyond), (window.right + beyond, window.top + beyond)
        if (points >= low).all() and (points <= high).all():
            return [points]
        parts = shapely.get_parts(shapely.clip_by_rect(shapely.Polygon(points), *low, *high))
        return [shapely.get_coordinates(part) for part in parts if part.area > 0]

    def side(self, one: Arrow) -> float:
        """How far and to which side an arrow bows: as arranged, else by default."""
        return self.sides.get(arrow_id(one), self.default_side(one))

    def default_side(self, one: Arrow) -> float:
        """The bow of an arrow without neighbors: away from the names in the margin if it starts there."""
        start, end = (self.nodes[code] for code in one.ends)
        # Northward from the left margin, or southward from the right one, left is off the map.
        if one.ends[0] in self.outsiders and (end[1] - start[1]) * (end[0] - start[0]) > 0:
            return -INWARD
        return BOWS.get(str(one.row["leg"]), 1.0) * (INWARD if one.ends[1] in self.outsiders else 1.0)

    def handle(self, one: Arrow) -> tuple[float, float]:
        """The place (km) of the mark that answers for an arrow: the middle of its curve, or the edge of its ring."""
        start, end = self.between(one)
        if one.ends[0] == one.ends[1]:
            return float(start[0]), float(start[1] + self.wide(one) / 2 + HOLE * self.panel.scale)
        point = middle(start, end, REACH, self.side(one), self.hop(one))
        return float(point[0]), float(point[1])

    def along(self, one: Arrow, shares: Points) -> Points:
        """The points (km) of an arrow's curve at some shares of its way, shape (n, 2)."""
        start, end = self.between(one)
        return along(start, end, shares, reach=REACH, side=self.side(one), least=self.hop(one))


def arrow_id(one: Arrow) -> tuple[Any, ...]:
    """What identifies an arrow within a view."""
    return (*one.ends, one.row["leg"], one.row["transit"], one.row["questioned"])


def _fitting(gaps: tuple[float, float], distance: float) -> tuple[float, float]:
    """The gaps; neither reaches the other place, for the arrow bows out between the two."""
    return min(gaps[0], 0.8 * distance), min(gaps[1], 0.8 * distance)


def _outline(rings: Iterable[Points], scale: float) -> Outline:
    """The rings as lists, rounded to kilometers if those are a small part of a pixel, else to tenths."""
    grid = max((many for least, many in COARSE.items() if scale > least), default=1)
    x: Coordinates = []
    y: Coordinates = []
    for points in rings:
        gap: Coordinates = [None] if x else []
        rounded = (points / grid).round().astype(int) * grid if scale > WHOLE else points.round(1)
        x += gap + rounded[:, 0].tolist()
        y += gap + rounded[:, 1].tolist()
    return Outline(x, y)
