"""More than sixty ways in which a workbook is wrong, each with the fault to report: code, sheet, cell."""

import io
import zipfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, time
from functools import cache
from typing import Any

import xlsxwriter
from openpyxl import Workbook
from openpyxl.comments import Comment

from tests.data.report.workbooks import (
    DATED,
    GOOD,
    ISSUER,
    answering,
    blank,
    filled,
    layout,
    line_of,
    opened,
    order,
    repacked,
    saved,
    signed,
    write,
)

# Paragraph 12 and its cells in the Spanish report of Costa Rica: the columns as the form has them.
LETTERS = dict(
    zip(
        ("finding", "status", "document", "issuer", "date", "url", "period_from", "period_to", "line"),
        "CDEFGHIJK",
        strict=True,
    )
)
NO_ENCODING = b'<?xml version="1.0" encoding="base64"?><sst/>'


@dataclass(frozen=True)
class Case:
    name: str
    content: Callable[[], bytes]
    code: str
    # The place: nothing for the file, the index of a sheet (with a cell), or the beginning of a sheet's name.
    sheet: int | str | None = None
    cell: str = ""


def good(change: Callable[[Workbook], None] | None = None, **values: Any) -> bytes:
    return filled(order(), {12: {**GOOD, **values}}, change)


@cache
def row() -> int:
    """The line of paragraph 12."""
    return line_of(layout(order()), 12)[1]


def bare_number(book: Workbook) -> None:
    """A date in a cell that lost its format is a number, and nobody can tell which day was meant."""
    cell = line_of(book, 12)[0][at("date")]
    cell.value, cell.number_format = 43525, "General"


def at(code: str) -> str:
    """The cell of a column in the line of paragraph 12."""
    return f"{LETTERS[code]}{row()}"


@cache
def theme() -> int:
    """The index of the sheet with paragraph 12."""
    book = layout(order())
    return book.worksheets.index(line_of(book, 12)[0])


def cell_case(name: str, code: str, column: str, value: Any, **rest: Any) -> Case:
    return Case(name, lambda: good(**{column: value}, **rest), code, theme(), at(column))


def book_case(
    name: str, code: str, change: Callable[[Workbook], None], sheet: int | str | None = None, cell: str = ""
) -> Case:
    return Case(name, lambda: good(change), code, sheet, cell)


def put(index: int, cell: str, value: Any) -> Callable[[Workbook], None]:
    def change(book: Workbook) -> None:
        book.worksheets[index][cell] = value

    return change


def part(name: str, content: bytes = b"<x/>") -> Callable[[], bytes]:
    return lambda: repacked(good(), {name: content})


def rename(book: Workbook) -> None:
    book.worksheets[3].title = "Otra"


def drop(book: Workbook) -> None:
    book.remove(book.worksheets[4])


def extra(book: Workbook) -> None:
    book.create_sheet("Notas")


def hide(book: Workbook) -> None:
    book.worksheets[3].sheet_state = "hidden"


def merge(book: Workbook) -> None:
    book.worksheets[theme()].merge_cells("C60:D61")


def hidden_row(book: Workbook) -> None:
    sheet, row = line_of(book, 12)
    sheet.row_dimensions[row].hidden = True


def hidden_column(book: Workbook) -> None:
    sheet, _ = line_of(book, 12)
    sheet.column_dimensions["K"].hidden = True


def far_away(book: Workbook) -> None:
    book.worksheets[3]["XFD1048576"] = "lejos"


def beside(book: Workbook) -> None:
    book.worksheets[3]["P5"] = "al lado"


def repeat(book: Workbook) -> None:
    sheet, row = line_of(book, 12, 2)
    write(sheet, row, {**GOOD, "finding": GOOD["finding"].upper()})


def no_lines() -> bytes:
    book = opened(blank(order()))
    signed(book)
    return saved(book)


def comment(book: Workbook) -> None:
    book.worksheets[3]["C5"].comment = Comment("nota", "alguien")


