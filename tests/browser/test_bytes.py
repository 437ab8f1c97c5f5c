"""What a first visit fetches: no more than it needs, and letters that come late or never move and hide nothing."""

import re

import pytest
from playwright.sync_api import Page, Route, expect

from tests.browser.conftest import Visitor, settled

pytestmark = pytest.mark.browser
FONTS = re.compile(r"\.woff2$")
# Bytes of a first visit, as sent, without the websocket's: 2.84 MB with Streamlit 1.67.0, 3.06 MB with 1.66.1.
MOST = 3_100_000
PATHS = ["/region?lang=en", "/routes?lang=es"]
# The sum of the parts of the window by which something moved.
MOVES = """() => new Promise(resolve => {
  window.moved = 0
  new PerformanceObserver(list => list.getEntries().forEach(entry => { window.moved += entry.value }))
    .observe({ type: "layout-shift" })
  resolve()
})"""
LOADED = "least => [...document.fonts].filter(face => face.status === 'loaded').length >= least"
FAMILY = "node => getComputedStyle(node).fontFamily"


@pytest.mark.parametrize("path", PATHS)
def test_a_first_visit_stays_small(visitor: Visitor, path: str):
    page = visitor.context.new_page()
    session, sizes, names = visitor.context.new_cdp_session(page), [], []
    session.on("Network.loadingFinished", lambda event: sizes.append(event["encodedDataLength"]))
    session.on("Network.requestWillBeSent", lambda event: names.append(event["request"]["url"]))
    session.send("Network.enable")
    page.goto(visitor.address + path)
    settled(page)
    page.wait_for_load_state("networkidle")
    assert 100_000 < sum(sizes) < MOST
    # Of Streamlit's fonts only that of its icons is among them.
    fonts = {name.rpartition("/")[2].partition(".")[0] for name in names if FONTS.search(name)}
    assert fonts == {"sans", "sans-semibold", "serif-semibold", "MaterialSymbols-Rounded"}
    assert any("/assets/" in name and name.endswith("plotly.min.js") for name in names)
    # What is fetched twice is one file under two names, or a cache that does not work.
    assert len(names) == len(set(names))


def late_fonts(visitor: Visitor) -> tuple[Page, list[Route]]:
    """A page whose fonts are kept back, and the requests for them."""
    page = visitor.context.new_page()
    waiting: list[Route] = []

    def keep(route: Route) -> None:
        waiting.append(route)

    page.route(FONTS, keep)
    return page, waiting


@pytest.mark.parametrize("path", PATHS[1:])
def test_letters_that_come_late_move_nothing(visitor: Visitor, path: str):
    page, waiting = late_fonts(visitor)
    page.goto(visitor.address + path, wait_until="commit")
    settled(page)
    assert len(waiting) >= 2
    page.evaluate(MOVES)
    for route in waiting:
        route.continue_()
    page.wait_for_function(LOADED, arg=len(waiting))
    page.evaluate("() => document.fonts.ready.then(() => new Promise(requestAnimationFrame))")
    # A tenth is what browsers call good for a whole visit.
    assert page.evaluate("() => window.moved") <= 0.02


def test_a_page_is_there_without_its_fonts(visitor: Visitor):
    page = visitor.context.new_page()
    page.route(FONTS, lambda route: route.abort())
    page.goto(f"{visitor.address}/region?lang=fr")
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    assert page.locator("h1").evaluate(FAMILY).startswith('"Atalaya Serif", "Atalaya Serif Early"')
    assert page.locator("footer p").first.evaluate(FAMILY).startswith('"Atalaya Sans", "Atalaya Sans Early"')
