"""Routes that reports describe: columns with all of them beside a map with arrows, all equally wide.

An arrow bends by a fixed share of its length, so that there and back are two arrows; it runs from the dot of a state to
that of the next one. It touches no other state, as if the route led through it: it bends to the other side, or not.
Routes without such an arrow, and those from or to countries outside the region, are in the columns alone, which print
every figure.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
import shapely

from dashboard.charts.colors import COLORS
from dashboard.charts.ground import Basemap
from dashboard.charts.key import Item
from dashboard.charts.medium import Medium
from dashboard.charts.panels import Outline, Point
from dashboard.charts.traces import HANDLES, Trace, area, marks, xy
from dashboard.subjects.routes.figures import ledger
from dashboard.subjects.routes.figures.circles import (
    LETTERS,
    LINE,
    Bounds,
    Circle,
    Points,
    crossed,
    inside,
    meet,
    placed,
    widest,
    word_box,
)
from dashboard.subjects.routes.figures.columns import (
    BROAD,
    HOLLOW,
    IN_KEY,
    LONG,
    WIDE,
    RouteColumns,
    RoutePath,
    titles,
)
from dashboard.subjects.routes.figures.ledger_map import LedgerMap
from dashboard.subjects.routes.figures.lines import CountryLine, WordOf, agreeing, of_routes
from dashboard.subjects.routes.figures.places import CirclePlaces, spread
from data.i18n import Language

# Pixels: the size of a dot, how far from its middle arrows end, and how long an arrow between neighbors is.
DOT = 7.0
ROOM = 6.5
SHORT = 16.0
FIRST_LONG = 26.0
# How far an arrow bends, as a share of its length, and what is tried where another state is in its way; how far arrows
# keep from the dots of other states; which share of an arrow another one may cover; the share of an opaque color.
BOWS = (0.13, -0.13, 0.0)
CLEAR_DOT = 6.0
COVERED = 0.7
CLEAR = "d9"
# The share of the width that the columns take beside a map, and on stage, where letters are large.
SHARE = 0.5
ON_STAGE = 0.58
# Where along its arrow a figure may stand, from the tail on, how many pixels it keeps from others, and how far it is
# from the tail at most where there is no such place.
TAIL = (0.2, 0.28, 0.36, 0.45)
APART = 5.0
AROUND = 30.0
STEPS = 40
# How far a figure keeps at the sides from the dots of other states.
CLEAR_OF = 16.0
# How many pixels farther from its state than usual a name may be.
ASIDES = (0.0, 12.0, 24.0)
# Pixels between the points on the outlines that words keep clear of.
NEAR = 3.0
# How much wider a name is in the letters of a slide, which are Arial.
ARIAL = 1.12


def described_map(
    rows: pl.DataFrame,
    basemap: Basemap,
    lang: Language,
    medium: Medium,
    *,
    chosen: Sequence[str] = (),
    both: Collection[tuple[str, str]] = (),
    paths: Collection[RoutePath] = (),
) -> dict[str, Any]:
    """A Plotly spec of routes.

    Args:
        rows: as in `dashboard.subjects.routes.query.arrows`, of stated evidence; each has an arrow in the columns.
        chosen: the selected states, which have a color of their own.
        both: the pairs that counted victims name as well.
        paths: as in `dashboard.subjects.routes.query.paths`.
    """
    every = agreeing(of_routes(rows, chosen, lang), both)
    inside = [one for one in every if one.opens[1] != one.opens[2] and {*one.opens[1:3]} <= basemap.points.keys()]
    arrows = _merged(_joined([one for one in inside if drawable(basemap, *_ends(one))], chosen))
    ends = {str(code) for one in arrows for code in one.opens[1:3]}
    below = medium.narrow or medium.half
    share = ON_STAGE if medium.staged else SHARE
    width = medium.across * (1 if below else share)
    columns = RouteColumns(every, width, lang, titles, paths, chosen=chosen, narrow=medium.narrow)
    plan = LedgerMap.arranged(
        columns.height,
        ends | {*chosen},
        basemap,
        lang,
        medium,
        items=lambda other: [*(_unmapped_key(other) if arrows and not medium.slide else []), *also(every, other)],
        share=share,
        below=below,
        mapless=None if arrows else _crossing if inside else _outside,
    )
    parts = DescribedParts(plan, columns, arrows, chosen)
    drawn = {_ends(one) for one in parts.arrows}
    unmapped = {(*one.opens,) for one in every if arrows and _ends(one) not in drawn}
    if not unmapped:
        plan = replace(plan, items=also(every, lang))
    return plan.spec([*replace(parts, columns=replace(columns, unmapped=unmapped)).traces()])


def _outside(lang: Language) -> str:
    """Why a map has no arrow to show."""
    return lang.text("None of these routes is between two countries of the region.")


def _crossing(lang: Language) -> str:
    """The same of routes in the region."""
    return lang.text("On a map each arrow would cross a state that its route does not name.")


def _joined(arrows: Sequence[CountryLine], chosen: Sequence[str]) -> list[CountryLine]:
    """The lines that a chosen state is at, and the legs that go on from there: no arrow stands alone."""
    own = {str(code) for one in arrows for code in one.opens[1:3] if {*chosen} & {*one.opens[1:3]}}
    return [one for one in arrows if not chosen or own & {*one.opens[1:3]}]


def _ends(one: CountryLine) -> tuple[str, str]:
    """Where a route, or a leg of one, begins and ends."""
    return str(one.opens[1]), str(one.opens[2])


def _merged(arrows: Sequence[CountryLine]) -> list[CountryLine]:
    """One line for all with the same ends: direct routes and legs have one arrow, and their figures stand together."""
    by_ends: dict[tuple[str, str], list[CountryLine]] = {}
    for one in arrows:
        by_ends.setdefault(_ends(one), []).append(one)
    return [_one_of(some) for some in by_ends.values()]


def _one_of(some: Sequence[CountryLine]) -> CountryLine:
    hover = "<br><br>".join(one.hover for one in some)
    return replace(some[0], text=lambda lang: " + ".join(one.figure(lang) for one in some), hover=hover)


def drawable(basemap: Basemap, start: str, end: str) -> bool:
    """Whether an arrow between two states can keep clear of all others."""
    ends = basemap.points[start], basemap.points[end]
    return any(not _crosses(basemap, _bowed(*ends, bow), start, end) for bow in BOWS)


def _crosses(basemap: Basemap, way: Points, start: str, end: str) -> bool:
    """Whether a way, in kilometers, runs over a state other than its ends."""
    line = shapely.LineString(way)
    return any(basemap.lands[code].intersects(line) for code in basemap.of_kind("state") if code not in (start, end))


def _bowed(start: Point, end: Point, bow: float) -> Points:
    """Points on a way that bends by a share of its length; shape (n, 2)."""
    (x, y), (to_x, to_y) = start, end
    shares = np.linspace(0, 1, STEPS)[:, None]
    bend = np.array([(x + to_x) / 2 + 2 * bow * (y - to_y), (y + to_y) / 2 + 2 * bow * (to_x - x)])
    way: Points = (1 - shares) ** 2 * (x, y) + 2 * shares * (1 - shares) * bend + shares**2 * (to_x, to_y)
    return way


def also(every: Sequence[CountryLine], lang: Language) -> list[Item]:
    """What the mark of lines says."""
    # Translators: of two states, in a list of described routes; victims by citizenship that a state counted.
    return ledger.agreement_key(every, lang.text("Also among the counted victims"))


def _unmapped_key(lang: Language) -> list[Item]:
    """What a hollow arrow in the columns says."""
    # Translators: the key of a hollow arrow in a list of routes: the map beside the list has no arrow for it.
    text = lang.text("Not on the map")
    return [Item(text, COLORS.surface, (COLORS.arrows["stated"], 2 * HOLLOW), shape=IN_KEY)]


@dataclass(frozen=True)
class DescribedParts:
    """What the parts of one figure share; `mapped` are the lines with both ends on the map."""

    plan: LedgerMap
    columns: RouteColumns
    mapped: Sequence[CountryLine]
    chosen: Sequence[str]

    def traces(self) -> Iterator[Trace]:
        """All traces from the bottom up."""
        if not self.plan.mapless:
            fills = dict.fromkeys(self.places, COLORS.described) | dict.fromkeys(self.chosen, COLORS.chosen)
            yield from self.plan.lands(fills)
            yield from self._arrows()
            yield self._dots()
            yield from self._labels()
        if self.plan.bars.width:
            yield from self.columns.traces(self.plan.bars)

    @cached_property
    def found(self) -> list[tuple[CountryLine, Points]]:
        """The lines that are arrows, with points on their middle from tail to head, in pixels; shape (n, 2).

        There is none where each bow would touch another state or its dot, or lie on an arrow before it.
        """
        found: list[tuple[CountryLine, Points]] = []
        before: list[shapely.Geometry] = []
        for one in self.mapped:
            way = self._clear_way(*_ends(one), before)
            if len(way):
                found.append((one, way))
                before.append(_shape(way))
        return found

    @property
    def arrows(self) -> list[CountryLine]:
        """The lines that are drawn as arrows."""
        return [one for one, _ in self.found]

    @property
    def ways(self) -> list[Points]:
        """Points on the middle of each arrow."""
        return [way for _, way in self.found]

    @cached_property
    def edges(self) -> list[Points]:
        """Points on the outline of each arrow, so near to each other that no word fits between them."""
        outlines = [shapely.segmentize(shapely.LineString(_outline(way)), NEAR) for way in self.ways]
        return [shapely.get_coordinates(outline) for outline in outlines]

    @cached_property
    def places(self) -> dict[str, tuple[float, float]]:
        """The pixels of the dot of each state: neighbors are so far apart that an arrow fits between them."""
        shown = dict.fromkeys([*(str(code) for one in self.mapped for code in one.opens[1:3]), *self.chosen])
        first = {str(code) for one in self.mapped[:1] for code in one.opens[1:3]}
        rooms = {code: ROOM + (FIRST_LONG - SHORT) / 2 * (code in first) for code in shown}
        wished = [Circle(code, *self.plan.pixels(code), rooms[code]) for code in shown]
        map_ = CirclePlaces(self.plan.basemap, self.plan.panel, SHORT, shore=False)
        return {one.code: (one.x, one.y) for one in map_.placed(spread(wished, SHORT))}

    @cached_property
    def dots(self) -> list[Circle]:
        """The dot of each state, in pixels."""
        return [Circle(code, *place, DOT / 2) for code, place in self.places.items()]

    def _clear_way(self, start: str, end: str, before: Sequence[shapely.Geometry]) -> Points:
        """The way of an arrow with the first bow that is clear of other states and their dots; empty without one."""
        around = [shapely.Point(one.x, one.y).buffer(CLEAR_DOT) for one in self.dots if one.code not in (start, end)]
        others = shapely.union_all(around)
        for bow in BOWS:
            way = self._way(start, end, bow)
            shape = _shape(way)
            hidden = (one.intersection(shape).area > COVERED * min(one.area, shape.area) for one in before)
            on_ground = np.array([self.plan.kilometers(float(x), float(y)) for x, y in way])
            over = _crosses(self.plan.basemap, on_ground, start, end)
            if not over and not shape.intersects(others) and not any(hidden):
                return way
        return np.empty((0, 2))

    def _way(self, start: str, end: str, bow: float) -> Points:
        ends = self.places[start], self.places[end]
        way = _bowed(*ends, bow)
        tail, head = (np.hypot(*(way - end).T) for end in ends)
        shown: Points = way[np.minimum(tail, head) > ROOM]
        return shown

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
            yield ledger.handles(self.arrows, places, [16.0] * len(places), "") | {"meta": HANDLES}

    def _dots(self) -> Trace:
        """A dot in each state, or beside an island."""
        places = xy(self.plan.kilometers(*place) for place in self.places.values())
        marker = {"symbol": "circle", "size": DOT, "color": COLORS.ink, "opacity": 1, "line": {"width": 0}}
        hovers = [f"<b>{self.plan.lang.country(code)}</b>" for code in self.places]
        return marks("", *places, marker, hovertext=hovers, customdata=[[code] for code in self.places])

    def _labels(self) -> Iterator[Trace]:
        """The name of each state and the figure of each arrow, where there is room; the largest figures come first."""
        # First the largest figure and where its arrow leads, and the chosen state, which is among all arrows.
        main = {*self.chosen, *(code for one in self.arrows[:1] for code in one.opens[1:3])}
        taken = [(one.x - one.radius, one.y - one.radius, one.x + one.radius, one.y + one.radius) for one in self.dots]
        figures = self._figures(range(len(self.arrows[:1])), taken)
        names = self._names([code for code in self.places if code in main], taken)
        names += self._names([code for code in self.places if code not in main], taken)
        figures |= self._figures(range(1, len(self.arrows)), taken)
        yield self.plan.words(names)
        yield self.plan.words([(self.arrows[at].figure(self.plan.lang), "center", *figures[at]) for at in figures])

    def _names(self, codes: Sequence[str], taken: list[Bounds]) -> list[tuple[str, str, float, float]]:
        """The names of states where there is room, else their codes; `taken` gets their boxes."""
        box, lang = self.plan.panel.box, self.plan.lang
        circles = [one for code in codes for one in self.dots if one.code == code]
        texts = [_name_and_code(code) for code in codes]
        wider = ARIAL if self.plan.sheet.medium.slide else 1.0
        widths = [[wider * widest(lambda text, lang: text(lang), [text], bold=True) for text in some] for some in texts]
        others = [self._others(code) for code in codes]
        spots = placed(circles, widths, _together(self.edges), box.width, box.height, taken, others, ASIDES, self.dots)
        found: list[tuple[str, str, float, float]] = []
        for some, wide, spot in zip(texts, widths, spots, strict=True):
            if spot:
                which, at = spot
                taken.append(word_box(at.x, at.y, at.side, wide[which]))
                found.append((f"<b>{some[which](lang)}</b>", at.side, at.x, at.y))
        return found

    def _others(self, code: str) -> Points:
        """Points on the arrows that do not concern a state."""
        pairs = zip(self.arrows, self.edges, strict=True)
        return _together([edge for one, edge in pairs if code not in one.opens[1:3]])

    def _figures(self, some: Iterable[int], taken: list[Bounds]) -> dict[int, tuple[float, float]]:
        """Where the figures of some arrows stand, by their numbers, near their tails; `taken` gets their boxes."""
        found: dict[int, tuple[float, float]] = {}
        for number in some:
            wide = widest(CountryLine.figure, [self.arrows[number]])
            for x, y in self._spots(number, wide, taken):
                taken.append(word_box(x, y, "center", wide))
                found[number] = x, y
                break
        return found

    def _spots(self, number: int, wide: float, taken: Sequence[Bounds]) -> Iterator[tuple[float, float]]:
        """Free places for a figure so wide: beside its arrow and apart from others, else anywhere near its tail."""
        box, way, taken = self.plan.panel.box, self.ways[number], [*taken, *self._kept_clear(number)]
        own, others = self.edges[number], _together([*self.edges[:number], *self.edges[number + 1 :]])
        for near, apart in ((_beside(way, wide), APART), (_around_tail(way), 1.0)):
            for x, y in near:
                bounds = left, low, right, high = word_box(x, y, "center", wide)
                free = not any(meet(bounds, other) for other in taken) and not crossed(bounds, own)
                alone = not crossed((left - apart, low - apart, right + apart, high + apart), others)
                fitting = free and alone and inside(bounds, box.width, box.height)
                if fitting and _far(bounds, own) < _far(bounds, others):
                    yield x, y

    def _kept_clear(self, number: int) -> list[Bounds]:
        """Boxes around the dots of states that an arrow does not join: a figure there would seem to be theirs."""
        others = [one for one in self.dots if one.code not in self.arrows[number].opens[1:3]]
        return [(one.x - CLEAR_OF, one.y - CLEAR_OF / 2, one.x + CLEAR_OF, one.y + CLEAR_OF / 2) for one in others]


def _name_and_code(code: str) -> tuple[WordOf, WordOf]:
    """What stands beside a state: its name or, where that has no room, its code."""
    return lambda lang: lang.country(code), lambda _: code


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


def _around_tail(way: Points) -> Iterator[tuple[float, float]]:
    """Places around the tail of an arrow and nearer to it than to its middle, the nearest first."""
    steps = np.arange(-AROUND, AROUND + 1, 3.0)
    tail, middle = way[len(way) // 5], way[len(way) // 2]
    places = tail + np.stack(np.meshgrid(steps, steps), axis=-1).reshape(-1, 2)
    for x, y in places[np.argsort(np.hypot(*(places - tail).T), kind="stable")]:
        if math.dist((x, y), tail) <= AROUND and math.dist((x, y), way[0]) < math.dist((x, y), middle):
            yield float(x), float(y)


def _far(box: Bounds, points: Points) -> float:
    """How far the letters in a box are from the nearest of some points."""
    right = np.maximum(np.maximum(box[0] - points[:, 0], points[:, 0] - box[2]), 0)
    up = np.maximum(np.abs(points[:, 1] - (box[1] + box[3]) / 2) - LETTERS / 2, 0)
    return float(np.hypot(right, up).min(initial=math.inf))


def _together(some: Sequence[Points]) -> Points:
    points: Points = np.concatenate([np.empty((0, 2)), *some])
    return points


def _shape(way: Points) -> shapely.Geometry:
    """An arrow along points, in pixels."""
    return shapely.Polygon(_outline(way)).buffer(0)


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
