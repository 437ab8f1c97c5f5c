"""What a state counts (persons, cases, nationals only), where a document shows it: needed before rates are compared.

UNODC's workbook gives the unit `Counts` for every figure, whatever a state counts. A state without a row here is
assumed to count what the indicator says.
"""

from functools import cache
from pathlib import Path

import polars as pl

from data import columns
from data.reviewed import Spans, read

# The counts of authorities from which rates are computed.
INDICATORS = ("detected_victims", "persons_formal_contact", "persons_prosecuted", "persons_convicted", "offences")
# Persons of any nationality; offences; proceedings, whatever the number of persons; nationals only; foreigners only.
UNITS = ("persons", "offences", "cases", "own_nationals", "foreign_nationals")


class CountingUnits(Spans):
    """What a state counts in a range of years, why we think so (`reason`), and the document that shows it."""

    FILE = "counting_units.csv"
    MAY_BE_EMPTY = True
    OF = ("area", "indicator")
    area = columns.country(key=True)
    indicator = columns.code(INDICATORS, key=True)
    unit = columns.code(UNITS)
    citation = columns.text()


@cache
def counting_units(path: Path | None = None) -> pl.DataFrame:
    """Columns area, indicator, year_from, year_to, unit, reason, citation; one row at most for a state, count and year.

    Raises:
        ReviewedError: the file breaks its schema.
    """
    return read(CountingUnits, path).drop("row").sort("area", "indicator", "year_from")
