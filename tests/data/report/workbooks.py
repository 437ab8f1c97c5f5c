"""Workbooks that a test fills in, correctly or not.

A template is made and opened once; cells are filled in its XML, which is much faster than opening and saving it.
"""

import io
import re
import zipfile
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cache
from typing import Any
from xml.sax.saxutils import escape

from openpyxl import Workbook, load_workbook
from openpyxl.utils.datetime import to_excel

from data.report.order import Order
from data.report.order import order as ordered
from data.report.targets import Targets
from data.report.template import template

TODAY = date(2026, 11, 25)
# The cells of the cover that a focal point fills in; the rest of the layout is read off the workbook by its codes.
ISSUER, DATED = "D10", "D11"
SIGNED = {ISSUER: "Coalición nacional", DATED: date(2020, 1, 15)}
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


@cache
def blank(request: Order) -> bytes:
    return template(request, TODAY)


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
    for cell, value in SIGNED.items():
        cover[cell] = value


def filled(request: Order, lines: Mapping[int, Mapping[str, Any]], change: Change | None = None) -> bytes:
    """A report with one line for each of some paragraphs."""
    rows = [(*line_of(layout(request), paragraph), values) for paragraph, values in lines.items()]
    return written(request, rows, change)


def answering(request: Order, answers: list[Mapping[str, Any]], sheet: int = 2, change: Change | None = None) -> bytes:
    """A review, reply or correction with some lines."""
    worksheet = layout(request).worksheets[sheet]
    return written(request, [(worksheet, FIRST + n, values) for n, values in enumerate(answers)], change)


@cache
def layout(request: Order) -> Workbook:
    """The template as it is opened, to look up sheets, rows and columns; nothing is written into it."""
    return opened(blank(request))


def written(request: Order, lines: list[tuple[Any, int, Mapping[str, Any]]], change: Change | None) -> bytes:
    """A template with its cover and some lines filled in: worksheet, row, values by the codes of columns."""
    sheets = layout(request).worksheets
    cells = {(0, place): value for place, value in SIGNED.items()}
    for sheet, row, values in lines:
        number = sheets.index(sheet)
        cells |= {(number, sheet.cell(row, column(sheet, code)).coordinate): v for code, v in values.items()}
    content = with_cells(blank(request), cells)
    if not change:
        return content
    book = opened(content)
    change(book)
    return saved(book)


def with_cells(content: bytes, cells: Mapping[tuple[int, str], Any]) -> bytes:
    """A workbook with the values of some cells, by the number of their sheet and their place."""
    parts: dict[str, bytes] = {}
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        for (number, place), value in cells.items():
            name = f"xl/worksheets/sheet{number + 1}.xml"
            part = parts.get(name) or archive.read(name)
            blank_cell = re.search(rf'<c r="{place}"( s="\d+")?/>'.encode(), part)
            assert blank_cell, (number, place)
            parts[name] = part.replace(blank_cell[0], xml_of(place, blank_cell[1] or b"", value), 1)
    return repacked(content, parts)


def xml_of(place: str, style: bytes, value: Any) -> bytes:
    """A cell as a workbook writes it."""
    kind, inner = "", ""
    match value:
        case None:
            pass
        case bool():
            kind, inner = ' t="b"', f"<v>{int(value)}</v>"
        case date() | datetime() | time():
            inner = f"<v>{to_excel(value)}</v>"
        case int() | float():
            inner = f"<v>{value}</v>"
        case "#N/A":
            kind, inner = ' t="e"', f"<v>{value}</v>"
        case str() if value.startswith("="):
            inner = f"<f>{escape(value[1:])}</f>"
        case _:
            kind, inner = ' t="inlineStr"', f'<is><t xml:space="preserve">{escape(value)}</t></is>'
    return f'<c r="{place}"{style.decode()}{kind}>{inner}</c>'.encode()


def repacked(content: bytes, parts: Mapping[str, bytes | None], **replaced: tuple[bytes, bytes]) -> bytes:
    """A package with parts added, altered (by a pair of bytes) or removed."""
    stream = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            part = old.read(name)
            for part_name, (before, after) in replaced.items():
                if part_name in name:
                    part = part.replace(before, after, 1)
            if name not in parts:
                new.writestr(name, part)
        for name, part in parts.items():
            if part is not None:
                new.writestr(name, part)
    return stream.getvalue()
