"""What a state counts (persons, cases, nationals only), where a document shows it: needed before rates are compared.

UNODC's workbook gives the unit `Counts` for every figure, whatever a state counts: the unit of a figure without a row
here is `NOT_STATED`. Views with figures of several states say so, and files have it in each row.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path

import dataframely as dy
import polars as pl

from data import columns
from data.reviewed import Spans, read

# `NOT_STATED` is the unit of a figure without a row here.
*UNITS, NOT_STATED = columns.COUNTING_UNIT


class CountingUnits(Spans):
    """What a state counts in a range of years, why we think so (`reason`), and the document that shows it."""

    FILE = "counting_units.csv"
    MAY_BE_EMPTY = True
    OF = ("area", "indicator")
    area = columns.country(key=True)
    # A count that a source declares: the ETL knows them (`etl.making.marks.DeclaredUnits`).
    indicator = dy.String(nullable=False, primary_key=True, min_length=1)
    unit = columns.code(tuple(UNITS))
    citation = columns.text()


@cache
def counting_units(path: Path | None = None, form: type[CountingUnits] = CountingUnits) -> pl.DataFrame:
    """Columns area, indicator, year_from, year_to, unit, reason, citation; one row at most for a state, count and year.

    Raises:
        ReviewedError: the file breaks its schema.
    """
    return read(form, path).drop("row").sort("area", "indicator", "year_from")


def by_year(units: pl.DataFrame) -> pl.DataFrame:
    """The units with one row for each year: indicator, area, year, unit."""
    years = pl.int_ranges("year_from", pl.col("year_to") + 1, dtype=pl.Int16).alias("year")
    return units.select("indicator", "area", years, "unit").explode("year", empty_as_null=False)


def with_units(figures: pl.LazyFrame, units: pl.DataFrame, usual: Mapping[str, str]) -> pl.LazyFrame:
    """Figures with their `counting_unit`: of a count or its rate, one of `UNITS` or `NOT_STATED`; null for others.

    Args:
        figures: with indicator, area and year; rows keep their order.
        units: the result of `counting_units`.
        usual: the unit of a count without a row there: `NOT_STATED` of counts of authorities, or what is declared.
    """
    known = by_year(units).select("area", "year", counted="indicator", known="unit").lazy()
    counted = pl.col("indicator").str.strip_suffix("_rate")
    joined = figures.with_columns(counted=counted).join(
        known, on=["area", "year", "counted"], how="left", validate="m:1", maintain_order="left"
    )
    otherwise = pl.col("counted").replace_strict(usual, default=None, return_dtype=pl.String)
    return joined.with_columns(counting_unit=pl.coalesce("known", otherwise)).drop("counted", "known")
