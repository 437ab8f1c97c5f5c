"""The page follows the reader's system: less motion, the system's colors, more contrast."""

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.browser.conftest import PHONE, WIDE, visiting
from tests.browser.test_narrow import MOVING

pytestmark = pytest.mark.browser
GROUND = "one => getComputedStyle(one).backgroundColor"


def test_the_years_do_not_play_until_the_button_is_pressed(browser: Browser, address: str):
    with visiting(browser, address, reduced_motion="reduce") as visitor:
        page = visitor.open("/en/region?year=2010")
        # Longer than two steps of a play: only time shows that nothing moves.
        page.wait_for_timeout(2500)
        year = page.locator(".plate-year")
        expect(year).to_have_text("2010")
        page.get_by_role("button", name="Play the years").click()
        page.wait_for_url("**year=2012")
        assert page.evaluate(MOVING) == 0
        page.get_by_role("button", name="Pause").click()
        paused = year.inner_text()
        page.wait_for_timeout(2500)
        assert year.inner_text() == paused


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_what_is_chosen_and_the_figure_are_visible_in_forced_colors(
    browser: Browser, address: str, scheme: str, viewport: ViewportSize
):
    with visiting(browser, address, viewport=viewport, forced_colors="active", color_scheme=scheme) as visitor:
        page = visitor.open("/en/region")
        if viewport is PHONE:
            page.locator(".folded summary").click()
        check_forced_colors(page)


def check_forced_colors(page: Page) -> None:
    colors = [one.evaluate(GROUND) for one in page.locator(".buttons span").all()]
    assert len(set(colors)) == len(colors) == 2
    fills = """() => new Set([...document.querySelector('.still > svg:not([hidden])').querySelectorAll('path, use')]
      .map(one => getComputedStyle(one).fill)).size"""
    assert page.evaluate(fills) >= 4
    track = page.locator(".plate-track").evaluate("one => getComputedStyle(one, '::before').backgroundColor")
    assert track != "rgba(0, 0, 0, 0)"


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_controls_have_edges_of_most_contrast_when_more_is_preferred(browser: Browser, address: str, scheme: str):
    with visiting(browser, address, contrast="more", color_scheme=scheme) as visitor:
        for selector in (".buttons :not(:checked) + span", ".control select"):
            edge = visitor.open("/en/region").locator(selector).first
            assert (
                edge.evaluate("one => getComputedStyle(one).borderTopColor")
                == {
                    "light": "rgb(0, 0, 0)",
                    "dark": "rgb(255, 255, 255)",
                }[scheme]
            )


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_page_and_figure_have_the_scheme_of_the_system_and_follow_it(browser: Browser, address: str, scheme: str):
    with visiting(browser, address, color_scheme=scheme) as visitor:
        page = visitor.open("/en/region")
        for one in (scheme, "light" if scheme == "dark" else "dark"):
            page.emulate_media(color_scheme=one)
            sea = page.locator(".still > svg:visible path").first
            colors = page.locator("body").evaluate(GROUND), sea.evaluate("one => getComputedStyle(one).fill")
            for color in colors:
                assert (sum(int(part) for part in color[4:-1].split(",")) < 3 * 128) == (one == "dark"), color
