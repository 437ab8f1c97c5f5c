"""Documents with scripts: a change before and after they came, Back and Forward, years, a lost connection, sizes."""

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from dashboard.catalog import pages
from tests.browser.conftest import Visitor, path_to, visiting

pytestmark = pytest.mark.browser
REGION, ROUTES = "/en/region?year=2015", "/en/routes?state=ARG"
SCRIPTS, FRAMES = re.compile(r"/assets/\w+/(page|htmx\.min)\.js"), re.compile(r"\.years\?")
# The drawing that fits the window.
DRAWING = ".still > svg:visible"
MOST_REQUESTS, MOST_BYTES = 15, 250_000
# What the show of Present fetches ahead, so that it runs in a room without a network: its figures, and what draws them.
AHEAD = re.compile(r"/figures/|/plotly\.min\.js$")


class Change(NamedTuple):
    """A change of a control by keyboard: on which page, of which control, how, and the parameter that follows."""

    path: str
    control: str
    act: Callable[[Page], None]
    query: str


def chosen(id_: str, value: str) -> Callable[[Page], None]:
    return lambda page: page.locator(f"#{id_}").select_option(value) and None


def pressed(key: str) -> Callable[[Page], None]:
    return lambda page: page.keyboard.press(key)


CHANGES = {
    "select on Region": Change(
        REGION, "view-indicator", chosen("view-indicator", "persons_convicted"), "indicator=persons_convicted"
    ),
    "radio on Region": Change(REGION, "view-measure-count", pressed("Space"), "measure=count"),
    "checkbox on Region": Change(REGION, "view-latest", pressed("Space"), "latest=1"),
    "slider on Region": Change(REGION, "view-year", pressed("ArrowLeft"), "year=2014"),
    "select on Routes": Change(ROUTES, "view-position", chosen("view-position", "origin"), "position=origin"),
    "radio on Routes": Change(ROUTES, "view-evidence-stated", pressed("Space"), "evidence=stated"),
    "checkbox on Routes": Change(ROUTES, "view-state-BRA", pressed("Space"), "state=ARG,BRA"),
    # The figures of Argentina end a year before the last one.
    "slider on Routes": Change(ROUTES, "view-years-2", pressed("PageDown"), "years="),
}
EARLY = [name for name in CHANGES if name != "checkbox on Routes"]


def ready(page: Page, change: Change) -> None:
    """The control has the focus; a list of several is open."""
    control = page.locator(f"#{change.control}")
    if not control.is_visible():
        page.locator("details", has=control).last.locator("summary").press("Enter")
    control.focus()


def words(page: Page) -> str:
    """All that the figure says, of its marks, too."""
    return str(page.locator(DRAWING).first.text_content())


@pytest.mark.parametrize("name", CHANGES)
def test_a_change_replaces_the_content_keeps_the_focus_and_is_an_entry_of_the_history(regular: Visitor, name: str):
    change = CHANGES[name]
    page = regular.open(change.path)
    documents: list[str] = []
    page.on("request", lambda request: documents.append(request.url) if request.is_navigation_request() else None)
    before, entries, start = words(page), page.evaluate("history.length"), page.url
    ready(page, change)
    change.act(page)
    page.wait_for_url(f"**{change.query}**")
    after = words(page)
    assert after != before
    expect(page.locator(f"#{change.control}")).to_be_focused()
    assert page.evaluate("history.length") == entries + 1
    page.go_back()
    page.wait_for_url(start)
    expect(page.locator(DRAWING).first).to_have_text(before)
    page.go_forward()
    page.wait_for_url(f"**{change.query}**")
    expect(page.locator(DRAWING).first).to_have_text(after)
    assert documents == []


def held(page: Page, what: str | re.Pattern[str]) -> Callable[[], None]:
    """Hold requests back until the returned function is called."""
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

    page.route(what, hold)
    return release


@pytest.mark.parametrize("name", EARLY)
def test_what_is_pressed_before_the_scripts_came_is_carried_out(visitor: Visitor, name: str):
    change = CHANGES[name]
    page = visitor.context.new_page()
    release = held(page, SCRIPTS)
    page.goto(visitor.address + change.path, wait_until="commit")
    page.locator("footer").wait_for()
    before = words(page)
    ready(page, change)
    change.act(page)
    assert change.query not in page.url
    release()
    page.wait_for_url(f"**{change.query}**")
    assert words(page) != before


@pytest.mark.parametrize(("path", "named"), [(REGION, "Count"), (ROUTES, "Routes described in reports")])
def test_without_scripts_a_button_shows_what_was_chosen(browser: Browser, address: str, path: str, named: str):
    with visiting(browser, address, java_script_enabled=False) as visitor:
        page = visitor.open(path)
        page.get_by_role("radio", name=named).check()
        page.locator(".controls").get_by_role("button", name="Show").click()
        page.wait_for_url(re.compile("measure=count|evidence=stated"))
        expect(page.get_by_role("radio", name=named)).to_be_checked()
        # What was in the address before is kept.
        assert re.search("year=2015|state=ARG", page.url)
        # Every part that is folded opens.
        parts = page.locator("main details")
        for part in parts.all():
            if part.is_visible():
                part.locator("> summary").press("Enter")
        assert parts.count() > 6
        assert page.locator("main details:visible:not([open])").count() == 0


