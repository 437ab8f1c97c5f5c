"""Rows as an Excel workbook: typed columns, a sheet of sources, one of notes. No text becomes a formula or a link.

xlsxwriter writes the short sheets, cell by cell. The rows of a view may be a million, for which that takes two minutes:
Polars writes their XML (ECMA-376, part 1, 18.3.1) in whole columns, and it is put in the place of two sample cells.
"""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any, NamedTuple

import polars as pl
import xlsxwriter

from dashboard.export.formats import FORMULA, flat
from dashboard.export.metadata import Metadata

# What a sheet can hold, its heading aside, and what a cell can.
MOST_ROWS, LONGEST = 1_048_576 - 1, 32_767
NARROWEST, WIDEST, SAMPLE = 8, 60, 200
FIRST = "xl/worksheets/sheet1.xml"
_DIMENSION, _STYLE = re.compile(rb'<dimension ref="[^"]*"'), re.compile(rb's="([0-9]+)"')
# Memory holds one row at a time, and a text is a text, whatever it begins with.
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
# What XML cannot hold, or a reader would take for such an escape; Excel writes the character's number instead.
NOT_IN_XML = "[\x00-\x08\x0b-\x1f\ufffe\uffff]|_x[0-9A-Fa-f]{4}_"
MARKUP = {"&": "&amp;", "<": "&lt;", ">": "&gt;"}
_NOT_IN_XML = re.compile(NOT_IN_XML)


class Styles(NamedTuple):
    """The numbers that a workbook gives to the styles of its cells: of a text that stays one, and of a day."""

    quoted: int
    day: int


def too_much(rows: pl.DataFrame) -> dict[str, int]:
    """What no sheet can hold: how many `rows`, or how many `characters` of one text; mostly nothing."""
    if rows.height > MOST_ROWS:
        return {"rows": rows.height}
    texts = flat(rows.lazy()).select(pl.col(pl.String).str.len_chars().max()).collect()
    longest = max((length or 0 for row in texts.iter_rows() for length in row), default=0)
    return {"characters": longest} if longest > LONGEST else {}


def xlsx(rows: pl.DataFrame, metadata: Metadata) -> bytes:
    """The rows as a workbook of three sheets: rows, sources and licences, notes; a fourth if a state disputes a figure.

    Raises:
        ValueError: they are too much for a sheet (`too_much`).
    """
    if excess := too_much(rows):
        raise ValueError(f"no sheet holds {excess}")
    frame, buffer, (first, second, third) = flat(rows.lazy()).collect(), io.BytesIO(), metadata.sheets
    with xlsxwriter.Workbook(buffer, SETTINGS) as book:
        # The day of the snapshot: equal rows give equal files on any day.
        day = datetime.fromisoformat(metadata.created[:10])
        book.set_properties({"title": metadata.title, "comments": metadata.citation, "created": day})
        sheets = Sheets(book)
        sheets.heading(first, frame)
        sheets.table(second, metadata.sources)
        sheets.prose(third, metadata.notes)
        if metadata.disputed.height:
            sheets.table(metadata.disputed_name, metadata.disputed)
    return _filled(buffer, frame)


class Sheets:
    """Sheets of a workbook; constant memory wants each filled from top to bottom."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - the library gives no types
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        # Like an apostrophe in front: the text stays one when a reader edits its cell.
        self.quoted = book.add_format({"quote_prefix": True})

    def heading(self, name: str, frame: pl.DataFrame) -> None:
        """Add a sheet with the heading of a frame and a sample cell of each style, which the rows will replace."""
        sheet = self._headed(name, frame)
        sheet.write_string(1, 0, "text", self.quoted)
        sheet.write_number(1, 1, 0, self.day)

    def table(self, name: str, frame: pl.DataFrame) -> None:
        """Add a sheet of a short frame: its heading stays in sight, columns are as wide as their content."""
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
        """Add a sheet of labels, each with a sentence."""
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


def letters(number: int) -> str:
    """A column's letters: 0 is A, 26 is AA."""
    name, rest = "", number + 1
    while rest:
        rest, digit = divmod(rest - 1, 26)
        name = chr(ord("A") + digit) + name
    return name


def _filled(book: io.BytesIO, frame: pl.DataFrame) -> bytes:
    """A workbook with the rows in the place of the sample cells of its first sheet."""
    whole = io.BytesIO()
    with zipfile.ZipFile(book) as parts, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as filled:
        for part in parts.infolist():
            text = parts.read(part)
            with filled.open(part, "w", force_zip64=True) as out:
                out.writelines(_with_rows(text, frame) if part.filename == FIRST else [text])
    return whole.getvalue()


def _with_rows(sheet: bytes, frame: pl.DataFrame) -> Iterator[bytes]:
    heading, _, rest = sheet.partition(b'<row r="2"')
    samples, _, after = rest.partition(b"</sheetData>")
    last = f"{letters(max(frame.width - 1, 0))}{frame.height + 1}"
    yield _DIMENSION.sub(f'<dimension ref="A1:{last}"'.encode(), heading, count=1)
    yield from _rows(frame, 2, Styles(*map(int, _STYLE.findall(samples))))
    yield b"</sheetData>" + after


def _rows(frame: pl.DataFrame, first: int, styles: Styles) -> Iterator[bytes]:
    """The XML of the rows from number `first` on (from 1), a batch at a time; a null is no cell.

    Raises:
        TypeError: a column is neither text, number, truth nor day.
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
    """The XML of a column's cells, empty where the column has no value."""
    column, place = pl.col(name), pl.concat_str(pl.lit(f'<c r="{letters(number)}'), pl.col("#row"))
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
    """A text as XML."""
    # Hardly any text holds such a character: only those that do are looked through one by one.
    odd = column.str.contains(NOT_IN_XML)
    escaped = pl.when(odd).then(column).map_elements(_escaped, return_dtype=pl.String)
    return pl.coalesce(escaped, column).str.replace_many(list(MARKUP), list(MARKUP.values()))


def _escaped(text: str) -> str:
    def number(found: re.Match[str]) -> str:
        return f"_x005F{found[0]}" if len(found[0]) > 1 else f"_x{ord(found[0]):04X}_"

    return _NOT_IN_XML.sub(number, text)


def _width(column: pl.Series) -> int:
    longest = column.head(SAMPLE).cast(pl.String).str.len_chars().max()
    return max(NARROWEST, min(WIDEST, max(len(column.name), int(str(longest or 0))) + 2))
