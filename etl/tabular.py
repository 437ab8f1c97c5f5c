"""Read tables in files: sheets of a workbook as grids of text, a CSV file as records of text."""

import csv
import io
import re
import zipfile
import zlib
from typing import NamedTuple

import fastexcel
import polars as pl

from etl.errors import SourceError

ZIP_SIGNATURE = b"PK\x03\x04"
# The row limits of the two spreadsheet formats. A table that ends exactly there was cut without a warning.
ROW_LIMITS = (65_536, 1_048_576)
# Bytes of a sheet that are searched at once, and of the longest cell name, which may span two parts.
PART = 1 << 20
LONGEST_NAME = 1 << 10
SHEET = re.compile(r"xl/worksheets/[^/]+\.xml")
# The value of the attribute r; a pattern that begins with letters is twice as fast as one with \b.
COLUMN = re.compile(rb'r="(?<!\wr=")([A-Za-z]+)[0-9]+"')
ROW = re.compile(rb'r="(?<!\wr=")[A-Za-z]*([0-9]+)"')
# The library allocates all cells up to the last row and column: one misplaced cell would end the process.
MOST_CELLS = 20_000_000
MOST_COLUMNS = 16_384
MOST_BYTES = 500_000_000
DAMAGED = (zipfile.BadZipFile, zlib.error, OSError, EOFError, RuntimeError, NotImplementedError, ValueError, KeyError)


def open_workbook(content: bytes, *, source: str, file: str) -> fastexcel.ExcelReader:
    """Open an XLSX workbook from its bytes.

    Raises:
        SourceError: the bytes are not a workbook (an HTML page, a cut download, another format).
    """
    if not content.startswith(ZIP_SIGNATURE):
        shown = content[:40].decode("ascii", "replace").strip() or "nothing"
        problem = f"this is not an XLSX workbook (it begins with {shown!r}); download it again from the publisher"
        raise SourceError(problem, source=source, file=file)
    try:
        excess = _excess(content)
        book = None if excess else fastexcel.read_excel(content)
    except (*DAMAGED, fastexcel.FastExcelError) as error:
        problem = "the workbook is cut short or damaged; download it again from the publisher"
        raise SourceError(problem, source=source, file=file) from error
    if book is None:
        raise SourceError(
            f"{excess}, more than any table has; download it again from the publisher", source=source, file=file
        )
    return book


def _excess(content: bytes) -> str:
    """What is too large in a workbook; empty if nothing."""
    with zipfile.ZipFile(io.BytesIO(content)) as book:
        for entry in book.infolist():
            if entry.file_size > MOST_BYTES:
                return f"its part {entry.filename!a} has {entry.file_size:,} bytes"
            if SHEET.fullmatch(entry.filename):
                text = book.read(entry)
                columns = max((_number(letters) for letters in _named(COLUMN, text)), default=0)
                rows = max((int(digits[:12]) for digits in _named(ROW, text)), default=0)
                if rows * columns > MOST_CELLS or columns > MOST_COLUMNS:
                    return f"its part {entry.filename!a} reaches row {rows:,} and column {columns:,}"
    return ""


def _named(pattern: re.Pattern[bytes], text: bytes) -> set[bytes]:
    """The distinct matches, searched part by part: a list of half a million cells would take too much memory."""
    parts = range(0, len(text), PART)
    return {match for start in parts for match in pattern.findall(text, start, start + PART + LONGEST_NAME)}


def _number(letters: bytes) -> int:
    """A column's number: A is 1, AA is 27."""
    number = 0
    for letter in letters.upper()[:12]:
        number = 26 * number + letter - ord("A") + 1
    return number


def read_grid(book: fastexcel.ExcelReader, sheet: str, *, source: str, file: str) -> pl.DataFrame:
    """One sheet as text cells: columns `column_0` ..., and `row`, as a spreadsheet counts (from 1).

    Nothing is skipped or guessed, so a locator always finds its cell. Blank cells are null.

    Raises:
        SourceError: the sheet cannot be read.
    """
    try:
        # As text: with a guessed type, masks such as "<5" would become null.
        grid = book.load_sheet(sheet, header_row=None, skip_rows=0, dtypes="string").to_polars()
    except fastexcel.FastExcelError as error:
        raise SourceError(
            "the sheet cannot be read; download the workbook again from the publisher",
            source=source,
            file=file,
            sheet=sheet,
        ) from error
    refuse_row_limit(grid.height, source=source, file=file, sheet=sheet)
    names = {name: f"column_{index}" for index, name in enumerate(grid.columns)}
    text = pl.all().str.strip_chars().replace("", None)
    return grid.rename(names).with_columns(text).with_row_index("row", offset=1)


