"""The printed classes of a rate map.

Rule: five classes of about equal numbers of figures, over all years of the indicator (so that a class means the same
in every year); each limit is then rounded to the nearest of 1, 1.2, 1.5, 2, 2.5, 3, 4, 5, 6, 8 times a power of ten,
and limits that become equal are one. A figure belongs to the first class whose upper limit it does not exceed; a true
zero to none.
"""

import math
from bisect import bisect_left
from collections.abc import Iterable, Sequence

CLASSES = 5
STEPS = (1.0, 1.2, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)


def class_breaks(values: Iterable[float | None]) -> list[float]:
    """The upper limits of all classes but the last, ascending: at most four, none without positive values.

    Args:
        values: every figure of the indicator, all states and years; nulls, zeros and negatives are passed over.
    """
    positive = sorted(value for value in values if value is not None and value > 0)
    if not positive:
        return []
    cuts = {_rounded(_quantile(positive, share / CLASSES)) for share in range(1, CLASSES)}
    return sorted(cut for cut in cuts if positive[0] <= cut < positive[-1])


def class_of(value: float, breaks: Sequence[float]) -> int:
    """The class of a positive figure, 0 for the lowest; a figure equal to a limit is in the class below it."""
    return bisect_left(breaks, value)


def decimals(limit: float) -> int:
    """How many decimals a limit needs to be written in full."""
    return len(f"{limit:.6f}".rstrip("0").partition(".")[2])


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _rounded(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    step = min(STEPS, key=lambda step: abs(step - value / power))
    return float(f"{step * power:.2g}")
