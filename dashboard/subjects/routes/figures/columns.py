"""Routes in columns of origin, transit and destination: a row for each, with its figure at the tail of an arrow.

The rows of a state stand together, and its name once beside them: no arrow crosses another one. Routes through a
transit state stand apart, those of one state at its bar: two legs share a row only where a record has both.
"""

from collections.abc import Callable, Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import groupby
from typing import Any

from dashboard.charts.colors import COLORS
from dashboard.charts.key import AXIS, Item, key
from dashboard.charts.key import height as key_height
from dashboard.charts.layout import layout
from dashboard.charts.look import DASH
from dashboard.charts.medium import NOTE, TEXT, Medium
from dashboard.charts.panels import Arrangement, Coordinates, Outline, Point, Rectangle
from dashboard.charts.traces import Trace, area, lines, marks, words, xy
from dashboard.subjects.routes.figures.circles import ASIDE, LINE, languages, widest
from dashboard.subjects.routes.figures.ledger import APART, BOTH, MARKED, handles
from dashboard.subjects.routes.figures.lines import CountryLine, largest
from dashboard.words import terms
from data.i18n import Language

# The columns in which the two ends of a leg stand, and the roles of the columns.
PLACES = {"direct": (0, 2), "to_transit": (0, 1), "from_transit": (1, 2)}
ROLES = ("origin", "transit", "destination")
# Pixels: the pitch of rows, the least one, and that of names on two lines; the room of the headings; the width of a
# bar; the width of an arrow, the length and the width of its head, and the least length of an arrow; the most of all
# columns; the marks for hover; and how far a bar is from the edge of its rows.
PITCH = 25.0
LEAST = 17.0
DOUBLE = 36.0
HEAD = 30.0
BAR = 4.0
WIDE = 2.2
LONG = 11.0
BROAD = 9.0
SHORTEST = 22.0
WIDEST = 900.0
HANDLE = 20.0
EDGE = 2.5
# The line around a hollow arrow, and the shape of one in a key.
HOLLOW = 0.8
IN_KEY = Outline([0, 0.65, 0.65, 1, 0.65, 0.65, 0, 0], [0.42, 0.42, 0.2, 0.5, 0.8, 0.58, 0.58, 0.42])
RoutePath = tuple[str, str, str]
# What the mark of a line opens.
RouteOpens = tuple[str | None, ...]
# For each column the x of the bars at which arrows end, and of those at which they begin.
Sides = tuple[tuple[float, float], tuple[float, float], tuple[float, float]]


@dataclass(frozen=True)
class ColumnRow:
    """A row: a route without a transit state, or one or two legs through one.

    Attributes:
        block: rows inside one state (0), without a transit state (1) and through one (2) stand apart.
        alone: whether it is one leg of routes whose other leg is in no row.
    """

    block: int
    legs: Sequence[CountryLine]
    alone: bool = False

    @property
    def cells(self) -> dict[int, str]:
        """The states by the columns in which they stand."""
        ends = ((PLACES[str(one.opens[3])], one.opens[1:3]) for one in self.legs)
        return {column: str(code) for columns, codes in ends for column, code in zip(columns, codes, strict=True)}

    def meets(self, column: int, *, leaving: bool) -> bool:
        """Whether an arrow leaves a column, or comes into it."""
        return any(PLACES[str(one.opens[3])][not leaving] == column for one in self.legs)


def in_rows(every: Sequence[CountryLine], paths: Collection[RoutePath], order: Sequence[str] = ()) -> list[ColumnRow]:
    """The rows of some lines, those of a state together.

    Args:
        every: the largest first.
        paths: origin, transit state and destination of the records that have all three.
        order: the states in the order in which they are to stand; without it the most often described come first.
    """
    ranks = {code: rank for rank, code in enumerate(order)}
    if ranks:
        every = sorted(every, key=lambda one: [ranks[str(code)] for code in one.opens[1:3]])
    direct = [one for one in every if one.opens[3] == "direct"]
    inside = [one for one in direct if one.opens[1] == one.opens[2]]
    between = [one for one in direct if one not in inside]
    rows = [*(ColumnRow(0, [one]) for one in inside), *(ColumnRow(1, [one]) for one in _grouped(between, bool(ranks)))]
    legs = [one for one in every if one not in direct]
    states = dict.fromkeys(str(one.opens[1 if one.opens[3] == "from_transit" else 2]) for one in legs)
    for state in sorted(states, key=lambda code: ranks[code]) if ranks else states:
        rows += _through(state, legs, paths)
    return rows


