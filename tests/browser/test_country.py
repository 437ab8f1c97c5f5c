"""The document of a state: what the first screen tells, the list of contents, its maps; and the list of all states."""

import polars as pl
import pytest
from playwright.sync_api import expect

from dashboard.subjects.states import files as states_files
from data.i18n import LANGUAGES, language
from tests.browser.conftest import Visitor, faults

pytestmark = pytest.mark.browser
SCREENS = ({"width": 1366, "height": 768}, {"width": 390, "height": 844})
# The sections with a figure stand first; those of the United States.
SECTIONS = ("victims", "flows", "response", "described", "treaties", "record")
# The lower edge of each element that matches, in pixels from the top of the window.
ENDS = "nodes => nodes.map(node => node.getBoundingClientRect().bottom)"
OVERFLOW = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_first_screen_has_the_name_and_the_sentence(regular: Visitor, code: str):
    page = regular.look(f"/{code}/country/HTI")
    for screen in SCREENS:
        page.set_viewport_size(screen)
        expect(page.get_by_role("heading", level=1)).to_have_text(language(code).country("HTI"))
        expect(page.locator(".head p")).to_contain_text(language(code).between(108, 112))
        assert max(page.locator(".head p").evaluate_all(ENDS)) <= screen["height"]


# States with a remark on their membership, with few key figures, with long names and sentences.
@pytest.mark.parametrize(("area", "code"), [("NIC", "es"), ("VEN", "fr"), ("VCT", "pt"), ("HTI", "en"), ("BHS", "es")])
def test_name_sentence_and_key_figures_are_on_a_phones_first_screen(phone: Visitor, area: str, code: str):
    page = phone.look(f"/{code}/country/{area}")
    expect(page.get_by_role("heading", level=1)).to_have_text(language(code).country(area))
    ends = page.locator("h1, .head p, .facts > :nth-child(-n + 2)").evaluate_all(ENDS)
    assert len(ends) > 2
    assert max(ends) <= SCREENS[1]["height"]
    # The list of sections follows; nothing stands between sentence and figures but the filters.
    figures, contents = (page.locator(one).first.bounding_box() for one in (".facts", ".ways"))
    assert figures
    assert contents
    assert figures["y"] < contents["y"]


@pytest.mark.parametrize("area", ["HTI", "LCA", "USA"])
def test_the_list_of_contents_works_by_keyboard_and_no_figure_is_empty(regular: Visitor, area: str):
    page = regular.open(f"/en/country/{area}")
    links = page.locator("#key-figures .ways a")
    found = [link.get_attribute("href").removeprefix("#") for link in links.all()]
    assert sorted(found) == sorted(SECTIONS)
    assert page.locator("section:has(h2)").evaluate_all("every => every.map(one => one.id)") == found
    links.nth(found.index("record")).focus()
    page.keyboard.press("Enter")
    expect(page.locator("#record h2")).to_be_in_viewport()
    drawings = page.locator("figure.plate svg:visible")
    # The victims, two maps, the routes described, and the figures by year; those with laws and treaties are folded.
    assert drawings.count() == {"USA": 5, "LCA": 2, "HTI": 2}[area]
    for drawing in drawings.all():
        assert drawing.locator("path, rect, circle").count() > 5


def test_the_maps_of_both_directions_stand_beside_each_other_where_there_is_room(regular: Visitor):
    page = regular.look("/en/country/USA")
    boxes = []
    for screen in SCREENS:
        page.set_viewport_size(screen)
        maps = page.locator("#flows .plate")
        expect(maps).to_have_count(2)
        boxes.append([one.bounding_box() for one in maps.all()])
        assert page.evaluate(OVERFLOW) <= 0
    (left, right), (upper, lower) = boxes
    assert left["x"] + left["width"] <= right["x"]
    assert abs(left["y"] - right["y"]) < 2
    assert upper["y"] + upper["height"] <= lower["y"]
    for one, other in boxes:
        assert abs(one["width"] - other["width"]) < 2


def test_a_key_figure_leads_to_its_source_and_back(regular: Visitor):
    page = regular.open("/en/country/USA")
    page.get_by_role("link", name="Source: convictions").click()
    passport = page.locator("#passport-figure")
    expect(passport).to_contain_text("Persons convicted, United States, 2022")
    expect(passport).to_be_in_viewport()
    assert "figure=persons_convicted.2022" in page.url
    passport.locator(".close").click()
    expect(passport).to_have_count(0)
    expect(page.get_by_role("heading", level=1)).to_have_text("United States")


