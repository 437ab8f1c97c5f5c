"""Where the arrows of one panel run: how wide, around which markers and rings, to which side they bow."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

import numpy as np
import shapely

from dashboard.charts.look import Palette
from dashboard.charts.panels import INSET_STATES, Coordinates, Outline, Panel
from dashboard.subjects.routes.figures import lanes
from dashboard.subjects.routes.figures.arrows import Arrow, drawn_on
from dashboard.subjects.routes.figures.ribbons import HEAD_WIDTH, Points, middle, ribbon, ring, width

# Pixels: the widest ribbon, the thinnest, and the radius of the circle in which an arrow begins or ends.
WIDEST = {False: 12.0, True: 9.0}
# Kilometers in a pixel from which on coordinates are whole, and multiples of so many: at most a tenth of a pixel off.
WHOLE, COARSE = 3.0, {8.0: 2, 18.0: 4}
# The share of a panel's width that an arrow goes on beyond its frame, so that the end of its outline is not seen.
BEYOND = 0.02
LEAST, LEAST_HEAD = 3.0, 9.5
# Pixels of the light edge on either side of an outline.
EDGE = 0.9
# Heads stand side by side around the place where they end: on this much of a circle, which grows by so much at most.
ARC, CROWD, BESIDE = np.pi, 13.0, 2.0
MARKER, SMALL = 6.0, 3.5
RING_GAP = 3.0
REACH = 6000.0
# Legs of a route between the same two states as another arrow bow out further, so that both are seen.
INWARD = 0.6
LANES = {"direct": 1.0, "to_transit": 1.35, "from_transit": 1.7}


@dataclass(frozen=True)
class Canvas:
    """What all arrows of one panel share; `nodes` are the places of their ends, in kilometers.

    `led` gives the side to which each arrow bows, and by how many pixels the circle is wider on which many end.
    """

    panel: Panel
    nodes: Mapping[str, tuple[float, float]]
    largest: float
    palette: Palette
    narrow: bool
    rings: Mapping[str, float]
    states: frozenset[str]
    outsiders: frozenset[str]
    sides: Mapping[tuple[Any, ...], float] = field(default_factory=dict)
    crowds: Mapping[str, float] = field(default_factory=dict)

    def led(self, shown: Sequence[Arrow], marks: Sequence[lanes.Mark]) -> "Canvas":
        """The canvas on which these arrows keep clear of the marks (pixels) and of one another."""
        here = [one for one in shown if one.ends[0] != one.ends[1] and drawn_on(one, self.panel)]
        crowded = replace(self, crowds=self._crowds(here))
        returned = {one.ends[::-1] for one in here}
        runs = [crowded.run(one, returns=one.ends in returned) for one in here]
        window, scale = self.panel.window, self.panel.scale
        frame = (window.left / scale, window.bottom / scale, window.right / scale, window.top / scale)
        chosen = lanes.sides(runs, marks, frame)
        return replace(crowded, sides={name(one): side for one, side in zip(here, chosen, strict=True)})

    def run(self, one: Arrow, *, returns: bool) -> lanes.Run:
        """An arrow that looks for its way, in pixels; where another `returns` it stays on its own side."""
        start, end, scale = *self.between(one), self.panel.scale
        wished = self.wished(one)
        way = np.sign(wished)
        some = lanes.APART if returns else lanes.SIDES
        gaps = self.gaps(one)
        return lanes.Run(
            one.ends,
            start / scale,
            end / scale,
            (gaps[0] / scale, gaps[1] / scale),
            self.wide(one) / scale,
            self.head(one),
            REACH / scale,
            wished,
            (wished, *(float(way * side) for side in some)),
        )

    def _crowds(self, here: Iterable[Arrow]) -> dict[str, float]:
        """The pixels that the circle of each place must grow for the heads on it to have room."""
        needed: dict[str, float] = {}
        for one in here:
            needed[one.ends[1]] = needed.get(one.ends[1], 0.0) + self.head(one) + BESIDE
        free = {code: self.gap(code) / self.panel.scale for code in needed}
        return {code: min(max(total / ARC - free[code] - BESIDE, 0.0), CROWD) for code, total in needed.items()}

    def head(self, one: Arrow) -> float:
        """The width of an arrow's head in pixels."""
        return max(LEAST_HEAD, HEAD_WIDTH * self.wide(one) / self.panel.scale)

    def between(self, one: Arrow) -> tuple[Points, Points]:
        """The places (km) of its two ends."""
        start, end = (np.array(self.nodes[code], dtype=np.float64) for code in one.ends)
        return start, end

    def gaps(self, one: Arrow) -> tuple[float, float]:
        """The radii (km) of the circles that an arrow leaves free at its start and at its end."""
        start, end = self.between(one)
        crowd = self.crowds.get(one.ends[1], 0.0) * self.panel.scale
        return _fitting((self.gap(one.ends[0]), self.gap(one.ends[1]) + crowd), float(np.hypot(*(end - start))))

    def answering(self, one: Arrow) -> str:
        """The state that a click on an arrow opens: its destination, whose record it is, if that is one of the 35."""
        return one.ends[1] if one.ends[1] in self.states else one.ends[0]

    def wide(self, one: Arrow) -> float:
        """The width of an arrow, in kilometers."""
        return width(one.figure, self.largest, WIDEST[self.narrow], LEAST) * self.panel.scale

    def gap(self, code: str) -> float:
        """The radius (km) of the circle around a place in which no arrow runs: its marker and its ring."""
        radius = SMALL if self.panel.main and code in INSET_STATES else MARKER
        return (radius + self.ring(code) + 1.5) * self.panel.scale

    def ring(self, code: str) -> float:
        """Pixels that a place's ring takes around its marker; 0 without one."""
        if code not in self.rings:
            return 0.0
        return width(self.rings[code], self.largest, WIDEST[self.narrow], LEAST) + RING_GAP

    def outline(self, one: Arrow) -> Outline:
        """The polygon of an arrow or a ring, as far as the panel shows it; empty where it shows nothing of it."""
        start, end = self.between(one)
        # Open and pale arrows have a line of their own color, which takes nothing away.
        edge = 0.0 if one.masked or one.row["questioned"] else EDGE * self.panel.scale
        if one.ends[0] == one.ends[1]:
            hole = (MARKER + RING_GAP) * self.panel.scale - edge
            return _outline(ring(start, self.wide(one) + 2 * edge, hole), self.panel.scale)
        points = ribbon(
            start,
            end,
            self.wide(one),
            gaps=self.gaps(one),
            reach=REACH,
            side=self.side(one),
            head=LEAST_HEAD * self.panel.scale,
            edge=edge,
            pixel=self.panel.scale,
        )
        return _outline(self._seen(points), self.panel.scale)

    def _seen(self, points: Points) -> list[Points]:
        """The parts of a closed outline inside the panel: what leaves an enlargement costs bytes and time."""
        window, beyond = self.panel.window, BEYOND * self.panel.window.width
        low, high = (window.left - beyond, window.bottom - beyond), (window.right + beyond, window.top + beyond)
        if (points >= low).all() and (points <= high).all():
            return [points]
        parts = shapely.get_parts(shapely.clip_by_rect(shapely.Polygon(points), *low, *high))
        return [shapely.get_coordinates(part) for part in parts if part.area > 0]

    def side(self, one: Arrow) -> float:
        """How far and to which side an arrow bows: as it was led, else as it would alone."""
        return self.sides.get(name(one), self.wished(one))

    def wished(self, one: Arrow) -> float:
        """How an arrow bows that is alone: away from the names when it comes from the map's edge."""
        start, end = (self.nodes[code] for code in one.ends)
        # From the left edge northwards and from the right edge southwards, the left hand points off the map.
        if one.ends[0] in self.outsiders and (end[1] - start[1]) * (end[0] - start[0]) > 0:
            return -INWARD
        return LANES.get(str(one.row["leg"]), 1.0)

    def handle(self, one: Arrow) -> tuple[float, float]:
        """Where an arrow is pointed at (km): the middle of its curve, or the edge of its ring."""
        start, end = self.between(one)
        if one.ends[0] == one.ends[1]:
            return float(start[0]), float(start[1] + self.wide(one) / 2 + (MARKER + RING_GAP) * self.panel.scale)
        point = middle(start, end, REACH, self.side(one))
        return float(point[0]), float(point[1])


def name(one: Arrow) -> tuple[Any, ...]:
    """What tells an arrow from all others of a view."""
    return (*one.ends, one.row["leg"], one.row["transit"], one.row["questioned"])


def _fitting(gaps: tuple[float, float], distance: float) -> tuple[float, float]:
    """The gaps, smaller where two places are so close that nothing would be left between them."""
    share = min(1.0, 0.6 * distance / sum(gaps))
    return gaps[0] * share, gaps[1] * share


def _outline(rings: Iterable[Points], scale: float) -> Outline:
    """The rings as lists, rounded to one or a few kilometers where those are a small part of a pixel, or to tenths."""
    grid = max((many for least, many in COARSE.items() if scale > least), default=1)
    x: Coordinates = []
    y: Coordinates = []
    for points in rings:
        gap: Coordinates = [None] if x else []
        rounded = (points / grid).round().astype(int) * grid if scale > WHOLE else points.round(1)
        x += gap + rounded[:, 0].tolist()
        y += gap + rounded[:, 1].tolist()
    return Outline(x, y)
