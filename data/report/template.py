"""Writes the workbook that a focal point fills in: a cover, instructions, and the sheets of the form, in one language.

Only the pale cells can be written in. The protection has no password: it keeps from slips, and is no secret.
"""

import io
from datetime import date
from typing import Any

import xlsxwriter

from data.paragraphs import TITLES
from data.report import cover, form, instructions
from data.report.asked import Asked
from data.report.choices import OFFERED, offered
from data.report.form import Column, Sheet

SETTINGS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
PALE, GREY = "#F4F8FC", "#5A5A5A"
# Where the words of the drop-downs stand on the sheet of instructions, past the sentences.
LISTS, LISTS_ROW = 3, 1
WIDE, LINE_HEIGHT = 110, 45
# The earliest day that a document may have; a spreadsheet counts days from 1900 on.
EARLIEST = date(1900, 1, 1)
LOOKS: dict[str, dict[str, Any]] = {
    "heading": {"bold": True, "font_size": 14},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
    "label": {"bold": True, "valign": "top"},
    "number_of": {"align": "left", "valign": "top"},
    "told": {"text_wrap": True, "valign": "top"},
    "code": {"num_format": "@", "font_color": GREY},
    "text": {"num_format": "@", "text_wrap": True, "valign": "top", "locked": False, "bg_color": PALE, "border": 1},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top", "locked": False, "bg_color": PALE, "border": 1},
    "number": {"valign": "top", "locked": False, "bg_color": PALE, "border": 1},
}
LOOK_OF = {"date": "date", "year": "number", "number": "number", "locked": "told"}
ALLOWED = {"format_rows": True, "format_columns": True, "select_locked_cells": True}


class Book(xlsxwriter.Workbook):  # type: ignore[misc] # the library gives no types
    """A workbook whose sheets can be neither added nor renamed by a slip."""

    def _write_workbook_pr(self) -> None:
        super()._write_workbook_pr()
        self._xml_empty_tag("workbookProtection", [("lockStructure", 1)])


