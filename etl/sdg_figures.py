"""Figures of the SDG database: under ids of their own, and never narrower than what UNODC masks."""

import polars as pl

from data.contract import Observations
from etl.finding import Finding
from etl.harmonise import one_row_a_key
from etl.parsed import Parsed

# The series that another source's masked figure bounds: indicator here, indicator there.
SAME_FIGURE = {
    "detected_victims_sdg": "detected_victims",
    "detected_victims_rate_sdg": "detected_victims_rate",
}
PLACE = ("same", "area", "year", "sex", "age", "form")
WIDENED = "masked_by_unodc"


def vintage(parsed: Parsed, source: str, states: tuple[str, ...], best: pl.DataFrame) -> pl.DataFrame:
    """One file's figures for the states, one row a key (`data.contract.Vintages`).

    Args:
        best: observations of UNODC, and the rates made of them.
    """
    rows = parsed.rows.filter(pl.col("area").is_in(states))
    code = pl.lit(None, dtype=pl.String)
    rows = rows.with_columns(suspect=code, source=pl.lit(source), release=pl.lit(parsed.release))
    return widened(one_row_a_key(rows), best)


def other_countries(parsed: Parsed, source: str, states: tuple[str, ...]) -> list[Finding]:
    """How many rows of a file speak of countries outside the region."""
    rows = parsed.rows.filter(~pl.col("area").is_in(states)).height
    return [Finding(source, parsed.release, "outside_the_region", "", rows, part=parsed.part)] if rows else []


def widened(figures: pl.DataFrame, best: pl.DataFrame) -> pl.DataFrame:
    """The figures, each as wide as UNODC's where UNODC masks the same: a mask is not lifted by another door.

    Args:
        figures: rows of `data.contract.Observations` of the SDG database.
        best: observations of UNODC and the rates made of them.
    """
    masked = best.filter(pl.col("status") == "masked").select(
        pl.col("indicator").alias("same"), *PLACE[1:], mask_low="low", mask_high="high"
    )
    same = pl.col("indicator").replace_strict(SAME_FIGURE, default=None)
    joined = figures.with_columns(same=same).join(
        masked, on=PLACE, how="left", validate="m:1", maintain_order="left", nulls_equal=False
    )
    # A larger figure contradicts the mask and tells nothing of what is under it; a zero is what April masks too.
    covered = (pl.col("status") == "exact") & pl.col("high").is_between(0, pl.col("mask_high")) & (pl.col("high") > 0)
    return joined.with_columns(
        low=pl.when(covered).then("mask_low").otherwise("low"),
        high=pl.when(covered).then("mask_high").otherwise("high"),
        status=pl.when(covered).then(pl.lit("masked")).otherwise("status"),
        note=pl.when(covered).then(pl.lit(WIDENED)).otherwise("note"),
    ).select(Observations.column_names())
