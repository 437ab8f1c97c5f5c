"""The page follows the reader's system: less motion, the system's colors, more contrast."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from tests.browser.conftest import PHONE, WIDE, Visitor, settled, visiting
from tests.browser.test_narrow import MOVING

pytestmark = pytest.mark.browser


@pytest.fixture
def calm(browser: Browser, address: str) -> Iterator[Visitor]:
    with visiting(browser, address, reduced_motion="reduce") as visitor:
        yield visitor


def test_the_years_do_not_play_until_the_button_is_pressed(calm: Visitor):
    page = calm.open("/region?lang=en&year=2010")
    # Longer than two steps of a play: only time shows that nothing moves.
    page.wait_for_timeout(2500)
    year = page.locator(".plate-year")
    assert year.text_content() == "2010"
    page.get_by_role("button", name="Play the years").click()
    page.wait_for_function("() => document.querySelector('.plate-year').textContent === '2012'")
    page.get_by_role("button", name="Pause").click()
    paused = year.text_content()
    page.wait_for_timeout(2500)
    assert year.text_content() == paused


def test_a_list_opens_and_closes_without_motion(calm: Visitor):
    page = calm.open("/region?lang=en")
    field = page.locator(".st-key-controls [role=combobox]").first
    before = field.input_value()
    # Pressed and released at once, as assistive software does: that chooses nothing.
    field.click()
    page.wait_for_selector("[role=listbox]:visible")
    assert page.evaluate(MOVING) == 0
    page.keyboard.press("Escape")
    page.wait_for_selector("[role=listbox]", state="hidden")
    assert field.input_value() == before


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_chosen_segment_and_the_figure_are_visible_in_forced_colors(
    browser: Browser, address: str, scheme: str, viewport: ViewportSize
):
    with visiting(browser, address, viewport=viewport, forced_colors="active", color_scheme=scheme) as visitor:
        check_forced_colors(visitor.open("/region?lang=en"))


def check_forced_colors(page: Page) -> None:
    ground = "one => getComputedStyle(one).backgroundColor"
    chosen = page.locator(".st-key-controls [role=radio]")
    colors = {segment.get_attribute("aria-checked"): segment.evaluate(ground) for segment in chosen.all()}
    assert colors["true"] != colors["false"]
    fills = "() => new Set([...document.querySelectorAll('[data-shown] .js-fill')].map(one => one.style.fill)).size"
    assert page.evaluate(fills) >= 4
    board = page.locator(".plate-board")
    assert board.evaluate(ground) != "rgba(0, 0, 0, 0)"
    settled(page)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_controls_have_edges_in_the_text_color_when_more_contrast_is_preferred(
    browser: Browser, address: str, scheme: str
):
    with visiting(browser, address, contrast="more", color_scheme=scheme) as visitor:
        button = visitor.open("/region?lang=en").locator(".st-key-controls [role=radio]").first
        look = button.evaluate("one => [getComputedStyle(one).borderTopColor, getComputedStyle(one).color]")
        assert look[0] == look[1]
