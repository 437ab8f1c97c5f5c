"""Writes rows as an Excel workbook with typed columns, a sheet of sources and one of notes.

No text becomes a formula or a link. xlsxwriter writes the short sheets cell by cell. That would take two minutes for a
million rows, so Polars writes the XML of the rows (ECMA-376, part 1, 18.3.1) by columns, and it replaces two sample
cells in the first sheet.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

import polars as pl
import xlsxwriter
from xlsxwriter.utility import xl_col_to_name

from dashboard.export.formats import FORMULA, flat
from dashboard.export.metadata import Metadata

# The limits of Excel: rows of a sheet without its heading, and characters of a cell.
MOST_ROWS = 1_048_576 - 1
LONGEST = 32_767
NARROWEST = 8
WIDEST = 60
SAMPLE = 200
FIRST = "xl/worksheets/sheet1.xml"
_DIMENSION = re.compile(rb'<dimension ref="[^"]*"')
_STYLE = re.compile(rb's="([0-9]+)"')
# Keep one row in memory at a time, and never interpret texts.
SETTINGS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORMULA = re.compile(FORMULA)
BATCH = 20_000
# Excel counts days from here (with a 29 February 1900 that never was).
DAY_ZERO = date(1899, 12, 30)
# Characters that XML cannot contain, and texts that look like Excel's escape of them (`_x0007_`).
NOT_IN_XML = "[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_"
MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_NOT_IN_XML = re.compile(NOT_IN_XML)


class Styles(NamedTuple):
    """The numbers of cell styles in a workbook: for a quoted text, and for a date."""

    quoted: int
    day: int


class TooLargeError(ValueError):
    """Rows that exceed the limits of a sheet; `excess` is what `too_much` finds."""

    def __init__(self, excess: dict[str, int]) -> None:
        super().__init__(f"no sheet holds {excess}")
        self.excess = excess


def too_much(rows: pl.DataFrame) -> dict[str, int]:
    """What exceeds the limits of a sheet: the number of `rows`, or of `characters` of a text; usually empty."""
    if rows.height > MOST_ROWS:
        return {"rows": rows.height}
    texts = flat(rows.lazy()).select(pl.col(pl.String).str.len_chars().max()).collect()
    longest = max((length or 0 for row in texts.iter_rows() for length in row), default=0)
    return {"characters": longest} if longest > LONGEST else {}


def xlsx(rows: pl.DataFrame, metadata: Metadata) -> bytes:
    """The rows as a workbook of three sheets: rows, sources and licenses, notes; a fourth if a state disputes a figure.

    Raises:
        TooLargeError: the rows exceed the limits of a sheet.
    """
    if excess := too_much(rows):
        raise TooLargeError(excess)
    frame, buffer, (first, second, third) = flat(rows.lazy()).collect(), io.BytesIO(), metadata.sheets
    with xlsxwriter.Workbook(buffer, SETTINGS) as book:
        # The date of the snapshot, so that equal rows always give equal files.
        day = datetime.fromisoformat(metadata.created[:10])
        book.set_properties({"title": metadata.title, "comments": metadata.citation, "created": day})
        sheets = Sheets(book)
        sheets.heading(first, frame)
        sheets.table(second, metadata.sources)
        sheets.prose(third, metadata.notes)
        if metadata.disputed.height:
            sheets.table(metadata.disputed_name, metadata.disputed)
    return _replace_samples(buffer, frame)


class Sheets:
    """The sheets of a workbook; with constant memory each must be filled from top to bottom."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - the library gives no types
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        # Like an apostrophe in front: the cell stays a text when it is edited.
        self.quoted = book.add_format({"quote_prefix": True})

    def heading(self, name: str, frame: pl.DataFrame) -> None:
        """Add a sheet with the heading of a frame and a sample cell of each style, which the rows replace later."""
        sheet = self._headed(name, frame)
        sheet.write_string(1, 0, "text", self.quoted)
        sheet.write_number(1, 1, 0, self.day)

    def table(self, name: str, frame: pl.DataFrame) -> None:
        """Add a sheet of a short frame, with a frozen heading and columns as wide as their content."""
        sheet = self._headed(name, frame)
        for line, row in enumerate(frame.iter_rows(), start=1):
            for number, value in enumerate(row):
                self._cell(sheet, line, number, value)

    def _headed(self, name: str, frame: pl.DataFrame) -> Any:  # noqa: ANN401 - as above
        sheet = self.book.add_worksheet(name)
        for number, column in enumerate(frame.get_columns()):
            sheet.set_column(number, number, _width(column))
            sheet.write_string(0, number, column.name, self.head)
        sheet.freeze_panes(1, 0)
        return sheet

    def prose(self, name: str, notes: tuple[tuple[str, str], ...]) -> None:
        """Add a sheet of labels and sentences."""
        sheet = self.book.add_worksheet(name)
        sheet.set_column(0, 0, WIDEST // 2)
        sheet.set_column(1, 1, 2 * WIDEST, self.wrapped)
        for line, (label, text) in enumerate(notes):
            sheet.write_string(line, 0, label, self.head)
            self._cell(sheet, line, 1, text, self.wrapped)

    def _cell(self, sheet: Any, line: int, number: int, value: Any, style: Any = None) -> None:  # noqa: ANN401 - as above
        if isinstance(value, bool):
            sheet.write_boolean(line, number, value)
        elif isinstance(value, int | float):
            sheet.write_number(line, number, value)
        elif isinstance(value, date):
            sheet.write_datetime(line, number, value, self.day)
        elif value is not None:
            sheet.write_string(line, number, value, self.quoted if _FORMULA.match(value) else style)


def _replace_samples(book: io.BytesIO, frame: pl.DataFrame) -> bytes:
    """A workbook whose first sheet has the rows of a frame instead of the sample cells."""
    result = io.BytesIO()
    with zipfile.ZipFile(book) as parts, zipfile.ZipFile(result, "w", zipfile.ZIP_DEFLATED) as target:
        for part in parts.infolist():
            text = parts.read(part)
            with target.open(part, "w", force_zip64=True) as file:
                file.writelines(_with_rows(text, frame) if part.filename == FIRST else [text])
    return result.getvalue()


def _with_rows(sheet: bytes, frame: pl.DataFrame) -> Iterator[bytes]:
    heading, _, rest = sheet.partition(b'<row r="2"')
    samples, _, after = rest.partition(b"</sheetData>")
    last = f"{xl_col_to_name(max(frame.width - 1, 0))}{frame.height + 1}"
    yield _DIMENSION.sub(f'<dimension ref="A1:{last}"'.encode(), heading, count=1)
    yield from _rows(frame, 2, Styles(*map(int, _STYLE.findall(samples))))
    yield b"</sheetData>" + after


def _rows(frame: pl.DataFrame, first: int, styles: Styles) -> Iterator[bytes]:
    """The XML of the rows from number `first` on (from 1), a batch at a time; nulls have no cell.

    Raises:
        TypeError: a column is not a text, number, boolean or date.
        ValueError: a number is not finite.
    """
    if not all(column.is_finite().all() for column in frame.select(pl.col(pl.Float64, pl.Float32))):
        raise ValueError("no cell holds a number without end, or one that is none")
    cells = [_cells(number, name, kind, styles) for number, (name, kind) in enumerate(frame.schema.items())]
    row = pl.col("#row").cast(pl.String)
    line = pl.concat_str(pl.lit('<row r="'), row, pl.lit('">'), *cells, pl.lit("</row>"))
    for part in frame.with_row_index("#row", first).iter_slices(BATCH):
        yield "".join(part.select(line).to_series()).encode()


def _cells(number: int, name: str, kind: pl.DataType, styles: Styles) -> pl.Expr:
    """The XML of a column's cells; empty for nulls."""
    column, place = pl.col(name), pl.concat_str(pl.lit(f'<c r="{xl_col_to_name(number)}'), pl.col("#row"))
    if kind == pl.String:
        style = pl.when(column.str.contains(FORMULA)).then(pl.lit(f'" s="{styles.quoted}')).otherwise(pl.lit(""))
        opening, closing = '" t="inlineStr"><is><t xml:space="preserve">', "</t></is></c>"
        cell = pl.concat_str(place, style, pl.lit(opening), _xml(column), pl.lit(closing))
    elif kind == pl.Boolean:
        cell = pl.concat_str(place, pl.lit('" t="b"><v>'), column.cast(pl.Int8), pl.lit("</v></c>"))
    elif kind == pl.Date:
        days = (column - pl.lit(DAY_ZERO)).dt.total_days()
        cell = pl.concat_str(place, pl.lit(f'" s="{styles.day}"><v>'), days, pl.lit("</v></c>"))
    elif kind.is_numeric():
        cell = pl.concat_str(place, pl.lit('"><v>'), column, pl.lit("</v></c>"))
    else:
        raise TypeError(f"column {name} holds {kind}, for which no cell is known")
    return pl.when(column.is_null()).then(pl.lit("")).otherwise(cell)


def _xml(column: pl.Expr) -> pl.Expr:
    """A text escaped for XML."""
    # Few texts have such a character: only those are processed one by one.
    has_invalid = column.str.contains(NOT_IN_XML)
    escaped = pl.when(has_invalid).then(column).map_elements(_escaped, return_dtype=pl.String)
    return pl.coalesce(escaped, column).str.replace_many(list(MARKUP), list(MARKUP.values()))


def _escaped(text: str) -> str:
    def number(match: re.Match[str]) -> str:
        return f"_x005F{match[0]}" if len(match[0]) > 1 else f"_x{ord(match[0]):04X}_"

    return _NOT_IN_XML.sub(number, text)


def _width(column: pl.Series) -> int:
    longest = column.head(SAMPLE).cast(pl.String).str.len_chars().max()
    return max(NARROWEST, min(WIDEST, max(len(column.name), int(str(longest or 0))) + 2))
