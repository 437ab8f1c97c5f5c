"""Parts of a page: a file is offered if there are rows, a table that must not scroll is written out."""

import pytest
from streamlit.testing.v1 import AppTest

from tests.dashboard.parts.test_selected_row import arrived


def script(rows):
    import polars as pl

    from dashboard.parts import sources as parts
    from dashboard.words import tables
    from data.i18n import language

    frame = pl.DataFrame({"Version of the data": ["aaaaaaaaaaaa"] * rows}, schema={"Version of the data": pl.String})
    parts.part(language("en"), "errata", "Withdrawn", ["Told."], tables.sheet(frame), lambda: frame)
    parts.part(language("en"), "file", "A file alone", rows=lambda: frame)


@pytest.mark.parametrize("rows", [0, 1])
def test_a_list_without_rows_has_neither_table_nor_file(rows):
    app = AppTest.from_function(script, args=(rows,)).run()
    assert not app.exception
    assert len(app.dataframe) == rows
    offered = [element.key for element in app.main if element.type == "popover"]
    assert offered == ["files.errata"] * rows + ["files.file"]


def test_the_overview_of_sources_shows_all_its_columns_on_any_screen():
    (overview,) = arrived("sources", {"lang": "en"}).table
    assert list(overview.value.columns) == ["Source", "Newest release", "How obtained", "Reuse"]
    assert overview.proto.alt == "Sources and releases"
