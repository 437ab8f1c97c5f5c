"""One line of a sheet becomes an entry, or all the faults that are in it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.utils import get_column_letter

from data.columns import DECLARED
from data.report.answered import FIGURES_PARAGRAPH, Known
from data.report.asked import Asked
from data.report.cells import CellError, Reader, blank
from data.report.entry import Entry, target_of
from data.report.faults import Fault, fault
from data.report.form import Sheet

DOCUMENT = ("document", "issuer", "date")
# What names the thing that is answered, and so stands in its id; and a column that is a field of another name.
SUBJECT = ("replies_to", "indicator", "year", "sex", "age", "form", "origin", "destination")
NAMES = {"date": "dated"}
Cells = Mapping[str, Cell | MergedCell]


@dataclass(frozen=True)
class Lines:
    """Reads the lines of a workbook's sheets.

    Attributes:
        asked: what the workbook was made for.
        reader: reads its cells.
        known: what may be answered.
    """

    asked: Asked
    reader: Reader
    known: Known

    def read(self, sheet: Sheet, row: int, paragraph: int, cells: Cells) -> Entry | list[Fault]:
        """The entry of a line in which something stands, or its faults."""
        held, faults = self._values(sheet, row, cells)
        place = {column.code: f"{get_column_letter(n)}{row}" for n, column in enumerate(sheet.columns, start=1)}
        faults += [fault(code, sheet.name, place[column], **v) for code, column, v in self._broken(held, cells)]
        if faults:
            return faults
        target = target_of(sheet.code, self.asked, held)
        if found := self._unanswerable(sheet, target, held, place):
            return [found]
        answered = self.known.entries[target][0] if target and sheet.code == "answers" else FIGURES_PARAGRAPH
        told = {NAMES.get(name, name): value for name, value in held.items() if name not in SUBJECT}
        return Entry(sheet.name, row, paragraph or answered, replies_to=target, **told)

    def _values(self, sheet: Sheet, row: int, cells: Cells) -> tuple[dict[str, Any], list[Fault]]:
        held: dict[str, Any] = {}
        faults = []
        for number, column in enumerate(sheet.columns, start=1):
            cell = cells.get(column.code)
            place = f"{get_column_letter(number)}{row}"
            if column.kind == "locked":
                continue
            if cell is None or blank(cell):
                if column.required:
                    faults.append(fault("blank", sheet.name, place))
                continue
            try:
                held[column.code] = self.reader.read(cell, column)
            except CellError as error:
                faults.append(error.at(sheet.name, place))
        return held, faults

    def _broken(self, held: Mapping[str, Any], cells: Cells) -> Iterator[tuple[str, str, dict[str, str | int]]]:
        """The rules that the cells of a line break together: code, column, what its words need."""
        given = {name for name, cell in cells.items() if not blank(cell)}
        document = [name for name in DOCUMENT if name in given]
        if "status" in given and not document:
            yield "status_without_document", "status", {}
        elif (document or "url" in given) and len(document) < len(DOCUMENT):
            yield "document_half", next(name for name in DOCUMENT if name not in given), {}
        if "status" in held and held.get("period_to", self.asked.ends) < DECLARED:
            yield "status_before", "status", {}
        yield from self._period(held, given)

    def _period(self, held: Mapping[str, Any], given: set[str]) -> Iterator[tuple[str, str, dict[str, str | int]]]:
        ends = ("period_from", "period_to")
        if len(given & {*ends}) == 1:
            yield "period_half", next(name for name in ends if name not in given), {}
        first, last = (held.get(name) for name in ends)
        if first and last and last < first:
            yield "period_reversed", "period_to", {}
        for name in ends:
            if name in held and not self.asked.begins <= held[name] <= self.asked.ends:
                yield "period_outside", name, {"period": self.asked.period}

    def _unanswerable(
        self, sheet: Sheet, target: str | None, held: Mapping[str, Any], place: Mapping[str, str]
    ) -> Fault | None:
        """Why what a line answers cannot be answered by this workbook."""
        if target is None:
            return None
        first, actor = place[sheet.columns[0].code], self.asked.actor
        if sheet.code != "answers":
            if target not in self.known.figures:
                return fault("unknown_figure", sheet.name, first, found=target)
            abroad = sheet.code == "flows" and self.asked.area not in {held["origin"], held["destination"]}
            return fault("figure_of_another", sheet.name, first, actor=actor) if abroad else None
        if target not in self.known.entries:
            return fault("unknown_entry", sheet.name, first, found=target)
        _, whose = self.known.entries[target]
        return fault("entry_of_another", sheet.name, first, actor=whose) if whose != self.asked.area else None
