"""The list of states by keyboard and by touch: it searches, says how many match, loses nothing, and clears."""

import json
import re
from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard import static
from dashboard.shell.state_names import entries, found
from dashboard.shell.state_picker import TEXTS
from data.i18n import LANGUAGES, language
from tests.browser.conftest import ALL_SCREENS, Screen, Visitor, faults, settled
from tests.browser.keyboard import tab_to
from tests.dashboard.shell.test_state_names import TYPED

pytestmark = pytest.mark.browser
LEAST = 44
FILTERS = ".filters-button"
ACTIVE = "input => document.getElementById(input.getAttribute('aria-activedescendant'))?.firstChild.textContent ?? ''"
# What the browser's own code finds, in the list of a language.
FOUND = """async ([address, texts]) => {
  const { states } = await (await fetch(address)).json()
  const { found } = await import(MODULE)
  return texts.map(text => found(text, states).map(([id]) => id))
}"""


def field(page: Page, name: str) -> Locator:
    return page.get_by_role("combobox", name=name, exact=True)


def active(page: Page, name: str) -> Any:
    return field(page, name).evaluate(ACTIVE)


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_browser_and_the_server_find_the_same(regular: Visitor, code: str):
    page = regular.open(f"/sources?lang={code}")
    names = [language(one).country(area) for one in LANGUAGES for area in TYPED.values()]
    texts = [*TYPED, *names, "a", "san", "re", "s k", "t t", "", "zzz", "É", "St.-", "&", "central", "south am", "sud"]
    script = FOUND.replace("MODULE", json.dumps(f"{regular.address}/{static.address('state_picker.js')}"))
    seen = page.evaluate(script, [TEXTS.address(language(code)), texts])
    wanted = entries(language(code))
    assert seen == [found(text, wanted) for text in texts]


def test_the_keys_of_a_list_of_one(regular: Visitor):
    page = regular.open("/country?lang=en&area=HND&edition=2025-04-14")
    state = field(page, "State")
    expect(state).to_have_value("Honduras")
    tab_to(page, "State")
    expect(state).to_have_attribute("aria-expanded", "false")
    # Down opens the list at what is chosen; Home and End lead to its ends, and the keys go round.
    page.keyboard.press("ArrowDown")
    expect(state).to_have_attribute("aria-expanded", "true")
    assert active(page, "State") == "Honduras"
    page.keyboard.press("ArrowDown")
    assert active(page, "State") == "Jamaica"
    page.keyboard.press("Home")
    assert active(page, "State") == "Antigua and Barbuda"
    page.keyboard.press("ArrowUp")
    assert active(page, "State") == "Venezuela"
    page.keyboard.press("ArrowDown")
    assert active(page, "State") == "Antigua and Barbuda"
    page.keyboard.press("End")
    assert active(page, "State") == "Venezuela"
    expect(page.get_by_role("option", name="Venezuela")).to_be_in_viewport()
    # Typing replaces the name; how many match is said.
    page.keyboard.type("st lucia")
    expect(page.get_by_role("option")).to_have_text(["Saint Lucia"])
    expect(page.locator(".states-status:not(:empty)")).to_have_text("1 match")
    # Escape gives up: the field has its name back, and no filter is lost.
    page.keyboard.press("Escape")
    expect(state).to_have_value("Honduras")
    expect(state).to_have_attribute("aria-expanded", "false")
    page.keyboard.type("zzz")
    expect(page.get_by_role("listbox")).to_have_text("No results")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(state).to_have_value("Honduras")
    assert "area=HND" in page.url
    state.focus()
    page.keyboard.type("eeuu")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("area=USA"))
    settled(page)
    expect(state).to_have_value("United States")
    expect(state).to_be_focused()
    assert "edition=2025-04-14" in page.url


