"""Pages without motion, on a narrow screen, and in letters twice as large: nothing moves, and nothing is lost."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page

from dashboard.catalog import pages
from data.i18n import LANGUAGES
from tests.browser.conftest import PHONE, Visitor, path_to, visiting

pytestmark = pytest.mark.browser
# The narrowest that WCAG asks for, and a screen of 1920x1080 at 200 %.
NARROWEST, ENLARGED = {"width": 320, "height": 640}, {"width": 960, "height": 540}
# What scrolls in itself: tables, lists, on a phone the menu and the contents of a page.
# Drawings have a clip of their own.
INSIDE = (
    ".table, .menu, .ways:has(a[href^='#']), .still, .present:not([data-open]), .several fieldset, .unseen, .skip, pre"
)
BEYOND = """inside => [...document.querySelectorAll('body *')].filter(one => {
  const box = one.getBoundingClientRect(), look = getComputedStyle(one)
  return !one.closest(inside) && box.width > 1 && box.height > 1 && one.checkVisibility({ visibilityProperty: true })
    && look.clipPath === 'none' && (box.right > innerWidth + 1 || box.left < -1) && box.bottom > 0
}).map(one => `${one.tagName} ${one.className} ${one.textContent.slice(0, 60)}`)"""
# Words that do not fit in their place.
CUT = """inside => [...document.querySelectorAll('body *')].filter(one => {
  const look = getComputedStyle(one)
  return !one.closest(inside) && !one.matches('select, .show') && one.clientWidth > 1
    && one.scrollWidth > one.clientWidth + 1 && ['hidden', 'clip'].includes(look.overflowX)
    && look.clipPath === 'none' && one.textContent.trim() && one.checkVisibility({ visibilityProperty: true })
}).map(one => `${one.tagName} ${one.className} ${one.textContent.slice(0, 60)}`)"""
OVERFLOW = "() => document.documentElement.scrollWidth - document.documentElement.clientWidth"
# Animations that take longer than an eye needs to see them, and styles that would start such.
MOVING = """() => document.getAnimations({ subtree: true })
  .map(one => one.effect.getComputedTiming()).filter(timing => timing.activeDuration > 20).length"""
LONG = """() => [...document.querySelectorAll('*')].flatMap(one => {
  const look = getComputedStyle(one)
  return [...look.transitionDuration.split(','), ...look.animationDuration.split(',')].map(parseFloat)
}).filter(seconds => seconds > 0.02).length"""
# Pixels of each list of links that are out of sight.
HIDDEN = "lists => lists.map(one => one.scrollWidth - one.clientWidth)"
WIDTHS = (320, 390, 768, 900, 960, 1024, 1080, 1100, 1200, 1280, 1366, 1920)
TWICE = "() => { document.documentElement.style.fontSize = '200%' }"


@pytest.fixture(scope="module")
def french(browser: Browser, address: str) -> Iterator[Visitor]:
    with visiting(browser, address, locale="fr-FR", reduced_motion="reduce") as visitor:
        visitor.stay()
        yield visitor


@pytest.fixture
def reader(french: Visitor) -> Iterator[Visitor]:
    """Reads French, whose words are the longest, and prefers less motion."""
    yield french
    french.leave()


def check_narrow(page: Page) -> None:
    """Nothing is cut, and the page scrolls up and down only."""
    assert page.evaluate(BEYOND, INSIDE) == []
    assert page.evaluate(CUT, INSIDE) == []
    assert page.evaluate(OVERFLOW) <= 0


@pytest.mark.parametrize("slug", pages())
def test_nothing_moves_and_nothing_is_cut(reader: Visitor, slug: str):
    page = reader.look(path_to(slug, "fr"))
    assert page.evaluate(LONG) == 0
    assert page.evaluate(MOVING) == 0
    page.locator("main details:not(.several details)").evaluate_all("all => all.forEach(one => { one.open = true })")
    page.set_viewport_size(ENLARGED)
    check_narrow(page)
    page.set_viewport_size(NARROWEST)
    check_narrow(page)


@pytest.mark.parametrize("slug", pages())
def test_letters_twice_as_large_lose_nothing(reader: Visitor, slug: str):
    page = reader.look(path_to(slug, "fr"))
    page.evaluate(TWICE)
    check_narrow(page)


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_language_and_on_a_desk_every_page_is_in_sight_at_any_width(reader: Visitor, code: str):
    page = reader.look(f"/{code}/about")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 700})
        languages, menu = page.locator("nav.languages, nav.menu").evaluate_all(HIDDEN)[::-1]
        assert languages <= 0, width
        # On a phone the menu can be moved sideways.
        assert menu <= 0 or width <= PHONE["width"], width
