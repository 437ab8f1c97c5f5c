"""Read a cell of a workbook as a value, or say what is wrong with it."""

import math
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any
from urllib.parse import urlsplit

from openpyxl.cell.cell import Cell, MergedCell

from data.i18n import Language
from data.report import form
from data.report.faults import Fault, fault
from data.report.form import Column

# Control characters and marks that change the direction of a text; then control characters as a workbook escapes them.
CONTROL = re.compile(
    r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u200b\u202a-\u202e\u2028\u2029\u2066-\u2069\ufeff\ufffe\uffff]"
)
ESCAPED = re.compile(r"_x00(?:[01][0-9A-Fa-f]|7F)_")
# The carriage return of a Windows line end, as a workbook escapes it.
RETURN = "_x000D_"
HTML = re.compile(r"</?[A-Za-z!?]|&(?:[A-Za-z]{2,8}|#[0-9]{1,6}|#x[0-9A-Fa-f]{1,6});")
HOST = re.compile(r"[\w-]+(?:\.[\w-]+)+")
LINE = re.compile(r"[0-9]{1,3}(?:\.[0-9]{1,3}){0,3}[a-z]?")
CODE = re.compile(r"[A-Z]{3}")
FIRST_YEAR = 1990


class CellError(Exception):
    """A cell has a value that its column does not allow; `code` is the code of the fault."""

    def __init__(self, code: str, **values: str | int) -> None:
        super().__init__(code)
        self.code, self.values = code, values

    def at(self, sheet: str, cell: str) -> Fault:
        """The fault, with its place."""
        return fault(self.code, sheet, cell, **self.values)


@dataclass(frozen=True)
class Reader:
    """Reads the cells of a workbook.

    Attributes:
        lang: the language of the workbook.
        today: dates must not be later.
        lines: the numbers of the work plan's lines; if empty, only the pattern of a number is checked.
    """

    lang: Language
    today: date
    lines: frozenset[str] = frozenset()

    def read(self, cell: Cell | MergedCell, column: Column) -> Any:  # noqa: ANN401 - the type depends on the column
        """The value of a cell that is not blank.

        Raises:
            CellError: the value is not valid for the column.
        """
        if cell.data_type in UNREAD:
            raise CellError(UNREAD[cell.data_type])
        return KINDS.get(column.kind, Reader.word)(self, cell.value, column)

    def text(self, value: object, column: Column) -> str:
        """A plain text in one line."""
        if not isinstance(value, str):
            raise CellError("text_wanted")
        written = value.replace(RETURN, "")
        if CONTROL.search(written) or ESCAPED.search(written):
            raise CellError("control")
        if match := HTML.search(written):
            raise CellError("html", found=written[match.start() :])
        line = " ".join(written.split())
        if len(line) > column.max_length > 0:
            raise CellError("too_long", length=len(line), most=column.max_length)
        return line

    def prose(self, value: object, column: Column) -> str:
        """A plain text in one line, with at least one letter."""
        line = self.text(value, column)
        if not any(letter.isalpha() for letter in line):
            raise CellError("no_words")
        return line

    def day(self, value: object, _column: Column) -> date:
        """A date up to today."""
        if isinstance(value, str):
            raise CellError("date_as_text", found=value)
        if isinstance(value, datetime):
            if value.time() != time():
                raise CellError("date_with_time")
            value = value.date()
        if not isinstance(value, date):
            raise CellError("date_wanted")
        if value > self.today:
            raise CellError("future")
        if value < form.EARLIEST:
            raise CellError("too_early", first=str(form.EARLIEST))
        return value

    def year(self, value: object, _column: Column) -> int:
        """A year up to the current one."""
        if isinstance(value, bool | str) or not isinstance(value, int | float) or value != int(value):
            raise CellError("year_wanted")
        if not FIRST_YEAR <= value <= self.today.year:
            raise CellError("year_wanted")
        return int(value)

    def number(self, value: object, _column: Column) -> float:
        """A number, zero or more."""
        if isinstance(value, bool) or not isinstance(value, int | float) or not math.isfinite(value) or value < 0:
            raise CellError("number_wanted")
        return float(value)

    def address(self, value: object, column: Column) -> str:
        """The web address (http or https) of a document."""
        written = self.text(value, column)
        try:
            parts = urlsplit(written)
            host, user = parts.hostname or "", parts.username or parts.password
        except ValueError:
            raise CellError("address", found=written) from None
        if parts.scheme not in {"http", "https"}:
            raise CellError("scheme", found=written)
        if " " in written or user or not HOST.fullmatch(host):
            raise CellError("address", found=written)
        return written

    def line(self, value: object, column: Column) -> str:
        """The number of a line of action; in a spreadsheet it may be a number or a text."""
        written = str(value) if isinstance(value, int) and not isinstance(value, bool) else self.text(value, column)
        if self.lines and written not in self.lines:
            raise CellError("unknown_line", found=written)
        if not self.lines and not LINE.fullmatch(written):
            raise CellError("line_form", found=written)
        return written

    def country(self, value: object, column: Column) -> str:
        """A country's alpha-3 code; whether the observatory has its figure is checked later."""
        written = self.text(value, column)
        if not CODE.fullmatch(written):
            raise CellError("word", found=written, words="CRI, MEX, PAN …")
        return written

    def word(self, value: object, column: Column) -> str:
        """The code for a word of a drop-down."""
        written = self.text(value, column)
        code = form.choice_code(column.kind, written, self.lang)
        if code is None:
            raise CellError("word", found=written, words=self.lang.listing(form.choices(column.kind, self.lang)))
        return code


# Cells that are never read: their types in openpyxl, and the codes of the faults.
UNREAD = {"f": "formula", "e": "error_value"}
KINDS: Mapping[str, Callable[[Reader, Any, Column], Any]] = {
    "text": Reader.prose,
    "id": Reader.text,
    "date": Reader.day,
    "year": Reader.year,
    "number": Reader.number,
    "url": Reader.address,
    "line": Reader.line,
    "country": Reader.country,
}


def is_blank(cell: Cell | MergedCell) -> bool:
    """Whether a cell has no visible content."""
    return cell.value is None or (isinstance(cell.value, str) and not cell.value.replace(RETURN, "").strip())
