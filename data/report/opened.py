"""The sheets of an opened workbook: that all are there, and that nothing stands where nothing belongs."""

from collections.abc import Iterator, Sequence

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from data.report import cover, form
from data.report.cells import UNREAD, blank
from data.report.faults import Fault, fault
from data.report.form import Sheet
from data.report.sealed import CODE, VALUE, WORDS, Cover

# How far down and to the right the sheet of instructions goes.
LAST_TOLD, WIDEST_TOLD = 60, 12


def faults(book: Workbook, found: Cover, sheets: Sequence[Sheet]) -> Iterator[Fault]:
    """What is wrong with the sheets as such; `sheets` are those that are filled in."""
    held = {sheet.title: sheet for sheet in book.worksheets}
    for name in (name for name in found.names if name not in held):
        yield fault("sheet_missing", name)
    for name in (name for name in held if name not in found.names):
        yield fault("sheet_extra", name)
    filled = {sheet.name: sheet for sheet in sheets}
    for name in (name for name in found.names if name in held):
        yield from _of_sheet(held[name], filled.get(name), is_cover=name == found.sheet)


def _of_sheet(sheet: Worksheet, told: Sheet | None, *, is_cover: bool) -> Iterator[Fault]:
    if sheet.sheet_state != "visible":
        yield fault("sheet_hidden", sheet.title)
    for merged in sheet.merged_cells.ranges:
        yield fault("merged", sheet.title, merged.coord)
    standing = sorted((cell for cell in _cells(sheet) if not blank(cell)), key=lambda cell: (cell.row, cell.column))
    yield from _hidden(sheet, standing, is_cover=is_cover, is_filled=told is not None)
    yield from _misplaced(sheet, standing, told, is_cover=is_cover)
    if told is not None:
        yield from _form_altered(sheet, told)


def _cells(sheet: Worksheet) -> Iterator[Cell]:
    # The rows of a sheet go to its farthest cell, and one may stand in the last row that a sheet can have.
    return (cell for cell in list(sheet._cells.values()) if isinstance(cell, Cell))  # noqa: SLF001


def _hidden(sheet: Worksheet, standing: list[Cell], *, is_cover: bool, is_filled: bool) -> Iterator[Fault]:
    rows = {number for number, row in sheet.row_dimensions.items() if row.hidden or row.height == 0}
    columns = {
        number
        for column in sheet.column_dimensions.values()
        if column.hidden or column.width == 0
        for number in range(column.min or 0, (column.max or 0) + 1)
    }
    ours_rows = {form.CODES} if is_filled else set()
    ours_columns = {CODE, VALUE} if is_cover else set()
    for cell in standing:
        if cell.row in rows - ours_rows:
            yield fault("hidden_row", sheet.title, cell.coordinate)
        elif cell.column in columns - ours_columns:
            yield fault("hidden_column", sheet.title, cell.coordinate)


def _misplaced(sheet: Worksheet, standing: list[Cell], told: Sheet | None, *, is_cover: bool) -> Iterator[Fault]:
    last = max(cover.ROWS.values()) if is_cover else told.last if told else LAST_TOLD
    widest = WORDS if is_cover else len(told.columns) if told else WIDEST_TOLD
    for cell in standing:
        if cell.row > last or cell.column > widest:
            yield fault("outside", sheet.title, cell.coordinate)
        elif (told is None or cell.row < form.FIRST_LINE) and cell.data_type in UNREAD and not _entered(cell, is_cover):
            yield fault(UNREAD[cell.data_type], sheet.title, cell.coordinate)


def _entered(cell: Cell, is_cover: bool) -> bool:
    return is_cover and cell.row in cover.ROWS.values() and cell.column == WORDS


def _form_altered(sheet: Worksheet, told: Sheet) -> Iterator[Fault]:
    """The codes of the columns, and the paragraph of each line."""
    for number, column in enumerate(told.columns, start=1):
        cell = sheet.cell(form.CODES, number)
        if cell.value != column.code:
            yield fault("form_altered", sheet.title, cell.coordinate, wanted=column.code)
    for row, paragraph in enumerate(told.lines, start=form.FIRST_LINE):
        cell = sheet.cell(row, 1)
        if paragraph and cell.value != paragraph:
            yield fault("form_altered", sheet.title, cell.coordinate, wanted=str(paragraph))
