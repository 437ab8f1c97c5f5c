"""Read a filled workbook: all its entries, or all its faults. Nothing is written, and nothing is accepted in part."""

import io
import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.cell.cell import Cell
from openpyxl.worksheet.worksheet import Worksheet

from data.i18n import N_, Language
from data.report import cover, form, package
from data.report.cells import UNREAD, CellError, Reader, is_blank
from data.report.cover import Cover
from data.report.entries import Cells, LineReader, ReportEntry
from data.report.faults import Fault, fault
from data.report.form import FormSheet
from data.report.order import Order
from data.report.targets import Targets

UNCHECKED = N_("The text of the work plan is not loaded, so the numbers of its lines were not checked.")
# The last row and column of the sheet of instructions.
LAST_INSTRUCTION = 60
LAST_COLUMN = 12


@dataclass(frozen=True)
class Reading:
    """The result of reading a workbook.

    Attributes:
        language: the workbook's language; None if the workbook does not say.
        order: what it was made for; None if that cannot be read.
        issuer, dated: who sends it, and the date of the report.
        entries: one for each filled line; empty if there is any fault.
        faults: every fault, in the order of the sheets.
        unchecked: whether it names lines of the work plan that could not be checked, as the text is not loaded.
    """

    language: Language | None = None
    order: Order | None = None
    issuer: str = ""
    dated: date | None = None
    entries: tuple[ReportEntry, ...] = ()
    faults: tuple[Fault, ...] = ()
    unchecked: bool = False

    @property
    def remarks(self) -> tuple[str, ...]:
        """Remarks on a workbook without faults, in its language."""
        return (self.language.text(UNCHECKED),) if self.language and self.unchecked else ()


def read(content: bytes, today: date, targets: Targets) -> Reading:
    """Read the bytes of a workbook.

    Args:
        content: the file as it was sent.
        today: dates must not be later.
        targets: the entries and figures that may be answered.
    """
    unpacked = package.unpack(content)
    if unpacked.faults:
        return Reading(faults=unpacked.faults)
    try:
        with warnings.catch_warnings():
            # openpyxl warns about extensions that it ignores, such as drop-downs with words from another sheet.
            warnings.simplefilter("ignore", UserWarning)
            book = load_workbook(io.BytesIO(unpacked.packed()))
    except Exception:  # noqa: BLE001 - a damaged part can make openpyxl raise anything
        return Reading(faults=(fault("damaged"),))
    front = cover.read_cover(book, today)
    if front.order is None:
        return Reading(front.language, faults=front.faults)
    return _read_sheets(book, front, front.order, today, targets)


def _read_sheets(book: Workbook, front: Cover, order: Order, today: date, targets: Targets) -> Reading:
    reader = Reader(order.language, today, targets.lines)
    inputs, input_faults = _inputs(book[front.sheet], reader)
    sheets = [replace(sheet, name=name) for sheet, name in zip(form.sheets(order), front.sheets[2:], strict=True)]
    present = [sheet for sheet in sheets if sheet.name in book.sheetnames]
    lines = LineReader(order, reader, targets)
    results = [one for sheet in present for one in _lines(book[sheet.name], sheet, lines)]
    entries = [one for one in results if isinstance(one, ReportEntry)]
    faults = [*front.faults, *input_faults, *_sheet_faults(book, front, sheets)]
    faults += [one for result in results if isinstance(result, list) for one in result]
    faults += _duplicates(entries, sheets)
    # If sheets are missing, their own fault is enough.
    if not results and len(present) == len(sheets):
        faults.append(fault("nothing"))
    if faults:
        return Reading(order.language, order, faults=tuple(dict.fromkeys(faults)))
    unchecked = not targets.lines and any(entry.line for entry in entries)
    return Reading(order.language, order, entries=tuple(entries), unchecked=unchecked, **inputs)


def _inputs(sheet: Worksheet, reader: Reader) -> tuple[dict[str, Any], list[Fault]]:
    """The sender and the date on the cover, and their faults."""
    values: dict[str, Any] = {}
    faults = []
    for column in cover.INPUTS:
        cell = sheet.cell(cover.INPUT_ROWS[column.code], cover.WORDS)
        if is_blank(cell):
            faults.append(fault("cover_blank", sheet.title, cell.coordinate))
            continue
        try:
            values["dated" if column.code == "date" else column.code] = reader.read(cell, column)
        except CellError as error:
            faults.append(error.at(sheet.title, cell.coordinate))
    return values, faults


def _lines(worksheet: Worksheet, sheet: FormSheet, lines: LineReader) -> Iterator[ReportEntry | list[Fault]]:
    for row, paragraph in enumerate(sheet.lines, start=form.FIRST_LINE):
        cells: Cells = {
            column.code: worksheet.cell(row, number)
            for number, column in enumerate(sheet.columns, start=1)
            if column.kind != "locked"
        }
        if not all(map(is_blank, cells.values())):
            yield lines.read(sheet, row, paragraph, cells)


