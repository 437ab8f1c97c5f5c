"""Whom or what a state counts, where that can be shown: the reviewed list without which rates may not be compared.

UNODC's workbook says `Counts` of every figure, whatever it counts. A state without a row here counts, as far as is
known, what the indicator says.
"""

from functools import cache
from pathlib import Path

import polars as pl

from data import columns
from data.reviewed import Spans, read

# The counts of authorities of which rates are made.
INDICATORS = ("detected_victims", "persons_formal_contact", "persons_prosecuted", "persons_convicted", "offences")
# Persons, whatever their nationality; offences; proceedings, whoever they are about; nationals alone; foreigners alone.
UNITS = ("persons", "offences", "cases", "own_nationals", "foreign_nationals")


class CountingUnits(Spans):
    """What a state counts in some years, why this is held to be so (`reason`), and where it can be read."""

    FILE = "counting_units.csv"
    MAY_BE_EMPTY = True
    OF = ("area", "indicator")
    area = columns.country(key=True)
    indicator = columns.code(INDICATORS, key=True)
    unit = columns.code(UNITS)
    citation = columns.text()


@cache
def counting_units(path: Path | None = None) -> pl.DataFrame:
    """Area, indicator, year_from, year_to, unit, reason, citation; no two rows speak of one state, count and year.

    Raises:
        ReviewedError: the file is not of its form.
    """
    return read(CountingUnits, path).drop("row").sort("area", "indicator", "year_from")
