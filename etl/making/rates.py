"""Population, and counts per 100,000 population: no rate is narrower than its count."""

import polars as pl

from data.contract import Observations
from etl.parsed import Parsed
from etl.source_declaration import RATE

POPULATION = "population"
INHABITANTS = 100_000
# As in the id of a snapshot: further digits differ between machines.
RATE_DIGITS = 6


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
    low, high = (pl.col(end) * (INHABITANTS / pl.col("population")) for end in ("low", "high"))
    below, above = outwards(low, high)
    exact = pl.col("low") == pl.col("high")
    return joined.with_columns(
        indicator=pl.col("indicator") + RATE,
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
    """The ends of an interval of rates, rounded outwards to `RATE_DIGITS` decimals."""
    steps = 10**RATE_DIGITS
    # Rounded again: the division gives 0.25918199999999997 instead of 0.259182.
    return ((low * steps).floor() / steps).round(RATE_DIGITS), ((high * steps).ceil() / steps).round(RATE_DIGITS)
