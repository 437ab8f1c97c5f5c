"""Rows of observations as files and the API give them: the columns of the contract, then more that explain them.

The added columns say what the state counts and its name, and repeat the row in the terms of SDMX. No column of the
contract is renamed or moved: older programs read the rows as before.
"""

import polars as pl

from data import manifest
from data.codebook import ADDED
from data.contract import Observations
from data.counting_units import with_units
from data.i18n import language

COLUMNS = (*Observations.column_names(), *ADDED)
# From SDMX's code list CL_OBS_STATUS: A normal value; Q missing value, suppressed; O missing value (also if a value is
# unreliable). The list has no code for a range: `low` and `high` have that of a masked figure.
OBS_STATUS = {"exact": "A", "masked": "Q", "conflicting": "O", "suspect": "O", "not_reported": "O"}


def completed(rows: pl.LazyFrame, units: pl.DataFrame) -> pl.DataFrame:
    """Rows of observations with all of `COLUMNS`, in their order.

    Args:
        rows: with the columns of `Observations`; a row without a figure has the status `not_reported`.
        units: the result of `data.counting_units.counting_units`.
    """
    counted, english = with_units(rows, units, manifest.usual_units()).collect(), language("en")
    names = {area: english.country(area) for area in counted["area"].unique()}
    added = {
        "area_name": pl.col("area").replace_strict(names, return_dtype=pl.String),
        "REF_AREA": pl.col("area"),
        "TIME_PERIOD": pl.col("year"),
        "OBS_VALUE": pl.when(pl.col("status") == "exact").then("low"),
        "OBS_STATUS": pl.col("status").replace_strict(OBS_STATUS),
    }
    return counted.with_columns(**added).select(COLUMNS)
