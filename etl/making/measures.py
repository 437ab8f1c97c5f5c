"""Measures that a coded report states for a country: background of the ledger.

Statements are not changed. If the source makes two different ones about a country, neither is used.
"""

import polars as pl

from data.contract import Evidence
from etl.areas import resolve
from etl.making.figures import JOIN
from etl.parsed import Finding, Parsed

# Part of published rows, and so of the snapshot's id; the declaration writes the publisher's name differently.
ISSUER = "University of Denver, Human Trafficking Center"
NO_DAY = pl.lit(None, dtype=pl.Date)
NO_TEXT = pl.lit(None, dtype=pl.String)


def evidence(parsed: Parsed, source: str, states: tuple[str, ...]) -> tuple[pl.DataFrame, list[Finding]]:
    """Measures stated for the states (`data.contract.Evidence`, grade background), and findings on other cells.

    Args:
        parsed: rows with `label` (country as printed), `measure`, `paragraph` (1-32), `stated` {yes, unspecified},
            `differs` (another row of the label prints otherwise), `locator`; the release is the report's year.
    """
    read = resolve(parsed.rows["label"])
    rows = parsed.rows.with_columns(read["area"], read["kind"])
    here = pl.col("area").is_in(states).fill_null(value=False)
    merged = (
        rows.filter(here)
        .group_by("area", "measure", maintain_order=True)
        .agg(
            pl.col("paragraph", "stated").first(),
            pl.len().alias("rows"),
            differing=pl.col("differs").any() | (pl.col("stated").n_unique() > 1),
            locator=pl.col("locator").str.join(JOIN),
        )
    )
    several = merged.filter("differing").sort("area", "measure")
    named = several.select(pl.format("{} {}", "area", "measure"), "rows")
    aside = [Finding(source, parsed.release, "several_values", detail, n) for detail, n in named.iter_rows()]
    agreed = merged.filter(~pl.col("differing"))
    return _ledger(agreed, source, parsed.release), [*aside, *_other_places(rows.filter(~here), source, parsed.release)]


def _ledger(rows: pl.DataFrame, source: str, release: str) -> pl.DataFrame:
    unspecified = pl.col("stated") == "unspecified"
    return rows.with_columns(
        id=pl.format("hti{}:{}:{}", pl.lit(release), "area", "measure"),
        version=pl.lit(1, dtype=pl.Int16),
        replies_to=NO_TEXT,
        actor="area",
        line=NO_TEXT,
        note=NO_TEXT,
        period_from=NO_DAY,
        period_to=NO_DAY,
        grade=pl.lit("background"),
        kind=pl.lit("narrative_coding"),
        finding=pl.when(unspecified).then(pl.format("{}:unspecified", "measure")).otherwise("measure"),
        status=NO_TEXT,
        title="measure",
        issuer=pl.lit(ISSUER),
        date=NO_DAY,
        year=pl.lit(int(release), dtype=pl.Int16),
        url=NO_TEXT,
        source=pl.lit(source),
        release=pl.lit(release),
    ).select(Evidence.column_names())


def _other_places(rows: pl.DataFrame, source: str, release: str) -> list[Finding]:
    """Findings on other countries, places that are not a single country, and unknown labels."""
    reasons = {"country": "outside_the_region", "unrecognised": "unrecognised_label"}
    reason = pl.col("kind").replace_strict(reasons, default="not_one_country", return_dtype=pl.String)
    detail = pl.when(pl.col("kind") != "country").then("label").otherwise(pl.lit(""))
    named = rows.with_columns(reason=reason, detail=detail).group_by("reason", "detail")
    counts = named.agg(pl.len(), pl.col("locator").first()).sort("reason", "detail")
    return [
        Finding(source, release, reason, detail, n, unexpected=True, first=first)
        if reason == "unrecognised_label"
        else Finding(source, release, reason, detail, n)
        for reason, detail, n, first in counts.iter_rows()
    ]
