"""A phone's first screen: the sentence and the figure are on it, and one button shows the filters and names them."""

import re

import pytest
from playwright.sync_api import expect

from dashboard.shell import navigation
from dashboard.shell.navigation import scripts
from dashboard.words.vocabulary import EVIDENCE
from data.i18n import LANGUAGES, language
from tests.browser.conftest import PHONE, WIDE, Visitor, faults, settled, unchanged
from tests.browser.keyboard import focus

pytestmark = pytest.mark.browser
WITHOUT_FIGURE = {"home", "sources", "present", "about", "country"}
SHOWN = [slug for slug in scripts() if slug not in WITHOUT_FIGURE]
# How much of the first figure is on the first screen, of itself or, if it is taller, of the screen; and where its
# sentence ends.
SEEN = """screen => {
  const box = document.querySelector('.plate .plate-figure[data-shown]').getBoundingClientRect()
  const heading = document.querySelector('.plate .plate-heading')
  const sentence = heading.hidden ? document.querySelector('h2') : heading
  const shown = Math.min(box.bottom, screen) - Math.max(box.top, 0), end = sentence.getBoundingClientRect().bottom
  return { share: shown / Math.min(box.height, screen), sentence: end, top: box.top }
}"""
LEAST = 0.4
CONTROLS = ".st-key-controls :is(input, [role=radiogroup])"
# Words that do not fit in their place.
CUT = """() => [...document.querySelectorAll('.st-key-page :is(label, button, a, input, .filters-button, p)')]
  .filter(one => one.checkVisibility({ visibilityProperty: true }) && !one.closest('.plate-hover, [class*=unseen]'))
  .filter(one => one.scrollWidth > one.clientWidth + 1 && getComputedStyle(one).overflowX !== 'visible'
    && getComputedStyle(one).clipPath === 'none')
  .map(one => one.outerHTML.slice(0, 160))"""


@pytest.mark.parametrize("slug", SHOWN)
def test_sentence_and_figure_are_on_a_phones_first_screen(phone: Visitor, slug: str):
    page = phone.open(f"/{slug}?lang=pt")
    seen = page.evaluate(SEEN, PHONE["height"])
    assert 0 < seen["sentence"] <= PHONE["height"]
    assert seen["share"] >= LEAST, seen


@pytest.mark.parametrize("code", LANGUAGES)
def test_one_button_shows_the_filters_and_names_them(phone: Visitor, code: str):
    lang = language(code)
    page = phone.open(f"/routes?lang={code}&evidence=stated&state=HND&minimum=2")
    button = page.locator(".filters-button")
    for words in (lang.text("Filters"), lang.text(EVIDENCE["stated"]), "Honduras", "2"):
        expect(button).to_contain_text(words)
    expect(button).to_have_attribute("aria-expanded", "false")
    assert page.locator(CONTROLS).filter(visible=True).count() == 0
    box = button.bounding_box()
    assert box
    assert box["height"] >= 44
    button.tap()
    expect(button).to_have_attribute("aria-expanded", "true")
    expect(page.locator(".st-key-pick-position input")).to_be_visible()
    assert page.evaluate(CUT) == []
    assert faults(page) == []
    # A choice leaves them open, and the button names it.
    page.locator(".st-key-pick-picture [role=radio]").nth(1).tap()
    page.wait_for_url(re.compile("picture=matrix"))
    settled(page)
    expect(page.locator(".st-key-pick-position input")).to_be_visible()
    expect(button).to_contain_text(lang.text("Matrix"))
    button.tap()
    expect(page.locator(".st-key-pick-position input")).to_be_hidden()


def test_a_desk_has_no_button_and_a_page_without_filters_none_on_a_phone(regular: Visitor, phone: Visitor):
    page = regular.open("/routes?lang=en")
    expect(page.locator(".filters-button")).to_be_hidden()
    tops = {box["y"] for one in page.locator(".st-key-controls > *").all() if (box := one.bounding_box())}
    assert max(tops) - min(tops) < 44, "the filters stand in one row"
    page.set_viewport_size(PHONE)
    expect(page.locator(".filters-button")).to_be_visible()
    page.set_viewport_size(WIDE)
    for slug in ("sources",):
        assert phone.open(f"/{slug}?lang=en").locator(".filters-button").count() == 0


def test_the_phones_menu_lies_over_the_language_and_is_closed_to_keys_too(phone: Visitor):
    page = phone.open("/coverage?lang=en")
    # While it is closed, the keys lead past its links.
    names = []
    for _ in range(5):
        page.keyboard.press("Tab")
        names.append(
            page.evaluate("document.activeElement.getAttribute('aria-label') ?? document.activeElement.textContent")
        )
    assert "Open the menu" in names
    assert not {navigation.title(language("en"), slug) for slug in scripts()} & set(names)
    page.get_by_test_id("stExpandSidebarButton").tap()
    close = page.locator("[data-testid=stSidebarCollapseButton] button")
    unchanged(page, "JSON.stringify(document.querySelector('[data-testid=stSidebar]').getBoundingClientRect())", 300)
    close.tap()
    expect(page.get_by_test_id("stSidebar")).to_have_attribute("data-collapsed", "true")


def test_the_language_is_chosen_in_the_band(phone: Visitor):
    page = phone.open("/coverage?lang=en")
    chooser = page.locator(".st-key-lang input")
    box = chooser.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 60
    assert box["height"] >= 44
    page.touchscreen.tap(box["x"] + 20, box["y"] + 20)
    page.get_by_role("option", name="Français").tap()
    page.wait_for_url(re.compile("lang=fr"))
    settled(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(language("fr").text("Coverage"))


def test_a_link_leads_past_the_menu_to_the_first_filter(regular: Visitor):
    page = regular.open("/coverage?lang=en")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    names = []
    for _ in range(2):
        page.keyboard.press("Tab")
        focused = focus(page)
        names.append(focused and focused["name"])
    assert names == ["Language", "Indicator"]
