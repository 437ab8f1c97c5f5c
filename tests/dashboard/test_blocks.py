"""Blocks of the pages: what becomes of tables, of remarks and of links to states."""

import json

from streamlit.testing.v1 import AppTest


def script():
    import polars as pl

    from dashboard import blocks, tables
    from dashboard.i18n import language

    blocks.remarks(["Ends with *stars* and [links](x)."])
    blocks.remarks([])
    blocks.table(tables.sheet(pl.DataFrame({"State": ["CRI"], "Figure": ["0–4"]})), "one row", "some")
    blocks.table(tables.sheet(pl.DataFrame({"State": []})), "no rows", "none")
    blocks.facts(language("en"), [("Licence", "CC <b>BY</b>")], "https://example.org", "Open")


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
