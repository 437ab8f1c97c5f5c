"""Where the browser's Back leads, and what an unknown address shows."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from dashboard.shell import navigation
from data.i18n import language
from tests.browser.conftest import Visitor, settled, violations

pytestmark = pytest.mark.browser


def entries(page: Page) -> int:
    return int(page.evaluate("history.length"))


def follow(page: Page, name: str, path: str) -> None:
    page.get_by_role("link", name=name).first.click()
    page.wait_for_url(re.compile(rf"{path}\?.*lang="))
    settled(page)


def back_to(page: Page, heading: str) -> None:
    """Press Back once: the page with this heading is there."""
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    settled(page)


def test_each_change_of_the_address_is_an_entry_that_back_and_forward_restore(regular: Visitor):
    page = regular.open("/region?lang=en&year=2015")
    at_first = entries(page)
    page.get_by_role("radio", name="Count").click()
    page.wait_for_function("() => location.search.includes('measure=count')")
    settled(page)
    assert entries(page) == at_first + 1
    page.go_back()
    expect(page.get_by_role("radio", name="Count")).not_to_be_checked()
    expect(page.get_by_role("slider", name="Year")).to_have_value("2015")
    settled(page)
    page.go_forward()
    expect(page.get_by_role("radio", name="Count")).to_be_checked()
    expect(page.get_by_role("slider", name="Year")).to_have_value("2015")
    settled(page)
    assert "measure=count" in page.url
    assert entries(page) == at_first + 1


def test_back_leads_to_the_page_before_and_its_view(regular: Visitor):
    page = regular.open("/region?lang=en&year=2015")
    page.get_by_role("radio", name="Count").click()
    page.wait_for_function("() => location.search.includes('measure=count')")
    follow(page, "Routes", "/routes")
    page.get_by_role("radio", name="Routes described in reports").click()
    page.wait_for_function("() => location.search.includes('evidence=stated')")
    follow(page, "Country", "/country")
    back_to(page, "Routes")
    expect(page.get_by_role("radio", name="Routes described in reports")).to_be_checked()
    # From the routes described to those counted, and from there to the page before.
    page.go_back()
    expect(page.get_by_role("radio", name="Routes described in reports")).not_to_be_checked()
    settled(page)
    back_to(page, "Region")
    expect(page.get_by_role("radio", name="Count")).to_be_checked()
    expect(page.get_by_role("slider", name="Year")).to_have_value("2015")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Routes")
    settled(page)
    assert "lang=en" in page.url


def test_the_menu_carries_the_chosen_state_and_one_back_leads_to_the_page_before(regular: Visitor):
    page = regular.open("/country?lang=en&area=HTI")
    for name in ("Explore", "Declaration"):
        follow(page, name, name.lower())
        assert "HTI" in page.url
    back_to(page, "Explore")
    back_to(page, "Haiti")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Explore")


def test_a_link_of_the_menu_opened_in_a_new_tab_carries_language_and_state(regular: Visitor):
    page = regular.open("/country?lang=fr&area=HTI")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=navigation.title(language("fr"), "declaration")).first.click(
            modifiers=["Control"]
        )
    tab = opened.value
    tab.wait_for_url(re.compile("/declaration.*area=HTI"))
    settled(tab)
    assert tab.evaluate("document.documentElement.lang") == "fr"
    expect(tab.get_by_role("combobox", name=language("fr").text("State"), exact=True)).to_have_value("Haïti")


def test_no_page_asks_for_what_is_not_there(visitor: Visitor):
    failed: list[str] = []
    visitor.context.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    visitor.open("/country?lang=en&area=HTI")
    assert failed == []


@pytest.mark.parametrize(("path", "presses"), [("/", 1), ("/region", 1), ("/routes?lang=en&years=1800-1900", 2)])
def test_back_leaves_an_address_that_was_completed(regular: Visitor, path: str, presses: int):
    page = regular.context.new_page()
    page.goto(regular.address + "/livez")
    page.goto(regular.address + path)
    page.wait_for_url(re.compile(r"\?lang=en$"))
    settled(page)
    for _ in range(presses - 1):
        page.go_back()
        settled(page)
    page.go_back()
    expect(page.locator("body")).to_contain_text('"alive":true')


@pytest.mark.parametrize(
    ("path", "lang", "scheme"),
    [
        ("/nowhere", "fr", "light"),
        ("/region/x", "es", "dark"),
        ("/a/b/c", "pt", "light"),
        ("/_stcore/a/b", "fr", "dark"),
        ("/static/js/x", "en", "light"),
    ],
)
def test_an_address_that_leads_nowhere_says_so_and_shows_the_way(
    regular: Visitor, path: str, lang: str, scheme: Literal["light", "dark"]
):
    page = regular.context.new_page()
    page.emulate_media(color_scheme=scheme)
    answer = page.goto(f"{regular.address}{path}?lang={lang}")
    assert answer is not None
    assert answer.status == 404
    words = language(lang)
    assert page.evaluate("document.documentElement.lang") == lang
    expect(page.get_by_role("heading", level=1)).to_have_text(words.text("There is no page at this address."))
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert ground == {"light": "rgb(255, 255, 255)", "dark": "rgb(12, 23, 33)"}[scheme]
    assert page.locator("header svg").is_visible()
    assert violations(page) == []
    page.get_by_role("link", name=navigation.title(words, "routes")).click()
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(navigation.title(words, "routes"))
    assert page.evaluate("document.documentElement.lang") == lang
