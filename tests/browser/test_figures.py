"""Figures: their years by keyboard and by themselves, zoom, words at the pointer, pictures to take away, a frame."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import ClassVar, NamedTuple
from urllib.parse import parse_qs, urlsplit
from urllib.request import urlopen

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import LONGEST, Visitor, faults, serving, unchanged, visiting

pytestmark = pytest.mark.browser
PUBLIC = "https://atalaya.example"
SEEN = "() => [...document.querySelectorAll('.still > svg')].find(one => one.checkVisibility()).getAttribute('viewBox')"
DRAWING = ".still > svg:visible"


def heading(page: Page) -> str:
    """What the figure says that it shows."""
    return page.locator(f"{DRAWING} [role=img]").first.get_attribute("aria-label") or ""


def shows(page: Page, words: str) -> None:
    expect(page.locator(f"{DRAWING} [role=img]").first).to_have_attribute("aria-label", re.compile(re.escape(words)))


def test_the_year_steps_by_one_with_the_keys_and_the_address_follows(regular: Visitor):
    page = regular.open("/en/region?year=2008")
    slider = page.get_by_role("slider", name="Year")
    looks = set()
    for year in range(2009, 2023):
        slider.press("ArrowRight")
        shows(page, f", {year}")
        looks.add(page.locator(DRAWING).inner_html())
    assert len(looks) == 14
    # The usual year is in no address.
    page.wait_for_url(re.compile("/en/region$"))
    expect(page.locator("#table caption").first).to_contain_text("2022")
    slider.press("ArrowLeft")
    page.wait_for_url("**year=2021")


def test_a_hundred_quick_presses_all_count(regular: Visitor):
    page = regular.open("/en/region?year=2003")
    slider = page.get_by_role("slider", name="Year")
    keys = (["ArrowRight"] * 18 + ["ArrowLeft"] * 17) * 3
    for key in keys[:100]:
        slider.press(key)
    # 18 right, 17 left, 18 right, 17 left, 18 right, 12 left.
    year = str(2003 + 18 - 17 + 18 - 17 + 18 - 12)
    page.wait_for_url(f"**year={year}")
    expect(slider).to_have_value(year)
    expect(page.locator(".plate-year")).to_have_text(year)
    shows(page, f", {year}")
    expect(page.locator("#table caption").first).to_contain_text(year)


def test_the_figure_its_description_and_the_table_show_one_year(regular: Visitor):
    page = regular.open("/en/region?measure=count&year=2019")
    page.get_by_role("slider", name="Year").press("ArrowLeft")
    page.wait_for_url("**year=2018")
    assert ", 2018" in heading(page)
    caption = page.locator(".plate-caption").inner_text()
    assert heading(page).count("of 35 states") == 1
    assert heading(page).endswith(caption)
    expect(page.locator("#table caption").first).to_contain_text("2018")
    assert set(page.locator("#table tbody td:nth-child(4)").all_inner_texts()) <= {"2018", "", "–"}


def test_the_years_play_to_the_last_one_and_stop(regular: Visitor):
    page = regular.open("/en/region?year=2021")
    slider, play = page.get_by_role("slider", name="Year"), page.locator(".plate-play")
    last = str(slider.get_attribute("max"))
    play.click()
    expect(play).to_have_attribute("aria-label", "Pause")
    page.wait_for_url(re.compile("/en/region$"))
    page.wait_for_url(f"**year={last}")
    expect(play).to_have_attribute("aria-label", "Play the years")
    shows(page, f", {last}")
    # From the last year it begins with the first.
    play.press("Enter")
    page.wait_for_url("**year=2003")
    # What the reader does ends the play.
    slider.press("ArrowRight")
    expect(play).to_have_attribute("aria-label", "Play the years")
    page.wait_for_url("**year=2004")


def test_the_years_of_a_span_play_too_and_pause(regular: Visitor):
    page = regular.open("/en/routes?state=ARG")
    play = page.locator(".plate-play")
    play.click()
    page.wait_for_url("**years=2007-2007")
    page.wait_for_url("**years=2008-2008")
    play.click()
    expect(play).to_have_attribute("aria-label", "Play the years")
    paused = page.locator(".plate-year").inner_text()
    # Longer than two beats: only time shows that nothing goes on.
    page.wait_for_timeout(2500)
    assert page.locator(".plate-year").inner_text() == paused


def test_a_span_of_years_has_two_ends_that_do_not_cross(regular: Visitor):
    page = regular.open("/en/routes?years=2012-2013")
    first, last = (page.get_by_role("slider", name=name) for name in ("First year", "Last year"))
    for _ in range(3):
        first.press("ArrowRight")
    page.wait_for_url("**years=2015-2015")
    expect(last).to_have_value("2015")
    expect(first).to_have_value("2015")
    shows(page, "2015")


def test_the_zoom_stays_through_years_and_other_filters(regular: Visitor):
    page = regular.open("/en/region?year=2015")
    whole = page.evaluate(SEEN)
    near = zoomed(page, 2)
    assert near != whole
    page.get_by_role("slider", name="Year").press("ArrowRight")
    shows(page, ", 2016")
    page.wait_for_url("**year=2016")
    assert page.evaluate(SEEN) == near
    page.get_by_role("radio", name="Count").check()
    page.wait_for_url("**measure=count**")
    expect(page.locator(f"{DRAWING} [role=img]").first).not_to_have_attribute("aria-label", re.compile("100,000"))
    assert page.evaluate(SEEN) == near
    page.get_by_role("button", name="The whole region").click()
    assert page.evaluate(SEEN) == whole


def zoomed(page: Page, times: int) -> str:
    for _ in range(times):
        page.get_by_role("button", name="Zoom in").click()
    return str(page.evaluate(SEEN))


def test_a_map_is_moved_by_the_pointer_and_nothing_opens(regular: Visitor):
    page = regular.open("/en/region")
    before = zoomed(page, 3)
    box = page.locator(DRAWING).bounding_box()
    assert box
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.mouse.move(x, y)
    page.mouse.down()
    page.mouse.move(x - 120, y - 60, steps=5)
    page.mouse.up()
    assert page.evaluate(SEEN) != before
    assert page.url.endswith("/en/region")
    page.get_by_role("button", name="Zoom out").press("Enter")
    assert page.evaluate(SEEN) != before


def test_with_a_key_the_wheel_zooms_a_map_around_the_pointer_and_without_one_it_moves_the_page(regular: Visitor):
    page = regular.open("/en/region")
    whole = page.evaluate(SEEN)
    x, y = spot(page.locator(f"{DRAWING} a[href*='BRA']").first)
    page.mouse.move(x, y)
    page.keyboard.down("Control")
    for _ in range(2):
        page.mouse.wheel(0, -100)
    page.wait_for_function(f"old => ({SEEN})() !== old", arg=whole)
    page.keyboard.up("Control")
    # The wheel has turned twice before the second answer: both count.
    page.wait_for_function(f"old => ({SEEN})().split(' ')[2] < 0.5 * old.split(' ')[2]", arg=whole)
    near = spot(page.locator(f"{DRAWING} a[href*='BRA']").first)
    assert abs(near[0] - x) < 3
    assert abs(near[1] - y) < 3
    seen = page.evaluate(SEEN)
    page.mouse.wheel(0, 200)
    page.wait_for_function("() => scrollY > 0")
    assert page.evaluate(SEEN) == seen


def test_a_mark_that_gets_the_focus_on_a_zoomed_map_comes_into_sight_with_its_words(regular: Visitor):
    page = regular.open("/en/region")
    # By keyboard, so that the focus is one that is seen.
    for _ in range(5):
        page.get_by_role("button", name="Zoom in").press("Enter")
    near = page.evaluate(SEEN)
    link = page.locator(f"{DRAWING} a[href*='ARG']").first
    board = page.locator(".plate-board").bounding_box()
    mark = link.locator("circle, use").first
    before = mark.bounding_box()
    assert board
    assert before
    assert before["y"] > board["y"] + board["height"]
    link.focus()
    expect(page.locator(".plate-hover")).to_contain_text("Argentina")
    unchanged(page, "scrollY")
    assert page.evaluate(SEEN) != near
    board, after = page.locator(".plate-board").bounding_box(), mark.bounding_box()
    assert board
    assert after
    assert board["y"] < after["y"] + after["height"] / 2 < board["y"] + board["height"]
    expect(page.locator(".plate-hover")).to_contain_text("Argentina")


def spot(link: Locator) -> tuple[float, float]:
    """The middle of the mark of a link, in the window."""
    mark = link.locator("circle, use, path").last
    mark.scroll_into_view_if_needed()
    unchanged(link.page, "scrollY")
    box = mark.bounding_box()
    assert box
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


WORDS = {
    "/en/region": {"BRA": "Brazil", "CAN": "Canada", "ARG": "Argentina", "USA": "United States"},
    "/en/routes?state=USA&position=destination": {"MEX": "Mexico", "GTM": "Guatemala", "HND": "Honduras"},
}


@pytest.mark.parametrize("path", WORDS)
def test_each_mark_of_a_state_has_its_words_once_at_the_pointer_and_nothing_else_has(regular: Visitor, path: str):
    page = regular.open(path)
    label = page.locator(".plate-hover")
    for code, name in WORDS[path].items():
        page.mouse.move(*spot(page.locator(f"{DRAWING} a[href*='{code}']").first))
        expect(label).to_have_count(1)
        expect(label).to_contain_text(name)
        box = page.locator(DRAWING).first.bounding_box()
        assert box
        page.mouse.move(box["x"] + 6, box["y"] + box["height"] - 120)
        expect(label).to_have_count(0)


def test_the_words_are_beside_the_mark_that_has_the_focus_and_escape_takes_them_away(regular: Visitor):
    page = regular.open("/en/region")
    link = page.locator(f"{DRAWING} a[href*='BRA']").first
    link.focus()
    label = page.locator(".plate-hover")
    expect(label).to_contain_text("Brazil")
    page.keyboard.press("Escape")
    expect(label).to_have_count(0)


def test_a_bar_of_home_has_its_words_and_leads_to_the_figures_of_its_group(regular: Visitor):
    page = regular.open("/en/")
    bar = page.locator(f"{DRAWING} a[href*='sex=female']").first
    bar.focus()
    expect(page.locator(".plate-hover")).to_contain_text(re.compile("^Female"))
    page.keyboard.press("Escape")
    page.mouse.move(*spot(bar))
    expect(page.locator(".plate-hover")).to_contain_text(re.compile("^Female"))
    bar.press("Enter")
    page.wait_for_url("**/en/explore?sex=female")
    expect(page.locator("#view-sex-female")).to_be_checked()


def test_an_arrow_has_its_words_and_opens_its_row(regular: Visitor):
    page = regular.open("/en/routes?state=ARG&arrows=3")
    arrow = page.locator(f"{DRAWING} a[href*='arrow=BOL.ARG.']").first
    arrow.focus()
    expect(page.locator(".plate-hover")).to_contain_text(re.compile("^Citizens of .+ detected"))
    arrow.press("Enter")
    page.wait_for_url("**arrow=*#passport-arrow")
    expect(page.locator("#passport-arrow")).to_be_in_viewport()
    expect(page.locator("#passport-arrow").get_by_role("heading", name="→")).to_be_visible()


def test_a_figure_is_saved_by_keyboard_as_it_is_on_the_screen(regular: Visitor):
    page = regular.open("/en/region?year=2015")
    menu = page.locator(".plate-take")
    menu.locator("summary").press("Enter")
    links = menu.locator(".pictures a")
    expect(links).to_have_text(["PNG", "SVG", "PNG", "SVG"])
    found = [urlsplit(str(link.get_attribute("href"))) for link in links.all()]
    assert [one.path.rpartition("/")[2] for one in found] == ["region.png", "region.svg"] * 2
    assert [parse_qs(one.query)["shape"] for one in found] == [["slide"]] * 2 + [["phone"]] * 2
    assert {parse_qs(one.query)["year"][0] for one in found} == {"2015"}
    page.keyboard.press("Tab")
    expect(links.first).to_be_focused()
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.startswith("atalaya_region_slide_")
    assert faults(page) == []
    # After another year the addresses are those of the new figure, and the part is still open.
    page.get_by_role("slider", name="Year").press("ArrowRight")
    expect(links.first).to_have_attribute("href", re.compile("year=2016&.*shape=slide"))
    expect(links.first).to_be_visible()


class Sites(NamedTuple):
    """The addresses of our server, of a site that its operator lists, and of one that is not listed."""

    ours: str
    listed: str
    other: str


class Framing(BaseHTTPRequestHandler):
    """A site each of whose pages has one of `codes`, or else a frame with the address after the question mark."""

    codes: ClassVar[dict[str, str]] = {}

    def do_GET(self) -> None:
        frame = f'<iframe src="{self.path.partition("?")[2]}" width="320" height="700" title="Costa Rica"></iframe>'
        frame = self.codes.get(self.path, frame)
        self.send_response(200)
        self.send_header("Content-Type", "text/html; charset=utf-8")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>Another site</title>{frame}".encode())

    def log_message(self, *_args: object) -> None:
        """Print nothing."""


@contextmanager
def another_site() -> Iterator[str]:
    """The address of another site: another port of this machine is another origin."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Framing) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


