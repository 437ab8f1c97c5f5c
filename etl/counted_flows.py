"""Counted flows: victims detected in a state, by citizenship, from UNODC's workbook.

A = A is domestic trafficking. The destination is the state that detected the victim, not a proven place of
exploitation; transit is never known here.
"""

from pathlib import Path

import polars as pl

from data.contract import FlowCoverage, Flows
from etl.areas import resolve
from etl.errors import Finding
from etl.harmonise import suspicion
from etl.parsed import Parsed

REFERENCE = Path(__file__).parent.parent / "data" / "reference"
SOURCE = "unodc_glotip"
LOCATED = ("country", "own_nationals")
# Above this many victims per 100,000 of the origin's population in one year a figure is questioned, not believed.
IMPLAUSIBLE_RATE = 15
SUBTOTAL = "subtotal"
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


def serving_release(rows: pl.DataFrame, covered: dict[str, set[int]]) -> pl.DataFrame:
    """Which release serves each detecting state and year: area, year, serving.

    The newest release that covers the year, unless `data/reference/flow_releases.csv` declares another; a declared
    release that lists nothing for the state and year gives way to the newest.
    """
    place = ["area", "year"]
    newest = {year: max(r for r, years in covered.items() if year in years) for year in set().union(*covered.values())}
    choice = (
        rows.select(*place)
        .unique()
        .with_columns(
            newest=pl.col("year").replace_strict(newest, return_dtype=pl.String),
            declared=_declared(),
        )
    )
    held = rows.select(*place, declared="release").unique().with_columns(lists=True)
    choice = choice.join(held, on=[*place, "declared"], how="left", validate="1:1")
    serving = pl.when(pl.col("lists").fill_null(value=False)).then("declared").otherwise("newest")
    return choice.select(*place, serving=serving)


def _declared() -> pl.Expr:
    """The release declared for a year, null where none is."""
    table = pl.read_csv(REFERENCE / "flow_releases.csv")
    expression = pl.lit(None, dtype=pl.String)
    for first, last, release in table.select("year_from", "year_to", "release").iter_rows():
        expression = pl.when(pl.col("year").is_between(first, last)).then(pl.lit(release)).otherwise(expression)
    return expression


def with_later_zeros(rows: pl.DataFrame, releases: pl.DataFrame) -> pl.DataFrame:
    """A masked figure that a later release prints as 0 is 0; the label stays that of the serving release."""
    pair = ["area", "year", "origin"]
    zeros = releases.filter(pl.col("high") == 0, pl.col("origin").is_not_null())
    zeros = zeros.group_by(pair).agg(pl.col("release").max().alias("later"), pl.col("locator").last().alias("zero_at"))
    joined = rows.join(zeros, on=pair, how="left", validate="m:1", maintain_order="left")
    is_zero = (pl.col("status") == "masked") & (pl.col("later") > pl.col("release"))
    zero = pl.lit(0.0)
    return joined.with_columns(
        label_release="release",
        release=pl.when(is_zero).then("later").otherwise("release"),
        low=pl.when(is_zero).then(zero).otherwise("low"),
        high=pl.when(is_zero).then(zero).otherwise("high"),
        status=pl.when(is_zero).then(pl.lit("exact")).otherwise("status"),
        note=pl.when(is_zero).then(pl.format("printed_as_zero_later: {}", "zero_at")).otherwise("note"),
    ).drop("later", "zero_at")


def questioned(rows: pl.DataFrame, people: pl.DataFrame, totals: pl.DataFrame) -> pl.DataFrame:
    """Mark figures that the rules or the reviewed list question; the printed figure stays.

    Args:
        rows: with `origin`, `area` (the destination), `year`, `low`, `high`.
        people: population of every country and year.
        totals: area, year, `total_high`: all victims the destination detected.
    """
    origin = people.select(origin="area", year="year", origin_population="population")
    joined = rows.join(origin, on=["origin", "year"], how="left", validate="m:1", maintain_order="left")
    joined = joined.join(
        totals.select("area", "year", "total_high"), on=["area", "year"], how="left", maintain_order="left"
    )
    joined = joined.join(_declared_questions(), on=["origin", "area", "year"], how="left", maintain_order="left")
    reason = (
        pl.when(pl.col("declared_question"))
        .then(pl.lit("listed_by_review"))
        .when(pl.col("low") * 100_000 > IMPLAUSIBLE_RATE * pl.col("origin_population"))
        .then(pl.lit("implausible_for_origin"))
        .when(pl.col("low") > pl.col("total_high"))
        .then(pl.lit("larger_than_total"))
    )
    usable = pl.col("status").is_in(["exact", "masked"]) & pl.col("origin").is_not_null()
    doubt = pl.when(usable & (pl.col("high") > 0)).then(reason)
    return joined.with_columns(
        status=pl.when(doubt.is_not_null()).then(pl.lit("questioned")).otherwise("status"),
        note=pl.coalesce(doubt, "note"),
    )


