"""Every filter, by mouse and by keyboard: what is chosen is painted, and is in the address."""

from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor, settled
from tests.browser.controls import CONTROLS, ROUTES, Hand

pytestmark = pytest.mark.browser
# The address of the visible figure, which has its filters.
ADDRESS = "() => document.querySelector('.plate').dataset.address"
SHOWS = """([name, value]) => {
  const shown = document.querySelector('.plate').dataset.address;
  return new URL(shown, location.href).searchParams.get(name) === value;
}"""


def opened(regular: Visitor, path: str) -> Page:
    page = regular.open(path)
    if path.startswith("/routes"):
        # By keyboard, since the next control may be used by keyboard, too.
        page.locator("summary").first.focus()
        page.keyboard.press("Enter")
        page.locator(".st-key-pick-minimum input").wait_for()
    return page


@pytest.mark.parametrize("path", sorted({path for path, *_ in CONTROLS.values()}))
def test_a_choice_is_painted_and_in_the_address_and_back_undoes_it(
    regular: Visitor, subtests: pytest.Subtests, path: str
):
    """One page for all controls of an address: the browser's Back leads from each choice to the view before it."""
    page = opened(regular, path)
    start = page.evaluate(ADDRESS)
    for control, (of, choose, name, value) in CONTROLS.items():
        if of != path:
            continue
        with subtests.test(control):
            choose(Hand(page))
            page.wait_for_function(SHOWS, arg=[name, value])
            settled(page)
            assert page.evaluate(SHOWS, [name, value])
            assert parse_qs(urlsplit(page.url).query).get(name, ["none"]) == [value]
            # A list may still be open.
            page.keyboard.press("Escape")
            page.go_back()
            page.wait_for_function(f"start => ({ADDRESS})() === start", arg=start)
            settled(page)


def test_twenty_quick_presses_all_count(regular: Visitor):
    page = opened(regular, ROUTES + "&arrows=50")
    for button, value in (("Increase", "70"), ("Decrease", "50")):
        for _ in range(20):
            Hand(page).stepped("arrows", button)
        page.wait_for_function(SHOWS, arg=["arrows", value])
        page.wait_for_function("value => location.search.includes(`arrows=${value}`)", arg=value)
        settled(page)
        assert page.evaluate(SHOWS, ["arrows", value])
