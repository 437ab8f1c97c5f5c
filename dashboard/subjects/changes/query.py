"""Queries of changed figures, and of the reports that were accepted."""

import polars as pl

from dashboard.store import Tables, cached
from dashboard.subjects.coverage.revisions import CHANGES

REPORTS = ("report", "review")


@cached
def figures(snap: Tables) -> pl.DataFrame:
    """The changed figures: rows of `revisions` without those of masking; of a state the newest year first."""
    rows = snap.table("revisions").filter(pl.col("kind").is_in(CHANGES))
    descending = [False, False, True, False, False, False]
    return rows.sort("area", "indicator", "year", "form", "sex", "age", descending=descending).collect()


@cached
def flows(snap: Tables) -> pl.DataFrame:
    """The figures by citizenship that differ between two releases; of a pair the newest year first.

    Returns:
        The columns of `flow_revisions`, and `release` and `locator` of the row of `flows` that is shown of the two;
        null if none is.
    """
    shown = snap.table("flows").select("locator").collect()["locator"].implode()
    ends = {end: pl.col(f"locator_{end}").is_in(shown) for end in ("to", "from")}
    rows = snap.table("flow_revisions").with_columns(
        pl.when(ends["to"]).then(f"{name}_to").when(ends["from"]).then(f"{name}_from").alias(name)
        for name in ("release", "locator")
    )
    return rows.sort("origin", "destination", "year", descending=[False, False, True]).collect()


@cached
def reports(snap: Tables) -> pl.DataFrame:
    """The entries of accepted national reports and of reviews, each in its newest version; columns of `evidence`."""
    rows = snap.table("evidence").filter(pl.col("kind").is_in(REPORTS))
    return (
        rows.filter(pl.col("version") == pl.col("version").max().over("id")).sort("actor", "paragraph", "id").collect()
    )
