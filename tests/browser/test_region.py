"""The page "Region": its map opens countries, its panel shows where a figure comes from, and the region is large."""

import re

import pytest
from playwright.sync_api import Page, expect

from data.i18n import language
from tests.browser.conftest import Visitor, faults, settled
from tests.browser.keyboard import tab_to

pytestmark = pytest.mark.browser
DRAWING = ".still > svg:visible"
SHOWN = "const svg = [...document.querySelectorAll('.still > svg')].find(one => one.checkVisibility())\n"
# The widths of the map of the region, of its enlargement and of the drawing, and the heights of both maps.
PANELS = f"""() => {{
  {SHOWN}
  const [main, inset] = [...svg.querySelectorAll('path')].slice(0, 2).map(one => one.getBoundingClientRect())
  const whole = svg.getBoundingClientRect().width
  return [main.width, inset.width, inset.left - main.right, whole, main.height, inset.height]
}}"""
# The place in the window of a state: the middle of the first of its marks.
MARK = f"""code => {{
  {SHOWN}
  const mark = svg.querySelector(`a[href*="country/${{code}}"] circle`)
  mark.scrollIntoView({{ block: "center" }})
  const box = mark.getBoundingClientRect()
  return [box.left + box.width / 2, box.top + box.height / 2]
}}"""
# A place of the land of a state, as far from its mark as can be.
LAND = f"""code => {{
  {SHOWN}
  const link = svg.querySelector(`a[href*="country/${{code}}"]`), mark = link.querySelector("circle")
  mark.scrollIntoView({{ block: "center" }})
  const box = link.querySelector("use").getBoundingClientRect(), at = mark.getBoundingClientRect(), found = []
  const [top, bottom] = [Math.max(box.top, 80), Math.min(box.bottom, innerHeight)]
  for (let x = box.left; x < box.right; x += 8) for (let y = top; y < bottom; y += 8)
    if (document.elementFromPoint(x, y)?.closest("a") === link) found.push([x, y, Math.hypot(x - at.x, y - at.y)])
  return found.sort((one, other) => other[2] - one[2])[0]
}}"""
# Codes on the map, of labels whose first or last letter lies over the link of another state, or of none.
LETTERS = f"""() => {{
  {SHOWN}
  const opens = (x, y) => document.elementsFromPoint(x, y).map(one => one.closest("a")?.getAttribute("href"))
    .find(Boolean)?.match(/country\\/([A-Z]{{3}})/)?.[1]
  const labels = [...svg.querySelectorAll("text")].filter(one => /^[A-Z]{{3}}( |$)/.test(one.textContent))
  const wrong = labels.filter(one => {{
    one.scrollIntoView({{ block: "center" }})
    const {{ left, right, top, height }} = one.getBoundingClientRect(), code = one.textContent.slice(0, 3)
    return [left + 6, right - 6].some(x => opens(x, top + height / 2) !== code)
  }})
  return [labels.length, wrong.map(one => one.textContent)]
}}"""


def opened(page: Page, code: str) -> None:
    page.wait_for_url(re.compile(rf"/es/country/{code}$"))
    settled(page)


def test_the_map_has_every_state_and_opens_it_by_keyboard(regular: Visitor):
    page = regular.open("/en/region")
    links = page.locator(f"{DRAWING} a:not([tabindex='-1'])")
    assert len(set(links.evaluate_all("all => all.map(one => one.getAttribute('href'))"))) == 35
    tab_to(page, "Argentina")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/country/ARG")


# On a low screen the map of the region is narrow, and the enlargement may take half of the width.
@pytest.mark.parametrize(("size", "most"), [((1366, 768), 0.55), ((1920, 1080), 0.41)])
@pytest.mark.parametrize("path", ["/en/region", "/en/coverage"])
def test_the_map_of_the_region_is_the_tall_one(regular: Visitor, path: str, size: tuple[int, int], most: float):
    page = regular.open(path)
    page.set_viewport_size({"width": size[0], "height": size[1]})
    across, inset, between, whole, main, high = page.evaluate(PANELS)
    assert inset <= most * whole
    assert across > (0.98 - most) * whole
    assert between > 0
    assert main > max(480, 1.3 * high)


