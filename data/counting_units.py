"""What a state counts (persons, cases, nationals only), where a document shows it: needed before rates are compared.

UNODC's workbook gives the unit `Counts` for every figure, whatever a state counts: the unit of a figure without a row
here is `NOT_STATED`. Views with figures of several states say so, and files have it in each row.
"""

from functools import cache
from pathlib import Path

import polars as pl

from data import columns
from data.reviewed import Spans, read

# The counts of authorities from which rates are computed.
INDICATORS = ("detected_victims", "persons_formal_contact", "persons_prosecuted", "persons_convicted", "offences")
# `NOT_STATED` is the unit of a figure without a row here.
*UNITS, NOT_STATED = columns.COUNTING_UNIT


class CountingUnits(Spans):
    """What a state counts in a range of years, why we think so (`reason`), and the document that shows it."""

    FILE = "counting_units.csv"
    MAY_BE_EMPTY = True
    OF = ("area", "indicator")
    area = columns.country(key=True)
    indicator = columns.code(INDICATORS, key=True)
    unit = columns.code(tuple(UNITS))
    citation = columns.text()


@cache
def counting_units(path: Path | None = None) -> pl.DataFrame:
    """Columns area, indicator, year_from, year_to, unit, reason, citation; one row at most for a state, count and year.

    Raises:
        ReviewedError: the file breaks its schema.
    """
    return read(CountingUnits, path).drop("row").sort("area", "indicator", "year_from")


def by_year(units: pl.DataFrame) -> pl.DataFrame:
    """The units with one row for each year: indicator, area, year, unit."""
    years = pl.int_ranges("year_from", pl.col("year_to") + 1, dtype=pl.Int16).alias("year")
    return units.select("indicator", "area", years, "unit").explode("year", empty_as_null=False)


def with_units(figures: pl.LazyFrame, units: pl.DataFrame) -> pl.LazyFrame:
    """Figures with their `counting_unit`: of a count or its rate, one of `UNITS` or `NOT_STATED`; null for others.

    Args:
        figures: with indicator, area and year; rows keep their order.
        units: the result of `counting_units`.
    """
    known = by_year(units).select("area", "year", counted="indicator", known="unit").lazy()
    counted = pl.col("indicator").str.strip_suffix("_rate")
    joined = figures.with_columns(counted=counted).join(
        known, on=["area", "year", "counted"], how="left", validate="m:1", maintain_order="left"
    )
    unit = pl.when(pl.col("counted").is_in(INDICATORS)).then(pl.col("known").fill_null(NOT_STATED))
    return joined.with_columns(counting_unit=unit).drop("counted", "known")
