"""Invented persons, and the files that registers of several layouts would have of them. Seeded; shown to nobody."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path

import numpy as np
import polars as pl
import xlsxwriter

from data.i18n import language
from etl.cases.counting import FORM_COLUMN, PERSON
from etl.cases.layout import ADULT, COUNTED, EVENT, INDICATORS, MINOR, OTHER, CaseLayout, load
from etl.cases.tables import NOT_ASKED, UNKNOWN

LAYOUTS = Path(__file__).parent / "layouts"
# By layout the ending of its files.
LAYOUT_FILES: Mapping[str, str] = {"htcds": "csv", "norte": "csv", "sul": "parquet", "est": "xlsx"}
COUNTRIES = ("HTI", "DOM", "VEN", "COL", "PER", "BOL", "PRY", "BRA", "HND", "GTM", "NGA", "CHN", "BGD", "ROU", "PHL")
PLACES = ("DOM", "COL", "BRA", "CHL", "MEX")
FIRST_YEAR = 2016
YEARS = 8
# What a register has of a person and no table may need: it must appear nowhere.
PERSONAL = {
    "prs_FirstName": "NAME-OF-A-PERSON",
    "prs_IdentityNumber": "NUMBER-OF-A-PERSON",
    "prs_MobilePhone": "TELEPHONE-OF-A-PERSON",
    "prs_MailingStreet": "STREET-OF-A-PERSON",
    "cas_IncomingReferralDetails": "A-TEXT; ON A-PERSON",
}


def layout(name: str) -> CaseLayout:
    """A layout of the tests, or a built-in one."""
    path = LAYOUTS / f"{name}.toml"
    return load(str(path) if path.exists() else name)


def persons(size: int, layout: CaseLayout, seed: int = 1) -> pl.DataFrame:
    """Invented persons with the values that a layout can have, one a row.

    Returns:
        `person`, `date`, `years` at that date, `born` (null if unknown or not asked), `role`, `status` (`counted` or
        `other`), `sex`, `age` (`minor`, `adult` ...), `origin`, `destination`, `forms` (a list, of one value
        where it is not known).
    """
    dice = np.random.default_rng(seed)
    start = np.datetime64(f"{FIRST_YEAR}-01-01")
    found = start + dice.integers(0, 365 * YEARS, size)
    # No register has an age above 120 years.
    born = found - (np.minimum(dice.gamma(6, 4.5, size), 110) * 365.25).astype("int64")
    frame = pl.DataFrame({"date": found, "born": born}).with_columns(pl.all().cast(pl.Date))
    values = layout.values()
    single = {
        "role": _drawn(dice, size, tuple(INDICATORS) if "role" in layout.fields else ("victim",)),
        "status": _drawn(dice, size, (COUNTED, OTHER) if "status" in layout.fields else (COUNTED,)),
        "sex": _drawn(dice, size, values["sex"]),
        "origin": _drawn(dice, size, (*COUNTRIES, *_missing(layout, "origin"))),
        "destination": _drawn(dice, size, (*PLACES, *_missing(layout, "destination"))),
    }
    if "destination" not in layout.fields:
        single["destination"] = [NOT_ASKED] * size
    known = dice.random(size)
    not_asked = NOT_ASKED in values["age"]
    age = pl.when(pl.Series(known) < 0.05).then(pl.lit(UNKNOWN))
    age = age.when(pl.Series(known) < 0.08 * not_asked).then(pl.lit(NOT_ASKED))
    minor = pl.lit(MINOR)
    frame = frame.with_columns(years=pl.Series([_years(*days) for days in frame.iter_rows()]))
    frame = frame.with_columns(age=age.when(pl.col("years") < layout.minors_under).then(minor).otherwise(pl.lit(ADULT)))
    return frame.with_columns(
        pl.when(pl.col("age").is_in([MINOR, ADULT])).then("born").alias("born"),
        pl.Series("forms", _forms(dice, size, layout)),
        pl.format("p-{}", pl.int_range(pl.len())).alias(PERSON),
        *(pl.Series(name, drawn, pl.String) for name, drawn in single.items()),
    )


def records(people: pl.DataFrame, layout: CaseLayout) -> pl.DataFrame:
    """The rows that `etl.cases.counting` reads, of the persons that count; without `person`."""
    ages = dict(zip((MINOR, ADULT), layout.ages, strict=True))
    counts = (pl.col("role") != "victim") | (pl.col("status") == COUNTED)
    return people.filter(counts).select(
        pl.col("role").replace_strict(INDICATORS).alias("indicator"),
        pl.col("date").dt.year().cast(pl.Int64).alias("year"),
        "sex",
        pl.col("age").replace(ages),
        "origin",
        "destination",
        *(pl.col("forms").list.contains(form).alias(f"{FORM_COLUMN}{form}") for form in layout.values()["form"]),
    )


def write(people: pl.DataFrame, layout: CaseLayout, path: Path) -> Path:
    """The file of a register, with columns that no layout names beside those that it names."""
    return save(printed(people, layout), layout, path)


def save(frame: pl.DataFrame, layout: CaseLayout, path: Path) -> Path:
    """A file of cells that are text."""
    if path.suffix == ".csv":
        frame.write_csv(path, separator=layout.delimiter)
    elif path.suffix == ".parquet":
        frame.write_parquet(path)
    else:
        with xlsxwriter.Workbook(path) as book:
            frame.write_excel(book, layout.sheet or "Sheet1")
    return path


def printed(people: pl.DataFrame, layout: CaseLayout) -> pl.DataFrame:
    """The cells of a register's file as text."""
    columns = [pl.lit(text).alias(name) for name, text in PERSONAL.items()]
    columns.append(pl.col("date").dt.strftime(layout.dates[-1]).alias(layout.date))
    single = [name for name in ("role", "status", "sex", "origin", "destination") if name in layout.fields]
    columns += [pl.col(name).replace(_cells(layout, name)).alias(layout.fields[name].column) for name in single]
    forms = pl.col("forms").list.eval(pl.element().replace(_cells(layout, "form")))
    separator = layout.fields["form"].separator[:1]
    columns.append(forms.list.join(separator).alias(layout.fields["form"].column))
    columns.append(_age(layout).alias(layout.fields["age"].column))
    if EVENT in layout.fields:
        # On the day that counts, a month before, or not known.
        before = pl.int_range(pl.len()) % 3
        event = (pl.col("date") - pl.duration(days=30 * before)).dt.strftime(layout.dates[-1])
        columns.append(pl.when(before < 2).then(event).otherwise(pl.lit("")).alias(layout.fields[EVENT].column))
    if layout.person:
        columns.append(pl.col(PERSON).alias(layout.person))
    return people.select(columns)


