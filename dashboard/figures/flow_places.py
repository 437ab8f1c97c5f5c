"""Where the bands of routes in their order run: three columns of countries, and the place of each band at its ends.

All in pixels, from the top; pure arithmetic.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from dashboard.figures.arrows import Arrow
from data.i18n import Language

# All bands of the fullest column together, the thinnest band, the least room of a name, between two places.
TALL, THINNEST, NAME, BETWEEN = 420.0, 2.0, 16.0, 6.0
COLUMNS = {"direct": (0, 2), "to_transit": (0, 1), "from_transit": (1, 2)}
Key = tuple[int, str]


@dataclass
class Place:
    """A country in a column: what comes in and goes out (units of the figures), and where it stands (pixels)."""

    column: int
    area: str
    into: float = 0.0
    out: float = 0.0
    top: float = 0.0

    @property
    def figure(self) -> float:
        """The larger of what comes in and what goes out: a transit state may lack one of its legs."""
        return max(self.into, self.out)


@dataclass(frozen=True)
class Band:
    """An arrow between two places; where it leaves the one and reaches the other (pixels), and how wide it is."""

    one: Arrow
    start: Place
    end: Place
    leaves: float
    reaches: float
    wide: float


def placed(shown: Iterable[Arrow]) -> dict[Key, Place]:
    """The countries of each column, with what comes into them and goes out."""
    places: dict[Key, Place] = {}
    for one in shown:
        start, end = (places.setdefault(key, Place(*key)) for key in _keys(one))
        start.out += one.figure
        end.into += one.figure
    return places


def scaled(places: Mapping[Key, Place]) -> float:
    """Pixels of one unit: the fullest column fills `TALL`."""
    sums = [sum(place.figure for place in places.values() if place.column == column) for column in range(3)]
    return TALL / max(*sums, 1.0)


def column(number: int, places: Mapping[Key, Place], lang: Language) -> list[Place]:
    """The countries of a column in the alphabetical order of their names."""
    order = lang.sorted_countries([place.area for place in places.values() if place.column == number])
    return [places[number, code] for code in order]


def _room(place: Place, pixels: float) -> float:
    return max(place.figure * pixels, NAME) + BETWEEN


def height(column: Sequence[Place], pixels: float) -> float:
    """What a column needs from top to bottom."""
    return sum(_room(place, pixels) for place in column)


def stand(column: Sequence[Place], tall: float, pixels: float) -> None:
    """Places one under another, the whole column in the middle."""
    level = (tall - height(column, pixels)) / 2
    for place in column:
        room = _room(place, pixels)
        place.top = level + (room - bar(place, pixels)) / 2
        level += room


def bar(place: Place, pixels: float) -> float:
    """How tall the bar of a country is."""
    return max(place.figure * pixels, THINNEST)


def bands(shown: Sequence[Arrow], places: Mapping[Key, Place], pixels: float, lang: Language) -> Iterator[Band]:
    """Bands leave and reach a place in the order of the places at their other ends."""
    order = {code: rank for rank, code in enumerate(lang.sorted_countries({code for _, code in places}))}
    found = [_Ends(one, *(places[key] for key in _keys(one))) for one in shown]
    out, into = _Levels(), _Levels()
    leaving = sorted(found, key=lambda ends: (order[ends.end.area], ends.end.column))
    leaves = {id(ends): out.next(ends.start, ends.one.figure * pixels) for ends in leaving}
    for ends in sorted(found, key=lambda ends: (order[ends.start.area], ends.start.column)):
        wide = ends.one.figure * pixels
        yield Band(ends.one, ends.start, ends.end, leaves[id(ends)], into.next(ends.end, wide), wide)


@dataclass(frozen=True)
class _Ends:
    one: Arrow
    start: Place
    end: Place


class _Levels(dict[Key, float]):
    """How far the side of each bar is taken."""

    def next(self, place: Place, wide: float) -> float:
        """Where the next band of a place begins."""
        at = self.get((place.column, place.area), place.top)
        self[place.column, place.area] = at + wide
        return at


def _keys(one: Arrow) -> Iterator[Key]:
    return zip(COLUMNS[str(one.row["leg"])], one.ends, strict=True)
