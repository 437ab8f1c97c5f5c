"""The cells of the publishers' real workbooks, as openpyxl reads them; once a session, since it takes seconds."""

from functools import cache
from io import BytesIO
from pathlib import Path

import openpyxl

Rows = list[tuple[object, ...]]


@cache
def sheets(content: bytes) -> dict[str, Rows]:
    """Every row of every sheet, by the sheet's name."""
    book = openpyxl.load_workbook(BytesIO(content), read_only=True)
    for sheet in book.worksheets:
        # Their records of their own size may be wrong.
        sheet.reset_dimensions()
    found = {sheet.title: list(sheet.iter_rows(values_only=True)) for sheet in book.worksheets}
    book.close()
    return found


def cells(path: Path) -> Rows:
    """Every row of a workbook's first sheet."""
    return next(iter(sheets(path.read_bytes()).values()))
