"""The citizenships of the victims in a state's own register, beside those that UNODC lists of victims detected there.

The two are shown beside each other and never added.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states.query import REPORTED
from dashboard.subjects.states.registers import registers
from data import manifest
from data.manifest import Indicator

# What the register and UNODC have to count alike, so that their lists can be compared.
UNIT = "persons"
DATE = "detection"


@dataclass(frozen=True)
class ListedYear:
    """The lists of a year.

    Attributes:
        own: the rows of the register, those without a country among them; none if it published only its total.
        beside: those of UNODC's list; none if it has no list of the state and year.
    """

    year: int
    own: pl.DataFrame
    beside: pl.DataFrame

    @property
    def both(self) -> bool:
        """Whether there are two lists."""
        return bool(self.own.height and self.beside.height)


@dataclass(frozen=True)
class RegisterLists:
    """The lists of a state's register: what it counts, and by year, the latest first, all in which it has victims."""

    indicator: Indicator
    years: Sequence[ListedYear]

    @property
    def rows(self) -> pl.DataFrame:
        """All rows of the lists."""
        return pl.concat([rows for one in self.years for rows in (one.own, one.beside)])


@cached
def lists(snap: Tables, area: str, edition: str = NEWEST) -> RegisterLists | None:
    """The lists of a state's register beside those of UNODC; None if no register has any.

    Args:
        edition: that of UNODC's.
    """
    mine = pl.col("evidence") == "register", pl.col("destination") == area
    rows = snap.table("flows").filter(*mine).sort("locator").collect()
    for one in registers.of(snap, area, edition) if rows.height else ():
        indicator = manifest.indicators()[one.indicator]
        if (indicator.beside, indicator.source) == (manifest.VICTIMS, rows["source"][0]):
            years = one.rows.filter(pl.col("high") > 0)["year"].sort(descending=True)
            beside = {year: routes_query.listed.of(snap, area, year, edition) for year in years}
            return RegisterLists(indicator, [ListedYear(year, rows.filter(year=year), beside[year]) for year in years])
    return None


def largest(rows: pl.DataFrame) -> str:
    """The citizenship that is certainly the largest of a list; empty if none is, whatever its ranges hide."""
    listed = rows.filter("located").sort("low", descending=True, nulls_last=True)
    usable = listed.height and listed["status"].is_in(REPORTED).all()
    return str(listed["origin"][0]) if usable and listed["low"][0] > max([0, *listed["high"][1:]]) else ""


@cached
def rows(snap: Tables, area: str, edition: str = NEWEST) -> pl.DataFrame:
    """The rows of both lists of a state, all years, for a file."""
    counted = snap.flows(edition).filter(pl.col("evidence") == "counted")
    own = snap.table("flows").filter(pl.col("evidence") == "register")
    both = pl.concat([counted, own]).filter(pl.col("destination") == area)
    return both.sort("year", "evidence", "locator").collect()
