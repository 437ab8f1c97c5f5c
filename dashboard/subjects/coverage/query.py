"""Who reports what since when: a reading for every state and year of an indicator, or what stands in its place."""

from collections.abc import Iterator

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects.states.query import DIMENSIONS, NOT_REPORTED
from data import declared
from data.releases import order

# What a cell of states and years can be, in the order in which it is told.
KINDS = ("exact", "zero", "masked", "conflicting", "suspect", "withdrawn", NOT_REPORTED)
USABLE = ("exact", "zero", "masked")
CELL = ("area", "year")
READING = (*CELL, "kind", "low", "high", "unit", *DIMENSIONS, "source", "release")
CONTEXT = "population"


@cached
def indicators(snap: Tables) -> tuple[str, ...]:
    """The indicators that publishers print for states: the counts of authorities first, then all others."""
    printed = snap.observations().filter(~pl.col("derived"), pl.col("indicator") != CONTEXT)
    return declared.in_order(printed.select(pl.col("indicator").unique()).collect()["indicator"])


@cached
def cells(snap: Tables, indicator: str, edition: str = NEWEST) -> pl.DataFrame:
    """One row for each state and year, from the first year with any figure to the last.

    Returns:
        `READING`, in the order of codes and years. A figure that an earlier release printed and the newest reading
        lacks is `withdrawn`, with what was printed last; a cell without any is `not_reported`.
    """
    now = _newest(readings(snap.observations(edition), indicator))
    printed = snap.vintages(edition).filter(~pl.col("derived"))
    gone = _newest(readings(printed, indicator)).join(now, on=CELL, how="anti")
    result = (now.with_columns(kind=_kind()), gone.with_columns(kind=pl.lit("withdrawn")))
    read = pl.concat([rows.select(READING) for rows in result])
    years = read.select(pl.int_range(pl.col("year").min(), pl.col("year").max() + 1, dtype=pl.Int16))
    every = snap.table("areas").select("area").collect().join(years, how="cross")
    joined = every.join(read, on=CELL, how="left", validate="1:1")
    return joined.with_columns(pl.col("kind").fill_null(NOT_REPORTED)).sort(CELL)


@cached
def states(snap: Tables, indicator: str, edition: str = NEWEST) -> pl.DataFrame:
    """For each state how many cells of each kind it has, in how many `years` of the span it gave a usable reading."""
    usable = pl.col("kind").is_in(USABLE)
    counted = [(pl.col("kind") == kind).sum().cast(pl.Int64).alias(kind) for kind in KINDS]
    result = pl.col("year").filter(usable)
    asked = [usable.sum().cast(pl.Int64).alias("years"), pl.len().cast(pl.Int64).alias("span")]
    seen = [result.min().alias("first"), result.max().alias("last")]
    return cells.of(snap, indicator, edition).group_by("area").agg(*asked, *seen, *counted).sort("area")


@cached
def span(snap: Tables, indicator: str, edition: str = NEWEST) -> tuple[int, int]:
    """The first and the last year in which any state has a figure of an indicator."""
    years = cells.of(snap, indicator, edition).select(first=pl.col("year").min(), last=pl.col("year").max())
    first, last = years.row(0)
    return int(first), int(last)


@cached
def figures(snap: Tables, indicator: str, area: str, edition: str = NEWEST) -> pl.DataFrame:
    """The cells of a state with their indicator, the latest year first."""
    rows = cells.of(snap, indicator, edition).filter(pl.col("area") == area).sort("year", descending=True)
    return rows.with_columns(indicator=pl.lit(indicator))


def file(rows: pl.DataFrame, indicator: str) -> pl.DataFrame:
    """The cells for a file, each of which says by itself of what it is."""
    return rows.select(pl.lit(indicator).alias("indicator"), pl.all())


def _kind() -> pl.Expr:
    zero = (pl.col("status") == "exact") & (pl.col("high") == 0)
    return pl.when(zero).then(pl.lit("zero")).otherwise(pl.col("status"))


def readings(rows: pl.LazyFrame, indicator: str) -> pl.DataFrame:
    """One row a state, year and release; of a survey's ages and sexes the widest group."""
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
    """What counts as a whole: all of everyone; else both sexes of one age band; else whom the survey asked."""
    for narrower in (DIMENSIONS, ("sex", "form"), ("form",)):
        yield pl.all_horizontal(pl.col(narrower) == "total")
