"""University of Denver, directionality coding: who is moved from where, through where, in the US report's narratives.

One sheet a report year; a row is one statement, never a victim. The coders' notes are compared, never published.
"""

import re
from typing import NamedTuple

import fastexcel
import polars as pl

from etl.errors import SourceError
from etl.parsed import Finding, Parsed
from etl.tabular import expect_columns, open_workbook, read_grid

SOURCE = "du_directionality"
RELEASE = "undated"
COLUMNS = (
    "year",
    "origin country",
    "transit country",
    "destination country",
    "victim profile",
    "type of trafficking",
    "means",
    "trafficker",
    "sector",
    "notes",
    "flagged",
)
PROFILE = COLUMNS[4]
FORM = COLUMNS[5]
POINTS = {"origin_label": COLUMNS[1], "transit_label": COLUMNS[2], "destination_label": COLUMNS[3]}
PROFILES = {1: "women", 2: "men", 3: "girls", 4: "boys", 5: "transgender"}
CHILD_SEX_TOURISM = 4
FORMS = {
    1: "sexual_exploitation",
    2: "forced_labour",
    3: "domestic_servitude",
    CHILD_SEX_TOURISM: "child_sex_tourism",
    5: "forced_drug_trafficking",
    6: "forced_begging",
    7: "child_soldiers",
    8: "forced_criminal_activity",
    9: "child_sexual_exploitation",
    10: "forced_marriage",
    # Used 41 times, though not in the coders' list.
    11: "other_or_unspecified",
}
# "1,3", "1, 4" and, if a spreadsheet took the list for a number, "3.4".
CODES = r"^[0-9]{1,2}(\s*[,.][\s,.]*[0-9]{1,2})*$"
FLAG = r"^[xX]$"
YEAR = r"^20[0-9]{2}$"
YEAR_IN_NAME = re.compile(r"(?<!\d)(20[0-9]{2})(?!\d)")
OUTPUT = ("year", *POINTS, "form", "profile", "flagged", "repeat_of", "locator")
EXPECTED = ("no_place", "child_sex_tourism")


class YearSheet(NamedTuple):
    """A sheet's rows with common column names, and its year in header and name (None if missing)."""

    name: str
    rows: pl.DataFrame
    named_year: int | None
    header_year: int | None


def parse(content: bytes, file: str) -> Parsed:
    """Parse the sheets of all years; a sheet that repeats another is recognized by its content.

    Returns:
        one row a statement: `year` (the report's, from the sheet's name), `origin_label`, `transit_label`,
        `destination_label` (as printed), `form` and `profile` (lists of ids), `flagged` (the coders' mark on a
        region in a country's place), `repeat_of` (locator of an equal earlier row of the sheet), `locator`.

    Raises:
        SourceError: not a workbook, a sheet of another form or year, or an invalid code, flag or year.
    """
    book = open_workbook(content, source=SOURCE, file=file)
    sheets = [sheet for name in book.sheet_names if (sheet := _sheet(book, name, file))]
    if not sheets:
        raise SourceError("no sheet has rows; download it again", source=SOURCE, file=file)
    single, repeats = _without_repeats(sheets)
    _refuse_unclear_years(single, file)
    coded = pl.concat([_coded(sheet, file) for sheet in sorted(single, key=lambda sheet: sheet.named_year or 0)])
    statements = coded.filter(pl.col("reason").is_null())
    return Parsed(
        rows=_with_repeats_named(statements).select(OUTPUT),
        release=RELEASE,
        release_basis="nothing in the file says",
        read=sum(sheet.rows.height for sheet in sheets),
        kept=statements.height,
        findings=sorted([*repeats, *_set_aside(coded)]),
    )


def _heading(cell: str | None) -> str:
    """A header cell under its common name: `(Transit Country)`, `Origin Country/Region`, `2014`, `C/Y (2016)`."""
    plain = re.sub(r"[()]|/region$", "", (cell or "").lower()).strip()
    return "year" if re.fullmatch(r"(c/y )?20[0-9]{2}", plain) else plain


def _sheet(book: fastexcel.ExcelReader, name: str, file: str) -> YearSheet | None:
    """One sheet, or None if it is empty."""
    grid = read_grid(book, name, source=SOURCE, file=file)
    filled = grid.filter(pl.any_horizontal(pl.exclude("row").is_not_null())) if grid.width > 1 else grid
    if filled.is_empty():
        return None
    row, *header = filled.row(0)
    headings = [_heading(cell) for cell in header]
    expect_columns([h for h in headings if h], COLUMNS, source=SOURCE, file=file, sheet=name, row=row)
    names = {f"column_{i}": heading or f"unnamed_{i}" for i, heading in enumerate(headings)}
    years, printed = YEAR_IN_NAME.findall(name), YEAR_IN_NAME.search(header[headings.index("year")])
    rows = filled.slice(1).rename(names)
    if rows.is_empty():
        raise SourceError(
            "the sheet has a header and no rows; remove it, or get the workbook again",
            source=SOURCE,
            file=file,
            sheet=name,
        )
    return YearSheet(
        name=name,
        rows=_with_flag(rows, name, file),
        named_year=int(years[0]) if len(years) == 1 else None,
        header_year=int(printed.group()) if printed else None,
    )


def _refuse(rows: pl.DataFrame, column: str, form: str, *, file: str, sheet: str) -> None:
    """Refuse a filled cell of a column that does not match the pattern."""
    bad = rows.filter(~pl.col(column).str.contains(form)).select("row", column).head(1)
    for row, cell in bad.iter_rows():
        problem = f"column {column} is {cell!r}, which is not a known value; check the file with the publisher"
        raise SourceError(problem, source=SOURCE, file=file, sheet=sheet, row=row)


