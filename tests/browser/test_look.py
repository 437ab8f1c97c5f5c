"""What a reader sees where nothing is as usual: a lost connection, and an address that leads nowhere."""

import pytest
from playwright.sync_api import Browser, Error, expect

from data.i18n import language
from tests.browser.conftest import WIDE, Visitor, free_port, serving

pytestmark = pytest.mark.browser
LOST, AGAIN = "The connection to the server is lost.", "Load the page again"


def test_a_lost_connection_is_said_in_the_readers_language_until_it_is_back(browser: Browser):
    port, lang = free_port(), language("pt")
    context = browser.new_context(viewport=WIDE, locale="en-GB")
    with serving("dashboard", port=port) as address:
        page = Visitor(context, address).open("/?lang=pt")
        note = page.locator("#lost")
        expect(note).to_be_hidden()
    expect(note).to_be_visible(timeout=30_000)
    expect(note).to_contain_text(lang.text(LOST))
    expect(note.get_by_role("button")).to_have_text(lang.text(AGAIN))
    # Streamlit's own box comes after some tries, and speaks English.
    page.wait_for_timeout(8_000)
    expect(page.get_by_role("dialog")).to_have_count(0)
    assert page.locator(".plate-figure[data-shown] .main-svg").first.is_visible()
    with serving("dashboard", port=port):
        expect(note).to_be_hidden(timeout=60_000)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_an_address_that_leads_nowhere_looks_like_ours(visitor: Visitor, scheme: str):
    page = visitor.context.new_page()
    page.emulate_media(color_scheme=scheme)
    page.goto(f"{visitor.address}/nowhere?lang=fr")
    expect(page.get_by_role("heading")).to_have_text(language("fr").text("There is no page at this address."))
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(12, 23, 33)"}[scheme]
    assert page.locator("header svg").is_visible()
    page.get_by_role("link").nth(1).click()
    page.wait_for_url("**/routes?lang=fr*")


@pytest.mark.parametrize("outside", ["http://192.0.2.1/", "https://example.org/", "http://localhost/"])
def test_the_browser_of_the_tests_reaches_nothing_outside_and_lists_what_was_asked(browser: Browser, outside: str):
    visitor = Visitor(browser.new_context(), "http://127.0.0.1:1")
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        visitor.context.new_page().goto(outside)
    assert visitor.refused == [outside]
    visitor.context.close()
