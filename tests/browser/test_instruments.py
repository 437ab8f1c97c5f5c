"""Page "Instruments" in a real browser: years by keyboard, passports of a state and of rows."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
FIGURES = "figure.plate"
# The figures of the page, in order.
MATRIX, MAP, CHART = range(3)


def drawing(page: Page, at: int) -> Locator:
    """The drawing of a figure that fits the window."""
    return page.locator(FIGURES).nth(at).locator(".still > svg:visible")


def says(page: Page, at: int, words: str) -> None:
    """The alternative text of a figure has these words."""
    expect(drawing(page, at).get_by_role("img")).to_have_attribute("aria-label", re.compile(words))


def test_both_figures_are_painted_and_described_and_follow_the_year(regular: Visitor):
    page = regular.open("/en/instruments")
    expect(page.locator(FIGURES)).to_have_count(3)
    for at in (MATRIX, MAP, CHART):
        says(page, at, ".{60}")
    # The stair ends where the table ends, with the states that the map counts.
    expect(drawing(page, CHART)).to_contain_text("10 July 2014")
    expect(drawing(page, CHART)).to_contain_text("34 of 35")
    # The years are stepped by the keyboard and end with the table.
    slider = page.get_by_role("slider", name="Year")
    slider.focus()
    for _ in range(3):
        slider.press("ArrowLeft")
    page.wait_for_url("**/en/instruments?year_end=2011")
    says(page, MAP, r"end of 2011\. ")
    for _ in range(5):
        slider.press("ArrowRight")
    expect(slider).to_have_value("2014")
    # The usual year is left out of the address.
    page.wait_for_url(re.compile(r"/en/instruments$"))
    says(page, MAP, r"by 10 July 2014\. .*later also Barbados")


def test_a_state_of_the_map_opens_to_all_its_acts_and_closes_again(regular: Visitor):
    page = regular.open("/en/instruments?treaty=untoc")
    mark = drawing(page, MAP).get_by_role("link", name="Brazil")
    # The map is below the first screen, and a move of the page takes away the words at the pointer.
    mark.scroll_into_view_if_needed()
    mark.hover()
    expect(page.locator(".plate-hover")).to_contain_text("Ratification: 29 January 2004")
    mark.click()
    heading = page.get_by_role("heading", name=re.compile("^Brazil, Convention"))
    expect(heading).to_have_count(2)
    expect(heading.first).to_be_in_viewport()
    assert "treaty=untoc&act=BRA.untoc#passport-act" in page.url
    page.locator("#passport-act").get_by_role("link", name="Close").click()
    expect(heading).to_have_count(0)
    page.wait_for_url(re.compile(r"/en/instruments\?treaty=untoc$"))


def test_a_row_of_acts_is_chosen_with_the_keyboard_and_its_address_restores_it(regular: Visitor):
    page = regular.open("/en/instruments")
    page.locator("#acts tbody tr").filter(has_text="Argentina").get_by_role("link").first.focus()
    page.keyboard.press("Enter")
    title = "Argentina, Protocol on Trafficking in Persons (2000), signature"
    expect(page.get_by_role("heading", name=title)).to_be_in_viewport()
    page.wait_for_url("**?act=ARG.palermo_protocol.signature#passport-act")
    page = regular.open(page.url.removeprefix(regular.address))
    expect(page.get_by_role("heading", name=title)).to_be_in_viewport()
    expect(page.locator("#passport-act code").first).to_contain_text("Seen in: Atalaya, data version")


def test_acts_are_searched(regular: Visitor):
    page = regular.open("/en/instruments?all_treaties=1")
    # Of a long table the first rows are there, and a link to all.
    page.locator("#acts").get_by_role("link", name=re.compile("^All .* rows$")).click()
    rows = page.locator("#acts tbody tr:visible")
    page.get_by_role("searchbox", name="Search the table").fill("calculated")
    expect(rows).to_have_count(page.locator("#acts tbody tr").filter(has_text="(calculated)").count())
    expect(rows.first).to_contain_text("Barbados")


def test_a_law_is_chosen_with_the_keyboard_and_links_to_the_text_that_names_it(regular: Visitor):
    page = regular.open("/en/instruments")
    page.locator("#laws tbody").get_by_role("link", name="Argentina").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Argentina, Ley 26.842")).to_be_in_viewport()
    link = page.get_by_role("link", name="Open the text cited")
    assert (link.get_attribute("href") or "").startswith("https://")


def test_the_folded_part_leads_to_the_paragraph_of_the_declaration(regular: Visitor):
    page = regular.open("/en/instruments")
    page.locator("summary", has_text="OAS membership and the Declaration").press("Enter")
    expect(page.get_by_text("Paraguay: made an ad referendum reservation")).to_be_visible()
    page.get_by_role("link", name="Paragraph 30 of the Declaration").click()
    page.wait_for_url(re.compile(r"/declaration\?.*paragraph=30"))


def test_a_row_of_the_treaties_of_two_states_opens_to_its_acts(regular: Visitor):
    page = regular.open("/en/pair/BOL/COL")
    page.locator("summary", has_text="Each treaty action with its source").press("Enter")
    row = page.locator("#table-treaties tbody tr").filter(has_text="Colombia").first
    row.get_by_role("link").press("Enter")
    page.wait_for_url("**bound=COL.palermo_protocol#passport-bound")
    expect(page.get_by_role("heading", name=re.compile("^Colombia, Protocol on")).first).to_be_in_viewport()


def test_a_phone_shows_all_figures_within_its_width(phone: Visitor):
    page = phone.open("/en/instruments?all_treaties=1")
    expect(page.locator(FIGURES)).to_have_count(3)
    expect(drawing(page, CHART)).to_contain_text("14 March 2015")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