def _declared_questions() -> pl.DataFrame:
    table = pl.read_csv(REFERENCE / "questioned_flows.csv")
    years = pl.int_ranges("year_from", pl.col("year_to") + 1, dtype=pl.Int16).alias("year")
    return table.select("origin", area="destination", year=years, declared_question=True).explode("year")


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
        pl.col("release").max().alias("list_release"),
        pl.col("low").sum().alias("listed"),
        pl.col("high").sum().alias("listed_high"),
        pl.col("origin").n_unique().cast(pl.Int32).alias("nationalities"),
    )
    joined = totals.join(sums, on=["area", "year"], how="full", coalesce=True, validate="1:1")
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
        several=pl.col("printed").n_unique() > 1,
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


def disposition(rows: pl.DataFrame, covered: dict[str, set[int]], states: tuple[str, ...]) -> pl.DataFrame:
    """Add `set_aside`: why a row is no flow, null where it is one."""
    usable = rows.filter(pl.col("suspect").is_null())
    serving = serving_release(usable, covered)
    joined = rows.join(serving, on=["area", "year"], how="left", validate="m:1", maintain_order="left")
    return joined.with_columns(
        set_aside=pl.when(~(pl.col("area").is_in(states) | pl.col("origin").is_in(states).fill_null(value=False)))
        .then(pl.lit("outside_the_region"))
        .when(pl.col("suspect").is_not_null())
        .then("suspect")
        .when(pl.col("kind") == "subtotal")
        .then(pl.lit("subtotal_in_citizenship_list"))
        .when(pl.col("release") != pl.col("serving"))
        .then(pl.lit("served_by_another_release"))
    )


def build(
    releases: list[Parsed], people: pl.DataFrame, totals: pl.DataFrame, states: tuple[str, ...]
) -> tuple[pl.DataFrame, pl.DataFrame, list[Finding]]:
    """`flows` and `flow_coverage` from all releases held, and an account of the rows they leave out.

    Args:
        releases: parsed workbooks.
        people: population of every country and year (`etl.harmonise.population`).
        totals: area, year, total_low, total_high, release: detected victims as observed.
        states: ISO3 of the region.
    """
    rows = pl.concat([citizenship(parsed) for parsed in releases])
    rows = rows.join(people.select("area", "year", "population"), on=["area", "year"], how="left", validate="m:1")
    rows = rows.with_columns(suspect=suspicion(people))
    covered = {parsed.release: set(parsed.rows["year"].unique()) for parsed in releases}
    rows = disposition(rows, covered, states)
    serving = one_row_a_label(rows.filter(pl.col("set_aside").is_null()))
    usable = rows.filter(pl.col("suspect").is_null())
    serving = questioned(with_later_zeros(serving, usable), people, totals)
    return flows(serving), coverage(serving, totals, states), [*account(rows), *unread(serving)]


def account(rows: pl.DataFrame) -> list[Finding]:
    """A finding for each reason and release."""
    aside = rows.filter(pl.col("set_aside").is_not_null())
    counts = aside.group_by("release", "set_aside").len().sort("release", "set_aside")
    return [Finding(SOURCE, release, reason, "", n) for release, reason, n in counts.iter_rows()]


def unread(serving: pl.DataFrame) -> list[Finding]:
    """Every label that was never seen before: kept as an unlocated flow, and listed."""
    rows = serving.filter(pl.col("kind") == "unrecognised").group_by("release", "category").len()
    return [
        Finding(SOURCE, release, "unrecognised_label", label, n, set_aside=False, unexpected=True)
        for release, label, n in rows.sort("release", "category").iter_rows()
    ]
