"""Write the workbook that a focal point fills in: a cover, instructions, and the sheets of the form, in one language.

Only the pale cells can be edited. The protection has no password: it prevents slips, not tampering.
"""

import io
from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, time
from types import MappingProxyType
from typing import Any

import xlsxwriter

from data.declaration import TITLES
from data.i18n import N_
from data.report import cover, form
from data.report.form import CHOICES, EARLIEST, Column, FormSheet, choices
from data.report.order import Order

# The cells of a line that are filled in, by the code of their column.
Known = Mapping[str, str | float]
NOTHING: Mapping[str, Sequence[Known]] = MappingProxyType({})
SETTINGS = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
PALE = "#F4F8FC"
GRAY = "#5A5A5A"
# Where the words of the drop-downs start on the sheet of instructions, to the right of the sentences.
LISTS_COLUMN = 3
LISTS_ROW = 1
WIDE = 110
LINE_HEIGHT = 45
FORMATS: dict[str, dict[str, Any]] = {
    "heading": {"bold": True, "font_size": 14},
    "head": {"bold": True, "text_wrap": True, "valign": "top", "bottom": 1},
    "label": {"bold": True, "valign": "top"},
    "number_of": {"align": "left", "valign": "top"},
    "words": {"text_wrap": True, "valign": "top"},
    "code": {"num_format": "@", "font_color": GRAY},
    "text": {"num_format": "@", "text_wrap": True, "valign": "top", "locked": False, "bg_color": PALE, "border": 1},
    "date": {"num_format": "yyyy-mm-dd", "valign": "top", "locked": False, "bg_color": PALE, "border": 1},
    "number": {"valign": "top", "locked": False, "bg_color": PALE, "border": 1},
}
FORMAT_OF = {"date": "date", "year": "number", "number": "number", "locked": "words"}
ALLOWED = {"format_rows": True, "format_columns": True, "select_locked_cells": True}


OF_KIND = {
    "report": (
        N_("Use one line for each thing that was done or found. Each paragraph has several lines."),
        N_("You may leave lines blank. A paragraph without entries is shown as “Nothing found”, not as “Not started”."),
        N_("A status is optional. It is accepted only with a document: title, issuer and date."),
        N_(
            "“Period from” and “Period to” show when something was done. Without them, the whole period of this "
            "report applies."
        ),
        N_("Give a line of action of the work plan by its number, if you know it."),
    ),
    "review": (
        N_("Use one line for each entry of page Declaration that you review. Copy the entry’s id from there."),
        N_("A status is optional. It is accepted only with a document: title, issuer and date."),
    ),
    "reply": (
        N_("Use one line for each entry of page Declaration that you answer. Copy the entry’s id from there."),
        N_("Your reply is shown beside the entry, with its date. The entry is not changed."),
    ),
    "correction": (
        N_("Use one line for each figure or route that you dispute. Describe it as the page shows it."),
        N_("Your statement is shown beside the figure, with its date. The publisher’s figure is not changed."),
    ),
}
OF_ALL = (
    N_("Write only in the pale cells. Do not change other cells, the sheets or their names."),
    N_("Identify a document by its title, issuer and date. Its address begins with https:// or http://."),
    N_(
        "Enter dates as dates, such as 2018-05-31, and texts as plain text: no formulas, pictures, comments or merged "
        "cells."
    ),
    N_(
        "Do not give names of persons, details of cases or addresses of shelters. No program can check this, and "
        "everything is published."
    ),
    N_("Do not give counts of fewer than five persons or figures for single places."),
    N_(
        "Every cell is checked. All errors are listed with their sheet and cell. A file with an error is not accepted "
        "in part."
    ),
    N_("A later report for the same period does not replace this one. Both are kept, with their dates."),
    N_("A state’s own report is shown separately from reviews by others. Nothing is ranked."),
)


def template(order: Order, today: date, known: Mapping[str, Sequence[Known]] = NOTHING) -> bytes:
    """The workbook for an order, as the bytes of an XLSX file.

    Args:
        today: the workbook accepts no later dates.
        known: by sheet the first lines, each with some cells by column; codes of drop-downs are written as words.
    """
    buffer = io.BytesIO()
    with xlsxwriter.Workbook(buffer, SETTINGS) as book:
        book.set_properties({"title": cover.title(order), "created": datetime.combine(today, time(), UTC)})
        _Writer(book, order, today, known).write()
    return buffer.getvalue()


