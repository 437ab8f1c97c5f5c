"""A page is a numbered file; the number is the order."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.shell import layout, navigation


def test_numbered_scripts_in_numeric_order(tmp_path):
    for name in ("10_present.py", "2_routes.py", "1_region.py", "notes.txt", "_draft.py", "3-x.py", "__pycache__"):
        (tmp_path / name).write_text("")
    assert list(navigation.scripts(tmp_path)) == ["region", "routes", "present"]
    assert navigation.scripts(tmp_path)["routes"] == tmp_path / "2_routes.py"


def test_a_page_says_what_it_is_called_and_what_it_is_for(tmp_path):
    page = tmp_path / "1_trend.py"
    page.write_text('from data.i18n import N_\nTITLE = N_("Trend")\nPURPOSE = N_("How it went.")\n1 / 0\n')
    assert navigation.words(page) == ("Trend", "How it went.")


@pytest.mark.parametrize("text", ["", 'TITLE = N_("Trend")', 'TITLE, PURPOSE = "a", "b"', 'TITLE = "a"\nPURPOSE = "b"'])
def test_a_page_without_its_words_is_refused_by_name(tmp_path, text):
    page = tmp_path / "1_trend.py"
    page.write_text(text)
    with pytest.raises(ValueError, match=r"1_trend\.py needs .*PURPOSE"):
        navigation.words(page)


def script():
    import streamlit as st

    from dashboard.shell import navigation
    from data.i18n import language

    lang = language("es")
    pages = {slug: [page.title, page.url_path] for slug, page in navigation.pages(lang).items()}
    hidden = [slug for slug, page in navigation.pages(lang).items() if page.visibility == "hidden"]
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
    # The foot of every page links to what the menu does not list.
    assert pages["hidden"] == ["about"]
    assert set(pages["hidden"]) <= layout.FOOTER_LINKS.keys()
