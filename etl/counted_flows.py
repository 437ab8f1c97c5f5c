"""Counted flows: victims detected in a state, by citizenship, from UNODC's workbook.

A = A is domestic trafficking. The destination is the state that detected the victim, not a proven place of
exploitation; transit is never known here.
"""

import polars as pl

from data.contract import FlowCoverage, Flows
from data.releases import latest
from etl.areas import resolve
from etl.finding import Finding
from etl.flow_releases import disposition, with_later_zeros
from etl.parsed import Parsed
from etl.population import suspicion
from etl.questioned import questioned

SOURCE = "unodc_glotip"
# "Nationals" of the state that reports have a country too: its own.
LOCATED = ("country", "own_nationals")
# With its type, so that these rows and the stated ones make one table.
NO_LIST = pl.lit([], dtype=pl.List(pl.String))


def totals(observations: pl.DataFrame) -> pl.DataFrame:
    """All victims each state detected in a year: area, year, total_low, total_high, release."""
    whole = pl.all_horizontal(pl.col("sex", "age", "form") == "total")
    rows = observations.filter(pl.col("indicator") == "detected_victims", whole)
    return rows.select("area", "year", "release", total_low="low", total_high="high")


def citizenship(parsed: Parsed) -> pl.DataFrame:
    """One release's rows of detected victims by citizenship, all countries, with `origin` (ISO3 or null) and `kind`."""
    rows = parsed.rows.filter(pl.col("dimension") == "citizenship", pl.col("indicator") == "detected_victims")
    read = resolve(rows["category"], rows["area"])
    return rows.with_columns(kind=read["kind"], origin=read["area"], release=pl.lit(parsed.release))


def printed_totals(releases: list[Parsed]) -> pl.DataFrame:
    """The total of detected victims as each release prints it: release, area, year, whole."""
    total = pl.all_horizontal(pl.col("dimension", "sex", "age") == "total")
    kept = [
        parsed.rows.filter(pl.col("indicator") == "detected_victims", total)
        .select("area", "year", whole=pl.struct("low", "high"))
        .with_columns(release=pl.lit(parsed.release))
        for parsed in releases
    ]
    return pl.concat(kept).unique(["release", "area", "year"], keep="first", maintain_order=True)


def flows(rows: pl.DataFrame) -> pl.DataFrame:
    """Rows in the shape of `data.contract.Flows`."""
    located = pl.col("kind").is_in(LOCATED)
    missing = pl.lit(None, dtype=pl.String)
    return rows.with_columns(
        evidence=pl.lit("counted"),
        destination="area",
        transit=missing,
        origin_label="category",
        transit_label=missing,
        destination_label="country",
        located=located,
        complete=pl.col("origin").is_not_null(),
        year_basis=pl.lit("reference"),
        form=NO_LIST,
        profile=NO_LIST,
        unit=pl.lit("persons"),
        repeat_of=missing,
        source=pl.lit(SOURCE),
    ).select(Flows.column_names())


def coverage(rows: pl.DataFrame, totals: pl.DataFrame, states: tuple[str, ...]) -> pl.DataFrame:
    """How many of each state's detected victims carry a listed citizenship (`data.contract.FlowCoverage`).

    Args:
        rows: the serving rows, all labels, without sub-totals.
        totals: area, year, total_low, total_high, release of the detected total.
    """
    listed = rows.filter(pl.col("area").is_in(states), pl.col("kind").is_in(LOCATED)).group_by("area", "year")
    sums = listed.agg(
        latest().alias("list_release"),
        pl.col("low").sum().alias("listed"),
        pl.col("high").sum().alias("listed_high"),
        pl.col("origin").n_unique().cast(pl.Int32).alias("nationalities"),
    )
    # A state with a total and no list must be seen, and so must the reverse.
    joined = totals.filter(pl.col("area").is_in(states)).join(
        sums, on=["area", "year"], how="full", coalesce=True, validate="1:1"
    )
    # A masked total is no single figure that a share could be taken of.
    exact = pl.col("total_low") == pl.col("total_high")
    return joined.with_columns(
        pl.col("listed", "listed_high", "nationalities").fill_null(0),
        total=pl.when(exact).then("total_low"),
        release=pl.coalesce("release", "list_release"),
        source=pl.lit(SOURCE),
    ).select(FlowCoverage.column_names())


def one_row_a_label(rows: pl.DataFrame) -> pl.DataFrame:
    """Equal labels of one state and year: the same figure is one record in two places, different ones conflict."""
    key = ["area", "year", "category", "kind", "origin"]
    merged = rows.group_by(key, maintain_order=True).agg(
        pl.exclude("printed", "locator").first(),
        several=pl.struct("low", "high").n_unique() > 1,
        printed=pl.col("printed").str.join("; "),
        locator=pl.col("locator").str.join("; "),
    )
    usable = ~pl.col("several")
    return merged.with_columns(
        low=pl.when(usable).then("low"),
        high=pl.when(usable).then("high"),
        status=pl.when(usable).then("status").otherwise(pl.lit("conflicting")),
        note=pl.when(~usable).then(pl.format("several_values: {}", "printed")),
    )


def build(
    releases: list[Parsed], people: pl.DataFrame, totals: pl.DataFrame, states: tuple[str, ...]
) -> tuple[pl.DataFrame, pl.DataFrame, list[Finding]]:
    """`flows` and `flow_coverage` from all releases held, and an account of the rows they leave out.

    Args:
        releases: parsed workbooks.
        people: population of every country and year (`etl.population.population`).
        totals: area, year, total_low, total_high, release: detected victims of every country, as observed.
        states: ISO3 of the region.
    """
    rows = pl.concat([citizenship(parsed) for parsed in releases])
    rows = rows.join(people.select("area", "year", "population"), on=["area", "year"], how="left", validate="m:1")
    rows = rows.join(printed_totals(releases), on=["release", "area", "year"], how="left", validate="m:1")
    rows = rows.with_columns(suspect=suspicion(people))
    rows = disposition(rows, states)
    serving = one_row_a_label(rows.filter(pl.col("set_aside").is_null()))
    usable = rows.filter(pl.col("suspect").is_null())
    serving = questioned(with_later_zeros(serving, usable), people, totals)
    return flows(serving), coverage(serving, totals, states), [*account(rows, serving), *unread(rows)]


def account(rows: pl.DataFrame, serving: pl.DataFrame) -> list[Finding]:
    """A finding for each reason and release; a later release's zero that a flow rests on is not set aside."""
    used = serving["zero_at"].drop_nulls().implode()
    aside = rows.filter(pl.col("set_aside").is_not_null(), ~pl.col("locator").is_in(used))
    counts = aside.group_by("release", "set_aside").len().sort("release", "set_aside")
    return [Finding(SOURCE, release, reason, "", n) for release, reason, n in counts.iter_rows()]


def unread(rows: pl.DataFrame) -> list[Finding]:
    """Every label that was never seen before, also in a release that does not serve the year: listed."""
    new = rows.filter(pl.col("kind") == "unrecognised").group_by("release", "category", maintain_order=True)
    return [
        Finding(SOURCE, release, "unrecognised_label", label, n, set_aside=False, unexpected=True, first=first)
        for release, label, n, first in new.agg(pl.len(), first=pl.col("locator").first()).iter_rows()
    ]
