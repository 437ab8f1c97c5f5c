"""From the sources' tidy rows to `observations`, `vintages` and `roles`: one figure a key, nothing picked or added.

A note begins with a stable code, then what was printed (`several_values: 62; 43`), so that a screen can say it in
any language.
"""

import polars as pl

from data.contract import OBSERVATION_KEY, Observations, Roles
from data.releases import latest, part
from etl.areas import resolve
from etl.finding import Finding
from etl.parsed import Parsed
from etl.population import CODE_SHAPE, NO_INPUTS, suspicion

# `etl.check` takes the locators of a merged figure apart again at this mark.
JOIN = "; "
# The other dimensions are no figures of a state: citizenship gives flows, repatriation has no direction.
OBSERVED = ("total", "form")


def vintage(parsed: Parsed, source: str, states: tuple[str, ...], people: pl.DataFrame) -> pl.DataFrame:
    """One release's figures for the states, one row a key (`data.contract.Vintages`)."""
    rows = parsed.rows.filter(pl.col("area").is_in(states), pl.col("dimension").is_in(OBSERVED))
    rows = rows.join(people.select("area", "year", "population"), on=["area", "year"], how="left", validate="m:1")
    unit = pl.when(pl.col("indicator") == "offences").then(pl.lit("offences")).otherwise(pl.lit("persons"))
    rows = rows.with_columns(
        suspect=suspicion(people), source=pl.lit(source), release=pl.lit(parsed.release), unit=unit
    )
    return one_row_a_key(rows)


def one_row_a_key(rows: pl.DataFrame) -> pl.DataFrame:
    """Equal keys: the same value is one figure in two places; different values are `conflicting`.

    Repeated "other forms" rows are categories without a label, so even equal ones are not one figure.
    """
    # Which of two printed values is right the file does not say, so neither is taken.
    several = pl.struct("low", "high").n_unique() > 1
    unlabelled = (pl.col("form").first() == "other") & (pl.len() > 1)
    code = pl.when(unlabelled).then(pl.lit("unlabelled_categories")).when(several).then(pl.lit("several_values"))
    grouped = rows.group_by(*OBSERVATION_KEY, "release", maintain_order=True).agg(
        pl.col("low", "high", "status", "unit").first(),
        suspect=pl.col("suspect").drop_nulls().first(),
        conflict=code,
        printed=pl.col("printed").str.join(JOIN),
        locator=pl.col("locator").str.join(JOIN),
    )
    reason = pl.coalesce("conflict", "suspect")
    usable = reason.is_null()
    return grouped.with_columns(
        low=pl.when(usable).then("low"),
        high=pl.when(usable).then("high"),
        status=pl.when(pl.col("conflict").is_not_null())
        .then(pl.lit("conflicting"))
        .when(pl.col("suspect").is_not_null())
        .then(pl.lit("suspect"))
        .otherwise("status"),
        note=pl.when(~usable).then(pl.format("{}: {}", reason, "printed")),
        year_basis=pl.lit("reference"),
        derived=pl.lit(False),
        inputs=NO_INPUTS,
    ).select(Observations.column_names())


def noted(figures: pl.DataFrame, part: str = "") -> list[Finding]:
    """A finding for each figure kept without its value, or wider than printed, so that the manifest counts them."""
    rows = figures.filter(pl.col("note").is_not_null())
    named = rows.with_columns(
        reason=pl.col("note").str.extract(r"^(\w+)"), rows=pl.col("locator").str.count_matches(JOIN) + 1
    )
    counts = named.group_by("source", "release", "reason").agg(pl.col("rows").sum()).sort("source", "release", "reason")
    return [
        Finding(source, release, reason, "", n, set_aside=False, part=part)
        for source, release, reason, n in counts.iter_rows()
    ]


def unused_rows(parsed: Parsed, source: str, states: tuple[str, ...]) -> list[Finding]:
    """An account of the rows that feed no table: other regions, repatriation, offenders by citizenship."""
    figure = pl.col("dimension").is_in(OBSERVED)
    victims = (pl.col("dimension") == "citizenship") & (pl.col("indicator") == "detected_victims")
    reason = (
        pl.when(pl.col("dimension") == "repatriation")
        .then(pl.lit("repatriation_has_no_direction"))
        .when(figure & ~pl.col("area").is_in(states))
        .then(pl.lit("outside_the_region"))
        .when((pl.col("dimension") == "citizenship") & ~victims & (pl.col("high") >= CODE_SHAPE))
        .then(pl.lit("questionnaire_code"))
        .when((pl.col("dimension") == "citizenship") & ~victims)
        .then(pl.lit("offenders_by_citizenship"))
    )
    counts = parsed.rows.with_columns(reason=reason).drop_nulls("reason").group_by("reason").len().sort("reason")
    return [Finding(source, parsed.release, name, "", n) for name, n in counts.iter_rows()]


def current(vintages: pl.DataFrame, covered: pl.DataFrame) -> pl.DataFrame:
    """The best reading: what the newest release that covers a series and year prints; what it no longer prints is gone.

    Args:
        vintages: figures of all releases of one source.
        covered: release, indicator, part (`data.releases.part`), year: what each release's files hold for any country.
    """
    # By series, so that a word which nobody has read yet, or an update of one form, does not empty what older
    # releases print of the others.
    series = ["indicator", "part", "year"]
    decides = covered.group_by(series).agg(latest().alias("decides"))
    kept = vintages.with_columns(part()).join(decides, on=series, how="left", validate="m:1", maintain_order="left")
    return kept.filter(pl.col("release") == pl.col("decides")).drop("part", "decides")


def roles(parsed: Parsed, source: str, states: tuple[str, ...]) -> tuple[pl.DataFrame, list[Finding]]:
    """Stated roles of the states, and how many rows speak of others.

    Args:
        parsed: rows with `label` (country as printed), `year`, `role`, `stated`, `locator`.
    """
    read = resolve(parsed.rows["label"])
    rows = parsed.rows.with_columns(read["area"], read["kind"])
    kept = rows.filter(pl.col("area").is_in(states))
    shaped = kept.with_columns(
        source=pl.lit(source),
        release=pl.lit(parsed.release),
        year_basis=pl.lit("report"),
        note=pl.lit(None, dtype=pl.String),
    ).select(Roles.column_names())
    # A record gives four rows, one a role; the account counts records.
    record = pl.col("locator").n_unique()
    unread = rows.filter(pl.col("kind") == "unrecognised").group_by("label")
    counts = unread.agg(record, first=pl.col("locator").first()).sort("label")
    findings = [
        Finding(source, parsed.release, "unrecognised_label", label, n, unexpected=True, first=first)
        for label, n, first in counts.iter_rows()
    ]
    outside = parsed.kept - kept["locator"].n_unique() - sum(finding.rows for finding in findings)
    aside = [Finding(source, parsed.release, "outside_the_region", "", outside)] if outside else []
    return shaped, [*findings, *aside]
