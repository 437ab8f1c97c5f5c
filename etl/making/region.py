"""Select the rows about the 35 states, and make findings about all others."""

import polars as pl

from etl.areas import resolve
from etl.parsed import Finding, Parsed

# The gazetteer knows regions, such as the European Union, but they are not countries.
UNDERSTOOD = ("country", "region")


def located(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows with `area` (ISO3 or null) and `kind` of their `label`; rows that have `area` already keep it."""
    if "label" in rows.columns:
        read = resolve(rows["label"])
        return rows.with_columns(read["area"], read["kind"])
    return rows.with_columns(label="area", kind=pl.lit("country"))


def of_states(parsed: Parsed, source: str, states: tuple[str, ...]) -> tuple[pl.DataFrame, list[Finding]]:
    """The rows about the states, with `area`; and findings about the others.

    A record may give several rows (one for each role), so findings count distinct locators.

    Args:
        parsed: rows with `area` (ISO3) or `label` (as printed), and `locator`.
        source: the source's id.
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
