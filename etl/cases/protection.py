"""Disclosure control: which numbers are published, and as what interval.

Small numbers are masked (primary suppression). Then an attacker (`attack.py`, the same programme as in the audit)
computes what the other numbers reveal; for each masked number that is known too narrowly the cheapest number of a sum
that it is part of is masked, too (complementary suppression), until none is left.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

from etl.cases.attack import WHOLE, CellKey, PublishedRange, attackers, by_year, relations
from etl.cases.tables import COUNT, EXACT, KEY, MASKED, TOTAL

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
            raise ValueError(f"the threshold is {self.threshold}; it must be at least {SMALLEST_THRESHOLD}")
        object.__setattr__(self, "width", self.width or (self.threshold - 1) // 2)
        if not 1 <= self.width <= self.threshold - 2:
            raise ValueError(f"the width is {self.width}; it is from 1 to {self.threshold - 2} for this threshold")

    def interval(self, count: int) -> PublishedRange:
        """The interval of a grid in which a masked number is printed: 1 to 10, 11 to 100, 101 to 1,000 ...

        The grid depends on nothing but the threshold.
        """
        low, high = 1, self.threshold - 1
        while count > high:
            low, high = high + 1, high * 10
        return low, high


def protect(counted: pl.DataFrame, rule: Rule, earlier: Sequence[pl.DataFrame] = ()) -> pl.DataFrame:
    """The numbers that may be published, the same in all tables.

    Zero is published as it is: nobody is there who could be found. But of a group of fewer persons than the threshold
    only the number is published, masked, and no row below it, neither zero nor other: such rows, also a zero, would say
    what these few have in common. The group may be a year, a citizenship, a country of exploitation, a sex or an age.
    Numbers that were masked in an earlier release stay masked while they may be the same. A year that cannot be
    protected, such as one in which earlier exact numbers reveal a new small one, has only its total.

    Args:
        counted: a row for each cell: the columns of KEY and `count` (Int64), with all sums; no row stands for zero.
        rule: what is protected.
        earlier: all tables that this register published before, oldest first, with the columns of PUBLISHED.

    Returns:
        the columns of PUBLISHED, by indicator and year, each in the order of its rows in `counted`.

    Raises:
        AuditError: the sums are not those of their parts.
    """
    before = [by_year(frame) for frame in earlier]
    shown: list[tuple[str | int, ...]] = []
    for name, exact in by_year(counted.with_columns(low=COUNT, high=COUNT)).items():
        counts = {cell: count for cell, (count, _) in exact.items()}
        releases = [frame[name] for frame in before if name in frame]
        shown.extend((*name, *cell, *bounds) for cell, bounds in _year(counts, rule, releases).items())
    schema = {name: counted.schema[name] for name in KEY} | {"low": pl.Int64, "high": pl.Int64}
    frame = pl.DataFrame(shown, schema=schema, orient="row")
    exact_number = pl.col("low") == pl.col("high")
    return frame.with_columns(status=pl.when(exact_number).then(pl.lit(EXACT)).otherwise(pl.lit(MASKED)))


def _year(
    counts: Mapping[CellKey, int], rule: Rule, earlier: Sequence[Mapping[CellKey, PublishedRange]]
) -> dict[CellKey, PublishedRange]:
    """What is published of one indicator and year: the interval of each cell, or of the total only."""
    shown = {cell: _bounds(cell, count, rule, earlier) for cell, count in counts.items()}
    only_total = {WHOLE: shown[WHOLE]}
    if 0 < counts[WHOLE] < rule.threshold:
        return only_total
    small = {cell for cell, count in counts.items() if 0 < count < rule.threshold}
    shown = {cell: bounds for cell, bounds in shown.items() if not any(sum_ in small for sum_ in _groups_of(cell))}
    sums = [frozenset((*totals, *parts)) for totals, parts, _ in relations(shown)]
    every = attackers([*earlier, shown])
    while found := next(((one, narrow) for one in every if (narrow := one.narrowest(rule.width))), None):
        attack, (narrow_cell, _) = found
        cell = _cheapest(narrow_cell, sums, counts, attack.slack(), rule)
        if cell is None:
            return only_total
        shown[cell] = rule.interval(counts[cell])
        if earlier:
            # More cells may now be the same in two releases, so that fewer changes may be enough.
            every = attackers([*earlier, shown])
        else:
            attack.hide(cell, shown[cell])
    return shown


def _groups_of(cell: CellKey) -> list[CellKey]:
    """The groups that a cell of several dimensions is part of: its sums over each of them."""
    places = [at for at, value in enumerate(cell) if value != TOTAL]
    return [(*cell[:at], TOTAL, *cell[at + 1 :]) for at in places] if len(places) > 1 else []


def _bounds(
    cell: CellKey, count: int, rule: Rule, earlier: Sequence[Mapping[CellKey, PublishedRange]]
) -> PublishedRange:
    """Masks a small number, and one that earlier releases masked and that may still be the same."""
    intervals = [release[cell] for release in earlier if cell in release]
    masked = any(low < high and low <= count <= high for low, high in intervals)
    return rule.interval(count) if count and (masked or count < rule.threshold) else (count, count)


def _cheapest(
    narrow: CellKey,
    sums: Sequence[frozenset[CellKey]],
    counts: Mapping[CellKey, int],
    slack: Mapping[CellKey, int],
    rule: Rule,
) -> CellKey | None:
    """The cell to mask next: of few persons, and alone in as few sums as possible, where others had to follow.

    Looked for first in the sums that reveal the narrow cell by themselves, then in all sums that it is part of, then
    in those of the masked cells beside it. Zeros stay as they are.
    """

    def cost(cell: CellKey) -> tuple[int, CellKey]:
        alone = sum(cell in members and not any(slack[other] for other in members) for members in sums)
        return counts[cell] * (1 + alone), cell

    reached = {narrow}
    near = [members for members in sums if narrow in members]
    tight = [members for members in near if sum(slack[other] for other in members - reached) < rule.width]
    for members in (tight, near):
        if found := {cell for cell in frozenset[CellKey]().union(*members) if counts.get(cell) and not slack[cell]}:
            return min(found, key=cost)
    while True:
        cells = frozenset[CellKey]().union(*(members for members in sums if members & reached))
        if found := {cell for cell in cells if counts.get(cell) and not slack[cell]}:
            return min(found, key=cost)
        masked = {cell for cell in cells if slack[cell]}
        if masked <= reached:
            return None
        reached |= masked
