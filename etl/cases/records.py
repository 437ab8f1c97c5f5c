"""Read the records of a register by its layout, check them, and give the rows that are counted.

Only the columns that the layout names are read. No value of a record is in an error: each fault names its file, row,
column and rule.
"""

import os
import re
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import date
from functools import reduce
from operator import or_
from pathlib import Path
from typing import Any

import fastexcel
import narwhals.stable.v2 as nw
import polars as pl
import pycountry
from narwhals.exceptions import NarwhalsError

from etl.areas import resolve
from etl.cases.counting import FORM_COLUMN, GROUP, PERSON, collected
from etl.cases.engines import DATE, ROW, TYPED, Engine, PolarsEngine
from etl.cases.layout import ADULT, COUNTED, EVENT, INDICATORS, MINOR, MISSING, CaseLayout, Field
from etl.cases.tables import NOT_ASKED, UNKNOWN
from etl.errors import CasesError

# Faults that are listed by row for each rule; all are counted.
LISTED = 50
# A day is the number 20180531, on every engine: days compare as numbers, and their difference has the whole years.
EARLIEST = 19000101
YEAR = 10_000
OLDEST = 120
CODE = "not a code of the layout; correct it, or add the code"
COUNTRY = "not a country as the layout says; correct it, or add the code"
FORM = "not a form of the layout, or unknown beside a form; correct it, or add the code"
WRONG = {"origin": COUNTRY, "destination": COUNTRY, "form": FORM}
# Around a pseudonym, the blanks of Unicode; engines know different ones.
BLANKS = "".join(chr(code) for code in range(0x3001) if chr(code).isspace())
# Pseudonyms that are none: words as in a name, an e-mail address, the numbers of a CPF, a RUT, a cédula, a CURP.
OF_A_PERSON = (
    r"^[\p{L}'’.-]{2,}([ ,]+[\p{L}'’.-]+)+$|@"
    r"|^\d{3}\.\d{3}\.\d{3}-\d{2}$|^\d{1,2}\.\d{3}\.\d{3}-[\dkK]$|^\d{3}-\d{7}-\d$|^[A-Z]{4}\d{6}[HMX][A-Z]{5}[A-Z\d]\d$"
)
NO_PSEUDONYM = "it looks like a name, an address or an identity number; write a code of your own"
# A place is the number of the file and of the row in one integer, so that records can be told apart.
PLACE = "place"
ROWS_OF_A_FILE = 1 << 40
# The errors of what reads files, and the name of those that it did not foresee.
OF_LIBRARIES = (pl.exceptions.PolarsError, NarwhalsError, fastexcel.FastExcelError, OSError, UnicodeError)
PANIC = "PanicException"
STDERR = 2


@dataclass(frozen=True)
class RecordRule:
    """A rule that a cell breaks: where it does, its column, and what is wrong and what to do."""

    broken: nw.Expr
    column: str
    text: str


def read(
    paths: Sequence[Path],
    layout: CaseLayout,
    today: date,
    step: Callable[[str], None] = lambda _: None,
    engine: Engine | None = None,
) -> list[nw.LazyFrame[Any]]:
    """The rows that `etl.cases.counting` counts, a lazy frame for each file; every record is checked first.

    Args:
        paths: CSV, Parquet or Excel files of one register.
        today: no date may be later.
        step: is given the name of each step of the work, for a progress line.
        engine: reads the files; by default Polars.

    Raises:
        CasesError: a file cannot be read, lacks a column, or has faults, which are listed.
    """
    engine = engine or PolarsEngine()
    frames: list[nw.LazyFrame[Any]] = []
    faults: list[str] = []
    for number, path in enumerate(paths):
        step(f"checking {path.name}")
        with readable(path):
            rows = _shaped(engine.cells(path, layout), layout, engine)
            faults += _faults(rows, layout, today, path)
        place = nw.col(ROW) + number * ROWS_OF_A_FILE
        frames.append(_counted(rows.with_columns(place.alias(PLACE)), layout))
    if faults:
        raise _refused(paths, faults)
    if layout.person:
        step("looking for records of the same person")
        with readable(*paths):
            faults = [*_contradictions(nw.concat(frames), layout, paths)]
        if faults:
            raise _refused(paths, faults)
    return [frame.drop(PLACE) for frame in frames]