@pytest.fixture(scope="module")
def sites() -> Iterator[Sites]:
    with (
        another_site() as listed,
        another_site() as other,
        serving("dashboard", "--public", PUBLIC, ATALAYA_EMBED_SITES=listed) as address,
    ):
        yield Sites(address, listed, other)


def test_only_a_listed_site_shows_a_figure_in_a_frame(browser: Browser, sites: Sites):
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(LONGEST)
    page, messages = context.new_page(), []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(f"{sites.listed}/?{sites.ours}/embed/series?area=CRI&lang=es")
    inside = page.frame_locator("iframe")
    expect(inside.locator("figure")).to_contain_text("Costa Rica")
    expect(inside.locator("svg.narrow")).to_be_visible()
    expect(inside.locator("svg.wide")).to_be_hidden()
    frame = page.frames[1]
    assert frame.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert frame.evaluate("() => document.scripts.length") == 0
    assert messages == []
    page.goto(f"{sites.other}/?{sites.ours}/embed/series?area=CRI&lang=es")
    expect(inside.locator("figure")).to_have_count(0)
    assert page.frames[1].url.startswith("chrome-error://")
    assert any("frame-ancestors" in message for message in messages)
    context.close()


VIEWS = ("region?lang=fr", "routes?lang=es", "series?area=CRI&lang=en", "explore?lang=pt", "ledger_matrix?lang=fr")


