"""Countries outside the region: they stand at the map's edges, by latitude, each with its name.

Europe, Africa and Asia to the Bay of Bengal at the right, the rest of Asia and the Pacific at the left. Where more than
`MOST` occur, those with the smallest flows are grouped: named as a number, listed in the table, without arrows.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from dashboard.charts.ground import CAPTION
from dashboard.charts.labels import CODE, LETTER, Label
from dashboard.charts.labels import LABEL_SIZE as TEXT
from dashboard.charts.panels import NARROW, REGION, WIDE, Panel, Window
from dashboard.subjects.routes.figures.badges import BADGE_SIZE, STEP, Role, middle
from dashboard.subjects.routes.figures.lanes import Mark

MOST = 12
# Degrees east: from here to the Atlantic a country stands at the right edge.
ATLANTIC, BENGAL = -32.0, 92.0
# The stretch of each edge where no land of ours lies behind the names (kilometers).
RIGHT, LEFT = (-5800.0, 6600.0), (-5900.0, 1300.0)
EDGE_LETTER, MARGIN = 7.8, 26.0
LATITUDES = (-45.0, 65.0)
SEA = 350.0
# Kilometers in a pixel of a wide map of the usual height, near enough to give the names their room.
WIDE_SCALE = 21.5
# Pixels that a row of badges takes beside a state's code.
BADGES = 150.0
# Pixels that the code of a state takes beside its marker.
CODES = 80.0


@dataclass(frozen=True)
class Outsider:
    """One country at an edge: where its dot stands (km) and the side its name grows to."""

    area: str
    x: float
    y: float
    side: str


@dataclass(frozen=True)
class Edges:
    """The countries at the edges, how many are only counted, and the window that gives them room."""

    shown: tuple[Outsider, ...]
    grouped: int
    window: Window


def edges(
    weights: Mapping[str, float],
    places: Mapping[str, tuple[float | None, float | None]],
    names: Mapping[str, str],
    *,
    narrow: bool,
    height: float = WIDE[1],
) -> Edges:
    """Place the countries that occur.

    Args:
        weights: the size of each country's flows, by ISO3; the smallest are grouped.
        places: longitude and latitude in degrees, by ISO3; nulls stand at the right, at the bottom.
        names: what is printed for each; on a phone its ISO3 code serves.
        narrow: the phone's arrangement.
        height: pixels of the wide arrangement: on a lower screen a pixel is more kilometers.
    """
    ranked = sorted(weights, key=lambda area: (-weights[area], area))
    kept = ranked[:MOST]
    right = [area for area in kept if _at_right(places.get(area, (None, None))[0])]
    left = [area for area in kept if area not in right]
    wide = WIDE_SCALE * WIDE[1] / height
    window = _window((names[area] for area in right), wide, narrow=narrow)
    # On a lower screen the badges of the Pacific states reach further out to sea, where these names would stand.
    aside = BADGES * max(wide - WIDE_SCALE, 0.0) if left and not narrow else 0.0
    window = replace(window, left=window.left - aside)
    scale = max(window.width / NARROW, WIDE_SCALE) if narrow else wide
    step = (20 if narrow else 26) * scale
    inset = _room(names[area] for area in left) * scale
    at_left = _column(left, places, window.left + inset, LEFT, step)
    at_right = _column(right, places, REGION.right + SEA, RIGHT, step)
    shown = [replace(one, side="left") for one in at_left] + at_right
    return Edges(tuple(shown), len(ranked) - len(kept), window)


def _at_right(longitude: float | None) -> bool:
    return longitude is None or ATLANTIC < longitude < BENGAL


def _room(names: Iterable[str]) -> float:
    """Pixels that the longest name needs."""
    longest = max((len(line) for name in names for line in name.split("<br>")), default=0)
    return longest * EDGE_LETTER + MARGIN if longest else 0.0


def _window(names: Iterable[str], scale: float, *, narrow: bool) -> Window:
    room = _room(names)
    if not room:
        # On a lower screen the codes in the Atlantic reach further out, too.
        return REGION if narrow else replace(REGION, right=REGION.right + CODES * max(scale - WIDE_SCALE, 0.0))
    bare = REGION.width + SEA
    # On a phone the width decides the scale, so that the room of the names counts in pixels of the result.
    added = room * bare / (NARROW - room) if narrow else room * scale
    return replace(REGION, right=REGION.right + SEA + added)


def _column(
    areas: Sequence[str],
    places: Mapping[str, tuple[float | None, float | None]],
    x: float,
    stretch: tuple[float, float],
    step: float,
) -> list[Outsider]:
    """One edge from north to south: by latitude, at least a step apart, within the stretch."""
    bottom, top = stretch
    south = LATITUDES[0]
    latitudes = {area: value if (value := places.get(area, (None, None))[1]) is not None else south for area in areas}
    ordered = sorted(areas, key=lambda area: (-latitudes[area], area))
    found: list[Outsider] = []
    for rank, area in enumerate(ordered):
        wished = bottom + (latitudes[area] - south) / (LATITUDES[1] - south) * (top - bottom)
        lowest = bottom + step * (len(ordered) - 1 - rank)
        highest = found[-1].y - step if found else top
        found.append(Outsider(area, x, min(max(wished, lowest), highest), "right"))
    return found


# Pixels from a place to the edge of its marker, and to where the words beside it begin.
DOT, AFTER = 5.5, 8.0
# Pixels of an average letter of plain words at 14 px.
NARROW_LETTER = 6.7
# What a pixel of a strange arrow loses: a line of words is cut in two by what crosses it, though that is but a few
# pixels; on a marker an arrow seems to stop, and letters of a code are few.
WORDS, STOP, LETTERS = 4.0, 4.0, 2.0


def marks(
    panel: Panel,
    labels: Sequence[Label],
    held: Mapping[str, Sequence[Role]],
    outsiders: Sequence[Outsider],
    names: Mapping[str, str],
    *,
    narrow: bool,
) -> list[Mark]:
    """All of them in pixels; `names` are printed beside the `outsiders`."""
    found = [mark for label in labels for mark in _of_state(panel, label, held.get(label.area, ()), narrow=narrow)]
    return found + [mark for one in outsiders for mark in _of_outsider(panel, one, names[one.area])]


def caption(panel: Panel, words: str) -> Mark:
    """The caption of an enlargement, which is no state's."""
    left, top = panel.window.left / panel.scale + CAPTION[0], panel.window.top / panel.scale - CAPTION[1]
    return Mark("", _beside(left, top, "right", 0.0, len(words) * NARROW_LETTER), strange=WORDS)


