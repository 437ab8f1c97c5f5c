"""From a row of a table, or a mark of the map, to the exact cell a figure came from."""

import re

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.conftest import Visitor, settled, unchanged
from tests.browser.test_stage import EDGE, ON_SCREEN

pytestmark = pytest.mark.browser
# The box before the first row of a table of which rows can be chosen, from the table's upper left corner.
FIRST_ROW = {"x": 16, "y": 52}


def choose(page: Page) -> None:
    grid = page.locator("[data-testid=stDataFrame]").first
    grid.scroll_into_view_if_needed()
    grid.click(position=FIRST_ROW)


@pytest.mark.parametrize(
    ("path", "title"),
    [
        ("/region?lang=en&year=2019", "Detected victims per 100,000 population, Antigua and Barbuda, 2019"),
        ("/region?lang=es&year=2019&measure=count", "Víctimas detectadas, Antigua y Barbuda, 2019"),
    ],
)
def test_a_row_of_the_region_shows_where_its_figure_comes_from(regular: Visitor, path: str, title: str):
    page = regular.open(path)
    choose(page)
    expect(page.get_by_role("heading", name=title)).to_be_visible()


def test_a_row_of_the_routes_lists_the_records_behind_the_arrow(regular: Visitor):
    page = regular.open("/routes?lang=en&state=CRI")
    choose(page)
    expect(page.get_by_role("heading", name="→")).to_be_visible()
    expect(page.get_by_text("Sheet and row").first).to_be_visible()
    expect(page.locator("[data-testid=stCode]")).to_contain_text("Seen in: Atalaya, data version")


# The place on the screen of the mark of a chart whose `customdata` are these ids.
MIDDLE = """ids => {
  const plate = document.querySelector('.plate-figure[data-shown]'), layout = plate._fullLayout;
  const box = plate.getBoundingClientRect();
  for (const trace of plate.data)
    for (const [at, mark] of (trace.customdata ?? []).entries())
      if (mark.join('.') === ids) {
        const [across, up] = [layout.xaxis, layout.yaxis];
        return [box.left + across._offset + across.l2p(trace.x[at]), box.top + up._offset + up.l2p(trace.y[at])];
      }
}"""


# At the edge of the shaft of an arrow.
SHAFT = f"""opens => ({EDGE})(document.querySelector('.plate-figure[data-shown]').figure.shapes
    .find(shape => !shape.axis && shape.opens === opens))"""


def test_an_arrow_of_the_map_lists_its_records_and_closes_again(regular: Visitor):
    page = regular.open("/routes?lang=en&state=PER&position=origin")
    spot = page.evaluate(ON_SCREEN, page.evaluate(SHAFT, "ARG.PER.ARG.direct."))
    page.mouse.move(*spot)
    page.mouse.click(*spot)
    expect(page.get_by_role("heading", name="Peru → Argentina")).to_be_visible()
    page.wait_for_function("() => location.search.includes('arrow=PER.ARG.direct.')")
    page.get_by_role("button", name="Close").click()
    expect(page.get_by_role("heading", name="Peru → Argentina")).to_have_count(0)


CELL = """(stage, ids) => {
  const plate = stage.querySelector('.plate-figure[data-shown]'), layout = plate._fullLayout;
  const box = plate.getBoundingClientRect();
  for (const trace of plate.data)
    for (const [at, mark] of (trace.customdata ?? []).entries())
      if (mark.join('.') === ids) {
        const [across, up] = [layout.xaxis, layout.yaxis];
        return [box.left + across._offset + across.d2p(trace.x[at]), box.top + up._offset + up.d2p(trace.y[at])];
      }
}"""


def test_a_cell_of_the_matrix_opens_its_passport(regular: Visitor):
    page = regular.open("/coverage?lang=en")
    matrix = page.locator(".plate").nth(1)
    matrix.scroll_into_view_if_needed()
    unchanged(page, "document.querySelectorAll('.plate')[1].getBoundingClientRect().top")
    spot = matrix.evaluate(CELL, "ARG.2015")
    page.mouse.move(*spot)
    expect(matrix.locator(".hoverlayer .hovertext")).to_contain_text("Argentina")
    page.mouse.click(*spot)
    page.wait_for_url(re.compile(r"/country\?.*figure=detected_victims.2015"))
    settled(page)
    expect(page.get_by_role("heading", name="Detected victims, Argentina, 2015")).to_be_visible()


def by_keyboard(page: Page, table: Locator) -> None:
    """Choose the second row of a table without a mouse."""
    table.scroll_into_view_if_needed()
    table.locator("canvas").first.focus()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")


def test_a_row_of_the_coverage_opens_to_its_figures_and_each_to_its_passport(regular: Visitor):
    page = regular.open("/coverage?lang=en")
    by_keyboard(page, page.locator("[data-testid=stDataFrame]").first)
    expect(page.get_by_role("heading", name="Detected victims, Argentina", exact=True)).to_be_visible()
    by_keyboard(page, page.locator("[data-testid=stDataFrame]").nth(1))
    expect(page.get_by_role("heading", name="Detected victims, Argentina, 2022")).to_be_visible()
    page.wait_for_function("() => location.search.includes('cells=ARG&cell=ARG.2022')")


def test_a_tap_chooses_a_row(phone: Visitor):
    page = phone.open("/region?lang=en&year=2019")
    grid = page.locator("[data-testid=stDataFrame]").first
    grid.scroll_into_view_if_needed()
    grid.tap(position=FIRST_ROW)
    expect(page.get_by_role("heading", name="Antigua and Barbuda, 2019")).to_be_visible()
