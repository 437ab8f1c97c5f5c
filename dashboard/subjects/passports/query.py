"""Everything recorded of a row: a figure's readings, an arrow's records, acts; its mark in an address."""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states.query import DIMENSIONS
from data.releases import order

Row = Mapping[str, Any]
FIGURE_KEY = ("indicator", "area", "year", *DIMENSIONS)
# A figure by its mark on the page of an indicator, and on that of a state.
OF_INDICATOR, IN_STATE = ("area", "year", *DIMENSIONS), ("indicator", "year", *DIMENSIONS)
# And where all states and indicators stand.
IN_ANY = ("area", "indicator", "year", *DIMENSIONS)
ARROW_KEY = ("origin", "destination", "leg", "transit")
ROLE_KEY = ("area", "role", "source")
# An act, as the table `instruments` keys it; without its last part all acts of a state on a treaty.
ACT_KEY = ("area", "instrument", "action")


@dataclass(frozen=True)
class Figure:
    """The key of a figure: what it counts, of which state and year, and of whom (`total` for all)."""

    indicator: str
    area: str
    year: int
    sex: str = "total"
    age: str = "total"
    form: str = "total"


def marks(rows: pl.DataFrame, columns: Iterable[str]) -> tuple[str, ...]:
    """The mark of each row: its values joined by points; of whom a figure is, where that is not all."""
    unsaid = {name: pl.lit("total") for name in DIMENSIONS if name not in rows.columns}
    parts = [pl.col(name).cast(pl.String).fill_null("total" if name in DIMENSIONS else "") for name in columns]
    whole = ".total" * len(DIMENSIONS)
    return tuple(
        rows.with_columns(**unsaid).select(pl.concat_str(parts, separator=".").str.strip_suffix(whole)).to_series()
    )


def figure(indicator: str, area: str, rest: str) -> Figure:
    """The figure of a mark without its indicator and area: `2019`, or `2019.female.18+.total` for a part."""
    year, *whom = rest.split(".")
    return Figure(indicator, area, int(year), *whom)


@cached
def readings(snap: Tables, wanted: Figure, edition: str = NEWEST) -> pl.DataFrame:
    """The best reading of a figure as of an edition: no row, or one of each source."""
    return _readings(snap.observations(edition), wanted)


@cached
def printed(snap: Tables, wanted: Figure) -> pl.DataFrame:
    """The readings of a figure in every release, the latest first."""
    return _readings(snap.vintages(), wanted)


def _readings(rows: pl.LazyFrame, wanted: Figure) -> pl.DataFrame:
    same = [pl.col(name) == getattr(wanted, name) for name in FIGURE_KEY]
    return rows.filter(*same).sort("source", order(), descending=[False, True]).collect()


def records(flows: pl.LazyFrame, wanted: routes_query.Filter, arrow: Row) -> pl.DataFrame:
    """The records that an arrow sums, year by year: the columns of `flows`, and `leg`."""
    transit = pl.col("transit").eq_missing(pl.lit(arrow["transit"], dtype=pl.String))
    questioned = (pl.col("status") == "questioned") == arrow["questioned"]
    ends = [pl.col(name) == arrow[name] for name in ("origin", "destination", "leg")]
    rows = routes_query.legs(routes_query.records(flows, wanted)).filter(*ends, transit, questioned, pl.col("high") > 0)
    return rows.sort("year", order(), "locator").collect()


def named(arrows: pl.DataFrame, mark: str) -> pl.DataFrame:
    """The arrow of a mark such as `MEX.USA.direct.`, or no row; the same flow, doubted in other years, is a second."""
    return arrows.filter(pl.Series(marks(arrows, ARROW_KEY), dtype=pl.String) == mark)


@cached
def statements(snap: Tables, mark: str) -> pl.DataFrame:
    """What a source's reports say of a role of a state (`CRI.transit.hti`), the latest report first."""
    same = [pl.col(name) == value for name, value in zip(ROLE_KEY, mark.split("."), strict=True)]
    return snap.table("roles").filter(*same).sort("year", order(), "locator", descending=[True, True, False]).collect()


@cached
def acts(snap: Tables, mark: str) -> pl.DataFrame:
    """What a state did about a treaty, by day: all of it (`BRA.untoc`), or one act (`BRA.untoc.ratification`)."""
    same = [pl.col(name) == value for name, value in zip(ACT_KEY, mark.split("."), strict=False)]
    return snap.table("instruments").filter(*same).sort("date", "action").collect()


SEPARATOR = "; "


@dataclass(frozen=True)
class Cell:
    """One cell of a publisher's file: `place` is its sheet and row, or its record."""

    source: str
    release: str
    file: str
    place: str


def cells(row: Row) -> Iterator[Cell]:
    """The cells a figure rests on: its own, or for a derived figure those of its inputs."""
    for result in row.get("inputs") or [row]:
        for locator in result["locator"].split(SEPARATOR):
            file, _, place = locator.partition("#")
            yield Cell(result["source"], result["release"], file, place)
