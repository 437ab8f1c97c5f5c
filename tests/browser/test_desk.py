"""The desk in a browser: a process of its own, with Streamlit's own widgets and charts."""

import re
import time
import urllib.request
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl
import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from dashboard import menu
from dashboard.shell import filters
from data.i18n import language
from data.shown import opened
from tests.browser.conftest import READY_SECONDS, Visitor, free_port, serving, visiting
from tests.data.report.workbooks import GOOD, filled, order

pytestmark = pytest.mark.browser
HEALTH = "/_stcore/health"
STILL = "[data-testid=stApp][data-test-script-state=notRunning]"
# Still for 120 ms: what the browser sends to the server may start another run of the script.
RESTING = f"""() => new Promise(resolve => {{
  const last = performance.now() + 30_000
  let since = performance.now()
  const look = () => {{
    const now = performance.now()
    if (!document.querySelector('{STILL}')) since = now
    now - since > 120 || now > last ? resolve() : requestAnimationFrame(look)
  }}
  look()
}})"""
LAPTOP = {"width": 1366, "height": 768}
# Pages without a figure; for each other one the desk draws one without a press.
WITHOUT = {"sources", "about", "present", "letter"}
# What has to be chosen first.
CHOSEN = {"pair": "&one=DOM&other=HTI"}
DRAWN = "() => [...document.querySelectorAll('.js-plotly-plot')].some(one => one.querySelector('.main-svg .trace'))"
FIGURE = "JSON.stringify(document.querySelector('.js-plotly-plot').data.map(one => [one.name, one.text, one.x, one.y]))"
# The arrows: their names, the ends that a click opens, and whether they have an outline.
ARROWS = """document.querySelector('.js-plotly-plot').data.filter(one => one.meta?.opens)
  .map(one => ({name: one.name, opens: one.meta.opens, points: one.x.length}))"""
# Of the first figure: what the marks on its map and those of its ledger open.
OPENING = """document.querySelector('.js-plotly-plot').data.filter(one => one.customdata)
  .map(one => one.customdata.map(marks => marks[0]))"""
BOTH_DRAWN = """() => [...document.querySelectorAll('.js-plotly-plot')]
  .filter(one => one.querySelector('.main-svg .trace')).length > 1"""
# The words of a figure, and the names of the traces of the second one.
SAID = "document.querySelector('.js-plotly-plot').data.flatMap(one => one.mode === 'text' ? one.text : []).join(' ')"
KINDS = """document.querySelector('.js-plotly-plot').data.filter(one => one.customdata)
  .flatMap(one => one.customdata.map(marks => marks[3]))"""
# Width and height in pixels of the circles beside its map, of the countries outside the region.
BESIDE = """[...document.querySelectorAll('.js-plotly-plot')[0].querySelectorAll('.x8y8 path.js-fill')]
  .map(one => one.getBoundingClientRect()).map(box => [box.width, box.height])"""
NAMES_OF_SECOND = "document.querySelectorAll('.js-plotly-plot')[1].data.map(one => one.name)"


class Desk(NamedTuple):
    """The address of the documents, and a visitor of the desk beside them."""

    documents: str
    visitor: Visitor


@pytest.fixture(scope="module")
def desk(browser: Browser) -> Iterator[Desk]:
    port = free_port()
    address = f"http://127.0.0.1:{port}/desk"
    with serving("dashboard", "--desk-port", str(port)) as documents:
        wait_until_healthy(address)
        with visiting(browser, address, viewport=LAPTOP) as visitor:
            visitor.stay(HEALTH)
            yield Desk(documents, visitor)


@pytest.fixture
def visitor(desk: Desk) -> Iterator[Visitor]:
    yield desk.visitor
    desk.visitor.leave()


def wait_until_healthy(address: str) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError), urllib.request.urlopen(address + HEALTH, timeout=2) as answer:  # noqa: S310 - ours
            if answer.status == 200:
                return
        time.sleep(0.2)
    pytest.fail(f"the desk was not ready after {READY_SECONDS} seconds")


def shown(visitor: Visitor, path: str) -> Page:
    page = visitor.context.new_page()
    page.goto(visitor.address + path)
    at_rest(page)
    return page


def at_rest(page: Page) -> None:
    """Wait until the script has run to its end."""
    page.wait_for_selector("footer")
    page.wait_for_selector(STILL, state="attached")
    page.evaluate(RESTING)