def test_without_scripts_years_are_links_and_a_mark_opens_its_state(browser: Browser, address: str):
    with visiting(browser, address, java_script_enabled=False) as visitor:
        page = visitor.open("/en/region?year=2019")
        page.get_by_role("link", name="2018").click()
        page.wait_for_url("**year=2018")
        expect(page.locator(".plate-year")).to_have_text("2018")
        expect(page.get_by_role("link", name="2017")).to_be_visible()
        page.locator(f"{DRAWING} a[href*='BRA']").locator("circle").first.click(force=True)
        page.wait_for_url("**/en/country/BRA")


def test_a_step_of_the_year_is_drawn_before_the_server_answers(visitor: Visitor):
    page = visitor.open(REGION)
    slider = page.get_by_role("slider", name="Year")
    with page.expect_response(FRAMES):
        slider.focus()
    # The answer has been read when a press would be drawn from it.
    page.wait_for_load_state("networkidle")
    finished: list[str] = []
    page.on("requestfinished", lambda request: finished.append(request.url))
    release = held(page, re.compile(r"/en/region"))
    for year in (2014, 2013, 2012):
        slider.press("ArrowLeft")
        expect(page.locator(f"{DRAWING} [role=img]")).to_have_attribute("aria-label", re.compile(rf", {year}\b"))
    assert finished == []
    assert page.url.endswith("year=2015")
    release()
    page.wait_for_url("**year=2012")
    expect(page.locator("#table h2, #table table caption").first).to_be_attached()
    expect(page.locator("#table caption").first).to_contain_text("2012")
    assert slider.input_value() == "2012"


def test_a_reader_who_has_scrolled_stays_there_when_the_content_changes(regular: Visitor):
    page = regular.open(REGION)
    slider = page.get_by_role("slider", name="Year")
    slider.focus()
    page.evaluate("scrollTo(0, 150)")
    before = page.evaluate("scrollY")
    slider.press("ArrowLeft")
    page.wait_for_url("**year=2014")
    assert page.evaluate("scrollY") == before > 0


def test_quick_choices_end_in_the_last_one(regular: Visitor):
    page = regular.open("/en/region")
    for name in ("Count", "Per 100,000 population", "Count", "Per 100,000 population", "Count"):
        page.get_by_role("radio", name=name).check()
    page.wait_for_url("**/en/region?measure=count")
    expect(page.get_by_role("radio", name="Count")).to_be_checked()
    drawn = page.locator(f"{DRAWING} [role=img]")
    expect(drawn).not_to_have_attribute("aria-label", re.compile("100,000"))


def test_a_lost_connection_is_said_and_the_page_stays(visitor: Visitor):
    page = visitor.open(REGION)
    visitor.context.set_offline(True)
    page.get_by_role("slider", name="Year").press("ArrowLeft")
    expect(page.locator("#said")).to_have_text("The connection to the server is lost.")
    expect(page.locator(DRAWING)).to_have_count(1)
    expect(page.get_by_role("heading", level=1)).to_have_text("Region")
    assert page.url.endswith(REGION)
    visitor.context.set_offline(False)
    page.get_by_role("slider", name="Year").press("ArrowLeft")
    page.wait_for_url("**year=2013")
    expect(page.locator("#said")).to_be_empty()


class Visit:
    """What a page fetches and complains of."""

    def __init__(self, page: Page) -> None:
        self.errors: list[str] = []
        self.sizes: dict[str, float] = {}
        self.asked: list[str] = []
        page.on("console", lambda said: self.errors.append(said.text) if said.type in {"error", "warning"} else None)
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        session = page.context.new_cdp_session(page)
        names: dict[str, str] = {}
        session.on("Network.requestWillBeSent", lambda event: self._asks(names, event))
        session.on("Network.loadingFinished", lambda event: self._ends(names.get(event["requestId"], ""), event))
        session.send("Network.enable")

    def _asks(self, names: dict[str, str], event: dict[str, Any]) -> None:
        names[event["requestId"]] = event["request"]["url"]
        if not AHEAD.search(event["request"]["url"]):
            self.asked.append(event["request"]["url"])

    def _ends(self, name: str, event: dict[str, Any]) -> None:
        if name and not AHEAD.search(name):
            self.sizes[name] = event["encodedDataLength"]


@pytest.mark.parametrize("slug", pages())
def test_a_first_visit_is_small_and_without_an_error(visitor: Visitor, slug: str):
    page = visitor.context.new_page()
    visit = Visit(page)
    page.goto(visitor.address + path_to(slug), wait_until="networkidle")
    assert visit.errors == []
    # The document, its style sheet, two scripts, three fonts and the icon.
    assert 6 < len(visit.asked) <= MOST_REQUESTS
    assert len(visit.asked) == len(set(visit.asked))
    assert 30_000 < sum(visit.sizes.values()) <= MOST_BYTES
