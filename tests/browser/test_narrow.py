"""Nothing is lost on a narrow screen or in letters twice as large."""

import pytest
from playwright.sync_api import Browser, Page

from dashboard.shell.navigation import scripts
from tests.browser.conftest import Visitor, unchanged

pytestmark = pytest.mark.browser
PAGES = [f"/{slug}" for slug in scripts()]
# The narrowest that WCAG asks for, and a screen of 1920x1080 at 200 %.
SIZES = {"320": {"width": 320, "height": 640}, "960": {"width": 960, "height": 540}}
# Tables and code scroll in themselves, figures are drawn for their width.
INSIDE = "[data-testid=stDataFrame], .plate-board, table, pre, #early, [data-testid=stSidebar]"
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


def narrow(browser: Browser, address: str, size: str, path: str) -> Page:
    context = browser.new_context(viewport=SIZES[size], locale="fr-FR", has_touch=size == "320")
    return Visitor(context, address).open(path)


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("path", PAGES)
def test_nothing_is_cut_and_the_page_goes_only_down(browser: Browser, address: str, path: str, size: str):
    """The menu opens on the narrowest screen, too."""
    page = narrow(browser, address, size, f"{path}?lang=fr")
    # The page is drawn again once the window has its width.
    unchanged(page, "String(document.querySelector('[data-testid=stMain]').scrollHeight)")
    found = page.evaluate(SCROLLS), page.evaluate(WIDE, INSIDE)[:5], page.evaluate(CUT, INSIDE)[:5]
    assert found == ([0, 0], [], []), found
    if size == "320":
        page.get_by_test_id("stExpandSidebarButton").click()
        links = page.get_by_test_id("stSidebarNav").get_by_role("link")
        links.first.wait_for(state="visible")
        assert links.count() == len(PAGES)
    page.context.close()
