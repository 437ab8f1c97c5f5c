"""The page "Region": its map opens countries, its panel shows where a figure comes from, and the region is large."""

import re

import pytest
from playwright.sync_api import Page, expect

from data.i18n import language
from tests.browser.conftest import PHONE, Visitor, settled
from tests.browser.keyboard import tab_to

pytestmark = pytest.mark.browser
# The boxes of the map and of its enlargement on the screen, in pixels: left, width and height.
MAPS = """() => {
  const plate = document.querySelector('.plate-figure[data-shown]'), layout = plate._fullLayout
  return ['', '2'].map(axis => [layout[`xaxis${axis}`], layout[`yaxis${axis}`]])
    .map(([across, up]) => [across._offset, across._length, up._length])
}"""
WIDTH = "() => document.querySelector('.plate-figure[data-shown]').getBoundingClientRect().width"
# The height in pixels of South America, from its north (440 km) to its south (-6,750 km).
SOUTH = """() => {
  const { yaxis } = document.querySelector('.plate-figure[data-shown]')._fullLayout
  return Math.abs(yaxis.l2p(440) - yaxis.l2p(-6750))
}"""
# The place on the screen of the mark of a state, on whichever map has its label.
MARK = """code => {
  const plate = document.querySelector('.plate-figure[data-shown]'), layout = plate._fullLayout
  plate.scrollIntoView({ block: 'nearest' })
  for (const trace of plate.data)
    for (const [at, mark] of (trace.customdata ?? []).entries())
      if (mark[0] === code) {
        const axis = (trace.xaxis ?? 'x').slice(1), box = plate.getBoundingClientRect()
        const [across, up] = [layout[`xaxis${axis}`], layout[`yaxis${axis}`]]
        const spot = [across._offset + across.l2p(trace.x[at]), up._offset + up.l2p(trace.y[at])]
        const main = document.querySelector('[data-testid=stMain]')
        main.scrollBy(0, box.top + spot[1] - innerHeight / 2)
        const now = plate.getBoundingClientRect()
        return [now.left + spot[0], now.top + spot[1]]
      }
}"""
# A place inside the land of a state, away from its label: kilometers on the map of the region.
INSIDE = """([x, y]) => {
  const plate = document.querySelector('.plate-figure[data-shown]'), { xaxis, yaxis } = plate._fullLayout
  const main = document.querySelector('[data-testid=stMain]')
  main.scrollBy(0, plate.getBoundingClientRect().top + yaxis._offset + yaxis.l2p(y) - innerHeight / 2)
  const box = plate.getBoundingClientRect()
  return [box.left + xaxis._offset + xaxis.l2p(x), box.top + yaxis._offset + yaxis.l2p(y)]
}"""


@pytest.mark.parametrize(("width", "height"), [(1366, 768), (1920, 1080)])
@pytest.mark.parametrize("path", ["/region?lang=en", "/coverage?lang=en", "/instruments?lang=en"])
def test_the_enlargement_takes_at_most_two_fifths(regular: Visitor, path: str, width: int, height: int):
    page = regular.open(path)
    page.set_viewport_size({"width": width, "height": height})
    settled(page)
    (_, main, _), (left, inset, _) = page.evaluate(MAPS)
    whole = page.evaluate(WIDTH)
    assert inset <= 0.4 * whole + 1
    assert main > 1.4 * inset
    assert left >= main
    assert page.evaluate(SOUTH) > 300


def opened(page: Page, code: str) -> None:
    page.wait_for_url(re.compile(rf"/country\?.*area={code}"))
    settled(page)
    assert "lang=es" in page.url


# Of the large map and of the enlargement, with and without a figure.
@pytest.mark.parametrize("code", ["BRA", "GUY", "HTI", "LCA", "USA"])
def test_a_click_on_a_state_opens_its_country(regular: Visitor, code: str):
    page = regular.open("/region?lang=es")
    page.mouse.move(*page.evaluate(MARK, code))
    page.mouse.click(*page.evaluate(MARK, code))
    opened(page, code)
    assert "figure=" not in page.url


def test_all_of_a_land_answers_not_only_its_label(regular: Visitor):
    page = regular.open("/region?lang=es")
    # Amazonas: 1,200 km from the label of Brazil.
    spot = page.evaluate(INSIDE, [1650.0, -1300.0])
    page.mouse.move(*spot)
    page.mouse.click(*spot)
    opened(page, "BRA")


@pytest.mark.parametrize("code", ["MEX", "KNA"])
def test_a_tap_on_a_state_opens_its_country(phone: Visitor, code: str):
    page = phone.open("/region?lang=es")
    page.touchscreen.tap(*page.evaluate(MARK, code))
    opened(page, code)


