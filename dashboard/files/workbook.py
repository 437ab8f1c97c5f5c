"""Rows as an Excel workbook: typed columns, a sheet of sources, one of notes. No text becomes a formula or a link."""

import io
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import polars as pl
import xlsxwriter

from dashboard.files import many_cells
from dashboard.files.delimited import FORMULA, flat
from dashboard.files.enclosed import Enclosed

# What a sheet can hold, its heading aside, and what a cell can.
MOST_ROWS, LONGEST = 1_048_576 - 1, 32_767
NARROWEST, WIDEST, SAMPLE = 8, 60, 200
FIRST = "xl/worksheets/sheet1.xml"
_REACH, _LOOK = re.compile(rb'<dimension ref="[^"]*"'), re.compile(rb's="([0-9]+)"')
# Memory holds one row at a time, and a text is a text, whatever it begins with.
SETTINGS = {
    "constant_memory": True,
    "strings_to_formulas": False,
    "strings_to_urls": False,
    "strings_to_numbers": False,
}
_FORMULA = re.compile(FORMULA)


def too_much(rows: pl.DataFrame) -> dict[str, int]:
    """What of the rows no sheet can hold: how many `rows`, or how many `characters` of one text; mostly nothing."""
    if rows.height > MOST_ROWS:
        return {"rows": rows.height}
    texts = flat(rows.lazy()).select(pl.col(pl.String).str.len_chars().max()).collect()
    longest = max((length or 0 for row in texts.iter_rows() for length in row), default=0)
    return {"characters": longest} if longest > LONGEST else {}


def xlsx(rows: pl.DataFrame, told: Enclosed) -> bytes:
    """The rows as a workbook of three sheets: rows, sources and licences, notes; a fourth where a state disputes one.

    Raises:
        ValueError: they are too much for a sheet (`too_much`).
    """
    if excess := too_much(rows):
        raise ValueError(f"no sheet holds {excess}")
    frame, buffer, (first, second, third) = flat(rows.lazy()).collect(), io.BytesIO(), told.sheets
    with xlsxwriter.Workbook(buffer, SETTINGS) as book:
        # The day of the snapshot: the same rows give the same file on any day.
        day = datetime.fromisoformat(told.created[:10])
        book.set_properties({"title": told.title, "comments": told.citation, "created": day})
        sheets = Sheets(book)
        sheets.head_of(first, frame)
        sheets.table(second, told.sources)
        sheets.prose(third, told.notes)
        if told.disputed.height:
            sheets.table(told.disputed_name, told.disputed)
    return _filled(buffer, frame)


def _filled(made: io.BytesIO, frame: pl.DataFrame) -> bytes:
    """A workbook whose first sheet has a heading and the looks of cells, with the rows in their place."""
    whole = io.BytesIO()
    with zipfile.ZipFile(made) as book, zipfile.ZipFile(whole, "w", zipfile.ZIP_DEFLATED) as filled:
        for part in book.infolist():
            text = book.read(part)
            with filled.open(part, "w", force_zip64=True) as out:
                out.writelines(_with_rows(text, frame) if part.filename == FIRST else [text])
    return whole.getvalue()


def _with_rows(sheet: bytes, frame: pl.DataFrame) -> Iterator[bytes]:
    heading, _, rest = sheet.partition(b'<row r="2"')
    looks, _, after = rest.partition(b"</sheetData>")
    reach = f"{many_cells.letters(max(frame.width - 1, 0))}{frame.height + 1}"
    yield _REACH.sub(f'<dimension ref="A1:{reach}"'.encode(), heading, count=1)
    yield from many_cells.rows(frame, 2, many_cells.Looks(*map(int, _LOOK.findall(looks))))
    yield b"</sheetData>" + after


class Sheets:
    """Sheets of a workbook; constant memory wants each filled from top to bottom."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - the library gives no types
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        # As an apostrophe before it would: the text stays one when a reader edits its cell.
        self.quoted = book.add_format({"quote_prefix": True})

    def head_of(self, name: str, frame: pl.DataFrame) -> None:
        """Add a sheet of the heading of a frame, and under it a cell of each look, in whose place the rows will be."""
        sheet = self._headed(name, frame)
        sheet.write_string(1, 0, "text", self.quoted)
        sheet.write_number(1, 1, 0, self.day)

    def table(self, name: str, frame: pl.DataFrame) -> None:
        """Add a sheet of a short frame: its header stays in sight, columns are as wide as what they hold."""
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

    def prose(self, name: str, told: tuple[tuple[str, str], ...]) -> None:
        """Add a sheet of labels, each with a sentence."""
        sheet = self.book.add_worksheet(name)
        sheet.set_column(0, 0, WIDEST // 2)
        sheet.set_column(1, 1, 2 * WIDEST, self.wrapped)
        for line, (label, text) in enumerate(told):
            sheet.write_string(line, 0, label, self.head)
            self._cell(sheet, line, 1, text, self.wrapped)

    def _cell(self, sheet: Any, line: int, number: int, value: Any, look: Any = None) -> None:  # noqa: ANN401 - as above
        if isinstance(value, bool):
            sheet.write_boolean(line, number, value)
        elif isinstance(value, int | float):
            sheet.write_number(line, number, value)
        elif isinstance(value, date):
            sheet.write_datetime(line, number, value, self.day)
        elif value is not None:
            sheet.write_string(line, number, value, self.quoted if _FORMULA.match(value) else look)


def _width(column: pl.Series) -> int:
    longest = column.head(SAMPLE).cast(pl.String).str.len_chars().max()
    return max(NARROWEST, min(WIDEST, max(len(column.name), int(str(longest or 0))) + 2))
