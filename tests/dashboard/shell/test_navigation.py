"""A page is a numbered file; the number is the order."""

import json

from streamlit.testing.v1 import AppTest

from dashboard import menu


def test_numbered_scripts_in_numeric_order(tmp_path):
    for name in ("10_present.py", "2_routes.py", "1_region.py", "notes.txt", "_draft.py", "3-x.py", "__pycache__"):
        (tmp_path / name).write_text("")
    assert list(menu.scripts(tmp_path)) == ["region", "routes", "present"]
    assert menu.scripts(tmp_path)["routes"] == tmp_path / "2_routes.py"


def script():
    import streamlit as st

    from dashboard import menu
    from dashboard.shell import navigation
    from data.i18n import language

    lang = language("es")
    every = {slug: navigation.page(slug, lang) for slug in menu.scripts()}
    pages = {slug: [page.title, page.url_path] for slug, page in every.items()}
    hidden = [slug for slug, page in every.items() if page.visibility == "hidden"]
    try:
        navigation.page("nowhere", lang)
    except KeyError:
        pages["nowhere"] = []
    st.json({**pages, "hidden": hidden, "aliases": [[page.title, page.url_path] for page in navigation.aliases(lang)]})


def test_titles_are_translated_and_addresses_are_not():
    app = AppTest.from_function(script).run()
    assert not app.exception
    pages = json.loads(app.json[0].value)
    assert pages["routes"] == ["Rutas", "routes"]
    # The first page opens at the root and, for links by hand, under its own name; a moved one at its old address too.
    assert pages["home"] == ["Inicio", ""]
    assert pages["aliases"] == [["Inicio", "home"], ["Declaración", "ledger"]]
    assert pages["nowhere"] == []
    # Other pages link to what the menu does not list.
    assert pages["hidden"] == ["pair", "about", "letter"]
    # The foot of every page leads there, too.
    assert {*pages["hidden"]} <= menu.AT_FOOT.keys()
