"""Stated flows: what a report says of routes, one row a statement, with transit. Never a count of victims."""

import polars as pl

from data.contract import Flows
from etl.areas import resolve
from etl.finding import Finding
from etl.parsed import Parsed

POINTS = ("origin", "transit", "destination")
FLAGGED = "flagged_by_the_coders"


def located_points(rows: pl.DataFrame) -> pl.DataFrame:
    """Add, for each point, its ISO3 and how its label was read: `origin`, `origin_kind` ..."""
    for point in POINTS:
        read = resolve(rows[f"{point}_label"])
        kind = pl.Series(f"{point}_kind", read["kind"]).zip_with(rows[f"{point}_label"].is_not_null(), _none(rows))
        rows = rows.with_columns(read["area"].alias(point), kind)
    return rows


def _none(rows: pl.DataFrame) -> pl.Series:
    return pl.repeat(None, rows.height, dtype=pl.String, eager=True)


def build(parsed: Parsed, source: str, states: tuple[str, ...]) -> tuple[pl.DataFrame, list[Finding]]:
    """Statements with an end among the states, or a label not yet read (`data.contract.Flows`); account of the others.

    Args:
        parsed: rows with `origin_label`, `transit_label`, `destination_label`, `year`, `form`, `profile`, `flagged`,
            `repeat_of`, `locator`.
    """
    rows = located_points(parsed.rows)
    in_region = pl.any_horizontal(pl.col("origin", "destination").is_in(states).fill_null(value=False))
    # A label that nobody has read yet may name a state of the region.
    unread = pl.any_horizontal((pl.col(f"{p}_kind") == "unrecognised").fill_null(value=False) for p in POINTS)
    kept, outside = rows.filter(in_region | unread), rows.filter(~in_region & ~unread)
    return _flows(kept, parsed.release, source), [
        *_account(outside, parsed.release, source, states),
        *_unread(kept, parsed.release, source),
    ]


def _flows(rows: pl.DataFrame, release: str, source: str) -> pl.DataFrame:
    kinds = pl.col(*(f"{point}_kind" for point in POINTS))
    # A row is one statement, however many victims it speaks of.
    one = pl.lit(1.0)
    return rows.with_columns(
        evidence=pl.lit("stated"),
        # A point that the report does not name is none that could not be placed.
        located=pl.all_horizontal((kinds == "country") | kinds.is_null()),
        complete=pl.all_horizontal(pl.col("origin", "destination").is_not_null()),
        year_basis=pl.lit("report"),
        low=one,
        high=one,
        status=pl.lit("exact"),
        unit=pl.lit("statements"),
        source=pl.lit(source),
        release=pl.lit(release),
        label_release=pl.lit(release),
        note=pl.when("flagged").then(pl.lit(FLAGGED)),
    ).select(Flows.column_names())


def _account(outside: pl.DataFrame, release: str, source: str, states: tuple[str, ...]) -> list[Finding]:
    """Rows left out: other regions, and those that name a state of the region as transit alone."""
    transit_only = outside.filter(pl.col("transit").is_in(states).fill_null(value=False)).height
    counts = {"outside_the_region": outside.height - transit_only, "only_transit_in_the_region": transit_only}
    return [Finding(source, release, reason, "", n) for reason, n in counts.items() if n]


def _unread(rows: pl.DataFrame, release: str, source: str) -> list[Finding]:
    labels = pl.concat(
        [rows.filter(pl.col(f"{p}_kind") == "unrecognised").select("locator", label=f"{p}_label") for p in POINTS]
    )
    counts = labels.group_by("label").agg(pl.len(), first=pl.col("locator").first()).sort("label")
    return [
        Finding(source, release, "unrecognised_label", label, n, set_aside=False, unexpected=True, first=first)
        for label, n, first in counts.iter_rows()
    ]
