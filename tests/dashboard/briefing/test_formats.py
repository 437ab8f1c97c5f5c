"""The button on the pages: closed it makes nothing, open it offers each kind of file under its own name."""

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.menu import scripts
from data.i18n import language
from tests.dashboard.export.test_downloads import ENTRY, opened

PAGES = [
    ("region", {}, "region"),
    ("country", {"area": "CRI", "lang": "es"}, "CRI"),
    ("pair", {"one": "MEX", "other": "USA", "lang": "fr"}, "MEX_USA"),
]


def downloads(app):
    return {button.key: button for button in app.get("download_button") if button.key.startswith("briefing.")}


@pytest.mark.parametrize(("slug", "address", "subject"), PAGES)
def test_an_open_button_offers_both_kinds(slug, address, subject):
    buttons = downloads(opened(slug, f"briefing.{subject}", **address))
    assert [*buttons] == [f"briefing.{subject}.pptx", f"briefing.{subject}.pdf"]
    assert [button.label for button in buttons.values()] == ["PowerPoint", "PDF"]


@pytest.mark.parametrize(("slug", "address", "subject"), PAGES)
def test_a_closed_button_offers_nothing_and_is_labeled_in_the_readers_language(slug, address, subject):
    code = address.get("lang", "en")
    app = AppTest.from_file(ENTRY, default_timeout=60)
    if slug != "home":
        app.switch_page(str(scripts()[slug]))
    for name, text in ({"lang": code} | address).items():
        app.query_params[name] = text
    app.run()
    assert not downloads(app)
    (part,) = [block for block in app.get("popover") if block.key == f"briefing.{subject}"]
    assert part.proto.popover.label == language(code).text("Briefing")


def test_a_state_compared_with_the_region_has_no_pair_briefing():
    app = opened("explore", desk="compare", one="USA")
    assert not [block for block in app.get("popover") if (block.key or "").startswith("briefing")]


@pytest.mark.parametrize(("slug", "address", "subject"), [("home", {}, "region"), ("country", {"area": "CRI"}, "CRI")])
def test_home_and_a_state_offer_one_page_to_print(slug, address, subject):
    app = AppTest.from_file(ENTRY, default_timeout=60)
    if slug != "home":
        app.switch_page(str(scripts()[slug]))
    for name, text in address.items():
        app.query_params[name] = text
    app.run()
    (button,) = [one for one in app.get("download_button") if one.key == f"page.{subject}"]
    assert button.label == "One page to print (PDF)"
