"""Two states side by side: passports of marks and rows, choices that are painted at once, a link."""

import re

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import PHONE, Visitor, settled
from tests.browser.test_filters import SHOWS
from tests.browser.test_passport import MIDDLE, choose

pytestmark = pytest.mark.browser
PAIR = "/explore?lang=en&desk=compare&one=BOL&other=ARG"


def test_a_mark_opens_the_passports_of_both_figures(regular: Visitor):
    page = regular.open(PAIR)
    page.mouse.click(*page.evaluate(MIDDLE, "BOL.detected_victims.2019"))
    for state in ("Bolivia", "Argentina"):
        expect(page.get_by_role("heading", name=f"Detected victims, {state}, 2019")).to_be_visible()
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("heading", name="Detected victims, Bolivia, 2019")).to_have_count(0)


def test_a_mark_of_the_median_opens_its_passport(regular: Visitor):
    page = regular.open("/explore?lang=en&desk=compare&one=BOL")
    page.mouse.click(*page.evaluate(MIDDLE, "region.detected_victims_rate.2015"))
    title = "Median of the region: Detected victims per 100,000 population, 2015"
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def test_a_record_between_two_states_opens_its_passport(regular: Visitor):
    page = regular.open(PAIR)
    choose(page)
    expect(page.get_by_text(re.compile("Seen in: Atalaya")).first).to_be_visible()
    expect(page.get_by_role("heading", name=re.compile("→"))).to_be_visible()


def choose_option(page: Page, key: str, name: str) -> None:
    page.locator(f".st-key-pick-{key} input").fill(name)
    page.keyboard.press("Enter")


def numbers(page: Page) -> list[str]:
    """The numbers of the description; only the sign of thousands differs by language."""
    text = page.locator(".plate-caption").first.inner_text()
    return re.findall(r"\d[\d,.]*\d|\d", re.sub(r"(?<=\d)\u202f(?=\d{3})", ",", text))


def test_a_choice_is_painted_and_its_link_restores_it_on_another_phone(regular: Visitor, browser: Browser):
    page = regular.open("/explore?lang=en&desk=compare")
    for key, name, code in (("one", "Peru", "PER"), ("other", "Chile", "CHL")):
        choose_option(page, key, name)
        page.wait_for_function(SHOWS, arg=[key, code])
        page.wait_for_function("([key, code]) => location.search.includes(`${key}=${code}`)", arg=[key, code])
    settled(page)
    phone = Visitor(
        browser.new_context(viewport=PHONE, locale="es-PE", is_mobile=True, has_touch=True), regular.address
    )
    there = phone.open(page.url.removeprefix(regular.address).replace("lang=en", "lang=es"))
    assert numbers(there) == numbers(page) != []
    phone.context.close()
    assert phone.refused == []