@pytest.mark.parametrize("code", ["en", "fr"])
def test_all_states_are_on_one_page_that_leads_to_each(regular: Visitor, code: str):
    page = regular.open(f"/{code}/country")
    links = page.locator("main table a")
    expect(links).to_have_count(35)
    # All of them are in sight: the table has no bar of its own.
    assert page.locator(".table").evaluate("node => node.scrollHeight - node.clientHeight") <= 1
    assert faults(page) == []
    page.get_by_role("link", name=language(code).country("HTI"), exact=True).press("Enter")
    page.wait_for_url(f"**/{code}/country/HTI")
    page.go_back()
    page.set_viewport_size(SCREENS[1])
    assert page.evaluate(OVERFLOW) <= 0


def test_a_role_is_opened_by_keyboard_and_its_address_restores_it(regular: Visitor):
    page = regular.open("/en/country/CRI")
    page.locator("#fold-roles summary").first.press("Enter")
    row = page.locator('#fold-roles td a[href*="role=CRI."]').first
    row.press("Enter")
    passport = page.locator("#passport-role")
    expect(passport).to_contain_text("Costa Rica, ")
    words = passport.inner_text()
    assert "role=CRI." in page.url
    page = regular.open(page.url.removeprefix(regular.address))
    assert page.locator("#passport-role").inner_text() == words
    expect(page.locator("#passport-role pre").first).to_contain_text("Seen in: Atalaya, data version")


def test_a_passport_has_a_link_of_its_own_in_every_language(regular: Visitor):
    page = regular.open("/fr/country/CRI?figure=detected_victims_rate.2019&edition=2025-04-14")
    expect(page.locator("#passport-figure pre")).to_contain_text("data_glotip_2025-04-14.xlsx")
    expect(page.locator(".text.notice").first).to_contain_text("14 avril 2025")


def test_the_rows_of_the_page_are_those_of_the_state(regular: Visitor):
    page = regular.open("/es/country/CRI")
    rows = states_files.state(language("es"), "CRI", "newest").rows()
    href = page.locator("#response > .files a", has_text="CSV").first.evaluate("link => link.href")
    for address in (href, f"{regular.address}/es/country/CRI.csv"):
        found = pl.read_csv(page.request.get(address).body(), infer_schema=False)
        assert found["area"].unique().to_list() == ["CRI"]
        assert found["indicator"].to_list() == rows["indicator"].to_list()
        assert found["year"].to_list() == rows["year"].cast(pl.String).to_list()


def test_an_unknown_state_is_said_to_be_unknown(regular: Visitor):
    page = regular.context.new_page()
    answer = page.goto(f"{regular.address}/country?lang=en&area=XXX")
    assert answer
    assert answer.status == 404
    expect(page.locator(".warning")).to_contain_text("“XXX” in “area” in the address does not exist.")


def test_an_old_address_of_a_state_leads_to_its_document(regular: Visitor):
    page = regular.open("/country?lang=es&area=HTI&figure=offences.2012")
    assert page.url.endswith("/es/country/HTI?figure=offences.2012#passport-figure")
    expect(page.locator("#passport-figure")).to_be_visible()


# Words in sight, without those of drawings and of lists to choose from.
WORDS = """() => {
  const walk = document.createTreeWalker(document.querySelector('main'), NodeFilter.SHOW_TEXT), words = []
  while (walk.nextNode()) {
    const around = walk.currentNode.parentElement
    if (!around.closest('svg, select, style, .unseen') && around.checkVisibility() && around.offsetWidth > 1)
      words.push(...walk.currentNode.textContent.split(/\\s+/))
  }
  return words.filter(word => /[\\p{L}\\p{N}]/u.test(word)).length
}"""


# A total that its parts contradict beside a register, a break, a state without a total, one of zeros, and others.
@pytest.mark.parametrize("area", ["PER", "USA", "HTI", "CRI", "LCA", "MEX", "COL"])
def test_a_country_is_short_and_its_first_figure_begins_on_the_first_screen(regular: Visitor, area: str):
    page = regular.open(f"/en/country/{area}")
    page.set_viewport_size(SCREENS[0])
    for part in (".head p", ".facts", ".plate-heading"):
        assert page.locator(part).evaluate_all(ENDS)[0] <= SCREENS[0]["height"], part
    drawing = page.locator(".still svg:visible").first.bounding_box()
    assert drawing
    assert drawing["y"] + 90 <= SCREENS[0]["height"]
    assert page.evaluate("document.documentElement.scrollHeight") <= 4500
    assert page.evaluate(WORDS) <= 810
