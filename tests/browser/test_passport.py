"""From a row of a table, or a mark of a figure, to the exact cell a figure came from."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser


def first_row(page: Page) -> None:
    page.locator("main table tbody a").first.click()


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/en/region?year=2019", "Detected victims per 100,000 population, Antigua and Barbuda, 2019"),
        ("/es/region?year=2019&measure=count", "Víctimas detectadas, Antigua y Barbuda, 2019"),
    ],
)
def test_a_row_of_the_region_shows_where_its_figure_comes_from(regular: Visitor, path: str, title: str):
    page = regular.open(path)
    first_row(page)
    expect(page.get_by_role("heading", name=title)).to_be_in_viewport()
    # The row of the table says that it is the one.
    expect(page.locator("tr[aria-current=true]")).to_have_count(1)


def test_a_row_of_the_routes_lists_the_records_behind_the_arrow(regular: Visitor):
    page = regular.open("/en/routes?state=CRI")
    first_row(page)
    passport = page.locator("#passport-arrow")
    expect(passport.get_by_role("heading", name="→")).to_be_visible()
    expect(passport.get_by_text("Sheet and row").first).to_be_visible()
    expect(passport.locator("code").first).to_contain_text("Seen in: Atalaya, data version")


def test_an_arrow_of_the_map_lists_its_records_and_closes_again(regular: Visitor):
    page = regular.open("/en/routes?state=PER&position=origin")
    page.locator(".still > svg:visible a[href*='arrow=PER.ARG.direct.']").first.press("Enter")
    page.wait_for_url("**arrow=PER.ARG.direct.**")
    heading = page.get_by_role("heading", name="Peru → Argentina")
    expect(heading).to_be_visible()
    page.locator("#passport-arrow").get_by_role("link", name="Close").press("Enter")
    expect(heading).to_have_count(0)
    assert re.search(r"state=PER&position=origin$", page.url)


def test_a_passport_is_copied_with_a_press(regular: Visitor):
    regular.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page = regular.open("/en/region?of=BRA&year=2019")
    code = page.locator("#passport-of .code").first
    code.get_by_role("button", name="Copy to clipboard").press("Enter")
    expect(page.locator("#said")).to_have_text("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == code.locator("code").inner_text()


def test_a_row_that_is_not_in_the_table_is_said_to_be_missing(regular: Visitor):
    page = regular.open("/en/routes?state=ARG&arrow=HTI.CAN.direct.")
    expect(page.locator("#passport-arrow")).to_contain_text("The item in this link is not in this table.")


def test_a_tap_chooses_a_row(phone: Visitor):
    page = phone.open("/en/region?year=2019")
    page.locator("#table-region tbody a").first.tap()
    expect(page.get_by_role("heading", name="Antigua and Barbuda, 2019")).to_be_in_viewport()
