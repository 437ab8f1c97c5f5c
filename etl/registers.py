"""Registers of states: records by place, month and age, of which only national totals by year and sex are kept."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

import polars as pl

from etl.errors import SourceError
from etl.parsed import Finding, Parsed

# The columns of a record, as printed; `group` is the word by which the records of one figure are found.
RECORD = ("row", "year", "month", "group", "persons")
NUMBERS = {"year": r"^20[0-9]{2}$", "month": r"^(?:0?[1-9]|1[0-2])$", "persons": r"^[0-9]{1,6}$"}
LAST_MONTH = 12
# Why records are no figure of their own.
PART_OF_A_YEAR = "part_of_a_year"
ONLY_IN_TOTALS = "only_in_national_totals"


@dataclass(frozen=True)
class Register:
    """A file of a register.

    Attributes:
        source, file: the source's id, and the name of the file.
        area: ISO3 of the state.
        sexes: the sex (one of `data.columns.SEX`) that each `group` means; without `total`, totals are the sums of all.
        place: what a locator has before the year: the sheet of a workbook, for one.
        others: how many other rows the file has, by the reason why they are set aside.
    """

    source: str
    file: str
    area: str
    sexes: Mapping[str, str]
    place: str = ""
    others: Mapping[str, int] = field(default_factory=dict)

    def refused(self, problem: str, row: int | None = None) -> SourceError:
        """An error that names the place."""
        return SourceError(problem, source=self.source, file=self.file, row=row)


def national(records: pl.DataFrame, register: Register) -> Parsed:
    """The national totals of a register by year and sex; its release is the last month of its records.

    A year is left out if the records begin after its January or end before its December. Which months a year in between
    has does not matter: a register may book a whole year in one month.

    Args:
        records: the rows to add up: `RECORD`, as text but for `row`.

    Returns:
        one row a figure: `area`, `year`, `sex`, `low`, `records` (how many), `locator` (`2017, Mujer`).

    Raises:
        SourceError: a cell is not a year, month or number of persons, or a group is unknown; there are no records of a
            whole year, or fewer than figures.
    """
    cells = _cells(records, register)
    months = cells.select("year", "month").unique().sort("year", "month").rows()
    (first, first_month), (last, last_month) = months[0], months[-1]
    parts = [first] * (first_month > 1) + [last] * (last_month < LAST_MONTH)
    whole, release = cells.filter(~pl.col("year").is_in(parts)), f"{last}-{last_month:02}"
    figures = _figures(whole, register)
    if whole.height < max(figures.height, 1):
        problem = f"{whole.height} records of whole years are too few for {figures.height} figures"
        raise register.refused(f"{problem}; compare the file with the publisher's")
    aside = {**register.others, ONLY_IN_TOTALS: whole.height - figures.height}
    findings = [Finding(register.source, release, reason, "", n) for reason, n in aside.items() if n]
    findings += [
        Finding(register.source, release, PART_OF_A_YEAR, *part)
        for part in _parts(cells.filter(pl.col("year").is_in(parts)))
    ]
    read = cells.height + sum(register.others.values())
    return Parsed(figures, release, "last month of the records", read, figures.height, findings)


def _cells(records: pl.DataFrame, register: Register) -> pl.DataFrame:
    """The records with numbers, and with the sex that their group means."""
    if records.is_empty():
        raise register.refused("it has no record of the register; download it again from the publisher")
    for name, form in NUMBERS.items():
        _refuse(records, name, pl.col(name).str.contains(form), register)
    _refuse(records, "group", pl.col("group").is_in([*register.sexes]), register)
    sex = pl.col("group").replace_strict(register.sexes, return_dtype=pl.String)
    return records.with_columns(pl.col(*NUMBERS).cast(pl.Int64), sex=sex)


def _refuse(records: pl.DataFrame, name: str, sound: pl.Expr, register: Register) -> None:
    for row, cell in records.filter(~sound.fill_null(value=False)).select("row", name).head(1).iter_rows():
        raise register.refused(f"{name} is {cell or 'blank'!r}; check the file, or adapt the parser", row)


def _figures(cells: pl.DataFrame, register: Register) -> pl.DataFrame:
    """The sums by year and sex, totals among them."""
    sums = pl.col("persons").sum().alias("low"), pl.len().alias("records")
    figures = cells.group_by("year", "sex", "group").agg(sums)
    figures = figures.with_columns(locator=pl.format("{}, {}", "year", "group")).drop("group")
    if "total" not in register.sexes.values():
        totals = cells.group_by("year").agg(sums).with_columns(pl.lit("total").alias("sex"))
        totals = totals.with_columns(locator=pl.col("year").cast(pl.String)).select(figures.columns)
        figures = pl.concat([figures, totals])
    locator = pl.format("{}{}", pl.lit(register.place), "locator")
    located = figures.with_columns(area=pl.lit(register.area), locator=locator)
    return located.sort("year", "sex")


def _parts(cells: pl.DataFrame) -> Iterator[tuple[str, int]]:
    """The years that are not whole: first and last month with the total (`2025-01/2025-09: 384`), and how many rows."""
    total = pl.col("persons").filter((pl.col("sex") == "total") | ~(pl.col("sex") == "total").any()).sum()
    ends = pl.col("month").min().alias("first"), pl.col("month").max().alias("last")
    for year, first, last, persons, n in cells.group_by("year").agg(*ends, total, pl.len()).sort("year").iter_rows():
        yield f"{year}-{first:02}/{year}-{last:02}: {persons}", n
