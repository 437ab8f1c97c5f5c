"""Counted flows: victims detected in a state, by citizenship.

Equal origin and destination mean domestic trafficking. The destination is the state that detected the victim, not a
proven place of exploitation; transit is never known here.
"""

import polars as pl

from data import columns
from data.contract import FlowCoverage, FlowRevisions, Flows
from data.releases import latest, order
from data.reviewed import Spans, read
from etl.areas import resolve
from etl.making.flow_releases import disposition, with_later_zeros
from etl.making.victim_counts import VICTIMS, suspicion
from etl.parsed import Finding, Parsed

# "Nationals" of the reporting state have a country too: its own.
LOCATED = ("country", "own_nationals")
# Typed, so that these rows and the stated ones can be concatenated.
NO_LIST = pl.lit([], dtype=pl.List(pl.String))


def totals(observations: pl.DataFrame) -> pl.DataFrame:
    """All victims that each state detected in a year: area, year, total_low, total_high, release."""
    whole = pl.all_horizontal(pl.col("sex", "age", "form") == "total")
    rows = observations.filter(pl.col("indicator") == VICTIMS, whole)
    return rows.select("area", "year", "release", total_low="low", total_high="high")


def citizenship(parsed: Parsed) -> pl.DataFrame:
    """One release's rows of detected victims by citizenship, all countries, with `origin` (ISO3 or null) and `kind`."""
    rows = parsed.rows.filter(pl.col("dimension") == "citizenship", pl.col("indicator") == VICTIMS)
    read = resolve(rows["category"], rows["area"])
    return rows.with_columns(kind=read["kind"], origin=read["area"], release=pl.lit(parsed.release))


def covered(releases: list[Parsed]) -> pl.DataFrame:
    """The years for which each release prints detected victims of any country: release, year."""
    years = [
        parsed.rows.filter(pl.col("indicator") == VICTIMS).select(release=pl.lit(parsed.release), year="year")
        for parsed in releases
    ]
    return pl.concat(years).unique()


def printed_totals(releases: list[Parsed]) -> pl.DataFrame:
    """The total of detected victims as each release prints it: release, area, year, whole_low, whole_high."""
    total = pl.all_horizontal(pl.col("dimension", "sex", "age") == "total")
    printed = [
        parsed.rows.filter(pl.col("indicator") == VICTIMS, total)
        .select("area", "year", whole_low="low", whole_high="high")
        .with_columns(release=pl.lit(parsed.release))
        for parsed in releases
    ]
    return pl.concat(printed).unique(["release", "area", "year"], keep="first", maintain_order=True)


def flows(rows: pl.DataFrame, source: str) -> pl.DataFrame:
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
        source=pl.lit(source),
    ).select(Flows.column_names())


def coverage(rows: pl.DataFrame, totals: pl.DataFrame, source: str, states: tuple[str, ...]) -> pl.DataFrame:
    """How many of each state's detected victims have a listed citizenship (`data.contract.FlowCoverage`).

    Args:
        rows: the rows in use, all labels, without subtotals.
        totals: area, year, total_low, total_high, release of the detected total.
    """
    listed = rows.filter(pl.col("area").is_in(states), pl.col("kind").is_in(LOCATED)).group_by("area", "year")
    sums = listed.agg(
        latest().alias("list_release"),
        pl.col("low").sum().alias("listed"),
        pl.col("high").sum().alias("listed_high"),
        pl.col("origin").n_unique().cast(pl.Int32).alias("nationalities"),
    )
    # Keep states with a total and no list, and the reverse.
    joined = totals.filter(pl.col("area").is_in(states)).join(
        sums, on=["area", "year"], how="full", coalesce=True, validate="1:1"
    )
    # A masked total is an interval, of which no share can be given.
    exact = pl.col("total_low") == pl.col("total_high")
    return joined.with_columns(
        pl.col("listed", "listed_high", "nationalities").fill_null(0),
        total=pl.when(exact).then("total_low"),
        release=pl.coalesce("release", "list_release"),
        source=pl.lit(source),
    ).select(FlowCoverage.column_names())


def one_row_a_label(rows: pl.DataFrame) -> pl.DataFrame:
    """Merge equal labels of a state and year: equal figures are one record in two places, different ones conflict."""
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


def lists(releases: list[Parsed], people: pl.DataFrame) -> pl.DataFrame:
    """The rows of the lists of all releases, with what rules ask of them; `suspect` says why a row cannot be used."""
    rows = pl.concat([citizenship(parsed) for parsed in releases])
    rows = rows.join(people.select("area", "year", "population"), on=["area", "year"], how="left", validate="m:1")
    rows = rows.join(printed_totals(releases), on=["release", "area", "year"], how="left", validate="m:1")
    return rows.with_columns(suspect=suspicion(people))


def revisions(releases: list[Parsed], source: str, people: pl.DataFrame, states: tuple[str, ...]) -> pl.DataFrame:
    """The figures that a release and the next one with the pair print otherwise (`data.contract.FlowRevisions`).

    Only what surely differs: no value fits both figures. A country with several rows in a list has no one figure.
    """
    here = pl.col("area").is_in(states) | pl.col("origin").is_in(states)
    usable = lists(releases, people).filter(here, pl.col("kind").is_in(LOCATED), pl.col("suspect").is_null())
    return differing(usable.rename({"area": "destination"}), source)


