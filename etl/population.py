"""Population: who lives where, the figures it rules out, and the rates it divides."""

import polars as pl

from data.contract import Observations
from etl.finding import Finding
from etl.parsed import Parsed

# A questionnaire cell code such as Q6.1_1s_2019 leaks as 6,112,019: seven digits or more. No state of the Americas
# has ever counted a million persons or offences a year.
CODE_SHAPE = 1_000_000
POPULATION_SHARE = 0.005
# As many as the id of a snapshot counts: finer ones are noise of the machine.
RATE_DIGITS = 6
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


def rates(observations: pl.DataFrame, people: pl.DataFrame, population_source: str) -> pl.DataFrame:
    """Each count per 100,000 population, as `<indicator>_rate`: both sexes, all ages, all forms.

    A masked count gives an interval, rounded outwards. Without a figure or a population for the very year there is no
    rate.
    """
    counts = observations.filter(
        pl.all_horizontal(pl.col("sex", "age", "form") == "total"),
        pl.col("low").is_not_null(),
    )
    divisor = people.rename({"release": "people_release", "locator": "people_locator"})
    joined = counts.join(divisor, on=["area", "year"], how="inner", validate="m:1")
    low, high = (pl.col(end) * (100_000 / pl.col("population")) for end in ("low", "high"))
    below, above = outwards(low, high)
    exact = pl.col("low") == pl.col("high")
    return joined.with_columns(
        indicator=pl.col("indicator") + "_rate",
        low=pl.when(exact).then(low.round(RATE_DIGITS)).otherwise(below),
        high=pl.when(exact).then(high.round(RATE_DIGITS)).otherwise(above),
        unit=pl.lit("per_100000_population"),
        derived=pl.lit(True),
        inputs=pl.concat_list(
            pl.struct("source", "release", "locator"),
            pl.struct(source=pl.lit(population_source), release="people_release", locator="people_locator"),
        ),
    ).select(Observations.column_names())


def outwards(low: pl.Expr, high: pl.Expr) -> tuple[pl.Expr, pl.Expr]:
    """The ends of an interval of rates with `RATE_DIGITS` decimals: whoever divides back finds all that it may be."""
    steps = 10**RATE_DIGITS
    # Rounded once more: a division leaves 0.25918199999999997 where 0.259182 is meant.
    return ((low * steps).floor() / steps).round(RATE_DIGITS), ((high * steps).ceil() / steps).round(RATE_DIGITS)


def other_countries(parsed: Parsed, source: str, states: tuple[str, ...]) -> list[Finding]:
    """How many rows of a release speak of countries and groups outside the region."""
    rows = parsed.rows.filter(~pl.col("area").is_in(states)).height
    return [Finding(source, parsed.release, "outside_the_region", "", rows)] if rows else []
