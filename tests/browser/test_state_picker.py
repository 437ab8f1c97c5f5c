"""The list of states by keyboard and by touch: it searches, says how many match, loses nothing, and clears."""

import json
import re
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, expect

from dashboard import static
from dashboard.shell.state_names import entries, found
from dashboard.shell.state_picker import TEXTS
from data.i18n import LANGUAGES, language
from tests.browser.conftest import Visitor, settled
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
