"""The geometry of an arrow: a curved ribbon that widens toward its head, or a ring for flows within one state.

All lengths have the same unit (the maps use kilometers). A ribbon bows to the left of the straight line, seen from its
origin, so that A to B and B to A stay apart; it starts and ends on circles around the two markers.
"""

import math

import numpy as np
from numpy.typing import NDArray

Points = NDArray[np.float64]
# Many samples, to find where the curve leaves a circle; few points, since they are sent to the browser.
SAMPLES, FEWEST = 240, 6
# The weights of start, control point and end at each sample (a quadratic Bézier curve).
_T = np.linspace(0, 1, SAMPLES + 1)
BERNSTEIN = np.column_stack([(1 - _T) ** 2, 2 * _T * (1 - _T), _T**2])
# The control point's distance from the chord, as a share of the chord: short flows are straighter than long ones.
BOW_LEAST, BOW_MOST = 0.36, 0.52
TAIL = 0.5
# The least half width in pixels: a shape without an area cannot be clipped.
THINNEST = 0.1
HEAD_WIDTH, HEAD_LENGTH = 2.3, 2.2
HEAD_SHARE = 0.55
RING_STEPS = 18


def ribbon(
    start: Points,
    end: Points,
    wide: float,
    *,
    gaps: tuple[float, float],
    reach: float,
    side: float = 1.0,
    least: float = 0.0,
    head: float = 0.0,
    tail: float = 0.0,
    edge: float = 0.0,
    pixel: float = 1.0,
) -> Points:
    """The closed outline of a ribbon with a head.

    Args:
        start, end: the two places, arrays of shape (2,), further apart than the sum of the gaps.
        wide: the width at the base of the head; the tail has `TAIL` of it, or `tail` where that is more.
        gaps: the radii of the circles at the start and at the end; the tip is on the second.
        reach: the distance from which on flows have the greatest bow.
        side: the bow as a multiple of the usual one: positive to the left, seen from the start, negative to the right.
        least: the least bow, so that a hop between neighbors can be seen.
        head: the least width of the head, so that thin ribbons show their direction.
        tail: the least width of the tail, as far as the ribbon is as wide.
        edge: how far the outline is moved outward, such as by the width of a light line inside it; inward if negative.
        pixel: the length of a pixel; the outline is at most a sixth of it off the curve.

    Returns:
        Shape (n, 2), the first point repeated at the end.
    """
    line = _trimmed(_curve(start, end, reach, side, least), start, end, gaps)
    lengths = _lengths(line)
    across = max(HEAD_WIDTH * wide, head) + 3 * edge
    # n segments approximate a parabola with control point offset d to within d / 2n²: use as few as that allows.
    off = abs(side) * bow(float(np.hypot(*(end - start))), reach, least)
    steps = max(FEWEST, math.ceil(math.sqrt(3 * off / pixel)) + 1)
    head_length = min(HEAD_LENGTH / HEAD_WIDTH * across, HEAD_SHARE * lengths[-1])
    shaft = _resampled(line, lengths, lengths[-1] - head_length, steps)
    normals = _normals(shaft)
    widths = np.linspace(max(TAIL * wide, min(tail, wide)), wide, len(shaft))
    half = np.maximum(widths[:, None] / 2 + edge, THINNEST * pixel)
    wing = normals[-1] * across / 2
    left, right = shaft + normals * half, shaft - normals * half
    return np.vstack([left, shaft[-1] + wing, line[-1], shaft[-1] - wing, right[::-1], left[:1]])


def along(start: Points, end: Points, shares: Points, *, reach: float, side: float = 1.0, least: float = 0.0) -> Points:
    """The points of a ribbon's curve at some shares of its way, shape (n, 2)."""
    t = shares[:, None]
    control = _control(start, end, reach, side, least)
    found: Points = (1 - t) ** 2 * start + 2 * t * (1 - t) * control + t**2 * end
    return found


def middle(start: Points, end: Points, reach: float, side: float = 1.0, least: float = 0.0) -> Points:
    """The midpoint of the ribbon's curve, shape (2,)."""
    middle_point: Points = (start + end) / 4 + _control(start, end, reach, side, least) / 2
    return middle_point


def ring(center: Points, wide: float, gap: float, steps: int = RING_STEPS) -> tuple[Points, Points]:
    """The outer and the inner circle of a ring: `gap` is the radius of its hole, `wide` its width."""
    angles = np.linspace(0, 2 * np.pi, steps + 1)
    # A little wider, so that the polygon has the area of the circle.
    wider = math.sqrt(angles[1] / math.sin(angles[1]))
    circle = np.column_stack([np.cos(angles), np.sin(angles)]) * wider
    return center + circle * (gap + wide), center + circle[::-1] * gap


def bow(distance: float, reach: float, least: float = 0.0) -> float:
    """The distance of the control point from the chord, at least `least`; it grows faster than the chord's length."""
    share = min(distance / reach, 1.0)
    return max(distance * (BOW_LEAST + (BOW_MOST - BOW_LEAST) * share), least)


def _curve(start: Points, end: Points, reach: float, side: float, least: float) -> Points:
    weights = np.vstack([start, _control(start, end, reach, side, least), end])
    curve: Points = BERNSTEIN @ weights
    return curve


def _control(start: Points, end: Points, reach: float, side: float, least: float) -> Points:
    """The control point of the parabola between two places."""
    chord = end - start
    distance = float(np.hypot(*chord))
    left = np.array([-chord[1], chord[0]]) / distance
    control: Points = (start + end) / 2 + left * bow(distance, reach, least) * side
    return control


def _trimmed(curve: Points, start: Points, end: Points, gaps: tuple[float, float]) -> Points:
    """The part of the curve between the two circles, cut exactly at them."""
    first = _crossing(curve, start, gaps[0])
    last = _crossing(curve[::-1], end, gaps[1])
    outside = (_distances(curve, start) > gaps[0]) & (_distances(curve, end) > gaps[1])
    return np.vstack([first, curve[outside], last])


def _crossing(curve: Points, center: Points, radius: float) -> Points:
    """The point where a curve that begins at the center first leaves the circle."""
    far = _distances(curve, center)
    after = int(np.argmax(far > radius))
    share = (radius - far[after - 1]) / (far[after] - far[after - 1])
    direction = curve[after - 1] + share * (curve[after] - curve[after - 1]) - center
    crossing: Points = center + direction / np.hypot(*direction) * radius
    return crossing


def _distances(curve: Points, center: Points) -> Points:
    distances: Points = np.hypot(*(curve - center).T)
    return distances


def _lengths(line: Points) -> Points:
    return np.concatenate([[0.0], np.cumsum(np.hypot(*np.diff(line, axis=0).T))])


def _resampled(line: Points, along: Points, until: float, steps: int) -> Points:
    at = np.linspace(0, until, steps)
    return np.column_stack([np.interp(at, along, line[:, axis]) for axis in (0, 1)])


def _normals(line: Points) -> Points:
    directions = np.gradient(line, axis=0)
    directions = directions / np.hypot(*directions.T)[:, None]
    return np.column_stack([-directions[:, 1], directions[:, 0]])
