"""Stated flows: routes in reports, one row for each statement, with transit; never a count of victims."""

import polars as pl

from data.contract import Flows
from etl.areas import resolve
from etl.parsed import Finding, Parsed

POINTS = ("origin", "transit", "destination")
FLAGGED = "flagged_by_the_coders"
NO_LIST = pl.lit([], dtype=pl.List(pl.String))
NO_TEXT = pl.lit(None, dtype=pl.String)
# Values of columns that `parse` does not return.
DEFAULTS = {
    **{f"{point}_label": NO_TEXT for point in POINTS},
    "form": NO_LIST,
    "profile": NO_LIST,
    "flagged": pl.lit(value=False),
    "repeat_of": NO_TEXT,
}


def located_points(rows: pl.DataFrame) -> pl.DataFrame:
    """Add ISO3 and the kind of the label for each point: `origin`, `origin_kind` ..."""
    none = pl.repeat(None, rows.height, dtype=pl.String, eager=True)
    for point in POINTS:
        read = resolve(rows[f"{point}_label"])
        kind = pl.Series(f"{point}_kind", read["kind"]).zip_with(rows[f"{point}_label"].is_not_null(), none)
        rows = rows.with_columns(read["area"].alias(point), kind)
    return rows


def build(parsed: Parsed, source: str, states: tuple[str, ...]) -> tuple[pl.DataFrame, list[Finding]]:
    """Statements with an end among the states, or an unknown label (`data.contract.Flows`); findings on others.

    Args:
        parsed: rows with `year` and `locator`; `origin_label`, `transit_label`, `destination_label` (as printed) as far
            as the source has them; `form` and `profile` (lists of ids), `flagged`, `repeat_of` where it has any.
    """
    missing = {name: value for name, value in DEFAULTS.items() if name not in parsed.rows.columns}
    rows = located_points(parsed.rows.with_columns(**missing))
    in_region = pl.any_horizontal(pl.col("origin", "destination").is_in(states).fill_null(value=False))
    # An unknown label may name a state of the region.
    unread = pl.any_horizontal((pl.col(f"{p}_kind") == "unrecognised").fill_null(value=False) for p in POINTS)
    inside, outside = rows.filter(in_region | unread), rows.filter(~in_region & ~unread)
    return _flows(inside, parsed.release, source), [
        *_account(outside, parsed.release, source, states),
        *_unread(inside, parsed.release, source),
    ]


def _flows(rows: pl.DataFrame, release: str, source: str) -> pl.DataFrame:
    kinds = pl.col(*(f"{point}_kind" for point in POINTS))
    # A row is one statement, about any number of victims.
    one = pl.lit(1.0)
    made = rows.with_columns(
        evidence=pl.lit("stated"),
        # A point that the report does not name is not an unlocated one.
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
    )
    return Flows.cast(made.select(Flows.column_names()))


def _account(outside: pl.DataFrame, release: str, source: str, states: tuple[str, ...]) -> list[Finding]:
    """Findings about rows left out: other regions, or the region only as transit."""
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
