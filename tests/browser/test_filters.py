"""Every filter, by mouse and by keyboard: what is chosen is painted, and stands in the address."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor, settled
from tests.browser.controls import CONTROLS, ROUTES, Hand

pytestmark = pytest.mark.browser
SHOWS = """([name, value]) => {
  const shown = document.querySelector('.plate').dataset.address;
  return new URL(shown, location.href).searchParams.get(name) === value;
}"""


def opened(regular: Visitor, path: str) -> Page:
    page = regular.open(path)
    if path.startswith("/routes"):
        # By a key: what comes next may be by keys, too.
        page.locator("summary").first.focus()
        page.keyboard.press("Enter")
        page.locator(".st-key-minimum input").wait_for()
    return page


@pytest.mark.parametrize("control", CONTROLS)
def test_what_is_chosen_is_painted_and_stands_in_the_address(regular: Visitor, control: str):
    path, choose, name, value = CONTROLS[control]
    page = opened(regular, path)
    choose(Hand(page))
    page.wait_for_function(SHOWS, arg=[name, value], timeout=10_000)
    settled(page)
    assert page.evaluate(SHOWS, [name, value])
    assert parse_qs(urlsplit(page.url).query).get(name, ["none"]) == [value]


@pytest.mark.parametrize("button", ["Increment", "Decrement"])
def test_of_twenty_quick_presses_none_is_lost(regular: Visitor, button: str):
    page = opened(regular, ROUTES + "&arrows=50")
    for _ in range(20):
        Hand(page).stepped("arrows", button)
    value = "70" if button == "Increment" else "30"
    page.wait_for_function(SHOWS, arg=["arrows", value], timeout=20_000)
    page.wait_for_function("value => location.search.includes(`arrows=${value}`)", arg=value, timeout=20_000)
    settled(page)
    assert page.evaluate(SHOWS, ["arrows", value])
