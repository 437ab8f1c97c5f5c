"""Pages without motion, on a narrow screen, and in letters twice as large: nothing moves, and nothing is lost."""

import contextlib
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page
from playwright.sync_api import TimeoutError as Timeout

from dashboard.catalog import pages
from dashboard.shell.navigation import UNLISTED, scripts
from tests.browser.conftest import Visitor, unchanged, visiting

pytestmark = pytest.mark.browser
PAGES = [f"/{slug}" for slug in scripts() if slug not in pages()]
# The narrowest that WCAG asks for, and a screen of 1920x1080 at 200 %.
NARROWEST, ENLARGED = {"width": 320, "height": 640}, {"width": 960, "height": 540}
# Tables and code scroll in themselves, figures are drawn for their width.
INSIDE = "[data-testid=stDataFrame], .plate-board, table, pre, #first, [data-testid=stSidebar]"
WIDE = """inside => [...document.querySelectorAll('[data-testid=stApp] *')].filter(one => {
  const box = one.getBoundingClientRect(), look = getComputedStyle(one)
  return !one.closest(inside) && box.width > 1 && box.height > 1 && one.checkVisibility({ visibilityProperty: true })
    && look.clipPath === 'none' && (box.right > innerWidth + 1 || box.left < -1) && box.bottom > 0
}).map(one => `${one.tagName} ${one.dataset.testid ?? one.className} ${one.textContent.slice(0, 60)}`)"""
CUT = """inside => [...document.querySelectorAll('[data-testid=stApp] *')].filter(one => {
  const look = getComputedStyle(one)
  return !one.closest(inside) && one.clientWidth > 1 && one.scrollWidth > one.clientWidth + 1
    && ['hidden', 'clip'].includes(look.overflowX) && look.clipPath === 'none' && one.textContent.trim()
    && one.checkVisibility({ visibilityProperty: true })
}).map(one => `${one.tagName} ${one.dataset.testid ?? one.className} ${one.textContent.slice(0, 60)}`)"""
SCROLLS = """() => [document.documentElement, document.querySelector('[data-testid=stMain]')]
  .map(one => one.scrollWidth - one.clientWidth)"""
# Animations that take longer than an eye needs to see them, and styles that would start such.
MOVING = """() => document.getAnimations({ subtree: true })
  .map(one => one.effect.getComputedTiming()).filter(timing => timing.activeDuration > 20).length"""
LONG = """() => [...document.querySelectorAll('*')].flatMap(one => {
  const look = getComputedStyle(one)
  return [...look.transitionDuration.split(','), ...look.animationDuration.split(',')].map(parseFloat)
}).filter(seconds => seconds > 0.02).length"""


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
    """Nothing is cut, and the page scrolls up and down only, once it is drawn for the window's width."""
    clear = f"inside => [({SCROLLS})(), ({WIDE})(inside).slice(0, 5), ({CUT})(inside).slice(0, 5)]"
    with contextlib.suppress(Timeout):
        page.wait_for_function(
            f"inside => JSON.stringify(({clear})(inside)) === '[[0,0],[],[]]'", arg=INSIDE, polling=200
        )
    unchanged(page, "String(document.querySelector('[data-testid=stMain]').scrollHeight)", 300)
    overflow = page.evaluate(clear, INSIDE)
    assert overflow == [[0, 0], [], []], overflow


@pytest.mark.parametrize("path", PAGES)
def test_nothing_moves_and_nothing_is_cut(reader: Visitor, path: str):
    """The menu opens on the narrowest screen, too."""
    page = reader.open(f"{path}?lang=fr")
    assert page.evaluate(LONG) == 0
    assert page.evaluate(MOVING) == 0
    page.set_viewport_size(ENLARGED)
    check_narrow(page)
    touch = page.context.new_cdp_session(page)
    touch.send("Emulation.setTouchEmulationEnabled", {"enabled": True, "maxTouchPoints": 1})
    page.set_viewport_size(NARROWEST)
    check_narrow(page)
    page.get_by_test_id("stExpandSidebarButton").click()
    links = page.get_by_test_id("stSidebarNav").get_by_role("link")
    links.first.wait_for(state="visible")
    assert links.count() == len(scripts().keys() - UNLISTED)
