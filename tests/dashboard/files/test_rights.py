"""What may not be passed on is in no file: its rows, and what was computed from them."""

import polars as pl
import pytest

from dashboard.files import rights

COLUMNS = {"schema": {"fields": [{"name": "area"}, {"name": "source"}]}, "rows": 3}
BARE = {"schema": {"fields": [{"name": "area"}]}, "rows": 2}
MANIFEST = {
    "sources": [
        {"name": "open", "redistribute": "rows", "tables": ["figures"]},
        {"name": "coded", "redistribute": "derived", "tables": ["figures"]},
        {"name": "shut", "redistribute": "none", "tables": ["figures", "shapes"]},
        {"name": "odd", "redistribute": "perhaps", "tables": ["others"]},
    ],
    "resources": [{"name": "figures", **COLUMNS}, {"name": "shapes", **BARE}, {"name": "places", **BARE}],
}


def test_a_source_is_withheld_unless_its_licence_lets_it_pass():
    assert rights.withheld(MANIFEST) == ("odd", "shut")


def test_a_table_that_names_no_source_goes_whole_or_not_at_all():
    assert rights.tables(MANIFEST) == {"figures": 3, "places": 2}


CELLS = [{"source": name, "release": "1", "locator": "x"} for name in ("open", "shut")]


@pytest.mark.parametrize(
    ("columns", "left"),
    [
        ({"source": ["open", "shut", None, "coded"]}, [0, 2, 3]),
        ({"source": ["open"] * 3, "inputs": [[CELLS[0]], CELLS, []]}, [0, 2]),
        ({"source": ["open"] * 3, "inputs": [["open 1 x"], ["open 1 x", "shut 1 x"], ["shuttle 1 x"]]}, [0, 2]),
        ({"sources": [["open"], ["open", "shut"], ["shut"], []]}, [0, 3]),
        ({"area": ["CRI", "PAN"]}, [0, 1]),
    ],
    ids=["rows", "computed, as cells", "computed, as texts", "sums", "no source"],
)
def test_no_row_rests_on_what_is_withheld(columns, left):
    rows = pl.LazyFrame(columns).with_row_index("n")
    assert rights.passed_on(rows, rights.withheld(MANIFEST)).collect()["n"].to_list() == left
    assert rights.passed_on(rows, ()).collect().height == rows.collect().height
