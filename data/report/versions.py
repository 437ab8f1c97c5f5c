"""Which entries of the ledger speak now: a later report takes the place of an earlier one, and both stay."""

import polars as pl

# A state's report for a period is one thing; everything else is an entry of its own.
REPORT = "^(report:[^:]+:[^:]+):"


def superseded() -> pl.Expr:
    """Whether an entry of `evidence` belongs to an earlier version of a report, or is one of itself."""
    whole = pl.coalesce(pl.col("id").str.extract(REPORT, 1), pl.col("id"))
    return pl.col("version") < pl.col("version").max().over(whole)