def _with_flag(rows: pl.DataFrame, sheet: str, file: str) -> pl.DataFrame:
    """The known columns, with `flagged` from its own column and from those without a name (2012 has one)."""
    marks = [name for name in rows.columns if name == "flagged" or name.startswith("unnamed_")]
    for column in marks:
        _refuse(rows, column, FLAG, file=file, sheet=sheet)
    return rows.select("row", *COLUMNS[:-1], flagged=pl.any_horizontal(pl.col(marks).is_not_null()))


def _without_repeats(sheets: list[YearSheet]) -> tuple[list[YearSheet], list[Finding]]:
    """The sheets without repeats, preferring those named by the year; repeats are set aside."""
    # Sheets named by the year in their header come first, so that their locators are used.
    single: list[YearSheet] = []
    repeats: list[Finding] = []
    for sheet in sorted(sheets, key=lambda sheet: sheet.named_year is None or sheet.named_year != sheet.header_year):
        content = sheet.rows.drop("row")
        alike = (other for other in single if other.header_year == sheet.header_year)
        same = next((other for other in alike if other.rows.drop("row").equals(content)), None)
        if same is None:
            single.append(sheet)
        else:
            detail = f"{sheet.name} repeats {same.name}"
            repeats.append(Finding(SOURCE, RELEASE, "sheet_repeats_another", detail, content.height))
    return single, repeats


def _refuse_unclear_years(sheets: list[YearSheet], file: str) -> None:
    """Refuse a sheet whose name has no year, another year than its header, or the year of another sheet."""
    holder: dict[int, str] = {}
    for sheet in sheets:
        problem = ""
        if sheet.named_year is None:
            problem = "the sheet's name has no year, and its rows repeat no other sheet; name it by its year"
        elif sheet.header_year not in (None, sheet.named_year):
            problem = (
                f"its header says {sheet.header_year}, but its name {sheet.named_year}; check it with the publisher"
            )
        elif sheet.named_year in holder:
            problem = f"sheet {holder[sheet.named_year]} has other rows for the same year; keep one of them"
        if problem:
            raise SourceError(problem, source=SOURCE, file=file, sheet=sheet.name)
        holder[sheet.named_year or 0] = sheet.name


def _coded(sheet: YearSheet, file: str) -> pl.DataFrame:
    """A sheet's rows with our ids, and `reason` and `detail` for rows to set aside."""
    for column, form in (("year", YEAR), (PROFILE, CODES), (FORM, CODES)):
        _refuse(sheet.rows, column, form, file=file, sheet=sheet.name)
    known = sheet.rows.with_columns(
        printed_year=pl.col("year").cast(pl.Int16),
        profile=_ids(PROFILE, PROFILES),
        form=_ids(FORM, FORMS),
        sheet=pl.lit(sheet.name),
        locator=pl.format("{}!{}", pl.lit(sheet.name), "row"),
        **POINTS,
    )
    judged = known.with_columns(reason=_reason(sheet.named_year)).with_columns(detail=_detail())
    # A row with another year is set aside; a blank cell means the sheet's year.
    return judged.with_columns(year=pl.lit(sheet.named_year, dtype=pl.Int16))


def _ids(column: str, codes: dict[int, str]) -> pl.Expr:
    """A cell's codes as ids in the order of the codes; null for unknown codes."""
    # A blank cell is an empty list, never an assumed code.
    numbers = pl.col(column).fill_null("").str.extract_all(r"[0-9]+").cast(pl.List(pl.Int16)).list.unique().list.sort()
    return numbers.list.eval(pl.element().replace_strict(codes, default=None, return_dtype=pl.String))


def _reason(year: int | None) -> pl.Expr:
    """Why a row is set aside, or null; the first that applies."""
    reasons = {
        "year_differs_from_sheet": pl.col("printed_year") != year,
        "unknown_profile_code": pl.col("profile").list.contains(None, nulls_equal=True),
        "unknown_form_code": pl.col("form").list.contains(None, nulls_equal=True),
        "no_place": pl.all_horizontal(pl.col(*POINTS).is_null()),
        # There the coded direction is that of the perpetrator, even if other forms are given too.
        "child_sex_tourism": pl.col("form").list.contains(FORMS[CHILD_SEX_TOURISM]),
    }
    return pl.coalesce(pl.when(applies).then(pl.lit(reason)) for reason, applies in reasons.items())


def _detail() -> pl.Expr:
    """The sheet, and what was found if it is new."""
    met = {"unknown_profile_code": PROFILE, "unknown_form_code": FORM, "year_differs_from_sheet": "year"}
    column = pl.col("reason").replace_strict(met, default=None)
    cell = pl.coalesce(pl.when(column == name).then(pl.format(": {} {}", column, name)) for name in met.values())
    return pl.format("{}{}", "sheet", cell.fill_null(""))


def _with_repeats_named(statements: pl.DataFrame) -> pl.DataFrame:
    """`repeat_of`: the first row of the sheet that is equal in all columns, including notes."""
    first = pl.col("locator").first().over("sheet", *COLUMNS[1:])
    return statements.with_columns(repeat_of=pl.when(first != pl.col("locator")).then(first))


def _set_aside(coded: pl.DataFrame) -> list[Finding]:
    groups = coded.drop_nulls("reason").group_by("reason", "detail")
    counts = groups.agg(pl.len(), pl.col("locator").first())
    return [
        Finding(SOURCE, RELEASE, reason, detail, n)
        if reason in EXPECTED
        else Finding(SOURCE, RELEASE, reason, detail, n, unexpected=True, first=first)
        for reason, detail, n, first in counts.iter_rows()
    ]
