"""Which way each arrow of a panel bows: clear of codes, badges and markers, head beside head, none upon another.

Every arrow has a few curves that it may take. They are chosen one arrow after another, the largest first, each where it
hides least of what stands there; then once more, now that all are known. The same arrows always run the same way.
All lengths are pixels.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from dashboard.subjects.routes.figures.ribbons import HEAD_LENGTH, HEAD_WIDTH, Points, bow

# Half as many bytes as usual are looked through in two thirds of the time, and a pixel is coarse enough.
Real = np.float32
Numbers = NDArray[Real]
Box = tuple[float, float, float, float]
# Where a run lies that does not lie yet.
FAR = 1e6
# Where the curves are looked at.
_T = np.linspace(0.0, 1.0, 25, dtype=Real)
_WEIGHTS = np.column_stack([(1 - _T) ** 2, 2 * _T * (1 - _T), _T**2])
# Every how many of these points two arrows are compared: a shaft with a head, a shaft with a shaft.
FINE, COARSE = 2, 4
# What a curve may be of the bow that the distance asks for; to the other side where nothing comes back on it.
SIDES = (1.0, 0.75, 1.25, 0.5, 1.5, 0.25, -0.4, -0.9, 1.75, 0.1, -0.65, -0.2, -1.25, 2.0, -1.6, 2.4, -0.1, 1.1)
APART = (1.0, 0.8, 1.2, 1.4, 0.65, 1.6, 1.8, 2.0, 0.5, 0.9, 1.1, 2.2, 0.35, 2.4, 2.8, 0.2, 3.2, 0.95)
# From this many arrows on a second look takes longer than a reader waits, and so do more than the first few ways.
MANY, FEW = 40, 9
# What is lost by a pixel under a strange mark, under a mark of its own end, of a head under a head or a shaft, of a
# shaft along another, outside of the panel; by a head on a mark; by each whole bow more or less, by each pixel of it.
STRANGE, OWN, HEADS, SHAFTS, ALONG, OUTSIDE, ON_MARK, WISH, DETOUR = 1.2, 0.6, 6.0, 1.5, 0.5, 2.0, 25.0, 4.0, 0.04


@dataclass(frozen=True)
class Run:
    """One arrow that looks for its way.

    Attributes:
        ends: codes of its two ends; start, end: where they stand; gaps: the circles around them that it leaves free.
        wide, head: the widths of shaft and head; reach: as in `ribbons.bow`.
        wished: the side it takes when it is alone; sides: all that it may take, as many for every run.
    """

    ends: tuple[str, str]
    start: Points
    end: Points
    gaps: tuple[float, float]
    wide: float
    head: float
    reach: float
    wished: float
    sides: tuple[float, ...]


@dataclass(frozen=True)
class Mark:
    """Something that no arrow should cover: a rectangle (left, bottom, right, top), and the state whose it is.

    `own` is what a pixel of an arrow from or to that state loses on it, `strange` a pixel of any other.
    """

    area: str
    box: Box
    own: float = OWN
    strange: float = STRANGE


def sides(runs: Sequence[Run], marks: Sequence[Mark], frame: Box) -> list[float]:
    """The side of each run, in their order: the largest come first."""
    if not runs:
        return []
    many = len(runs) > MANY
    runs = [replace(run, sides=run.sides[:FEW]) for run in runs] if many else runs
    field = _Field(runs, _ways(runs), marks, frame)
    for _ in range(1 if many else 2):
        for at in range(len(runs)):
            field.lay(at)
    return [run.sides[field.chosen[at]] for at, run in enumerate(runs)]


class _Ways(NamedTuple):
    """All curves that each run may take: their points, the middles of their heads, and their bows in pixels.

    The first two axes are the run and its side.
    """

    points: Numbers
    heads: Numbers
    bows: Numbers


def _ways(runs: Sequence[Run]) -> _Ways:
    start, end = (np.array([getattr(run, name) for run in runs], Real)[:, None] for name in ("start", "end"))
    chord = end - start
    away = np.hypot(chord[..., 0], chord[..., 1])
    left = np.stack([-chord[..., 1], chord[..., 0]], axis=-1) / away[..., None]
    alone = np.array([[bow(float(far), run.reach)] for run, far in zip(runs, away[:, 0], strict=True)], Real)
    bows = alone * np.array([run.sides for run in runs], Real)
    control = (start + end) / 2 + left * bows[..., None]
    bends = np.stack(np.broadcast_arrays(start, control, end), axis=2)
    back = control - end
    back = back / np.hypot(back[..., 0], back[..., 1])[..., None]
    off = np.array([run.gaps[1] + HEAD_LENGTH / HEAD_WIDTH * run.head / 2 for run in runs], Real)
    return _Ways(_WEIGHTS @ bends, end + back * off[:, None, None], np.abs(bows))


class _Field:
    """The runs that lie already, for those that come after them, and what each way loses by itself."""

    def __init__(self, runs: Sequence[Run], ways: _Ways, marks: Sequence[Mark], frame: Box) -> None:
        self.ways, self.chosen = ways, [0] * len(runs)
        sides = np.array([run.sides for run in runs], Real)
        wished = np.array([[run.wished] for run in runs], Real)
        moved = np.abs(sides - wished)
        self.lost: Numbers = moved * (WISH + DETOUR * ways.bows[:, :1]) + _covered(runs, ways, marks)
        self.lost += _outside(ways.points, frame)
        self.half_heads = np.array([run.head / 2 for run in runs], Real)
        self.half_wide = np.array([run.wide / 2 for run in runs], Real)
        self.heads = np.full((len(runs), 2), FAR, Real)
        self.points = np.full((len(runs), len(_T), 2), FAR, Real)

    def lay(self, at: int) -> None:
        """Choose the way of one run among those that lie."""
        self.heads[at] = self.points[at] = FAR
        best = self.chosen[at] = int(np.argmin(self.lost[at] + self._met(at)))
        self.heads[at], self.points[at] = self.ways.heads[at, best], self.ways.points[at, best]

    def _met(self, at: int) -> Numbers:
        """What each way loses by the arrows that lie: heads and shafts upon one another."""
        head, wide = self.half_heads[at], self.half_wide[at]
        mine, tips = self.ways.points[at], self.ways.heads[at]
        lie, those = self.points[:, ::FINE], self.points[:, COARSE:-1:COARSE]
        on_heads = _depth(tips[:, None], self.heads, head + self.half_heads + 1).sum(axis=1)
        over = _depth(tips[:, None, None], lie, (head + self.half_wide + 1)[:, None]).max(axis=2)
        under = _depth(mine[:, ::FINE, None], self.heads, wide + self.half_heads + 1).max(axis=1)
        along = _depth(mine[:, COARSE:-1:COARSE, None, None], those, (wide + self.half_wide + 3)[:, None])
        met: Numbers = HEADS * on_heads + SHAFTS * (over + under).sum(axis=1) + ALONG * along.sum(axis=(1, 2, 3))
        return met


def _covered(runs: Sequence[Run], ways: _Ways, marks: Sequence[Mark]) -> Numbers:
    """By marks: the pixels of each way that run over each of them, and whether its head lies on one."""
    if not marks:
        return np.zeros(ways.bows.shape, Real)
    boxes = np.array([mark.box for mark in marks], Real)
    weights = np.array([[mark.own if mark.area in run.ends else mark.strange for mark in marks] for run in runs], Real)
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
    """The curves with a point more between each two: a line of words is lower than a step of a long arrow."""
    dense: Numbers = np.repeat(points, 2, axis=2)[:, :, :-1]
    dense[:, :, 1::2] = (points[:, :, 1:] + points[:, :, :-1]) / 2
    return dense


def _outside(points: Numbers, frame: Box) -> Numbers:
    """By how much each way leaves the panel whose ends lie inside."""
    low, high = np.array(frame[:2], Real), np.array(frame[2:], Real)
    beyond = np.maximum(low - points, points - high).max(axis=3)
    ends = np.maximum(beyond[:, :, 0], beyond[:, :, -1])
    lost: Numbers = OUTSIDE * np.maximum(beyond.max(axis=2), 0.0) * (ends <= 0)
    return lost


def _depth(some: Numbers, others: Numbers, apart: Numbers) -> Numbers:
    """By how much each of some lies nearer to each of the others than they should be apart."""
    across, up = some[..., 0] - others[..., 0], some[..., 1] - others[..., 1]
    lacking: Numbers = np.maximum(apart - np.sqrt(across * across + up * up), 0.0)
    return lacking


def _inside(points: Numbers, boxes: Numbers, margins: Numbers) -> Numbers:
    """1 for each point that lies in a box made larger by the margin of its run, 0 for the others."""
    x, y = points[..., 0, None], points[..., 1, None]
    left, bottom, right, top = boxes.T
    by = margins.reshape(-1, *[1] * (points.ndim - 1))
    inside: Numbers = ((x > left - by) & (x < right + by) & (y > bottom - by) & (y < top + by)).astype(Real)
    return inside
