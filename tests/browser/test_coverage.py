"""Page "Coverage": its three figures, what their marks and the rows of its tables open, also with the keys alone."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor, settled, unchanged
from tests.browser.keyboard import tab_to

pytestmark = pytest.mark.browser
FIGURES = "figure.plate"


def drawing(page: Page, at: int) -> Locator:
    """The drawing of a figure that fits the window."""
    return page.locator(FIGURES).nth(at).locator(".still > svg:visible")


def test_figures_are_described_and_a_choice_changes_the_revisions_alone(regular: Visitor):
    page = regular.open("/en/coverage")
    expect(page.locator(FIGURES)).to_have_count(3)
    for at in range(3):
        assert len(drawing(page, at).get_by_role("img").get_attribute("aria-label") or "") > 60
    page.get_by_role("combobox", name="State", exact=True).select_option("Uruguay")
    page.wait_for_url("**/en/coverage?revised=URY")
    expect(drawing(page, 2)).to_contain_text("28 October 2025")
    expect(page.locator("#revisions")).to_contain_text("Uruguay, detected victims: from the release of 14 April 2025")
    expect(page.locator("#changes tbody tr").first).to_contain_text("Uruguay")
    # All states again: their address has no parameter.
    page.get_by_role("combobox", name="State", exact=True).select_option("All states")
    page.wait_for_url(re.compile(r"/en/coverage$"))


def test_a_mark_of_the_matrix_says_what_it_is_and_opens_its_figure(regular: Visitor):
    page = regular.open("/en/coverage")
    mark = drawing(page, 1).get_by_role("link", name="Argentina, 2015")
    mark.scroll_into_view_if_needed()
    unchanged(page, "scrollY")
    mark.hover()
    expect(page.locator(".plate-hover")).to_contain_text("Argentina, 2015")
    mark.click()
    page.wait_for_url(re.compile(r"/country.*figure=detected_victims.2015"))
    settled(page)
    expect(page.get_by_role("heading", name="Detected victims, Argentina, 2015")).to_be_visible()


def test_a_state_of_the_map_opens_its_figures(regular: Visitor):
    page = regular.open("/en/coverage?reported=persons_convicted")
    drawing(page, 0).get_by_role("link", name="Brazil").click()
    page.wait_for_url(re.compile(r"/country.*figures=persons_convicted"))
    assert "BRA" in page.url


def test_a_row_opens_its_figures_and_each_its_passport_with_the_keys(regular: Visitor):
    page = regular.open("/en/coverage")
    # The keys pass the hundreds of marks of the matrix, which the table has too.
    tab_to(page, "Antigua and Barbuda")
    tab_to(page, "Argentina")
    page.keyboard.press("Enter")
    figures = page.get_by_role("heading", name="Detected victims, Argentina", exact=True)
    expect(figures).to_be_in_viewport()
    page.wait_for_url("**/en/coverage?cells=ARG#passport-cells")
    tab_to(page, "2022")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/coverage?cells=ARG&cell=ARG.2022#passport-cell")
    expect(page.get_by_role("heading", name="Detected victims, Argentina, 2022")).to_be_in_viewport()
    expect(page.locator("#passport-cell code")).to_contain_text("Seen in: Atalaya, data version")
    # Closed one by one, the last opened first.
    page.locator("#passport-cell").get_by_role("link", name="Close").press("Enter")
    expect(page.locator("#passport-cell")).to_have_count(0)
    expect(figures).to_be_visible()


def test_a_change_opens_below_its_table(regular: Visitor):
    page = regular.open("/en/coverage")
    page.locator("#revisions tbody tr").filter(has_text="Brazil").filter(has_text="Revised").get_by_role("link").click()
    expect(page.get_by_role("heading", name="Detected victims, Brazil: revised")).to_be_in_viewport()
    page.locator("#passport-changed tbody tr").first.get_by_role("link").click()
    expect(page.get_by_role("heading", name="Detected victims, Brazil, 2020")).to_be_in_viewport()
    page.wait_for_url(re.compile(r"changed=BRA.revised&cell=BRA.2020.*#passport-cell$"))


def test_a_phone_shows_the_matrix_with_codes(phone: Visitor):
    page = phone.open("/en/coverage?reported=offences")
    expect(drawing(page, 1)).to_contain_text("VCT")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390


def test_an_address_of_before_opens_the_same(regular: Visitor):
    page = regular.open("/coverage?lang=en&cells=ARG&cell=ARG.2019&edition=2025-04-14")
    assert "/en/coverage?" in page.url
    expect(page.get_by_role("heading", name="Detected victims, Argentina, 2019")).to_be_visible()
    expect(page.locator(".notice")).to_contain_text("14 April 2025")
