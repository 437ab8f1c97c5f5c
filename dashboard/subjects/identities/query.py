"""Queries of the figures that others of their release contradict or make unusual."""

from collections.abc import Mapping
from typing import Any

import polars as pl

from dashboard.store import Tables, cached
from data.releases import order

Row = Mapping[str, Any]
UNUSUAL = "more_males"


@cached
def every(snap: Tables) -> pl.DataFrame:
    """All of them, in the order of states; of each the newest release first."""
    rows = snap.table("identities").sort(
        "area", "indicator", "year", order(), "kind", descending=[*3 * [False], True, False]
    )
    return rows.collect()


@cached
def totals(snap: Tables) -> pl.DataFrame:
    """Those of totals, and the unusual ones: what is to be asked of the publisher; sub-totals follow from it."""
    whole = pl.all_horizontal(pl.col("sex", "age", "form") == "total")
    return every.of(snap).filter(whole | (pl.col("kind") == UNUSUAL))


@cached
def newest(snap: Tables) -> pl.DataFrame:
    """Those of `totals` in the releases that are shown."""
    shown = snap.observations().select("indicator", "area", "year", "source", "release").unique().collect()
    return totals.of(snap).join(shown, on=shown.columns, how="semi", maintain_order="left")


def of_figure(row: Row) -> pl.DataFrame:
    """Those of a row of `observations` or `vintages`; the unusual ones stand beside every figure of their form."""
    names = ("indicator", "area", "year", "form", "source", "release")
    mine = every().filter(*(pl.col(name) == row[name] for name in names))
    same = pl.all_horizontal(*(pl.col(name) == row[name] for name in ("sex", "age")))
    return mine.filter(same | (pl.col("kind") == UNUSUAL))


def cell(row: Row) -> Row:
    """The row of `vintages` whose passport says it; no cell has the sum of the ages of males."""
    return {**row, "sex": "total"} if row["kind"] == UNUSUAL else row
