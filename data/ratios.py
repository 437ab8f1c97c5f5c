"""The ratios of two counts, and the shares of a group in its total, that readers can ask for: reviewed declarations.

They are computed where they are asked for (`dashboard.subjects.derived`), from the figures of any release.
"""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import NamedTuple

import dataframely as dy
import polars as pl

from data import columns
from data.reviewed import Reviewed, read

# The units of a ratio and of a share.
RATIO = "ratio"
PERCENT = "percent"


class Ratios(Reviewed):
    """A row divides one count by another of the same state, year and group, or a group of a count by its total.

    `indicator` is what is divided, `of` what it is divided by. If both are one count, the row is the share of the group
    that `sex`, `age` and `form` name.
    """

    FILE = "ratios.csv"
    id = dy.String(nullable=False, primary_key=True, regex="^[a-z_]+$", description="an id of a-z and _")
    indicator = columns.text()
    sex = columns.code(columns.SEX)
    age = columns.text()
    form = columns.text()
    of = columns.text()

    @dy.rule()
    def group_of_a_share(cls) -> pl.Expr:
        """A share names its group, and a ratio of two counts none."""
        whole = pl.all_horizontal(pl.col("sex", "age", "form") == "total")
        return whole == (pl.col("indicator") != pl.col("of"))


class Ratio(NamedTuple):
    """A ratio as its line says it (`Ratios`)."""

    id: str
    indicator: str
    sex: str
    age: str
    form: str
    of: str

    @property
    def is_share(self) -> bool:
        """Whether it is the share of a group in its total."""
        return self.indicator == self.of

    @property
    def group(self) -> dict[str, str]:
        """The group of a share, by dimension."""
        return {"sex": self.sex, "age": self.age, "form": self.form}

    @property
    def unit(self) -> str:
        """Its unit."""
        return PERCENT if self.is_share else RATIO


@cache
def ratios(path: Path | None = None) -> Mapping[str, Ratio]:
    """The ratios and shares by id, in the order of the file.

    Raises:
        ReviewedError: the file breaks its schema.
    """
    rows = read(Ratios, path).drop("row").iter_rows(named=True)
    return {row["id"]: Ratio(**row) for row in rows}