def _grouped(every: Sequence[CountryLine], ordered: bool) -> Iterator[CountryLine]:
    """The lines, each with all others of one of its ends, of which it is the end with more of them."""
    left = [*every]
    while left and not ordered:
        first = left[0]
        end = max((1, 2), key=lambda end: [one.opens[end] for one in left].count(first.opens[end]))
        yield from (one for one in left if one.opens[end] == first.opens[end])
        left = [one for one in left if one.opens[end] != first.opens[end]]
    yield from left


def _through(state: str, legs: Sequence[CountryLine], paths: Collection[RoutePath]) -> Iterator[ColumnRow]:
    """The rows of a transit state."""
    out = [one for one in legs if one.opens[3] == "from_transit" and one.opens[1] == state]
    for one in legs:
        if one.opens[3] == "to_transit" and one.opens[2] == state:
            further = [on for on in legs if on.opens[1] == state and (one.opens[1], state, on.opens[2]) in paths]
            after = [on for on in further if on in out][:1]
            out = [on for on in out if on not in after]
            yield ColumnRow(2, [one, *after], alone=not further)
    starts = [one.opens[1] for one in legs if one.opens[3] == "to_transit" and one.opens[2] == state]
    for one in out:
        yield ColumnRow(2, [one], alone=not any((start, state, one.opens[2]) in paths for start in starts))


