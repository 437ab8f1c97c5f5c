"""The treaties whose acts the pages show: their names, and the days of their own articles.

A treaty is a line of `treaties.csv`; its acts come from a source. The first line is the Protocol on Trafficking in
Persons.
"""

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import NamedTuple

import dataframely as dy
import polars as pl

from data import columns
from data.reviewed import Reviewed, read


class Treaties(Reviewed):
    """A row is a treaty: its id in `instruments`, its names in English, its definition, and its days with their source.

    `opened` is the first day on which it could be signed, `in_force` the day of its entry into force; it binds a state
    that deposits later `wait` days after that deposit. `version` is that of the definition.
    """

    FILE = "treaties.csv"
    treaty = dy.String(nullable=False, primary_key=True, regex="^[a-z_]+$", description="an id of a-z and _")
    name = columns.text()
    short = columns.text()
    definition = columns.text()
    version = dy.Int16(nullable=False, min=1, description="a whole number, from 1")
    opened = columns.day()
    in_force = columns.day()
    wait = dy.Int16(nullable=False, min=0, description="a number of days, from 0")
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
    version: int
    opened: date
    in_force: date
    wait: timedelta


@cache
def treaties(path: Path | None = None) -> Mapping[str, Treaty]:
    """The treaties by id, in the order of the file.

    Raises:
        ReviewedError: the file breaks its schema.
    """
    rows = read(Treaties, path).drop("row", "source").with_columns(pl.duration(days="wait").alias("wait"))
    return {row.pop("treaty"): Treaty(**row) for row in rows.iter_rows(named=True)}
