"""A phone's first screen: the sentence and the figure are on it, and one part has the filters and names them."""

import io

import pytest
from PIL import Image
from playwright.sync_api import expect

from dashboard.catalog import pages
from dashboard.words.vocabulary import EVIDENCE
from data.i18n import LANGUAGES, language
from tests.browser.conftest import PHONE, Visitor, faults, path_to

pytestmark = pytest.mark.browser
# Pages that begin with words, key figures or a table.
WITHOUT_FIGURE = {"home", "api", "sources", "present", "about", "country", "pair", "passport", "letter"}
SHOWN = [slug for slug in pages() if slug not in WITHOUT_FIGURE]
# Pages whose filters fit in one row; Explore has more.
FILTERED = ["region", "routes", "declaration", "instruments", "coverage"]
# How much of the first figure is on the first screen, of itself or, if it is taller, of the screen; and where its
# sentence ends.
SEEN = """screen => {
  const box = document.querySelector('.still').getBoundingClientRect()
  const sentence = [...document.querySelectorAll('.plate-heading, h2, .head p')].find(one => one.checkVisibility())
  const shown = Math.min(box.bottom, screen) - Math.max(box.top, 0), end = sentence.getBoundingClientRect().bottom
  return { share: shown / Math.min(box.height, screen), sentence: end, top: box.top }
}"""
LEAST = 0.4


@pytest.mark.parametrize("slug", SHOWN)
def test_sentence_and_figure_are_on_a_phones_first_screen(phone: Visitor, slug: str):
    page = phone.look(path_to(slug, "pt"))
    seen = page.evaluate(SEEN, PHONE["height"])
    assert 0 < seen["sentence"] <= PHONE["height"]
    assert seen["share"] >= LEAST, seen


@pytest.mark.parametrize("code", LANGUAGES)
def test_one_part_has_the_filters_names_them_and_stays_open(phone: Visitor, code: str):
    lang = language(code)
    page = phone.open(f"/{code}/routes?evidence=stated&state=HND&minimum=2")
    button = page.locator(".folded summary")
    for words in (lang.text("Filters"), lang.text(EVIDENCE["stated"]), "Honduras", "2"):
        expect(button).to_contain_text(words)
    expect(page.locator("#view-position")).to_be_hidden()
    box = button.bounding_box()
    assert box
    assert box["height"] >= 44
    button.tap()
    expect(page.locator("#view-position")).to_be_visible()
    assert faults(page) == []
    # A choice leaves them open, and the button names it.
    page.get_by_role("radio", name=lang.text("Matrix")).tap()
    page.wait_for_url("**picture=matrix**")
    expect(page.locator("#view-position")).to_be_visible()
    expect(button).to_contain_text(lang.text("Matrix"))
    button.tap()
    expect(page.locator("#view-position")).to_be_hidden()


@pytest.mark.parametrize("slug", FILTERED)
def test_on_a_desk_the_filters_stand_in_one_row_and_a_phone_folds_them(regular: Visitor, phone: Visitor, slug: str):
    page = regular.look(path_to(slug))
    expect(page.locator(".folded").first).to_be_hidden()
    controls = page.locator(".controls").first.locator("> .row > .control")
    ends = [box["y"] + box["height"] for one in controls.all() if (box := one.bounding_box())]
    assert ends
    assert max(ends) - min(ends) < 24, "the filters stand in one row"
    expect(phone.look(path_to(slug)).locator(".folded").first).to_be_visible()


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("slug", ["region", "routes", "coverage"])
def test_a_map_its_key_and_its_source_are_on_a_laptops_first_screen(regular: Visitor, slug: str, code: str):
    page = regular.look(path_to(slug, code))
    page.set_viewport_size({"width": 1366, "height": 768})
    drawing = page.locator(".still svg:visible").first.bounding_box()
    assert drawing
    assert drawing["y"] + drawing["height"] <= 768
    source = page.locator(".plate-source").first.bounding_box()
    assert source
    # In other languages, and of treaties, the sentence above it has a line more.
    assert code != "en" or slug == "instruments" or source["y"] + source["height"] <= 768


@pytest.mark.parametrize("width", [1920, 1366])
def test_the_ground_of_the_filters_is_as_wide_as_the_window(regular: Visitor, width: int):
    page = regular.look("/en/region")
    page.set_viewport_size({"width": width, "height": 768})
    box = page.locator(".controls").bounding_box()
    assert box
    with Image.open(io.BytesIO(page.screenshot())) as picture:
        colors = {picture.convert("RGB").getpixel((x, box["y"] + 10)) for x in (2, box["x"] - 4, width - 3)}
    assert colors == {(242, 245, 247)}
    assert page.evaluate("document.documentElement.scrollWidth") <= width


@pytest.mark.parametrize("slug", ["sources", "about"])
def test_a_page_without_filters_folds_none(phone: Visitor, slug: str):
    expect(phone.look(path_to(slug)).locator(".folded")).to_have_count(0)


def test_the_phones_menu_has_every_page_and_a_press_opens_one(phone: Visitor):
    page = phone.open("/en/coverage")
    links = page.locator("nav.menu a")
    for link in links.all():
        link.scroll_into_view_if_needed()
        expect(link).to_be_in_viewport()
        box = link.bounding_box()
        assert box
        assert box["height"] >= 44
    links.filter(has_text="Present").tap()
    page.wait_for_url("**/en/present")


def test_the_language_is_chosen_in_the_band(phone: Visitor):
    page = phone.open("/en/coverage")
    link = page.locator("nav.languages").get_by_role("link", name="Français")
    box = link.bounding_box()
    assert box
    assert box["y"] + box["height"] <= 70
    assert box["height"] >= 44
    link.tap()
    page.wait_for_url("**/fr/coverage")
    expect(page.get_by_role("heading", level=1)).to_have_text(language("fr").text("Coverage"))


def test_a_phone_has_two_sentences_of_a_long_lead_and_opens_the_others(phone: Visitor):
    page = phone.open("/en/country/USA")
    rest, button = page.locator(".head .rest"), page.locator(".head summary")
    expect(rest).to_be_hidden()
    first = page.locator(".head p").inner_text()
    assert first.count(". ") == 1
    assert first.endswith(".")
    button.tap()
    expect(rest).to_be_visible()
    assert faults(page) == []


def test_on_a_desk_a_lead_is_whole(regular: Visitor):
    page = regular.look("/en/country/USA")
    expect(page.locator(".head .rest")).to_be_visible()
    expect(page.locator(".head summary")).to_be_hidden()


def test_a_phone_shows_all_of_a_table_of_sentences(phone: Visitor):
    page = phone.open("/es/sources")
    assert page.locator("#table-overview").evaluate("one => one.scrollWidth - one.clientWidth") <= 0
    expect(page.locator("#table-overview tbody tr").first).to_contain_text("ACNUR")
    assert page.locator("#table-overview td").nth(1).evaluate("one => getComputedStyle(one, '::before').content")[1:-1]
