"""A page is a numbered file; the number is the order."""

import json

from streamlit.testing.v1 import AppTest

from dashboard.shell import navigation


def test_numbered_scripts_in_numeric_order(tmp_path):
    for name in ("10_present.py", "2_routes.py", "1_region.py", "notes.txt", "_draft.py", "3-x.py", "__pycache__"):
        (tmp_path / name).write_text("")
    assert list(navigation.scripts(tmp_path)) == ["region", "routes", "present"]
    assert navigation.scripts(tmp_path)["routes"] == tmp_path / "2_routes.py"


def script():
    import streamlit as st

    from dashboard.shell import navigation
    from data.i18n import language

    lang = language("es")
    pages = {slug: [page.title, page.url_path] for slug, page in navigation.pages(lang).items()}
    try:
        navigation.page("nowhere", lang)
    except KeyError:
        pages["nowhere"] = []
    st.json({**pages, "alias": [navigation.alias(lang).title, navigation.alias(lang).url_path]})


def test_titles_are_translated_and_addresses_are_not():
    app = AppTest.from_function(script).run()
    assert not app.exception
    pages = json.loads(app.json[0].value)
    assert pages["routes"] == ["Rutas", "routes"]
    # The first page opens at the root and, for links by hand, under its own name.
    assert pages["region"] == ["Región", ""]
    assert pages["alias"] == ["Región", "region"]
    assert pages["nowhere"] == []
