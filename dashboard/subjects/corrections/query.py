"""Figures that a state disputes: entries of the ledger that answer a figure or a flow, and the rows they concern."""

import polars as pl

from dashboard.store import Tables, cached
from dashboard.subjects.states.query import DIMENSIONS

FIGURE = ("indicator", "area", "year", *DIMENSIONS)
FLOW = ("origin", "destination", "year")
# `figure:detected_victims:CRI:2019:total:total:total` and `flow:NIC:CRI:2019`.
NAMES = {
    "figure": ("^figure(:[^:]+){6}$", FIGURE),
    "flow": ("^flow(:[^:]+){3}$", FLOW),
}
RATE = "_rate"
SAID = (
    *("id", "version", "replies_to", "actor", "date", "finding"),
    *("title", "issuer", "url", "source", "release", "locator"),
)


def corrections(evidence: pl.LazyFrame) -> pl.DataFrame:
    """The newest version of each entry that answers a figure or a flow, the latest first.

    Returns:
        `SAID`, and what is disputed: `what` (figure or flow) with the columns `FIGURE` or those of `FLOW`; the others
        are null.
    """
    answers = evidence.filter(pl.col("kind") == "reply", pl.col("grade") == "reply")
    newest = answers.sort("version").unique("id", keep="last").collect()
    found = [_named(newest, what) for what in NAMES]
    return pl.concat(found, how="diagonal").sort("date", "id", descending=[True, False], nulls_last=True)


@cached
def every(snap: Tables) -> pl.DataFrame:
    """All `corrections` in the ledger."""
    return corrections(snap.table("evidence"))


@cached
def nothing(snap: Tables) -> pl.DataFrame:
    """What `concerning` gives for no rows."""
    return concerning(every.of(snap), pl.DataFrame())


def _named(entries: pl.DataFrame, what: str) -> pl.DataFrame:
    pattern, names = NAMES[what]
    parts = pl.col("replies_to").str.split(":")
    result = entries.filter(pl.col("replies_to").str.contains(pattern).fill_null(value=False)).select(
        *SAID, what=pl.lit(what), **{name: parts.list.get(place) for place, name in enumerate(names, start=1)}
    )
    return result.with_columns(pl.col("year").cast(pl.Int16, strict=False)).filter(pl.col("year").is_not_null())


def concerning(disputed: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """Which corrections concern which rows.

    A row is a figure by its columns `FIGURE` (without a sex, an age and a form: of all; without a year: of any), or an
    arrow of counted victims by its ends and its year or `years`. A rate is concerned by what disputes its count.

    Args:
        disputed: the result of `corrections`.

    Returns:
        `row` (from 0), the columns of `disputed`, and `of_count`: whether a rate is only made of the disputed count.
    """
    numbered = rows.with_row_index("row")
    found = [disputed.clear().with_columns(row=pl.lit(0, pl.UInt32), of_count=pl.lit(value=False))]
    if disputed.height and rows.height:
        found += _of_figures(disputed, numbered)
        found += _of_flows(disputed, numbered)
    return pl.concat(found, how="diagonal").sort("row", maintain_order=True)


def _of_figures(disputed: pl.DataFrame, rows: pl.DataFrame) -> list[pl.DataFrame]:
    if not {"indicator", "area"} <= set(rows.columns):
        return []
    names = FIGURE if "year" in rows.columns else FIGURE[:2]
    whole = {name: pl.lit("total") for name in names[3:] if name not in rows.columns}
    keyed = rows.with_columns(**whole).select("row", *names).with_columns(pl.col(names[3:]).fill_null("total"))
    keyed = keyed.with_columns(pl.col("year").cast(pl.Int16)) if "year" in names else keyed
    rates = keyed.filter(pl.col("indicator").str.ends_with(RATE))
    counts = rates.with_columns(pl.col("indicator").str.strip_suffix(RATE))
    figures = disputed.filter(pl.col("what") == "figure")
    return [
        held.join(figures, on=names, how="inner", validate="m:m").with_columns(of_count=pl.lit(of_count))
        for held, of_count in ((keyed, False), (counts, True))
    ]


def _of_flows(disputed: pl.DataFrame, rows: pl.DataFrame) -> list[pl.DataFrame]:
    if not {"origin", "destination", "evidence"} <= set(rows.columns):
        return []
    counted = rows.filter(pl.col("evidence") == "counted")
    if "years" in rows.columns:
        counted = counted.select("row", *FLOW[:2], year="years").explode("year", empty_as_null=False)
    keyed = counted.select("row", *FLOW[:2], pl.col("year").cast(pl.Int16))
    flows = disputed.filter(pl.col("what") == "flow")
    return [keyed.join(flows, on=FLOW, how="inner", validate="m:m").with_columns(of_count=pl.lit(value=False))]