def _duplicates(entries: Sequence[ReportEntry], sheets: Sequence[FormSheet]) -> Iterator[Fault]:
    columns = {sheet.name: sheet.columns for sheet in sheets}
    first: dict[tuple[object, ...], ReportEntry] = {}
    for entry in entries:
        earlier = first.setdefault(entry.subject, entry)
        if earlier is not entry:
            subject = columns[entry.sheet][0].code
            code = "finding" if subject == "paragraph" else subject
            yield fault(
                "duplicate", entry.sheet, form.cell_name(columns[entry.sheet], code, entry.row), row=earlier.row
            )


def _sheet_faults(book: Workbook, front: Cover, sheets: Sequence[FormSheet]) -> Iterator[Fault]:
    """Faults of missing or extra sheets, and of cells where nothing belongs."""
    present = {sheet.title: sheet for sheet in book.worksheets}
    for name in (name for name in front.sheets if name not in present):
        yield fault("sheet_missing", name)
    for name in (name for name in present if name not in front.sheets):
        yield fault("sheet_extra", name)
    forms = {sheet.name: sheet for sheet in sheets}
    for name in (name for name in front.sheets if name in present):
        yield from _worksheet_faults(present[name], forms.get(name), is_cover=name == front.sheet)


def _worksheet_faults(worksheet: Worksheet, sheet: FormSheet | None, *, is_cover: bool) -> Iterator[Fault]:
    if worksheet.sheet_state != "visible":
        yield fault("sheet_hidden", worksheet.title)
    for merged in worksheet.merged_cells.ranges:
        yield fault("merged", worksheet.title, merged.coord)
    cells = _filled_cells(worksheet)
    yield from _hidden(worksheet, cells, {form.CODES} if sheet else set(), {1, 2} if is_cover else set())
    yield from _misplaced(worksheet, cells, sheet, is_cover=is_cover)
    if sheet is not None:
        yield from _altered(worksheet, sheet)


def _filled_cells(worksheet: Worksheet) -> list[Cell]:
    # Public iteration creates every cell up to the farthest one, which may be XFD1048576.
    cells = (cell for cell in worksheet._cells.values() if isinstance(cell, Cell))  # noqa: SLF001
    return sorted((cell for cell in cells if not is_blank(cell)), key=lambda cell: (cell.row, cell.column))


def _hidden(
    worksheet: Worksheet, cells: Sequence[Cell], form_rows: set[int], form_columns: set[int]
) -> Iterator[Fault]:
    """Filled cells in hidden rows and columns, except those that the form itself hides."""
    rows = {number for number, row in worksheet.row_dimensions.items() if row.hidden or row.height == 0}
    columns = {
        number
        for column in worksheet.column_dimensions.values()
        if column.hidden or column.width == 0
        for number in range(column.min or 0, (column.max or 0) + 1)
    }
    for cell in cells:
        if cell.row in rows - form_rows:
            yield fault("hidden_row", worksheet.title, cell.coordinate)
        elif cell.column in columns - form_columns:
            yield fault("hidden_column", worksheet.title, cell.coordinate)


def _misplaced(
    worksheet: Worksheet, cells: Sequence[Cell], sheet: FormSheet | None, *, is_cover: bool
) -> Iterator[Fault]:
    last_row = cover.LAST if is_cover else sheet.last if sheet else LAST_INSTRUCTION
    last_column = cover.WORDS if is_cover else len(sheet.columns) if sheet else LAST_COLUMN
    for cell in cells:
        is_input = is_cover and cell.row in cover.INPUT_ROWS.values() and cell.column == cover.WORDS
        is_line = sheet is not None and cell.row >= form.FIRST_LINE
        if cell.row > last_row or cell.column > last_column:
            yield fault("outside", worksheet.title, cell.coordinate)
        elif cell.data_type in UNREAD and not is_input and not is_line:
            yield fault(UNREAD[cell.data_type], worksheet.title, cell.coordinate)


def _altered(worksheet: Worksheet, sheet: FormSheet) -> Iterator[Fault]:
    """Column codes and paragraph numbers that differ from the form's."""
    for number, column in enumerate(sheet.columns, start=1):
        cell = worksheet.cell(form.CODES, number)
        if cell.value != column.code:
            yield fault("form_altered", worksheet.title, cell.coordinate, wanted=column.code)
    for row, paragraph in enumerate(sheet.lines, start=form.FIRST_LINE):
        cell = worksheet.cell(row, 1)
        if paragraph and cell.value != paragraph:
            yield fault("form_altered", worksheet.title, cell.coordinate, wanted=str(paragraph))
