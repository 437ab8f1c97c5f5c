"""Page "Coverage": its three figures, an opened state, a painted choice."""

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import Visitor, settled, unchanged

pytestmark = pytest.mark.browser
FIGURES = ".plate-figure[data-shown]"
# The place in the window of the matrix's first mark with a state's code.
MARK = """area => {
  const graph = [...document.querySelectorAll('.plate-figure[data-shown]')][1];
  const at = graph.data.findIndex(trace => trace.customdata?.some(mark => mark[0] === area) && trace.marker.size > 4);
  const trace = graph.data[at], box = graph.getBoundingClientRect();
  const place = trace.customdata.findIndex(mark => mark[0] === area);
  const { xaxis, yaxis } = graph._fullLayout;
  return [box.left + xaxis._offset + xaxis.d2p(trace.x[place]), box.top + yaxis._offset + yaxis.d2p(trace.y[place])];
}"""


def mark_position(page: Page, area: str) -> tuple[float, float]:
    page.locator(FIGURES).nth(1).scroll_into_view_if_needed()
    unchanged(page, f"JSON.stringify(({MARK})('{area}'))")
    x, y = page.evaluate(MARK, area)
    return x, y


def test_figures_are_described_and_a_choice_and_a_mark_open_a_state(regular: Visitor):
    page = regular.open("/coverage?lang=en")
    expect(page.locator(FIGURES)).to_have_count(3)
    for figure in page.locator(FIGURES).all():
        assert len(figure.get_attribute("aria-label") or "") > 60
    chooser = page.get_by_role("combobox", name="State", exact=True)
    chooser.click()
    chooser.fill("Uruguay")
    page.get_by_role("option", name="Uruguay").click()
    page.wait_for_url(re.compile(r"revised=URY"))
    settled(page)
    expect(page.locator(FIGURES).nth(2)).to_contain_text("28 October 2025")
    # A mark of the matrix says what it is, and opens its state.
    x, y = mark_position(page, "PER")
    page.mouse.move(x, y)
    expect(page.locator(f"{FIGURES} .hoverlayer").filter(has_text="Peru")).to_have_count(1)
    page.mouse.click(x, y)
    page.wait_for_url(re.compile(r"/country\?"))
    settled(page)
    assert "area=PER" in page.url


def test_a_phone_shows_the_matrix_with_codes(phone: Visitor):
    page = phone.open("/coverage?lang=en&reported=offences")
    matrix = page.locator(FIGURES).nth(1)
    expect(matrix).to_contain_text("VCT")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
