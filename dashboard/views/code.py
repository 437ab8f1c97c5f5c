"""The rows of a view as code: which rows of which table, said once and written in Python (Polars) and in R. Pure.

The code reads the downloaded tables: Polars their Parquet files, base R their CSV files, where every column is text.
If a view adds up, compares or fills gaps, the code gives the rows it is made of, and a comment says so.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import NamedTuple

from dashboard.editions import NEWEST
from data.manifest import main_source

# For each indicator and year, the newest release up to the edition that covers both.
FIGURES_AS_OF = (
    """# As published in {edition}.
then = (pl.col("source") == "{source}") & (pl.col("release") <= "{edition}")
newest = release_coverage.filter(then).group_by("indicator", "year").agg(pl.col("release").max())
then = vintages.filter(then).join(newest, on=["indicator", "year", "release"], how="semi")
observations = pl.concat([observations.filter(pl.col("source") != "{source}"), then], how="diagonal")""",
    """# As published in {edition}.
covered <- subset(release_coverage, source == "{source}" & release <= "{edition}")
newest <- aggregate(release ~ indicator + year, covered, max)
then <- merge(subset(vintages, source == "{source}"), newest)
observations <- rbind(subset(observations, source != "{source}"), then[names(observations)])""",
)
FLOWS_AS_OF = (
    """# As published in {edition}.
then = {earlier}.filter(pl.col("as_of") == "{edition}").drop("as_of")
{table} = pl.concat([{table}.filter(pl.col("source") != "{source}"), then], how="diagonal")""",
    """# As published in {edition}.
then <- subset({earlier}, as_of == "{edition}")
{table} <- rbind(subset({table}, source != "{source}"), then[names({table})])""",
)
# For an earlier release: the additional tables, and the lines that combine them in Polars and in R.
EARLIER: dict[str, tuple[tuple[str, ...], tuple[str, str]]] = {
    "observations": (("vintages", "release_coverage"), FIGURES_AS_OF),
    "flows": (("flow_vintages",), FLOWS_AS_OF),
    "flow_coverage": (("flow_coverage_vintages",), FLOWS_AS_OF),
}
# The rows of other tables below those of one, with the values of columns that they lack.
BELOW = (
    """others = [rows.with_columns({values}) for rows in ({others})]
{table} = pl.concat([{table}, *others], how="diagonal")""",
    """for (others in list({others})) {{
  others <- transform(others, {values})
  others[setdiff(names({table}), names(others))] <- NA
  {table} <- rbind({table}, others[names({table})])
}}""",
)
READ_CSV = 'read <- function(file) read.csv(file, colClasses = "character", na.strings = "", encoding = "UTF-8")'


class Condition(NamedTuple):
    """A test of rows as an expression of Polars and as one of R; where its result is unknown, both leave a row out."""

    polars: str
    r: str


def has(column: str, value: str | int | Sequence[str] | Sequence[int]) -> Condition:
    """A column has a value, or one of several."""
    if isinstance(value, str | int):
        return Condition(f"pl.col({quoted(column)}) == {quoted(value)}", f"{column} == {quoted(value)}")
    several = ", ".join(map(quoted, value))
    return Condition(f"pl.col({quoted(column)}).is_in([{several}])", f"{column} %in% c({several})")


def lacks(column: str, value: str) -> Condition:
    """A column has another value; a row without one is left out."""
    return Condition(f"pl.col({quoted(column)}) != {quoted(value)}", f"{column} != {quoted(value)}")


def missing(column: str) -> Condition:
    """A column has no value."""
    return Condition(f"pl.col({quoted(column)}).is_null()", f"is.na({column})")


def present(column: str) -> Condition:
    """A column has a value."""
    return Condition(f"pl.col({quoted(column)}).is_not_null()", f"!is.na({column})")


def untrue(column: str) -> Condition:
    """A column of yes and no says no."""
    return Condition(f"~pl.col({quoted(column)})", f'{column} == "false"')


def totals(*columns: str) -> Condition:
    """Columns have the value of all groups together."""
    every = ", ".join(map(quoted, columns))
    return Condition(
        f'pl.all_horizontal(pl.col({every}) == "total")', " & ".join(f'{column} == "total"' for column in columns)
    )


def lists(column: str, values: Sequence[str]) -> Condition:
    """The list of a column has one of some values."""
    polars = f"pl.col({quoted(column)}).list.set_intersection([{', '.join(map(quoted, values))}]).list.len() > 0"
    return Condition(polars, f'grepl(";({"|".join(values)});", paste0(";", {column}, ";"))')


def differ(column: str, other: str) -> Condition:
    """Two columns have different values."""
    return Condition(f"pl.col({quoted(column)}) != pl.col({quoted(other)})", f"{column} != {other}")


def newest(column: str, *keys: str) -> Condition:
    """A column has its highest number among the rows of the table with the same keys."""
    every, number = ", ".join(map(quoted, keys)), f"as.integer({column})"
    polars = f"pl.col({quoted(column)}) == pl.col({quoted(column)}).max().over({every})"
    return Condition(polars, f"{number} == ave({number}, paste({', '.join(keys)}), FUN = max)")


def any_of(*conditions: Condition) -> Condition:
    """One of some conditions is met."""
    polars, r = zip(*conditions, strict=True)
    return Condition(f"pl.any_horizontal({', '.join(polars)})", f"({' | '.join(r)})")


def all_of(*conditions: Condition) -> Condition:
    """Each of some conditions is met."""
    polars, r = zip(*conditions, strict=True)
    return Condition(f"pl.all_horizontal({', '.join(polars)})", f"({' & '.join(r)})")


def places(areas: Sequence[str], years: tuple[int, int]) -> Iterator[Condition]:
    """The conditions for states, if any are named, and for years."""
    if areas:
        yield has("area", areas)
    first, last = years
    number = "as.integer(year)"
    yield Condition(f'pl.col("year").is_between({first}, {last})', f"{number} >= {first} & {number} <= {last}")


def quoted(value: str | int) -> str:
    """An id or a number as Python and R write it."""
    return json.dumps(value)


# Conditions that several subjects have.
TOTALS = totals("sex", "age", "form")
NO_REPEATS = missing("repeat_of")


@dataclass(frozen=True)
class Match:
    """Which rows of a view are found again among the rows of its code.

    Attributes:
        columns: the view's columns by those of the table; empty for all columns of the same name.
        shown: which rows of the view; it has text in every column.
        made: which rows of the code.
        sums: columns whose numbers are added up, by the others; `n` is the number of rows.
        median: whether the median of these columns is taken instead of their sum.
        whole: the view has all these rows of the code, not only some.
        several: the one column of the view has several values in a cell, between semicolons.
        over: rows of the code by which those of `made` are divided before they are compared; empty if they are not.
        share: the rows of `made` are a group, and those of `over` its total.
        summed: the rows of all states are added up before they are divided.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    shown: tuple[Condition, ...] = ()
    made: tuple[Condition, ...] = ()
    sums: tuple[str, ...] = ()
    median: bool = False
    whole: bool = True
    several: bool = False
    over: tuple[Condition, ...] = ()
    share: bool = False
    summed: bool = False


