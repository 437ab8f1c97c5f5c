"""The first view: it is there before Streamlit, without scripts, connection or fonts; the page takes over in place."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, WebSocketRoute, expect

from tests.browser.conftest import PHONE, WIDE, Visitor, faults, settled, unchanged, visiting

pytestmark = pytest.mark.browser
FIRST = "#first .still svg:visible"
TOP = "() => document.querySelector('.plate-board').getBoundingClientRect().top"
START, SOCKET = "**/static/js/index.*.js", re.compile("/_stcore/stream")
MAPS = ["/region?lang=en", "/routes?lang=en"]
PATHS = MAPS
OTHERS = ["/region?lang=fr", "/routes?lang=pt"]
# A tablet upright, a small laptop and one on which only some languages' controls are in one line.
BETWEEN = [(768, 1024), (1024, 768), (1280, 720)]
# Filters whose words are long, or that are many; and widths at which the controls take one line to five.
CONTROLLED = [
    ("/region?latest=1", "en"),
    ("/region?indicator=persons_prosecuted&subregion=caribbean", "fr"),
    ("/routes?evidence=stated", "pt"),
    ("/routes?evidence=stated&picture=order", "fr"),
    ("/routes?state=VCT,KNA&minimum=2&position=destination", "es"),
]
WIDTHS = [390, *range(641, 1441, 47)]
# Of each control, or of the phone's button: its words, and where it is.
BOXES = """(nodes => nodes.filter(node => node.getBoundingClientRect().height).map(node => {
  const { left, top, width, height } = node.getBoundingClientRect()
  const words = [...node.querySelectorAll("label, .choice-label, [role=radiogroup] button, li")]
  const fields = [...node.querySelectorAll("input:not([type=checkbox])")].map(one => one.value || one.placeholder)
  const own = node.matches("button") ? [node.textContent] : []
  return { words: [...own, ...words.map(one => one.textContent), ...fields], box: [left, top, width, height] }
}))"""
WAITING = f"() => {BOXES}([...document.querySelectorAll('.waiting-row > *, .waiting .filters-button')])"
PICKS = ".st-key-controls > [class*=st-key-pick], #root .filters-button"
PLACED = f"() => {BOXES}([...document.querySelectorAll('{PICKS}')])"
WINDOWS = pytest.mark.parametrize("viewport", [WIDE, PHONE], ids=["wide", "phone"])
# Pixels of the first view beyond its right edge.
BEYOND = "() => document.getElementById('first').scrollWidth - document.getElementById('first').clientWidth"
# Pixels by which a heading may differ on a phone; the most that a layout may shift (Core Web Vitals: 0.1 is good).
NEAR, SHIFT = 2, 0.02
# Each frame: whether a drawing or a figure is seen; and each layout shift that no press caused.
WATCH = """
  window.frames_ = []
  window.shifts = []
  const named = ({ node }) => String(node?.className || node?.nodeName)
  new PerformanceObserver(list => {
    for (const { value, sources } of list.getEntries()) window.shifts.push({ value, of: [...sources].map(named) })
  }).observe({ type: "layout-shift", buffered: true })
  const seen = node => {
    const { top, left, width, height } = node.getBoundingClientRect()
    const visible = width && height && getComputedStyle(node).visibility === "visible"
    return visible ? [left, top, width, height].map(Math.round) : null
  }
  const look = () => {
    const drawn = [...document.querySelectorAll(".still svg, .plate-figure[data-shown]")].map(seen).find(Boolean)
    window.frames_.push({ box: drawn ?? null, first: Boolean(document.getElementById("first")) })
    requestAnimationFrame(look)
  }
  look()
