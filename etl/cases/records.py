"""Read the records of a register by its layout, check them, and give the rows that are counted.

Only the columns that the layout names are read. No value of a record is in an error: each fault names its file, row,
column and rule.
"""

import os
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path

import fastexcel
import polars as pl
import pycountry

from etl.areas import resolve
from etl.cases.counting import FORM_COLUMN, GROUP, PERSON
from etl.cases.layout import ADULT, COUNTED, INDICATORS, MINOR, MISSING, CaseLayout, Field
from etl.cases.tables import NOT_ASKED, UNKNOWN
from etl.errors import CasesError

# Faults that are listed by row for each rule; all are counted.
LISTED = 50
EARLIEST = date(1900, 1, 1)
OLDEST = 120
CODE = "not a code of the layout; correct it, or add the code"
COUNTRY = "not a country as the layout says; correct it, or add the code"
FORM = "not a form of the layout, or unknown beside a form; correct it, or add the code"
WRONG = {"origin": COUNTRY, "destination": COUNTRY, "form": FORM}
ROW = "row"
# A typed date, as the library of workbooks writes it as text.
TYPED = "%Y-%m-%d 00:00:00"
# Columns of a file are renamed to these while it is read; the others of a layout are its fields.
DATE = "date"
# A place is the number of the file and of the row in one integer, so that records can be told apart.
PLACE = "place"
ROWS_OF_A_FILE = 1 << 40


@dataclass(frozen=True)
class RecordRule:
    """A rule that a cell breaks: where it does, its column, and what is wrong and what to do."""

    broken: pl.Expr
    column: str
    text: str


def read(
    paths: Sequence[Path], layout: CaseLayout, today: date, step: Callable[[str], None] = lambda _: None
) -> pl.LazyFrame:
    """The rows that `etl.cases.counting` counts, as a lazy frame over the files; every record is checked first.

    Args:
        paths: CSV, Parquet or Excel files of one register.
        today: no date may be later.
        step: is given the name of each step of the work, for a progress line.

    Raises:
        CasesError: a file cannot be read, lacks a column, or has faults, which are listed.
    """
    frames: list[pl.LazyFrame] = []
    faults: list[str] = []
    for number, path in enumerate(paths):
        step(f"checking {path.name}")
        with _readable(path):
            rows = _shaped(_cells(path, layout), layout)
            faults += _faults(rows, layout, today, path)
        place = pl.col(ROW).cast(pl.Int64) + number * ROWS_OF_A_FILE
        frames.append(_counted(rows.with_columns(place.alias(PLACE)), layout))
    if faults:
        raise _refused(paths, faults)
    records = pl.concat(frames)
    if layout.person:
        step("looking for records of the same person")
        if faults := list(_contradictions(records, layout, paths)):
            raise _refused(paths, faults)
    return records.drop(PLACE)


def _refused(paths: Sequence[Path], faults: Sequence[str]) -> CasesError:
    names = ", ".join(path.name for path in paths)
    return CasesError(f"the records in {names} have faults; correct them, or the layout, and start again", faults)


@contextmanager
def _readable(path: Path) -> Iterator[None]:
    """Turn the errors of libraries, which may quote a record, into one without any of its values."""
    try:
        yield
    except (pl.exceptions.PolarsError, fastexcel.FastExcelError, OSError, UnicodeError) as error:
        kind = error.strerror if isinstance(error, OSError) and error.strerror else "it is damaged or not in UTF-8"
        problem = f"{path.name} cannot be read ({kind}); export it again, a CSV file in UTF-8"
        # The error itself is not kept.
        raise CasesError(problem) from None


