"""Reads a filled workbook: all of it, or every fault that is in it. Nothing is written, and nothing is half taken."""

import io
import warnings
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from functools import partial
from typing import Any

from openpyxl import Workbook, load_workbook
from openpyxl.worksheet.worksheet import Worksheet

from data.i18n import Language
from data.report import container, form, opened, sealed
from data.report.answered import Known
from data.report.cells import CellError, Reader, blank
from data.report.cover import ENTERED, ROWS
from data.report.entry import Entry, alike
from data.report.faults import Fault, fault
from data.report.form import Column, Sheet
from data.report.lines import Cells, Lines
from data.report.outcome import Reading

# Two inputs of the cover, read as cells of a sheet are.
INPUTS = (Column("issuer", "", "text", 0, 200, required=True), Column("date", "", "date", 0, required=True))


def read(content: bytes, lang: Language, today: date, known: Known) -> Reading:
    """Read the bytes of a workbook.

    Args:
        content: as they were sent.
        lang: what to speak where the workbook does not say its language.
        today: no date may lie after it.
        known: what may be answered.
    """
    parts = container.parts(content)
    if parts.faults:
        return Reading(lang, faults=parts.faults)
    try:
        with warnings.catch_warnings():
            # What Excel adds in lists of extensions, such as drop-downs with words of another sheet, is left out aloud.
            warnings.simplefilter("ignore", UserWarning)
            book = load_workbook(io.BytesIO(parts.packed()))
    except Exception:  # noqa: BLE001 - the library raises whatever a damaged part makes it raise
        return Reading(lang, faults=(fault("damaged"),))
    return _read(book, lang, today, known)


def _read(book: Workbook, lang: Language, today: date, known: Known) -> Reading:
    found = sealed.cover_of(book, today)
    if found.asked is None:
        return Reading(found.language or lang, faults=tuple(found.faults))
    asked = found.asked
    reader = Reader(asked.language, today, known.lines)
    inputs, faults = _inputs(book[found.sheet], reader)
    sheets = [replace(sheet, name=name) for sheet, name in zip(form.sheets(asked), found.names[2:], strict=True)]
    faults = [*found.faults, *faults, *opened.faults(book, found, sheets)]
    lines = Lines(asked, reader, known)
    held = [sheet for sheet in sheets if sheet.name in book.sheetnames]
    results = [one for sheet in held for one in _lines(book[sheet.name], sheet, partial(lines.read, sheet))]
    entries = [one for one in results if isinstance(one, Entry)]
    faults += [told for one in results if not isinstance(one, Entry) for told in one]
    faults += _repeated(entries, sheets)
    # Of a workbook whose sheets are gone it says nothing new.
    if not results and len(held) == len(sheets):
        faults.append(fault("nothing"))
    whole = Reading(asked.language, asked, faults=tuple(dict.fromkeys(faults)))
    unchecked = not known.lines and any(entry.line for entry in entries)
    return whole if faults else replace(whole, entries=tuple(entries), unchecked=unchecked, **inputs)


def _inputs(sheet: Worksheet, reader: Reader) -> tuple[dict[str, Any], list[Fault]]:
    """Who sends the workbook, and its date."""
    held: dict[str, Any] = {}
    faults = []
    for (code, _), column in zip(ENTERED, INPUTS, strict=True):
        cell = sheet.cell(ROWS[code], 4)
        if blank(cell):
            faults.append(fault("cover_blank", sheet.title, cell.coordinate))
            continue
        try:
            held["dated" if code == "date" else code] = reader.read(cell, column)
        except CellError as error:
            faults.append(error.at(sheet.title, cell.coordinate))
    return held, faults


def _lines(
    sheet: Worksheet, told: Sheet, read_line: Callable[[int, int, Cells], Entry | list[Fault]]
) -> Iterator[Entry | list[Fault]]:
    for row, paragraph in enumerate(told.lines, start=form.FIRST_LINE):
        cells: Cells = {
            column.code: sheet.cell(row, number)
            for number, column in enumerate(told.columns, start=1)
            if column.kind != "locked"
        }
        if not all(map(blank, cells.values())):
            yield read_line(row, paragraph, cells)


def _repeated(entries: list[Entry], sheets: list[Sheet]) -> Iterator[Fault]:
    first: dict[tuple[object, ...], Entry] = {}
    for entry in entries:
        earlier = first.setdefault(alike(entry), entry)
        if earlier is not entry:
            columns = next(sheet.columns for sheet in sheets if sheet.name == entry.sheet)
            wanted = "finding" if earlier.paragraph and columns[0].code == "paragraph" else columns[0].code
            place = form.place(columns, wanted, entry.row)
            yield fault("duplicate", entry.sheet, place, row=earlier.row)
