"""The entry script runs every page in every language, as a browser would."""

from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import catalog, menu
from dashboard.menu import scripts
from dashboard.views.address import read
from data.i18n import LANGUAGES, language

ENTRY = Path(__file__).parents[2] / "dashboard" / "app.py"


def opened(slug=None, **address):
    app = AppTest.from_file(ENTRY, default_timeout=60)
    for name, text in address.items():
        app.query_params[name] = text
    app.run()
    if slug:
        app.switch_page(str(scripts()[slug])).run()
    assert not app.exception
    return app


def heading(lang, slug):
    """The heading of a page at an address without parameters."""
    page = catalog.pages()[slug]
    own = page.heading(lang, read(page.filters, {}).values) if page.heading else ""
    return own or menu.title(lang, slug)


def lead(lang, slug):
    """The sentence below the heading of a page at an address without parameters."""
    page = catalog.pages().get(slug)
    own = page.lead(lang, read(page.filters, {}).values) if page else ""
    return own or menu.purpose(lang, slug)


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("slug", scripts())
def test_every_page_in_every_language(slug, code):
    app = opened(slug, lang=code)
    # The heading of page Home is its sentence (tests/pages/test_home.py).
    if slug != "home":
        assert app.title[0].value.replace("\\", "") == heading(language(code), slug)
    if slug not in {"home", "country"}:
        assert app.markdown[0].value.replace("\\", "") == lead(language(code), slug)
    assert app.query_params["lang"] == code


def test_the_languages_are_offered_by_their_own_names():
    assert opened(lang="pt").selectbox(key="lang").options == ["English", "Español", "Português", "Français"]


def test_a_chosen_language_survives_the_change_of_page():
    app = opened(lang="en")
    app.selectbox(key="lang").set_value("fr").run()
    app.switch_page(str(scripts()["sources"])).run()
    assert app.title[0].value == "Sources"
    assert app.markdown[0].value == menu.purpose(language("fr"), "sources")
    assert app.query_params["lang"] == "fr"


def test_an_unknown_language_is_reported_to_the_reader():
    app = opened(lang="klingon")
    assert "klingon" in app.warning[0].value
    assert app.query_params["lang"] == "en"


@pytest.mark.parametrize("address", [{"measure": "count", "year": "2019"}, {"of": "BRA"}, {"indicator": "offences"}])
def test_an_old_address_of_the_region_at_the_root_opens_it_with_every_filter(address):
    """Also in a bare `streamlit run`, where no server of ours leads on."""
    app = opened(lang="pt", **address)
    assert app.title[0].value == menu.title(language("pt"), "region")
    assert dict(app.query_params) == {"lang": "pt"} | address
