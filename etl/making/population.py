"""Who lives where: the population that rates are divided by."""

import polars as pl

from etl.parsed import Parsed

POPULATION = "population"


def population(parsed: Parsed) -> pl.DataFrame:
    """Population of every country and year that one release gives: area, year, population, locator, release."""
    rows = parsed.rows.select("area", "year", pl.col("low").alias("population"), "locator")
    return rows.with_columns(release=pl.lit(parsed.release))
