"""Every control of every page, by keyboard: what is chosen stands in the address, and Back undoes it; long lists."""

import re
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from dashboard.catalog import pages
from data.i18n import LANGUAGES, language
from tests.browser.conftest import Visitor, faults, path_to, visiting

pytestmark = pytest.mark.browser
# Views that have controls of their own, besides the usual view of each page.
FURTHER = (
    "/en/explore?desk=compare",
    "/en/explore?reading=table",
    "/en/declaration?scope=state&area=HTI",
    "/en/routes?evidence=stated",
)
# The first control of each filter that can be changed: of a radio or a list of several, the first that is not chosen.
CHANGEABLE = """() => {
  const all = [...document.querySelectorAll('#content [form=view][data-default]')]
  const free = all.filter(one => !one.matches('[type=radio], [type=checkbox]') || !one.checked)
  return Object.values(Object.fromEntries(free.reverse().map(one => [one.name, [one.id, one.name]])))
}"""
UNFOLD = "one => { for (let at = one; at; at = at.parentElement) if (at.matches('details')) at.open = true }"
STATE = "one => one.type === 'checkbox' || one.type === 'radio' ? String(one.checked) : one.value"
OTHER = "one => [...one.options].find(option => !option.selected).value"
KEYS = {"range": "ArrowLeft", "number": "ArrowUp", "checkbox": "Space", "radio": "Space"}


def choose(control: Locator) -> None:
    """Change a control with the keys; of a list, another option."""
    control.evaluate(UNFOLD)
    control.focus()
    if control.evaluate("one => one.tagName") == "SELECT":
        control.select_option(control.evaluate(OTHER))
        return
    high = control.evaluate("one => one.type === 'range' && one.value === one.min")
    control.press("ArrowRight" if high else KEYS[str(control.get_attribute("type"))])


def texts(page: Page, name: str) -> list[str]:
    return parse_qs(urlsplit(page.url).query).get(name, [])


def stands(page: Page, name: str) -> tuple[str, list[str]]:
    """What an address has of a filter, in its path or in its query."""
    return urlsplit(page.url).path, texts(page, name)


@pytest.mark.parametrize("path", [*map(path_to, pages()), *FURTHER])
def test_a_choice_is_in_the_address_and_back_undoes_it(regular: Visitor, subtests: pytest.Subtests, path: str):
    page = regular.open(path)
    for id_, name in page.evaluate(CHANGEABLE):
        with subtests.test(name):
            page = regular.open(path)
            control, start, before = page.locator(f"#{id_}"), page.url, stands(page, name)
            was = control.evaluate(STATE)
            choose(control)
            page.wait_for_url(lambda url, start=start: url != start)
            assert stands(page, name) != before
            chosen = control.evaluate(STATE) if control.count() else ""
            assert chosen != was
            page.go_back()
            page.wait_for_url(start)
            if was in {"true", "false"}:
                expect(control).to_be_checked(checked=was == "true")
            else:
                expect(control).to_have_value(was)


def test_twenty_quick_presses_all_count(regular: Visitor):
    page = regular.open("/en/routes?arrows=50")
    field = page.get_by_role("spinbutton", name=re.compile("^Maximum number of routes"))
    expect(field).to_be_visible()
    field.focus()
    for key, value in (("ArrowUp", "70"), ("ArrowDown", "50")):
        for _ in range(20):
            page.keyboard.press(key)
        page.wait_for_url(f"**arrows={value}")
        expect(field).to_have_value(value)
        expect(field).to_be_focused()


def test_a_press_that_a_busy_server_refuses_counts_a_second_later(regular: Visitor):
    page, asked = regular.open("/en/region"), []

    def answer(route: Route) -> None:
        if "hx-request" not in route.request.headers:
            return route.fallback()
        asked.append(route.request.url)
        return route.fulfill(status=429, headers={"Retry-After": "1"}) if len(asked) == 1 else route.fallback()

    page.route("**/en/region?**", answer)
    page.get_by_role("radio", name="Count").check()
    page.wait_for_url("**measure=count")
    assert len(asked) == 2
    expect(page.get_by_role("radio", name="Count")).to_be_checked()


def test_a_number_that_is_typed_counts_when_it_is_whole(regular: Visitor):
    page = regular.open("/en/routes")
    page.locator("#view-minimum").evaluate(UNFOLD)
    page.locator("#view-minimum").fill("1234")
    page.keyboard.press("Enter")
    page.wait_for_url("**minimum=1234")


@pytest.mark.parametrize("code", LANGUAGES)
def test_all_states_stand_in_the_alphabetical_order_of_the_language_and_one_opens_its_page(regular: Visitor, code: str):
    page, lang = regular.open(f"/{code}/region"), language(code)
    chooser = page.get_by_role("combobox", name=lang.text("Open a state"))
    names = [name.strip() for name in chooser.locator("option[value]:not([value=''])").all_inner_texts()]
    assert len(names) == 35
    areas = chooser.locator("option[value]:not([value=''])").evaluate_all("all => all.map(one => one.value)")
    assert names == [lang.country(area) for area in lang.sorted_countries(areas)]
    chooser.focus()
    page.keyboard.type(lang.country("BRA")[:4])
    expect(chooser).to_have_value("BRA")
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/{code}/country/BRA")


def listed(page: Page) -> Locator:
    return page.locator("#view-state label:visible")


def test_several_states_by_keys_with_a_search_and_all_quick_choices_count(regular: Visitor):
    page = regular.open("/es/routes?evidence=stated")
    summary = page.locator("#view-state summary")
    summary.press("Enter")
    expect(listed(page)).to_have_count(35)
    for typed, area in (("haiti", "HTI"), ("brésil", "BRA"), ("saint l", "LCA"), ("peru", "PER")):
        page.locator("#view-state-find").fill(typed)
        expect(listed(page)).to_have_count(1)
        page.locator(f"#view-state-{area}").press("Space")
    page.wait_for_url(re.compile("evidence=stated&state=[A-Z,]{15}$"))
    assert set(texts(page, "state")[0].split(",")) == {"HTI", "BRA", "LCA", "PER"}
    # The list is still open, with what the reader looks for.
    expect(page.locator("#view-state-find")).to_have_value("peru")
    page.keyboard.press("Escape")
    expect(listed(page)).to_have_count(0)
    expect(summary).to_be_focused()
    expect(summary).to_contain_text(language("es").country("BRA"))


def test_the_last_state_that_is_taken_away_leaves_all(regular: Visitor):
    page = regular.open("/en/routes?state=ARG")
    page.locator("#view-state summary").press("Enter")
    expect(page.get_by_role("checkbox", name="Argentina")).to_be_checked()
    page.get_by_role("checkbox", name="Argentina").press("Space")
    page.wait_for_url(re.compile("/en/routes$"))
    expect(page.locator("#view-state summary")).to_contain_text("All states")


@pytest.mark.parametrize("touch", [False, True])
def test_axe_finds_nothing_where_a_list_is_open(browser: Browser, address: str, touch: bool):
    options = {"viewport": {"width": 390, "height": 844}, "has_touch": True, "is_mobile": True} if touch else {}
    with visiting(browser, address, **options) as visitor:
        page = visitor.open("/es/routes")
        if touch:
            page.locator(".folded summary").click()
        for name in ("state", "form"):
            page.locator(f"#view-{name}").evaluate(UNFOLD)
            expect(page.locator(f"#view-{name} label").first).to_be_visible()
            assert faults(page) == []
