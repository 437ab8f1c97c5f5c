"""The audit of tables before they are published: what an attacker can at most learn. It fails closed."""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from etl.cases.protection import Rule


@dataclass(frozen=True)
class TableAudit:
    """What was protected in one table; zeros and cells that are not in it count nowhere.

    Attributes:
        name: the name of the table.
        cells: numbers above zero.
        small: of these, numbers masked since they are below the threshold.
        complementary: numbers masked since they would reveal a small one by subtraction.
        bare_years: pairs of indicator and year of which only the total is published.
        proposals: codes of coarser groups, if protection removes more than half: see `PROPOSALS`.
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
    raise NotImplementedError
