"""Stated roles of states: country of origin, transit or destination."""

import polars as pl

from data.contract import Roles
from etl.making.figures import JOIN
from etl.making.region import of_states
from etl.parsed import Finding, Parsed


def roles(parsed: Parsed, source: str, states: tuple[str, ...]) -> tuple[pl.DataFrame, list[Finding]]:
    """Stated roles of the states by year (`data.contract.Roles`), and findings on other records.

    If a source makes two different statements about a state, year and role, neither is used.

    Args:
        parsed: rows with `area` (ISO3) or `label` (country as printed), `year`, `role`, `stated`, `locator`, and
            `first_seen` and `last_seen` if a statement was seen over several days.
    """
    here, elsewhere = of_states(parsed, source, states)
    dated = {"first_seen", "last_seen"} <= set(here.columns)
    seen = pl.format("{}/{}", "first_seen", "last_seen") if dated else pl.lit(None, dtype=pl.String)
    merged = here.group_by("area", "year", "role", maintain_order=True).agg(
        pl.col("stated").first(),
        pl.len().alias("rows"),
        differing=pl.col("stated").n_unique() > 1,
        first=pl.col("locator").first(),
        locator=pl.col("locator").str.join(JOIN),
        note=seen.drop_nulls().str.join(JOIN),
    )
    agreed, differing = merged.filter(~pl.col("differing")), merged.filter("differing")
    shaped = Roles.cast(
        agreed.with_columns(
            year_basis=pl.lit("report"),
            source=pl.lit(source),
            release=pl.lit(parsed.release),
            note=pl.format("seen: {}", "note") if dated else pl.lit(None, dtype=pl.String),
        ).select(Roles.column_names())
    )
    return shaped, [*elsewhere, *_several(parsed, source, here, shaped, differing)]


def _several(
    parsed: Parsed, source: str, here: pl.DataFrame, agreed: pl.DataFrame, differing: pl.DataFrame
) -> list[Finding]:
    """Findings about records that differ in all roles (set aside), and about each role on which records differ."""
    # A record gives a row for each role; it is set aside if none of them is kept.
    named = agreed["locator"].str.split(JOIN).explode().n_unique() if agreed.height else 0
    aside = here["locator"].n_unique() - named
    reason = "several_statements"
    findings = [Finding(source, parsed.release, reason, "", aside)] if aside else []
    return findings + [
        Finding(source, parsed.release, reason, detail, n, set_aside=False, unexpected=True, first=first)
        for detail, n, first in differing.select(
            pl.format("{} {} {}", "area", "year", "role"), "rows", "first"
        ).iter_rows()
    ]
