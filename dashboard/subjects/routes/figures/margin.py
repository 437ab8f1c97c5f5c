"""Countries outside the region in the margins of the route map, by latitude, with their names; and the obstacles that
arrows keep clear of.

Europe, Africa and Asia to the Bay of Bengal are at the right, the rest of Asia and the Pacific at the left. Neighbors
change places where fewer arrows cross then. Of more
than `MOST` countries those with the smallest flows are only counted in a note and have no arrows.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import product

from dashboard.charts.labels import CODE, LETTER, Label, Place
from dashboard.charts.labels import LABEL_SIZE as TEXT
from dashboard.charts.medium import NARROW, Medium
from dashboard.charts.panels import GAP, REGION, STACKED, Panel, Window, usual_share
from dashboard.subjects.routes.figures.badges import BADGE_SIZE, STEP, Role, middle
from dashboard.subjects.routes.figures.lanes import Bounds, Obstacle

# A place in kilometers.
Point = tuple[float, float]
MOST = 12
# Countries between these longitudes (degrees east) are in the right margin.
ATLANTIC, BENGAL = -32.0, 92.0
# The part of each margin where the region has no land behind the names (kilometers).
RIGHT, LEFT = (-5800.0, 6600.0), (-5900.0, 1300.0)
NAME_LETTER, MARGIN = 7.8, 26.0
LATITUDES = (-45.0, 65.0)
SEA, OFFSHORE = 350.0, 1500.0
# On stage the countries in the left margin are here, well off the coast.
COAST = -2700.0
# Kilometers per pixel of a wide map of this height: close enough to compute the room of the names.
WIDE_SCALE, WIDE_TALL = 21.5, 820.0
# The height in pixels of the buttons for zoom and of the heading under them.
BUTTONS = 80.0
# The width in pixels of a state's code beside its marker.
CODES = 80.0


@dataclass(frozen=True)
class Outsider:
    """One country in a margin: the place of its dot (km), and the side to which its name grows."""

    area: str
    x: float
    y: float
    side: str


@dataclass(frozen=True)
class Margins:
    """The countries in the margins, how many are only counted, and the window of the map that includes the margins."""

    shown: tuple[Outsider, ...]
    grouped: int
    window: Window


def margins(
    weights: Mapping[str, float],
    places: Mapping[str, tuple[float | None, float | None]],
    names: Mapping[str, str],
    medium: Medium,
    partners: Mapping[str, Sequence[Point]] | None = None,
) -> Margins:
    """Place the countries in the margins.

    Args:
        weights: the size of each country's flows, by ISO3; the smallest are grouped.
        places: longitude and latitude in degrees, by ISO3; those without are placed at the lower right.
        names: the printed name of each; on a phone its ISO3 code.
        partners: the places (km) at the other ends of each country's arrows, by ISO3; so that fewer arrows cross,
            neighbors in a margin change places.
    """
    ranked = sorted(weights, key=lambda area: (-weights[area], area))
    placed = ranked[:MOST]
    right = [area for area in placed if _at_right(places.get(area, (None, None))[0])]
    left = [area for area in placed if area not in right]
    (width, height), phone = medium.size, medium.close and not medium.low
    # On a lower screen a pixel is more kilometers.
    wide = WIDE_SCALE * WIDE_TALL / height
    if medium.half:
        # The map keeps the names within its width.
        room = _room(names[area] for area in right)
        wide = max(REGION.height / STACKED, (REGION.width + SEA) / (width - room))
    if medium.low:
        wide = REGION.height / height
    window = _window((names[area] for area in right), wide, phone=phone or (medium.low and not right))
    inset = _room(names[area] for area in left)
    if medium.low and left:
        window = replace(window, left=COAST - inset * wide)
    if left and not medium.close:
        # The sea at both sides of the map, as far as it has any: the names at the left stand clear of the arrows there.
        across = width if medium.half else (1 - usual_share(medium)) * width - GAP
        sea = across * (wide if medium.half else REGION.height / height) - window.width
        sea = min(max(sea, 0.0) / 2, OFFSHORE)
        window = replace(window, left=window.left - sea, right=window.right + sea)
    scale = max(window.width / NARROW, WIDE_SCALE) if phone else wide
    step = (20 if medium.close else 26) * scale
    at_left = _uncrossed(_column(left, places, window.left + inset * scale, LEFT, step), partners or {})
    # On a phone the buttons for zoom are in the upper right corner.
    top = min(RIGHT[1], window.top - BUTTONS * scale) if phone else RIGHT[1]
    at_right = _uncrossed(_column(right, places, REGION.right + SEA, (RIGHT[0], top), step), partners or {})
    shown = [replace(one, side="left") for one in at_left] + at_right
    return Margins(tuple(shown), len(ranked) - len(placed), window)


def _at_right(longitude: float | None) -> bool:
    return longitude is None or ATLANTIC < longitude < BENGAL


def _room(names: Iterable[str]) -> float:
    """The width in pixels of the longest name."""
    longest = max((len(line) for name in names for line in name.split("<br>")), default=0)
    return longest * NAME_LETTER + MARGIN if longest else 0.0


def _window(names: Iterable[str], scale: float, *, phone: bool) -> Window:
    room = _room(names)
    if not room:
        # On a lower screen the codes in the Atlantic reach further out, too.
        return REGION if phone else replace(REGION, right=REGION.right + CODES * max(scale - WIDE_SCALE, 0.0))
    bare = REGION.width + SEA
    # On a phone the width decides the scale, so the room of the names counts in pixels of the result.
    added = room * bare / (NARROW - room) if phone else room * scale
    return replace(REGION, right=REGION.right + SEA + added)


def _column(
    areas: Sequence[str],
    places: Mapping[str, tuple[float | None, float | None]],
    x: float,
    stretch: tuple[float, float],
    step: float,
) -> list[Outsider]:
    """The countries of one margin from north to south: by latitude, at least a step apart, within the stretch."""
    bottom, top = stretch
    south = LATITUDES[0]
    latitudes = {area: value if (value := places.get(area, (None, None))[1]) is not None else south for area in areas}
    ordered = sorted(areas, key=lambda area: (-latitudes[area], area))
    found: list[Outsider] = []
    for rank, area in enumerate(ordered):
        preferred = bottom + (latitudes[area] - south) / (LATITUDES[1] - south) * (top - bottom)
        lowest = bottom + step * (len(ordered) - 1 - rank)
        highest = found[-1].y - step if found else top
        found.append(Outsider(area, x, min(max(preferred, lowest), highest), "right"))
    return found


def _uncrossed(column: Sequence[Outsider], partners: Mapping[str, Sequence[Point]]) -> list[Outsider]:
    """The countries of one margin, of which two neighbors change places if fewer of their arrows cross then."""
    found = list(column)
    for _ in column:
        before = list(found)
        for at in range(len(found) - 1):
            upper, lower = found[at : at + 2]
            changed = replace(lower, y=upper.y), replace(upper, y=lower.y)
            if _crossings(*changed, partners) < _crossings(upper, lower, partners):
                found[at : at + 2] = changed
        if found == before:
            break
    return found


def _crossings(upper: Outsider, lower: Outsider, partners: Mapping[str, Sequence[Point]]) -> int:
    """How many straight lines from one country of a margin to its partners cross lines from a lower one to its own."""
    found = 0
    for ends in product(partners.get(upper.area, ()), partners.get(lower.area, ())):
        # They cross if at the nearer end the line from the upper country is the lower one.
        near = min(abs(x - upper.x) for x, _ in ends)
        high, low = (
            one.y + (y - one.y) * near / abs(x - one.x) for one, (x, y) in zip((upper, lower), ends, strict=True)
        )
        found += high < low - 1.0
    return found


def heading(panel: Panel, column: Sequence[Outsider], lines: Sequence[str]) -> tuple[Place, float]:
    """The place of the heading of one margin, whole within the map, and its height in pixels over the first country.

    At the left it is under the last country, so that the height is negative: the arrows there go up.
    """
    scale, heights, x = panel.scale, [one.y for one in column], column[0].x
    dot, wide = DOT * scale, (max(map(len, lines)) * NAME_LETTER + 2 * DOT) * scale
    up = HEADING + (len(lines) - 1) * TEXT / 2
    if column[0].side == "right":
        y, fits = max(heights) + up * scale, x + wide <= panel.window.right
        return Place(x - dot if fits else panel.window.right - dot, y, "right" if fits else "left", away=False), up
    # On stage the names of states may reach up to it: it stands as far out as it can.
    y, fits = min(heights) - up * scale, x - wide >= panel.window.left and not panel.staged
    return Place(x + dot if fits else panel.window.left + dot, y, "left" if fits else "right", away=False), -up


def heading_box(panel: Panel, column: Sequence[Outsider], lines: Sequence[str]) -> Bounds:
    """The box in pixels of the heading of one margin."""
    at, _ = heading(panel, column, lines)
    x, y, across, half = at.x / panel.scale, at.y / panel.scale, max(map(len, lines)) * LETTER, len(lines) * TEXT / 2
    return (x, y - half, x + across, y + half) if at.side == "right" else (x - across, y - half, x, y + half)


# Pixels from the heading of a margin to its first country.
HEADING = 22.0
# The average width in pixels of a letter of a name in bold type.
BOLD = 8.2
# Pixels from a place to the edge of its marker, and to the text beside it.
DOT, AFTER = 5.5, 8.0
# The cost of a pixel of another state's arrow: on a line of text, which even a thin arrow cuts in two; on a marker,
# where the arrow seems to end; on the letters of a code.
WORDS, STOP, LETTERS = 6.0, 4.0, 2.5


def obstacles(
    panel: Panel,
    labels: Sequence[Label],
    roles: Mapping[str, Sequence[Role]],
    outsiders: Sequence[Outsider],
    names: Mapping[str, str],
    medium: Medium,
) -> list[Obstacle]:
    """The obstacles of a panel in pixels: markers, codes and badges of states; `outsiders` with their `names`."""
    found = [obstacle for label in labels for obstacle in _of_state(panel, label, roles.get(label.area, ()), medium)]
    return found + [obstacle for one in outsiders for obstacle in _of_outsider(panel, one, names[one.area])]


def _of_state(panel: Panel, label: Label, roles: Sequence[Role], medium: Medium) -> Iterator[Obstacle]:
    scale = panel.scale
    yield dot(panel, label.area, label.point)
    x, y, tall = label.at.x / scale, label.at.y / scale, len(_lines(label)) * TEXT
    yield Obstacle(label.area, _beside(x, y, label.at.side, 3.0, (wide(label), tall)), strange=LETTERS)
    if roles:
        x, y = label.at.x / scale + middle(label, medium), label.at.y / scale
        half = (STEP[medium.close] + BADGE_SIZE[medium.close]) / 2
        yield Obstacle(label.area, (x - half, y - half, x + half, y + half))


def wide(label: Label) -> float:
    """The width in pixels of a state's code or name in bold type, of the longest of its lines."""
    return max(CODE, *(len(line) * BOLD for line in _lines(label)))


def _lines(label: Label) -> list[str]:
    return re.sub("</?b>", "", label.text).split("<br>")


def _of_outsider(panel: Panel, one: Outsider, name: str) -> Iterator[Obstacle]:
    x, y = one.x / panel.scale, one.y / panel.scale
    yield dot(panel, one.area, (one.x, one.y))
    yield Obstacle(one.area, _beside(x, y, one.side, AFTER, (len(name) * LETTER, TEXT)), strange=WORDS)


def dot(panel: Panel, area: str, place: tuple[float, float]) -> Obstacle:
    """The obstacle of a marker; `place` is in kilometers."""
    x, y = place[0] / panel.scale, place[1] / panel.scale
    return Obstacle(area, (x - DOT, y - DOT, x + DOT, y + DOT), own=0.0, strange=STOP)


def _beside(x: float, y: float, side: str, off: float, size: tuple[float, float]) -> tuple[float, float, float, float]:
    """The rectangle of a text of a width and a height that grows to one side of a point."""
    wide, tall = size
    left = {"right": x + off, "left": x - off - wide, "center": x - wide / 2}[side]
    return left, y - tall / 2, left + wide, y + tall / 2
