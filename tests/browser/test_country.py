"""The page of a state in a browser: what the first screen tells, the jump list, and no axis without a figure."""

import pytest
from playwright.sync_api import expect

from data.i18n import LANGUAGES, language
from tests.browser.conftest import Visitor, unchanged

pytestmark = pytest.mark.browser
STATES = ("HTI", "LCA", "USA")
SCREENS = ({"width": 1366, "height": 768}, {"width": 390, "height": 844})
# Where the two maps of flows stand: they are drawn anew after the window has changed.
FLOWS = """JSON.stringify([...document.querySelectorAll('.st-key-flows .plate')]
  .map(one => one.getBoundingClientRect()))"""
SECTIONS = ("key-figures", "victims", "flows", "response", "treaties", "declaration", "record", "sources")


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_first_screen_has_the_name_and_the_sentence(regular: Visitor, code: str):
    page = regular.open(f"/country?area=HTI&lang={code}")
    for screen in SCREENS:
        page.set_viewport_size(screen)
        title = page.get_by_role("heading", level=1)
        expect(title).to_have_text(language(code).country("HTI"))
        sentence = page.locator(".st-key-header-country .stMarkdown p").first
        expect(sentence).to_contain_text(language(code).between(108, 112))
        unchanged(page, "JSON.stringify(document.querySelector('.st-key-header-country').getBoundingClientRect())")
        box = sentence.bounding_box()
        assert box
        assert box["y"] + box["height"] <= screen["height"]


# States with a remark on their membership, with few key figures, with long names and sentences.
@pytest.mark.parametrize(("area", "code"), [("NIC", "es"), ("VEN", "fr"), ("VCT", "pt"), ("HTI", "en"), ("BHS", "es")])
def test_name_sentence_and_key_figures_are_on_a_phones_first_screen(phone: Visitor, area: str, code: str):
    page = phone.open(f"/country?area={area}&lang={code}")
    expect(page.get_by_role("heading", level=1)).to_have_text(language(code).country(area))
    ends = page.evaluate(
        """() => [...document.querySelectorAll('h1, .st-key-header-country p, .st-key-cards > :nth-child(-n + 2)')]
             .map(one => one.getBoundingClientRect().bottom)"""
    )
    assert len(ends) > 2
    assert max(ends) <= SCREENS[1]["height"]
    # The list of sections and the remark follow; nothing stands between sentence and figures but the filters.
    tops = [page.locator(one).first.bounding_box() for one in ("#key-figures", ".st-key-contents")]
    assert tops[0]
    assert tops[1]
    assert tops[0]["y"] < tops[1]["y"]


@pytest.mark.parametrize("area", STATES)
def test_the_jump_list_works_by_keyboard_and_no_chart_is_empty(regular: Visitor, area: str):
    page = regular.open(f"/country?area={area}&lang=en")
    links = page.locator(".st-key-contents a")
    assert [link.get_attribute("href").rpartition("#")[2] for link in links.all()] == [*SECTIONS]
    links.nth(SECTIONS.index("record")).focus()
    page.keyboard.press("Enter")
    heading = page.locator("#record")
    expect(heading).to_be_in_viewport()
    shown = page.evaluate(
        "() => [...document.querySelectorAll('.plate-figure[data-shown]')].map(one => one.data.length)"
    )
    assert all(shown)
    marks = page.evaluate(
        """() => [...document.querySelectorAll('.plate-figure[data-shown]')]
             .filter(one => !one.layout.yaxis.scaleanchor)
             .map(one => one.data.flatMap(trace => (trace.customdata ?? []).flat()).filter(Boolean))"""
    )
    charts = {"USA": 2, "LCA": 1, "HTI": 0}[area]
    assert len(marks) == charts
    assert all(marks)


def test_the_maps_stand_side_by_side_on_a_desk_and_one_below_the_other_on_a_phone(regular: Visitor):
    page = regular.open("/country?area=USA&lang=en")
    boxes = []
    for screen in SCREENS:
        page.set_viewport_size(screen)
        maps = page.locator(".st-key-flows .plate")
        expect(maps).to_have_count(2)
        unchanged(page, FLOWS, 300)
        boxes.append([one.bounding_box() for one in maps.all()])
    (left, right), (upper, lower) = boxes
    assert left["y"] == right["y"]
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["width"] - right["width"]) < 2
    assert upper["y"] + upper["height"] <= lower["y"]
