"""Rows as CSV: tidy, harmless in a spreadsheet, identical from memory and from disk."""

import csv
import io

import polars as pl
import pytest

from dashboard import store
from dashboard.export import formats
from data.contract import SCHEMAS

FRAME = pl.DataFrame({"area": ["CRI", "PAN"], "years": [[2010, 2011], [2012]], "name": ["Perú", 'a "b", c']})


def test_csv_is_tidy_and_names_its_snapshot():
    raw = formats.csv(FRAME, "abc123")
    # No byte-order mark: programs read it as part of the first name.
    assert raw.startswith(b"area,")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8"))))
    assert rows[0] == {"area": "CRI", "years": "2010;2011", "name": "Perú", "snapshot": "abc123"}
    assert rows[1]["name"] == 'a "b", c'


@pytest.mark.parametrize("start", ["=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠"])
def test_spreadsheets_do_not_execute_text_of_a_file(start):
    text = f'{start}HYPERLINK("http://evil.example")'
    frame = pl.DataFrame({"name": [text], "names": [[text, "b"]], "inside": [f"a{start}1"], "rate": [-1.5]})
    (row,) = csv.DictReader(io.StringIO(formats.csv(frame, "abc123").decode("utf-8"), newline=""))
    assert row["name"] == f"'{text}"
    assert row["names"] == f"'{text};b"
    assert row["inside"] == f"a{start}1"
    assert row["rate"] == "-1.5"


@pytest.mark.parametrize("number", ["-5", "+5", "-0.25", "-12345678901234567890"])
def test_a_text_that_is_a_number_with_a_sign_keeps_its_value(number):
    (row,) = csv.DictReader(io.StringIO(formats.csv(pl.DataFrame({"text": [number]}), "s").decode("utf-8")))
    assert row["text"] == number


@pytest.mark.parametrize(
    "text", ["-5+cmd|' /C calc'!A0", "-5\n=1", "-", "+", "-.5", "-5.", "-A1", "-1-1", "-5e3", "- 5", "-٥"]
)
def test_what_only_begins_like_a_number_is_escaped(text):
    content = formats.csv(pl.DataFrame({"text": [text]}), "s").decode("utf-8")
    (row,) = csv.DictReader(io.StringIO(content, newline=""))
    assert row["text"] == f"'{text}"


def test_an_empty_cell_stays_empty():
    frame = pl.DataFrame({"note": [None], "low": [None]}, schema={"note": pl.String, "low": pl.Float64})
    assert formats.csv(frame, "s").decode("utf-8").splitlines()[1] == ",,s"


def test_each_cell_that_a_figure_was_made_from_is_one_text():
    cell = {"source": "a", "release": "2025", "locator": "f!1"}
    frame = pl.LazyFrame({"rate": [1.5, 2.0], "inputs": [[cell, {**cell, "locator": "f!2"}], []], "form": [["x"], []]})
    assert formats.flat(frame).collect().rows() == [(1.5, "a 2025 f!1;a 2025 f!2", "x"), (2.0, "", "")]


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_table_goes_into_a_file_row_by_row(name, tmp_path):
    frame = store.tables().table(name).collect()
    content = formats.csv(frame, "abc")
    # A table may hold no row.
    header, *read = csv.reader(io.StringIO(content.decode("utf-8"), newline=""))
    assert len(read) == frame.height
    assert header == [*frame.columns, "snapshot"]
    formats.write_csv(store.tables().table(name), "abc", tmp_path / "table.csv")
    assert (tmp_path / "table.csv").read_bytes() == content