def _cells(path: Path, layout: CaseLayout) -> pl.LazyFrame:
    """The cells of the layout's columns as text without surrounding blanks, by field, and the row in the file.

    Raises:
        CasesError: another kind of file, or a column is missing.
    """
    readers = {".csv": _csv, ".parquet": _parquet, ".xlsx": _workbook}
    reader = readers.get(path.suffix.lower())
    if reader is None:
        raise CasesError(f"{path.name} is no {', '.join(readers)} file; export the records as one of these")
    names = {layout.date: DATE} | {field.column: name for name, field in layout.fields.items()}
    if layout.person:
        names[layout.person] = PERSON
    frame = reader(path, layout)
    text = pl.col([*names]).str.strip_chars().fill_null("")
    return frame.select(ROW, text).rename(names)


def _expect(path: Path, layout: CaseLayout, found: Sequence[str]) -> None:
    """Refuse a file without a column. What it has is not named: a file without headings begins with a record."""
    if missing := [column for column in layout.columns if column not in found]:
        raise CasesError(f"{path.name} has no column {', '.join(missing)}; correct the file, or the layout")
    if twice := [column for column in layout.columns if f"{column}_duplicated_0" in found]:
        raise CasesError(f"{path.name} has two columns {', '.join(twice)}; give them different names")


def _csv(path: Path, layout: CaseLayout) -> pl.LazyFrame:
    with path.open("rb") as file:
        # A shorter last row would only lack cells, which may be blank.
        if file.seek(0, os.SEEK_END) and file.seek(-1, os.SEEK_END) and file.read(1) != b"\n":
            raise CasesError(f"{path.name} ends within a row; it may be cut short, export it again")
    frame = pl.scan_csv(
        path,
        separator=layout.delimiter,
        infer_schema=False,
        skip_rows_after_header=layout.skip,
        row_index_name=ROW,
        row_index_offset=2 + layout.skip,
        glob=False,
    )
    _expect(path, layout, frame.collect_schema().names())
    return frame


def _parquet(path: Path, layout: CaseLayout) -> pl.LazyFrame:
    frame = pl.scan_parquet(path, row_index_name=ROW, row_index_offset=1, glob=False)
    kinds = frame.collect_schema()
    _expect(path, layout, kinds.names())
    return frame.with_columns(
        pl.col(name).dt.strftime(TYPED) if kinds[name] in {pl.Date, pl.Datetime} else pl.col(name).cast(pl.String)
        for name in layout.columns
    )


def _workbook(path: Path, layout: CaseLayout) -> pl.LazyFrame:
    book = fastexcel.read_excel(path)
    if layout.sheet and layout.sheet not in book.sheet_names:
        raise CasesError(f"{path.name} has no sheet {layout.sheet}; correct the file, or the layout")
    sheet = layout.sheet or 0
    headings = book.load_sheet(sheet, n_rows=0).available_columns()
    _expect(path, layout, [heading.name for heading in headings])
    # No row is skipped, so that a row of ours is one of the file; dtypes: a guessed type would lose cells.
    cells = book.load_sheet(sheet, use_columns=[*layout.columns], skip_rows=0, dtypes="string").to_polars()
    numbered = cells.with_row_index(ROW, offset=2).slice(layout.skip)
    filled = pl.any_horizontal(pl.col(*layout.columns).str.strip_chars().fill_null("") != "")
    return numbered.filter(filled).lazy()


def _shaped(cells: pl.LazyFrame, layout: CaseLayout) -> pl.LazyFrame:
    """The cells with what they mean: `day`, `born`, `years`, `<field>_code` (null for an unknown code), `counts`."""
    coded = [name for name in layout.fields if name != "age"]
    distinct = cells.select(pl.col(*coded).unique().implode()).collect(engine="streaming") if coded else pl.DataFrame()
    meanings = {name: _meanings(name, layout.fields[name], distinct[name].item().to_list()) for name in coded}
    rows = cells.with_columns(_mapped(name, meanings[name]) for name in coded)
    if "form" in meanings:
        rows = rows.join(_form_table(layout, meanings["form"]).lazy(), on="form_code", how="left", validate="m:1")
    role = pl.col("role_code") if "role" in coded else pl.lit("victim")
    # Of a victim only a status that counts does; a suspect has none.
    counted = (role != "victim") | (pl.col("status_code") == COUNTED) if "status" in coded else role.is_not_null()
    rows = rows.with_columns(_day(DATE, layout).alias("day"), counted.fill_null(value=False).alias("counts"))
    if "age" not in layout.fields:
        return rows
    return rows.with_columns(_ages(layout)).with_columns(_years(layout).alias("years"))


