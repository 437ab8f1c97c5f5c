"""Where Back and Forward lead, languages and new tabs, what a shared, an old and an unknown address shows."""

import re
from typing import Literal

import pytest
from playwright.sync_api import Page, expect

from dashboard import menu
from dashboard.catalog import pages
from data.i18n import LANGUAGES, language
from tests.browser.conftest import Visitor, path_to, settled, violations
from tests.in_turn import in_turn

pytestmark = pytest.mark.browser


def entries(page: Page) -> int:
    return int(page.evaluate("history.length"))


def follow(page: Page, name: str, path: str) -> None:
    page.locator("nav.menu").get_by_role("link", name=name, exact=True).click()
    page.wait_for_url(f"**{path}")


def back_to(page: Page, heading: str) -> None:
    """Press Back once: the page with this heading is there."""
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)
    settled(page)


def test_each_change_is_an_entry_that_back_and_forward_restore(regular: Visitor):
    page = regular.open("/en/region?year=2015")
    at_first = entries(page)
    page.get_by_role("radio", name="Count").check()
    page.wait_for_url("**measure=count**")
    assert entries(page) == at_first + 1
    page.go_back()
    page.wait_for_url("**/en/region?year=2015")
    expect(page.get_by_role("radio", name="Count")).not_to_be_checked()
    expect(page.get_by_role("slider", name="Year")).to_have_value("2015")
    page.go_forward()
    page.wait_for_url("**measure=count**")
    expect(page.get_by_role("radio", name="Count")).to_be_checked()
    expect(page.get_by_role("slider", name="Year")).to_have_value("2015")
    assert entries(page) == at_first + 1


def test_back_leads_to_the_page_before_and_its_view(regular: Visitor):
    page = regular.open("/en/region?year=2015")
    page.get_by_role("radio", name="Count").check()
    page.wait_for_url("**measure=count**")
    follow(page, "Routes", "/en/routes")
    page.get_by_role("radio", name="Routes described in reports").check()
    page.wait_for_url("**evidence=stated")
    follow(page, "Country", "/en/country")
    back_to(page, "Routes")
    expect(page.get_by_role("radio", name="Routes described in reports")).to_be_checked()
    # From the routes described to those counted, and from there to the page before.
    page.go_back()
    page.wait_for_url("**/en/routes")
    expect(page.get_by_role("radio", name="Routes described in reports")).not_to_be_checked()
    back_to(page, "Region")
    expect(page.get_by_role("radio", name="Count")).to_be_checked()
    expect(page.get_by_role("slider", name="Year")).to_have_value("2015")
    page.go_forward()
    expect(page.get_by_role("heading", level=1)).to_have_text("Routes")


def test_a_passport_that_a_row_opened_is_closed_by_back(regular: Visitor):
    page = regular.open("/en/region?year=2019")
    page.locator("#table-region").get_by_role("link", name="Brazil").click()
    page.wait_for_url("**of=BRA**")
    expect(page.locator("#passport-of")).to_be_visible()
    page.go_back()
    page.wait_for_url("**/en/region?year=2019")
    expect(page.locator("#passport-of")).to_have_count(0)
    page.go_forward()
    expect(page.locator("#passport-of")).to_be_visible()


@pytest.mark.parametrize(("slug", "code"), in_turn(pages()))
def test_a_language_leads_to_the_same_view_and_back(regular: Visitor, slug: str, code: str):
    before = "pt" if code == "en" else "en"
    page, name = regular.open(path_to(slug, before)), LANGUAGES[code]
    page.locator("nav.languages").get_by_role("link", name=name, exact=True).click()
    page.wait_for_url(f"**{path_to(slug, code)}**")
    assert page.evaluate("document.documentElement.lang") == code
    expect(page.locator("nav.languages [aria-current]")).to_have_accessible_name(name)
    page.go_back()
    page.wait_for_url(f"**{path_to(slug, before)}")
    assert page.evaluate("document.documentElement.lang") == before


def test_a_language_keeps_what_was_chosen_with_scripts(regular: Visitor):
    page = regular.open("/en/region")
    page.get_by_role("radio", name="Count").check()
    page.wait_for_url("**measure=count")
    page.locator("nav.languages").get_by_role("link", name="Español").click()
    page.wait_for_url("**/es/region?measure=count")
    expect(page.get_by_role("radio", name=language("es").text("Count"))).to_be_checked()


def test_a_link_of_the_menu_opens_in_a_new_tab_in_the_language(regular: Visitor):
    page = regular.open("/fr/country/HTI")
    with page.context.expect_page() as opened:
        page.get_by_role("link", name=menu.title(language("fr"), "declaration")).first.click(modifiers=["Control"])
    tab = opened.value
    # The state is chosen there too.
    tab.wait_for_url(re.compile(r"/fr/declaration\?area=HTI&scope=state$"))
    assert tab.evaluate("document.documentElement.lang") == "fr"
    assert page.url.endswith("/fr/country/HTI")


@pytest.mark.parametrize("slug", pages())
def test_no_page_asks_for_what_is_not_there(visitor: Visitor, slug: str):
    failed: list[str] = []
    visitor.context.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    visitor.open(path_to(slug))
    assert failed == []


@pytest.mark.parametrize("path", ["/", "/region", "/routes?lang=en&years=2012-2013", "/country?lang=en&area=HTI"])
def test_one_back_leaves_an_address_that_led_on(regular: Visitor, path: str):
    page = regular.context.new_page()
    page.goto(regular.address + "/livez")
    page.goto(regular.address + path)
    assert re.search(r"/en/", page.url)
    page.go_back()
    expect(page.locator("body")).to_contain_text('"alive":true')


BAD = (
    "/region?lang=en&year=3000",
    "/en/region?indicator=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
    "/en/routes?years=1800-1900",
)


@pytest.mark.parametrize("path", BAD)
def test_a_bad_value_shows_the_usual_view_and_says_so(regular: Visitor, path: str):
    page = regular.open(path)
    expect(page.locator(".warning").first).to_contain_text("does not exist. The usual view")
    expect(page.locator("#map .still > svg:visible")).to_have_count(1)
    # Of the scripts none is in the document itself; what describes its rows is no script.
    assert page.locator("script:not([src]):not([type='application/ld+json'])").count() == 0


def test_a_parameter_that_is_no_filter_changes_nothing(regular: Visitor):
    page = regular.open("/en/region?year=2015&utm_source=mail&lang=fr")
    expect(page.get_by_role("heading", level=1)).to_have_text("Region")
    expect(page.get_by_role("slider", name="Year")).to_have_value("2015")
    expect(page.locator(".still > svg:visible")).to_have_count(1)


@pytest.mark.parametrize(
    ("path", "lang", "scheme"),
    [
        ("/nowhere", "fr", "light"),
        ("/region/x", "es", "dark"),
        ("/a/b/c", "pt", "light"),
        ("/en/nowhere", "fr", "dark"),
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
    page.get_by_role("link", name=menu.title(words, "routes")).click()
    page.wait_for_url(f"**/{lang}/routes")
    expect(page.get_by_role("heading", level=1)).to_have_text(menu.title(words, "routes"))
