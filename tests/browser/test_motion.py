"""What a reader's system asks for is given: less motion, its own colours, more contrast."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser

from dashboard.shell.navigation import scripts
from tests.browser.conftest import PHONE, WIDE, Visitor, settled

pytestmark = pytest.mark.browser
# Whatever moves for longer than an eye needs to see it.
MOVING = """() => document.getAnimations({ subtree: true })
  .map(one => one.effect.getComputedTiming()).filter(timing => timing.activeDuration > 20).length"""
LONG = """() => [...document.querySelectorAll('*')].flatMap(one => {
  const look = getComputedStyle(one)
  return [...look.transitionDuration.split(','), ...look.animationDuration.split(',')].map(parseFloat)
}).filter(seconds => seconds > 0.02).length"""


@pytest.fixture
def calm(browser: Browser, address: str) -> Iterator[Visitor]:
    context = browser.new_context(viewport=WIDE, reduced_motion="reduce", locale="en-GB")
    yield Visitor(context, address)
    context.close()


@pytest.mark.parametrize("slug", scripts())
def test_nothing_moves_for_who_wants_no_motion(calm: Visitor, slug: str):
    page = calm.open(f"/{slug}?lang=en")
    assert page.evaluate(LONG) == 0
    assert page.evaluate(MOVING) == 0


def test_the_years_stand_still_until_they_are_asked_to_play(calm: Visitor):
    page = calm.open("/region?lang=en&year=2010")
    page.wait_for_timeout(2500)
    year = page.locator(".plate-year")
    assert year.text_content() == "2010"
    page.get_by_role("button", name="Play the years").click()
    page.wait_for_function("() => document.querySelector('.plate-year').textContent === '2012'")
    page.get_by_role("button", name="Pause").click()
    held = year.text_content()
    page.wait_for_timeout(2500)
    assert year.text_content() == held


def test_a_list_opens_and_closes_without_motion(calm: Visitor):
    page = calm.open("/region?lang=en")
    field = page.get_by_test_id("stSelectbox").first.locator("input")
    held = field.input_value()
    # Pressed and let go in one moment, as a reader's software does it: nothing under the finger is chosen by that.
    field.click()
    page.wait_for_selector("[role=listbox]")
    assert page.evaluate(MOVING) == 0
    page.keyboard.press("Escape")
    page.wait_for_selector("[role=listbox]", state="detached")
    assert field.input_value() == held


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_in_the_systems_own_colours_a_chosen_segment_and_the_figure_are_seen(
    browser: Browser, address: str, scheme: str, viewport: dict[str, int]
):
    context = browser.new_context(viewport=viewport, forced_colors="active", color_scheme=scheme, locale="en-GB")
    page = Visitor(context, address).open("/region?lang=en")
    ground = "one => getComputedStyle(one).backgroundColor"
    chosen = page.locator(".st-key-controls [role=radio]")
    colours = {one.get_attribute("aria-checked"): one.evaluate(ground) for one in chosen.all()}
    assert colours["true"] != colours["false"]
    fills = "() => new Set([...document.querySelectorAll('[data-shown] .js-fill')].map(one => one.style.fill)).size"
    assert page.evaluate(fills) >= 4
    board = page.locator(".plate-board")
    assert board.evaluate(ground) != "rgba(0, 0, 0, 0)"
    settled(page)
    context.close()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_who_wants_more_contrast_gets_edges_in_the_colour_of_words(browser: Browser, address: str, scheme: str):
    context = browser.new_context(viewport=WIDE, contrast="more", color_scheme=scheme, locale="en-GB")
    page = Visitor(context, address).open("/region?lang=en")
    button = page.locator(".st-key-controls [role=radio]").first
    look = button.evaluate("one => [getComputedStyle(one).borderTopColor, getComputedStyle(one).color]")
    assert look[0] == look[1]
    context.close()
