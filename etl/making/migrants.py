"""Migrant stock between two countries, at least one of them in the region: context, not trafficking."""

from collections.abc import Sequence

import polars as pl

from data.contract import MigrantStock
from data.releases import latest
from etl.areas import resolve
from etl.parsed import Finding, Parsed

# Usually the short name of a country, but here the region (M49 057): the country is "Micronesia (Fed. States of)".
REGIONS = ("Micronesia",)
# Places in the publisher's list that are not a single entry of ISO 3166-1.
NO_ISO_CODE = ("Channel Islands",)
# Why a label has no country; for two labels in a row, the first of these reasons is given.
REASONS = ("unrecognised_label", "region", "no_iso_code", "not_one_country")


def migrant_stocks(
    parsed: Sequence[tuple[str, Parsed]], states: tuple[str, ...]
) -> tuple[pl.DataFrame, pl.DataFrame, list[Finding]]:
    """The stocks of the newest release (`data.contract.MigrantStock`), those of earlier ones, and findings.

    Releases are never mixed: what the newest one omits is only among the earlier ones.

    Args:
        parsed: source id and rows of every release that we have (see `migrant_stock`).
        states: ISO3 of the states.
    """
    read = [migrant_stock(one, source, states) for source, one in parsed]
    every = pl.concat([MigrantStock.create_empty(), *(rows for rows, _ in read)])
    newest = pl.col("release") == latest()
    return every.filter(newest), every.filter(~newest), [finding for _, aside in read for finding in aside]


def migrant_stock(parsed: Parsed, source: str, states: tuple[str, ...]) -> tuple[pl.DataFrame, list[Finding]]:
    """Stocks of one release with an end among the states (`data.contract.MigrantStock`), and findings on other cells.

    Args:
        parsed: rows with `origin`, `destination` (labels as printed), `year`, `persons`, `locator`.
    """
    rows = parsed.rows
    for end in ("origin", "destination"):
        rows = rows.join(_places(rows[end], end), on=end, how="left", validate="m:1", maintain_order="left")
    judged = rows.with_columns(reason=_reason(states)).with_columns(detail=_detail())
    used = judged.filter(pl.col("reason").is_null())
    shaped = used.select(
        "year",
        "persons",
        "locator",
        origin="origin_area",
        destination="destination_area",
        source=pl.lit(source),
        release=pl.lit(parsed.release),
        low=pl.col("persons").cast(pl.Float64),
        high=pl.col("persons").cast(pl.Float64),
    ).select(MigrantStock.column_names())
    return shaped, _set_aside(judged, source, parsed.release)


def _places(labels: pl.Series, end: str) -> pl.DataFrame:
    """Each label once: `<end>` as printed, `<end>_area` (ISO3), `<end>_reason` (why it has none)."""
    read = resolve(labels.unique().sort())
    label, kind = pl.col("label"), pl.col("kind")
    reason = (
        pl.when(label.is_in(REGIONS))
        .then(pl.lit("region"))
        .when(label.is_in(NO_ISO_CODE))
        .then(pl.lit("no_iso_code"))
        .when(kind == "unrecognised")
        .then(pl.lit("unrecognised_label"))
        .when(kind == "region")
        .then(pl.lit("region"))
        .when(kind != "country")
        .then(pl.lit("not_one_country"))
    )
    known = pl.when(reason.is_null()).then("area")
    return read.select(label.alias(end), known.alias(f"{end}_area"), reason.alias(f"{end}_reason"))


def _reason(states: tuple[str, ...]) -> pl.Expr:
    """Why a row is set aside, or null; the first that applies."""
    ends = pl.col("origin_reason", "destination_reason")
    unplaced = [pl.when(pl.any_horizontal(ends == reason)).then(pl.lit(reason)) for reason in REASONS]
    areas = pl.col("origin_area", "destination_area")
    outside = pl.when(~pl.any_horizontal(areas.is_in(states))).then(pl.lit("outside_the_region"))
    # People who live where they were born are not migrants.
    at_home = pl.when(pl.col("origin_area") == pl.col("destination_area")).then(pl.lit("same_country"))
    return pl.coalesce(*unplaced, outside, at_home)


def _detail() -> pl.Expr:
    """The label that has no country; empty for a pair of countries."""
    ends = [pl.when(pl.col(f"{end}_reason") == pl.col("reason")).then(pl.col(end)) for end in ("destination", "origin")]
    return pl.coalesce(*ends, pl.lit(""))


def _set_aside(judged: pl.DataFrame, source: str, release: str) -> list[Finding]:
    groups = judged.drop_nulls("reason").group_by("reason", "detail")
    counts = groups.agg(pl.len(), pl.col("locator").first()).sort("reason", "detail")
    expected = ("region", "no_iso_code", "outside_the_region")
    return [
        Finding(source, release, reason, detail, n)
        if reason in expected
        else Finding(source, release, reason, detail, n, unexpected=True, first=first)
        for reason, detail, n, first in counts.iter_rows()
    ]
