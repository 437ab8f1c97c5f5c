"""Everything recorded of one figure: its best reading, its readings in every release held, the records of an arrow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

import polars as pl

from dashboard.query import routes

Row = Mapping[str, Any]
SEPARATOR = "; "
FIGURE_KEY = ("indicator", "area", "year", "sex", "age", "form")


@dataclass(frozen=True)
class Figure:
    """The key of a figure: what it counts, of which state and year, and of whom (`total` for all)."""

    indicator: str
    area: str
    year: int
    sex: str = "total"
    age: str = "total"
    form: str = "total"


@dataclass(frozen=True)
class Cell:
    """One cell of a publisher's file: `place` is its sheet and row, or its record."""

    source: str
    release: str
    file: str
    place: str


def readings(rows: pl.LazyFrame, wanted: Figure) -> pl.DataFrame:
    """Every row of `observations` or `vintages` with this key, the latest release first."""
    same = [pl.col(name) == getattr(wanted, name) for name in FIGURE_KEY]
    return rows.filter(*same).sort("source", "release", descending=[False, True]).collect()


def records(flows: pl.LazyFrame, wanted: routes.Filter, arrow: Row) -> pl.DataFrame:
    """The records that an arrow sums, year by year: the columns of `flows`, and `leg`."""
    transit = pl.col("transit").eq_missing(pl.lit(arrow["transit"], dtype=pl.String))
    questioned = (pl.col("status") == "questioned") == arrow["questioned"]
    ends = [pl.col(name) == arrow[name] for name in ("origin", "destination", "leg")]
    rows = routes.legs(routes.records(flows, wanted)).filter(*ends, transit, questioned, pl.col("high") > 0)
    return rows.sort("year", "release", "locator").collect()


def named(arrows: pl.DataFrame, mark: str) -> pl.DataFrame:
    """The arrow of a mark such as `MEX.USA.direct.` (origin, destination, leg, transit), or no row."""
    parts = pl.concat_str("origin", "destination", "leg", pl.col("transit").fill_null(""), separator=".")
    return arrows.filter(parts == mark)


def cells(row: Row) -> Iterator[Cell]:
    """The cells a figure rests on: its own, or for a derived figure those of its inputs."""
    for told in row["inputs"] if row.get("derived") else [row]:
        for locator in told["locator"].split(SEPARATOR):
            file, _, place = locator.partition("#")
            yield Cell(told["source"], told["release"], file, place)
