"""What a reader sees when the server is gone: words on the page, and a stage that goes on; and when it is back."""

import pytest
from playwright.sync_api import Browser, Error, Page, expect

from data.i18n import language
from tests.browser.conftest import Visitor, free_port, serving, visiting
from tests.browser.test_present import SCENES, SHOWN_SCENE, at, started

pytestmark = pytest.mark.browser
LOST = "The connection to the server is lost."
# Points of the whole screen at which something else than the stage is on top.
UNCOVERED = """() => {
  const stage = document.querySelector('.present'), found = []
  for (let x = 5; x < innerWidth; x += 60) for (let y = 5; y < innerHeight; y += 60) {
    const top = document.elementFromPoint(x, y)
    if (!stage.contains(top)) found.push([x, y, top?.outerHTML.slice(0, 120)])
  }
  return found
}"""


def test_a_lost_server_is_reported_in_the_readers_language_and_the_show_goes_on(browser: Browser):
    port, lang = free_port(), language("pt")
    address = f"http://127.0.0.1:{port}"
    with visiting(browser, address) as visitor:
        with serving("dashboard", port=port):
            page = visitor.open("/pt/region")
            show = started(visitor, "/pt/present")
            show.keyboard.press("ArrowRight")
            at(show, 2)
        check_show(show)
        page.bring_to_front()
        indicators = page.get_by_role("combobox", name=lang.text("Indicator"))
        indicators.select_option(index=2)
        expect(page.locator("#said")).to_have_text(lang.text(LOST))
        with serving("dashboard", port=port):
            indicators.select_option(index=1)
            page.wait_for_url("**/pt/region?indicator=*")
            expect(page.locator("#said")).to_be_empty()


def check_show(show: Page) -> None:
    """Every following scene is completely visible, and the key for the first one works."""
    for scene in range(3, SCENES + 1):
        show.keyboard.press("ArrowRight")
        at(show, scene)
        expect(show.locator(f"{SHOWN_SCENE} h2")).to_be_visible()
        assert show.evaluate(UNCOVERED) == []
        if scene < SCENES:
            assert show.locator(f"{SHOWN_SCENE} .present-plot svg").first.is_visible()
    show.keyboard.press("Home")
    at(show, 1)


@pytest.mark.parametrize("outside", ["http://192.0.2.1/", "https://example.org/", "http://localhost/"])
def test_the_tests_browser_reaches_no_other_address_and_lists_the_requests(browser: Browser, outside: str):
    visitor = Visitor(browser.new_context(), "http://127.0.0.1:1")
    with pytest.raises(Error, match="ERR_NAME_NOT_RESOLVED"):
        visitor.context.new_page().goto(outside)
    assert visitor.refused == [outside]
    visitor.context.close()
