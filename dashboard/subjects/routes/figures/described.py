"""Routes that reports describe: a ledger of routes beside a map with an arrow for each, all equally wide.

The ledger says how often a route is described. An arrow bends by one fixed share of its length, so that there and back
are two arrows; it runs from a state to the next one, and the marks of a state are its places in these routes.
"""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
import shapely

from dashboard.charts.colors import COLORS
from dashboard.charts.ground import Basemap
from dashboard.charts.key import Item
from dashboard.charts.medium import Medium
from dashboard.charts.panels import Coordinates, Outline
from dashboard.charts.traces import HANDLES, Trace, area, marks
from dashboard.subjects.routes.figures import ledger
from dashboard.subjects.routes.figures.circles import (
    LINE,
    Bounds,
    Circle,
    Points,
    crossed,
    inside,
    meet,
    placed,
    widest,
)
from dashboard.subjects.routes.figures.ledger import LedgerBars
from dashboard.subjects.routes.figures.ledger_map import LedgerMap
from dashboard.subjects.routes.figures.lines import CountryLine, agreeing, of_routes
from dashboard.subjects.routes.figures.standing import Standing
from dashboard.words import terms
from data.i18n import Language

# Pixels: the width of an arrow, the length and the width of its head, the size of a mark and the step to the next one,
# and how long an arrow between neighbors is.
WIDE = 2.2
LONG = 11.0
BROAD = 9.0
MARK = 10.0
STEP = 11.0
SHORT = 16.0
# How far an arrow bends, as a share of its length; how many pixels farther the next one between the same states does;
# the share of an opaque color.
BOW = 0.13
FARTHER = 12.0
CLEAR = "d9"
# The roles of a state in a route, with the shapes of their marks.
SHAPES = {"origin": "triangle-up", "transit": "diamond", "destination": "square"}
# Where along its arrow a figure may stand, from the tail on, and how many pixels it keeps from others.
TAIL = (0.2, 0.28, 0.36, 0.45)
APART = 5.0
STEPS = 40
# Pixels between the points on the outlines that words keep clear of.
NEAR = 3.0


def described_map(
    rows: pl.DataFrame,
    basemap: Basemap,
    lang: Language,
    medium: Medium,
    *,
    chosen: Sequence[str] = (),
    both: Collection[tuple[str, str]] = (),
) -> dict[str, Any]:
    """A Plotly spec of routes.

    Args:
        rows: as in `dashboard.subjects.routes.query.arrows`, of stated evidence; the ledger has one line each.
        chosen: the selected states, which have a color of their own.
        both: the pairs that counted victims name as well.
    """
    every = agreeing(of_routes(rows, chosen, lang), both)
    between = [one for one in every if one.opens[1] != one.opens[2]]
    arrows = [one for one in between if {one.opens[1], one.opens[2]} <= basemap.points.keys()]
    ends = {str(code) for one in arrows for code in one.opens[1:3]}
    room = ledger.height(len(every), below=True)
    shown = [role for role in SHAPES if any(role in _ends(one) for one in arrows)]

    def items(other: Language) -> list[Item]:
        # Translators: of two states, in a list of described routes; victims by citizenship that a state counted.
        also = ledger.agreement_key(every, other.text("Also among the counted victims"))
        return [*(Item(terms.term(other, "role", role), marker=marker(role)) for role in shown), *also]

    plan = LedgerMap.arranged(room, ends | {*chosen}, basemap, lang, medium, items=items)
    return plan.spec([*DescribedParts(plan, every, arrows, chosen).traces()])