def _of_state(panel: Panel, label: Label, held: Sequence[Role], *, narrow: bool) -> Iterator[Mark]:
    scale = panel.scale
    yield _dot(label.area, label.point[0] / scale, label.point[1] / scale)
    yield Mark(label.area, _beside(label.at.x / scale, label.at.y / scale, label.at.side, 3.0, CODE), strange=LETTERS)
    if held:
        x, y = label.at.x / scale + middle(label, narrow=narrow), label.at.y / scale
        half = (STEP[narrow] + BADGE_SIZE[narrow]) / 2
        yield Mark(label.area, (x - half, y - half, x + half, y + half))


def _of_outsider(panel: Panel, one: Outsider, name: str) -> Iterator[Mark]:
    x, y = one.x / panel.scale, one.y / panel.scale
    yield _dot(one.area, x, y)
    yield Mark(one.area, _beside(x, y, one.side, AFTER, len(name) * LETTER))


def _dot(area: str, x: float, y: float) -> Mark:
    return Mark(area, (x - DOT, y - DOT, x + DOT, y + DOT), own=0.0, strange=STOP)


def _beside(x: float, y: float, side: str, off: float, wide: float) -> tuple[float, float, float, float]:
    """The rectangle of words that grow to one side of a point."""
    left = {"right": x + off, "left": x - off - wide, "center": x - wide / 2}[side]
    return left, y - TEXT / 2, left + wide, y + TEXT / 2
