import io
import zipfile

import pytest

from etl.errors import SourceError
from etl.tabular import expect_columns, open_workbook, read_grid, read_records, refuse_row_limit
from tests.etl.samples import workbook

ROWS = [(None, None, None), ("a", None, " b "), (1, 3.4, 2.0), (None, None, "  "), ("3,4", True, "2024")]


def grid(sheet="figures", tables=None):
    book = open_workbook(workbook(tables or {"figures": ROWS}), source="sample", file="a.xlsx")
    return read_grid(book, sheet, source="sample", file="a.xlsx")


def altered(content: bytes, part: str, old: bytes, new: bytes) -> bytes:
    """A workbook with another text in one of its parts."""
    whole, changed = zipfile.ZipFile(io.BytesIO(content)), io.BytesIO()
    with zipfile.ZipFile(changed, "w") as book:
        for name in whole.namelist():
            text = whole.read(name)
            assert name != part or old in text
            book.writestr(name, text.replace(old, new) if name == part else text)
    return changed.getvalue()


def test_cells_are_text_and_rows_have_the_numbers_a_spreadsheet_shows():
    assert grid().rows() == [
        (1, None, None, None),
        (2, "a", None, "b"),
        (3, "1", "3.4", "2"),
        (4, None, None, None),
        (5, "3,4", "true", "2024"),
    ]


def test_a_sheet_without_cells_is_an_empty_grid():
    assert grid("blank", {"figures": ROWS, "blank": []}).shape == (0, 1)


@pytest.mark.parametrize(
    ("cell", "reach"),
    [("XFD1048576", "row 1,048,576 and column 16,384"), ("AUTUO20", "row 20 and column 840,153")],
)
def test_a_cell_far_from_the_others_is_refused(cell, reach):
    # All the cells up to it would take more memory than there is.
    content = altered(workbook({"figures": ROWS}), "xl/worksheets/sheet1.xml", b'r="A2"', f'r="{cell}"'.encode())
    with pytest.raises(SourceError, match=rf"^source sample, file a\.xlsx: its part 'xl/.*' reaches {reach}, more"):
        open_workbook(content, source="sample", file="a.xlsx")


def test_an_attribute_whose_name_ends_in_r_is_no_cell():
    content = altered(workbook({"figures": ROWS}), "xl/worksheets/sheet1.xml", b'r="A2"', b'r="A2" other="XFD1048576"')
    assert open_workbook(content, source="sample", file="a.xlsx").sheet_names == ["figures"]


def test_a_part_that_is_too_large_is_refused(monkeypatch):
    monkeypatch.setattr("etl.tabular.MOST_BYTES", 100)
    with pytest.raises(SourceError, match=r"its part .* has [0-9,]+ bytes, more than any table has; download it again"):
        grid()


def test_a_missing_sheet_is_named():
    with pytest.raises(SourceError, match=r"source sample, file a\.xlsx, sheet other: the sheet cannot be read"):
        grid("other")


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (b"", "begins with 'nothing'"),
        (b"<!DOCTYPE html>", "begins with '<!DOCTYPE html>'"),
        (b"\xd0\xcf\x11\xe0", "is not an XLSX workbook"),
        (workbook({"figures": ROWS})[:2000], "cut short or damaged"),
        (b"PK\x03\x04 and no more", "cut short or damaged"),
    ],
)
def test_a_file_that_is_not_a_workbook_is_refused(content, expected):
    with pytest.raises(SourceError, match=r"^source sample, file a\.xlsx: ") as caught:
        open_workbook(content, source="sample", file="a.xlsx")
    assert expected in str(caught.value)


def test_columns_may_come_in_any_order():
    expect_columns(["b", "a"], ("a", "b"), source="sample", file="a.xlsx", sheet="figures", row=3)


def test_missing_and_unknown_columns_are_named():
    with pytest.raises(SourceError, match="sheet figures, row 3: missing") as caught:
        expect_columns(["a", "c", "d"], ("a", "b"), source="sample", file="a.xlsx", sheet="figures", row=3)
    assert "missing column(s): b; unknown column(s): c, d" in str(caught.value)


@pytest.mark.parametrize("rows", [65_536, 1_048_576])
def test_a_table_that_ends_at_a_spreadsheet_s_limit_is_refused(rows):
    # 15,841 cases of a pandemic were lost in 2020 beyond the last row that a format could hold.
    with pytest.raises(SourceError, match=f"it ends at row {rows:,}, the limit of a spreadsheet"):
        refuse_row_limit(rows, source="sample", file="a.xlsx")
    for near in (rows - 1, rows + 1):
        refuse_row_limit(near, source="sample", file="a.xlsx")


def test_the_row_limit_applies_to_every_table(monkeypatch):
    monkeypatch.setattr("etl.tabular.ROW_LIMITS", (3,))
    book = open_workbook(workbook({"s": [("a",), ("b",), ("c",)]}), source="sample", file="a.xlsx")
    with pytest.raises(SourceError, match="sheet s: it ends at row 3"):
        read_grid(book, "s", source="sample", file="a.xlsx")
    with pytest.raises(SourceError, match="it ends at row 3"):
        read_records(b"a,b\n1,2\n3,4\n", encoding="utf-8", source="sample", file="a.csv")
