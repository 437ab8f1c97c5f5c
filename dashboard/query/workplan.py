"""The work plan's lines as rows of the ledger: in the order of their numbers, each with the evidence that names it."""

import re

import polars as pl

from dashboard.query.ledger import SINCE, current
from dashboard.store import Tables, cached


@cached
def lines(snap: Tables) -> pl.DataFrame:
    """Every loaded line with how much evidence names it.

    Returns:
        the columns of `workplan_lines`, `entries` (of since the declaration) and `actors` (how many those are of); by
        objective, those of none last, and in it by number: 2 comes before 10.
    """
    result = _since(snap.table("evidence"))
    found = result.group_by(number="line").agg(entries=pl.len(), actors=pl.col("actor").n_unique())
    rows = snap.table("workplan_lines").collect().join(found, on="number", how="left", validate="1:1")
    whole = rows.with_columns(pl.col("entries", "actors").fill_null(0))
    place = {number: place for place, number in enumerate(sorted(whole["number"], key=_natural))}
    order = pl.col("number").replace_strict(place, return_dtype=pl.Int32)
    return whole.sort("objective", order, nulls_last=True)


@cached
def naming(snap: Tables, number: str) -> pl.DataFrame:
    """The evidence of since the declaration that names a line, by state and id."""
    return _since(snap.table("evidence")).filter(pl.col("line") == number).sort("actor", "id")


def _since(evidence: pl.LazyFrame) -> pl.DataFrame:
    return current(evidence).filter(pl.col("line").is_not_null(), pl.col("grade").is_in(SINCE))


def _natural(number: str) -> list[tuple[str, int]]:
    return [(text, int(digits or 0)) for text, digits in re.findall("([^0-9]*)([0-9]*)", number)]
