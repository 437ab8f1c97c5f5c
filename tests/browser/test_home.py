"""Page "Home": the answer is on the first screen, its links lead to the same figures, old addresses lead on."""

import re

import pytest
from playwright.sync_api import Browser, expect

from dashboard.subjects.home import page as home
from dashboard.subjects.home import query, words
from data.glossary import glossary
from data.i18n import language
from tests.browser.conftest import PHONE, Visitor, faults, settled, visiting

pytestmark = pytest.mark.browser
EN = language("en")
SCREENS = {"regular": {"width": 1366, "height": 768}, "phone": PHONE}
# The upper and the lower edge of each element that matches, in pixels from the top of the window.
EDGES = "nodes => nodes.map(node => [node.getBoundingClientRect().top, node.getBoundingClientRect().bottom])"
CUT = "nodes => nodes.filter(n => n.clientWidth && n.scrollWidth > n.clientWidth + 1).map(n => n.textContent)"
# Words of the headline that are broken over lines.
BROKEN = """nodes => nodes.flatMap(node => [...node.childNodes].flatMap(child => {
  const found = [...child.textContent.matchAll(/\\S*\\w[-–]\\w\\S*/g)]
  const texts = document.createTreeWalker(child, NodeFilter.SHOW_TEXT)
  const text = texts.nextNode() ?? child
  return found.filter(({ index, 0: word }) => {
    const range = document.createRange()
    range.setStart(text, index)
    range.setEnd(text, index + word.length)
    return new Set([...range.getClientRects()].map(({ top }) => Math.round(top))).size > 1
  }).map(([word]) => word)
}))"""
FIRST = ("h1", ".facts > li", ".chooser.large")


@pytest.mark.parametrize("lang", ["es", "fr"])
@pytest.mark.parametrize("device", SCREENS)
def test_headline_key_figures_and_search_are_on_the_first_screen(request, device: str, lang: str):
    visitor: Visitor = request.getfixturevalue(device)
    page = visitor.open(f"/{lang}/")
    page.set_viewport_size(SCREENS[device])
    lowest = SCREENS[device]["height"]
    for selector, n in zip(FIRST, (1, 4, 1), strict=True):
        found = page.locator(selector).evaluate_all(EDGES)
        assert len(found) == n
        assert all(0 <= top < bottom <= lowest for top, bottom in found), (selector, found, lowest)
    # No label of a link is cut.
    assert page.locator(".facts a").evaluate_all(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[device]["width"]
    # No name is broken at its hyphen, and the text that a reader copies has nothing between its letters.
    assert page.locator("h1").evaluate_all(BROKEN) == []
    assert page.locator("h1").inner_text() == words.headline(language(lang), query.overview())


def test_every_key_figure_leads_to_a_view_with_the_same_figure(regular: Visitor):
    for number, one in enumerate(home.key_figures(EN)):
        page = regular.open("/en/")
        page.locator(".facts a").nth(number).click()
        page.wait_for_url(re.compile(rf"/{one.link.page}\b"))
        settled(page)
        shown = str(query.overview().ever) if one.link.page == "coverage" else one.figure.removesuffix("*")
        expect(page.locator("main")).to_contain_text(shown)


def test_the_chosen_state_is_opened_also_without_scripts(regular: Visitor, browser: Browser, address: str):
    with visiting(browser, address, java_script_enabled=False) as plain:
        for visitor in (regular, plain):
            page = visitor.context.new_page()
            page.goto(f"{address}/en/")
            page.get_by_label("Find your country").select_option("Haiti")
            page.get_by_role("button", name="Open").click()
            page.wait_for_url("**/en/country/HTI")


@pytest.mark.parametrize(
    ("old", "new", "heading"),
    [
        ("/?lang=en&year=2015&measure=count", "/en/region?year=2015&measure=count", "Region"),
        ("/?lang=es", "/es/", "24 de los 35 Estados"),
        ("/home?lang=pt", "/pt/", "24 dos 35 Estados"),
        ("/en/home", "/en/", "For 2022"),
    ],
)
def test_an_old_address_leads_on_with_every_parameter(regular: Visitor, old: str, new: str, heading: str):
    page = regular.open(old)
    assert page.url == f"{regular.address}{new}"
    expect(page.get_by_role("heading", level=1)).to_contain_text(heading)


def test_the_menu_leads_from_the_region_with_filters_to_home_and_back(regular: Visitor):
    page = regular.open("/en/region?year=2015&measure=count")
    page.get_by_role("link", name="Home").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("states of the Americas together reported")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Region")
    assert page.url.endswith("/en/region?year=2015&measure=count")


def test_terms_are_explained_by_key_and_by_touch_and_about_is_linked(regular: Visitor, phone: Visitor):
    for visitor in (regular, phone):
        page = visitor.open("/en/")
        button = page.locator("#change .terms summary")
        if visitor is phone:
            button.tap()
        else:
            button.press("Enter")
        # After the term and a colon its first letter is small.
        expect(
            page.locator("#change .terms li", has_text=glossary()["fewer_than_five"].meaning["en"][1:])
        ).to_be_visible()
        assert page.locator("main a[href*='about'], footer a[href*='about']").count() == 2
        assert faults(page) == []


def test_the_bars_are_on_a_laptops_first_screen(regular: Visitor):
    page = regular.open("/en/")
    page.set_viewport_size({"width": 1366, "height": 768})
    bars = page.locator("#change svg:visible a[href*='region']").evaluate_all(EDGES)
    assert len(bars) > 10
    assert all(0 < top < bottom <= 768 for top, bottom in bars)


def test_each_bar_leads_to_the_map_of_its_year(regular: Visitor):
    page = regular.open("/en/")
    page.locator("#change svg:visible a[href*='year=2019']").first.press("Enter")
    page.wait_for_url("**/en/region?*year=2019*")


def test_the_map_is_on_a_wide_screen_alone_and_a_state_can_be_chosen_on_it(regular: Visitor):
    page = regular.open("/en/")
    page.set_viewport_size({"width": 1366, "height": 768})
    expect(page.locator(".preview")).to_be_hidden()
    page.set_viewport_size({"width": 1920, "height": 1080})
    ((top, bottom),) = page.locator(".preview svg").evaluate_all(EDGES)
    assert 0 < top < bottom <= 1080
    # Beside the search, and the chart stands where it stood.
    assert page.locator(".preview").bounding_box()["x"] == page.locator(".chooser.large").bounding_box()["x"]
    assert page.evaluate("document.documentElement.scrollWidth") <= 1920
    link = page.locator(".preview a[href*='country/']").first
    link.focus()
    expect(page.locator(".plate-hover")).to_be_visible()
    link.press("Enter")
    page.wait_for_url("**/en/country/**")
    page.go_back()
    page.get_by_role("link", name="The map of the region").click()
    page.wait_for_url("**/en/region")