@pytest.mark.parametrize("styled", [True, False])
@pytest.mark.parametrize("view", VIEWS)
def test_the_code_for_another_site_shows_the_whole_figure_at_any_width(
    browser: Browser, own_sites: Sites, view: str, styled: bool
):
    """The frame is as wide as the page; `styled`: whether the page lets the style sheet of the code stand."""
    name, _, query = view.partition("?")
    with urlopen(f"{own_sites.ours}/embed/{name}.txt?{query}") as answer:  # noqa: S310 - ours
        code = answer.read().decode()
    Framing.codes[f"/{view}"] = f"<body style='margin: 0'>{code if styled else code.partition('<style>')[0]}"
    for width in (320, 768, 1200):
        context = browser.new_context(viewport={"width": width, "height": 800})
        context.set_default_timeout(LONGEST)
        page = context.new_page()
        page.goto(f"{own_sites.listed}/{view}")
        inside = page.frame_locator("iframe")
        # Key and source are below the figure, and the independence of the site is the last line.
        expect(inside.locator("footer p").last).to_be_visible()
        expect(inside.locator("svg:visible")).to_have_count(1)
        frame = page.frames[1]
        across, wide, tall, needed = frame.evaluate(
            "() => [document.body.scrollWidth, innerWidth, innerHeight, document.documentElement.offsetHeight]"
        )
        assert across <= wide == width
        assert needed <= tall
        if styled:
            assert tall - needed < 0.15 * tall
        # Letters of the drawing are never smaller than those of the notes.
        letters = frame.evaluate("""() => {
            const svg = [...document.querySelectorAll("svg")].find(one => one.getBoundingClientRect().width)
            const scale = svg.getBoundingClientRect().width / svg.viewBox.baseVal.width
            const size = one => parseFloat(getComputedStyle(one).fontSize)
            const drawn = [...svg.querySelectorAll("text")].map(size)
            return [scale * Math.min(...drawn), size(document.querySelector("figcaption"))]
        }""")
        assert letters[0] / letters[1] == pytest.approx(14 / 13, rel=0.01)
        context.close()


