"""What a reader sees when the server is gone: a note on the page, and a stage that goes on; and when it is back."""

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from data.i18n import language
from tests.browser.conftest import Visitor, free_port, serving, settled, visiting
from tests.browser.test_present import SCENES, SHOWN_SCENE, at, started

pytestmark = pytest.mark.browser
LOST, AGAIN = "The connection to the server is lost.", "Load the page again"
# Counts the dialogs that Streamlit opens from now on, by their close buttons: the stage is a dialog, too.
DIALOGS = """() => {
  window.dialogs = 0
  const found = node => node.querySelectorAll?.('[role=dialog]:not(.present) button[aria-label=Close]').length ?? 0
  new MutationObserver(changes => {
    for (const { addedNodes } of changes) for (const node of addedNodes) window.dialogs += found(node)
  }).observe(document.body, { childList: true, subtree: true })
}"""
# Points of the whole screen at which something else than the stage is on top.
UNCOVERED = """() => {
  const stage = document.querySelector('.present'), found = []
  for (let x = 5; x < innerWidth; x += 60) for (let y = 5; y < innerHeight; y += 60) {
    const top = document.elementFromPoint(x, y)
    if (!stage.contains(top)) found.push([x, y, top?.outerHTML.slice(0, 120)])
  }
  return found
}"""

# Both the address and the figure have these parameters.
CHOSEN = """parameters => [location.search, document.querySelector('.plate').dataset.address].every(address =>
  parameters.every(one => address.includes(one)))"""


def streamlit_speaks(page: Page) -> None:
    """Wait until Streamlit's own dialog, which is in English, has opened after some tries and is closed again."""
    page.bring_to_front()
    page.wait_for_function("() => window.dialogs > 0")
    expect(page.locator("[role=dialog]:not(.present)")).to_have_count(0)


def test_a_lost_server_is_reported_in_the_readers_language_and_the_show_goes_on(browser: Browser):
    port, lang = free_port(), language("pt")
    address = f"http://127.0.0.1:{port}"
    with visiting(browser, address) as visitor:
        with serving("dashboard", port=port):
            page = visitor.open("/region?lang=pt")
            page.get_by_role("button", name=lang.text("Add this view to my meeting agenda")).click()
            count = lang.plural("My agenda: {n} scene", "My agenda: {n} scenes", 1)
            expect(page.get_by_role("link", name=count)).to_be_visible()
            show = started(visitor)
            show.keyboard.press("ArrowRight")
            at(show, 2)
            note = page.locator("#lost")
            expect(note).to_be_hidden()
            for tab in (page, show):
                tab.evaluate(DIALOGS)
        streamlit_speaks(show)
        check_show(show)
        page.bring_to_front()
        expect(note).to_be_visible()
        expect(note).to_contain_text(lang.text(LOST))
        expect(note.get_by_role("button")).to_have_text(lang.text(AGAIN))
        streamlit_speaks(page)
        expect(note).to_be_visible()
        page.get_by_role("radio", name=lang.text("Count")).click()
        page.get_by_role("slider", name=lang.text("Year")).press("ArrowLeft")
        expect(page.locator(".plate-year")).to_have_text("2021")
        assert page.locator(".plate-figure[data-shown] .main-svg").first.is_visible()
        # The last figure that the browser has: that of the year before was not fetched.
        assert "year=2022" in (page.locator(".plate").get_attribute("data-address") or "")
        with serving("dashboard", port=port):
            expect(note).to_be_hidden()
            # The new server does not know this reader: the view is in the address, what was chosen since is sent again.
            page.wait_for_function(CHOSEN, arg=["measure=count", "year=2021"])
            settled(page)
            expect(page.get_by_role("radio", name=lang.text("Count"))).to_be_checked()
            expect(page.locator(".plate-year")).to_have_text("2021")
            # The reader's own agenda comes back from the browser.
            expect(page.get_by_role("link", name=count)).to_be_visible()


def check_show(show: Page) -> None:
    """Every following scene is completely visible, and the key for the first one works."""
    for scene in range(3, SCENES + 1):
        show.keyboard.press("ArrowRight")
        at(show, scene)
        expect(show.locator(f"{SHOWN_SCENE} h2")).to_be_visible()
        assert show.evaluate(UNCOVERED) == []
        if scene < SCENES:
            assert show.locator(f"{SHOWN_SCENE} .main-svg").first.is_visible()
    show.keyboard.press("Home")
    at(show, 1)


@pytest.mark.parametrize("outside", ["http://192.0.2.1/", "https://example.org/", "http://localhost/"])
def test_the_tests_browser_reaches_no_other_address_and_lists_the_requests(browser: Browser, outside: str):
    visitor = Visitor(browser.new_context(), "http://127.0.0.1:1")
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        visitor.context.new_page().goto(outside)
    assert visitor.refused == [outside]
    visitor.context.close()
