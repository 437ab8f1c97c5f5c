"""The page on the declaration: its first screen, bars and matrix, a paragraph by keyboard, addresses, a workbook."""

import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from data.declaration import TITLES
from data.i18n import LANGUAGES, language
from tests.browser.conftest import Visitor, unchanged

pytestmark = pytest.mark.browser
DRAWING = ".still > svg:visible"
# Pixels of a phone's first screen.
LOWEST = 844


def test_a_bar_says_what_it_holds_and_opens_its_paragraph(regular: Visitor):
    page = regular.open("/en/declaration")
    # The whole row is one place for the pointer, from its number to the end of its bar.
    mark = page.locator(f"{DRAWING} a[href*='paragraph=29']").last
    mark.scroll_into_view_if_needed()
    unchanged(page, "scrollY")
    mark.hover()
    expect(page.locator(".plate-hover")).to_contain_text("States together: nothing found")
    mark.click()
    page.wait_for_url("**paragraph=29**")
    expect(page.get_by_role("heading", name=re.compile("^29. "))).to_be_visible()


def test_the_matrix_of_states_is_one_press_away(regular: Visitor):
    page = regular.open("/en/declaration")
    expect(page.locator(f"{DRAWING} a[href*='CRI']")).to_have_count(0)
    page.get_by_role("radio", name="Matrix").check()
    page.wait_for_url("**display=matrix**")
    expect(page.locator(f"{DRAWING} a[href*='paragraph=23'][href*='CRI']")).to_have_count(1)


def test_a_cell_says_what_it_holds_and_opens_its_paragraph_and_state(regular: Visitor):
    page = regular.open("/en/declaration?display=matrix")
    mark = page.locator(f"{DRAWING} a[href*='paragraph=23'][href*='CRI']").first
    mark.scroll_into_view_if_needed()
    unchanged(page, "scrollY")
    mark.hover()
    expect(page.locator(".plate-hover")).to_contain_text("Costa Rica")
    mark.click()
    page.wait_for_url("**scope=state**paragraph=23**")
    assert "area=CRI" in page.url
    expect(page.get_by_role("heading", name=re.compile("^23. "))).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("^Costa Rica: "))).to_be_visible()


def test_a_touch_on_a_phone_opens_a_cell(phone: Visitor):
    page = phone.open("/en/declaration?display=matrix")
    expect(page.locator(DRAWING)).to_contain_text("VCT")
    page.locator(f"{DRAWING} a[href*='paragraph=26'][href*='VCT']").first.tap()
    page.wait_for_url("**paragraph=26**")
    assert "area=VCT" in page.url


def test_a_paragraph_and_the_next_are_reached_by_keyboard_alone(regular: Visitor):
    page = regular.open("/en/declaration")
    page.get_by_role("combobox", name="Paragraph", exact=True).focus()
    page.keyboard.type("26")
    page.keyboard.press("Tab")
    page.wait_for_url("**paragraph=26**")
    page.get_by_role("link", name="Paragraph 27 →").press("Enter")
    page.wait_for_url("**paragraph=27**")
    expect(page.get_by_role("heading", name=re.compile("^27. "))).to_be_visible()


@pytest.mark.parametrize("lang", LANGUAGES)
def test_an_address_of_before_restores_its_view_in_every_language(regular: Visitor, lang: str):
    page = regular.open(f"/declaration?paragraph=26&whose=BRA&grade=public_document&lang={lang}")
    expect(page.get_by_role("heading", name=f"26. {language(lang).text(TITLES[26])}")).to_be_visible()
    assert f"/{lang}/declaration?" in page.url
    for part in ("paragraph=26", "BRA", "grade=public_document"):
        assert part in page.url
    expect(page.locator(".warning")).to_have_count(0)
    expect(page.locator("#view-paragraph")).to_have_value("26")


def test_a_workbook_to_fill_in_is_saved(regular: Visitor, tmp_path: Path):
    page = regular.open("/en/declaration")
    page.get_by_text("Submit a national report").press("Enter")
    page.get_by_label("State or body").select_option("report.CRI")
    with page.expect_download() as download:
        page.get_by_role("button", name="Download a workbook").press("Enter")
    path = tmp_path / download.value.suggested_filename
    download.value.save_as(path)
    assert path.suffix == ".xlsx"
    assert "CRI" in path.name.upper()
    assert path.stat().st_size > 5_000


@pytest.mark.parametrize(
    ("place", "finding"),
    [
        ("", r"We found sources for \d+ of"),
        ("?scope=state&area=HTI", r"Haiti: sources found for \d+ of"),
    ],
)
def test_the_finding_and_its_figure_are_on_the_first_screen_of_a_phone(phone: Visitor, place: str, finding: str):
    page = phone.open(f"/en/declaration{place}")
    sentence = page.get_by_text(re.compile(f"^{finding}")).first
    expect(sentence).to_be_visible()
    shown = page.locator("main table" if place else DRAWING).first
    box, below = sentence.bounding_box(), shown.bounding_box()
    assert box
    assert below
    assert box["y"] + box["height"] < LOWEST
    # At least a hundred pixels of the figure or of the table are on the screen.
    assert below["y"] < LOWEST - 100


def test_one_state_and_the_region_are_chosen_by_the_reader(regular: Visitor):
    page = regular.open("/en/declaration")
    page.get_by_role("radio", name="One state").check()
    page.wait_for_url("**scope=state**")
    expect(page.locator(DRAWING)).to_have_count(0)
    expect(page.locator("main table").first).to_be_visible()
    page.get_by_role("radio", name="The whole region").check()
    page.wait_for_url(re.compile(r"/en/declaration(?!.*scope=state)"))
    expect(page.locator(DRAWING)).to_have_count(1)
