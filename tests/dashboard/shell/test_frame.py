"""What the server assumes about the screen before the browser reports it, and what it sends to the browser."""

import json

import pytest
from starlette.requests import Request
from streamlit.testing.v1 import AppTest

from dashboard.charts.medium import Medium
from dashboard.shell import frame
from data.i18n import LANGUAGES, language


def script():
    import streamlit as st

    from dashboard.shell import filters, frame

    lang = filters.begin()
    view = frame.view()
    st.json({"narrow": view.narrow, "dark": view.dark})
    frame.mount(lang)


@pytest.fixture(params=["light", "dark"])
def theme(request):
    return request.param


def test_a_first_view_is_wide_and_of_the_known_theme(theme):
    app = AppTest.from_function(script)
    if not hasattr(app, "context"):
        pytest.skip("this Streamlit's AppTest has no context: none before 1.67 gives a script its theme")
    app.context = {"theme": theme}
    app.run()
    assert not app.exception
    assert json.loads(app.json[0].value) == {"narrow": False, "dark": theme == "dark"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_browser_learns_language_and_names(code):
    app = AppTest.from_function(script)
    app.query_params["lang"] = code
    app.run()
    data = json.loads(app.get("bidi_component")[0].proto.json)
    assert data["lang"] == code
    assert (
        data["words"]["labels"]["[data-testid=stTopNav]"]
        == {"en": "Pages", "es": "Páginas", "pt": "Páginas", "fr": "Pages"}[code]
    )
    # The text for a lost connection must be there before the connection is lost.
    assert {"en": "lost", "es": "perdió", "pt": "perdida", "fr": "perdue"}[code] in data["words"]["lost"]["title"]
    assert all(data["words"]["lost"].values())


@pytest.mark.parametrize(
    ("width", "narrow", "height"), [(640, True, 520.0), (1280, False, 678.4), (1680, False, 760.0)]
)
def test_a_wide_map_fits_on_a_screen(width, narrow, height):
    view = Medium(width, dark=False)
    assert view.narrow is narrow
    assert view.size == (width, pytest.approx(height))
    assert view.theme == "light"


def answer(address):
    way = frame.TEXTS.route()
    version, code = address.removeprefix("./words/").split("/")
    return way.endpoint(Request({"type": "http", "path_params": {"version": version, "code": code}}))


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_texts_of_a_language_are_served(code):
    address = frame.TEXTS.address(language(code))
    response = answer(address)
    assert response.status_code == 200
    assert "immutable" in response.headers["cache-control"]
    assert json.loads(response.body) == frame.words(language(code))
    assert answer(address.replace("/words/", "/words/0")).status_code == 404
    assert answer(f"{address}x").status_code == 404


@pytest.mark.parametrize(
    ("width", "stage", "half"),
    [(640, 0, False), (641, 0, True), (840, 0, True), (880, 0, True), (1280, 0, False), (840, 700, False)],
)
def test_a_map_on_half_of_a_wide_screen_or_on_a_tablet_is_stacked(width, stage, half):
    assert Medium(width, dark=False, stage=stage).half is half
