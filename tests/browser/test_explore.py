"""Page "Explore": every reading, the way from a mark or a row to its cell, a shared link."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import WIDE, Visitor, settled
from tests.browser.controls import Hand
from tests.browser.test_filters import SHOWS
from tests.browser.test_passport import MIDDLE, choose

pytestmark = pytest.mark.browser
FEW = "/explore?lang=en&state=BRA,COL&period=2014-2019"


@pytest.mark.parametrize(
    ("reading", "label"), [("lines", "Lines"), ("two_years", "Two years"), ("heat", "States and years")]
)
def test_a_mark_of_every_reading_opens_its_passport(regular: Visitor, reading: str, label: str):
    page = regular.open(FEW)
    page.get_by_role("radio", name=label).click()
    page.wait_for_function(SHOWS, arg=["reading", reading])
    settled(page)
    spot = page.evaluate(MIDDLE, "BRA.detected_victims.2019")
    page.mouse.move(*spot)
    page.mouse.click(*spot)
    expect(page.get_by_role("heading", name="Detected victims, Brazil, 2019")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("heading", name="Detected victims, Brazil, 2019")).to_have_count(0)


def test_a_row_of_the_table_opens_its_passport_by_mouse(regular: Visitor):
    page = regular.open(f"{FEW}&reading=table&sex=female")
    choose(page)
    expect(page.get_by_role("heading", name="Detected victims, Brazil, 2017, Female")).to_be_visible()


def test_the_first_rows_of_the_table_are_seen_without_scrolling(regular: Visitor):
    """The headings and six rows are 35 pixels high each. The search is above them, explanations are below."""
    page = regular.open("/explore?lang=en&reading=table")
    page.set_viewport_size({"width": 1366, "height": 768})
    settled(page)
    top = page.locator("[data-testid=stDataFrame]").bounding_box()["y"]
    search, terms = page.get_by_label("Search the table"), page.get_by_role("button", name="Terms on this page")
    assert search.bounding_box()["y"] < top <= 768 - 7 * 35
    assert terms.bounding_box()["y"] > top
    search.fill("Dominican Republic")
    search.press("Enter")
    settled(page)
    cells = page.locator("[data-testid=stDataFrame] canvas [role=gridcell]")
    expect(cells.filter(has_text="Dominican Republic").first).to_be_attached()
    expect(cells.filter(has_text="Argentina")).to_have_count(0)


def words(page: Page) -> list[str]:
    """The cells of the table as its accessibility tree has them: its first rows."""
    cells = page.locator("[data-testid=stDataFrame] canvas [role=gridcell]")
    # The part of the page that draws tables is fetched late.
    cells.last.wait_for(state="attached")
    return [text.strip() for text in cells.all_text_contents()]


def test_a_link_restores_the_view_for_another_reader_in_another_language(regular: Visitor, browser: Browser):
    page = regular.open("/explore?lang=en")
    page.get_by_role("radio", name="As a table").click()
    Hand(page).state("Chile")
    page.keyboard.press("Escape")
    page.wait_for_function("() => location.search.includes('reading=table') && location.search.includes('state=CHL')")
    settled(page)
    stranger = Visitor(browser.new_context(viewport=WIDE, locale="fr-FR", color_scheme="light"), regular.address)
    there = stranger.open(page.url.removeprefix(regular.address).replace("lang=en", "lang=fr"))
    mine, theirs = words(page), words(there)
    assert [cell for cell in mine if cell.isdigit()] == [cell for cell in theirs if cell.isdigit()] != []
    expect(there.get_by_text("Chili").filter(visible=True).first).to_be_visible()
    stranger.context.close()
    assert stranger.refused == []


def test_an_empty_answer_is_mended_by_changing_the_filter_that_emptied_it(regular: Visitor):
    page = regular.open("/explore?lang=en&state=GRD")
    expect(page.get_by_text("No data with the filter “States”").last).to_be_visible()
    page.get_by_label("Remove Grenada").click()
    expect(page.get_by_text(re.compile("of 35 states")).filter(visible=True).last).to_be_visible()