@dataclass(frozen=True)
class DescribedParts:
    """What the parts of one figure share; `arrows` are the lines with both ends on the map."""

    plan: LedgerMap
    every: Sequence[CountryLine]
    arrows: Sequence[CountryLine]
    chosen: Sequence[str]

    def traces(self) -> Iterator[Trace]:
        """All traces from the bottom up."""
        fills = dict.fromkeys(self.roles, COLORS.described) | dict.fromkeys(self.chosen, COLORS.chosen)
        yield from self.plan.lands(fills)
        yield from self._arrows()
        yield from self._marks()
        yield from self._labels()
        if self.plan.bars.width:
            yield from LedgerBars.fitting(self.every, self.plan.bars, self.plan.lang, below=True).traces()

    @cached_property
    def roles(self) -> dict[str, list[str]]:
        """The places of each state in these routes, in the order of `SHAPES`."""
        found: dict[str, set[str]] = {}
        for one in self.arrows:
            for code, role in zip(one.opens[1:3], _ends(one), strict=True):
                found.setdefault(str(code), set()).add(role)
        return {code: [role for role in SHAPES if role in roles] for code, roles in found.items()}

    @cached_property
    def ways(self) -> list[Points]:
        """Points on the middle of each arrow, from its tail to its head, in pixels; shape (n, 2)."""
        ends = [(str(one.opens[1]), str(one.opens[2])) for one in self.arrows]
        return [self._way(*pair, FARTHER * ends[:at].count(pair)) for at, pair in enumerate(ends)]

    @cached_property
    def edges(self) -> list[Points]:
        """Points on the outline of each arrow, so near to each other that no word fits between them."""
        outlines = [shapely.segmentize(shapely.LineString(_outline(way)), NEAR) for way in self.ways]
        return [shapely.get_coordinates(outline) for outline in outlines]

    @cached_property
    def places(self) -> dict[str, tuple[float, float]]:
        """The pixels of each state with marks or a name: neighbors are so far apart that an arrow fits between them."""
        named = [*self.roles, *(code for code in self.chosen if code not in self.roles)]
        wished = [Circle(code, *self.plan.pixels(code), self._room(code) + SHORT / 2) for code in named]
        return {one.code: (one.x, one.y) for one in Standing(self.plan.basemap, self.plan.panel).placed(wished)}

    def _way(self, start: str, end: str, farther: float) -> Points:
        (x, y), (to_x, to_y) = self.places[start], self.places[end]
        bow = BOW + farther / math.dist((x, y), (to_x, to_y))
        shares = np.linspace(0, 1, STEPS)[:, None]
        bend = np.array([(x + to_x) / 2 + 2 * bow * (y - to_y), (y + to_y) / 2 + 2 * bow * (to_x - x)])
        way: Points = (1 - shares) ** 2 * (x, y) + 2 * shares * (1 - shares) * bend + shares**2 * (to_x, to_y)
        tail, head = (
            np.hypot(*(way - (x, y)).T) - self._room(start),
            np.hypot(*(way - (to_x, to_y)).T) - self._room(end),
        )
        shown: Points = way[np.minimum(tail, head) > 0]
        return shown

    def _room(self, code: str) -> float:
        """How far arrows end from the place of a state in pixels."""
        return max(len(self.roles.get(code, [])), 1) * STEP / 2 + 2

    def _arrows(self) -> Iterator[Trace]:
        color = COLORS.arrows["stated"]
        places: list[tuple[float, float]] = []
        for layer, (one, way) in enumerate(zip(self.arrows, self.ways, strict=True)):
            corners = [self.plan.kilometers(float(x), float(y)) for x, y in _outline(way)]
            outline = Outline([round(x, 1) for x, _ in corners], [round(y, 1) for _, y in corners])
            name = "→".join(map(str, one.opens[1:3]))
            meta = {"layer": layer, "opens": [*one.opens]}
            yield area("", outline, color + CLEAR, line=(COLORS.surface, 0.6), hover=one.hover, name=name, meta=meta)
            places.append(self.plan.kilometers(*map(float, way[len(way) // 2])))
        if places:
            sizes = [16.0] * len(places)
            marks_ = ledger.handles(self.arrows, [x for x, _ in places], [y for _, y in places], sizes, "")
            yield marks_ | {"meta": HANDLES}

    def _marks(self) -> Iterator[Trace]:
        """The places of each state in these routes, side by side: a trace for each role."""
        for role in SHAPES:
            spots = [
                (code, (number - (len(roles) - 1) / 2) * STEP)
                for code, roles in self.roles.items()
                for number, one in enumerate(roles)
                if one == role
            ]
            places = [self._aside(code, right) for code, right in spots]
            x: Coordinates = [place[0] for place in places]
            y: Coordinates = [place[1] for place in places]
            words_of_role = terms.term(self.plan.lang, "role", role)
            hovers = [f"<b>{self.plan.lang.country(code)}</b><br>{words_of_role}" for code, _ in spots]
            if spots:
                yield marks(
                    "", x, y, marker(role), hovertext=hovers, customdata=[[code] for code, _ in spots], name=role
                )

    def _aside(self, code: str, right: float) -> tuple[float, float]:
        x, y = self.places[code]
        return self.plan.kilometers(x + right, y)

    def _labels(self) -> Iterator[Trace]:
        """The name of each state and the figure of each arrow, where there is room."""
        plan, box = self.plan, self.plan.panel.box
        often = sorted(self.places, key=lambda code: (code not in self.chosen, self.places[code]))
        circles = [Circle(code, *self.places[code], self._room(code) - 2) for code in often]
        widths = [
            [
                widest(lambda one, lang: lang.country(one), [code], bold=True),
                widest(lambda text, _: text, [code], bold=True),
            ]
            for code in often
        ]
        spots = placed(circles, widths, _together(self.edges), box.width, box.height)
        kept = [
            (plan.lang.country(code) if spot[0] == 0 else code, spot[1], widths[at][spot[0]])
            for at, (code, spot) in enumerate(zip(often, spots, strict=True))
            if spot
        ]
        taken = [_bounds(at.x, at.y, at.side, wide) for _, at, wide in kept]
        taken += [(one.x - one.radius, one.y - STEP / 2, one.x + one.radius, one.y + STEP / 2) for one in circles]
        yield plan.words([(f"<b>{name}</b>", at.side, at.x, at.y) for name, at, _ in kept])
        yield self._figures(taken)

    def _figures(self, taken: list[Bounds]) -> Trace:
        """The figure at the tail of each arrow, the largest first."""
        box, plan = self.plan.panel.box, self.plan
        found: list[tuple[str, str, float, float]] = []
        for number, (one, way) in enumerate(zip(self.arrows, self.ways, strict=True)):
            own, others = self.edges[number], _together([*self.edges[:number], *self.edges[number + 1 :]])
            wide = widest(CountryLine.figure, [one])
            for x, y in _beside(way, wide):
                bounds = left, low, right, high = _bounds(x, y, "center", wide)
                free = not any(meet(bounds, other) for other in taken) and not crossed(bounds, own)
                alone = not crossed((left - APART, low - APART, right + APART, high + APART), others)
                if free and alone and inside(bounds, box.width, box.height):
                    taken.append(bounds)
                    found.append((one.figure(plan.lang), "center", x, y))
                    break
        return plan.words(found)


def marker(role: str) -> dict[str, Any]:
    """The mark of a role."""
    line = {"width": 1, "color": COLORS.ink}
    return {"symbol": SHAPES[role], "size": MARK, "color": COLORS.roles[role], "opacity": 1, "line": line}


def _ends(one: CountryLine) -> tuple[str, str]:
    """The roles of the ends of a route or a leg."""
    leg = one.opens[3]
    return "transit" if leg == "from_transit" else "origin", "transit" if leg == "to_transit" else "destination"


def _beside(way: Points, wide: float) -> Iterator[tuple[float, float]]:
    """Places beside an arrow near its tail, in pixels."""
    for share in TAIL:
        at = int(share * (len(way) - 2))
        right, up = way[at + 1] - way[at]
        far = math.hypot(right, up) or 1.0
        off = abs(up) / far * wide / 2 + abs(right) / far * LINE / 2 + 3
        for side in (1, -1):
            x, y = way[at]
            yield float(x - side * up / far * off), float(y + side * right / far * off)


def _bounds(x: float, y: float, side: str, wide: float) -> Bounds:
    left = {"right": x, "left": x - wide, "center": x - wide / 2}[side]
    return left, y - LINE / 2, left + wide, y + LINE / 2


def _together(some: Sequence[Points]) -> Points:
    points: Points = np.concatenate([np.empty((0, 2)), *some])
    return points


def _outline(way: Points) -> Points:
    """The corners of an arrow along points, in pixels; its head is as long as there is room for."""
    steps = np.hypot(*np.diff(way, axis=0).T)
    length = min(LONG, float(steps.sum()) * 0.7)
    left = np.concatenate([np.cumsum(steps[::-1])[::-1], [0.0]])
    shaft = way[left >= length]
    shaft = shaft if len(shaft) > 1 else way[:2]
    ahead = np.gradient(shaft, axis=0)
    aside = np.column_stack([-ahead[:, 1], ahead[:, 0]]) / np.maximum(np.hypot(*ahead.T), 1e-9)[:, None]
    neck = aside[-1] * BROAD / 2
    side = aside * WIDE / 2
    outline: Points = np.concatenate(
        [shaft + side, [shaft[-1] + neck, way[-1], shaft[-1] - neck], (shaft - side)[::-1], [shaft[0] + side[0]]]
    )
    return outline
