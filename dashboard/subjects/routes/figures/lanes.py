"""Choose how each arrow of a panel bows, so that arrows cover neither labels, badges and markers nor one another.

Every arrow has a few candidate curves, and any two of them a cost if they meet. The arrows are placed one by one, each
on the curve of the lowest cost; then one arrow, or two that meet, move as long as that is better. It is tried twice,
the largest first and the smallest first, and then once more with curves close to those found. The result is
deterministic. All lengths are in pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.subjects.routes.figures.ribbons import HEAD_LENGTH, HEAD_WIDTH, Points, bow

# Single precision is enough for pixels and takes two thirds of the time.
Real = np.float32
RealNumbers = NDArray[Real]
Bounds = tuple[float, float, float, float]
# The sample points of a curve, or of its part in the panel.
_T = np.linspace(0.0, 1.0, 25, dtype=Real)
# Every how many sample points are the corners of a shaft that is compared with a head, with a shaft.
FINE, COARSE = 3, 4
# Candidate bows beside the default one, as multiples of the usual one for the distance; negative ones bow to the other
# side. APART is for arrows with an arrow in the opposite direction, HOPS for a hop between neighbors, which would be a
# stub if it were straighter.
SIDES = (0.4, -0.5, 0.7, 1.35, 0.1, -0.2, -0.9, 1.8, -1.4, 2.4)
APART = (0.7, 1.3, 0.5, 1.6, 2.0, 0.35, 2.4, 0.2, 2.8, 3.2)
HOPS = (1.3, -1.0, 0.85, 1.6, -1.3, -1.6, -0.85, 2.0, -2.0, 1.15)
HOPS_APART = (1.3, 0.85, 1.6, 1.15, 0.92, 1.45, 1.8, 2.0, 2.2, 1.07)
# The curves close to the one found: by shares of the way to the next candidates, unless those are STEP apart.
FINER, STEP = (0.0, -1 / 3, 1 / 3, -2 / 3, 2 / 3), 1.0
# The middle of a head, as a share of its length from its tip: as far from its corners as from the tip.
MIDDLE = 0.6
# About so many candidates of all arrows together, but at least LEAST of each: the cost of any two takes time. PASSES
# ends the search.
ROOM, LEAST, PASSES = 200, 3, 6
# Costs: of a pixel on another state's obstacle, on one of an arrow's own ends, of a head on a head or a shaft, of a
# shaft along another, outside of the panel; of a head on an obstacle; of each whole bow away from the default, and of
# each pixel of that; of a crossing of two arrows.
STRANGE, OWN, HEADS, SHAFTS, ALONG, OUTSIDE, ON_MARK, WISH, DETOUR = 1.2, 0.6, 12.0, 4.0, 0.5, 2.0, 25.0, 4.0, 0.08
CROSSING = 90.0
# What a move must save, so that rounding does not end it where it began.
BETTER = 0.01


@dataclass(frozen=True)
class UnplacedArrow:
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
    box: Bounds
    own: float = OWN
    strange: float = STRANGE


def sides(runs: Sequence[UnplacedArrow], obstacles: Sequence[Obstacle], frame: Bounds) -> list[float]:
    """The chosen bow of each run, in their order, which is from the largest to the smallest."""
    if not runs:
        return []
    some = max(ROOM // len(runs), LEAST)
    found = _best([replace(run, sides=run.sides[:some]) for run in runs], obstacles, frame)
    return _best([_finer(run, side, some) for run, side in zip(runs, found, strict=True)], obstacles, frame)


def _best(runs: Sequence[UnplacedArrow], obstacles: Sequence[Obstacle], frame: Bounds) -> list[float]:
    """The best of the candidates of each run that the search finds."""
    ways, order = _ways(runs, frame), range(len(runs))
    fixed, pairs = _fixed(runs, ways, obstacles, frame), _pairs(runs, ways)
    chosen, _ = min((_placed(fixed, pairs, each) for each in (order, order[::-1])), key=lambda found: found[1])
    return [run.sides[best] for run, best in zip(runs, chosen, strict=True)]


def _finer(run: UnplacedArrow, side: float, some: int) -> UnplacedArrow:
    """The run with `some` candidates around one of its candidates, at most."""
    usual = sorted(set(run.sides))
    at = usual.index(side)
    less, more = side - usual[max(at - 1, 0)], usual[min(at + 1, len(usual) - 1)] - side
    ways = [(less if share < 0 else more, share) for share in FINER[:some]]
    return replace(run, sides=tuple(side + share * step if step < STEP else side for step, share in ways))


def _fixed(runs: Sequence[UnplacedArrow], ways: "_Ways", obstacles: Sequence[Obstacle], frame: Bounds) -> RealNumbers:
    """The cost of each candidate by itself: of bowing so, and of what it covers."""
    sides, default = np.array([run.sides for run in runs], Real), np.array([[run.default] for run in runs], Real)
    # No detour in the panel is longer than the panel.
    longest = np.hypot(frame[2] - frame[0], frame[3] - frame[1])
    cost: RealNumbers = np.abs(sides - default) * (WISH + DETOUR * np.minimum(ways.alone, longest, dtype=Real))
    return cost + _covered_obstacles(runs, ways, obstacles) + _outside(ways.points, frame)


def _placed(fixed: RealNumbers, pairs: RealNumbers, order: Sequence[int]) -> tuple[list[int], float]:
    """The candidate of each run, placed one after the other in an order and moved while that is better; their cost."""
    costs, chosen = fixed.copy(), [-1] * len(fixed)
    # The costs are those of each candidate beside all runs placed so far.
    for at in order:
        chosen[at] = int(np.argmin(costs[at]))
        costs += pairs[at, chosen[at]]
    for _ in range(PASSES):
        before = list(chosen)
        for at in order:
            _move(costs, pairs, chosen, at, int(np.argmin(costs[at])))
        for one, other in _meeting(pairs, chosen):
            _move_both(costs, pairs, chosen, one, other)
        if chosen == before:
            break
    every = range(len(fixed))
    return chosen, float((fixed[every, chosen] + costs[every, chosen]).sum() / 2)


def _meeting(pairs: RealNumbers, chosen: Sequence[int]) -> list[tuple[int, int]]:
    """The pairs of runs that meet as they are placed."""
    every = np.arange(len(chosen))
    met = pairs[every[:, None], np.array(chosen)[:, None], every, chosen] > 0
    return [(one, other) for one, other in np.argwhere(met).tolist() if one < other]


def _move(costs: RealNumbers, pairs: RealNumbers, chosen: list[int], at: int, best: int) -> None:
    """Place one run on another candidate if that costs less, and correct the costs of the others."""
    if costs[at, best] < costs[at, chosen[at]] - BETTER:
        costs += pairs[at, best] - pairs[at, chosen[at]]
        chosen[at] = best


def _move_both(costs: RealNumbers, pairs: RealNumbers, chosen: list[int], one: int, other: int) -> None:
    """Place two runs on other candidates if the two together cost less."""
    alone = costs[one] - pairs[one, :, other, chosen[other]], costs[other] - pairs[other, :, one, chosen[one]]
    both = alone[0][:, None] + alone[1] + pairs[one, :, other]
    best = divmod(int(np.argmin(both)), both.shape[1])
    if both[best] < both[chosen[one], chosen[other]] - BETTER:
        for at, to in zip((one, other), best, strict=True):
            costs += pairs[at, to] - pairs[at, chosen[at]]
            chosen[at] = to


class _Ways(NamedTuple):
    """The candidate curves of all runs: their points, the middles of their heads, and each run's usual bow in pixels.

    The points are those between the free circles of a curve's ends, in the panel. The first two axes are the run and
    the candidate.
    """

    points: RealNumbers
    heads: RealNumbers
    alone: RealNumbers


def _ways(runs: Sequence[UnplacedArrow], frame: Bounds) -> _Ways:
    start, end = (np.array([getattr(run, name) for run in runs], Real)[:, None] for name in ("start", "end"))
    chord = end - start
    away = np.hypot(chord[..., 0], chord[..., 1])
    left = np.stack([-chord[..., 1], chord[..., 0]], axis=-1) / away[..., None]
    alone = np.array([[bow(float(far), run.reach, run.least)] for run, far in zip(runs, away[:, 0], strict=True)], Real)
    bows = alone * np.array([run.sides for run in runs], Real)
    control = (start + end) / 2 + left * bows[..., None]
    bends = np.stack(np.broadcast_arrays(start, control, end), axis=2)
    gaps = np.array([[*run.gaps, run.gaps[1] + MIDDLE * HEAD_LENGTH / HEAD_WIDTH * run.head] for run in runs], Real)
    whole = _weights(_T) @ bends
    since = _left(whole, start, gaps[:, 0])
    until, heads = (1 - _left(whole[:, :, ::-1], end, gaps[:, each]) for each in (1, 2))
    first, last = _within(start, end, frame)
    first, last = np.maximum(first, since), np.minimum(last, until)
    t = first[..., None] + np.maximum(last - first, 0)[..., None] * _T
    return _Ways(_weights(t) @ bends, (_weights(heads[..., None]) @ bends)[:, :, 0], alone)


def _weights(t: RealNumbers) -> RealNumbers:
    """The weights of start, control point and end of a curve at some shares of its way, in a new last axis."""
    weights: RealNumbers = np.stack([(1 - t) ** 2, 2 * t * (1 - t), t**2], axis=-1)
    return weights


def _left(curves: RealNumbers, place: RealNumbers, radius: RealNumbers) -> RealNumbers:
    """The share of its way at which each curve leaves the circle around the place where it begins."""
    far = np.hypot(*np.moveaxis(curves - place[:, :, None], -1, 0))
    after = np.maximum((far > radius[:, None, None]).argmax(axis=2), 1)[..., None]
    near, beyond = (np.take_along_axis(far, at, axis=2)[..., 0] for at in (after - 1, after))
    share: RealNumbers = (after[..., 0] - 1 + (radius[:, None] - near) / (beyond - near)) / (len(_T) - 1)
    return np.clip(share, 0, 1)


def _within(start: RealNumbers, end: RealNumbers, frame: Bounds) -> tuple[RealNumbers, RealNumbers]:
    """The shares of its way between which a curve may be in the panel, shape (runs, 1) each.

    A curve goes along its chord as fast as its parameter: what is further along than the corners is outside the panel.
    """
    x, y = np.array(frame[::2], Real), np.array(frame[1::2], Real)
    corners = np.stack(np.meshgrid(x, y), axis=-1).reshape(1, 4, 2)
    away = np.hypot(*np.moveaxis(end - start, -1, 0))
    until, since = (np.hypot(*np.moveaxis(corners - one, -1, 0)).max(axis=1, keepdims=True) for one in (start, end))
    return 1 - np.minimum(since / away, 1), np.minimum(until / away, 1)


def _pairs(runs: Sequence[UnplacedArrow], ways: _Ways) -> RealNumbers:
    """The cost of any two candidates of different runs, by how they meet; shape (runs, candidates) twice."""
    many, some = ways.heads.shape[:2]
    sizes = np.array([(run.head / 2, run.wide / 2) for run in runs], Real)
    head, wide = np.repeat(sizes, some, axis=0).T
    heads, points = ways.heads.reshape(-1, 2), ways.points.reshape(-1, len(_T), 2)
    on_heads = np.maximum(head[:, None] + head + 3 - _far(heads, heads), 0)
    over = _near(heads, points[:, ::FINE], head[:, None] + wide + 2)
    shafts = points[:, COARSE:-1:COARSE].transpose(1, 0, 2)
    far = _far(shafts.reshape(-1, 2), shafts.reshape(-1, 2)).reshape(*shafts.shape[:2], *shafts.shape[:2])
    along = np.maximum((wide[:, None] + wide + 3)[:, None] - far, 0).sum(axis=(0, 2))
    cost: RealNumbers = (
        HEADS * on_heads + SHAFTS * (over + over.T) + ALONG * along + CROSSING * _crossings(points[:, ::COARSE])
    )
    cost = cost.reshape(many, some, many, some)
    cost[range(many), :, range(many)] = 0
    return cost


def _crossings(lines: RealNumbers) -> RealNumbers:
    """How often each of some lines crosses each other; shape (n, points, 2) to (n, n)."""
    n, points = lines.shape[:2]
    # Sums are taken over the first and the third axis: numpy is slow at short last axes.
    lines = lines.transpose(1, 0, 2)
    places, pieces = _homogeneous(lines), _equations(lines)
    # Two pieces cross if each parts the ends of the other: their signs in its equation differ.
    theirs = (places @ pieces.T < 0).reshape(points, n, points - 1, n)
    ours = (pieces @ places.T < 0).reshape(points - 1, n, points, n)
    parted = (theirs[:-1] ^ theirs[1:]) & (ours[:, :, :-1] ^ ours[:, :, 1:])
    crossed: RealNumbers = parted.view(np.uint8).sum(axis=(0, 2), dtype=np.uint8).astype(Real)
    return crossed


def _homogeneous(lines: RealNumbers) -> RealNumbers:
    """The points of some lines as rows (x, y, 1)."""
    points = lines.reshape(-1, 2)
    return np.column_stack([points, np.ones(len(points), Real)])


def _equations(lines: RealNumbers) -> RealNumbers:
    """The pieces of some lines as rows (a, b, c): a x + b y + c is 0 on the piece and has one sign on each side."""
    start, along = lines[:-1].reshape(-1, 2), np.diff(lines, axis=0).reshape(-1, 2)
    a, b = -along[:, 1], along[:, 0]
    return np.column_stack([a, b, -(a * start[:, 0] + b * start[:, 1])])


def _covered_obstacles(runs: Sequence[UnplacedArrow], ways: _Ways, obstacles: Sequence[Obstacle]) -> RealNumbers:
    """The cost of each candidate by obstacles: its pixels over each of them, and its head on one."""
    if not obstacles:
        return np.zeros(ways.heads.shape[:2], Real)
    boxes = np.array([obstacle.box for obstacle in obstacles], Real)
    weights = np.array(
        [[obstacle.own if obstacle.area in run.ends else obstacle.strange for obstacle in obstacles] for run in runs],
        Real,
    )
    half = np.array([[run.wide / 2 + 1, run.head / 2] for run in runs], Real)
    points = _dense(ways.points)
    gone = np.diff(points, axis=2, append=points[:, :, -1:])
    steps = np.hypot(gone[..., 0], gone[..., 1])
    over = np.einsum("rktm,rm,rkt->rk", _inside(points, boxes, half[:, 0]), weights, steps, optimize=True)
    on_mark: RealNumbers = np.einsum("rkm,rm->rk", _inside(ways.heads, boxes, half[:, 1]), weights)
    covered: RealNumbers = over + ON_MARK * on_mark
    return covered


def _dense(points: RealNumbers) -> RealNumbers:
    """The curves with one more point between each two: a line of text is lower than a step of a long arrow."""
    dense: RealNumbers = np.repeat(points, 2, axis=2)[:, :, :-1]
    dense[:, :, 1::2] = (points[:, :, 1:] + points[:, :, :-1]) / 2
    return dense


def _outside(points: RealNumbers, frame: Bounds) -> RealNumbers:
    """The cost of leaving the panel, for candidates whose ends are inside."""
    low, high = np.array(frame[:2], Real), np.array(frame[2:], Real)
    beyond = np.maximum(low - points, points - high).max(axis=3)
    ends = np.maximum(beyond[:, :, 0], beyond[:, :, -1])
    cost: RealNumbers = OUTSIDE * np.maximum(beyond.max(axis=2), 0.0) * (ends <= 0)
    return cost


def _near(places: RealNumbers, lines: RealNumbers, apart: RealNumbers) -> RealNumbers:
    """By how much each place is closer to each line than `apart`, else 0; shapes (n, 2), (m, points, 2) to (n, m)."""
    shape = (len(places), lines.shape[1] - 1, len(lines))
    lines = lines.transpose(1, 0, 2)
    start, along = lines[:-1].reshape(-1, 2), np.diff(lines, axis=0).reshape(-1, 2)
    long = np.maximum(np.hypot(*along.T), Real(1e-3))
    along = along / long[:, None]
    # How far along the piece each place is, and how far off the nearest point of it.
    way = places @ along.T - (start * along).sum(axis=1)
    aside = np.column_stack([-along[:, 1], along[:, 0]])
    off = places @ aside.T - (start * aside).sum(axis=1)
    off *= off
    beyond = np.maximum(way - long, 0) + np.minimum(way, 0)
    off += beyond * beyond
    shortfall: RealNumbers = np.maximum(apart - np.sqrt(off.reshape(shape).min(axis=1)), 0)
    return shortfall


def _far(some: RealNumbers, others: RealNumbers) -> RealNumbers:
    """The distances of places from others; shapes (n, 2), (m, 2) to (n, m)."""
    square: RealNumbers = some @ (-2 * others.T)
    square += (some**2).sum(axis=1)[:, None]
    square += (others**2).sum(axis=1)
    np.sqrt(np.maximum(square, 0, out=square), out=square)
    return square


def _inside(points: RealNumbers, boxes: RealNumbers, margins: RealNumbers) -> RealNumbers:
    """1 for each point inside a box grown by the margin of its run, 0 for the others."""
    x, y = points[..., 0, None], points[..., 1, None]
    left, bottom, right, top = boxes.T
    by = margins.reshape(-1, *[1] * (points.ndim - 1))
    inside: RealNumbers = ((x > left - by) & (x < right + by) & (y > bottom - by) & (y < top + by)).astype(Real)
    return inside
