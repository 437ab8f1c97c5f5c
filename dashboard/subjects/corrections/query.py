"""Queries of corrections: ledger entries in which a state disputes a figure or a flow, and the rows they concern."""

import polars as pl

from dashboard.store import Tables, cached
from dashboard.subjects.states.query import DIMENSIONS

FIGURE = ("indicator", "area", "year", *DIMENSIONS)
FLOW = ("origin", "destination", "year")
# Pattern and key columns of what an entry replies to, such as
# `figure:detected_victims:CRI:2019:total:total:total` or `flow:NIC:CRI:2019`.
TARGETS = {
    "figure": ("^figure(:[^:]+){6}$", FIGURE),
    "flow": ("^flow(:[^:]+){3}$", FLOW),
}
RATE = "_rate"
REPLY_COLUMNS = (
    *("id", "version", "replies_to", "actor", "date", "finding"),
    *("title", "issuer", "url", "source", "release", "locator"),
)


def corrections(evidence: pl.LazyFrame) -> pl.DataFrame:
    """The newest version of each reply to a figure or a flow, the latest first.

    Returns:
        `REPLY_COLUMNS`, and what is disputed: `what` (figure or flow) and the columns of `FIGURE` or `FLOW`; the
        other columns are null.
    """
    answers = evidence.filter(pl.col("kind") == "reply", pl.col("grade") == "reply")
    newest = answers.sort("version").unique("id", keep="last").collect()
    corrected = [_targeting(newest, what) for what in TARGETS]
    return pl.concat(corrected, how="diagonal").sort("date", "id", descending=[True, False], nulls_last=True)


@cached
def every(snap: Tables) -> pl.DataFrame:
    """All `corrections` in the ledger."""
    return corrections(snap.table("evidence"))


@cached
def nothing(snap: Tables) -> pl.DataFrame:
    """The empty result of `concerning`, for no rows."""
    return concerning(every.of(snap), pl.DataFrame())


def _targeting(entries: pl.DataFrame, what: str) -> pl.DataFrame:
    pattern, names = TARGETS[what]
    parts = pl.col("replies_to").str.split(":")
    rows = entries.filter(pl.col("replies_to").str.contains(pattern).fill_null(value=False)).select(
        *REPLY_COLUMNS, what=pl.lit(what), **{name: parts.list.get(place) for place, name in enumerate(names, start=1)}
    )
    return rows.with_columns(pl.col("year").cast(pl.Int16, strict=False)).filter(pl.col("year").is_not_null())


def concerning(disputed: pl.DataFrame, rows: pl.DataFrame) -> pl.DataFrame:
    """The pairs of a row and a correction that concerns it.

    Figures match by the columns `FIGURE` (a missing sex, age or form means the total; a missing year means any), arrows
    of counted victims by their ends and their year or `years`. A correction of a count also concerns its rate.

    Args:
        disputed: the result of `corrections`.

    Returns:
        `row` (from 0), the columns of `disputed`, and `of_count`: whether the row is a rate whose count is disputed.
    """
    numbered = rows.with_row_index("row")
    matches = [disputed.clear().with_columns(row=pl.lit(0, pl.UInt32), of_count=pl.lit(value=False))]
    if disputed.height and rows.height:
        matches += _of_figures(disputed, numbered)
        matches += _of_flows(disputed, numbered)
    return pl.concat(matches, how="diagonal").sort("row", maintain_order=True)


def _of_figures(disputed: pl.DataFrame, rows: pl.DataFrame) -> list[pl.DataFrame]:
    if not {"indicator", "area"} <= set(rows.columns):
        return []
    names = FIGURE if "year" in rows.columns else FIGURE[:2]
    totals = {name: pl.lit("total") for name in names[3:] if name not in rows.columns}
    keyed = rows.with_columns(**totals).select("row", *names).with_columns(pl.col(names[3:]).fill_null("total"))
    keyed = keyed.with_columns(pl.col("year").cast(pl.Int16)) if "year" in names else keyed
    rates = keyed.filter(pl.col("indicator").str.ends_with(RATE))
    counts = rates.with_columns(pl.col("indicator").str.strip_suffix(RATE))
    figures = disputed.filter(pl.col("what") == "figure")
    return [
        candidates.join(figures, on=names, how="inner", validate="m:m").with_columns(of_count=pl.lit(of_count))
        for candidates, of_count in ((keyed, False), (counts, True))
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
