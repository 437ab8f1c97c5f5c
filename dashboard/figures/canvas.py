"""Where the arrows of one panel run: how wide, around which markers and rings, to which side they bow."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
import shapely

from dashboard.figures.arrows import Arrow
from dashboard.figures.palette import Palette
from dashboard.figures.panels import Panel
from dashboard.figures.ribbons import Points, middle, ribbon, ring, width
from dashboard.figures.windows import INSET_STATES, Coordinates, Outline

# Pixels: the widest ribbon, the thinnest, and the radius of the circle in which an arrow begins or ends.
WIDEST = {False: 15.0, True: 11.0}
# Kilometres in a pixel from which on coordinates need no fractions: half a kilometre is then a sixth of a pixel.
WHOLE = 3.0
# The share of a panel's width that an arrow goes on beyond its frame, so that the end of its outline is not seen.
BEYOND = 0.02
LEAST, LEAST_HEAD = 3.0, 9.0
MARKER, SMALL = 6.0, 3.5
RING_GAP = 3.0
REACH = 6000.0
# Legs of a route between the same two states as another arrow bow out further, so that both are seen.
INWARD = 0.6
LANES = {"direct": 1.0, "to_transit": 1.35, "from_transit": 1.7}


@dataclass(frozen=True)
class Canvas:
    """What all arrows of one panel share; `nodes` are the places of their ends, in kilometres."""

    panel: Panel
    nodes: Mapping[str, tuple[float, float]]
    largest: float
    palette: Palette
    narrow: bool
    rings: Mapping[str, float]
    states: frozenset[str]
    outsiders: frozenset[str]

    def answering(self, one: Arrow) -> str:
        """The state that a click on an arrow opens: its destination, whose record it is, if that is one of the 35."""
        return one.ends[1] if one.ends[1] in self.states else one.ends[0]

    def wide(self, one: Arrow) -> float:
        """The width of an arrow, in kilometres."""
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
        start, end = (np.array(self.nodes[code], dtype=np.float64) for code in one.ends)
        if one.ends[0] == one.ends[1]:
            return _outline(ring(start, self.wide(one), (MARKER + RING_GAP) * self.panel.scale), self.panel.scale)
        head = LEAST_HEAD * self.panel.scale
        gaps = _fitting((self.gap(one.ends[0]), self.gap(one.ends[1])), float(np.hypot(*(end - start))))
        points = ribbon(
            start,
            end,
            self.wide(one),
            gaps=gaps,
            reach=REACH,
            side=self.side(one),
            head=head,
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
        """How far and to which side an arrow bows: away from the names when it comes from the map's edge."""
        start, end = (self.nodes[code] for code in one.ends)
        # From the left edge northwards and from the right edge southwards, the left hand points off the map.
        if one.ends[0] in self.outsiders and (end[1] - start[1]) * (end[0] - start[0]) > 0:
            return -INWARD
        return LANES.get(str(one.row["leg"]), 1.0)

    def handle(self, one: Arrow) -> tuple[float, float]:
        """Where an arrow is pointed at (km): the middle of its curve, or the edge of its ring."""
        start, end = (np.array(self.nodes[code], dtype=np.float64) for code in one.ends)
        if one.ends[0] == one.ends[1]:
            return float(start[0]), float(start[1] + self.wide(one) / 2 + (MARKER + RING_GAP) * self.panel.scale)
        point = middle(start, end, REACH, self.side(one))
        return float(point[0]), float(point[1])


def _fitting(gaps: tuple[float, float], distance: float) -> tuple[float, float]:
    """The gaps, smaller where two places are so close that nothing would be left between them."""
    share = min(1.0, 0.6 * distance / sum(gaps))
    return gaps[0] * share, gaps[1] * share


def _outline(rings: Iterable[Points], scale: float) -> Outline:
    """The rings as lists, rounded to whole kilometres where those are a small part of a pixel, else to tenths."""
    whole = scale > WHOLE
    x: Coordinates = []
    y: Coordinates = []
    for points in rings:
        gap: Coordinates = [None] if x else []
        rounded = points.round().astype(int) if whole else points.round(1)
        x += gap + rounded[:, 0].tolist()
        y += gap + rounded[:, 1].tolist()
    return Outline(x, y)
