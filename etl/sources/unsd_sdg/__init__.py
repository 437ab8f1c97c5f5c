"""UN SDG Global Database: detected victims (16.2.2), child labour (8.7.1), violence (5.2.1, 16.2.3), by country."""

from collections.abc import Iterator
from typing import Any

import polars as pl

from etl.parsed import Finding, Parsed
from etl.sources.unsd_sdg import codes
from etl.sources.unsd_sdg.api import fetch
from etl.sources.unsd_sdg.codes import AREA, GLOBAL, SERIES, SOURCE, UNITS, VICTIMS
from etl.sources.unsd_sdg.forms import Printed, read_table, unread

__all__ = ["fetch", "parse"]

NO_VALUE = ("", "NAN")
UNCHECKED = "sexes_unchecked"
# The forms of which females are known to be most of the victims.
MOSTLY_FEMALE = ("total", "sexual_exploitation")
# New words in known columns, and figures that nobody has compared; a person has to say what they mean.
UNEXPECTED = (
    *("other_reporting_type", "other_breakdown", "unknown_sex", "unknown_age", "other_sex", "only_a_bound"),
    UNCHECKED,
)
SCHEMA = {
    "area": pl.String,
    "indicator": pl.String,
    "series": pl.String,
    "year": pl.Int16,
    "sex": pl.String,
    "age": pl.String,
    "form": pl.String,
    "printed": pl.String,
    "low": pl.Float64,
    "high": pl.Float64,
    "status": pl.String,
    "unit": pl.String,
    "nature": pl.String,
    "locator": pl.String,
}


def parse(content: bytes, file: str) -> Parsed:
    """Parse one file of the database in any of its three forms.

    Returns:
        one row a figure of a country: `area` (ISO3), `indicator`, `series` (the publisher's code), `year`, `sex`
        {total, female, male, other, unknown}, `age` (total, unknown, 5-17, 18+ ...), `form`, `printed` (the value as
        text), `low` and `high` (equal; in `unit`), `status` exact, `unit` {persons, percent, per_100000_population},
        `nature` (the publisher's code, in capitals), `locator`. Equal keys are left as they are.
        `part` is the series, or empty if the file has several.

    Raises:
        SourceError: none of the three forms, a file without rows, or a cell that cannot be read for certain
            (names the record and its content).
    """
    table = read_table(content, file)
    aside = [(printed, _reason(printed, file)) for printed in table.records]
    figures = [_figure(printed, int(table.release[:4]), file) for printed, reason in aside if reason is None]
    rows = pl.DataFrame(figures, schema=SCHEMA, orient="row")
    unchecked = _sexes_unchecked(rows)
    rows = rows.join(unchecked, on="locator", how="anti", maintain_order="left")
    reasons = dict.fromkeys(unchecked["locator"], (UNCHECKED, ""))
    aside = [(printed, reasons.get(printed.locator, reason)) for printed, reason in aside]
    return Parsed(
        rows=rows,
        release=table.release,
        release_basis=table.basis,
        read=len(table.records),
        kept=rows.height,
        findings=_findings([(printed, *reason) for printed, reason in aside if reason], table.release),
        part=table.part,
    )


def _sexes_unchecked(rows: pl.DataFrame) -> pl.DataFrame:
    """The victims by sex of the series in which nothing shows that the sexes were not exchanged.

    A whole series was once published with its sexes exchanged, and no comparison of releases can find that. Of all
    victims, and of those of sexual exploitation, females are more in most states and years; of other forms nothing of
    the kind is known.
    """
    parted = rows.filter(pl.col("indicator") == VICTIMS, pl.col("sex") != "total")
    cell = ["series", "form", "area", "year", "age"]
    female, male = (parted.filter(sex=sex).select(*cell, "low") for sex in ("female", "male"))
    pairs = female.join(male, on=cell, how="inner", suffix="_male", validate="m:m")
    more = pairs.group_by("series", "form").agg(
        females=(pl.col("low") > pl.col("low_male")).sum(), males=(pl.col("low") < pl.col("low_male")).sum()
    )
    sound = more.filter(pl.col("form").is_in(MOSTLY_FEMALE), pl.col("females") > pl.col("males"))
    return parted.join(sound, on="series", how="anti")


def _reason(printed: Printed, file: str) -> tuple[str, str] | None:
    """Why a record is set aside, and the word that it is about; None to keep it."""
    if printed.series not in SERIES:
        return "other_series", ""
    if not AREA.fullmatch(printed.area):
        raise unread(printed.locator, f"area {printed.area!r} is not an M49 code", file)
    return next(((reason, detail) for reason, met, detail in _checks(printed) if met), None)


def _checks(printed: Printed) -> Iterator[tuple[str, bool, str]]:
    series = SERIES[printed.series]
    sex, age = codes.sex(printed.sex), codes.age(printed.age)
    yield "not_a_country", codes.country(printed.area) is None, ""
    yield "other_reporting_type", printed.reporting != GLOBAL, printed.reporting
    yield "other_breakdown", bool(printed.breakdown), printed.breakdown
    yield "unknown_sex", sex is None, printed.sex
    yield "unknown_age", age is None, printed.age
    yield "other_age_band", series.only_age not in {"", age}, ""
    yield "other_sex", series.only_sex not in {"", sex}, sex or ""
    yield "no_value", printed.value.upper() in NO_VALUE, ""
    yield "only_a_bound", printed.value.startswith(("<", ">")), printed.value


def _findings(aside: list[tuple[Printed, str, str]], release: str) -> list[Finding]:
    groups: dict[tuple[str, str], list[str]] = {}
    for printed, reason, detail in aside:
        groups.setdefault((reason, detail), []).append(printed.locator)
    return [
        Finding(SOURCE, release, reason, detail, len(locators), unexpected=reason in UNEXPECTED, first=locators[0])
        for (reason, detail), locators in sorted(groups.items())
    ]


def _figure(printed: Printed, last: int, file: str) -> tuple[Any, ...]:
    """One kept row, in the order of `SCHEMA`; `last` is the release's year."""
    series = SERIES[printed.series]
    if UNITS.get(printed.unit.upper()) != series.unit:
        problem = f"unit {printed.unit!r}, but {series.indicator} is in {series.unit}"
        raise unread(printed.locator, problem, file)
    try:
        year, value = codes.year(printed.year, last), codes.value(printed.value, series.unit)
    except ValueError as error:
        raise unread(printed.locator, str(error), file) from error
    area, sex, age = codes.country(printed.area), codes.sex(printed.sex), codes.age(printed.age)
    key = area, series.indicator, printed.series, year, sex, age, series.form
    return *key, printed.value, value, value, "exact", series.unit, printed.nature.upper(), printed.locator
