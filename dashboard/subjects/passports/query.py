"""Queries of passports: the records and source cells behind a figure, an arrow, a role or an act.

A mark is the id of a row in an address, such as `BRA.2019`.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard import store
from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects.derived import with_derived
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states.query import DIMENSIONS
from dashboard.words import locators
from data.releases import order

Row = Mapping[str, Any]
FIGURE_KEY = ("indicator", "area", "year", *DIMENSIONS)
# The columns of a figure's mark on the page of an indicator, and on that of a state.
OF_INDICATOR = ("area", "year", *DIMENSIONS)
IN_STATE = ("indicator", "year", *DIMENSIONS)
# And on pages with all states and indicators.
IN_ANY = ("area", "indicator", "year", *DIMENSIONS)
ARROW_KEY = ("origin", "destination", "leg", "transit")
ROLE_KEY = ("area", "role", "source")
# An act, by the key of the table `instruments`; a mark without the action means all acts of a state on a treaty.
ACT_KEY = ("area", "instrument", "action")


@dataclass(frozen=True)
class FigureKey:
    """The key of a figure: indicator, state, year and group of persons (`total` for all)."""

    indicator: str
    area: str
    year: int
    sex: str = "total"
    age: str = "total"
    form: str = "total"


def marks(rows: pl.DataFrame, columns: Iterable[str]) -> tuple[str, ...]:
    """The mark of each row: its values joined by dots, without the group if that is the total."""
    missing = {name: pl.lit("total") for name in DIMENSIONS if name not in rows.columns}
    parts = [pl.col(name).cast(pl.String).fill_null("total" if name in DIMENSIONS else "") for name in columns]
    suffix = ".total" * len(DIMENSIONS)
    return tuple(
        rows.with_columns(**missing).select(pl.concat_str(parts, separator=".").str.strip_suffix(suffix)).to_series()
    )


def figure(indicator: str, area: str, rest: str) -> FigureKey:
    """The key of a figure; `rest` is its mark without indicator and area: `2019` or `2019.female.18+.total`."""
    year, *group = rest.split(".")
    return FigureKey(indicator, area, int(year), *group)


def of_any(mark: str) -> FigureKey:
    """The key of a figure of any state and indicator; a mark such as `BRA.detected_victims.2019`."""
    area, indicator, rest = mark.split(".", 2)
    return figure(indicator, area, rest)


@cached
def readings(snap: Tables, key: FigureKey, edition: str = NEWEST) -> pl.DataFrame:
    """The best reading of a figure as of an edition: at most one row per source."""
    return _readings(with_derived(snap.observations(edition), (key.indicator,), (key.area,)), key)


@cached
def printed(snap: Tables, key: FigureKey) -> pl.DataFrame:
    """The values of a figure in every release, the latest first."""
    return _readings(snap.vintages(), key)


def inputs(table: str, row: Row) -> pl.DataFrame:
    """The rows of `observations` or `vintages` from which a figure is computed, by indicator, state and group."""
    cells = pl.LazyFrame(row["inputs"], schema=dict.fromkeys(("source", "release", "locator"), pl.String)).unique()
    found = store.tables().table(table).join(cells, on=["source", "release", "locator"], how="semi")
    return found.filter(~pl.col("derived")).sort("indicator", *IN_ANY[:1], *IN_ANY[2:]).collect()


def _readings(rows: pl.LazyFrame, key: FigureKey) -> pl.DataFrame:
    conditions = [pl.col(name) == getattr(key, name) for name in FIGURE_KEY]
    return rows.filter(*conditions).sort("source", order(), descending=[False, True]).collect()


def records(flows: pl.LazyFrame, selection: routes_query.FlowFilter, arrow: Row) -> pl.DataFrame:
    """The records that an arrow adds up, sorted by year: the columns of `flows`, and `leg`."""
    transit = pl.col("transit").eq_missing(pl.lit(arrow["transit"], dtype=pl.String))
    questioned = (pl.col("status") == "questioned") == arrow["questioned"]
    ends = [pl.col(name) == arrow[name] for name in ("origin", "destination", "leg")]
    rows = routes_query.legs(routes_query.records(flows, selection)).filter(
        *ends, transit, questioned, pl.col("high") > 0
    )
    return rows.sort("year", order(), "locator").collect()


def by_mark(arrows: pl.DataFrame, mark: str) -> pl.DataFrame:
    """The arrows with a mark such as `MEX.USA.direct.`: a questioned part of the flow is a second row."""
    return arrows.filter(pl.Series(marks(arrows, ARROW_KEY), dtype=pl.String) == mark)


@cached
def statements(snap: Tables, mark: str) -> pl.DataFrame:
    """What the reports of all sources say about a role of a state, the latest first.

    Args:
        mark: state, role and one of the sources (`CRI.transit.hti`); empty if that source says nothing on it.
    """
    area, role, source = mark.split(".")
    rows = snap.table("roles").filter(pl.col("area") == area, pl.col("role") == role)
    newest_first = [True, False, True, False]
    found = rows.sort("year", "source", order(), "locator", descending=newest_first).collect()
    return found if source in found["source"] else found.clear()


@cached
def acts(snap: Tables, mark: str) -> pl.DataFrame:
    """The acts of a state on a treaty by date: all (`BRA.untoc`), or one (`BRA.untoc.ratification`)."""
    conditions = [pl.col(name) == value for name, value in zip(ACT_KEY, mark.split("."), strict=False)]
    return snap.table("instruments").filter(*conditions).sort("date", "action").collect()


@dataclass(frozen=True)
class Cell:
    """One cell of a publisher's file: `place` is its sheet and row, or its record."""

    source: str
    release: str
    file: str
    place: str


def cells(row: Row) -> Iterator[Cell]:
    """The source cells of a figure: its own, or those of the inputs of a derived figure."""
    for record in row.get("inputs") or [row]:
        for locator in record["locator"].split(locators.BETWEEN):
            file, _, place = locator.partition(locators.IN_FILE)
            yield Cell(record["source"], record["release"], file, place)