def changed(page: Page, before: str) -> None:
    """Wait until the first figure is another one."""
    page.wait_for_function(f"before => {FIGURE} !== before", arg=before)
    at_rest(page)


@pytest.mark.parametrize("slug", menu.scripts())
def test_every_page_opens_whole_and_in_english(visitor: Visitor, slug: str):
    page = shown(visitor, f"/{slug}?lang=en{CHOSEN.get(slug, '')}")
    assert page.title() == f"{menu.title(language('en'), slug)} · Atalaya"
    expect(page.locator("h1")).to_have_count(1)
    for fault in ("stException", "stAlertContentError", "stAlertContentWarning"):
        expect(page.get_by_test_id(fault)).to_have_count(0)
    if slug not in WITHOUT:
        page.wait_for_function(DRAWN)


def test_the_root_is_page_home(visitor: Visitor):
    page = shown(visitor, "/?lang=en")
    assert page.title() == f"{menu.title(language('en'), 'home')} · Atalaya"


def test_the_year_of_region_is_a_slider_that_changes_the_figure(visitor: Visitor):
    page = shown(visitor, "/region?lang=en&year=2019")
    page.wait_for_function(DRAWN)
    before = page.evaluate(FIGURE)
    expect(page.get_by_text("population, 2019").first).to_be_visible()
    slider = page.get_by_role("slider", name="Year")
    expect(slider).to_have_value("2019")
    slider.focus()
    page.keyboard.press("ArrowLeft")
    changed(page, before)
    page.wait_for_url("**/desk/region?*year=2018*")
    expect(slider).to_have_value("2018")
    expect(page.get_by_text("population, 2018").first).to_be_visible()


def test_without_scripts_a_figure_is_explored_on_the_desk(desk: Desk, browser: Browser):
    context = browser.new_context(java_script_enabled=False, locale="en-GB")
    page = context.new_page()
    page.goto(f"{desk.documents}/en/region?year=2018")
    page.get_by_role("link", name="Explore this figure").click()
    page.wait_for_url("**/desk/region?lang=en&year=2018")
    context.close()


def test_back_shows_the_view_before(visitor: Visitor):
    page = shown(visitor, "/region?lang=en&year=2019")
    page.wait_for_function(DRAWN)
    before = page.evaluate(FIGURE)
    page.get_by_role("slider", name="Year").focus()
    page.keyboard.press("ArrowLeft")
    changed(page, before)
    page.wait_for_url("**/desk/region?*year=2018*")
    # Sooner the address of a run may be older than the last choice.
    page.wait_for_timeout(1000 * filters.LAG)
    page.go_back()
    page.wait_for_function(f"before => {FIGURE} === before", arg=before)
    expect(page.get_by_role("slider", name="Year")).to_have_value("2019")


def test_the_state_of_country_is_a_list_that_changes_every_figure(visitor: Visitor):
    page = shown(visitor, "/country?lang=en&area=ARG")
    expect(page.get_by_role("heading", level=1)).to_have_text("Argentina")
    page.wait_for_function(DRAWN)
    before = page.evaluate(FIGURE)
    page.get_by_role("combobox", name="State").fill("Peru")
    page.get_by_role("option", name="Peru").first.click()
    changed(page, before)
    expect(page.get_by_role("heading", level=1)).to_have_text("Peru")
    page.wait_for_url("**/desk/country?*area=PER*")


def test_routes_has_circles_a_ledger_and_the_arrows_of_described_routes_without_a_press(visitor: Visitor):
    page = shown(visitor, "/routes?lang=en")
    page.wait_for_function(BOTH_DRAWN)
    circles, listed = page.evaluate(OPENING)[:2]
    usable = flows("counted").filter(
        pl.col("status") != "questioned", pl.col("high") > 0, pl.col("origin").is_not_null()
    )
    detecting = set(usable["destination"].drop_nulls())
    assert set(circles) == detecting & regional()
    assert len(listed) > 10
    assert set(listed) <= detecting
    assert page.evaluate(ARROWS) == []
    described = set(page.evaluate(NAMES_OF_SECOND))
    arrows = {tuple(name.split("→")) for name in described if "→" in (name or "")}
    assert len(arrows) > 4
    ends = (("origin", "destination"), ("origin", "transit"), ("transit", "destination"))
    assert arrows <= {pair for two in ends for pair in flows("stated").select(two).rows()}


