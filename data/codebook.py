"""The codebook: every column and code of the tables, defined, with the terms that other systems have for it."""

from pathlib import Path

import polars as pl

CODEBOOK = Path(__file__).parent / "reference" / "codebook.csv"


def codebook() -> pl.DataFrame:
    """Every column and code explained: table, column, code, version, definition, and terms of SDMX, SDG and IC-TIP."""
    held = pl.read_csv(CODEBOOK, schema_overrides={"version": pl.Int64})
    return held.with_columns(pl.col(pl.String).fill_null(""))
