"""The cover of a filled workbook: what it was made for, and whether it stands as it was written."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from data.i18n import LANGUAGES, Language, language
from data.report import cover, form
from data.report.asked import Asked, AskedError, asked
from data.report.faults import Fault, fault

# The columns of the cover.
CODE, VALUE, LABEL, WORDS = 1, 2, 3, 4
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
        told = fault("cover_altered", sheet.title, f"B{rows['sheets']}", found=held["sheets"])
        return Cover(language=lang, faults=found or (told,))
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
    # In another language every label is another: it is one word that was altered.
    if sum(letter == "C" for letter, _, _ in differing) > len(rows) / 2:
        differing = [("B", row, line[1]) for row, line in zip(rows, cells, strict=True) if line[0] == "language"]
    for letter, row, cell in differing or [("D", cover.SEAL_ROW, marks[1])]:
        yield fault("cover_altered", sheet.title, f"{letter}{row}", found=cell)
