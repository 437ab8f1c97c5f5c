"""Counts of victims and offenders reported by states, from a source with citizenships in the same table."""

import polars as pl

from etl.making.figures import completed, one_row_a_key
from etl.parsed import Finding, Parsed
from etl.source_declaration import Declaration

# Dimensions that are figures of a state; citizenship gives flows, and repatriation has no direction.
FIGURES = ("total", "form")
VICTIMS = "detected_victims"
# A questionnaire cell code such as Q6.1_1s_2019 leaks as 6,112,019: seven digits or more. No state of the Americas
# has ever counted a million persons or offences a year.
CODE_SHAPE = 1_000_000
POPULATION_SHARE = 0.005


def figures(parsed: Parsed, source: Declaration) -> pl.DataFrame:
    """A release's rows that are figures of a country, with all columns of a figure."""
    return completed(parsed, source).filter(pl.col("dimension").is_in(FIGURES))


def vintage(parsed: Parsed, source: Declaration, states: tuple[str, ...], people: pl.DataFrame) -> pl.DataFrame:
    """A release's figures for the states, one row for each key (`data.contract.Vintages`)."""
    rows = figures(parsed, source).filter(pl.col("area").is_in(states))
    rows = rows.join(people.select("area", "year", "population"), on=["area", "year"], how="left", validate="m:1")
    return one_row_a_key(rows.with_columns(suspect=suspicion(people)))


def suspicion(people: pl.DataFrame) -> pl.Expr:
    """A code for an impossible figure, else null; needs `area`, `year`, `high`, and joined `population`.

    If the year has no population, the state's largest is used, so the rule rather keeps a figure.
    """
    greatest = dict(people.group_by("area").agg(pl.col("population").max()).iter_rows())
    limit = pl.col("population").fill_null(pl.col("area").replace_strict(greatest, default=None))
    return (
        pl.when(pl.col("high") >= CODE_SHAPE)
        .then(pl.lit("questionnaire_code"))
        .when(pl.col("high") > POPULATION_SHARE * limit)
        .then(pl.lit("above_population_share"))
    )


def unused_rows(parsed: Parsed, source: str, states: tuple[str, ...]) -> list[Finding]:
    """Findings about rows that are in no table: other regions, repatriation, offenders by citizenship."""
    figure = pl.col("dimension").is_in(FIGURES)
    offenders = (pl.col("dimension") == "citizenship") & (pl.col("indicator") != VICTIMS)
    reason = (
        pl.when(pl.col("dimension") == "repatriation")
        .then(pl.lit("repatriation_has_no_direction"))
        .when(figure & ~pl.col("area").is_in(states))
        .then(pl.lit("outside_the_region"))
        .when(offenders & (pl.col("high") >= CODE_SHAPE))
        .then(pl.lit("questionnaire_code"))
        .when(offenders)
        .then(pl.lit("offenders_by_citizenship"))
    )
    counts = parsed.rows.with_columns(reason=reason).drop_nulls("reason").group_by("reason").len().sort("reason")
    return [Finding(source, parsed.release, name, "", n) for name, n in counts.iter_rows()]
