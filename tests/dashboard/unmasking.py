"""A reader who knows every printed figure and tries to learn more about the masked ones from derived figures."""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from math import fsum
from typing import NamedTuple

import numpy as np

from dashboard import store
from dashboard.editions import NEWEST, earlier
from dashboard.store import Tables

# Far below the sixth decimal of a rate, far above what adding up thousands of them loses.
NOISE, DIGITS = 1e-8, 8
CHUNK = 512
Interval = tuple[float, float]


class AsOf(Tables):
    """Frames as of one edition, whichever edition is read."""

    def observations(self, _edition=NEWEST):
        return self.table("observations")

    def flows(self, _edition=NEWEST):
        return self.table("flows")

    def flow_coverage(self, _edition=NEWEST):
        return self.table("flow_coverage")


class Sum(NamedTuple):
    """The interval that the product shows for some cells together under one filter."""

    filter: Hashable
    low: float
    high: float
    cells: frozenset[Hashable]


@dataclass(frozen=True)
class Learned:
    """What pairs of filters reveal.

    Attributes:
        pairs: how many were compared.
        alone: in how many distinct pairs all masked cells but one cancel out.
        cells: the cells isolated that way.
        narrower: the pairs that reveal more than is printed.
    """

    pairs: int = 0
    alone: int = 0
    cells: frozenset[Hashable] = frozenset()
    narrower: tuple[tuple[Hashable, Hashable], ...] = ()

    def __add__(self, other: "Learned") -> "Learned":
        both = zip(self._parts(), other._parts(), strict=True)
        return Learned(*(mine | theirs if isinstance(mine, frozenset) else mine + theirs for mine, theirs in both))

    def _parts(self) -> tuple:
        return self.pairs, self.alone, self.cells, self.narrower


def editions() -> list[str]:
    return [NEWEST, *earlier(store.tables().table("release_coverage"))]


def learn(sums: Iterable[Sum], printed: dict[Hashable, Interval]) -> Learned:
    """Compare every two sums, and each with an empty sum.

    The exact cells of both are taken away first. The masked ones of the first that are not in the second, less those
    of the second that are not in the first, are then read in two ways: as the difference of two intervals; and, where
    all of the second are in the first, end by end, as one would who knows how the product adds up.

    Args:
        printed: the publisher's own interval of every cell.
    """
    answers = {(0.0, 0.0, frozenset()): "nothing"}
    filter_count = 1
    for total in sums:
        filter_count += 1
        exact = fsum(printed[cell][0] for cell in total.cells if not _masked(printed[cell]))
        hidden = frozenset(cell for cell in total.cells if _masked(printed[cell]))
        # Filters with equal intervals for equal cells count once.
        answers.setdefault((round(total.low - exact, DIGITS), round(total.high - exact, DIGITS), hidden), total.filter)
    hidden = sorted({cell for _, _, cells in answers for cell in cells}, key=str)
    place = {cell: number for number, cell in enumerate(hidden)}
    holds = np.zeros((len(answers), len(hidden)))
    for number, (_, _, cells) in enumerate(answers):
        holds[number, [place[cell] for cell in cells]] = 1
    answer_ends = np.array([answer[:2] for answer in answers]).T
    ends = np.array([printed[cell] for cell in hidden]).reshape(-1, 2).T
    names = list(answers.values())
    parts = (_learned(first, holds, answer_ends, ends, hidden, names) for first in range(0, len(names), CHUNK))
    return sum(parts, Learned(pairs=filter_count * (filter_count - 1)))


def _masked(ends: Interval) -> bool:
    return ends[0] < ends[1]


def _learned(first, holds, answer_ends, ends, hidden, names) -> Learned:
    """Compare some of the sums with all."""
    mine = holds[first : first + CHUNK]
    common = mine @ holds.T
    more, less = mine.sum(1)[:, None] - common, holds.sum(1)[None, :] - common
    low, high = (end[first : first + CHUNK, None] for end in answer_ends)
    # The bounds of the cells only in the first sum, and of those only in the second.
    least_more, most_more = ((mine @ end)[:, None] - (mine * end) @ holds.T for end in ends)
    least_less, most_less = ((holds @ end)[None, :] - (mine * end) @ holds.T for end in ends)
    below, above = least_more - most_less + NOISE, most_more - least_less - NOISE
    apart = (low - answer_ends[1] > below) | (high - answer_ends[0] < above)
    by_ends = (low - answer_ends[0] > below) | (high - answer_ends[1] < above)
    nested = (less == 0) & (more > 0)
    narrower = apart & (more + less > 0) | nested & by_ends
    alone = np.argwhere(nested & (more == 1))
    cells = {hidden[np.argmax(mine[i] > holds[j])] for i, j in alone}
    pairs = tuple((names[first + i], names[j]) for i, j in np.argwhere(narrower))
    return Learned(0, len(alone), frozenset(cells), pairs)
