"""The codebook that defines the project's tables, and the list of withdrawn snapshots.

A withdrawn snapshot stays on the list, so that a link or a citation that names it gets a warning.
"""

from functools import cache
from pathlib import Path

import dataframely as dy
import polars as pl

from data import columns, number_states
from data.contract import SCHEMAS
from data.reviewed import Reviewed, read
from data.treaties import treaties

# A figure was wrong; a masked figure could be deduced; rows may not be passed on; the publisher withdrew the release.
REASONS = ("wrong_figure", "mask_lifted", "rights", "release_withdrawn")
ID = "^[0-9a-f]{12}$"
IDS = "an id of a snapshot, twelve digits 0-9 a-f"
PLACES = {f"{table}.{name}": column for table, form in SCHEMAS.items() for name, column in form.columns().items()}
# The columns that files of views and the API add to the rows of observations, and those of every row with a figure.
ADDED = ("area_name", "REF_AREA", "TIME_PERIOD", "OBS_VALUE", "OBS_STATUS")
STATE_PLACES = [
    f"{table}.{name}" for table, form in SCHEMAS.items() for name in number_states.columns(form.column_names())
]
CODES = {place: column.metadata["codes"] for place, column in PLACES.items() if column.metadata}
CODES |= dict.fromkeys(STATE_PLACES, number_states.STATES)


class Codebook(Reviewed):
    """The definition of every column and code, with the terms of SDMX, SDG and IC-TIP."""

    FILE = "codebook.csv"
    table = columns.code(tuple(SCHEMAS))
    column = columns.text()
    code = columns.text(nullable=True)
    version = dy.Int16(nullable=False, min=1, description="a whole number, from 1")
    definition = columns.text()
    sdmx = columns.text(nullable=True)
    sdg = columns.text(nullable=True)
    ictip = columns.text(nullable=True)

    @dy.rule()
    def of_the_tables(cls) -> pl.Expr:
        """The table, or a file of its rows, has this column."""
        added = [f"observations.{name}" for name in ADDED]
        return pl.concat_str("table", "column", separator=".").is_in([*PLACES, *added, *STATE_PLACES])

    @dy.rule()
    def of_the_closed_list(cls) -> pl.Expr:
        """The code is in the column's code list."""
        place = pl.concat_str("table", "column", separator=".")
        known = [f"{place}.{code}" for place, codes in CODES.items() for code in codes]
        return ~place.is_in(list(CODES)) | pl.concat_str(place, "code", separator=".").is_in(known)

    @dy.rule()
    def once(cls) -> pl.Expr:
        """Each column and code is explained only once."""
        return pl.struct("table", "column", "code").is_first_distinct()


class Errata(Reviewed):
    """One withdrawn snapshot a row; `replaced_by` is empty without a replacement."""

    FILE = "errata.csv"
    MAY_BE_EMPTY = True
    snapshot = dy.String(nullable=False, primary_key=True, regex=ID, description=IDS)
    withdrawn = columns.day()
    reason = columns.code(REASONS)
    replaced_by = dy.String(nullable=True, regex=ID, description=IDS)

    @dy.rule()
    def by_another(cls) -> pl.Expr:
        """A snapshot is replaced by another."""
        return pl.col("snapshot") != pl.col("replaced_by")


@cache
def codebook() -> pl.DataFrame:
    """Table, column, code, version, definition, and terms of SDMX, SDG and IC-TIP; empty texts for empty cells.

    The codes of treaties come from their own file.

    Raises:
        ReviewedError: a file does not match its schema.
    """
    rows = read(Codebook).drop("row")
    codes = [
        {
            "table": "instruments",
            "column": "instrument",
            "code": code,
            "version": one.version,
            "definition": one.definition,
        }
        for code, one in treaties().items()
    ]
    # They stand before the other columns of their table.
    place = rows["table"].to_list().index("instruments")
    parts = (rows[:place], pl.DataFrame(codes, schema=rows.schema), rows[place:])
    return pl.concat(parts).with_columns(pl.col(pl.String).fill_null(""))


@cache
def errata(path: Path | None = None) -> pl.DataFrame:
    """The withdrawn snapshots, latest first: snapshot, withdrawn, reason, replaced_by.

    Raises:
        ReviewedError: the file does not match its schema.
    """
    return read(Errata, path).drop("row").sort("withdrawn", "snapshot", descending=True)
