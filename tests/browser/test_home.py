"""Page "Home": the answer is on the first screen, its links lead to the same figures, old addresses lead on."""

from urllib.parse import parse_qsl, urlsplit

import pytest
from playwright.sync_api import expect

from dashboard.parts import home
from dashboard.subjects.home import query, words
from data.glossary import glossary
from data.i18n import language
from tests.browser.conftest import PHONE, Visitor, settled

pytestmark = pytest.mark.browser
EN = language("en")
SCREENS = {"regular": {"width": 1366, "height": 768}, "phone": PHONE}
# The upper and the lower edge of each element that matches, in pixels from the top of the window.
EDGES = "nodes => nodes.map(node => [node.getBoundingClientRect().top, node.getBoundingClientRect().bottom])"
CUT = "nodes => nodes.filter(n => n.clientWidth && n.scrollWidth > n.clientWidth + 1).map(n => n.textContent)"
# Words of the headline that are broken over lines; and the pixels between each label of a key figure and its note.
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
GAPS = """nodes => nodes.map(node => {
  const label = document.createRange(), note = document.createRange()
  label.selectNodeContents(node.querySelector('a p'))
  note.selectNodeContents(node.querySelector('[data-testid=stCaptionContainer] p'))
  return note.getBoundingClientRect().top - label.getBoundingClientRect().bottom
})"""
FIRST = ("h1", ".st-key-facts > div", ".st-key-search [role='combobox']")


@pytest.mark.parametrize("lang", ["es", "fr"])
@pytest.mark.parametrize("device", SCREENS)
def test_headline_key_figures_and_search_are_on_the_first_screen(request, device: str, lang: str):
    visitor: Visitor = request.getfixturevalue(device)
    page = visitor.open(f"/?lang={lang}")
    page.set_viewport_size(SCREENS[device])
    settled(page)
    lowest = SCREENS[device]["height"]
    for selector, n in zip(FIRST, (1, 4, 1), strict=True):
        found = page.locator(selector).evaluate_all(EDGES)
        assert len(found) == n
        assert all(0 <= top < bottom <= lowest for top, bottom in found), (selector, found, lowest)
    # No label of a link is cut.
    assert page.locator(".st-key-facts a, .st-key-facts a *").evaluate_all(CUT) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= SCREENS[device]["width"]
    # No name is broken at its hyphen, and the text that a reader copies has nothing between its letters.
    assert page.locator("h1").evaluate_all(BROKEN) == []
    assert page.locator("h1").inner_text() == words.headline(language(lang), query.overview())
    assert min(page.locator(".st-key-facts > div").evaluate_all(GAPS)) >= 2


def test_every_key_figure_leads_to_a_view_with_the_same_figure(regular: Visitor):
    for number, (fact, page_name, _) in enumerate(home.key_figures(EN)):
        page = regular.open("/?lang=en")
        page.locator(".st-key-facts a").nth(number).click()
        page.wait_for_url(f"**/{page_name}?*")
        settled(page)
        shown = str(query.overview().ever) if page_name == "coverage" else fact.figure
        expect(page.locator(".st-key-page")).to_contain_text(shown)


def test_a_typed_name_opens_the_state(regular: Visitor):
    page = regular.open("/?lang=en")
    field = page.get_by_role("combobox", name="Find your country")
    field.click()
    page.keyboard.type("haiti")
    page.keyboard.press("Enter")
    page.wait_for_url("**/country?*area=HTI*")


@pytest.mark.parametrize(
    ("old", "new", "heading"),
    [
        ("/?lang=en&year=2015&measure=count", "/region?lang=en&year=2015&measure=count", "Region"),
        ("/ledger?lang=es&paragraph=23", "/declaration?lang=es&paragraph=23", "Declaración"),
    ],
)
def test_an_old_address_leads_on_with_every_parameter(regular: Visitor, old: str, new: str, heading: str):
    page = regular.open(old)
    wanted, shown = urlsplit(new), urlsplit(page.url)
    # The page may complete the address.
    assert (shown.path, dict(parse_qsl(shown.query)) | dict(parse_qsl(wanted.query))) == (
        wanted.path,
        dict(parse_qsl(shown.query)),
    )
    expect(page.get_by_role("heading", level=1)).to_have_text(heading)


def test_the_menu_leads_from_the_region_with_filters_to_home(regular: Visitor):
    page = regular.open("/region?lang=en&year=2015&measure=count")
    page.get_by_role("link", name="Home").first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("states of the Americas reported")
    # At once: the address of the new page may not be complete yet.
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Region")
    settled(page)
    assert "measure=count" in page.url
    expect(page.get_by_role("heading", level=1)).to_have_text("Region")


def test_terms_are_explained_by_key_and_by_touch_and_about_is_linked(regular: Visitor, phone: Visitor):
    for visitor in (regular, phone):
        page = visitor.open("/?lang=en")
        button = page.locator(".st-key-meanings button")
        if visitor is phone:
            button.tap()
        else:
            button.press("Enter")
        body = page.get_by_test_id("stPopoverBody")
        # After the term and a colon its first letter is small.
        expect(body).to_contain_text(glossary()["fewer_than_five"].meaning["en"][1:])
        page.keyboard.press("Escape")
        expect(body).to_have_count(0)
        assert page.locator("main a[href*='about']").count() == 2
    page = regular.open("/?lang=en")
    menu = page.get_by_test_id("stTopNavLink")
    expect(menu).to_have_count(10)
    assert "About and method" not in menu.all_inner_texts()
