"""Rows about the 35 states, and an account of the records about anywhere else."""

import polars as pl

from etl.areas import resolve
from etl.parsed import Finding, Parsed

# The European Union is a region to the gazetteer: known, and no country.
UNDERSTOOD = ("country", "region")


def located(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with `area` (ISO3 or null) and `kind`, how their `label` was read; rows that print ISO3 keep theirs."""
    if "label" in rows.columns:
        read = resolve(rows["label"])
        return rows.with_columns(read["area"], read["kind"])
    return rows.with_columns(label="area", kind=pl.lit("country"))


def of_states(parsed: Parsed, source: str, states: tuple[str, ...]) -> tuple[pl.DataFrame, list[Finding]]:
    """The rows about the states, located; and a finding for each reason why others are left out.

    One record may give several rows (a row for each role): the account counts records, by their locators.

    Args:
        parsed: rows with `area` (ISO3) or `label` (as printed), and `locator`.
        source: their source's id.
        states: ISO3 of the states.
    """
    rows = located(parsed.rows)
    understood = pl.col("kind").is_in(UNDERSTOOD)
    here = pl.col("area").is_in(states).fill_null(value=False)
    counts = (
        rows.filter(~understood).group_by("label").agg(pl.col("locator").n_unique(), first=pl.col("locator").first())
    )
    unread = [
        Finding(
            source, parsed.release, "unrecognised_label", label, records, unexpected=True, first=first, part=parsed.part
        )
        for label, records, first in counts.sort("label").iter_rows()
    ]
    outside = rows.filter(understood & ~here)["locator"].n_unique()
    aside = [Finding(source, parsed.release, "outside_the_region", "", outside, part=parsed.part)] if outside else []
    return rows.filter(here), [*unread, *aside]
