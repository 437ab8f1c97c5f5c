"""Disclosure control: which numbers are published, and as what interval.

Small numbers are masked (primary suppression). Then an attacker (`attack.py`, the same programme as in the audit)
computes what the other numbers reveal; for each masked number that is known too narrowly the cheapest number of a sum
that it is part of is masked, too (complementary suppression), until none is left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from etl.cases.attack import WHOLE, Attack, Cell, Interval, Relation, relations
from etl.cases.tables import COUNT, DIMENSIONS, EXACT, KEY, MASKED, PUBLISHED

SMALLEST_THRESHOLD = 3


@dataclass(frozen=True)
class Rule:
    """What is protected, and how well.

    Attributes:
        threshold: a number from 1 to one below it is masked; at least 3.
        width: highest less lowest number that an attacker can compute for a masked number, at least. 0 stands for half
            of what the interval of a small number has: 5 for the threshold 11, whose small numbers are 1 to 10.

    Raises:
        ValueError: a threshold below 3, or a width that no small number can have.
    """

    threshold: int = 11
    width: int = 0

    def __post_init__(self) -> None:
        if self.threshold < SMALLEST_THRESHOLD:
            raise ValueError(f"the threshold is {self.threshold}; the smallest one is {SMALLEST_THRESHOLD}")
        object.__setattr__(self, "width", self.width or (self.threshold - 1) // 2)
        if not 1 <= self.width <= self.threshold - 2:
            raise ValueError(f"the width is {self.width}; it is from 1 to {self.threshold - 2} for this threshold")

    def interval(self, count: int) -> Interval:
        """The interval of a grid in which a masked number is printed: 1 to 10, 11 to 100, 101 to 1,000 ...

        The grid depends on nothing but the threshold.
        """
        low, high = 1, self.threshold - 1
        while count > high:
            low, high = high + 1, high * 10
        return low, high


def protect(counted: pl.DataFrame, rule: Rule, earlier: Sequence[pl.DataFrame] = ()) -> pl.DataFrame:
    """The numbers that may be published, the same in all tables.

    Zero is published as it is: nobody is there who could be found. Of a year with fewer persons than the threshold only
    the total is published, masked: any other row, also a zero, would say what these few have in common.
    Numbers that were masked in an earlier release stay masked.

    Args:
        counted: a row for each cell: the columns of KEY and `count` (Int64), with all sums; no row stands for zero.
        rule: what is protected.
        earlier: all tables that this register published before, oldest first, with the columns of PUBLISHED.

    Returns:
        the columns of PUBLISHED, in the order of the rows of `counted`.

    Raises:
        AuditError: the sums are not those of their parts.
    """
    raise NotImplementedError
