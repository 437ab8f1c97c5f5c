"""Page "Routes": what a click on an arrow, a state or a row opens, and its controls, also with the keys alone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor, faults, unchanged
from tests.browser.keyboard import tab_to

pytestmark = pytest.mark.browser


def drawing(page: Page) -> Locator:
    """The drawing of the first map that fits the window."""
    return page.locator("figure.plate .still > svg:visible").first


def arrow(page: Page, mark: str) -> Locator:
    """The link of an arrow."""
    return drawing(page).locator(f'a[href*="arrow={mark}"]')


def test_an_arrow_says_what_it_is_lists_its_records_and_closes_again(regular: Visitor):
    page = regular.open("/en/routes?state=PER&position=origin")
    mark = arrow(page, "PER.ARG.direct.").locator("circle").first
    mark.scroll_into_view_if_needed()
    unchanged(page, "scrollY")
    mark.hover(force=True)
    expect(page.locator(".plate-hover")).to_contain_text("Peru")
    mark.click(force=True)
    page.wait_for_url("**/en/routes?state=PER&position=origin&arrow=PER.ARG.direct.#passport-arrow")
    passport = page.locator("#passport-arrow")
    expect(passport.get_by_role("heading", name="Peru → Argentina")).to_be_in_viewport()
    expect(passport.locator("code")).to_contain_text("Seen in: Atalaya, data version")
    passport.get_by_role("link", name="Close").click()
    expect(passport).to_have_count(0)
    page.wait_for_url(re.compile(r"/en/routes\?state=PER&position=origin$"))


def test_an_arrow_and_a_state_are_reached_with_the_keys(regular: Visitor):
    page = regular.open("/en/routes?state=LCA&evidence=stated")
    tab_to(page, "Routes from India to Saint Lucia")
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="India → Saint Lucia")).to_be_in_viewport()
    page = regular.open("/en/routes?state=GTM&evidence=stated")
    tab_to(page, "Belize")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/routes?evidence=stated&state=BLZ#map")
    # Of the region, a detecting state opens its own view.
    page = regular.open("/en/routes")
    tab_to(page, "Costa Rica")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/routes?state=CRI#map")


def test_a_row_lists_the_records_behind_the_arrow(regular: Visitor):
    page = regular.open("/en/routes?state=CRI")
    page.locator("#table tbody tr").first.get_by_role("link").press("Enter")
    passport = page.locator("#passport-arrow")
    expect(passport.get_by_role("heading", name="→")).to_be_in_viewport()
    expect(passport.get_by_text("Sheet and row").first).to_be_visible()


def test_a_row_of_a_folded_part_opens_its_passport_below_it(regular: Visitor):
    page = regular.open("/en/routes?state=CRI")
    page.locator("summary", has_text="Roles coded from US government reports").press("Enter")
    page.locator("#fold-roles tbody tr").first.get_by_role("link").click()
    page.wait_for_url(re.compile(r"state=CRI&role=CRI\.[a-z]+\.[a-z_]+#passport-role$"))
    expect(page.locator("#passport-role").get_by_role("heading", name=re.compile("^Costa Rica, "))).to_be_in_viewport()


def test_the_kind_of_data_changes_the_sentence_the_map_and_the_table(regular: Visitor):
    page = regular.open("/en/routes")
    expect(page.get_by_text("UNODC’s lists of citizenships add up to")).to_be_attached()
    page.get_by_role("radio", name="Routes described in reports").check()
    page.wait_for_url("**/en/routes?evidence=stated")
    expect(page.get_by_text("reports describe Mexico → United States").first).to_be_visible()
    expect(page.locator("#table td.figure").first).to_be_visible()
    page.get_by_role("radio", name="In columns").check()
    page.wait_for_url("**/en/routes?evidence=stated&picture=order")
    expect(drawing(page)).to_be_visible()


def test_both_ends_of_the_years_are_sliders(regular: Visitor):
    page = regular.open("/en/routes?years=2010-2015")
    first, last = page.get_by_role("slider").all()
    expect(first).to_have_value("2010")
    last.focus()
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**/en/routes?years=2010-2014")
    first.focus()
    page.keyboard.press("ArrowRight")
    page.wait_for_url("**/en/routes?years=2011-2014")
    expect(page.locator("figure .plate-heading:visible").first).to_contain_text("2011–2014")


@pytest.mark.parametrize("size", ["regular", "phone"])
def test_axe_finds_nothing_in_what_opens(request: pytest.FixtureRequest, size: str):
    visitor: Visitor = request.getfixturevalue(size)
    page = visitor.open("/fr/routes?state=CRI&role=CRI.transit.hti&listed=CRI.2015")
    for summary in page.locator("main section summary:visible").all():
        summary.press("Enter")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