def _refused(paths: Sequence[Path], faults: Sequence[str]) -> CasesError:
    names = ", ".join(path.name for path in paths)
    return CasesError(f"the records in {names} have faults; correct them, or the layout, and start again", faults)


@contextmanager
def readable(*paths: Path) -> Iterator[None]:
    """Turn the errors of libraries, which may quote a record, into one without any of its values.

    Raises:
        CasesError: the files cannot be read.
    """
    try:
        with _unprinted():
            yield
    except BaseException as error:
        # Each library that is written in Rust has a class of its own for what it did not foresee.
        if not isinstance(error, OF_LIBRARIES) and type(error).__name__ != PANIC:
            raise
        kind = error.strerror if isinstance(error, OSError) and error.strerror else "it is damaged or not in UTF-8"
        names = ", ".join(path.name for path in paths)
        problem = f"{names} cannot be read ({kind}); export it again, a CSV file in UTF-8"
        # The error itself is not kept.
        raise CasesError(problem) from None


@contextmanager
def _unprinted() -> Iterator[None]:
    """Nobody sees what libraries print by themselves, as when they panic; the progress line goes on."""
    before = sys.stderr
    with os.fdopen(os.dup(STDERR), "w", encoding="utf-8") as screen, Path(os.devnull).open("wb") as nowhere:
        with suppress(OSError, ValueError, AttributeError):
            if before.fileno() == STDERR:
                sys.stderr = screen
        os.dup2(nowhere.fileno(), STDERR)
        try:
            yield
        finally:
            os.dup2(screen.fileno(), STDERR)
            sys.stderr = before


