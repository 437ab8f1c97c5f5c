"""Blocks of the pages: tables, remarks and links to states."""

import json

import polars as pl
import streamlit as st
from streamlit.dataframe.lazy_df_adapters import PolarsLazyFrameSource
from streamlit.dataframe.lazy_df_source import SortSpec
from streamlit.testing.v1 import AppTest

from dashboard.shell import blocks
from dashboard.words import tables
from data.i18n import language


def script():
    import polars as pl

    from dashboard.shell import blocks
    from dashboard.words import tables
    from data.i18n import language

    blocks.remarks(["Ends with *stars* and [links](x)."])
    blocks.remarks([])
    blocks.table(tables.sheet(pl.DataFrame({"State": ["CRI"], "Figure": ["0–4"]})), "one row", "some")
    blocks.table(tables.sheet(pl.DataFrame({"State": []})), "no rows", "none")
    blocks.facts(language("en"), [("License", "CC <b>BY</b>")], "https://example.org", "Open")


def test_foreign_text_is_escaped_and_empty_things_leave_no_trace():
    app = AppTest.from_function(script).run()
    assert not app.exception
    words = [text.value for text in app.markdown]
    assert words[0] == "- Ends with \\*stars\\* and \\[links\\]\\(x\\)\\."
    (table,) = app.dataframe
    assert list(table.value.columns) == ["State", "Figure"]
    assert table.proto.alt == "one row"
    settings = json.loads(table.proto.columns)
    assert settings.keys() == {"Figure", "_index"}
    assert settings["Figure"]["alignment"] == "right"
    assert settings["_index"]["hidden"]
    assert "\\<b\\>BY" in words[1]


def test_a_table_too_large_for_the_browser_can_be_sorted(monkeypatch):
    shown = []
    monkeypatch.setattr(blocks, "MOST_IN_BROWSER", 2)
    monkeypatch.setattr(st, "dataframe", lambda rows, **options: shown.append((rows, options["lazy"])))
    # In French Équateur and États-Unis sort before Grenade; in byte order after it.
    words = ["Uruguay", "Équateur", "Grenade", "États-Unis", "Dominique"]
    kinds = pl.Series("State", words, dtype=pl.Enum(words))
    figures = pl.Series("Figure", ["12", " 3", "–", "12", " 1"])
    sheet = tables.sheet(pl.DataFrame([kinds, figures]))
    assert blocks.choice(language("fr"), sheet, "five rows", "some", list) is None
    ((rows, lazy),) = shown
    assert lazy
    source = PolarsLazyFrameSource(rows)
    assert source.sortable
    sent = source.load_rows(0, 9, sort=SortSpec("State"))
    assert sent["State"].to_pylist() == ["Dominique", "Équateur", "États-Unis", "Grenade", "Uruguay"]
    assert sent["Figure"].to_pylist() == [" 1", " 3", "12", "–", "12"]
    last = source.load_rows(0, 2, sort=SortSpec("State", descending=True))
    assert last["State"].to_pylist() == ["Uruguay", "Grenade"]
