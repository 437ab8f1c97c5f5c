"""What sources from before the declaration, or beside it, state of a country: roles, and measures as background.

A statement is kept as it was made. Where one source states two things of one country, neither is taken.
"""

import polars as pl

from data.contract import Evidence, Roles
from etl.areas import resolve
from etl.finding import Finding
from etl.harmonise import JOIN
from etl.parsed import Parsed

HTI_ISSUER = "University of Denver, Human Trafficking Center"
NO_DAY = pl.lit(None, dtype=pl.Date)
NO_TEXT = pl.lit(None, dtype=pl.String)


def roles(parsed: Parsed, source: str, states: tuple[str, ...]) -> tuple[pl.DataFrame, list[Finding]]:
    """Stated roles of the states by year of first sight (`data.contract.Roles`), and an account of the other records.

    Args:
        parsed: rows with `area` (ISO3), `year`, `first_seen`, `last_seen`, `role`, `stated`, `locator`.
    """
    here = parsed.rows.filter(pl.col("area").is_in(states))
    merged = here.group_by("area", "year", "role", maintain_order=True).agg(
        pl.col("stated").first(),
        pl.len().alias("rows"),
        differing=pl.col("stated").n_unique() > 1,
        first=pl.col("locator").first(),
        locator=pl.col("locator").str.join(JOIN),
        note=pl.format("{}/{}", "first_seen", "last_seen").str.join(JOIN),
    )
    kept, differing = merged.filter(~pl.col("differing")), merged.filter("differing")
    shaped = kept.with_columns(
        year_basis=pl.lit("report"),
        source=pl.lit(source),
        release=pl.lit(parsed.release),
        note=pl.format("seen: {}", "note"),
    ).select(Roles.column_names())
    return shaped, _role_account(parsed, source, here, shaped, differing)


def _role_account(
    parsed: Parsed, source: str, here: pl.DataFrame, kept: pl.DataFrame, differing: pl.DataFrame
) -> list[Finding]:
    """Records of others, records that differ in every role, and each role on which records differ."""
    # A record gives a row for each role: it is set aside when none of them is kept.
    records = here["locator"].n_unique()
    named = kept["locator"].str.split(JOIN).explode().n_unique() if kept.height else 0
    aside = {"outside_the_region": parsed.kept - records, "several_statements": records - named}
    told = [
        Finding(source, parsed.release, "several_statements", detail, n, set_aside=False, unexpected=True, first=first)
        for detail, n, first in differing.select(
            pl.format("{} {} {}", "area", "year", "role"), "rows", "first"
        ).iter_rows()
    ]
    return [Finding(source, parsed.release, reason, "", n) for reason, n in aside.items() if n] + told


def evidence(parsed: Parsed, source: str, states: tuple[str, ...]) -> tuple[pl.DataFrame, list[Finding]]:
    """Measures stated of the states (`data.contract.Evidence`, grade background), and an account of the other cells.

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
    kept = merged.filter(~pl.col("differing"))
    return _ledger(kept, source, parsed.release), [*aside, *_other_places(rows.filter(~here), source, parsed.release)]


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
        issuer=pl.lit(HTI_ISSUER),
        date=NO_DAY,
        year=pl.lit(int(release), dtype=pl.Int16),
        url=NO_TEXT,
        source=pl.lit(source),
        release=pl.lit(release),
    ).select(Evidence.column_names())


def _other_places(rows: pl.DataFrame, source: str, release: str) -> list[Finding]:
    """Cells of other countries, of places that are no single country, and of labels that nobody has read yet."""
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