"""


def delay_start(visitor: Visitor) -> Callable[[], None]:
    """Hold the script that starts Streamlit back until the returned function is called."""
    waiting: list[Route] = []
    released = False

    def hold(route: Route) -> None:
        if released:
            route.continue_()
        else:
            waiting.append(route)

    def release() -> None:
        nonlocal released
        released = True
        for route in waiting:
            route.continue_()

    visitor.context.route(START, hold)
    return release


def at_width(page: Page, width: int, boxes: str) -> list[dict[str, Any]]:
    """The words and boxes of the controls in a window of some width, once they no longer move."""
    page.set_viewport_size({"width": width, "height": 900})
    unchanged(page, f"JSON.stringify(({boxes})())", 100)
    found: list[dict[str, Any]] = page.evaluate(boxes)
    assert found
    return found


def labels(page: Page) -> set[str]:
    """The codes of the states that stand on the visible drawing."""
    texts = page.locator(FIRST).locator("text").all_text_contents()
    return {found[0] for text in texts if (found := re.match(r"\b[A-Z]{3}\b", text.strip()))}


@pytest.mark.parametrize("path", MAPS)
@WINDOWS
def test_without_scripts_figure_states_and_years_are_there(browser: Browser, address: str, path, viewport):
    with visiting(browser, address, java_script_enabled=False, viewport=viewport) as visitor:
        page, fetched = visitor.context.new_page(), []
        page.on("request", lambda request: fetched.append(request.resource_type))
        page.goto(address + path)
        expect(page.locator(FIRST)).to_have_count(1)
        assert len(labels(page)) >= 15
        assert "script" not in fetched
        page.locator("#first > header").get_by_role("link", name="Present").scroll_into_view_if_needed()
        expect(page.locator("#first > header").get_by_role("link", name="Present")).to_be_in_viewport()
        # A press on the middle of a state's place opens its page.
        # Forced, as the text of its label may be there, which opens the same.
        page.locator(FIRST).locator("a[href*='area=BRA']").locator("circle").first.click(force=True)
        assert page.url.startswith(f"{address}/country?")
        assert "area=BRA" in page.url
        page.goto(f"{address}/region?lang=en&year=2019")
        page.get_by_role("link", name="2018").click()
        assert "year=2018" in page.url
        expect(page.locator(".plate-year")).to_have_text("2018")
        expect(page.get_by_role("link", name="2017")).to_be_visible()
        expect(page.get_by_text("Scripts are off in this browser.")).to_be_visible()


@WINDOWS
def test_the_first_view_does_not_need_streamlit(visitor: Visitor, viewport):
    visitor.context.route(START, lambda route: route.abort())
    page = visitor.context.new_page()
    page.set_viewport_size(viewport)
    page.goto(f"{visitor.address}/region?lang=en&year=2019&measure=count")
    expect(page.locator(FIRST)).to_have_count(1)
    assert len(labels(page)) == 35
    drawing = page.locator("#first .still svg [role=img]").first
    assert ", 2019: " in (drawing.get_attribute("aria-label") or "")
    expect(page.locator("#first")).to_contain_text("Data version")
    # It scrolls, and nothing stands beyond its right edge.
    assert page.evaluate(BEYOND) == 0
    assert faults(page) == []


def test_the_keyboard_alone_opens_a_state(visitor: Visitor):
    visitor.context.route(START, lambda route: route.abort())
    page = visitor.context.new_page()
    page.goto(f"{visitor.address}/region?lang=en")
    page.get_by_role("link", name="2021").focus()
    for _ in range(4):
        page.keyboard.press("Tab")
    link = page.evaluate("() => [document.activeElement.tagName, document.activeElement.getAttribute('href')]")
    assert link[0] == "a"
    assert "./country?" in link[1]
    assert page.evaluate("() => getComputedStyle(document.activeElement.querySelector('circle')).strokeWidth") == "3px"
    page.keyboard.press("Enter")
    page.wait_for_url("**/country?*area=*")


def refused(visitor: Visitor) -> list[str]:
    """Refuse every websocket of a visitor from now on; the list grows by the address of each."""
    sockets: list[str] = []

    def refuse(socket: WebSocketRoute) -> None:
        sockets.append(socket.url)
        socket.close(code=1011)

    visitor.context.route_web_socket(SOCKET, refuse)
    return sockets


@pytest.mark.parametrize("path", PATHS[1:])
def test_without_a_connection_the_first_view_of_each_page_stays(visitor: Visitor, path):
    sockets = refused(visitor)
    page = visitor.context.new_page()
    page.goto(visitor.address + path)
    page.wait_for_function("() => document.querySelector('.stApp')")
    # Something must not happen; Streamlit tries a second time after about a second.
    page.wait_for_timeout(3_000)
    assert sockets
    expect(page.locator(FIRST).first).to_be_visible()


def test_without_a_connection_the_first_view_stays(visitor: Visitor):
    sockets = refused(visitor)
    page = visitor.context.new_page()
    page.goto(f"{visitor.address}/region?lang=en&year=2019")
    page.wait_for_function("() => document.querySelector('.stApp')")
    # Something must not happen: Streamlit tries again and again, and after some seconds shows a dialog.
    page.wait_for_timeout(8_000)
    assert len(sockets) > 1
    expect(page.locator(FIRST)).to_have_count(1)
    page.get_by_role("link", name="2018").click()
    expect(page.locator(".plate-year")).to_have_text("2018")


@pytest.mark.parametrize("path", OTHERS)
@WINDOWS
def test_without_fonts_nothing_is_lost(visitor: Visitor, path, viewport):
    visitor.context.route(re.compile(r"\.(woff2?|ttf)"), lambda route: route.abort())
    visitor.context.route(START, lambda route: route.abort())
    page = visitor.context.new_page()
    page.set_viewport_size(viewport)
    page.goto(visitor.address + path)
    expect(page.locator(FIRST).first).to_be_visible()
    if "region" in path:
        assert len(labels(page)) == 35
    assert page.evaluate(BEYOND) == 0


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_fetched_before_the_drawing_is_painted(visitor: Visitor, path):
    page = visitor.open(path)
    painted, early = page.evaluate("""() => {
      const painted = performance.getEntriesByName("first-contentful-paint")[0].startTime
      const fetched = performance.getEntriesByType("resource").filter(one => one.startTime < painted)
      return [painted, fetched.map(one => one.name)]
    }""")
    assert painted > 0
    assert [name for name in early if not name.endswith((".png", ".svg", ".woff2"))] == []


@pytest.mark.parametrize("path", [*PATHS, *OTHERS])
@WINDOWS
def test_the_page_takes_the_figure_over_in_place(visitor: Visitor, path, viewport):
    page = visitor.context.new_page()
    page.set_viewport_size(viewport)
    page.add_init_script(WATCH)
    release = delay_start(visitor)
    page.goto(f"{visitor.address}{path}", wait_until="commit")
    page.wait_for_selector(FIRST)
    page.evaluate("() => document.fonts.ready")
    release()
    settled(page)
    frames: list[dict[str, Any]] = page.evaluate("() => window.frames_")
    begun = next(number for number, frame in enumerate(frames) if frame["box"])
    after = next(number for number, frame in enumerate(frames) if number > begun and not frame["first"])
    # From its first frame on there was always a figure.
    assert all(frame["box"] for frame in frames[begun:])
    # It stayed in its place when the page came, and when Plotly drew it again.
    left, top, width, height = frames[after - 1]["box"]
    for frame in frames[after:]:
        assert all(abs(a - b) <= NEAR for a, b in zip(frame["box"], (left, top, width, height), strict=True)), frame
    shifts = page.evaluate("() => window.shifts")
    assert sum(shift["value"] for shift in shifts) <= SHIFT, json.dumps(shifts)[:2000]


@pytest.mark.parametrize("path", PATHS)
@pytest.mark.parametrize("size", BETWEEN)
def test_between_phone_and_desk_the_page_comes_without_a_jump(visitor: Visitor, path, size):
    page = visitor.context.new_page()
    page.set_viewport_size({"width": size[0], "height": size[1]})
    page.add_init_script(WATCH)
    release = delay_start(visitor)
    page.goto(f"{visitor.address}{path}", wait_until="commit")
    page.wait_for_selector(FIRST)
    page.evaluate("() => document.fonts.ready")
    before = page.evaluate(TOP)
    release()
    settled(page)
    assert abs(page.evaluate(TOP) - before) <= NEAR
    shifts = page.evaluate("() => window.shifts")
    assert sum(shift["value"] for shift in shifts) <= SHIFT, json.dumps(shifts)[:2000]


@pytest.mark.parametrize(("path", "code"), CONTROLLED)
def test_the_controls_that_wait_stand_where_those_of_the_page_will(visitor: Visitor, path, code):
    """At every width where some wrap: from the phone's limit up, and the phone's button."""
    visitor.context.route(START, lambda route: route.abort())
    waits = visitor.context.new_page()
    waits.goto(f"{visitor.address}{path}&lang={code}")
    waits.evaluate("() => document.fonts.ready")
    before = {width: at_width(waits, width, WAITING) for width in WIDTHS}
    visitor.context.unroute(START)
    page = visitor.open(f"{path}&lang={code}")
    for width in WIDTHS:
        after = at_width(page, width, PLACED)
        assert [one["words"] for one in before[width]] == [one["words"] for one in after], width
        for one, other in zip(before[width], after, strict=True):
            assert all(abs(a - b) <= 1 for a, b in zip(one["box"], other["box"], strict=True)), (width, one, other)


def test_a_reader_who_has_scrolled_stays_there(visitor: Visitor):
    page = visitor.context.new_page()
    page.set_viewport_size(PHONE)
    release = delay_start(visitor)
    page.goto(f"{visitor.address}/region?lang=en", wait_until="commit")
    page.wait_for_selector(FIRST)
    page.evaluate("() => document.fonts.ready")
    page.evaluate("() => { document.getElementById('first').scrollTop = 400 }")
    soon = page.evaluate(TOP)
    release()
    page.wait_for_selector("#first", state="detached")
    assert abs(page.evaluate(TOP) - soon) <= NEAR
    settled(page)
    assert abs(page.evaluate(TOP) - soon) <= NEAR


@pytest.mark.parametrize("path", PATHS)
def test_a_reader_who_saves_data_fetches_plotly_by_a_touch(visitor: Visitor, path):
    visitor.context.add_init_script("Object.defineProperty(navigator, 'connection', { value: { saveData: true } })")
    page, fetched = visitor.context.new_page(), []
    page.on("request", lambda request: fetched.append(request.url))
    page.goto(visitor.address + path, wait_until="commit")
    expect(page.locator("#first")).to_have_count(0)
    page.wait_for_load_state("networkidle")
    assert [name for name in fetched if "plotly" in name or "/figures/" in name] == []
    expect(page.locator(".plate .still svg:visible").first).to_be_visible()
    page.locator(".plate").first.hover()
    expect(page.locator(".plate-figure[data-shown]").first).to_be_visible()


@pytest.mark.parametrize(
    ("scheme", "chosen", "dark"), [("dark", "", True), ("dark", "Light", False), ("light", "Dark", True)]
)
def test_the_first_view_has_the_theme_of_the_page(visitor: Visitor, scheme, chosen, dark):
    page = visitor.context.new_page()
    page.emulate_media(color_scheme=scheme)
    page.add_init_script(f"""if ("{chosen}") localStorage.setItem("stActiveTheme-/region-v2", '"{chosen}"')""")
    release = delay_start(visitor)
    page.goto(f"{visitor.address}/region?lang=en", wait_until="commit")
    page.wait_for_selector(FIRST)
    ground = page.evaluate("() => getComputedStyle(document.getElementById('first')).backgroundColor")
    sea = page.locator(FIRST).locator("path").first.evaluate("path => getComputedStyle(path).fill")
    channels = [[int(number) for number in re.findall(r"\d+", color)[:3]] for color in (ground, sea)]
    assert [sum(color) < 3 * 128 for color in channels] == [dark, dark]
    release()
    settled(page)
    assert f"dark={int(dark)}" in (page.locator("figure.plate").get_attribute("data-address") or "")


def test_the_first_view_does_not_cover_streamlits_alerts(visitor: Visitor):
    page = visitor.context.new_page()
    page.goto(f"{visitor.address}/region?lang=en&year=1800", wait_until="commit")
    expect(page.get_by_test_id("stAlert").first).to_be_visible()
    expect(page.locator("#first")).to_have_count(0)


def test_a_page_that_fails_is_not_covered(visitor: Visitor):
    """A page without the figure of its first view: its foot is there, so the view goes."""
    visitor.context.route("**/stage.js", lambda route: route.abort())
    page = visitor.context.new_page()
    page.goto(f"{visitor.address}/region?lang=en", wait_until="commit")
    expect(page.locator("#first")).to_have_count(0)
    expect(page.locator("footer")).to_be_visible()