@pytest.fixture(scope="module")
def own_sites() -> Iterator[Sites]:
    """The same for a site without a public address."""
    with (
        another_site() as listed,
        another_site() as other,
        serving("dashboard", ATALAYA_EMBED_SITES=listed) as address,
    ):
        yield Sites(address, listed, other)


def test_the_link_to_a_figure_is_copied_or_shared(browser: Browser, address: str):
    with visiting(browser, address, permissions=["clipboard-read", "clipboard-write"]) as visitor:
        # The browser of the tests has nobody to share with.
        visitor.context.add_init_script("navigator.share = async given => { window.given = given }")
        page = visitor.open("/en/region?year=2015")
        page.get_by_role("slider", name="Year").press("ArrowRight")
        page.wait_for_url("**year=2016")
        menu = page.locator(".plate-take")
        menu.locator("summary").press("Enter")
        menu.get_by_role("button", name="Copy the link").press("Enter")
        expect(page.locator("#said")).to_have_text("Copied")
        link = f"{address}/en/region?year=2016#figure-region"
        assert page.evaluate("navigator.clipboard.readText()") == link
        menu.get_by_role("button", name="Share the link").press("Enter")
        page.wait_for_function("window.given")
        assert page.evaluate("window.given.url") == link
        assert faults(page) == []