def refuse_row_limit(rows: int, *, source: str, file: str, sheet: str = "") -> None:
    """Refuse a table that ends exactly at the row limit of a spreadsheet.

    Raises:
        SourceError: names the limit.
    """
    if rows in ROW_LIMITS:
        problem = f"it ends at row {rows:,}, the limit of a spreadsheet, so rows may be missing; get the complete table"
        raise SourceError(problem, source=source, file=file, sheet=sheet)


def expect_columns(
    found: list[str], expected: tuple[str, ...], *, source: str, file: str, sheet: str, row: int
) -> None:
    """Refuse a table unless its columns are exactly the expected ones, each once, in any order.

    Raises:
        SourceError: columns are missing, unknown or repeated; the text names each.
    """
    missing = [name for name in expected if name not in found]
    unknown = [name for name in found if name not in expected]
    twice = sorted({name for name in found if found.count(name) > 1})
    if missing or unknown or twice:
        parts = [f"missing column(s): {', '.join(missing)}"] * bool(missing)
        parts += [f"unknown column(s): {', '.join(unknown)}"] * bool(unknown)
        parts += [f"repeated column(s): {', '.join(twice)}"] * bool(twice)
        problem = "; ".join(parts) + "; the publisher changed the columns, adapt the parser"
        raise SourceError(problem, source=source, file=file, sheet=sheet, row=row)


class Record(NamedTuple):
    """One record: `row` as a spreadsheet counts (from 1), and its cells without surrounding blanks."""

    row: int
    cells: list[str]


def read_records(content: bytes, *, encoding: str, source: str, file: str) -> list[Record]:
    """All records that are not blank, headers included.

    Raises:
        SourceError: an HTML page or nothing in place of the file, another encoding, a quotation never closed, as many
            rows as a spreadsheet can hold.
    """
    if not content.strip(b", \r\n") or content.lstrip().startswith(b"<"):
        shown = content.lstrip()[:40].decode("ascii", "replace") or "nothing"
        problem = f"this is not a CSV file (it begins with {shown!r}); download it again from the publisher"
        raise SourceError(problem, source=source, file=file)
    try:
        # Strict, as an unclosed quotation would swallow the rest of the file.
        reader = csv.reader(io.StringIO(content.decode(encoding), newline=""), strict=True)
        records = [Record(row, [cell.strip() for cell in cells]) for row, cells in enumerate(reader, start=1)]
    except (UnicodeDecodeError, csv.Error) as error:
        problem = f"the file is damaged or cut short ({error}); download it again from the publisher"
        raise SourceError(problem, source=source, file=file) from error
    # Many CSV files were exported from spreadsheets.
    refuse_row_limit(len(records), source=source, file=file)
    filled = [record for record in records if any(record.cells)]
    if not filled:
        raise SourceError("every cell is blank; download it again from the publisher", source=source, file=file)
    return filled


def named(header: Record, records: list[Record], *, source: str, file: str) -> list[tuple[int, dict[str, str]]]:
    """Each record's row and its cells by column name.

    Raises:
        SourceError: a record has more or fewer cells than the header, e.g. the last one of a cut file.
    """
    for row, cells in records:
        if len(cells) != len(header.cells):
            problem = (
                f"{len(cells)} cells, but the header has {len(header.cells)}: cut short or damaged; download it again"
            )
            raise SourceError(problem, source=source, file=file, row=row)
    return [(row, dict(zip(header.cells, cells, strict=True))) for row, cells in records]


def read_table(
    content: bytes, columns: tuple[str, ...], *, encoding: str = "utf-8", source: str, file: str
) -> list[tuple[int, dict[str, str]]]:
    """Each record's row and cells by column name, of a CSV file with exactly these columns in any order.

    Raises:
        SourceError: as `read_records`, `expect_columns` and `named` raise it, or there are no records.
    """
    header, *body = read_records(content, encoding=encoding, source=source, file=file)
    if not body:
        raise SourceError("the table has no rows; download it again", source=source, file=file)
    expect_columns(header.cells, columns, source=source, file=file, sheet="", row=header.row)
    return named(header, body, source=source, file=file)
