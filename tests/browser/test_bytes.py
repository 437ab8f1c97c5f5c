"""Letters that come late or never move and hide nothing; what a second page fetches, and what a step does."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import PHONE, WIDE, Visitor

pytestmark = pytest.mark.browser
FONTS, ICON = re.compile(r"\.woff2$"), re.compile(r"/favicon\.svg$")
PATHS = ["/en/region", "/es/routes", "/fr/"]
# The sum of the parts of the window by which something moved.
MOVES = """
  window.moved = 0
  new PerformanceObserver(list => list.getEntries().forEach(entry => { window.moved += entry.value }))
    .observe({ type: "layout-shift", buffered: true })
"""
LOADED = "() => [...document.fonts].filter(face => face.status === 'loaded').length"
FAMILY = "node => getComputedStyle(node).fontFamily"
# Bytes of a step, compressed: the content with one drawing; how much may move: a tenth is what browsers call good.
MOST_OF_A_STEP, SHIFT = 60_000, 0.02


def late_fonts(visitor: Visitor) -> tuple[Page, list[Route]]:
    """A page whose fonts are kept back, and the requests for them."""
    page = visitor.context.new_page()
    waiting: list[Route] = []
    page.add_init_script(MOVES)
    page.route(FONTS, lambda route: waiting.append(route))  # noqa: PLW0108 - Playwright wants a function
    return page, waiting


@pytest.mark.parametrize("path", PATHS[:2])
@pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
def test_scripts_and_letters_that_come_late_move_nothing(visitor: Visitor, path: str, viewport):
    page, waiting = late_fonts(visitor)
    page.set_viewport_size(viewport)
    page.goto(visitor.address + path, wait_until="domcontentloaded")
    expect(page.locator("html[data-scripts]")).to_be_attached()
    assert len(waiting) >= 2
    for route in waiting:
        route.continue_()
    page.evaluate("() => document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    assert page.evaluate(LOADED) >= len(waiting)
    assert page.evaluate("() => window.moved") <= SHIFT


@pytest.mark.parametrize("path", PATHS)
def test_a_page_is_there_without_its_fonts(visitor: Visitor, path: str):
    page = visitor.context.new_page()
    page.route(FONTS, lambda route: route.abort())
    page.goto(visitor.address + path)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert "Early" in page.locator("h1").evaluate(FAMILY)
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    expect(page.locator(".still > svg:visible").first).to_be_visible()


def test_a_second_page_fetches_its_document_alone_and_a_step_little(visitor: Visitor):
    page = visitor.open("/en/region")
    session, sizes = visitor.context.new_cdp_session(page), []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.send("Network.enable")
    fetched: list[str] = []
    page.on("requestfinished", lambda request: None if ICON.search(request.url) else fetched.append(request.url))
    page.get_by_role("radio", name="Count").check()
    page.wait_for_url("**measure=count")
    page.wait_for_load_state("networkidle")
    assert len(fetched) == 1
    assert 1_000 < sum(sizes) <= MOST_OF_A_STEP
    session.send("Network.setCacheDisabled", {"cacheDisabled": False})
    page.goto(f"{visitor.address}/en/coverage", wait_until="networkidle")
    served = page.evaluate("""() => performance.getEntriesByType("resource").filter(one => one.transferSize)
      .map(one => one.name)""")
    assert served == []
