"""Rows as an Excel workbook: typed columns, a sheet of sources, one of notes. No text becomes a formula or a link."""

import io
import re
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import polars as pl
import xlsxwriter

from dashboard.files.delimited import FORMULA, flat
from dashboard.files.enclosed import Enclosed

# What a sheet can hold, its heading aside, and what a cell can.
MOST_ROWS, LONGEST = 1_048_576 - 1, 32_767
NARROWEST, WIDEST, SAMPLE = 8, 60, 200
BATCH = 10_000
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
    buffer, (first, second, third) = io.BytesIO(), told.sheets
    with xlsxwriter.Workbook(buffer, SETTINGS) as book:
        # The day of the snapshot: the same rows give the same file on any day.
        day = datetime.fromisoformat(told.created[:10])
        book.set_properties({"title": told.title, "comments": told.citation, "created": day})
        sheets = Sheets(book)
        sheets.table(first, flat(rows.lazy()).collect())
        sheets.table(second, told.sources)
        sheets.prose(third, told.notes)
        if told.disputed.height:
            sheets.table(told.disputed_name, told.disputed)
    return buffer.getvalue()


class Sheets:
    """Sheets of a workbook; constant memory wants each filled from top to bottom."""

    def __init__(self, book: Any) -> None:  # noqa: ANN401 - the library gives no types
        self.book = book
        self.head = book.add_format({"bold": True, "bottom": 1})
        self.day = book.add_format({"num_format": "yyyy-mm-dd"})
        self.wrapped = book.add_format({"text_wrap": True, "valign": "top"})
        # As an apostrophe before it would: the text stays one when a reader edits its cell.
        self.quoted = book.add_format({"quote_prefix": True})

    def table(self, name: str, frame: pl.DataFrame) -> None:
        """Add a sheet of a frame: its header stays in sight, columns are as wide as what they hold."""
        sheet = self.book.add_worksheet(name)
        for number, column in enumerate(frame.get_columns()):
            sheet.set_column(number, number, _width(column))
            sheet.write_string(0, number, column.name, self.head)
        sheet.freeze_panes(1, 0)
        for line, row in enumerate(_rows(frame), start=1):
            for number, value in enumerate(row):
                self._cell(sheet, line, number, value)

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


def _rows(frame: pl.DataFrame) -> Iterator[tuple[Any, ...]]:
    for part in frame.iter_slices(BATCH):
        yield from part.iter_rows()


def _width(column: pl.Series) -> int:
    longest = column.head(SAMPLE).cast(pl.String).str.len_chars().max()
    return max(NARROWEST, min(WIDEST, max(len(column.name), int(str(longest or 0))) + 2))