def _mapped(name: str, meanings: Mapping[str, str]) -> pl.Expr:
    known = pl.col(name).replace_strict([*meanings], [*meanings.values()], default=None, return_dtype=pl.String)
    return (known if meanings else pl.lit(None, pl.String)).alias(f"{name}_code")


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


def _form_table(layout: CaseLayout, meanings: Mapping[str, str]) -> pl.DataFrame:
    """For each combination of forms a Boolean for each form, so that a person stays one row."""
    combined = pl.Series("form_code", sorted(set(meanings.values())), pl.String)
    listed = combined.str.split(" ")
    forms = layout.values()["form"]
    return pl.DataFrame([combined, *(listed.list.contains(form).alias(f"{FORM_COLUMN}{form}") for form in forms)])


def _day(name: str, layout: CaseLayout) -> pl.Expr:
    forms = (layout.dates, TYPED)
    return pl.coalesce(pl.col(name).str.to_date(form, strict=False) for form in forms)


def _ages(layout: CaseLayout) -> list[pl.Expr]:
    """`age_code`: what the layout says of the cell, else null; and `born` or `number`, of all other cells."""
    age = layout.fields["age"]
    code = _mapped("age", {"": UNKNOWN} | dict(age.codes))
    number = pl.col("age").str.extract(r"^([0-9]{1,3})(?:\.0+)?$", 1).cast(pl.Int64, strict=False)
    return [code, _day("age", layout).alias("born") if age.dates else number.alias("number")]


def _years(layout: CaseLayout) -> pl.Expr:
    """Whole years at the date that counts. Who was born on 29 February is a year older on 1 March."""
    if not layout.fields["age"].dates:
        return pl.col("number")
    born, day = pl.col("born").dt, pl.col("day").dt
    today = day.month().cast(pl.Int64) * 32 + day.day()
    birthday = born.month().cast(pl.Int64) * 32 + born.day()
    return day.year().cast(pl.Int64) - born.year() - (today < birthday).cast(pl.Int64)


def _counted(shaped: pl.LazyFrame, layout: CaseLayout) -> pl.LazyFrame:
    """The columns that are counted, with `place` and, where the layout has one, `person`."""
    minors, adults = layout.ages
    fields = layout.fields
    single = {
        name: pl.col(f"{name}_code") if name in fields else pl.lit(NOT_ASKED)
        for name in ("sex", "origin", "destination")
    }
    age = pl.lit(NOT_ASKED)
    if "age" in fields:
        code = pl.col("age_code").replace({MINOR: minors, ADULT: adults})
        age = pl.when(pl.col("age_code").is_not_null()).then(code)
        age = age.when(pl.col("years") < layout.minors_under).then(pl.lit(minors)).otherwise(pl.lit(adults))
    forms = [f"{FORM_COLUMN}{form}" for form in layout.values()["form"]]
    asked = [pl.col(name) for name in forms] if "form" in fields else [pl.lit(value=True).alias(name) for name in forms]
    role = pl.col("role_code") if "role" in fields else pl.lit("victim")
    shaped = shaped.filter("counts").with_columns(
        role.replace_strict(INDICATORS, return_dtype=pl.String).alias("indicator"),
        pl.col("day").dt.year().cast(pl.Int64).alias("year"),
        age.alias("age"),
        *(value.alias(name) for name, value in single.items()),
        *asked,
    )
    return shaped.select(*GROUP, *forms, *([PERSON] if layout.person else []), PLACE)


