"""The audit of tables before they are published: what an attacker can at most learn. It fails closed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np
import polars as pl

from etl.cases.attack import attackers, by_year
from etl.cases.protection import Rule
from etl.cases.tables import DIMENSIONS, EXACT, KEY, MASKED, PUBLISHED, TABLES, TOTAL, CaseTable
from etl.errors import AuditError

# What makes the groups of a table coarser, by its dimensions.
PROPOSALS = {
    "sex": "without_sex",
    "age": "fewer_ages",
    "form": "fewer_forms",
    "origin": "fewer_citizenships",
    "destination": "without_country_of_exploitation",
}
YEARS_TOGETHER = "years_together"
# Protection of more than this share of a table makes it of little use.
MOST = 0.5


@dataclass(frozen=True)
class TableAudit:
    """What was protected in one table; zeros and cells that are not in it count nowhere.

    Attributes:
        name: the name of the table.
        cells: numbers above zero.
        small: of these, numbers masked since they are below the threshold.
        complementary: numbers masked since they would reveal a small one by subtraction.
        bare_years: pairs of indicator and year of which only the total is published.
        proposals: codes of coarser groups, `years_together` and those of `PROPOSALS`, if more than half of the cells
            are protected or more than half of the years are bare.
    """

    name: str
    cells: int
    small: int
    complementary: int
    bare_years: int
    proposals: tuple[str, ...]

    @property
    def share(self) -> float:
        """Share of the cells that is protected, from 0 to 1."""
        return (self.small + self.complementary) / self.cells if self.cells else 0.0


@dataclass(frozen=True)
class Audit:
    """What was audited and what an attacker can at most learn.

    Nobody who knows all published numbers can compute a masked number more narrowly than `narrowest`. What they do
    learn: that a combination is empty, unless it is part of a group below the threshold, of which nothing is shown but
    its interval. Cells of such groups are audited as sums over all of them, not one by one. Not supposed: an attacker
    who knows cases of the register, or how the tables were protected.

    Attributes:
        rule: the rule that each number keeps.
        cells: different numbers above zero in all tables together.
        protected: of these, masked ones.
        narrowest: highest less lowest possible number of the masked number that an attacker knows best; `None` if none
            is masked.
        earlier: earlier releases that were audited together with this one.
        tables: the same for each table.
    """

    rule: Rule
    cells: int
    protected: int
    narrowest: int | None
    earlier: int
    tables: tuple[TableAudit, ...]


def audit(published: pl.DataFrame, earlier: Sequence[pl.DataFrame], rule: Rule) -> Audit:
    """Audits the tables of a run together with all that the register published before.

    Raises:
        AuditError: a number is known more narrowly than the rule allows, or the tables cannot be audited.
    """
    _check_rows(published, rule)
    before = [by_year(frame) for frame in earlier]
    narrowest: int | None = None
    for name, cells in by_year(published).items():
        releases = [frame[name] for frame in before if name in frame]
        # A release that repeats the one after it says nothing more.
        releases = [old for old, new in pairwise([*releases, cells]) if old != new]
        for attacker in attackers([*releases, cells]):
            found = attacker.narrowest(np.inf if narrowest is None else narrowest)
            if found is None:
                continue
            cell, (low, high) = found
            if high - low < rule.width:
                raise AuditError(
                    f"what is published, now and before, reveals a protected number ({_named(*name, cell)}) more "
                    f"narrowly than the rule allows (highest less lowest: {rule.width}); nothing was published"
                )
            narrowest = high - low
    above_zero = published.filter(pl.col("high") > 0)
    protected = above_zero.filter(pl.col("status") == MASKED).height
    tables = tuple(_table(table, above_zero, rule) for table in TABLES)
    return Audit(rule, above_zero.height, protected, narrowest, len(earlier), tables)


def _check_rows(published: pl.DataFrame, rule: Rule) -> None:
    """Raises `AuditError` if a row is not a number as `protect` gives it, or shows a small number."""
    if set(published.columns) != set(PUBLISHED):
        raise AuditError(f"tables of cases have the columns {', '.join(PUBLISHED)}; nothing was published")
    low, high, exact = pl.col("low"), pl.col("high"), pl.col("status") == EXACT
    faults = {
        "is empty in part": pl.any_horizontal(pl.all().is_null()),
        "is there twice": pl.struct(KEY).is_duplicated(),
        "is no interval of whole numbers": (low < 0) | (low > high) | (exact != (low == high)),
        f"is exact, above zero and below {rule.threshold}": exact & (low > 0) & (low < rule.threshold),
    }
    for fault, condition in faults.items():
        if rows := published.filter(condition).select(KEY).rows():
            indicator, year, *cell = rows[0]
            raise AuditError(f"a number ({_named(indicator, year, cell)}) {fault}; nothing was published")


def _named(indicator: str, year: int, cell: Sequence[str]) -> str:
    """A cell by its key, without what is published of it."""
    values = [f"{name} {value}" for name, value in zip(DIMENSIONS, cell, strict=True) if value != TOTAL]
    return ", ".join([indicator, str(year), *values])


def _table(table: CaseTable, above_zero: pl.DataFrame, rule: Rule) -> TableAudit:
    """What was protected in a table."""
    outside = [pl.col(name) == TOTAL for name in DIMENSIONS if name not in table.dimensions]
    own = above_zero.filter(*outside)
    masked = own.filter(pl.col("status") == MASKED)
    small = masked.filter(pl.col("high") < rule.threshold).height
    years = own.group_by("indicator", "year").len()
    bare = years.filter(pl.col("len") == 1).height
    counted = TableAudit(table.name, own.height, small, masked.height - small, bare, ())
    if counted.share <= MOST and bare <= MOST * years.height:
        return counted
    return replace(counted, proposals=(YEARS_TOGETHER, *(PROPOSALS[name] for name in table.dimensions)))
