"""Choose how each arrow of a panel bows, so that arrows cover neither labels, badges and markers nor one another.

Every arrow has a few candidate curves. A greedy search places the arrows one by one, each on the curve of the lowest
cost; a second pass chooses again with all others in place. It is tried twice, the largest first and the smallest first.
The result is deterministic. All lengths are in pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.subjects.routes.figures.ribbons import HEAD_LENGTH, HEAD_WIDTH, Points, bow

# Single precision is enough for pixels and takes two thirds of the time.
Real = np.float32
Numbers = NDArray[Real]
Box = tuple[float, float, float, float]
# The coordinates of a run that is not placed yet.
FAR = 1e6
# The sample points of a curve, or of its part in the panel.
_T = np.linspace(0.0, 1.0, 25, dtype=Real)
# Every how many sample points are compared: a shaft with a head, a shaft with a shaft.
FINE, COARSE = 2, 4
# Candidate bows, as multiples of the usual one for the distance; negative ones bow to the other side. APART is for
# arrows with an arrow in the opposite direction.
SIDES = (1.0, 0.75, 1.25, 0.5, 1.5, 0.25, -0.4, -0.9, 1.75, 0.1, -0.65, -0.2, -1.25, 2.0, -1.6, 2.4, -0.1, 1.1)
APART = (1.0, 0.8, 1.2, 1.4, 0.65, 1.6, 1.8, 2.0, 0.5, 0.9, 1.1, 2.2, 0.35, 2.4, 2.8, 0.2, 3.2, 0.95)
# Candidates of a hop between neighbors, which would be a stub if it were straighter.
HOPS = (1.0, 1.25, 1.5, 0.85, 1.1, 1.75, 2.0, 1.35, 0.9, -1.0, -1.25, -1.5, -0.85, -1.1, -1.75, -2.0, -1.35, -0.9)
HOPS_APART = (1.0, 1.25, 1.5, 0.85, 1.1, 1.75, 2.0, 1.35, 0.9, 0.95, 1.2, 1.6, 1.05, 1.15, 1.9, 2.2, 1.3, 1.45)
# With more arrows than MANY a second pass would take too long, as would more than the first FEW candidates.
MANY, FEW = 40, 9
# Costs: of a pixel on another state's obstacle, on one of an arrow's own ends, of a head on a head or a shaft, of a
# shaft along another, outside of the panel; of a head on an obstacle; of each whole bow away from the default, and of
# each pixel of that; of a crossing of two arrows.
STRANGE, OWN, HEADS, SHAFTS, ALONG, OUTSIDE, ON_MARK, WISH, DETOUR = 1.2, 0.6, 6.0, 1.5, 0.5, 2.0, 25.0, 4.0, 0.04
CROSSING = 60.0


@dataclass(frozen=True)
class Run:
    """One arrow to be placed.

    Attributes:
        ends: codes of its two ends; start, end: their places; gaps: the radii around them that it leaves free.
        wide, head: the widths of shaft and head; reach, least: as in `ribbons.bow`.
        default: its bow if nothing is in the way; sides: all candidates, the same number for every run.
    """

    ends: tuple[str, str]
    start: Points
    end: Points
    gaps: tuple[float, float]
    wide: float
    head: float
    reach: float
    least: float
    default: float
    sides: tuple[float, ...]


@dataclass(frozen=True)
class Obstacle:
    """Something that arrows should not cover: a rectangle (left, bottom, right, top) that belongs to a state.

    `own` is the cost of a pixel of an arrow from or to that state, `strange` that of any other arrow.
    """

    area: str
    box: Box
    own: float = OWN
    strange: float = STRANGE


def sides(runs: Sequence[Run], obstacles: Sequence[Obstacle], frame: Box) -> list[float]:
    """The chosen bow of each run, in their order, which is from the largest to the smallest."""
    if not runs:
        return []
    many = len(runs) > MANY
    runs = [replace(run, sides=run.sides[:FEW]) for run in runs] if many else runs
    field = _Field(runs, _ways(runs, frame), obstacles, frame)
    order = range(len(runs))
    if many:
        chosen, _ = field.placed(order, 1)
    else:
        chosen, _ = min((field.placed(each, 2) for each in (order, order[::-1])), key=lambda found: found[1])
    return [run.sides[best] for run, best in zip(runs, chosen, strict=True)]


class _Ways(NamedTuple):
    """The candidate curves of all runs: their points in the panel, the centers of their heads, their bows in pixels.

    The first two axes are the run and the candidate.
    """

    points: Numbers
    heads: Numbers
    bows: Numbers


def _ways(runs: Sequence[Run], frame: Box) -> _Ways:
    start, end = (np.array([getattr(run, name) for run in runs], Real)[:, None] for name in ("start", "end"))
    chord = end - start
    away = np.hypot(chord[..., 0], chord[..., 1])
    left = np.stack([-chord[..., 1], chord[..., 0]], axis=-1) / away[..., None]
    alone = np.array([[bow(float(far), run.reach, run.least)] for run, far in zip(runs, away[:, 0], strict=True)], Real)
    bows = alone * np.array([run.sides for run in runs], Real)
    control = (start + end) / 2 + left * bows[..., None]
    bends = np.stack(np.broadcast_arrays(start, control, end), axis=2)
    back = control - end
    back = back / np.hypot(back[..., 0], back[..., 1])[..., None]
    off = np.array([run.gaps[1] + HEAD_LENGTH / HEAD_WIDTH * run.head / 2 for run in runs], Real)
    return _Ways(_weights(start, end, frame) @ bends, end + back * off[:, None, None], np.abs(bows))


def _weights(start: Numbers, end: Numbers, frame: Box) -> Numbers:
    """The weights of start, control point and end at each sample of a curve; shape (runs, 1, samples, 3).

    A curve goes along its chord as fast as its parameter: what is further along than the corners is outside the panel.
    """
    x, y = np.array(frame[::2], Real), np.array(frame[1::2], Real)
    corners = np.stack(np.meshgrid(x, y), axis=-1).reshape(1, 4, 2)
    away = np.hypot(*np.moveaxis(end - start, -1, 0))
    until, since = (np.hypot(*np.moveaxis(corners - one, -1, 0)).max(axis=1, keepdims=True) for one in (start, end))
    first, last = 1 - np.minimum(since / away, 1), np.minimum(until / away, 1)
    t = first + np.maximum(last - first, 0) * _T
    weights: Numbers = np.stack([(1 - t) ** 2, 2 * t * (1 - t), t**2], axis=-1)[:, None]
    return weights


class _Field:
    """The runs placed so far, and the fixed cost of each candidate."""

    def __init__(self, runs: Sequence[Run], ways: _Ways, obstacles: Sequence[Obstacle], frame: Box) -> None:
        self.ways, self.chosen = ways, [0] * len(runs)
        sides = np.array([run.sides for run in runs], Real)
        default = np.array([[run.default] for run in runs], Real)
        moved = np.abs(sides - default)
        self.cost: Numbers = moved * (WISH + DETOUR * ways.bows[:, :1]) + _covered_obstacles(runs, ways, obstacles)
        self.cost += _outside(ways.points, frame)
        self.half_heads = np.array([run.head / 2 for run in runs], Real)
        self.half_wide = np.array([run.wide / 2 for run in runs], Real)
        self.heads = np.full((len(runs), 2), FAR, Real)
        self.points = np.full((len(runs), len(_T), 2), FAR, Real)

    def placed(self, order: Sequence[int], passes: int) -> tuple[list[int], float]:
        """The candidate of each run, placed one after the other in an order, and their cost in the last pass."""
        self.heads[:] = self.points[:] = FAR
        for _ in range(passes):
            cost = sum(self._place(at) for at in order)
        return list(self.chosen), cost

    def _place(self, at: int) -> float:
        """Choose the candidate of one run, given the other placed runs; returns its cost."""
        self.heads[at] = self.points[at] = FAR
        costs = self.cost[at] + self._collisions(at)
        best = self.chosen[at] = int(np.argmin(costs))
        self.heads[at], self.points[at] = self.ways.heads[at, best], self.ways.points[at, best]
        return float(costs[best])

    def _collisions(self, at: int) -> Numbers:
        """The cost of each candidate of a run by overlaps with placed runs."""
        head, wide = self.half_heads[at], self.half_wide[at]
        mine, tips = self.ways.points[at], self.ways.heads[at]
        others, shafts = self.points[:, ::FINE], self.points[:, COARSE:-1:COARSE]
        on_heads = _depth(tips[:, None], self.heads, head + self.half_heads + 2).sum(axis=1)
        over = _depth(tips[:, None, None], others, (head + self.half_wide + 1)[:, None]).max(axis=2)
        under = _depth(mine[:, ::FINE, None], self.heads, wide + self.half_heads + 1).max(axis=1)
        along = _depth(mine[:, COARSE:-1:COARSE, None, None], shafts, (wide + self.half_wide + 3)[:, None])
        cost: Numbers = HEADS * on_heads + SHAFTS * (over + under).sum(axis=1) + ALONG * along.sum(axis=(1, 2, 3))
        cost += CROSSING * _crossings(mine[:, ::COARSE], self.points[:, ::COARSE])
        return cost


def _crossings(some: Numbers, others: Numbers) -> Numbers:
    """How often each of some lines crosses the others; shapes (n, points, 2) and (m, points, 2) to (n,)."""
    n, m, points = len(some), len(others), some.shape[1]
    # Two pieces cross if each parts the ends of the other: their signs in its equation differ.
    theirs = (_homogeneous(some) @ _equations(others).T < 0).reshape(n, points, m, points - 1)
    ours = (_equations(some) @ _homogeneous(others).T < 0).reshape(n, points - 1, m, points)
    parted = (theirs[:, :-1] ^ theirs[:, 1:]) & (ours[..., :-1] ^ ours[..., 1:])
    crossed: Numbers = np.count_nonzero(parted.reshape(n, -1), axis=1).astype(Real)
    return crossed


def _homogeneous(lines: Numbers) -> Numbers:
    """The points of some lines as rows (x, y, 1)."""
    points = lines.reshape(-1, 2)
    return np.column_stack([points, np.ones(len(points), Real)])


def _equations(lines: Numbers) -> Numbers:
    """The pieces of some lines as rows (a, b, c): a x + b y + c is 0 on the piece and has one sign on each side."""
    start, along = lines[:, :-1].reshape(-1, 2), np.diff(lines, axis=1).reshape(-1, 2)
    a, b = -along[:, 1], along[:, 0]
    return np.column_stack([a, b, -(a * start[:, 0] + b * start[:, 1])])


def _covered_obstacles(runs: Sequence[Run], ways: _Ways, obstacles: Sequence[Obstacle]) -> Numbers:
    """The cost of each candidate by obstacles: its pixels over each of them, and its head on one."""
    if not obstacles:
        return np.zeros(ways.bows.shape, Real)
    boxes = np.array([obstacle.box for obstacle in obstacles], Real)
    weights = np.array(
        [[obstacle.own if obstacle.area in run.ends else obstacle.strange for obstacle in obstacles] for run in runs],
        Real,
    )
    half = np.array([[run.wide / 2 + 1, run.head / 2] for run in runs], Real)
    points = _dense(ways.points)
    gone = np.diff(points, axis=2, append=points[:, :, -1:])
    steps = np.hypot(gone[..., 0], gone[..., 1])
    for end, gap in (("start", 0), ("end", 1)):
        place = np.array([getattr(run, end) for run in runs], Real)[:, None, None]
        free = np.array([run.gaps[gap] for run in runs], Real)[:, None, None]
        steps = steps * (((points - place) ** 2).sum(axis=-1) > free**2)
    over = np.einsum("rktm,rm,rkt->rk", _inside(points, boxes, half[:, 0]), weights, steps, optimize=True)
    on_mark: Numbers = np.einsum("rkm,rm->rk", _inside(ways.heads, boxes, half[:, 1]), weights)
    covered: Numbers = over + ON_MARK * on_mark
    return covered


def _dense(points: Numbers) -> Numbers:
    """The curves with one more point between each two: a line of text is lower than a step of a long arrow."""
    dense: Numbers = np.repeat(points, 2, axis=2)[:, :, :-1]
    dense[:, :, 1::2] = (points[:, :, 1:] + points[:, :, :-1]) / 2
    return dense


def _outside(points: Numbers, frame: Box) -> Numbers:
    """The cost of leaving the panel, for candidates whose ends are inside."""
    low, high = np.array(frame[:2], Real), np.array(frame[2:], Real)
    beyond = np.maximum(low - points, points - high).max(axis=3)
    ends = np.maximum(beyond[:, :, 0], beyond[:, :, -1])
    cost: Numbers = OUTSIDE * np.maximum(beyond.max(axis=2), 0.0) * (ends <= 0)
    return cost


def _depth(some: Numbers, others: Numbers, apart: Numbers) -> Numbers:
    """By how much each point is closer to each of the others than `apart`, else 0."""
    across, up = some[..., 0] - others[..., 0], some[..., 1] - others[..., 1]
    shortfall: Numbers = np.maximum(apart - np.sqrt(across * across + up * up), 0.0)
    return shortfall


def _inside(points: Numbers, boxes: Numbers, margins: Numbers) -> Numbers:
    """1 for each point inside a box grown by the margin of its run, 0 for the others."""
    x, y = points[..., 0, None], points[..., 1, None]
    left, bottom, right, top = boxes.T
    by = margins.reshape(-1, *[1] * (points.ndim - 1))
    inside: Numbers = ((x > left - by) & (x < right + by) & (y > bottom - by) & (y < top + by)).astype(Real)
    return inside
