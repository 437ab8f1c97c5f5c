"""Workbooks read back: typed cells, texts that stay texts, three sheets, and the limits of a sheet."""

import datetime as dt
import io
import re
import zipfile

import openpyxl
import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.export import workbook
from dashboard.export.metadata import Metadata

NOTES = (("Title", "=A title"), ("Version of the data", "abc"))
METADATA = Metadata(
    "rows", "Título", "abc", "2026-03-04T00:00:00Z", notes=NOTES, sources=pl.DataFrame({"Source": ["U"]})
)
FRAME = pl.DataFrame(
    {
        "area": ["CRI", "PAN", None],
        "year": pl.Series([2019, 2020, 2021], dtype=pl.Int16),
        "low": [0.5, None, 3.0],
        "derived": [True, False, None],
        "date": [dt.date(2003, 12, 25), None, dt.date(2010, 1, 1)],
        "form": [["a", "b"], [], ["c"]],
    }
)
# Any text, and often one that begins like a formula or a link.
BEGINNINGS = st.sampled_from(
    ["", *"=+-@\t\r\n'＝＋－＠", "http://", "mailto:", "internal:", "{=", "=cmd|' /C calc'!A0", "007"]
)
TEXTS = st.builds("{}{}".format, BEGINNINGS, st.text(st.characters(exclude_categories=["Cs"]), max_size=40))


def opened(frame: pl.DataFrame) -> tuple[openpyxl.Workbook, bytes]:
    content = workbook.xlsx(frame, METADATA)
    return openpyxl.load_workbook(io.BytesIO(content)), content


def test_cells_have_types_and_the_header_is_frozen():
    book, _ = opened(FRAME)
    sheet = book.worksheets[0]
    assert [cell.value for cell in sheet[1]] == FRAME.columns
    assert [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2)] == [
        ["CRI", 2019, 0.5, True, dt.datetime(2003, 12, 25), "a;b"],  # noqa: DTZ001 - a cell knows no zone
        ["PAN", 2020, None, False, None, ""],
        [None, 2021, 3, None, dt.datetime(2010, 1, 1), "c"],  # noqa: DTZ001
    ]
    assert sheet["E2"].is_date
    assert sheet["E2"].number_format == "yyyy-mm-dd"
    assert sheet.freeze_panes == "A2"
    assert sheet.column_dimensions["A"].width >= workbook.NARROWEST


def test_sources_and_notes_have_sheets_of_their_own():
    book, _ = opened(FRAME)
    assert book.sheetnames == ["Rows", "Sources", "Notes"]
    assert [[cell.value for cell in row] for row in book["Sources"]] == [["Source"], ["U"]]
    assert [[cell.value for cell in row] for row in book["Notes"]] == [list(note) for note in NOTES]
    assert book.properties.title == "Título"
    assert book.properties.created == dt.datetime(2026, 3, 4)  # noqa: DTZ001


@given(st.lists(TEXTS, min_size=1, max_size=5))
def test_no_text_becomes_a_formula_or_a_link(texts):
    book, content = opened(pl.DataFrame({"text": texts, "list": [[text, "b"] for text in texts]}))
    for number, text in enumerate(texts, start=2):
        for cell, expected in zip(book.worksheets[0][number], (text, f"{text};b"), strict=True):
            assert cell.data_type in {"s", "inlineStr"}
            assert cell.hyperlink is None
            # XML cannot hold carriage returns or other control characters; Excel escapes them.
            assert read(cell.value) == expected
    parts = zipfile.ZipFile(io.BytesIO(content))
    for sheet in (part for part in parts.namelist() if part.startswith("xl/worksheets/")):
        assert not re.search(rb"<f[ >/]|<hyperlink", parts.read(sheet))


def read(cell: str | None) -> str:
    return re.sub("_x([0-9A-F]{4})_", lambda match: chr(int(match[1], 16)), cell or "")


@pytest.mark.parametrize("text", ["=1+1", "+1", "-1", "@SUM(A1)", "＝1"])
def test_a_text_stays_a_text_when_its_cell_is_edited(text):
    book, _ = opened(pl.DataFrame({"text": [text]}))
    assert book.worksheets[0]["A2"].quotePrefix


def test_rows_of_many_batches_follow_one_another(monkeypatch):
    monkeypatch.setattr(workbook, "BATCH", 7)
    frame = pl.DataFrame({"n": range(40), "text": [f"{n} & <b>" if n % 3 else None for n in range(40)]})
    book, content = opened(frame)
    assert list(book.worksheets[0].iter_rows(min_row=2, values_only=True)) == frame.rows()
    sheet = zipfile.ZipFile(io.BytesIO(content)).read("xl/worksheets/sheet1.xml")
    assert sheet.count(b"<row ") == 41
    assert b'<dimension ref="A1:B41"' in sheet


def test_columns_have_the_letters_of_a_spreadsheet():
    # AAA is the first column with three letters.
    frame = pl.DataFrame({f"c{number}": [number] for number in range(703)})
    book, _ = opened(frame)
    assert [cell.coordinate for cell in book.worksheets[0][2]][-1] == "AAA2"
    assert list(book.worksheets[0].iter_rows(min_row=2, values_only=True)) == frame.rows()


@pytest.mark.parametrize("value", [float("nan"), float("inf"), dt.time(3), b"x"])
def test_values_that_no_cell_can_hold_are_refused(value):
    with pytest.raises((TypeError, ValueError), match="cell"):
        workbook.xlsx(pl.DataFrame({"a": [value]}), METADATA)


def test_too_many_rows_for_a_sheet_are_refused(monkeypatch):
    assert workbook.too_much(FRAME) == {}
    assert workbook.MOST_ROWS + 1 == 2**20
    monkeypatch.setattr(workbook, "MOST_ROWS", 2)
    assert workbook.too_much(FRAME) == {"rows": 3}
    with pytest.raises(ValueError, match="3"):
        workbook.xlsx(FRAME, METADATA)
    long = pl.DataFrame({"text": ["a", "b" * (workbook.LONGEST + 1)]})
    assert workbook.too_much(long) == {"characters": workbook.LONGEST + 1}


def test_equal_rows_give_identical_files():
    assert workbook.xlsx(FRAME, METADATA) == workbook.xlsx(FRAME, METADATA)