def test_several_states_by_keys_and_the_way_back_to_all(regular: Visitor):
    page = regular.open("/routes?lang=es&evidence=stated&state=HND")
    states = field(page, "Estados")
    states.focus()
    page.keyboard.type("haiti")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("state=HND%2CHTI|state=HND,HTI"))
    settled(page)
    # What is chosen is marked, and chosen again it is taken away.
    expect(page.get_by_role("option", name="Haití")).to_have_attribute("aria-selected", "true")
    page.keyboard.type("HTI")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("state=HND(&|$)"))
    settled(page)
    page.keyboard.press("Escape")
    page.keyboard.press("Shift+Tab")
    every = page.get_by_role("button", name="Todos los Estados")
    expect(every).to_be_focused()
    page.keyboard.press("Enter")
    page.wait_for_function("() => !location.search.includes('state=')")
    settled(page)
    expect(every).to_be_hidden()
    expect(states).to_be_focused()
    assert "evidence=stated" in page.url


def test_quick_choices_all_count(regular: Visitor):
    page = regular.open("/routes?lang=en")
    field(page, "States").focus()
    for code in ("PER", "BOL", "CHL", "ARG"):
        page.keyboard.type(code)
        page.keyboard.press("Enter")
    page.wait_for_function("() => decodeURIComponent(location.search).includes('state=PER,BOL,CHL,ARG')")
    settled(page)
    expect(page.locator(".states-chips li > span")).to_have_text(["Peru", "Bolivia", "Chile", "Argentina"])


def test_the_finger_chooses_removes_and_clears(phone: Visitor):
    page = phone.open("/country?lang=pt&area=HND")
    # On a phone the list is behind the button of the filters.
    page.locator(FILTERS).tap()
    state = field(page, "Estado")
    state.tap()
    page.keyboard.type("brasil")
    option = page.get_by_role("option", name="Brasil")
    box = option.bounding_box()
    assert box
    assert box["height"] >= LEAST
    assert box["y"] + box["height"] <= 844
    option.tap()
    page.wait_for_url(re.compile("area=BRA"))
    settled(page)
    expect(state).to_have_value("Brasil")
    state.tap()
    expect(page.get_by_role("option", name="Argentina")).to_be_visible()
    # A tap beside the list closes it without a choice.
    page.get_by_role("heading", level=1).tap()
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(state).to_have_value("Brasil")


def test_the_state_is_carried_through_the_menu(regular: Visitor):
    page = regular.open("/country?lang=en&area=CHL")
    field(page, "State").focus()
    page.keyboard.type("HND")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("area=HND"))
    settled(page)
    page.locator("header nav a[href*='declaration']").first.click()
    page.wait_for_url(re.compile("/declaration.*area=HND"))
    settled(page)
    expect(field(page, "State")).to_have_value("Honduras")
    for slug in ("routes", "explore"):
        page.locator(f"header nav a[href*='{slug}']").first.click()
        page.wait_for_url(re.compile(f"/{slug}.*state=HND"))
        settled(page)
        expect(page.locator(".st-key-pick-state .states-chips li")).to_have_text(["Honduras×"])
    page.locator(".st-key-pick-state").get_by_role("button", name="All states").click()
    page.wait_for_function("() => !location.search.includes('state=')")
    settled(page)
    page.locator("header nav a[href*='routes']").first.click()
    page.wait_for_url(re.compile("/routes"))
    settled(page)
    assert "state=" not in page.url


@pytest.mark.parametrize("screen", ALL_SCREENS, ids=str)
def test_axe_finds_nothing_in_an_open_list(readers: Callable[[Screen], Visitor], screen: Screen):
    reader = readers(screen)
    page = reader.open("/country?lang=fr&area=HTI")
    if screen.size == "phone":
        page.locator(FILTERS).tap()
    field(page, "État").focus()
    page.keyboard.press("ArrowDown")
    expect(page.get_by_role("listbox")).to_be_visible()
    assert faults(page) == []
    page.keyboard.type("zzz")
    assert faults(page) == []
    reader.leave()