def _cells(layout: CaseLayout, name: str) -> dict[str, str]:
    """By value the first cell that means it; a blank cell is unknown."""
    cells = {}
    if name in {"origin", "destination"}:
        cells |= {code: _country(code, layout) for code in (*COUNTRIES, *PLACES)}
    cells |= {value: cell for cell, value in reversed(layout.fields[name].codes.items())}
    # Where the layout declares no cell for it, a blank one is unknown.
    return cells | ({UNKNOWN: ""} if cells.get(UNKNOWN, "unknown") == "unknown" else {})


def _country(code: str, layout: CaseLayout) -> str:
    if layout.name == "est":
        return language("fr").country(code)
    short = {"HTI": "HT", "DOM": "DO", "VEN": "VE", "COL": "CO", "PER": "PE", "BOL": "BO", "PRY": "PY", "BRA": "BR"}
    short |= {"HND": "HN", "GTM": "GT", "NGA": "NG", "CHN": "CN", "BGD": "BD", "ROU": "RO", "PHL": "PH"}
    short |= {"CHL": "CL", "MEX": "MX"}
    return short[code] if layout.name in {"htcds", "sul"} else code


def _age(layout: CaseLayout) -> pl.Expr:
    known = _cells(layout, "age")
    if layout.fields["age"].dates:
        age = pl.col("born").dt.strftime(layout.dates[-1])
    elif layout.name == "est":
        return pl.col("age").replace(known)
    else:
        age = pl.col("years").cast(pl.String)
    missing = {value: cell for value, cell in known.items() if value in {UNKNOWN, NOT_ASKED}}
    return pl.when(pl.col("born").is_not_null()).then(age).otherwise(pl.col("age").replace(missing))


def _years(day: date, born: date) -> int:
    """Whole years: one less while the birthday of the year is still to come."""
    return day.year - born.year - ((day.month, day.day) < (born.month, born.day))


def _missing(layout: CaseLayout, name: str) -> tuple[str, ...]:
    asked = layout.fields[name].codes.values() if name in layout.fields else ()
    return (UNKNOWN, NOT_ASKED) if NOT_ASKED in asked else (UNKNOWN,)


def _drawn(dice: np.random.Generator, size: int, values: tuple[str, ...]) -> list[str]:
    """Values, the first ones more often than the last: cells of all sizes."""
    weights = 0.6 ** np.arange(len(values))
    return np.array(values)[dice.choice(len(values), size, p=weights / weights.sum())].tolist()


def _forms(dice: np.random.Generator, size: int, layout: CaseLayout) -> list[list[str]]:
    values = layout.values()["form"]
    known = tuple(value for value in values if value not in {UNKNOWN, NOT_ASKED})
    first = _drawn(dice, size, (*known, *(value for value in values if value not in known)))
    second = _drawn(dice, size, known)
    several = (dice.random(size) < 0.3) & bool(layout.fields["form"].separator)
    return [
        [one] if not more or one == two or one not in known else [one, two]
        for one, two, more in zip(first, second, several.tolist(), strict=True)
    ]


TODAY = date(2026, 1, 1)