# The first and the last letters of every label with a figure, as the browser draws them: places on the screen by state.
LETTERS = """() => {
  const plate = document.querySelector('.plate-figure[data-shown]')
  document.querySelector('[data-testid=stMain]').scrollBy(0, plate.getBoundingClientRect().top - 80)
  const found = {}
  for (const text of plate.querySelectorAll('text')) {
    const [, code, value] = text.textContent.match(/^([A-Z]{3}) ?(.+)$/) ?? [], box = text.getBoundingClientRect()
    const [first, last] = [...text.querySelectorAll('tspan.line')].length > 1 ? [.25, .75] : [.5, .5]
    if (value && box.bottom < innerHeight)
      found[code] = [[box.left + 8, box.top + first * box.height], [box.right - 8, box.top + last * box.height]]
  }
  return found
}"""
# What the pointer is over, whoever shows it: the stage or Plotly.
SAID = """() => document.querySelector('.plate-hover:not([hidden])')?.innerText
  ?? document.querySelector('.plate-figure[data-shown] .hoverlayer').textContent"""


def test_the_whole_text_of_a_label_answers_for_its_state_alone(regular: Visitor):
    page = regular.context.new_page()
    page.set_viewport_size({"width": 1366, "height": 768})
    page.goto(f"{regular.address}/region?lang=es")
    settled(page)
    letters = page.evaluate(LETTERS)
    assert len(letters) > 25
    spoken = language("es")
    for code, spots in letters.items():
        for spot in spots:
            page.mouse.move(*spot)
            page.wait_for_function(f"name => ({SAID})().startsWith(name)", arg=spoken.country(code))
    # The code of one, the figure of another: both open the state.
    for code, end in {"LCA": 0, "KNA": 0, "CUB": 1, "SLV": 0, "TTO": 1}.items():
        spot = page.evaluate(LETTERS)[code][end]
        page.mouse.click(*spot)
        opened(page, code)
        page.go_back()
        page.wait_for_url(re.compile("/region"))
        settled(page)


def test_a_tap_on_the_text_of_a_label_opens_its_state(phone: Visitor):
    page = phone.open("/region?lang=es")
    for code, end in {"SUR": 1, "CUB": 0}.items():
        page.touchscreen.tap(*page.evaluate(LETTERS)[code][end])
        opened(page, code)
        page.go_back()
        page.wait_for_url(re.compile("/region"))
        settled(page)


TITLE = "Detected victims per 100,000 population, Brazil, 2022"


def test_the_panel_opens_by_keyboard_beside_the_table(regular: Visitor):
    page = regular.open("/region?lang=en")
    tab_to(page, "Choose a state")
    page.keyboard.type("Brazil", delay=30)
    page.keyboard.press("Enter")
    heading = page.get_by_role("heading", name=TITLE)
    expect(heading).to_be_visible()
    page.wait_for_function("() => location.search.includes('of=BRA')")
    box, table = heading.bounding_box(), page.locator("[data-testid=stDataFrame]").first.bounding_box()
    assert box
    assert table
    assert box["x"] >= table["x"] + table["width"]
    tab_to(page, "Close")
    page.keyboard.press("Enter")
    expect(heading).to_have_count(0)
    expect(page.get_by_role("heading", name="Source of a figure")).to_be_visible()


def test_the_panel_opens_by_touch_under_the_table(phone: Visitor):
    page = phone.open("/region?lang=en")
    # The table stands off its heading, and the name of the edition is not cut by a button beside it.
    table, heading = page.locator(".stDataFrame").first, page.locator("h2").first
    room = table.evaluate(
        "(node, other) => node.getBoundingClientRect().top - other.getBoundingClientRect().bottom",
        heading.element_handle(),
    )
    assert room >= 4
    assert page.locator(".st-key-pick-edition").evaluate("node => node.clientWidth") > PHONE["width"] * 0.8
    field = page.get_by_role("combobox", name="Choose a state")
    field.scroll_into_view_if_needed()
    field.tap()
    page.keyboard.type("Brazil", delay=30)
    page.get_by_role("option", name=re.compile("Brazil")).tap()
    heading = page.get_by_role("heading", name=TITLE)
    expect(heading).to_be_visible()
    settled(page)
    box, table = heading.bounding_box(), page.locator("[data-testid=stDataFrame]").first.bounding_box()
    assert box
    assert table
    assert box["y"] >= table["y"] + table["height"]


def test_a_part_of_the_region_is_on_map_table_and_address(regular: Visitor):
    page = regular.open("/region?lang=en&subregion=central_america&measure=count")
    title = page.evaluate("() => document.querySelector('.plate-figure[data-shown]').layout.annotations[0].text")
    assert re.search(r"Detected victims, Central America, 2022: \d of 8 states report", title)
    codes = page.evaluate("""() => document.querySelector('.plate-figure[data-shown]').data
      .flatMap(trace => trace.customdata ?? []).map(mark => mark[0]).sort()""")
    assert codes == ["BLZ", "CRI", "GTM", "HND", "MEX", "NIC", "PAN", "SLV"]