def bomb() -> bytes:
    """A part of 50 MB that is small when it is compressed."""
    stream = io.BytesIO(good())
    with zipfile.ZipFile(stream, "a", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("xl/worksheets/sheet99.xml", b" " * 50_000_000)
    return stream.getvalue()


def entities() -> bytes:
    lines = b"".join(b'<!ENTITY l%d "%s">' % (n, b"&l%d;" % (n - 1) * 10) for n in range(1, 10))
    xml = b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY l0 "lol">' + lines + b"]><sst>&l9;</sst>"
    return repacked(good(), {"xl/sharedStrings.xml": xml})


def utf_16() -> bytes:
    return repacked(good(), {"xl/sharedStrings.xml": '<?xml version="1.0" encoding="UTF-16"?><sst/>'.encode("utf-16")})


def many_cells() -> bytes:
    cells = b'<row r="%d">' + b"<c/>" * 1000 + b"</row>"
    return repacked(
        good(),
        {
            "xl/worksheets/sheet3.xml": b"<worksheet><sheetData>"
            + b"".join(cells % n for n in range(1, 80))
            + b"</sheetData></worksheet>"
        },
    )


def nested() -> bytes:
    return repacked(good(), {"xl/sharedStrings.xml": b"<a>" * 500 + b"</a>" * 500})


def wide_merge() -> bytes:
    return repacked(
        good(), {}, sheet4=(b"<pageMargins", b'<mergeCells><mergeCell ref="A100:XFD1048576"/></mergeCells><pageMargins')
    )


def merged_columns() -> bytes:
    return repacked(
        good(), {}, sheet4=(b"<pageMargins", b'<mergeCells><mergeCell ref="C:D"/></mergeCells><pageMargins')
    )


def macro_workbook() -> bytes:
    return repacked(good(), {"xl/vbaProject.bin": b"\xd0\xcf\x11\xe0"})


def macro_type() -> bytes:
    return repacked(good(), {}, Content_Types=(b"spreadsheetml.sheet.main+xml", b"sheet.macroEnabled.main+xml"))


def template_type() -> bytes:
    return repacked(good(), {}, Content_Types=(b"spreadsheetml.sheet.main+xml", b"spreadsheetml.template.main+xml"))


def other_workbook() -> bytes:
    stream = io.BytesIO()
    with xlsxwriter.Workbook(stream) as book:
        book.add_worksheet("Datos").write(0, 0, "un dato")
    return stream.getvalue()


def other_country(book: Workbook) -> None:
    cover = book.worksheets[0]
    cover["B5"] = "PAN"


def other_language_sheet(book: Workbook) -> None:
    book.worksheets[3].title = "2 Prévention"


def swapped_codes(book: Workbook) -> None:
    sheet, _ = line_of(book, 12)
    sheet["C1"], sheet["E1"] = "document", "finding"


def swapped_names(book: Workbook) -> None:
    left, right = book.worksheets[2], book.worksheets[3]
    first, second = left.title, right.title
    left.title = "x"
    right.title, left.title = first, second


def locked() -> bytes:
    """What programs write of a workbook with a password: the head of an OLE file."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 4000


def encrypted() -> bytes:
    """A workbook whose directory says that its first part is encrypted (bit 0 of the flags, at offset 8)."""
    content = bytearray(good())
    content[content.index(b"PK\x01\x02") + 8] |= 1
    return bytes(content)


def answer(kind: str, sheet: int = 2, **values: Any) -> Callable[[], bytes]:
    return lambda: answering(order(kind), [values], sheet)


def damaged_sheet() -> bytes:
    return repacked(good(), {"xl/worksheets/sheet3.xml": b"<worksheet><sheetData>"})


def damaged_reference() -> bytes:
    return repacked(good(), {"xl/workbook.xml": b"<workbook/>"})


FIGURE = {
    "indicator": "detected_victims",
    "year": 2019,
    "sex": "total",
    "age": "total",
    "form": "total",
    "finding": "No se contó así.",
}
OF_FILES = [
    Case("empty file", bytes, "empty_file"),
    Case("fifty megabytes", lambda: good() + b"\0" * 50_000_000, "too_large"),
    Case("old workbook or password", locked, "old_or_locked"),
    Case("a part with a password", encrypted, "old_or_locked"),
    Case("csv renamed", "párrafo,hallazgo\n12,algo\n".encode, "no_workbook"),
    Case("web page renamed", lambda: b"<html><table><tr><td>12</td></tr></table></html>", "no_workbook"),
    Case("cut short", lambda: good()[:9000], "damaged"),
    Case("a byte changed", lambda: good().replace(b"PK\x01\x02", b"PK\x01\x03", 1), "damaged"),
    Case("another archive", lambda: repacked(good(), {"[Content_Types].xml": None}), "no_workbook"),
    Case("template type", template_type, "no_workbook"),
    Case("macro part", macro_workbook, "macros"),
    Case("macro type", macro_type, "macros"),
    Case("macro sheet", part("xl/macrosheets/sheet1.xml"), "macros"),
    Case("zip bomb", bomb, "unpacks_too_large"),
    Case(
        "many parts",
        lambda: repacked(good(), {f"customXml/item{n}.xml": b"<x/>" for n in range(300)}),
        "too_many_parts",
    ),
    Case("path outside", part("../../etc/x.xml"), "odd_part"),
    Case("xml bomb", entities, "entities"),
    Case("hidden encoding", utf_16, "odd_part"),
    Case("an unknown encoding", part("xl/sharedStrings.xml", NO_ENCODING), "odd_part"),
    Case("external link", part("xl/externalLinks/externalLink1.xml"), "links"),
    Case("picture", part("xl/media/image1.png"), "objects"),
    Case("chart", part("xl/charts/chart1.xml"), "objects"),
    Case("embedded object", part("xl/embeddings/oleObject1.bin"), "objects"),
    Case("data connection", part("xl/connections.xml"), "connections"),
    Case("comment", lambda: good(comment), "comments"),
    Case("too many cells", many_cells, "too_many_cells"),
    Case("nested too deep", nested, "too_deep"),
    Case("a merge of a whole sheet", wide_merge, "ranges_too_large"),
    Case("a merge of whole columns", merged_columns, "ranges_too_large"),
    Case("a part that is no xml", damaged_sheet, "damaged"),
    Case("a workbook without sheets", damaged_reference, "not_the_form"),
    Case("another workbook", other_workbook, "not_the_form"),
    Case("nothing filled in", no_lines, "nothing"),
]
OF_SHEETS = [
    book_case("renamed sheet", "sheet_extra", rename, "Otra"),
    book_case("missing sheet", "sheet_missing", drop, "3 "),
    book_case("extra sheet", "sheet_extra", extra, "Notas"),
    book_case("sheet of another language", "sheet_extra", other_language_sheet, "2 Prévention"),
    book_case("hidden sheet", "sheet_hidden", hide, 3),
    book_case("merged cells", "merged", merge, theme(), "C60:D61"),
    book_case("hidden row", "hidden_row", hidden_row, theme(), at("finding")),
    book_case("hidden column", "hidden_column", hidden_column, theme(), at("line")),
    book_case("far away", "outside", far_away, 3, "XFD1048576"),
    book_case("beside the form", "outside", beside, 3, "P5"),
    book_case("note on the cover", "outside", put(0, "F4", "nota"), 0, "F4"),
    book_case("columns swapped", "form_altered", swapped_codes, theme(), "C1"),
    book_case("sheets swapped", "form_altered", swapped_names, 3, "A4"),
    book_case(
        "unknown paragraph",
        "form_altered",
        put(theme(), at("finding").replace("C", "A"), 99),
        theme(),
        at("finding").replace("C", "A"),
    ),
    book_case("form of another version", "other_version", put(0, "B3", "7"), 0, "B3"),
    book_case("another state's code", "cover_altered", other_country, 0, "D5"),
    book_case("another state's name", "cover_altered", put(0, "D5", "Panamá"), 0, "D5"),
    book_case("another kind's name", "cover_altered", put(0, "D4", "Respuesta"), 0, "D4"),
    book_case("another period in words", "cover_altered", put(0, "D6", "2019"), 0, "D6"),
    book_case("a code of no state", "cover_unknown", put(0, "B5", "XXX"), 0, "B5"),
    book_case("a period to come", "cover_unknown", put(0, "B6", "2040"), 0, "B6"),
    book_case("another language", "cover_altered", put(0, "B7", "fr"), 0, "B7"),
    book_case("another kind", "cover_unknown", put(0, "B4", "praise"), 0, "B4"),
    book_case("fewer sheets on the cover", "cover_altered", put(0, "B8", "Portada"), 0, "B8"),
    book_case("no sender", "cover_blank", put(0, ISSUER, None), 0, ISSUER),
    book_case("no date", "cover_blank", put(0, DATED, " "), 0, DATED),
    book_case("date of the report to come", "future", put(0, DATED, date(2027, 1, 1)), 0, DATED),
    book_case("formula in the instructions", "formula", put(1, "A3", "=1+1"), 1, "A3"),
]
OF_CELLS = [
    cell_case("formula", "formula", "finding", "=HYPERLINK(1)"),
    cell_case("error value", "error_value", "finding", "#N/A"),
    cell_case("number for text", "text_wanted", "finding", 12),
    cell_case("truth value for text", "text_wanted", "document", value=True),
    cell_case("date for text", "text_wanted", "issuer", date(2019, 1, 1)),
    cell_case("no finding", "blank", "finding", None),
    cell_case("digits for words", "no_words", "finding", "12"),
    cell_case("dashes for words", "no_words", "finding", " -- "),
    cell_case("too long", "too_long", "finding", "palabra " * 300),
    cell_case("control character", "control", "finding", "uno_x0007_dos"),
    cell_case("turned direction", "control", "finding", "uno \u202edos"),
    cell_case("html", "html", "finding", "ver <img src=x onerror=y>"),
    cell_case("script", "html", "document", "<script>uno</script>"),
    cell_case("entity of a web page", "html", "issuer", "uno &lt;b&gt;"),
    cell_case("date as text", "date_as_text", "date", "2019-03-01"),
    book_case("number for a date", "date_wanted", bare_number, theme(), at("date")),
    cell_case("time for a date", "date_wanted", "date", time(9, 30)),
    cell_case("time beside a date", "date_with_time", "date", datetime.combine(date(2019, 3, 1), time(9, 30))),
    cell_case("date before 1900", "too_early", "date", date(1898, 3, 1)),
    cell_case("future date", "future", "date", date(2031, 1, 1)),
    cell_case("wrong status", "word", "status", "Casi"),
    cell_case(
        "status without document",
        "status_without_document",
        "status",
        "limited",
        document=None,
        issuer=None,
        date=None,
        url=None,
    ),
    cell_case("document without issuer", "document_half", "issuer", None),
    cell_case("address without document", "document_half", "document", None, issuer=None, date=None, status=None),
    cell_case("another scheme", "scheme", "url", "ftp://example.org/a"),
    cell_case("script as address", "scheme", "url", "javascript:alert(1)"),
    cell_case("no host", "address", "url", "https://informe"),
    cell_case("a name in the address", "address", "url", "https://uno:dos@example.org/"),
    cell_case("two addresses", "address", "url", "https://example.org/a https://example.org/b"),
    cell_case("period reversed", "period_reversed", "period_to", date(2018, 2, 1)),
    cell_case("half a period", "period_half", "period_to", None),
    cell_case("outside the period", "period_outside", "period_from", date(2017, 5, 1)),
    cell_case("line of action in words", "line_form", "line", "la tercera"),
    book_case(
        "duplicate line",
        "duplicate",
        repeat,
        theme(),
        at("finding").replace(at("finding")[1:], str(int(at("finding")[1:]) + 1)),
    ),
    Case(
        "status before the declaration",
        lambda: filled(
            order(period="2016"),
            {
                12: {
                    "finding": "Algo",
                    "status": "limited",
                    "document": "Informe",
                    "issuer": "Oficina",
                    "date": date(2019, 1, 1),
                }
            },
        ),
        "status_before",
        theme(),
        at("status"),
    ),
]
OF_ANSWERS = [
    Case("unknown entry", answer("reply", replies_to="law:XXX", finding="No."), "unknown_entry", 2, "A4"),
    Case("entry of another state", answer("reply", replies_to="law:PAN", finding="No."), "entry_of_another", 2, "A4"),
    Case("review of another state", answer("review", replies_to="law:PAN", finding="No."), "entry_of_another", 2, "A4"),
    Case("answer to nothing", answer("reply", finding="No."), "blank", 2, "A4"),
    Case("unknown indicator", answer("correction", **FIGURE | {"indicator": "happiness"}), "word", 2, "A4"),
    Case("unknown figure", answer("correction", **FIGURE | {"year": 2001}), "unknown_figure", 2, "A4"),
    Case("year as text", answer("correction", **FIGURE | {"year": "2019"}), "year_wanted", 2, "B4"),
    Case("year to come", answer("correction", **FIGURE | {"year": 2044}), "year_wanted", 2, "B4"),
    Case("half a year", answer("correction", **FIGURE | {"year": 2019.5}), "year_wanted", 2, "B4"),
    Case("negative number", answer("correction", **FIGURE | {"value": -1}), "number_wanted", 2, "F4"),
    Case("number in words", answer("correction", **FIGURE | {"value": "doce"}), "number_wanted", 2, "F4"),
    Case(
        "figure disputed twice",
        lambda: answering(order("correction"), [FIGURE, FIGURE | {"finding": "Otra razón."}]),
        "duplicate",
        2,
        "A5",
    ),
    Case(
        "route of others",
        answer("correction", 3, origin="NIC", destination="PAN", year=2019, finding="No."),
        "figure_of_another",
        3,
        "A4",
    ),
    Case(
        "country in words",
        answer("correction", 3, origin="Nicaragua", destination="CRI", year=2019, finding="No."),
        "word",
        3,
        "A4",
    ),
]
CASES = [*OF_FILES, *OF_SHEETS, *OF_CELLS, *OF_ANSWERS]
