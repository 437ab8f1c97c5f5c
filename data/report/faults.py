"""Faults of a workbook: where, what is wrong and what to do, in the workbook's language."""

from collections.abc import Sequence
from dataclasses import dataclass

from data.i18n import N_, Language

# How many characters of a cell a fault quotes.
MAX_QUOTED = 60
Value = str | int

NEW = N_("Fill in a new template.")
AGAIN = N_("Send the file again, or fill in a new template.")
SAVE_AS = N_("Save it as an Excel workbook (.xlsx), without a password.")
TAKE_OUT = N_("Remove it from the workbook, and save the workbook again.")
PLAIN = N_("Write it as plain text.")
CLEAR = N_("Clear the cell.")
FILL = N_("Fill it in, or clear the whole line.")
AS_DATE = N_("Write it as a date, such as 2018-05-31.")
PUT_BACK = N_("Restore the original text, or fill in a new template.")
SHORTER = N_("Make it shorter.")
CHOOSE = N_("Choose one of: {words}.")
COPY = N_("Copy it from the page on this site.")
OTHER = N_("Use the template of that state.")

OF_THE_FILE = {
    "too_large": (
        N_("Larger than {most} MB, the limit."),
        N_("Fill in a new template: even a full one is much smaller."),
    ),
    "empty_file": (N_("Empty."), AGAIN),
    "old_or_locked": (N_("An old Excel file (.xls), or protected by a password."), SAVE_AS),
    "no_workbook": (N_("Not an Excel workbook (.xlsx)."), SAVE_AS),
    "damaged": (N_("Damaged or incomplete."), AGAIN),
    "too_heavy": (N_("Takes too much time or memory to read."), NEW),
    "not_now": (N_("Too many files are being read now."), N_("Choose the file again in a few seconds.")),
    "unpacks_too_large": (N_("Too large when unpacked."), NEW),
    "too_many_parts": (N_("Too many parts."), NEW),
    "odd_part": (N_("Contains a part that no spreadsheet program writes: {part}."), NEW),
    "macros": (N_("Contains macros ({part})."), N_("Save it as a workbook without macros (.xlsx).")),
    "links": (N_("Contains links to other workbooks ({part})."), TAKE_OUT),
    "objects": (N_("Contains a picture, chart or embedded object ({part})."), TAKE_OUT),
    "comments": (N_("Contains comments ({part})."), TAKE_OUT),
    "connections": (N_("Contains a connection to external data ({part})."), TAKE_OUT),
    "entities": (N_("Contains XML entities ({part}), which no spreadsheet program writes."), NEW),
    "too_many_cells": (N_("More than {most} cells."), NEW),
    "too_deep": (N_("Nested too deeply ({part})."), NEW),
    "ranges_too_large": (N_("A merged or linked range is too large ({part})."), NEW),
    "not_the_form": (N_("Not the workbook of a national report."), NEW),
    "nothing": (N_("No line is filled in."), N_("Fill in at least one line.")),
    "already": (
        N_("This workbook was already accepted on {day}, as version {version}."),
        N_("You do not need to do anything."),
    ),
}
OF_A_SHEET = {
    "other_version": (N_("The form has version {found}; version {wanted} is needed."), NEW),
    "cover_altered": (N_("The details on the cover were changed: “{found}”."), PUT_BACK),
    "cover_unknown": (N_("“{found}” is unknown or in the future."), NEW),
    "sheet_missing": (N_("The sheet is missing or was renamed."), PUT_BACK),
    "sheet_extra": (N_("The sheet is not part of the form."), N_("Delete the sheet, or restore its name.")),
    "sheet_hidden": (N_("The sheet is hidden."), N_("Show it again.")),
    "cover_blank": (N_("Blank."), N_("Fill it in.")),
    "merged": (N_("Cells are merged."), N_("Split them.")),
    "hidden_row": (N_("A hidden row is not empty."), N_("Show the row, or clear it.")),
    "hidden_column": (N_("A hidden column is not empty."), N_("Show the column, or clear it.")),
    "form_altered": (N_("A cell of the form was changed; it must be “{wanted}”."), PUT_BACK),
    "outside": (N_("This cell must be empty."), CLEAR),
}
OF_A_CELL = {
    "formula": (N_("Contains a formula."), PLAIN),
    "error_value": (N_("Contains an error value."), CLEAR),
    "text_wanted": (N_("Must be text, not a number, a date or a truth value."), PLAIN),
    "blank": (N_("Blank."), FILL),
    "no_words": (N_("Contains no words."), FILL),
    "too_long": (N_("The text has {length} characters; the limit is {most}."), SHORTER),
    "control": (N_("The text contains invisible characters."), PLAIN),
    "html": (N_("The text contains HTML (“{found}”)."), PLAIN),
    "date_as_text": (N_("“{found}” is text, not a date."), AS_DATE),
    "date_wanted": (N_("Not a date."), AS_DATE),
    "date_with_time": (N_("Contains a time as well as a date."), AS_DATE),
    "future": (N_("The date is in the future."), N_("Correct it: reports are about the past.")),
    "too_early": (N_("The date is before {first}."), AS_DATE),
    "year_wanted": (N_("Not a year of four digits, up to the current year."), N_("Write the year as a number.")),
    "number_wanted": (N_("Not a number of zero or more."), N_("Write a number, or leave the cell blank.")),
    "line_form": (
        N_("“{found}” is not the number of a line of action."),
        N_("Write it as 3 or 3.2, or leave it blank."),
    ),
    "unknown_line": (
        N_("The work plan has no line “{found}”."),
        N_("Look up its number on the Declaration page, or leave the cell blank."),
    ),
    "scheme": (N_("“{found}” does not begin with https:// or http://."), N_("Give the whole address.")),
    "address": (N_("“{found}” is not a web address."), N_("Give the whole address.")),
    "word": (N_("“{found}” is not in the list."), CHOOSE),
}
OF_A_LINE = {
    "status_without_document": (
        N_("A status needs a document."),
        N_("Give the document’s title, issuer and date, or clear the status."),
    ),
    "status_before": (
        N_("The period ends before the Declaration of March 2018, so no status is possible."),
        N_("Clear the status."),
    ),
    "document_half": (N_("A document needs a title, an issuer and a date."), N_("Fill in what is missing.")),
    "period_half": (N_("One end of the period is missing."), N_("Give both dates, or neither.")),
    "period_reversed": (N_("The period ends before it begins."), N_("Put the earlier date first.")),
    "period_outside": (N_("The date is outside the period of this report, {period}."), N_("Correct it.")),
    "duplicate": (N_("The line is the same as row {row}."), N_("Keep one of them.")),
    "unknown_entry": (N_("There is no entry “{found}”."), COPY),
    "entry_of_another": (N_("The entry belongs to {actor}."), OTHER),
    "unknown_figure": (N_("This figure is not in Atalaya: {found}."), COPY),
    "figure_of_another": (N_("Neither end of the route is {actor}."), OTHER),
}
FAULTS: dict[str, tuple[str, str]] = {**OF_THE_FILE, **OF_A_SHEET, **OF_A_CELL, **OF_A_LINE}


