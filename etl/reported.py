"""Accepted reports, reviews, replies and corrections as entries of the ledger, each beside what it answers."""

from collections.abc import Sequence

import polars as pl

from data.columns import DECLARED
from data.contract import Evidence
from etl.parsed import Parsed

GRADE = {"report": "state_report", "review": "reviewed", "reply": "reply", "correction": "reply"}
KIND = {"report": "report", "review": "review", "reply": "reply", "correction": "reply"}
# What a state says a figure should be; it never becomes a figure of ours.
STATED_VALUE = "stated_value: {}"


def evidence(parsed: Sequence[Parsed], source: str) -> pl.DataFrame:
    """The entries, in the order of their ids and versions (data.contract.Evidence).

    Args:
        parsed: rows of `etl.sources.national_reports`.
    """
    rows = [_entries(one).with_columns(source=pl.lit(source)) for one in parsed]
    if not rows:
        return Evidence.create_empty()
    return Evidence.cast(pl.concat(rows).sort("id", "version")).select(Evidence.column_names())


def _entries(parsed: Parsed) -> pl.DataFrame:
    answers = pl.col("kind").is_in(["reply", "correction"])
    before = ~answers & (pl.col("period_to") < pl.lit(DECLARED, dtype=pl.Date))
    value = pl.format(STATED_VALUE, _plain(pl.col("value")))
    return parsed.rows.with_columns(
        grade=pl.when(before).then(pl.lit("background")).otherwise(pl.col("kind").replace_strict(GRADE)),
        kind=pl.col("kind").replace_strict(KIND),
        year=pl.col("date").dt.year(),
        note=value,
        release=pl.lit(parsed.release),
    )


def _plain(value: pl.Expr) -> pl.Expr:
    """A number as it was written: a whole one without decimals."""
    return pl.when(value == value.round()).then(value.cast(pl.Int64).cast(pl.String)).otherwise(value.cast(pl.String))