# Of the large map and of the enlargement, with and without a figure.
@pytest.mark.parametrize("code", ["BRA", "GUY", "HTI", "LCA", "USA"])
def test_a_click_on_a_state_opens_its_country(regular: Visitor, code: str):
    page = regular.open("/es/region")
    page.mouse.click(*page.evaluate(MARK, code))
    opened(page, code)


def test_all_of_a_land_answers_not_only_its_label(regular: Visitor):
    page = regular.open("/es/region")
    x, y, far = page.evaluate(LAND, "BRA")
    assert far > 60
    page.mouse.move(x, y)
    expect(page.locator(".plate-hover")).to_contain_text("Brasil")
    page.mouse.click(x, y)
    opened(page, "BRA")


@pytest.mark.parametrize("code", ["MEX", "KNA", "SUR"])
def test_a_tap_on_a_state_opens_its_country(phone: Visitor, code: str):
    page = phone.open("/es/region")
    page.touchscreen.tap(*page.evaluate(MARK, code))
    opened(page, code)


@pytest.mark.parametrize("size", [(1366, 768), (390, 844)])
def test_the_whole_text_of_a_label_answers_for_its_state_alone(regular: Visitor, size: tuple[int, int]):
    page = regular.open("/es/region")
    page.set_viewport_size({"width": size[0], "height": size[1]})
    labels, wrong = page.evaluate(LETTERS)
    assert labels >= 35
    assert wrong == []


TITLE = "Detected victims per 100,000 population, Brazil, 2022"


def test_the_panel_opens_by_keyboard_beside_the_table_and_closes(regular: Visitor):
    page = regular.open("/en/region")
    page.locator("#table-region").get_by_role("link", name="Brazil").press("Enter")
    page.wait_for_url("**/en/region?of=BRA#passport-of")
    panel = page.locator("#passport-of")
    expect(panel).to_be_focused()
    expect(panel.get_by_role("heading", name=TITLE)).to_be_visible()
    box, table = panel.bounding_box(), page.locator("#table-region").bounding_box()
    assert box
    assert table
    assert box["x"] >= table["x"] + table["width"]
    assert faults(page) == []
    panel.get_by_role("link", name="Close").press("Enter")
    expect(panel).to_have_count(0)
    page.wait_for_url(re.compile("/en/region$"))


def test_the_panel_opens_by_touch_under_the_table(phone: Visitor):
    page = phone.open("/en/region")
    page.locator("#table-region").get_by_role("link", name="Brazil").tap()
    panel = page.locator("#passport-of")
    expect(panel.get_by_role("heading", name=TITLE)).to_be_in_viewport()
    box, table = panel.bounding_box(), page.locator("#table-region").bounding_box()
    assert box
    assert table
    assert box["y"] >= table["y"] + table["height"]


def test_a_part_of_the_region_is_on_map_table_and_address(regular: Visitor):
    page = regular.open("/en/region?measure=count")
    page.get_by_role("combobox", name="Subregion").select_option("Central America")
    page.wait_for_url("**measure=count**subregion=central_america")
    title = page.locator(f"{DRAWING} [role=img]").first.get_attribute("aria-label") or ""
    assert re.search(r"\d of 8 states.* Detected victims, Central America, 2022", title)
    links = page.locator(f"{DRAWING} a:not([tabindex='-1'])")
    codes = {str(link.get_attribute("href")).rpartition("/")[2] for link in links.all()}
    assert codes == {"BLZ", "CRI", "GTM", "HND", "MEX", "NIC", "PAN", "SLV"}
    assert page.locator("#table tbody tr").count() == len(codes)


def test_a_copied_link_restores_the_view_in_another_language(regular: Visitor):
    page = regular.open("/en/region")
    page.get_by_role("radio", name="Count").check()
    page.wait_for_url("**measure=count")
    other = regular.open(page.url.removeprefix(regular.address).replace("/en/", "/es/"))
    assert other.evaluate("document.documentElement.lang") == "es"
    expect(other.get_by_role("radio", name=language("es").text("Count"))).to_be_checked()
