"""Page "Explore": every reading, the way from a mark or a row to its cell, a shared link, the page without scripts."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Visitor, visiting

pytestmark = pytest.mark.browser
FEW = "/en/explore?state=BRA,COL&period=2014-2019"


def choose(page: Page, label: str, query: str) -> None:
    """Choose a button of the controls and wait for the address of the new view."""
    page.get_by_label(label, exact=True).locator("xpath=..").click()
    page.wait_for_url(f"**{query}**")


def mark(page: Page, row: str):
    """The mark of a row in the drawing on show."""
    return page.locator(f'svg a[href*="={row}#"]').filter(visible=True).first


@pytest.mark.parametrize(
    ("reading", "label"), [("lines", "Lines"), ("two_years", "Two years"), ("heat", "States and years")]
)
def test_a_mark_of_every_reading_opens_its_passport(regular: Visitor, reading: str, label: str):
    page = regular.open(FEW)
    choose(page, label, f"reading={reading}")
    # The point of a line lies under the line of another state where both meet: the keyboard reaches every mark.
    mark(page, "BRA.detected_victims.2019").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Detected victims, Brazil, 2019")).to_be_visible()
    assert "row=BRA.detected_victims.2019" in page.url
    assert f"reading={reading}" in page.url
    page.get_by_role("link", name="Close").click()
    expect(page.get_by_role("heading", name="Detected victims, Brazil, 2019")).to_have_count(0)
    assert "row=" not in page.url


def test_a_row_of_the_table_opens_its_passport_by_mouse(regular: Visitor):
    page = regular.open(f"{FEW}&reading=table&sex=female")
    page.locator("#table-explore").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Detected victims, Brazil, 2017, Female")).to_be_visible()
    assert "reading=table" in page.url


def test_the_first_rows_of_the_table_are_seen_without_scrolling(regular: Visitor):
    page = regular.open("/en/explore?reading=table&period=2019-2023")
    page.set_viewport_size({"width": 1366, "height": 768})
    rows, terms = page.locator("#table-explore tbody tr"), page.get_by_text("Terms on this page")
    assert rows.nth(5).bounding_box()["y"] + rows.nth(5).bounding_box()["height"] <= 768
    assert terms.bounding_box()["y"] > rows.nth(5).bounding_box()["y"]


def test_the_rows_of_the_table_are_searched(regular: Visitor):
    page = regular.open("/en/explore?reading=table&period=2022-2023")
    page.get_by_label("Search the table").fill("dominican republic")
    rows = page.locator("#table-explore tbody tr")
    expect(rows.filter(has_text="Argentina").filter(visible=True)).to_have_count(0)
    expect(rows.filter(has_text="Dominican Republic").filter(visible=True).first).to_be_visible()


def test_a_long_table_has_its_first_rows_and_a_link_to_all_of_them(regular: Visitor):
    page = regular.open("/en/explore?reading=table&period=2003-2023")
    rows = page.locator("#table-explore tbody tr")
    first = rows.count()
    link = page.get_by_role("link", name=re.compile(r"^All [\d,]+ rows$"))
    every = int(re.sub(r"\D", "", link.inner_text()))
    link.click()
    expect(rows).to_have_count(every)
    assert first < every
    expect(page.get_by_label("Search the table")).to_be_visible()


def figures(page: Page) -> list[str]:
    """The figures of the table as printed, without the signs that differ by language."""
    return [re.sub(r"\D", "", text) for text in page.locator("#table-explore tbody td.figure").all_inner_texts()]


def test_a_link_restores_the_view_for_another_reader_in_another_language(regular: Visitor, browser: Browser):
    page = regular.open("/en/explore")
    choose(page, "As a table", "reading=table")
    page.locator("#view-state > summary").click()
    page.locator("#view-state").get_by_label("Search").fill("chil")
    page.locator("#view-state").get_by_text("Chile", exact=True).click()
    page.wait_for_url("**state=CHL**")
    expect(page.locator("#table-explore tbody tr").filter(has_text="Argentina")).to_have_count(0)
    with visiting(browser, regular.address, viewport=PHONE, locale="fr-FR") as stranger:
        there = stranger.open(page.url.removeprefix(regular.address).replace("/en/", "/fr/"))
        assert figures(there) == figures(page) != []
        expect(there.get_by_text("Chili").filter(visible=True).first).to_be_visible()


def test_an_empty_answer_is_mended_by_changing_the_filter_that_emptied_it(regular: Visitor):
    page = regular.open("/en/explore?state=GRD")
    expect(page.get_by_text("No data with the filter “States”").filter(visible=True).first).to_be_visible()
    page.locator("#view-state > summary").click()
    page.locator("#view-state label").filter(has_text="Grenada").click()
    expect(page.get_by_text(re.compile("of 35 states")).filter(visible=True).first).to_be_visible()


def test_without_scripts_the_controls_of_the_other_task_come_with_a_press(browser: Browser, address: str):
    with visiting(browser, address, java_script_enabled=False) as visitor:
        page = visitor.open("/en/explore?reading=lines")
        page.get_by_label("Compare", exact=True).check(force=True)
        page.get_by_role("button", name="Show").first.click()
        assert "desk=compare" in page.url
        page.get_by_label("Compared with").select_option("ARG")
        page.get_by_label("State", exact=True).select_option("BOL")
        page.get_by_role("button", name="Show").first.click()
        expect(page.get_by_role("link", name="Between Argentina and Bolivia")).to_be_visible()
        expect(page.get_by_label("Compared with")).to_have_value("ARG")