def template(asked: Asked, today: date) -> bytes:
    """The workbook for what is asked, as the bytes of an XLSX file.

    Args:
        today: the last day that a date in it may have.
    """
    buffer = io.BytesIO()
    with Book(buffer, SETTINGS) as book:
        book.set_properties({"title": cover.heading(asked), "created": today})
        _Writer(book, asked, today).write()
    return buffer.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, asked: Asked, today: date) -> None:  # noqa: ANN401 - the library gives no types
        self.book, self.asked, self.lang, self.today = book, asked, asked.language, today
        self.looks = {name: book.add_format(look) for name, look in LOOKS.items()}

    def write(self) -> None:
        """Every sheet, in the order of the form."""
        cover_name, told_name, *_ = form.names(self.asked)
        self._cover(self._sheet(cover_name))
        self.told = told_name
        told = self._sheet(told_name)
        sheets = form.sheets(self.asked)
        kinds = [kind for kind in OFFERED if any(kind == c.kind for sheet in sheets for c in sheet.columns)]
        # The short list of statuses stands in the drop-down itself.
        self.listed = {kind: LISTS + number for number, kind in enumerate(kind for kind in kinds if kind != "status")}
        self._instructions(told)
        for sheet in sheets:
            self._filled(self._sheet(sheet.name), sheet)

    def _sheet(self, name: str) -> Any:  # noqa: ANN401 - as above
        sheet = self.book.add_worksheet(name)
        sheet.protect("", ALLOWED)
        sheet.set_landscape()
        sheet.set_paper(9)
        sheet.fit_to_pages(1, 0)
        return sheet

    def _cover(self, sheet: Any) -> None:  # noqa: ANN401 - as above
        sheet.set_column(0, 1, 4, None, {"hidden": True})
        sheet.set_column(2, 2, 30)
        sheet.set_column(3, 3, 70)
        sheet.write_string(0, 2, cover.heading(self.asked), self.looks["heading"])
        lines = [(line.code, line.value, line.label, line.words) for line in cover.lines(self.asked)]
        mark = cover.seal(lines)
        lines.append(("seal", mark, self.lang.text(cover.SEAL), mark))
        for row, (code, value, label, words) in enumerate(lines, start=cover.FIRST - 1):
            for column, told in enumerate((code, value)):
                sheet.write_string(row, column, told, self.looks["code"])
            sheet.write_string(row, 2, label, self.looks["label"])
            sheet.write_string(row, 3, words, self.looks["told"])
        for code, label in cover.ENTERED:
            row = cover.ROWS[code] - 1
            sheet.write_string(row, 2, self.lang.text(label), self.looks["label"])
            sheet.write_blank(row, 3, None, self.looks["date" if code == "date" else "text"])
        self._days(sheet, cover.ROWS["date"] - 1, cover.ROWS["date"] - 1, 3)

    def _instructions(self, sheet: Any) -> None:  # noqa: ANN401 - as above
        sheet.set_column(0, 0, WIDE, self.looks["told"])
        sheet.write_string(0, 0, self.lang.text(form.INSTRUCTIONS), self.looks["heading"])
        for row, told in enumerate(instructions.sentences(self.asked), start=1):
            sheet.write_string(row, 0, told, self.looks["told"])
        for kind, column in self.listed.items():
            sheet.set_column(column, column, 30)
            heads = [one.heading for sheet in form.sheets(self.asked) for one in sheet.columns if one.kind == kind]
            sheet.write_string(0, column, self.lang.text(heads[0]), self.looks["head"])
            for row, word in enumerate(offered(kind, self.lang), start=LISTS_ROW):
                sheet.write_string(row, column, word)

    def _filled(self, sheet: Any, told: Sheet) -> None:  # noqa: ANN401 - as above
        sheet.set_row(form.CODES - 1, None, None, {"hidden": True})
        for row in range(form.FIRST_LINE - 1, told.last):
            sheet.set_row(row, LINE_HEIGHT)
        sheet.write_string(form.HEADING - 1, 0, told.name, self.looks["heading"])
        sheet.freeze_panes(form.HEADINGS, 2 if told.lines[0] else 1)
        sheet.repeat_rows(form.HEADINGS - 1)
        for number, column in enumerate(told.columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(form.CODES - 1, number, column.code, self.looks["code"])
            sheet.write_string(form.HEADINGS - 1, number, self.lang.text(column.heading), self.looks["head"])
            self._column(sheet, told, number, column)

    def _column(self, sheet: Any, told: Sheet, number: int, column: Column) -> None:  # noqa: ANN401 - as above
        look = self.looks[LOOK_OF.get(column.kind, "text")]
        for row, paragraph in enumerate(told.lines, start=form.FIRST_LINE - 1):
            if column.code == "paragraph":
                sheet.write_number(row, number, paragraph, self.looks["number_of"])
            elif column.code == "title":
                sheet.write_string(row, number, self.lang.text(TITLES[paragraph]), look)
            else:
                sheet.write_blank(row, number, None, look)
        self._checked(sheet, told, number, column)

    def _checked(self, sheet: Any, told: Sheet, number: int, column: Column) -> None:  # noqa: ANN401 - as above
        first, last = form.FIRST_LINE - 1, told.last - 1
        if column.kind == "date":
            self._days(sheet, first, last, number)
        elif column.kind in OFFERED:
            source = offered(column.kind, self.lang) if column.kind == "status" else self._range(column.kind)
            refused = self.lang.text("Choose a word of the list, or leave the cell blank.")
            kind = "warning" if column.kind == "age" else "stop"
            rule = {"validate": "list", "source": source, "error_message": refused, "error_type": kind}
            sheet.data_validation(first, number, last, number, rule)
        elif column.longest:
            most = self.lang.text("At most {most} characters.", most=self.lang.number(column.longest))
            length = {"validate": "length", "criteria": "<=", "value": column.longest, "error_message": most}
            sheet.data_validation(first, number, last, number, length)

    def _range(self, kind: str) -> str:
        column = xlsxwriter.utility.xl_col_to_name(self.listed[kind])
        last = LISTS_ROW + len(OFFERED[kind])
        return f"='{self.told}'!${column}${LISTS_ROW + 1}:${column}${last}"

    def _days(self, sheet: Any, first: int, last: int, column: int) -> None:  # noqa: ANN401 - as above
        refused = self.lang.text("A date such as 2018-05-31, not after today.")
        between = {"criteria": "between", "minimum": EARLIEST, "maximum": self.today}
        sheet.data_validation(first, column, last, column, {"validate": "date", "error_message": refused} | between)
