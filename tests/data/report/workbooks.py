"""Workbooks that a test fills in: as a focal point does, and as nobody should."""

import io
import zipfile
from collections.abc import Callable, Mapping
from datetime import date
from typing import Any

from openpyxl import Workbook, load_workbook

from data.report.order import Order
from data.report.order import order as ordered
from data.report.targets import Targets
from data.report.template import template

TODAY = date(2026, 11, 25)
# The cells of the cover that a focal point fills in; the rest of the layout is read off the workbook by its codes.
ISSUER, DATED = "D10", "D11"
DAY = date(2019, 3, 1)
FIRST = 4
GOOD = {
    "finding": "Se creó una mesa de trabajo entre dos ministerios.",
    "status": "limited",
    "document": "Informe anual de la mesa",
    "issuer": "Secretaría técnica",
    "date": DAY,
    "url": "https://example.org/informe.pdf",
    "period_from": date(2018, 4, 1),
    "period_to": date(2018, 9, 30),
    "line": "3.2",
}
KNOWN = Targets(
    entries={"law:CRI": (23, "CRI"), "report:CRI:2018:12": (12, "CRI"), "law:PAN": (23, "PAN")},
    figures=frozenset({"figure:detected_victims:CRI:2019:total:total:total", "flow:NIC:CRI:2019", "flow:NIC:PAN:2019"}),
)
Change = Callable[[Workbook], None]


def order(kind: str = "report", area: str = "CRI", period: str = "2018", lang: str = "es") -> Order:
    return ordered(kind, area, period, lang, TODAY)


def blank(wanted: Order) -> bytes:
    return template(wanted, TODAY)


def opened(content: bytes) -> Workbook:
    return load_workbook(io.BytesIO(content))


def saved(book: Workbook) -> bytes:
    stream = io.BytesIO()
    book.save(stream)
    return stream.getvalue()


def column(sheet: Any, code: str) -> int:
    return next(cell.column for cell in sheet[1] if cell.value == code)


def line_of(book: Workbook, paragraph: int, nth: int = 1) -> tuple[Any, int]:
    """The sheet and row of a paragraph's nth line."""
    for sheet in book.worksheets[2:]:
        rows = [row for row in range(FIRST, sheet.max_row + 1) if sheet.cell(row, 1).value == paragraph]
        if rows:
            return sheet, rows[nth - 1]
    raise AssertionError(f"no line of paragraph {paragraph}")


def write(sheet: Any, row: int, values: Mapping[str, Any]) -> None:
    for code, value in values.items():
        sheet.cell(row, column(sheet, code)).value = value


def signed(book: Workbook) -> None:
    cover = book.worksheets[0]
    cover[ISSUER] = "Coalición nacional"
    cover[DATED] = date(2020, 1, 15)


def filled(wanted: Order, lines: Mapping[int, Mapping[str, Any]], change: Change | None = None) -> bytes:
    """A report with one line for each of some paragraphs."""
    book = opened(blank(wanted))
    signed(book)
    for paragraph, values in lines.items():
        write(*line_of(book, paragraph), values)
    if change:
        change(book)
    return saved(book)


def answering(wanted: Order, rows: list[Mapping[str, Any]], sheet: int = 2, change: Change | None = None) -> bytes:
    """A review, reply or correction with some lines."""
    book = opened(blank(wanted))
    signed(book)
    for number, values in enumerate(rows):
        write(book.worksheets[sheet], FIRST + number, values)
    if change:
        change(book)
    return saved(book)


def repacked(content: bytes, parts: Mapping[str, bytes | None], **replaced: tuple[bytes, bytes]) -> bytes:
    """The same package with parts added, altered (by a pair of bytes) or taken away."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            held = old.read(name)
            for one, (before, after) in replaced.items():
                if one in name:
                    held = held.replace(before, after, 1)
            if name not in parts:
                new.writestr(name, held)
        for name, held in parts.items():
            if held is not None:
                new.writestr(name, held)
    return stream.getvalue()
