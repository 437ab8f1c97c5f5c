"""What the server guesses about the screen until the browser has spoken, and what it tells the browser."""

import json

import pytest
from streamlit.testing.v1 import AppTest


def script():
    import streamlit as st

    from dashboard import filters, frame

    lang = filters.begin()
    narrow, dark = frame.view()
    st.json({"narrow": narrow, "dark": dark})
    frame.mount(lang)


@pytest.fixture(params=["light", "dark"])
def theme(request):
    return request.param


def test_a_first_view_is_wide_and_of_the_known_theme(theme):
    app = AppTest.from_function(script)
    app.context = {"theme": theme}
    app.run()
    assert not app.exception
    assert json.loads(app.json[0].value) == {"narrow": False, "dark": theme == "dark"}


@pytest.mark.parametrize("code", ["en", "es", "pt", "fr"])
def test_the_browser_learns_language_and_names(code):
    app = AppTest.from_function(script)
    app.query_params["lang"] = code
    app.run()
    told = json.loads(app.get("bidi_component")[0].proto.json)
    assert told["lang"] == code
    assert (
        told["labels"]["[data-testid=stTopNav]"]
        == {"en": "Pages", "es": "Páginas", "pt": "Páginas", "fr": "Pages"}[code]
    )
