"""Which parts of a briefing stand together on a page of paper, and how high its figures are. Pure.

A part is never on two pages, so a page ends where a thought ends; figures take the height that words leave.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise

# What a page costs beside the share of it that stays white; the last page may stay white for less.
PAGE = 0.2
LAST = 0.5


@dataclass(frozen=True)
class Sized:
    """A part in points: its height with its figures as low as they may be, and how much higher these may become."""

    height: float
    more: float = 0.0


@dataclass(frozen=True)
class Leaf:
    """A page: the numbers of its first part and of the one after its last, and for each part what its figures gain."""

    first: int
    end: int
    gained: tuple[float, ...]


def leaves(parts: Sequence[Sized], room: float, gap: float, *, cover: float = 0.0) -> list[Leaf]:
    """The pages of parts in their order: few, and with as little white as there can be.

    Args:
        room: the height of a page in points; gap: between two parts; cover: what the first page has above its parts.
    """

    def left(first: int, end: int) -> float:
        used = sum(one.height for one in parts[first:end]) + gap * (end - first - 1) + (0 if first else cover)
        return room - used

    @cache
    def best(first: int) -> tuple[float, tuple[int, ...]]:
        """The cost of the pages from a part on, and where they end."""
        if first == len(parts):
            return 0.0, ()
        tried = []
        for end in range(first + 1, len(parts) + 1):
            # A part higher than a page goes on on the next one.
            if (free := left(first, end)) < 0 and end > first + 1:
                break
            white = max(free - sum(one.more for one in parts[first:end]), 0.0) / room
            cost, ends = best(end)
            tried.append((cost + PAGE + white**2 * (LAST if end == len(parts) else 1.0), (end, *ends)))
        return min(tried)

    _, ends = best(0)
    return [Leaf(first, end, gains(parts[first:end], left(first, end))) for first, end in pairwise((0, *ends))]


def gains(parts: Sequence[Sized], free: float) -> tuple[float, ...]:
    """How much higher the figures of each part become, from what is free on their page."""
    most = sum(one.more for one in parts)
    share = min(max(free, 0.0) / most, 1.0) if most else 0.0
    return tuple(one.more * share for one in parts)