@dataclass(frozen=True)
class Snippet:
    """The rows of a table that a view shows or is made of, as code.

    Attributes:
        table: its name in the snapshot.
        conditions: the tests of the rows.
        comment: how the view differs from these rows; empty if it does not.
        edition: the release of UNODC as of which the table is read (`dashboard.editions`).
        latest: columns; for each combination of their values, only the rows of the latest year.
        matches: what of the view is the same as in these rows; empty if the view only computes from them.
        below: other tables whose rows are read, too, and come below its own.
        values: what these rows have in columns of `table` that they lack.
    """

    table: str
    conditions: tuple[Condition, ...] = ()
    comment: str = ""
    edition: str = NEWEST
    latest: tuple[str, ...] = ()
    matches: tuple[Match, ...] = (Match(),)
    below: tuple[str, ...] = ()
    values: Mapping[str, str] = field(default_factory=dict)

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables that the code reads."""
        return (self.table, *self._earlier[0], *self.below)

    def polars(self, snapshot: str, api: str = "") -> str:
        """The lines of code in Python.

        Args:
            snapshot: its id, which is part of the names of downloaded files.
            api: the address of the tables on this server, if known.
        """
        lines = ["import polars as pl", "", *self._read("{} = pl.read_parquet({})", "parquet", snapshot, api)]
        steps = [",\n    ".join(one.polars for one in step) for step in self._steps]
        filters = "".join(f".filter(\n    {step},\n)" for step in steps)
        return "\n".join([*lines, *self._as_of(0), *self._said, f"rows = {self.table}{filters}", ""])

    def r(self, snapshot: str, api: str = "") -> str:
        """The lines of code in R; arguments as of `polars`."""
        lines = [READ_CSV, "", *self._read("{} <- read({})", "csv", snapshot, api), *self._as_of(1), *self._said]
        steps = [" &\n    ".join(one.r for one in step) for step in self._steps]
        filters = [
            f"rows <- subset(\n    {'rows' if number else self.table},\n    {step}\n)"
            for number, step in enumerate(steps)
        ]
        return "\n".join([*lines, *(filters or [f"rows <- {self.table}"]), ""])

    @property
    def _earlier(self) -> tuple[tuple[str, ...], tuple[str, str]]:
        return EARLIER[self.table] if self.edition != NEWEST else ((), ("", ""))

    @property
    def _steps(self) -> list[tuple[Condition, ...]]:
        """The filters one after the other."""
        return [step for step in (self.conditions, (newest("year", *self.latest),) if self.latest else ()) if step]

    @property
    def _said(self) -> list[str]:
        return [f"# {self.comment}"] if self.comment else []

    def _read(self, line: str, ending: str, snapshot: str, api: str) -> Iterator[str]:
        for name in self.tables:
            if api:
                yield f"# The same file: {api}/{snapshot}/{name}.{ending}"
            yield line.format(name, quoted(f"atalaya_{name}_{snapshot}.{ending}"))

    def _as_of(self, language: int) -> list[str]:
        others, lines = self._earlier
        named = {"table": self.table, "edition": self.edition, "source": main_source()}
        found = [lines[language].format(earlier=others[0], **named)] if others else []
        return [*found, *self._others(language)]

    def _others(self, language: int) -> Iterator[str]:
        """The lines that add the rows of other tables."""
        if self.below:
            value_of = ("{}=pl.lit({})", "{} = {}")[language]
            values = ", ".join(value_of.format(name, quoted(value)) for name, value in self.values.items())
            yield BELOW[language].format(table=self.table, others=", ".join(self.below), values=values)
