"""Routes that reports describe: a ledger of routes beside a map with an arrow for each, all equally wide.

The ledger says how often a route is described. An arrow bends by a fixed share of its length, so that there and back
are two arrows; it runs from a state to the next one, and the marks of a state are its places in these routes. An arrow
touches no mark of another state, as if the route led through it: it bends more or to the other side. Routes without
such an arrow, and those from or to countries outside the region, stand in a list beside the map.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import numpy as np
import polars as pl
import shapely

from dashboard.charts.colors import COLORS
from dashboard.charts.ground import Basemap
from dashboard.charts.key import Item
from dashboard.charts.medium import TEXT, Medium
from dashboard.charts.panels import Coordinates, Outline, Point
from dashboard.charts.traces import HANDLES, Trace, area, lines, marks, words, xy
from dashboard.subjects.routes.figures import ledger
from dashboard.subjects.routes.figures.circles import (
    ASIDE,
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
from dashboard.subjects.routes.figures.ledger import LedgerBars
from dashboard.subjects.routes.figures.ledger_map import STRIP_AXIS, LedgerMap
from dashboard.subjects.routes.figures.lines import CountryLine, WordOf, agreeing, named, of_routes
from dashboard.subjects.routes.figures.places import CirclePlaces, off_state, spread
from dashboard.words import terms
from data.i18n import Language

# Pixels: the width of an arrow, the length and the width of its head, the size of a mark and the step to the next one,
# and how long an arrow between neighbors is.
WIDE = 2.2
LONG = 11.0
BROAD = 9.0
MARK = 8.0
STEP = 9.0
SHORT = 16.0
FIRST_LONG = 26.0
# How far an arrow bends, as a share of its length, and what is tried where a mark of another state is in its way; half
# the side of the box around a mark that arrows keep clear of; which share of an arrow another one may cover; how many
# pixels farther the next arrow between the same states bends; the share of an opaque color.
BOWS = (0.13, -0.13, 0.24, -0.24, 0.36, -0.36)
CLEAR_MARK = 6.0
COVERED = 0.7
FARTHER = 12.0
CLEAR = "d9"
# The roles of a state in a route, with the shapes of their marks.
SHAPES = {"origin": "triangle-up", "transit": "diamond", "destination": "square"}
# Where along its arrow a figure may stand, from the tail on, how many pixels it keeps from others, and how far it is
# from the tail at most where there is no such place.
TAIL = (0.2, 0.28, 0.36, 0.45)
APART = 5.0
AROUND = 30.0
STEPS = 40
# How far a figure keeps at the sides from the marks of other states.
CLEAR_OF = 16.0
# So many of the largest figures are placed before the names of states.
FIRST = 5
# How many pixels farther from its state than usual a name may be.
ASIDES = (0.0, 12.0, 24.0)
# Pixels between the points on the outlines that words keep clear of, between the lines of the list of routes outside
# the region, and the width of the line from a state to its marks.
NEAR = 3.0
STRIP_LINE = 20.0
TIE = 0.6
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
    outside = [one for one in between if one not in arrows]
    ends = {str(code) for one in arrows for code in one.opens[1:3]}
    room = ledger.height(len(every), below=True)
    shown = [role for role in SHAPES if any(role in _ends(one) for one in arrows)]

    def items(other: Language) -> list[Item]:
        # Translators: of two states, in a list of described routes; victims by citizenship that a state counted.
        also = ledger.agreement_key(every, other.text("Also among the counted victims"))
        return [*(Item(terms.term(other, "role", role), marker=marker(role)) for role in shown), *also]

    mapless = None if arrows else _mapless
    apart = outside
    while True:
        # A list beside the map makes the map narrower, which may crowd out another arrow.
        strip = max(widest(_listed, apart, bold=True), widest(_heading, [None])) + ASIDE if apart else 0.0
        plan = LedgerMap.arranged(
            room, ends | {*chosen}, basemap, lang, medium, items=items, strip=strip, mapless=mapless
        )
        parts = DescribedParts(plan, every, arrows, apart, chosen)
        if mapless or not parts.crowded:
            return plan.spec([*parts.traces()])
        apart = [one for one in between if one in apart or one in parts.crowded]


def _mapless(lang: Language) -> str:
    """Why a map has no arrow to show."""
    return lang.text("None of these routes is between two countries of the region.")


def _heading(_: None, lang: Language) -> str:
    """The heading of the list beside the map."""
    return lang.text("Not drawn on the map")


def _listed(one: CountryLine, lang: Language) -> str:
    return f"{one.name(lang)} {one.figure(lang)}"


@dataclass(frozen=True)
class DescribedParts:
    """What the parts of one figure share; `mapped` are the lines with both ends on the map, `apart` those not drawn."""

    plan: LedgerMap
    every: Sequence[CountryLine]
    mapped: Sequence[CountryLine]
    apart: Sequence[CountryLine]
    chosen: Sequence[str]

    def traces(self) -> Iterator[Trace]:
        """All traces from the bottom up."""
        if not self.plan.mapless:
            fills = dict.fromkeys(self.roles, COLORS.described) | dict.fromkeys(self.chosen, COLORS.chosen)
            yield from self.plan.lands(fills)
            yield from self._ties()
            yield from self._arrows()
            yield from self._marks()
            yield from self._labels()
        if self.plan.bars.width:
            yield from LedgerBars.fitting(self.every, self.plan.bars, self.plan.lang, below=True).traces()
        yield from self._strip()

    @cached_property
    def roles(self) -> dict[str, list[str]]:
        """The places of each state in these routes, in the order of `SHAPES`."""
        found: dict[str, set[str]] = {}
        for one in self.mapped:
            for code, role in zip(one.opens[1:3], _ends(one), strict=True):
                found.setdefault(str(code), set()).add(role)
        return {code: [role for role in SHAPES if role in roles] for code, roles in found.items()}

    @cached_property
    def found(self) -> list[tuple[CountryLine, Points]]:
        """The lines that may be arrows, with points on their middle from tail to head, in pixels; shape (n, 2).

        There are none where each bow would touch a mark of another state, as if the route led through it, or lie on an
        arrow before it.
        """
        found: list[tuple[CountryLine, Points]] = []
        pairs: list[tuple[str, str]] = []
        before: list[shapely.Geometry] = []
        for one in self.mapped:
            if one not in self.apart:
                pair = str(one.opens[1]), str(one.opens[2])
                way = self._clear_way(*pair, FARTHER * pairs.count(pair), before)
                found.append((one, way))
                pairs.append(pair)
                before += [_shape(way)] if len(way) else []
        return found

    @property
    def crowded(self) -> list[CountryLine]:
        """The lines without room for their arrow."""
        return [one for one, way in self.found if not len(way)]

    @property
    def arrows(self) -> list[CountryLine]:
        """The lines that are drawn as arrows."""
        return [one for one, way in self.found if len(way)]

    @property
    def ways(self) -> list[Points]:
        """Points on the middle of each arrow."""
        return [way for _, way in self.found if len(way)]

    @cached_property
    def edges(self) -> list[Points]:
        """Points on the outline of each arrow, so near to each other that no word fits between them."""
        outlines = [shapely.segmentize(shapely.LineString(_outline(way)), NEAR) for way in self.ways]
        return [shapely.get_coordinates(outline) for outline in outlines]

    @cached_property
    def places(self) -> dict[str, tuple[float, float]]:
        """The pixels of each state with marks or a name: neighbors are so far apart that an arrow fits between them."""
        shown = [*self.roles, *(code for code in self.chosen if code not in self.roles)]
        first = {str(code) for one in self.mapped[:1] for code in one.opens[1:3]}
        rooms = {code: self._room(code) + (FIRST_LONG - SHORT) / 2 * (code in first) for code in shown}
        wished = [Circle(code, *self.plan.pixels(code), rooms[code]) for code in shown]
        map_ = CirclePlaces(self.plan.basemap, self.plan.panel, SHORT, shore=False)
        return {one.code: (one.x, one.y) for one in map_.placed(spread(wished, SHORT))}

    @cached_property
    def symbols(self) -> list[Circle]:
        """Each mark of each state, in pixels; a chosen state without one has its place."""
        rows = {code: self.roles.get(code) or [""] for code in self.places}
        return [
            Circle(code, self.places[code][0] + (number - (len(roles) - 1) / 2) * STEP, self.places[code][1], MARK / 2)
            for code, roles in rows.items()
            for number in range(len(roles))
        ]

    def _clear_way(self, start: str, end: str, farther: float, before: Sequence[shapely.Geometry]) -> Points:
        """The way of an arrow with the first bow that keeps clear of the marks of other states; empty without one."""
        boxes = [
            shapely.box(one.x - CLEAR_MARK, one.y - CLEAR_MARK, one.x + CLEAR_MARK, one.y + CLEAR_MARK)
            for one in self.symbols
            if one.code not in (start, end)
        ]
        others = shapely.union_all(boxes)
        more = farther / math.dist(self.places[start], self.places[end])
        for bow in BOWS:
            way = self._way(start, end, bow + math.copysign(more, bow))
            shape = _shape(way)
            hidden = (one.intersection(shape).area > COVERED * min(one.area, shape.area) for one in before)
            if not shape.intersects(others) and not any(hidden):
                return way
        return np.empty((0, 2))

    def _way(self, start: str, end: str, bow: float) -> Points:
        (x, y), (to_x, to_y) = self.places[start], self.places[end]
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

    def _ties(self) -> Iterator[Trace]:
        """Short lines from states to those marks that stand beside them."""
        ends: list[Point | None] = []
        for code, place in self.places.items():
            point = self.plan.pixels(code)
            if off_state(Circle(code, *place, self._room(code)), point):
                ends += [self.plan.kilometers(*point), self.plan.kilometers(*place), None]
        yield lines("", *xy(ends), color=COLORS.ink, width=TIE)

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

    def _marks(self) -> Iterator[Trace]:
        """The places of each state in these routes, side by side: a trace for each role."""
        for role in SHAPES:
            spots = [
                (code, (number - (len(roles) - 1) / 2) * STEP)
                for code, roles in self.roles.items()
                for number, one in enumerate(roles)
                if one == role
            ]
            at = ((self.places[code], right) for code, right in spots)
            places = xy(self.plan.kilometers(x + right, y) for (x, y), right in at)
            words_of_role = terms.term(self.plan.lang, "role", role)
            hovers = [f"<b>{self.plan.lang.country(code)}</b><br>{words_of_role}" for code, _ in spots]
            if spots:
                data = [[code] for code, _ in spots]
                yield marks("", *places, marker(role), hovertext=hovers, customdata=data, name=role)

    def _labels(self) -> Iterator[Trace]:
        """The name of each state and the figure of each arrow, where there is room; the largest figures come first."""
        # First the largest figure and where its arrow leads, and the chosen state, which is among all arrows.
        main = {*self.chosen, *(code for one in self.arrows[:1] for code in one.opens[1:3])}
        circles = [Circle(code, *place, self._room(code) - 2) for code, place in self.places.items()]
        taken = [(one.x - one.radius, one.y - STEP / 2, one.x + one.radius, one.y + STEP / 2) for one in circles]
        figures = self._figures(range(len(self.arrows[:1])), taken)
        names = self._names([code for code in self.places if code in main], taken)
        figures |= self._figures(range(1, min(FIRST, len(self.arrows))), taken)
        names += self._names([code for code in self.places if code not in main], taken)
        figures |= self._figures([at for at in range(len(self.arrows)) if at not in figures], taken)
        yield self.plan.words(names)
        written = {at: self.arrows[at].figure(self.plan.lang) for at in sorted(figures)}
        yield self.plan.words([(text, "center", *figures[at]) for at, text in written.items()])

    def _names(self, codes: Sequence[str], taken: list[Bounds]) -> list[tuple[str, str, float, float]]:
        """The names of states where there is room, else their codes; `taken` gets their boxes."""
        box, lang = self.plan.panel.box, self.plan.lang
        circles = [Circle(code, *self.places[code], self._room(code) - 2) for code in codes]
        texts = [_name_and_code(code) for code in codes]
        wider = ARIAL if self.plan.sheet.medium.slide else 1.0
        widths = [[wider * widest(lambda text, lang: text(lang), [text], bold=True) for text in some] for some in texts]
        others = [self._others(code) for code in codes]
        spots = placed(
            circles, widths, _together(self.edges), box.width, box.height, taken, others, ASIDES, self.symbols
        )
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
        stages = (_beside(way, wide), APART, own), (_around_tail(way), 1.0, own), (_on(way), 0.0, own[:0])
        for near, apart, mine in stages:
            for x, y in near:
                bounds = left, low, right, high = word_box(x, y, "center", wide)
                free = not any(meet(bounds, other) for other in taken) and not crossed(bounds, mine)
                alone = not crossed((left - apart, low - apart, right + apart, high + apart), others)
                fitting = free and alone and inside(bounds, box.width, box.height)
                if fitting and _far(bounds, own) < _far(bounds, others):
                    yield x, y
        if number == 0:
            yield from self._least_crossed(number, wide, taken)

    def _kept_clear(self, number: int) -> list[Bounds]:
        """Boxes around the marks of states that an arrow does not join: a figure there would seem to be theirs."""
        ends = self.arrows[number].opens[1:3]
        rooms = ((self._room(code) + CLEAR_OF, *place) for code, place in self.places.items() if code not in ends)
        return [(x - room, y - STEP, x + room, y + STEP) for room, x, y in rooms]

    def _least_crossed(self, number: int, wide: float, taken: Sequence[Bounds]) -> Iterator[tuple[float, float]]:
        """The place on an arrow or near its tail where a figure so wide is nearest to it and covers least of others."""
        box, own = self.plan.panel.box, self.edges[number]
        others = _together([*self.edges[:number], *self.edges[number + 1 :]])
        places = {
            at: word_box(*at, "center", wide) for at in (*_on(self.ways[number]), *_around_tail(self.ways[number]))
        }
        free = [
            at
            for at, bounds in places.items()
            if inside(bounds, box.width, box.height) and not any(meet(bounds, other) for other in taken)
        ]
        yield from sorted(free, key=lambda at: (_far(places[at], own), crossed(places[at], others)))[:1]

    def _strip(self) -> Iterator[Trace]:
        """The list of the routes that are not drawn, the largest first: as many as have room."""
        box, lang = self.plan.strip, self.plan.lang
        if box is None:
            return
        texts = [_heading(None, lang)]
        for one in self.apart[: int(box.height / STRIP_LINE) - 1]:
            name = named(one, box.width - widest(CountryLine.figure, [one], bold=True) - ASIDE, lang)
            texts.append(f"{name} <b>{one.figure(lang)}</b>")
        top = box.bottom + box.height - LINE / 2
        levels: Coordinates = [top - number * STRIP_LINE for number in range(len(texts))]
        yield words(STRIP_AXIS, [box.left] * len(texts), levels, texts, "right", size=TEXT)


def _name_and_code(code: str) -> tuple[WordOf, WordOf]:
    """What stands beside a state: its name or, where that has no room, its code."""
    return lambda lang: lang.country(code), lambda _: code


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


def _on(way: Points) -> Iterator[tuple[float, float]]:
    """Places on an arrow, in its half that begins at its tail."""
    for x, y in way[2 : len(way) * 9 // 20]:
        yield float(x), float(y)


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
