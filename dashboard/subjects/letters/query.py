"""What is missing, contradicts itself, or changed in what is published: by state or by publisher."""

from typing import NamedTuple

import polars as pl

from dashboard.store import Tables, areas, cached
from dashboard.subjects.coverage import query as coverage
from dashboard.subjects.identities import query as identities
from dashboard.subjects.states import profile
from dashboard.subjects.states.query import DIMENSIONS, REPORTED
from data import manifest

VICTIMS = manifest.VICTIMS
# A series of one state is its own; those of several are expected of all.
SEVERAL = 2
LATE = profile.LATE
USABLE = pl.col("kind").is_in(coverage.USABLE)


class Gap(NamedTuple):
    """What a state lacks of an indicator.

    Attributes:
        last: the latest year with a usable figure; 0 without any.
        years: those without one between the first and the last that it has.
        until: the last year of any state.
    """

    area: str
    indicator: str
    last: int
    years: tuple[int, ...]
    until: int


@cached
def publishers(_snap: Tables) -> tuple[str, ...]:
    """The sources that print figures of states, by id."""
    return tuple(sorted({manifest.indicators()[code].source for code in coverage.indicators()}))


@cached
def gaps(snap: Tables, indicator: str) -> tuple[Gap, ...]:
    """What each state lacks of an indicator, by the code of the state; nothing of one that only one state has."""
    cells = coverage.cells.of(snap, indicator)
    usable = cells.filter(USABLE)
    if usable["area"].n_unique() < SEVERAL:
        return ()
    until, found = int(usable["year"].max()), []  # type: ignore[arg-type]
    for area in areas():
        mine = sorted(usable.filter(area=area)["year"])
        within = range(mine[0], mine[-1] + 1) if mine else ()
        found.append(Gap(area, indicator, mine[-1] if mine else 0, tuple(y for y in within if y not in mine), until))
    return tuple(found)


@cached
def broken_down(snap: Tables, area: str) -> dict[str, tuple[int, ...]]:
    """By breakdown of the victims (sex, age, form, citizenship) the years that have a total alone, if there are any."""
    rows = snap.observations().filter(pl.col("area") == area, pl.col("indicator") == VICTIMS).collect()
    whole = pl.all_horizontal(pl.col(DIMENSIONS) == "total")
    years = set(rows.filter(whole, pl.col("status").is_in(REPORTED), pl.col("high") > 0)["year"])
    has = {name: set(rows.filter(pl.col(name) != "total")["year"]) for name in DIMENSIONS}
    flows = snap.flows().filter(pl.col("destination") == area, pl.col("evidence") == "counted")
    has["citizenship"] = set(flows.select("year").collect()["year"])
    return {name: tuple(sorted(years - some)) for name, some in has.items() if years - some}


@cached
def contradictions(snap: Tables, *, unusual: bool) -> pl.DataFrame:
    """The rows of `identities` in the releases shown: those that contradict, or those that are only unusual."""
    return identities.newest.of(snap).filter((pl.col("kind") == identities.UNUSUAL) == unusual)


@cached
def changed(snap: Tables) -> pl.DataFrame:
    """The totals that are certainly another figure in one release than in the one before: rows of `revisions`."""
    whole = pl.all_horizontal(pl.col(DIMENSIONS) == "total")
    apart = (pl.col("low_to") > pl.col("high_from")) | (pl.col("high_to") < pl.col("low_from"))
    rows = snap.table("revisions").filter(whole, apart, pl.col("kind") == "revised")
    return rows.sort("area", "indicator", "year", descending=[False, False, True]).collect()


@cached
def repeated(snap: Tables, area: str) -> tuple[tuple[tuple[str, ...], int, float], ...]:
    """The indicators of a state that are one number in a year: their ids, the year, the number."""
    printed = {
        (code, year): low
        for code in manifest.counts()
        for year, low in coverage.cells.of(snap, code).filter(area=area).select("year", "low").iter_rows()
    }
    same = profile.same.of(snap, area).items()
    return tuple((codes, year, printed[codes[0], year]) for codes, years in same for year in years)