def test_where_a_browser_cannot_share_there_is_no_button_for_it(browser: Browser, address: str):
    with visiting(browser, address) as visitor:
        visitor.context.add_init_script("delete Navigator.prototype.share")
        page = visitor.open("/en/region")
        page.locator(".plate-take summary").press("Enter")
        expect(page.get_by_role("button", name="Copy the link")).to_be_visible()
        expect(page.get_by_role("button", name="Share the link")).to_be_hidden()


@pytest.mark.parametrize("public", [PUBLIC, ""])
def test_the_code_for_another_site_is_copied_with_the_whole_address(browser: Browser, public: str):
    arguments = ["--public", public] if public else []
    with (
        serving("dashboard", *arguments, ATALAYA_EMBED_SITES="https://example.org") as address,
        visiting(browser, address, permissions=["clipboard-read", "clipboard-write"]) as visitor,
    ):
        page = visitor.open("/en/region?year=2015")
        page.get_by_role("slider", name="Year").press("ArrowRight")
        page.wait_for_url("**year=2016")
        menu = page.locator(".plate-take")
        menu.locator("summary").press("Enter")
        menu.get_by_role("button", name="Copy to clipboard").press("Enter")
        expect(page.locator("#said")).to_have_text("Copied")
        copied = page.evaluate("navigator.clipboard.readText()")
        assert f'src="{public or address}/embed/region?' in copied
        assert "year=2016" in copied
        assert faults(page) == []


def test_no_other_site_shows_a_document_in_a_frame(browser: Browser, sites: Sites):
    with visiting(browser, sites.listed) as visitor:
        page = visitor.context.new_page()
        page.goto(f"{sites.listed}/?{sites.ours}/en/region")
        assert page.frames[1].url.startswith("chrome-error://")
        visitor.refused.clear()
