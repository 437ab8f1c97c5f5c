"""The form of an opened workbook: its cover and seal, its sheets, and that nothing stands where nothing belongs."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.i18n import LANGUAGES, Language, language
from data.report import cover, form
from data.report.asked import Asked, AskedError, asked
from data.report.cells import UNREAD, blank
from data.report.faults import Fault, fault
from data.report.form import Sheet

# The columns of the cover, and how far down and to the right the sheet of instructions goes.
CODE, VALUE, LABEL, WORDS = 1, 2, 3, 4
LAST_TOLD, WIDEST_TOLD = 60, 12
ASKED = ("kind", "area", "period", "language")


@dataclass(frozen=True)
class Cover:
    """What the cover says: for what the workbook was made, the names of its sheets, and what is wrong with it."""

    asked: Asked | None = None
    sheet: str = ""
    names: tuple[str, ...] = ()
    language: Language | None = None
    faults: tuple[Fault, ...] = ()


def cover_of(book: Workbook, today: date) -> Cover:
    """The cover of a workbook."""
    sheet = next((one for one in book.worksheets if _is_cover(one)), None)
    if sheet is None:
        return Cover(faults=(fault("not_the_form"),))
    rows = {code: cover.FIRST + number for number, code in enumerate(cover.LABELS)}
    held = {code: _text(sheet.cell(row, VALUE)) for code, row in rows.items()}
    lang = language(held["language"]) if held["language"] in LANGUAGES else None
    if held["version"] != str(form.VERSION):
        place = f"B{rows['version']}"
        told = fault("other_version", sheet.title, place, found=held["version"], wanted=str(form.VERSION))
        return Cover(language=lang, faults=(told,))
    try:
        wanted = _asked(held, today)
    except AskedError:
        return Cover(language=lang, faults=tuple(_unknown(sheet, rows, held, today)))
    names = tuple(held["sheets"].split("|"))
    found = tuple(_altered(sheet, wanted))
    if len(names) != len(form.names(wanted)):
        return Cover(language=lang, faults=found or (fault("cover_altered", sheet.title, f"B{rows['sheets']}"),))
    return Cover(wanted, sheet.title, names, lang, found)


def _is_cover(sheet: Worksheet) -> bool:
    told = tuple(_text(sheet.cell(cover.FIRST, column)) for column in (CODE, VALUE))
    return told == (next(iter(cover.LABELS)), form.NAME)


def _text(cell: Cell | MergedCell) -> str:
    return "" if cell.value is None else str(cell.value)


def _unknown(sheet: Worksheet, rows: dict[str, int], held: dict[str, str], today: date) -> Iterator[Fault]:
    """Which of the four words of the cover is none that is known; the others stand in for what is known."""
    known = {"kind": "correction", "area": "CRI", "period": str(today.year), "language": "en"}
    wrong = [code for code in ASKED if not _answers(known | {code: held[code]}, today)]
    for code in wrong or ["area"]:
        yield fault("cover_unknown", sheet.title, f"B{rows[code]}", found=held[code])


def _asked(words: dict[str, str], today: date) -> Asked:
    return asked(words["kind"], words["area"], words["period"], words["language"], today)


def _answers(words: dict[str, str], today: date) -> bool:
    try:
        _asked(words, today)
    except AskedError:
        return False
    return True


def _altered(sheet: Worksheet, wanted: Asked) -> Iterator[Fault]:
    """The cells that do not stand as they were written; nothing where the seal says that all do."""
    rows = range(cover.FIRST, cover.SEAL_ROW)
    cells = [[_text(sheet.cell(row, column)) for column in (CODE, VALUE, LABEL, WORDS)] for row in rows]
    seal = cover.seal(cells)
    marks = [_text(sheet.cell(cover.SEAL_ROW, column)) for column in (VALUE, WORDS)]
    if marks == [seal, seal]:
        return
    written = [(line.code, line.value, line.label, line.words) for line in cover.lines(wanted)]
    differing = [
        (get_column_letter(column), row, cell)
        for row, line, told in zip(rows, cells, written, strict=True)
        for column, (cell, right) in enumerate(zip(line, told, strict=True), start=1)
        if cell != right
    ]
    for letter, row, cell in differing or [("D", cover.SEAL_ROW, marks[1])]:
        yield fault("cover_altered", sheet.title, f"{letter}{row}", found=cell)


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