class _Writer:
    """Writes the sheets of one workbook."""

    def __init__(self, book: Any, order: Order, today: date, known: Mapping[str, Sequence[Known]]) -> None:  # noqa: ANN401 - the library gives no types
        self.known = known
        self.book, self.order, self.lang, self.today = book, order, order.language, today
        self.formats = {name: book.add_format(look) for name, look in FORMATS.items()}
        self.sheets = form.sheets(order)
        used = {column.kind for sheet in self.sheets for column in sheet.columns}
        # The short list of statuses is in the drop-down itself.
        lists = [kind for kind in CHOICES if kind in used and kind != "status"]
        self.list_columns = {kind: LISTS_COLUMN + number for number, kind in enumerate(lists)}

    def write(self) -> None:
        """Every sheet, in the order of the form."""
        cover_name, self.instructions, *_ = form.sheet_names(self.order)
        self._cover(self._sheet(cover_name))
        self._instructions(self._sheet(self.instructions))
        for sheet in self.sheets:
            self._lines(self._sheet(sheet.name), sheet)

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
        sheet.write_string(0, 2, cover.title(self.order), self.formats["heading"])
        for row, line in enumerate(cover.lines(self.order), start=cover.FIRST - 1):
            sheet.write_string(row, 0, line.code, self.formats["code"])
            sheet.write_string(row, 1, line.value, self.formats["code"])
            sheet.write_string(row, 2, line.label, self.formats["label"])
            sheet.write_string(row, 3, line.words, self.formats["words"])
        for column in cover.INPUTS:
            row = cover.INPUT_ROWS[column.code] - 1
            sheet.write_string(row, 2, self.lang.text(column.heading), self.formats["label"])
            sheet.write_blank(row, 3, None, self.formats[column.kind])
            if column.kind == "date":
                self._days(sheet, row, row, 3)

    def _instructions(self, sheet: Any) -> None:  # noqa: ANN401 - as above
        sheet.set_column(0, 0, WIDE, self.formats["words"])
        sheet.write_string(0, 0, self.lang.text(form.INSTRUCTIONS), self.formats["heading"])
        for row, sentence in enumerate((*OF_KIND[self.order.kind], *OF_ALL), start=1):
            sheet.write_string(row, 0, self.lang.text(sentence), self.formats["words"])
        for kind, number in self.list_columns.items():
            sheet.set_column(number, number, 30)
            columns = (column for filled in self.sheets for column in filled.columns)
            heading = next(column.heading for column in columns if column.kind == kind)
            sheet.write_string(0, number, self.lang.text(heading), self.formats["head"])
            for row, word in enumerate(choices(kind, self.lang), start=LISTS_ROW):
                sheet.write_string(row, number, word)

    def _lines(self, sheet: Any, form_sheet: FormSheet) -> None:  # noqa: ANN401 - as above
        sheet.set_row(form.CODES - 1, None, None, {"hidden": True})
        for row in range(form.FIRST_LINE - 1, form_sheet.last):
            sheet.set_row(row, LINE_HEIGHT)
        sheet.write_string(form.TITLE - 1, 0, form_sheet.name, self.formats["heading"])
        sheet.freeze_panes(form.HEADINGS, 2 if form_sheet.lines[0] else 1)
        sheet.repeat_rows(form.HEADINGS - 1)
        for number, column in enumerate(form_sheet.columns):
            sheet.set_column(number, number, column.width)
            sheet.write_string(form.CODES - 1, number, column.code, self.formats["code"])
            sheet.write_string(form.HEADINGS - 1, number, self.lang.text(column.heading), self.formats["head"])
            self._column(sheet, form_sheet, number, column)

    def _column(self, sheet: Any, form_sheet: FormSheet, number: int, column: Column) -> None:  # noqa: ANN401 - as above
        cell_format = self.formats[FORMAT_OF.get(column.kind, "text")]
        for row, paragraph in enumerate(form_sheet.lines, start=form.FIRST_LINE - 1):
            if column.code == "paragraph":
                sheet.write_number(row, number, paragraph, self.formats["number_of"])
            elif column.code == "title":
                sheet.write_string(row, number, self.lang.text(TITLES[paragraph]), cell_format)
            else:
                sheet.write_blank(row, number, None, cell_format)
        for row, line in enumerate(self.known.get(form_sheet.code, ()), start=form.FIRST_LINE - 1):
            if column.code in line and row < form_sheet.last:
                sheet.write(row, number, self._cell(column, line[column.code]), cell_format)
        self._validate(sheet, form_sheet, number, column)

    def _cell(self, column: Column, value: str | float) -> str | float:
        """A value as the workbook writes it: the word of a drop-down for its code."""
        words = CHOICES.get(column.kind, {})
        return self.lang.text(words[value]) if isinstance(value, str) and value in words else value

    def _validate(self, sheet: Any, form_sheet: FormSheet, number: int, column: Column) -> None:  # noqa: ANN401 - as above
        first, last = form.FIRST_LINE - 1, form_sheet.last - 1
        if column.kind == "date":
            self._days(sheet, first, last, number)
        elif column.kind in CHOICES:
            source = choices(column.kind, self.lang) if column.kind == "status" else self._range(column.kind)
            refused = self.lang.text("Choose a word from the list, or leave the cell blank.")
            kind = "warning" if column.kind == "age" else "stop"
            rule = {"validate": "list", "source": source, "error_message": refused, "error_type": kind}
            sheet.data_validation(first, number, last, number, rule)
        elif column.max_length:
            most = self.lang.text("At most {most} characters.", most=self.lang.number(column.max_length))
            length = {"validate": "length", "criteria": "<=", "value": column.max_length, "error_message": most}
            sheet.data_validation(first, number, last, number, length)

    def _range(self, kind: str) -> str:
        column = xlsxwriter.utility.xl_col_to_name(self.list_columns[kind])
        last = LISTS_ROW + len(CHOICES[kind])
        return f"='{self.instructions}'!${column}${LISTS_ROW + 1}:${column}${last}"

    def _days(self, sheet: Any, first: int, last: int, column: int) -> None:  # noqa: ANN401 - as above
        refused = self.lang.text("A date such as 2018-05-31, not after today.")
        between = {"criteria": "between", "minimum": EARLIEST, "maximum": self.today}
        sheet.data_validation(first, column, last, column, {"validate": "date", "error_message": refused} | between)
