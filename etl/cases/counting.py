"""The cells of the tables, counted from records: one definition, which runs on every engine that Narwhals knows.

Records have one row for each person and record, and no blank cell:

    indicator, sex, age, origin, destination   codes, as in `etl.cases.tables`
    year                                       Int64
    form_<form>                                Boolean, for each form that the register can have, `unknown` among them
    person                                     only if the register marks the records of one person: its pseudonym

A form is a column, so that a person exploited in two forms is one row and one person. Counts are Int64 throughout:
smaller and unsigned counts overflow in sums, and float sums differ from run to run.
"""

from collections.abc import Iterator, Mapping, Sequence
from itertools import chain, combinations
from typing import Any

import narwhals.stable.v2 as nw
import polars as pl
import polars.selectors as cs

from etl.cases.tables import COUNT, DIMENSIONS, KEY, TABLES, TOTAL

PERSON = "person"
FORM_COLUMN = "form_"
# The dimensions of which a person has one value each.
SINGLE = tuple(name for name in DIMENSIONS if name != "form")
GROUP = ("indicator", "year", *SINGLE)
# The dimensions that are crossed in full, zeros included. Of two citizenships or countries most pairs are zero.
CROSSED = ("sex", "age")


def count(parts: Sequence[nw.LazyFrame[Any]], values: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """The cells of all tables, each once, sorted by `KEY`: columns `KEY` and `count` (Int64).

    Sums over each dimension are cells too (`total`). A person in two forms is in the cells of both, and once in the
    total. Zeros have a row by form, and by sex and age, in each year in which an indicator has records; in the tables
    by citizenship an absent row is zero.

    Args:
        parts: the records, of each file for one: lazy frames of Polars, DuckDB or PySpark with the columns above, in
            which two records of one person do not contradict each other (`etl.cases.records` checks it).
        values: by dimension the values that the register can have; those of `CROSSED` are used.
    """
    groups = pl.concat([collected(grouped(records)) for records in _apart(parts)])
    return _cells(groups.with_columns(cs.numeric().cast(pl.Int64)), values)


def _apart(parts: Sequence[nw.LazyFrame[Any]]) -> Sequence[nw.LazyFrame[Any]]:
    """What is counted one after the other, so that memory does not grow with the number of files.

    Polars would read ahead in all files of one frame. A person may be in several of them, and other engines read on
    several machines at once.
    """
    first = parts[0]
    apart = first.implementation.is_polars() and PERSON not in first.collect_schema().names()
    return parts if apart else [nw.concat(parts)]


def collected(frame: nw.LazyFrame[Any]) -> pl.DataFrame:
    """The rows of a frame of any engine."""
    # Of the engines only Polars has this option.
    options = {"engine": "streaming"} if frame.implementation.is_polars() else {}
    rows: pl.DataFrame = frame.collect(backend="polars", **options).to_native()
    return rows


def grouped(records: nw.LazyFrame[Any]) -> nw.LazyFrame[Any]:
    """The persons of each group (`GROUP`): `count`, and for each form how many of them were exploited in it."""
    names = records.collect_schema().names()
    forms = [name for name in names if name.startswith(FORM_COLUMN)]
    persons = records.select(*GROUP, *forms, *(name for name in names if name == PERSON))
    if PERSON in names:
        persons = persons.unique()
    ones = persons.with_columns(nw.col(*forms).cast(nw.Int64), nw.lit(1, dtype=nw.Int64).alias(COUNT))
    return ones.group_by(*GROUP).agg(nw.col(*forms, COUNT).sum())


def _cells(groups: pl.DataFrame, values: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    single = [table for table in TABLES if "form" not in table.dimensions]
    sums = [_sum(groups, kept) for table in single for kept in _subsets(table.dimensions)]
    counted = pl.concat([frame.select(*KEY, COUNT) for frame in (*sums, _by_form(groups))]).unique()
    zeros = _crossed(counted, values).join(counted, on=KEY, how="anti")
    return pl.concat([counted, zeros.select(counted.columns)]).sort(KEY)


def _subsets(dimensions: Sequence[str]) -> Iterator[tuple[str, ...]]:
    return chain.from_iterable(combinations(dimensions, size) for size in range(len(dimensions) + 1))


def _sum(groups: pl.DataFrame, kept: Sequence[str]) -> pl.DataFrame:
    """The persons by some dimensions; the others are `total`."""
    others = [pl.lit(TOTAL).alias(name) for name in DIMENSIONS if name not in kept]
    return groups.group_by("indicator", "year", *kept).agg(pl.col(COUNT).sum()).with_columns(others)


def _by_form(groups: pl.DataFrame) -> pl.DataFrame:
    """The persons by form: the cells overlap, and each form has a row in each year."""
    forms = cs.starts_with(FORM_COLUMN)
    years = groups.group_by("indicator", "year").agg(forms.sum())
    long = years.unpivot(forms, index=["indicator", "year"], variable_name="form", value_name=COUNT)
    others = [pl.lit(TOTAL).alias(name) for name in SINGLE]
    return long.with_columns(pl.col("form").str.strip_prefix(FORM_COLUMN), *others)


def _crossed(cells: pl.DataFrame, values: Mapping[str, Sequence[str]]) -> pl.DataFrame:
    """Each cell of the tables of `CROSSED` with a count of zero, for each year of each indicator."""
    crossed = cells.select("indicator", "year").unique()
    for name in CROSSED:
        crossed = crossed.join(pl.DataFrame({name: [TOTAL, *values[name]]}), how="cross")
    others = [pl.lit(TOTAL).alias(name) for name in DIMENSIONS if name not in CROSSED]
    return crossed.with_columns(pl.lit(0, pl.Int64).alias(COUNT), *others)
