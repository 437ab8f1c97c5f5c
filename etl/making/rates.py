"""Population, and counts per 100,000 population: no rate is narrower than its count."""

import polars as pl

from data.contract import Observations
from data.intervals import quotient
from etl.parsed import Parsed
from etl.source_declaration import RATE

POPULATION = "population"
INHABITANTS = 100_000


def population(parsed: Parsed) -> pl.DataFrame:
    """Population of every country and year that one release gives: area, year, population, locator, release."""
    rows = parsed.rows.select("area", "year", pl.col("low").alias("population"), "locator")
    return rows.with_columns(release=pl.lit(parsed.release))


def rates(observations: pl.DataFrame, people: pl.DataFrame, population_source: str) -> pl.DataFrame:
    """Each count per 100,000 population, as `<indicator>_rate`: both sexes, all ages, all forms.

    A masked count gives an interval, rounded outwards. Without a figure or a population for the same year there is no
    rate.
    """
    counts = observations.filter(
        pl.all_horizontal(pl.col("sex", "age", "form") == "total"),
        pl.col("low").is_not_null(),
    )
    divisor = people.rename({"release": "people_release", "locator": "people_locator"})
    joined = counts.join(divisor, on=["area", "year"], how="inner", validate="m:1")
    low, high = quotient((pl.col("low"), pl.col("high")), (pl.col("population"),) * 2, INHABITANTS)
    return joined.with_columns(
        indicator=pl.col("indicator") + RATE,
        low=low,
        high=high,
        unit=pl.lit("per_100000_population"),
        derived=pl.lit(True),
        inputs=pl.concat_list(
            pl.struct("source", "release", "locator"),
            pl.struct(source=pl.lit(population_source), release="people_release", locator="people_locator"),
        ),
    ).select(Observations.column_names())