def differing(rows: pl.DataFrame, source: str) -> pl.DataFrame:
    """The figures that surely differ between a release and the next one with the pair (`data.contract.FlowRevisions`).

    Args:
        rows: origin, destination, year, release, low, high, locator, of all releases of one source.
    """
    key = ["destination", "year", "origin"]
    single = rows.filter(pl.len().over("release", *key) == 1, pl.col("low").is_not_null()).sort(order())
    printed = ("release", "low", "high", "locator")
    steps = single.select(
        pl.lit(source).alias("source"),
        *(pl.col(name) for name in key),
        *(pl.col(name).alias(f"{name}_from") for name in printed),
        *(pl.col(name).shift(-1).over(key).alias(f"{name}_to") for name in printed),
    )
    apart = (pl.col("high_from") < pl.col("low_to")) | (pl.col("high_to") < pl.col("low_from"))
    found = steps.filter(apart).select(FlowRevisions.column_names())
    return found.sort(FlowRevisions.primary_key())


def build(
    releases: list[Parsed], source: str, people: pl.DataFrame, totals: pl.DataFrame, states: tuple[str, ...]
) -> tuple[pl.DataFrame, pl.DataFrame, list[Finding]]:
    """`flows` and `flow_coverage` from all releases, and findings about the rows that they leave out.

    Args:
        releases: parsed workbooks of one source.
        source: the source's id.
        people: population of every country and year (`etl.making.rates.population`).
        totals: area, year, total_low, total_high, release: detected victims of every country, as observed.
        states: ISO3 of the region.
    """
    rows = lists(releases, people)
    years = covered(releases)
    rows = disposition(rows, years, states)
    serving = one_row_a_label(rows.filter(pl.col("set_aside").is_null()))
    usable = rows.filter(pl.col("suspect").is_null())
    serving = questioned(with_later_zeros(serving, usable, years), people, totals)
    findings = [*account(rows, serving, source), *unread(rows, source)]
    return flows(serving, source), coverage(serving, totals, source, states), findings


def account(rows: pl.DataFrame, serving: pl.DataFrame, source: str) -> list[Finding]:
    """A finding for each reason and release; the later zeros that flows rest on are not set aside."""
    used = serving["zero_at"].drop_nulls().implode()
    aside = rows.filter(pl.col("set_aside").is_not_null(), ~pl.col("locator").is_in(used))
    counts = aside.group_by("release", "set_aside").len().sort("release", "set_aside")
    return [Finding(source, release, reason, "", n) for release, reason, n in counts.iter_rows()]


def unread(rows: pl.DataFrame, source: str) -> list[Finding]:
    """A finding for each unknown label, also in releases that are not in use for the year."""
    new = rows.filter(pl.col("kind") == "unrecognised").group_by("release", "category", maintain_order=True)
    return [
        Finding(source, release, "unrecognised_label", label, n, set_aside=False, unexpected=True, first=first)
        for release, label, n, first in new.agg(pl.len(), first=pl.col("locator").first()).iter_rows()
    ]


# Above this many victims per 100,000 of the origin's population in one year a figure is marked as questioned.
IMPLAUSIBLE_RATE = 15


class QuestionedFlows(Spans):
    """The file of flows that a person questions."""

    FILE = "questioned_flows.csv"
    MAY_BE_EMPTY = True
    OF = ("origin", "destination")
    origin = columns.country(key=True)
    destination = columns.country(key=True)


def questioned(rows: pl.DataFrame, people: pl.DataFrame, totals: pl.DataFrame) -> pl.DataFrame:
    """Mark figures that a rule or the reviewed list questions; the printed figure stays.

    Args:
        rows: with `origin`, `area` (the destination), `year`, `low`, `high`.
        people: population of every country and year.
        totals: area, year, `total_high`: all victims the destination detected.
    """
    origin = people.select(origin="area", year="year", origin_population="population")
    joined = rows.join(origin, on=["origin", "year"], how="left", validate="m:1", maintain_order="left")
    joined = joined.join(
        totals.select("area", "year", "total_high"),
        on=["area", "year"],
        how="left",
        validate="m:1",
        maintain_order="left",
    )
    listed = _declared_questions()
    key = ["origin", "area", "year"]
    joined = joined.join(listed, on=key, how="left", validate="m:1", maintain_order="left")
    # By the lower end: the whole interval has to be implausible.
    reason = (
        pl.when(pl.col("declared_question"))
        .then(pl.lit("listed_by_review"))
        .when(pl.col("low") * 100_000 > IMPLAUSIBLE_RATE * pl.col("origin_population"))
        .then(pl.lit("implausible_for_origin"))
        .when(pl.col("low") > pl.col("total_high"))
        .then(pl.lit("larger_than_total"))
    )
    # Rows without a figure cannot be questioned, and 0 is never too many.
    usable = pl.col("status").is_in(["exact", "masked"]) & pl.col("origin").is_not_null()
    doubt = pl.when(usable & (pl.col("high") > 0)).then(reason)
    return joined.with_columns(
        status=pl.when(doubt.is_not_null()).then(pl.lit("questioned")).otherwise("status"),
        note=pl.coalesce(doubt, "note"),
    )


def _declared_questions() -> pl.DataFrame:
    table = read(QuestionedFlows)
    years = pl.int_ranges("year_from", pl.col("year_to") + 1, dtype=pl.Int16).alias("year")
    return table.select("origin", area="destination", year=years, declared_question=True).explode("year")
