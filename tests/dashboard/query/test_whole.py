import csv
import io

import polars as pl
import pytest

from dashboard import layout, store
from dashboard.query.whole import whole
from data.contract import SCHEMAS


def test_each_cell_that_a_figure_was_made_from_is_one_text():
    cell = {"source": "a", "release": "2025", "locator": "f!1"}
    frame = pl.LazyFrame({"rate": [1.5, 2.0], "inputs": [[cell, {**cell, "locator": "f!2"}], []], "form": [["x"], []]})
    assert whole(frame).rows() == [(1.5, ["a 2025 f!1", "a 2025 f!2"], ["x"]), (2.0, [], [])]


@pytest.mark.parametrize("name", SCHEMAS)
def test_every_table_goes_into_a_file_row_by_row(name):
    frame = whole(store.table(name))
    read = list(csv.DictReader(io.StringIO(layout.csv(frame, "abc").decode("utf-8-sig"), newline="")))
    assert len(read) == frame.height == store.table(name).collect().height
    assert list(read[0]) == [*frame.columns, "snapshot"]
