"""Turn one line of a sheet into an entry, or list all its faults."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from openpyxl.cell.cell import Cell, MergedCell

from data.columns import DECLARED
from data.report.cells import CellError, Reader, is_blank
from data.report.faults import Fault, fault
from data.report.form import FormSheet, cell_name
from data.report.order import Order
from data.report.targets import FIGURES_PARAGRAPH, Targets

DOCUMENT = ("document", "issuer", "date")
# Columns that make up the id of the target; and fields whose name differs from their column's.
SUBJECT = ("replies_to", "indicator", "year", "sex", "age", "form", "origin", "destination")
FIELDS = {"date": "dated"}
Cells = Mapping[str, Cell | MergedCell]


@dataclass(frozen=True)
class ReportEntry:
    """The content of one line; `sheet` and `row` are its place, and what was not given is None."""

    sheet: str
    row: int
    paragraph: int
    finding: str
    replies_to: str | None = None
    status: str | None = None
    document: str | None = None
    issuer: str | None = None
    dated: date | None = None
    url: str | None = None
    period_from: date | None = None
    period_to: date | None = None
    line: str | None = None
    value: float | None = None

    @property
    def subject(self) -> tuple[object, ...]:
        """A key: two lines with equal keys are duplicates."""
        # A figure can be disputed only once, even for different reasons.
        disputes = self.replies_to is not None and self.replies_to.startswith(("figure:", "flow:"))
        texts = () if disputes else (self.finding.casefold(), (self.document or "").casefold())
        return (self.paragraph, self.replies_to, *texts)


@dataclass(frozen=True)
class LineReader:
    """Reads lines of a workbook's sheets.

    Attributes:
        order: what the workbook was made for.
        reader: reads the cells.
        targets: the entries and figures that may be answered.
    """

    order: Order
    reader: Reader
    targets: Targets

    def read(self, sheet: FormSheet, row: int, paragraph: int, cells: Cells) -> ReportEntry | list[Fault]:
        """Read a line that is not blank: its entry, or its faults."""
        values, faults = self._values(sheet, row, cells)
        faults += [
            fault(code, sheet.name, cell_name(sheet.columns, column, row), **words)
            for code, column, words in self._broken_rules(values, cells)
        ]
        if faults:
            return faults
        target = _target(sheet.code, self.order, values)
        if target and (problem := self._target_fault(sheet, row, target, values)):
            return [problem]
        of_target = self.targets.entries[target][0] if target and sheet.code == "answers" else FIGURES_PARAGRAPH
        fields = {FIELDS.get(code, code): value for code, value in values.items() if code not in SUBJECT}
        return ReportEntry(sheet.name, row, paragraph or of_target, replies_to=target, **fields)

    def _values(self, sheet: FormSheet, row: int, cells: Cells) -> tuple[dict[str, Any], list[Fault]]:
        values: dict[str, Any] = {}
        faults = []
        for column in sheet.columns:
            if column.kind == "locked":
                continue
            cell = cells.get(column.code)
            place = cell_name(sheet.columns, column.code, row)
            if cell is None or is_blank(cell):
                if column.required:
                    faults.append(fault("blank", sheet.name, place))
                continue
            try:
                values[column.code] = self.reader.read(cell, column)
            except CellError as error:
                faults.append(error.at(sheet.name, place))
        return values, faults

    def _broken_rules(self, values: Mapping[str, Any], cells: Cells) -> Iterator[tuple[str, str, dict[str, str]]]:
        """Rules across the cells of a line that are broken: code of the fault, column, values of its message."""
        given = {code for code, cell in cells.items() if not is_blank(cell)}
        document = [code for code in DOCUMENT if code in given]
        if "status" in given and not document:
            yield "status_without_document", "status", {}
        elif (document or "url" in given) and len(document) < len(DOCUMENT):
            yield "document_half", next(code for code in DOCUMENT if code not in given), {}
        if "status" in values and values.get("period_to", self.order.end) < DECLARED:
            yield "status_before", "status", {}
        yield from self._broken_period(values, given)

    def _broken_period(self, values: Mapping[str, Any], given: set[str]) -> Iterator[tuple[str, str, dict[str, str]]]:
        ends = ("period_from", "period_to")
        if len(given & {*ends}) == 1:
            yield "period_half", next(code for code in ends if code not in given), {}
        first, last = (values.get(code) for code in ends)
        if first and last and last < first:
            yield "period_reversed", "period_to", {}
        for code in ends:
            if code in values and not self.order.start <= values[code] <= self.order.end:
                yield "period_outside", code, {"period": self.order.period}

    def _target_fault(self, sheet: FormSheet, row: int, target: str, values: Mapping[str, Any]) -> Fault | None:
        """Why this workbook cannot answer the target, or None."""
        first = cell_name(sheet.columns, sheet.columns[0].code, row)
        if sheet.code != "answers":
            if target not in self.targets.figures:
                return fault("unknown_figure", sheet.name, first, found=target)
            abroad = sheet.code == "flows" and self.order.area not in {values["origin"], values["destination"]}
            return fault("figure_of_another", sheet.name, first, actor=self.order.actor) if abroad else None
        if target not in self.targets.entries:
            return fault("unknown_entry", sheet.name, first, found=target)
        _, actor = self.targets.entries[target]
        return fault("entry_of_another", sheet.name, first, actor=actor) if actor != self.order.area else None


def _target(sheet: str, order: Order, values: Mapping[str, Any]) -> str | None:
    """The id of what a line answers; None for lines of a report."""
    if sheet == "figures":
        parts = (values["indicator"], order.area, values["year"], values["sex"], values["age"], values["form"])
        return ":".join(map(str, ("figure", *parts)))
    if sheet == "flows":
        return f"flow:{values['origin']}:{values['destination']}:{values['year']}"
    return str(values["replies_to"]) if sheet == "answers" else None