def test_routes_of_a_state_have_a_circle_and_a_line_of_the_ledger_for_each_pair(visitor: Visitor):
    page = shown(visitor, "/routes?lang=en&state=HTI&position=origin")
    page.wait_for_function(DRAWN)
    circles, listed = page.evaluate(OPENING)[:2]
    pairs = flows("counted").filter(pl.col("origin") == "HTI", pl.col("destination") != "HTI", pl.col("high") > 0)
    assert set(listed) == set(pairs["destination"])
    assert set(circles) == set(listed) & regional()


@pytest.mark.parametrize("width", [768, 1366, 1920])
def test_circles_beside_a_map_are_round_on_every_screen(visitor: Visitor, width: int):
    page = visitor.context.new_page()
    page.set_viewport_size({"width": width, "height": 1080})
    page.goto(f"{visitor.address}/routes?lang=en&state=HTI&position=origin")
    at_rest(page)
    page.wait_for_function(DRAWN)
    pairs = flows("counted").filter(pl.col("origin") == "HTI", pl.col("high") > 0)
    circles = page.evaluate(BESIDE)
    assert len(circles) >= pairs.filter(~pl.col("destination").is_in([*regional()]))["destination"].n_unique()
    assert all(across == pytest.approx(up, abs=0.5) for across, up in circles), circles


def test_routes_has_the_arrows_to_and_from_transit_states_without_a_press(visitor: Visitor):
    page = shown(visitor, "/routes?lang=en&evidence=stated&through=1")
    page.wait_for_function(DRAWN)
    arrows = page.evaluate(ARROWS)
    said = page.evaluate(SAID)
    assert all(role in said for role in ("Origin", "Transit", "Destination"))
    stated = flows("stated").filter(pl.col("transit").is_not_null())
    legs = {
        "to_transit": set(stated.select("origin", "transit").rows()),
        "from_transit": set(stated.select("transit", "destination").rows()),
    }
    # The columns have both kinds; the map has an arrow only where it crosses no other state.
    assert set(legs) <= set(page.evaluate(KINDS))
    assert {leg(arrow)[0] for arrow in arrows} <= set(legs)
    assert arrows
    for arrow in arrows:
        kind, start, end, transit = leg(arrow)
        assert (start, end) in legs[kind]
        assert transit == (end if kind == "to_transit" else start)
    assert page.locator(".js-plotly-plot .scatterlayer .trace path").count() > len(arrows)


def leg(arrow: dict[str, Any]) -> tuple[str, str, str, str]:
    """What kind of leg an arrow is, its two ends and the transit state."""
    _, start, end, kind, transit = arrow["opens"]
    return kind, start, end, transit


def flows(evidence: str) -> pl.DataFrame:
    """The flows of the snapshot that have both ends, of one kind."""
    return opened().table("flows").filter(evidence=evidence).collect()


def regional() -> set[str]:
    """The 35 states."""
    return set(opened().table("areas").collect()["area"])


def test_an_address_of_the_documents_leads_to_the_desk_with_its_query(desk: Desk, browser: Browser):
    # Both ports are addresses of this observatory.
    with visiting(browser, "http://127.0.0.1:", viewport=LAPTOP) as visitor:
        page = visitor.context.new_page()
        page.goto(f"{desk.documents}/desk/region?lang=es")
        at_rest(page)
        assert page.url.startswith(f"{desk.visitor.address}/region?lang=es")
        assert page.title() == f"{menu.title(language('es'), 'region')} · Atalaya"


def test_a_document_leads_to_its_page_on_the_desk_and_the_desk_leads_back(desk: Desk, visitor: Visitor):
    page = visitor.context.new_page()
    page.goto(f"{desk.documents}/es/about")
    page.get_by_role("link", name="Trabajar con estos datos").click()
    page.wait_for_url("**/desk/about?lang=es")
    page.get_by_role("link", name="Leer esta página como documento").click()
    page.wait_for_url(f"{desk.documents}/es/about")
    # The way back leads to the same view.
    page.goto(f"{desk.documents}/desk/region?lang=es&year=2015&measure=count")
    page.get_by_role("link", name="Leer esta página como documento").click()
    page.wait_for_url(re.compile(r"/es/region\?(?=.*year=2015)(?=.*measure=count)"))
    page.goto(f"{desk.documents}/desk/country?lang=es&area=PER")
    page.get_by_role("link", name="Leer esta página como documento").click()
    page.wait_for_url(f"{desk.documents}/es/country/PER")
    # The documents are another address than the desk's, which is the only one that a page may ask.
    page.wait_for_load_state("networkidle")
    page.close()
    visitor.refused.clear()