@dataclass(frozen=True)
class Fault:
    """One fault.

    Attributes:
        code: a key of `FAULTS`.
        sheet, cell: where it is; empty for a fault of the whole file.
        values: values for the placeholders of its messages.
    """

    code: str
    sheet: str = ""
    cell: str = ""
    values: tuple[tuple[str, Value], ...] = ()

    def what(self, lang: Language) -> str:
        """What is wrong."""
        return self._filled(lang, FAULTS[self.code][0])

    def remedy(self, lang: Language) -> str:
        """What to do."""
        return self._filled(lang, FAULTS[self.code][1])

    def place(self, lang: Language) -> str:
        """Where it is: a sheet and cell, a sheet, or the file."""
        if not self.sheet:
            return lang.text("The file")
        if not self.cell:
            return lang.text("Sheet “{sheet}”", sheet=self.sheet)
        return lang.text("Sheet “{sheet}”, cell {cell}", sheet=self.sheet, cell=self.cell)

    def line(self, lang: Language) -> str:
        """Place, problem and remedy in one line."""
        return lang.labeled(self.place(lang), f"{self.what(lang)} {self.remedy(lang)}")

    def _filled(self, lang: Language, message: str) -> str:
        values = {name: lang.number(v) if isinstance(v, int) else v for name, v in self.values}
        return lang.text(message, **values)


def fault(code: str, sheet: str = "", cell: str = "", **values: Value) -> Fault:
    """Make a fault; texts of a cell are quoted in one short line."""
    quoted = {name: quote(value) if isinstance(value, str) else value for name, value in values.items()}
    return Fault(code, sheet, cell, tuple(quoted.items()))


def quote(text: str) -> str:
    """The beginning of a text in one line, without invisible characters."""
    line = " ".join("".join(letter if letter.isprintable() else " " for letter in text).split())
    return line if len(line) <= MAX_QUOTED else f"{line[:MAX_QUOTED]}…"


def summary(faults: Sequence[Fault], lang: Language) -> list[str]:
    """One line for each fault, after a line that counts them."""
    heading = lang.plural(
        "{n} error was found. The workbook was not accepted.",
        "{n} errors were found. The workbook was not accepted.",
        len(faults),
    )
    return [heading, *(one.line(lang) for one in faults)]
