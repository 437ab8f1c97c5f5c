"""The cover of a workbook: the order it was made for, in codes and in words, and who sends it."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from openpyxl import Workbook
from openpyxl.cell.cell import Cell, MergedCell
from openpyxl.worksheet.worksheet import Worksheet

from data.i18n import DEFAULT, LANGUAGES, N_, Language, language
from data.report import form
from data.report.faults import Fault, fault
from data.report.form import Column
from data.report.order import KIND, Order, OrderError, order

# The columns; the first two are hidden.
CODE = 1
VALUE = 2
WORDS = 4
# Row 1 is the title.
FIRST = 2
LABELS = {
    "form": N_("Workbook"),
    "version": N_("Version of the form"),
    "kind": N_("Kind"),
    "area": N_("State"),
    "period": N_("Period"),
    "language": N_("Language"),
    "sheets": N_("Sheets"),
}
ROWS = {code: FIRST + number for number, code in enumerate(LABELS)}
# What the sender fills in, after a blank row.
INPUTS = (
    Column("issuer", N_("Institution that sends it"), "text", 0, 200, required=True),
    Column("date", N_("Date of this report"), "date", 0, required=True),
)
INPUT_ROWS = {column.code: FIRST + len(LABELS) + number for number, column in enumerate(INPUTS, start=1)}
LAST = max(INPUT_ROWS.values())
ORDER = ("kind", "area", "period", "language")


@dataclass(frozen=True)
class CoverLine:
    """One line of the cover: a code and its value for programs, a label and words for people."""

    code: str
    value: str
    label: str
    words: str


@dataclass(frozen=True)
class Cover:
    """What the cover of a filled workbook says.

    Attributes:
        order: what the workbook was made for; None if it cannot be read.
        sheet: the name of the cover.
        sheets: the names of all sheets.
        language: the workbook's language; None if it is unknown.
        faults: what is wrong with the cover.
    """

    order: Order | None = None
    sheet: str = ""
    sheets: tuple[str, ...] = ()
    language: Language | None = None
    faults: tuple[Fault, ...] = ()


def title(order: Order) -> str:
    """The title of a workbook, e.g. `National report: Costa Rica, 2018`."""
    return order.language.labeled(order.language.text(KIND[order.kind]), f"{order.actor}, {order.period}")


def lines(order: Order) -> tuple[CoverLine, ...]:
    """The lines of the cover that describe the order."""
    lang, sheets = order.language, form.sheet_names(order)
    values = {
        "form": (form.NAME, title(order)),
        "version": (str(form.VERSION), str(form.VERSION)),
        "kind": (order.kind, lang.text(KIND[order.kind])),
        "area": (order.area, order.actor),
        "period": (order.period, order.period),
        "language": (lang.code, lang.name),
        "sheets": ("|".join(sheets), lang.listing(sheets)),
    }
    return tuple(CoverLine(code, value, lang.text(LABELS[code]), words) for code, (value, words) in values.items())


def read_cover(book: Workbook, today: date) -> Cover:
    """Read the cover of a workbook."""
    sheet = next((one for one in book.worksheets if _is_cover(one)), None)
    if sheet is None:
        return Cover(faults=(fault("not_the_form"),))
    values = {code: _text(sheet.cell(row, VALUE)) for code, row in ROWS.items()}
    lang = language(values["language"]) if values["language"] in LANGUAGES else None
    if values["version"] != str(form.VERSION):
        found = {"found": values["version"], "wanted": str(form.VERSION)}
        return Cover(language=lang, faults=(fault("other_version", sheet.title, f"B{ROWS['version']}", **found),))
    try:
        read = _order(values, today)
    except OrderError:
        return Cover(language=lang, faults=tuple(_unknown(sheet, values, today)))
    sheets, faults = tuple(values["sheets"].split("|")), tuple(_altered(sheet, read))
    if len(sheets) != len(form.sheet_names(read)):
        found = {"found": values["sheets"]}
        return Cover(
            language=lang, faults=faults or (fault("cover_altered", sheet.title, f"B{ROWS['sheets']}", **found),)
        )
    return Cover(read, sheet.title, sheets, lang, faults)


def _is_cover(sheet: Worksheet) -> bool:
    return (_text(sheet.cell(FIRST, CODE)), _text(sheet.cell(FIRST, VALUE))) == ("form", form.NAME)


def _text(cell: Cell | MergedCell) -> str:
    return "" if cell.value is None else str(cell.value)


def _order(values: dict[str, str], today: date) -> Order:
    return order(values["kind"], values["area"], values["period"], values["language"], today)


def _unknown(sheet: Worksheet, values: dict[str, str], today: date) -> Iterator[Fault]:
    """Which of the four values are unknown; each is tried with three valid ones."""
    known = {"kind": "correction", "area": "CRI", "period": str(today.year), "language": DEFAULT}
    unknown = [code for code in ORDER if not _is_known(known | {code: values[code]}, today)]
    for code in unknown or ["area"]:
        yield fault("cover_unknown", sheet.title, f"B{ROWS[code]}", found=values[code])


def _is_known(values: dict[str, str], today: date) -> bool:
    try:
        _order(values, today)
    except OrderError:
        return False
    return True


def _altered(sheet: Worksheet, read: Order) -> Iterator[Fault]:
    """Words of the cover that contradict its codes: a reader would take the report for another one."""
    words = {code: _text(sheet.cell(row, WORDS)) for code, row in ROWS.items()}
    lang = read.language
    if words["language"] != lang.name:
        yield fault("cover_altered", sheet.title, f"B{ROWS['language']}", found=lang.code)
        return
    # A translation may have changed since the workbook was made, so only the words of another kind are a fault.
    other_kinds = {lang.text(KIND[kind]) for kind in KIND if kind != read.kind}
    altered = {
        "kind": words["kind"] in other_kinds,
        "area": words["area"] != read.actor,
        "period": words["period"] != read.period,
    }
    for code in (code for code, is_altered in altered.items() if is_altered):
        yield fault("cover_altered", sheet.title, f"D{ROWS[code]}", found=words[code])