# The boxes of the two maps and of the words below them.
BOXES = """[...document.querySelectorAll('[class*="st-key-figure-state_routes"]')].map(one => {
  const words = one.nextElementSibling.getBoundingClientRect(), map = one.getBoundingClientRect()
  return { top: map.top, bottom: map.bottom, left: map.left, right: map.right, below: words.top }
})"""


def test_two_maps_of_a_country_cover_neither_one_another_nor_words(visitor: Visitor):
    page = shown(visitor, "/country?lang=en&area=PRY")
    page.wait_for_function(
        "document.querySelectorAll('[class*=st-key-figure-state_routes] .main-svg .trace').length > 20"
    )
    # The routes that reports describe come below them.
    first, second, _ = page.evaluate(BOXES)
    assert first["bottom"] <= second["top"] or first["right"] <= second["left"]
    assert all(one["bottom"] <= one["below"] for one in (first, second))


def test_the_desk_leads_to_the_show_which_plays_elsewhere(desk: Desk, visitor: Visitor):
    link = shown(visitor, "/present?lang=en").get_by_role("link", name="The presentation")
    assert link.get_attribute("href") == f"{desk.documents}/en/present"


def test_a_view_is_added_to_an_agenda_that_is_put_in_order_downloaded_and_shown(desk: Desk, visitor: Visitor):
    page = shown(visitor, "/coverage?lang=en")
    page.get_by_role("button", name="Add this view to my meeting agenda").click()
    page.get_by_role("link", name="My agenda: 1 scene").click()
    page.wait_for_url("**/desk/present?*meeting=own*")
    at_rest(page)
    page.get_by_text("Make your own agenda").click()
    at_rest(page)
    with page.expect_download() as downloading:
        page.get_by_role("button", name="Download (TOML)").click()
    path = downloading.value.path()
    page.get_by_text("Scene 1", exact=True).click()
    at_rest(page)
    expect(page.get_by_role("button", name="Move up")).to_be_disabled()
    page.get_by_role("button", name="Remove").click()
    expect(page.get_by_text("No scenes yet.")).to_be_visible()
    show = page.get_by_role("link", name="The presentation").get_attribute("href")
    assert show == f"{desk.documents}/en/present?meeting=own"
    page.goto(show)
    page.locator("#agenda-file").set_input_files({"name": "mine.toml", "mimeType": "", "buffer": path.read_bytes()})
    page.get_by_role("button", name="Load", exact=True).click()
    page.locator(".present-start").click()
    expect(page.locator(".present-count")).to_have_text("1 / 1")
    expect(page.locator(".present-scene:not([data-away]) h2")).to_contain_text("35 states have at least one total")
    page.close()
    visitor.refused.clear()


def test_a_filled_workbook_is_checked_and_its_faults_are_listed(visitor: Visitor, tmp_path: Path):
    good, bad = tmp_path / "good.xlsx", tmp_path / "bad.xlsx"
    good.write_bytes(filled(order(), {12: GOOD}))
    bad.write_bytes(filled(order(), {12: GOOD | {"date": "1 de marzo"}}))
    page = shown(visitor, "/declaration?lang=en")
    field = uploader(page, "Submit a national report")
    field.set_input_files(good)
    expect(page.get_by_text("No errors. Preview only")).to_be_visible()
    page.get_by_role("button", name="Remove").first.click()
    field.set_input_files(bad)
    # In the language of the workbook.
    expect(page.get_by_text("Se encontró 1 error. El libro no se aceptó.")).to_be_visible()


def uploader(page: Page, part: str) -> Locator:
    """The field for a file in a folded part."""
    page.get_by_text(part).first.click()
    return page.locator('[data-testid="stFileUploader"] input[type="file"]')


def test_a_file_of_fifty_megabytes_is_refused_with_the_limit(visitor: Visitor, tmp_path: Path):
    large = tmp_path / "informe.xlsx"
    large.write_bytes(filled(order(), {12: GOOD}) + b"\0" * 50_000_000)
    page = shown(visitor, "/declaration?lang=es")
    uploader(page, language("es").text("Submit a national report")).set_input_files(large)
    expect(page.locator('[data-testid="stFileUploader"], [data-testid="stAlert"]').filter(has_text="1")).to_be_visible()
    expect(page.get_by_text(re.compile("MB")).first).to_be_visible()
