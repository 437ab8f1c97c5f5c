"""Two states side by side: passports of marks and rows, choices, a link, the page of two states."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Visitor, visiting
from tests.browser.test_explore import mark

pytestmark = pytest.mark.browser
PAIR = "/en/explore?desk=compare&one=BOL&other=ARG"


def test_a_mark_opens_the_passports_of_both_figures(regular: Visitor):
    page = regular.open(PAIR)
    mark(page, "detected_victims.2019").click()
    for state in ("Bolivia", "Argentina"):
        expect(page.get_by_role("heading", name=f"Detected victims, {state}, 2019")).to_be_visible()
    page.get_by_role("link", name="Close").click()
    expect(page.get_by_role("heading", name="Detected victims, Bolivia, 2019")).to_have_count(0)


def test_a_mark_of_the_median_opens_its_passport(regular: Visitor):
    page = regular.open("/en/explore?desk=compare&one=BOL")
    mark(page, "detected_victims_rate.2015").click()
    title = "Median of the region: Detected victims per 100,000 population, 2015"
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def test_a_record_between_two_states_opens_its_passport(regular: Visitor):
    page = regular.open("/en/pair/ARG/BOL")
    page.locator("summary", has_text="Each figure with its source").click()
    page.locator("#table-counted").get_by_role("link").first.click()
    expect(page.locator("#passport-record").get_by_text(re.compile("Seen in: Atalaya"))).to_be_visible()
    expect(page.locator("#passport-record").get_by_role("heading", name="→")).to_be_visible()


def numbers(page: Page) -> list[str]:
    """The numbers of the description; only the sign of thousands differs by language."""
    text = page.locator("figcaption").first.inner_text()
    return re.findall(r"\d[\d,.]*\d|\d", re.sub(r"(?<=\d)[\u202f\u00a0 ](?=\d{3})", ",", text))


def test_a_choice_is_painted_and_its_link_restores_it_on_another_phone(regular: Visitor, browser: Browser):
    page = regular.open("/en/explore?desk=compare")
    for name, code in (("one", "PER"), ("other", "CHL")):
        page.locator(f"#view-{name}").select_option(code)
        page.wait_for_url(f"**{name}={code}**")
    expect(page.get_by_role("link", name="Between Chile and Peru")).to_be_visible()
    with visiting(browser, regular.address, viewport=PHONE, locale="es-PE", is_mobile=True, has_touch=True) as phone:
        there = phone.open(page.url.removeprefix(regular.address).replace("/en/", "/es/"))
        assert numbers(there) == numbers(page) != []


def test_the_page_of_two_states_is_reached_from_their_comparison_and_leads_back(regular: Visitor):
    page = regular.open(PAIR)
    page.get_by_role("link", name="Between Argentina and Bolivia").click()
    page.wait_for_url("**/en/pair/ARG/BOL")
    expect(page.get_by_role("heading", name="Between Argentina and Bolivia", level=1)).to_be_visible()
    page.locator("summary", has_text="Each treaty action with its source").click()
    page.locator("#table-treaties").get_by_role("link").first.click()
    expect(page.get_by_role("heading", name="Details of your selection")).to_be_visible()
    assert "/en/pair/ARG/BOL?bound=" in page.url
    page.get_by_role("link", name="Compare their figures").click()
    expect(page.get_by_role("link", name="Between Argentina and Bolivia")).to_be_visible()


def test_another_state_is_chosen_on_the_page_of_two(regular: Visitor):
    page = regular.open("/en/pair/DOM/HTI")
    page.locator("#view-other").select_option("USA")
    expect(
        page.get_by_role("heading", name="Between the Dominican Republic and the United States", level=1)
    ).to_be_visible()


@pytest.mark.parametrize(("start", "label"), [("country/HTI", "Meet with"), ("routes?state=HTI", "Meet with")])
def test_a_partner_is_chosen_without_scripts(browser: Browser, regular: Visitor, start: str, label: str):
    with visiting(browser, regular.address, java_script_enabled=False) as bare:
        page = bare.open(f"/en/{start}")
        form = page.locator("form.chooser", has_text=label)
        form.get_by_role("combobox").select_option("DOM")
        form.get_by_role("button").click()
        page.wait_for_url("**/en/pair/DOM/HTI")
        expect(page.get_by_role("heading", name="Between the Dominican Republic and Haiti", level=1)).to_be_visible()


def test_two_states_are_found_from_home(regular: Visitor):
    page = regular.open("/en/")
    page.get_by_role("link", name="Two states side by side").click()
    page.get_by_role("link", name="Haiti", exact=True).click()
    page.get_by_role("link", name="Dominican Republic").click()
    page.wait_for_url("**/en/pair/DOM/HTI")