def _rules(layout: CaseLayout, today: date) -> Iterator[RecordRule]:
    """The rules of a record. Those on the role are for all, on the status for victims, all others for who counts."""
    victim = pl.col("role_code") == "victim" if "role" in layout.fields else pl.lit(value=True)
    for name in layout.fields:
        if name != "age":
            checked = {"role": pl.lit(value=True), "status": victim}.get(name, pl.col("counts"))
            yield RecordRule(
                checked & pl.col(f"{name}_code").is_null(), layout.fields[name].column, WRONG.get(name, CODE)
            )
    day, counts = pl.col("day"), pl.col("counts")
    filled = pl.col(DATE) != ""
    yield RecordRule(counts & ~filled, layout.date, "no date; a record that counts needs one")
    yield RecordRule(
        counts & filled & day.is_null(), layout.date, f"not a date such as the layout says ({layout.dates})"
    )
    yield RecordRule(counts & (day > today), layout.date, "a date after today")
    yield RecordRule(counts & (day < EARLIEST), layout.date, "a date before 1900")
    if "age" in layout.fields:
        yield from _age_rules(layout)
    if layout.person:
        yield RecordRule(
            counts & (pl.col(PERSON) == ""), layout.person, "no pseudonym; each record that counts needs one"
        )


def _age_rules(layout: CaseLayout) -> Iterator[RecordRule]:
    age = layout.fields["age"]
    read = pl.col("counts") & pl.col("age_code").is_null()
    if age.dates:
        yield RecordRule(
            read & pl.col("born").is_null(), age.column, f"not a date such as the layout says ({layout.dates})"
        )
        yield RecordRule(read & (pl.col("born") < EARLIEST), age.column, "a date before 1900")
        yield RecordRule(read & (pl.col("born") > pl.col("day")), age.column, f"a birth after {layout.date}")
    else:
        yield RecordRule(
            read & pl.col("number").is_null(), age.column, "not a number of whole years, nor a code of the layout"
        )
    yield RecordRule(read & (pl.col("years") > OLDEST), age.column, f"an age above {OLDEST} years")


def _faults(shaped: pl.LazyFrame, layout: CaseLayout, today: date, path: Path) -> Iterator[str]:
    """A line for each fault, the first `LISTED` of each rule, and how many more there are."""
    rules = [*_rules(layout, today)]
    first = [pl.col(ROW).filter(rule.broken).head(LISTED).implode().alias(f"rows {n}") for n, rule in enumerate(rules)]
    number = [rule.broken.sum().alias(f"number {n}") for n, rule in enumerate(rules)]
    seen = shaped.select(*first, *number).collect(engine="streaming").row(0, named=True)
    for n, rule in enumerate(rules):
        rows = sorted(seen[f"rows {n}"])
        yield from (f"{path.name}, row {row}, column {rule.column}: {rule.text}" for row in rows)
        if (more := (seen[f"number {n}"] or 0) - len(rows)) > 0:
            yield f"{path.name}, column {rule.column}: {rule.text}: {more} more row(s)"


def _contradictions(records: pl.LazyFrame, layout: CaseLayout, paths: Sequence[Path]) -> Iterator[str]:
    """Records of one person in one year and role that differ; equal ones are one person."""
    names = records.collect_schema().names()
    same = ["indicator", "year", PERSON]
    differ = [pl.col(name).min() != pl.col(name).max() for name in names if name not in {*same, PLACE}]
    groups = records.group_by(same).agg(
        pl.any_horizontal(differ).alias("differ"), pl.col(PLACE).min().alias("first"), pl.col(PLACE).max().alias("last")
    )
    found = groups.filter("differ").select("first", "last").sort("first").collect(engine="streaming")
    rule = "records of one person in one year have different values; make them equal, or give two pseudonyms"
    for first, last in found.head(LISTED).iter_rows():
        yield f"{_place(first, paths)} and {_place(last, paths)}, column {layout.person}: {rule}"
    if found.height > LISTED:
        yield f"column {layout.person}: {rule}: {found.height - LISTED} more person(s)"


def _place(place: int, paths: Sequence[Path]) -> str:
    file, row = divmod(place, ROWS_OF_A_FILE)
    return f"{paths[file].name}, row {row}"
