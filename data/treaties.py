"""The treaties whose acts the pages show: their names, and the days of their own articles.

A treaty is a line of `treaties.csv`; its acts come from a source. The first line is the Protocol on Trafficking in
Persons, and the treaties of a subject stand together.
"""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import NamedTuple

import dataframely as dy
import polars as pl

from data import columns
from data.reviewed import Reviewed, read

# In the order of pages.
SUBJECTS = ("organized_crime", "cooperation", "children", "women", "migrants", "slavery")
DEPOSITARIES = ("UN", "OAS")
NEXT_MONTH = "+"


class Treaties(Reviewed):
    """A row is a treaty: its id in `instruments`, its names in English, its definition, and its days with their source.

    `number` is that of its depositary. `opened` is the first day on which it could be signed or joined, `in_force` the
    day of its entry into force; it binds a state that deposits later after `wait`: so many days (`30d`) or months
    (`1mo`), and with `+` from the first day of the month after that. `version` is that of the definition, which is the
    name if it is blank.
    """

    FILE = "treaties.csv"
    treaty = dy.String(nullable=False, primary_key=True, regex="^[a-z_]+$", description="an id of a-z and _")
    name = columns.text()
    short = columns.text()
    definition = columns.text(nullable=True)
    subject = columns.code(SUBJECTS)
    depositary = columns.code(DEPOSITARIES)
    number = columns.text()
    version = dy.Int16(nullable=False, min=1, description="a whole number, from 1")
    opened = columns.day()
    in_force = columns.day()
    wait = dy.String(nullable=False, regex=r"^[0-9]+(d|mo)\+?$", description="days or months: `30d`, `1mo` or `3mo+`")
    source = columns.text()

    @dy.rule()
    def in_force_after_opened(cls) -> pl.Expr:
        """A treaty is in force after the first day on which it could be signed."""
        return pl.col("opened") < pl.col("in_force")


class Treaty(NamedTuple):
    """A treaty as its line says it (`Treaties`)."""

    name: str
    short: str
    definition: str
    subject: str
    depositary: str
    number: str
    version: int
    opened: date
    in_force: date
    wait: str


@cache
def treaties(path: Path | None = None) -> Mapping[str, Treaty]:
    """The treaties by id, in the order of the file.

    Raises:
        ReviewedError: the file breaks its schema.
    """
    rows = (
        read(Treaties, path).drop("row", "source").with_columns(pl.coalesce("definition", "name").alias("definition"))
    )
    return {row.pop("treaty"): Treaty(**row) for row in rows.iter_rows(named=True)}


def bound_from(deposit: str, in_force: str, wait: str) -> pl.Expr:
    """The day from which a treaty binds a state: an expression over the columns of its deposit and of a treaty."""
    passed = pl.col(deposit).dt.offset_by(pl.col(wait).str.strip_suffix(NEXT_MONTH))
    month = passed.dt.month_end().dt.offset_by("1d")
    late = pl.when(pl.col(wait).str.ends_with(NEXT_MONTH)).then(month).otherwise(passed)
    return pl.when(pl.col(deposit).is_not_null()).then(pl.max_horizontal(in_force, late))