@dataclass(frozen=True)
class RouteColumns:
    """The columns of some lines, as wide as their box.

    Attributes:
        lines: the largest first; paths, order: as in `in_rows`.
        titles: the headings of the columns in a language.
        chosen: the states whose bars and names stand out.
        narrow: whether figures stand above their arrows, as on a phone; else before them.
        heads: whether lines are arrows: described routes are; counted victims have no way.
        unmapped: what lines open that have no arrow on the map beside the columns: theirs are hollow.
    """

    lines: Sequence[CountryLine]
    width: float
    lang: Language
    titles: Callable[[Language], Sequence[str]]
    paths: Collection[RoutePath] = ()
    order: Sequence[str] = ()
    chosen: Collection[str] = ()
    narrow: bool = False
    heads: bool = True
    unmapped: Collection[RouteOpens] = ()

    @property
    def height(self) -> float:
        """What all rows need, with the headings."""
        return HEAD + (_levels(in_rows(self.lines, self.paths, self.order))[-1] + 1) * self._pitch

    def traces(self, box: Rectangle) -> Iterator[Trace]:
        """All of it in a box: as many rows as have room, and how many others there are."""
        some, rows = self._fitting(box.height)
        more = len(self.lines) - len(some)
        levels = _levels(rows)
        pitch = min(self._pitch, (box.height - HEAD) / (levels[-1] + 1 + bool(more)))
        top = box.bottom + box.height - HEAD
        at = [top - (level + 0.5) * pitch for level in levels]
        sides = self._sides(box.left)
        yield from self._bars(rows, at, sides, pitch)
        yield from self._legs(rows, at, sides)
        yield from self._names(rows, at, sides, double=pitch >= DOUBLE)
        shown = [column for column in range(3) if self._states[column]]
        heads = [self._beside(column, sides) for column in shown]
        texts = [f"<b>{self.titles(self.lang)[column]}</b>" for column in shown]
        x: Coordinates = [place for place, _ in heads]
        yield words(AXIS, x, [top + HEAD / 2] * len(shown), texts, [side for _, side in heads], size=TEXT)
        if more:
            text = self.lang.plural("{n} more", "{n} more", more)
            yield words(AXIS, [box.left], [at[-1] - pitch], [text], "right", size=TEXT)

    def _fitting(self, height: float) -> tuple[Sequence[CountryLine], list[ColumnRow]]:
        """The lines for which there is room, if need be the largest, and their rows."""
        least = DOUBLE if self.narrow else LEAST
        for most in range(len(self.lines), 1, -1):
            some = largest(self.lines, most)
            rows = in_rows(some, self.paths, self.order)
            taken = HEAD + (_levels(rows)[-1] + 1 + (len(some) < len(self.lines))) * least
            # A height that was summed may be a hair less than that of the rows.
            if taken <= height + 0.001:
                return some, rows
        some = largest(self.lines, 1)
        return some, in_rows(some, self.paths, self.order)

    @property
    def _pitch(self) -> float:
        split = any(need > self._limit for need in self._needed)
        return DOUBLE if split or self.narrow else PITCH

    @cached_property
    def _states(self) -> list[set[str]]:
        """The states of each column."""
        found: list[set[str]] = [set(), set(), set()]
        for one in self.lines:
            for column, code in zip(PLACES[str(one.opens[3])], one.opens[1:3], strict=True):
                found[column].add(str(code))
        return found

    @cached_property
    def _open(self) -> set[int]:
        """The columns in which a row has no state because its other leg is in no row."""
        rows = [row for row in in_rows(self.lines, self.paths, self.order) if row.alone]
        return {column for row in rows for column in (0, 2) if column not in row.cells}

    @cached_property
    def _needed(self) -> list[float]:
        """The width of the names of each column."""
        return [
            max(
                widest(lambda column, lang: self.titles(lang)[column], [column], bold=True),
                widest(lambda code, lang: lang.country(code), codes),
                widest(lambda _, lang: _not_listed(lang), [column] if column in self._open else []),
            )
            * bool(codes)
            for column, codes in enumerate(self._states)
        ]

    @cached_property
    def _room(self) -> float:
        """The width of figures, and of the marks after them."""
        return widest(CountryLine.figure, self.lines) + MARKED * any(one.both for one in self.lines) + 2 * ASIDE

    @cached_property
    def _limit(self) -> float:
        """The most pixels that a name may take: arrows need the rest."""
        legs = 1 + bool(self._states[1])
        arrow = max(self._room, SHORTEST) if self.narrow else self._room + SHORTEST
        room = self.width - legs * (arrow + 2 * (BAR + ASIDE))
        steps = (float(most) for most in range(260, 40, -2))
        return next((most for most in steps if sum(min(need, most) for need in self._needed) <= room), 40.0)

    def _sides(self, start: float) -> Sides:
        wide = [min(need, self._limit) for need in self._needed]
        left, right = start + wide[0] + ASIDE + BAR / 2, start + self.width - wide[2] - ASIDE - BAR / 2
        middle, half = (left + right) / 2, wide[1] / 2 + ASIDE + BAR / 2
        return ((left, left), (middle - half, middle + half), (right, right))

    @staticmethod
    def _beside(column: int, sides: Sides) -> tuple[float, str]:
        """Where the names of a column stand, and how."""
        into, out = sides[column]
        aside = ASIDE + BAR / 2
        return ((out - aside, "left"), ((into + out) / 2, "center"), (into + aside, "right"))[column]

    def _bars(self, rows: Sequence[ColumnRow], at: Sequence[float], sides: Sides, pitch: float) -> Iterator[Trace]:
        """A bar at each side of a name with arrows, as high as their rows."""
        corners: dict[str, list[Point | None]] = {COLORS.frame: [], COLORS.focus: []}
        for column, ends in enumerate(sides):
            for end, x in enumerate(ends):
                for code, low, high in _spans(rows, at, column, leaving=bool(end)):
                    lower, upper, half = low - pitch / 2 + EDGE, high + pitch / 2 - EDGE, BAR / 2
                    box = ((x - half, lower), (x + half, lower), (x + half, upper), (x - half, upper))
                    some = corners[COLORS.focus if code in self.chosen else COLORS.frame]
                    some += [*([None] if some else []), *box, box[0]]
        for color, some in corners.items():
            if some:
                yield area(AXIS, Outline(*xy(some)), color, line=(color, 0))

    def _legs(self, rows: Sequence[ColumnRow], at: Sequence[float], sides: Sides) -> Iterator[Trace]:
        """Each leg as an arrow, its figure at the tail, and what it opens."""
        found: list[CountryLine] = []
        middles: list[Point] = []
        written: list[Point] = []
        for row, level in zip(rows, at, strict=True):
            for one in row.legs:
                start, end = PLACES[str(one.opens[3])]
                left, tip = sides[start][1] + BAR / 2, sides[end][0] - BAR / 2 - 2
                low = level - LINE / 2 * self.narrow
                tail = left + 2 if self.narrow else left + self._room
                yield self._line(one, tail, tip, low)
                found.append(one)
                middles.append(((tail + tip) / 2, low))
                written.append((left + self._room - ASIDE, level + LINE / 3 * self.narrow))
        aside = MARKED * any(one.both for one in self.lines)
        places = [(x - aside, y) for x, y in written]
        yield words(AXIS, *xy(places), [one.figure(self.lang) for one in found], "left", size=TEXT)
        yield handles(found, middles, [HANDLE] * len(found), AXIS)
        if any(one.both for one in found):
            each = [(one, (x - MARKED / 3, y)) for one, (x, y) in zip(found, written, strict=True) if one.both]
            opened: dict[str, Any] = {
                "customdata": [[*one.opens] for one, _ in each],
                "hovertext": [one.hover for one, _ in each],
            }
            yield marks(AXIS, *xy(place for _, place in each), BOTH, **opened)

    def _line(self, one: CountryLine, tail: float, tip: float, level: float) -> Trace:
        """An arrow or, of counted victims, a line without a head, which is dashed where the figure is uncertain."""
        if not self.heads:
            color, dash = COLORS.arrows["counted"], DASH if one.few else "solid"
            return lines(AXIS, [tail, tip], [level, level], color=color, width=WIDE, dash=dash)
        half, color, neck = WIDE / 2, COLORS.arrows["stated"], tip - LONG
        head = [(neck, level + BROAD / 2), (tip, level), (neck, level - BROAD / 2)]
        corners = [(tail, level + half), (neck, level + half), *head, (neck, level - half), (tail, level - half)]
        outline = Outline(*xy([*corners, corners[0]]))
        if (*one.opens,) in self.unmapped:
            return area(AXIS, outline, COLORS.surface, line=(color, HOLLOW))
        return area(AXIS, outline, color, line=(color, 0))

    def _names(self, rows: Sequence[ColumnRow], at: Sequence[float], sides: Sides, *, double: bool) -> Iterator[Trace]:
        """The names beside their bars, on two lines where one is too long, else the code."""
        for column in range(3):
            spans = [*_spans(rows, at, column)]
            x, side = self._beside(column, sides)
            names = [(code, self._name(code, double=double)) for code, _, _ in spans]
            texts = [f"<b>{name}</b>" if code in self.chosen else name for code, name in names]
            if spans:
                yield words(
                    AXIS, [x] * len(spans), [(low + high) / 2 for _, low, high in spans], texts, side, size=TEXT
                )
            # A route through a transit state has two ends: where one is in no row, the other seems to be the only one.
            open_ = [level for row, level in zip(rows, at, strict=True) if row.alone and column not in row.cells]
            if open_:
                texts = [_not_listed(self.lang)] * len(open_)
                quiet = {"textfont": {"size": NOTE, "color": COLORS.faint}}
                yield words(AXIS, [x] * len(open_), [*open_], texts, side, size=NOTE) | quiet

    def _name(self, code: str, *, double: bool) -> str:
        """The name of a state that has room in every language, or its code."""
        if widest(lambda one, lang: lang.country(one), [code]) <= self._limit:
            return self.lang.country(code)
        most = max(widest(lambda line, _: line, _halves(lang.country(code))) for lang in languages())
        return "<br>".join(_halves(self.lang.country(code))) if double and most <= self._limit else code


