"""Where circles on a map stand, and the words beside them. Pixels, from the lower left corner of the map.

The places depend on the figures and on the lands alone: the room for words is that of the longest language, so that a
figure is the same in all of them.
"""

import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from functools import cache
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from dashboard.charts.medium import TEXT
from dashboard.charts.render import metrics
from data.i18n import LANGUAGES, Language, language

T = TypeVar("T")
Points = npt.NDArray[np.float64]
Bounds = tuple[float, float, float, float]
# The size of the letters, the height of a line, and the room between a circle and its words.
LINE = 17.0
ASIDE = 5.0
# The height of letters, and how many pixels nearer words are to their own mark than to others.
LETTERS = 0.7 * TEXT
NEARER = 2.0
# The share of a circle's width that words on it may take.
WITHIN = 0.86
# The sides at which words may stand, the best first: the share of the radius to the right and up, and the alignment.
SIDES = (
    (1.0, 0.0, "right"),
    (-1.0, 0.0, "left"),
    (0.0, -1.0, "center"),
    (0.0, 1.0, "center"),
    (0.71, 0.71, "right"),
    (0.71, -0.71, "right"),
    (-0.71, 0.71, "left"),
    (-0.71, -0.71, "left"),
    (0.0, -1.0, "right"),
    (0.0, -1.0, "left"),
    (0.0, 1.0, "right"),
    (0.0, 1.0, "left"),
)
# Our letters, and those of a machine that does not have ours, are wider than those that `metrics` knows.
WIDER = 1.06


@dataclass(frozen=True)
class Circle:
    """A circle of radius `radius` that would rather stand at (x, y), for the country `code`."""

    code: str
    x: float
    y: float
    radius: float


@dataclass(frozen=True)
class CircleText:
    """Words at a point, and their alignment there."""

    x: float
    y: float
    side: str


def widest(words: Callable[[T, Language], str], some: Iterable[T], *, bold: bool = False) -> float:
    """The width in pixels of the widest words of some things in any language; 0 if there are none."""
    every = (words(one, lang) for one in some for lang in languages())
    return WIDER * max((metrics.width(text, TEXT, bold=bold) for text in every), default=0.0)


@cache
def languages() -> tuple[Language, ...]:
    """All languages: what the longest one needs, all have."""
    return tuple(map(language, LANGUAGES))


def placed(
    circles: Sequence[Circle],
    widths: Sequence[Sequence[float]],
    lines: Points,
    width: float,
    height: float,
    taken: Sequence[Bounds] = (),
    others: Sequence[Points] = (),
    aside: Sequence[float] = (0.0,),
    rivals: Sequence[Circle] = (),
) -> list[tuple[int, CircleText] | None]:
    """Which words of each circle stand where, the first circles first; None where every place is taken.

    Words are nearer to their own circle or mark than to any other: else they would seem to be of another state.

    Args:
        widths: the widths of the words of each circle that are tried, the best first.
        lines: points on the lines that words keep clear of, shape (n, 2).
        taken: boxes that words keep clear of, too.
        others: for each circle the points that its words keep clear of where no place is clear of all lines.
        aside: by how many pixels words may be farther from their circles than usual, the best first.
        rivals: all circles or marks of the map, by default `circles`.
    """
    boxes: list[Bounds] = [*taken]
    found: list[tuple[int, CircleText] | None] = []
    for at, (one, tried) in enumerate(zip(circles, widths, strict=True)):
        spots = [
            (which, _words(replace(one, radius=one.radius + more), *side), wide)
            for more in aside
            for which, wide in enumerate(tried)
            for side in SIDES
        ]
        free = [
            (which, words, box)
            for which, words, wide in spots
            for box in (word_box(words.x, words.y, words.side, wide),)
            if inside(box, width, height)
            and not any(meet(box, other) for other in boxes)
            and not any(covers(other, box) for other in circles)
            and _at_home(box, one.code, rivals or circles)
        ]
        clear = (spot for points in (lines, *others[at : at + 1]) for spot in free if not crossed(spot[2], points))
        best = next(clear, None)
        found.append(best[:2] if best else None)
        boxes += [best[2]] if best else []
    return found


def fits(circle: Circle, wide: float) -> bool:
    """Whether words of a width fit on a circle."""
    return math.hypot(wide, LINE * 0.7) <= 2 * circle.radius * WITHIN


def _at_home(box: Bounds, code: str, marks: Sequence[Circle]) -> bool:
    """Whether the letters in a box are nearer to a mark of their state than to that of another one."""
    lower, upper = box[1] + (LINE - LETTERS) / 2, box[3] - (LINE - LETTERS) / 2
    own, other = math.inf, math.inf
    for one in marks:
        right, up = max(box[0] - one.x, one.x - box[2], 0.0), max(lower - one.y, one.y - upper, 0.0)
        far = math.hypot(right, up) - one.radius
        own, other = (min(own, far), other) if one.code == code else (own, min(other, far))
    return own + NEARER < other


def _words(one: Circle, right: float, up: float, side: str) -> CircleText:
    # Words right below or above a circle are half a line away from it.
    above = up * (one.radius + (ASIDE + LINE / 2) * (abs(up) == 1))
    return CircleText(one.x + right * (one.radius + ASIDE), one.y + above, side)


def word_box(x: float, y: float, side: str, wide: float) -> Bounds:
    """The box of words so wide at a point, from which they grow to a side."""
    left = {"right": x, "left": x - wide, "center": x - wide / 2}[side]
    return left, y - LINE / 2, left + wide, y + LINE / 2


def inside(box: Bounds, width: float, height: float) -> bool:
    """Whether a box is within a map."""
    return box[0] >= 0 and box[1] >= 0 and box[2] <= width and box[3] <= height


def meet(one: Bounds, other: Bounds) -> bool:
    """Whether two boxes have a point in common."""
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def covers(circle: Circle, box: Bounds) -> bool:
    """Whether a circle covers a point of a box."""
    right = max(box[0] - circle.x, circle.x - box[2], 0.0)
    up = max(box[1] - circle.y, circle.y - box[3], 0.0)
    return math.hypot(right, up) < circle.radius


def along(lines: Sequence[tuple[float, float, float, float]]) -> Points:
    """Points on lines between two ends (x, y, x, y), no farther apart than a letter is high."""
    shares = np.linspace(0, 1, 200)[:, None]
    ends = np.array(lines).reshape(-1, 4)
    points: Points = np.concatenate(
        [np.empty((0, 2)), *(ends[:, :2] + share * (ends[:, 2:] - ends[:, :2]) for share in shares)]
    )
    return points


def crossed(box: Bounds, points: Points) -> int:
    """How many of the points are in a box."""
    x, y = points.T
    return int(((x > box[0]) & (x < box[2]) & (y > box[1]) & (y < box[3])).sum())