def _shaped(cells: nw.LazyFrame[Any], layout: CaseLayout, engine: Engine) -> nw.LazyFrame[Any]:
    """The cells with what they mean: `day`, `born`, `years`, `<field>_code` (null for an unknown code), `counts`."""
    rows = cells
    for name, found in engine.distinct(cells, [DATE, *layout.fields]).items():
        rows = engine.joined(rows, _meaning(name, found, layout), name)
    # Of a victim only a status that counts does; a suspect has none.
    victim = nw.col("role_code") == "victim" if "role" in layout.fields else nw.lit(value=True)
    counted = nw.col("status_code") == COUNTED if "status" in layout.fields else nw.lit(value=True)
    rows = rows.with_columns((~victim | counted).fill_null(value=False).alias("counts"))
    if "age" in layout.fields and layout.fields["age"].dates:
        # Who was born on 29 February is a year older on 1 March.
        rows = rows.with_columns(((nw.col("day") - nw.col("born")) // YEAR).alias("years"))
    return rows


def _meaning(name: str, cells: Sequence[str], layout: CaseLayout) -> pl.DataFrame:
    """What each of the different cells of a field means; blanks around it do not count."""
    frame = pl.DataFrame({name: cells}, schema={name: pl.String})
    text = pl.col(name).str.strip_chars()
    if name == DATE:
        return frame.with_columns(_day(text, layout).alias("day"), (text == "").alias("blank"))
    if name == EVENT:
        return frame.with_columns(_day(text, layout).alias("happened"), (text == "").alias("no_event"))
    if name == "age":
        return frame.with_columns(_ages(text, layout))
    meanings = _meanings(name, layout.fields[name], frame.select(text.unique()).to_series().to_list())
    frame = frame.with_columns(_mapped(text, meanings).alias(f"{name}_code"))
    if name == "role":
        return frame.with_columns(_mapped(pl.col("role_code"), INDICATORS).alias("indicator"))
    if name == "form":
        # A Boolean for each form, so that a person stays one row.
        listed = pl.col("form_code").str.split(" ")
        forms = layout.values()["form"]
        return frame.with_columns(listed.list.contains(form).alias(f"{FORM_COLUMN}{form}") for form in forms)
    return frame


def _mapped(text: pl.Expr, meanings: Mapping[str, str]) -> pl.Expr:
    if not meanings:
        return pl.lit(None, pl.String)
    return text.replace_strict([*meanings], [*meanings.values()], default=None, return_dtype=pl.String)


def _meanings(name: str, field: Field, cells: Sequence[str]) -> dict[str, str]:
    """By cell its value; cells of unknown codes are left out. Several forms are joined by a blank."""
    codes = {"": UNKNOWN} | dict(field.codes)
    if name in {"role", "status"} and "" not in field.codes:
        del codes[""]
    if field.separator:
        return {cell: " ".join(forms) for cell in cells if (forms := _parts(cell, field, codes))}
    found = {cell: codes[cell] for cell in cells if cell in codes}
    return found | _countries([cell for cell in cells if cell not in codes], field)


def _parts(cell: str, field: Field, codes: Mapping[str, str]) -> list[str]:
    """The forms of a cell, sorted; none if one of its codes is unknown, or if it has `unknown` beside a form."""
    if cell in codes:
        return [codes[cell]]
    apart = re.split(f"[{re.escape(field.separator)}]", cell)
    found = {codes.get(part.strip()) for part in apart if part.strip()}
    sound = found and None not in found and (len(found) == 1 or found.isdisjoint(MISSING))
    return sorted(filter(None, found)) if sound else []


def _countries(cells: Sequence[str], field: Field) -> dict[str, str]:
    """By cell the alpha-3 code of a country, as far as the layout's ways of writing know it."""
    found: dict[str, str] = {}
    for way in ("alpha_2", "alpha_3"):
        if way in field.countries:
            listed = {getattr(one, way): one.alpha_3 for one in pycountry.countries}
            found |= {cell: listed[cell] for cell in cells if cell in listed}
    if "names" in field.countries:
        others = pl.Series([cell for cell in cells if cell not in found], dtype=pl.String)
        for label, kind, area, annotated in resolve(others).iter_rows():
            if not annotated and kind in {"country", "unknown"}:
                found[label] = area or UNKNOWN
    return found


def _day(text: pl.Expr, layout: CaseLayout) -> pl.Expr:
    """A day as a number, such as 20180531; null if the text is none."""
    day = pl.coalesce(text.str.to_date(form, strict=False) for form in (*layout.dates, TYPED)).dt
    return day.year().cast(pl.Int64) * YEAR + day.month().cast(pl.Int64) * 100 + day.day()


def _ages(text: pl.Expr, layout: CaseLayout) -> list[pl.Expr]:
    """`age_code`: the age group that the layout says of the cell, else null; and `born` or `years`, of other cells."""
    age = layout.fields["age"]
    minors, adults = layout.ages
    groups = {MINOR: minors, ADULT: adults}
    code = _mapped(text, {cell: groups.get(value, value) for cell, value in ({"": UNKNOWN} | dict(age.codes)).items()})
    number = text.str.extract(r"^([0-9]{1,3})(?:\.0+)?$", 1).cast(pl.Int64, strict=False)
    return [code.alias("age_code"), _day(text, layout).alias("born") if age.dates else number.alias("years")]


def _counted(shaped: nw.LazyFrame[Any], layout: CaseLayout) -> nw.LazyFrame[Any]:
    """The columns that are counted, with `place` and, where the layout has one, `person`."""
    minors, adults = layout.ages
    fields = layout.fields
    values = {
        name: nw.col(f"{name}_code") if name in fields else nw.lit(NOT_ASKED)
        for name in ("sex", "origin", "destination")
    }
    values["age"] = nw.lit(NOT_ASKED)
    if "age" in fields:
        years = nw.when(nw.col("years") < layout.minors_under).then(nw.lit(minors)).otherwise(nw.lit(adults))
        values["age"] = nw.when(nw.col("age_code").is_null()).then(years).otherwise(nw.col("age_code"))
    values["indicator"] = nw.col("indicator") if "role" in fields else nw.lit(INDICATORS["victim"])
    values["year"] = nw.col("day") // YEAR
    forms = [f"{FORM_COLUMN}{form}" for form in layout.values()["form"]]
    if "form" not in fields:
        values |= {name: nw.lit(value=True) for name in forms}
    if layout.person:
        values[PERSON] = nw.col(PERSON).str.strip_chars(BLANKS)
    shaped = shaped.filter(nw.col("counts")).with_columns(value.alias(name) for name, value in values.items())
    return shaped.select(*GROUP, *forms, *([PERSON] if layout.person else []), PLACE)


def _rules(layout: CaseLayout, today: date) -> Iterator[RecordRule]:
    """The rules of a record. Those on the role are for all, on the status for victims, all others for who counts."""
    victim = nw.col("role_code") == "victim" if "role" in layout.fields else nw.lit(value=True)
    for name in layout.fields:
        if name not in {"age", EVENT}:
            checked = {"role": nw.lit(value=True), "status": victim}.get(name, nw.col("counts"))
            yield RecordRule(
                checked & nw.col(f"{name}_code").is_null(), layout.fields[name].column, WRONG.get(name, CODE)
            )
    day, counts = nw.col("day"), nw.col("counts")
    blank = nw.col("blank")
    yield RecordRule(counts & blank, layout.date, "no date; a record that counts needs one")
    yield RecordRule(counts & ~blank & day.is_null(), layout.date, _not_a_date(layout))
    yield RecordRule(
        counts & (day > today.year * YEAR + today.month * 100 + today.day), layout.date, "a date after today"
    )
    yield RecordRule(counts & (day < EARLIEST), layout.date, "a date before 1900")
    if EVENT in layout.fields:
        event, happened = layout.fields[EVENT].column, nw.col("happened")
        yield RecordRule(counts & ~nw.col("no_event") & happened.is_null(), event, _not_a_date(layout))
        yield RecordRule(counts & (happened > day), event, f"an exploitation after {layout.date}")
    if "age" in layout.fields:
        yield from _age_rules(layout)
    if layout.person:
        person = nw.col(PERSON).str.strip_chars(BLANKS)
        yield RecordRule(counts & (person == ""), layout.person, "no pseudonym; each record that counts needs one")
        yield RecordRule(counts & person.str.contains(OF_A_PERSON), layout.person, NO_PSEUDONYM)


def _not_a_date(layout: CaseLayout) -> str:
    return f"not a date such as the layout says ({' or '.join(layout.dates)})"


def _age_rules(layout: CaseLayout) -> Iterator[RecordRule]:
    age = layout.fields["age"]
    read = nw.col("counts") & nw.col("age_code").is_null()
    if age.dates:
        yield RecordRule(read & nw.col("born").is_null(), age.column, _not_a_date(layout))
        yield RecordRule(read & (nw.col("born") < EARLIEST), age.column, "a date before 1900")
        yield RecordRule(read & (nw.col("born") > nw.col("day")), age.column, f"a birth after {layout.date}")
    else:
        yield RecordRule(
            read & nw.col("years").is_null(), age.column, "not a number of whole years, nor a code of the layout"
        )
    yield RecordRule(read & (nw.col("years") > OLDEST), age.column, f"an age above {OLDEST} years")


def _faults(shaped: nw.LazyFrame[Any], layout: CaseLayout, today: date, path: Path) -> Iterator[str]:
    """A line for each fault, the first `LISTED` of each rule, and how many more there are."""
    rules = [*_rules(layout, today)]
    broken = [rule.broken.cast(nw.Int64).sum().alias(f"{number}") for number, rule in enumerate(rules)]
    seen = collected(shaped.select(*broken)).row(0)
    for rule, count in zip(rules, seen, strict=True):
        if not count:
            continue
        first = collected(shaped.filter(rule.broken).select(ROW).sort(ROW).head(LISTED))
        yield from (f"{path.name}, row {row}, column {rule.column}: {rule.text}" for row in first[ROW])
        if count > first.height:
            yield f"{path.name}, column {rule.column}: {rule.text}: {count - first.height} more row(s)"


def _contradictions(records: nw.LazyFrame[Any], layout: CaseLayout, paths: Sequence[Path]) -> Iterator[str]:
    """Records of one person in one year and role that differ; equal ones are one person."""
    names = records.collect_schema().names()
    same = ["indicator", "year", PERSON]
    values = [name for name in names if name not in {*same, PLACE}]
    groups = records.group_by(same).agg(
        *(nw.col(name).min().alias(f"{name}_least") for name in values),
        *(nw.col(name).max().alias(f"{name}_most") for name in values),
        nw.col(PLACE).min().alias("first"),
        nw.col(PLACE).max().alias("last"),
    )
    differ = reduce(or_, (nw.col(f"{name}_least") != nw.col(f"{name}_most") for name in values))
    found = collected(groups.filter(differ).select("first", "last").sort("first"))
    rule = "records of one person in one year have different values; make them equal, or give two pseudonyms"
    for first, last in found.head(LISTED).iter_rows():
        yield f"{_place(first, paths)} and {_place(last, paths)}, column {layout.person}: {rule}"
    if found.height > LISTED:
        yield f"column {layout.person}: {rule}: {found.height - LISTED} more person(s)"


def _place(place: int, paths: Sequence[Path]) -> str:
    file, row = divmod(place, ROWS_OF_A_FILE)
    return f"{paths[file].name}, row {row}"
