"""Population: who lives where, the figures it rules out, and the rates it divides."""

import polars as pl

from data.contract import Observations
from etl.finding import Finding
from etl.parsed import Parsed

# A questionnaire cell code such as Q6.1_1s_2019 leaks as 6,112,019: seven digits or more. No state of the Americas
# has ever counted a million persons or offences a year.
CODE_SHAPE = 1_000_000
POPULATION_SHARE = 0.005
NO_INPUTS = pl.lit([], dtype=pl.List(pl.Struct({"source": pl.String, "release": pl.String, "locator": pl.String})))


def population(parsed: Parsed) -> pl.DataFrame:
    """Population of every country and year that one release gives: area, year, population, locator, release."""
    rows = parsed.rows.select("area", "year", pl.col("low").alias("population"), "locator")
    return rows.with_columns(release=pl.lit(parsed.release))


def suspicion(people: pl.DataFrame) -> pl.Expr:
    """A code for a figure that cannot be one, else null; needs `area`, `year`, `high`, joined `population`.

    Where the year has no population the state's greatest on record stands in: the rule then errs on keeping.
    """
    greatest = dict(people.group_by("area").agg(pl.col("population").max()).iter_rows())
    limit = pl.col("population").fill_null(pl.col("area").replace_strict(greatest, default=None))
    return (
        pl.when(pl.col("high") >= CODE_SHAPE)
        .then(pl.lit("questionnaire_code"))
        .when(pl.col("high") > POPULATION_SHARE * limit)
        .then(pl.lit("above_population_share"))
    )


def population_rows(people: pl.DataFrame, source: str, states: tuple[str, ...]) -> pl.DataFrame:
    """The states' populations as observations."""
    rows = people.filter(pl.col("area").is_in(states))
    fixed = {"indicator": "population", "year_basis": "reference", "sex": "total", "age": "total", "form": "total"}
    return rows.with_columns(
        **{name: pl.lit(text) for name, text in fixed.items()},
        low=pl.col("population"),
        high=pl.col("population"),
        status=pl.lit("exact"),
        unit=pl.lit("persons"),
        source=pl.lit(source),
        derived=pl.lit(False),
        inputs=NO_INPUTS,
        note=pl.lit(None, dtype=pl.String),
    ).select(Observations.column_names())


def other_countries(parsed: Parsed, source: str, states: tuple[str, ...]) -> list[Finding]:
    """How many rows of a release speak of countries and groups outside the region."""
    rows = parsed.rows.filter(~pl.col("area").is_in(states)).height
    return [Finding(source, parsed.release, "outside_the_region", "", rows)] if rows else []
