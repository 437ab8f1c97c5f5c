"""Blocks of the pages: which columns stand to the right, what becomes of remarks and of links to states."""

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard.blocks import _figures


@pytest.mark.parametrize(
    ("cells", "right"),
    [
        (["1,282", "0–4", "–"], True),
        (["1 282", "12"], True),
        (["2.61", "0.05"], True),
        (["2019", "2020", "–"], False),
        (["2010–2012, 2015", "2009"], False),
        (["–", "–"], False),
        (["Argentina", "12"], False),
    ],
)
def test_figures_stand_to_the_right_and_years_are_none(cells, right):
    assert _figures(pl.Series(cells)) is right


def script():
    import polars as pl

    from dashboard import blocks
    from dashboard.i18n import language

    blocks.remarks(["Ends with *stars* and [links](x)."])
    blocks.remarks([])
    blocks.table(pl.DataFrame({"State": ["CRI"]}), "one row", "some")
    blocks.table(pl.DataFrame({"State": []}), "no rows", "none")
    blocks.facts(language("en"), [("Licence", "CC <b>BY</b>")], "https://example.org", "Open")


def test_foreign_text_is_escaped_and_empty_things_leave_no_trace():
    app = AppTest.from_function(script).run()
    assert not app.exception
    words = [text.value for text in app.markdown]
    assert words[0] == "- Ends with \\*stars\\* and \\[links\\]\\(x\\)\\."
    assert len(app.dataframe) == 1
    assert "\\<b\\>BY" in words[1]