def _not_listed(lang: Language) -> str:
    # Translators: in the column of origins or destinations: the route goes on, but its other part is not in this list.
    return lang.text("not listed here")


def _levels(rows: Sequence[ColumnRow]) -> list[float]:
    """How many rows are above each row; blocks are apart."""
    blocks = sorted({one.block for one in rows})
    return [number + APART * blocks.index(one.block) for number, one in enumerate(rows)]


def _spans(
    rows: Sequence[ColumnRow], at: Sequence[float], column: int, *, leaving: bool | None = None
) -> Iterator[tuple[str, float, float]]:
    """The states of a column, each with its lowest and its highest row; if need be of those with an arrow at a side."""
    for (_, code), some in groupby(
        zip(rows, at, strict=True), key=lambda one: (one[0].block, one[0].cells.get(column))
    ):
        levels = [level for row, level in some if leaving is None or row.meets(column, leaving=leaving)]
        if code and levels:
            yield code, levels[-1], levels[0]


def _halves(name: str) -> list[str]:
    """A name on two lines, as narrow as they can be; one if it is a single word."""
    cuts = [at + (letter == "-") for at, letter in enumerate(name) if letter in " -"]
    each = ([name[:at].strip(), name[at:].strip()] for at in cuts)
    return min(each, key=lambda lines: max(map(len, lines)), default=[name])


def columns_alone(columns: RouteColumns, medium: Medium, items: Callable[[Language], Sequence[Item]]) -> dict[str, Any]:
    """A Plotly spec of columns without a map, above their key."""
    whole = Arrangement(medium.across, 0, (), Rectangle(0, 0, medium.across, 0), medium)
    keyed = max(key_height(items(one), whole) for one in languages())
    high = columns.height if medium.narrow or not medium.height else medium.height - keyed
    box = Rectangle(0, keyed, columns.width, high)
    sheet = Arrangement(medium.across, keyed + high, (), Rectangle(0, 0, medium.across, keyed + high), medium)
    place = replace(sheet, key=Rectangle(0, 0, medium.across, keyed))
    traces = [*columns.traces(box), *(key(place, found) if (found := items(columns.lang)) else [])]
    return {"data": traces, "layout": layout(sheet, columns.lang.separators)}


def titles(lang: Language) -> tuple[str, str, str]:
    """The headings of the columns of described routes."""
    origin, transit, destination = (terms.term(lang, "role", role) for role in ROLES)
    return origin, transit, destination
