"""Who reports what since when: for every state and year of an indicator its reading, or why there is none."""

from collections.abc import Iterator

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects.derived import shown_status
from dashboard.subjects.states.query import DIMENSIONS, NOT_REPORTED
from data import manifest
from data.releases import order

# The kinds of a cell (a state and a year), in display order.
KINDS = ("exact", "zero", "masked", "range", "conflicting", "suspect", "withdrawn", NOT_REPORTED)
USABLE = ("exact", "zero", "masked", "range")
CELL = ("area", "year")
READING = (*CELL, "kind", "low", "high", "unit", *DIMENSIONS, "source", "release")
CONTEXT = "population"


@cached
def indicators(snap: Tables) -> tuple[str, ...]:
    """The indicators that publishers print for states: the counts of authorities first."""
    printed = snap.observations().filter(~pl.col("derived"), pl.col("indicator") != CONTEXT)
    return manifest.in_order(printed.select(pl.col("indicator").unique()).collect()["indicator"])


@cached
def cells(snap: Tables, indicator: str, edition: str = NEWEST) -> pl.DataFrame:
    """One row per state and year, from the first year with any figure to the last.

    Returns:
        `READING`, by state and year. A figure that only an earlier release printed is `withdrawn`, with what was
        printed last; a cell without any is `not_reported`.
    """
    now = _newest(readings(snap.observations(edition), indicator))
    printed = snap.vintages(edition).filter(~pl.col("derived"))
    gone = _newest(readings(printed, indicator)).join(now, on=CELL, how="anti")
    parts = (now.with_columns(kind=_kind()), gone.with_columns(kind=pl.lit("withdrawn")))
    read = pl.concat([rows.select(READING) for rows in parts])
    years = read.select(pl.int_range(pl.col("year").min(), pl.col("year").max() + 1, dtype=pl.Int16))
    every = snap.table("areas").select("area").collect().join(years, how="cross")
    joined = every.join(read, on=CELL, how="left", validate="1:1")
    return joined.with_columns(pl.col("kind").fill_null(NOT_REPORTED)).sort(CELL)


@cached
def states(snap: Tables, indicator: str, edition: str = NEWEST) -> pl.DataFrame:
    """For each state the number of cells of each kind, and of `years` in the span with a usable reading."""
    usable = pl.col("kind").is_in(USABLE)
    kinds = [(pl.col("kind") == kind).sum().cast(pl.Int64).alias(kind) for kind in KINDS]
    usable_years = pl.col("year").filter(usable)
    years = [usable.sum().cast(pl.Int64).alias("years"), pl.len().cast(pl.Int64).alias("span")]
    ends = [usable_years.min().alias("first"), usable_years.max().alias("last")]
    return cells.of(snap, indicator, edition).group_by("area").agg(*years, *ends, *kinds).sort("area")


@cached
def span(snap: Tables, indicator: str, edition: str = NEWEST) -> tuple[int, int]:
    """The first and the last year in which any state has a figure of an indicator."""
    years = cells.of(snap, indicator, edition).select(first=pl.col("year").min(), last=pl.col("year").max())
    first, last = years.row(0)
    return int(first), int(last)


@cached
def figures(snap: Tables, indicator: str, area: str, edition: str = NEWEST) -> pl.DataFrame:
    """The cells of a state with their indicator, latest year first."""
    rows = cells.of(snap, indicator, edition).filter(pl.col("area") == area).sort("year", descending=True)
    return rows.with_columns(indicator=pl.lit(indicator))


def file(rows: pl.DataFrame, indicator: str) -> pl.DataFrame:
    """The cells for a file, with their indicator in each row."""
    return rows.select(pl.lit(indicator).alias("indicator"), pl.all())


def _kind() -> pl.Expr:
    zero = (pl.col("status") == "exact") & (pl.col("high") == 0)
    return pl.when(zero).then(pl.lit("zero")).otherwise(shown_status())


def readings(rows: pl.LazyFrame, indicator: str) -> pl.DataFrame:
    """One row per state, year and release; of a survey the widest group of ages and sexes."""
    mine = rows.filter(pl.col("indicator") == indicator)
    found = mine.collect().clear()
    for level in _levels():
        found = found if found.height else mine.filter(level).collect()
    widest = [pl.col(name) != "total" for name in DIMENSIONS]
    ordered = found.sort([*CELL, order(), *widest, *DIMENSIONS, "source"])
    return ordered.unique([*CELL, "release"], keep="first", maintain_order=True)


def _newest(rows: pl.DataFrame) -> pl.DataFrame:
    return rows.unique(CELL, keep="last", maintain_order=True)


def _levels() -> Iterator[pl.Expr]:
    """Conditions for a total, strictest first: all totals; both sexes of an age band; any group of a survey."""
    for narrower in (DIMENSIONS, ("sex", "form"), ("form",)):
        yield pl.all_horizontal(pl.col(narrower) == "total")
