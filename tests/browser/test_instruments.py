"""Page "Instruments" in a real browser: years by keyboard, passports of a state and of rows."""

import re

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor, settled
from tests.browser.test_passport import by_keyboard
from tests.browser.test_stage import LABEL

pytestmark = pytest.mark.browser
FIGURES = ".plate-figure[data-shown]"
TITLE = "() => document.querySelector('.plate-figure[data-shown]').layout.annotations[0].text"
# Where on the map the mark that carries a state's code lies.
MARK = """area => {
  const graph = document.querySelector('.plate-figure[data-shown]'), { xaxis, yaxis } = graph._fullLayout;
  const box = graph.getBoundingClientRect();
  for (const trace of graph.data)
    for (const [at, mark] of (trace.customdata ?? []).entries())
      if (mark[0] === area && (trace.xaxis ?? 'x') === 'x')
        return [box.left + xaxis._offset + xaxis.l2p(trace.x[at]), box.top + yaxis._offset + yaxis.l2p(trace.y[at])];
}"""
# The last point of the first staircase, and where the axis of days ends.
END = """() => {
  const graph = [...document.querySelectorAll('.plate-figure[data-shown]')][1];
  const stair = graph.data.find(trace => trace.mode === 'lines' && trace.line.width > 2);
  return [stair.x.at(-1), stair.y.at(-1), graph._fullLayout.xaxis.range[1], graph._fullLayout.yaxis.range];
}"""


def test_both_figures_are_painted_and_described_and_follow_the_year(regular: Visitor):
    page = regular.open("/instruments?lang=en")
    expect(page.locator(FIGURES)).to_have_count(2)
    for figure in page.locator(FIGURES).all():
        assert len(figure.get_attribute("aria-label") or "") > 60
    # 2014.521 is 10 July 2014.
    assert page.evaluate(END) == [2014.521, 34, 2014.521, [0, 37.5]]
    # The years are stepped by the keyboard and end with the table.
    slider = page.get_by_role("slider", name="Year")
    slider.focus()
    for _ in range(3):
        slider.press("ArrowLeft")
    page.wait_for_function(f"() => ({TITLE})().includes('end of 2011')")
    page.wait_for_function("() => location.search.includes('year_end=2011')")
    settled(page)
    assert "end of 2011. " in (page.locator(FIGURES).first.get_attribute("aria-label") or "")
    for _ in range(5):
        slider.press("ArrowRight")
    expect(slider).to_have_value("2014")
    page.wait_for_function(f"() => ({TITLE})().includes('by 10 July 2014, the end of our data')")
    # The usual year is left out of the address.
    page.wait_for_function("() => !location.search.includes('year_end')")


def test_a_state_of_the_map_opens_to_all_its_acts_and_closes_again(regular: Visitor):
    page = regular.open("/instruments?lang=en&treaty=untoc")
    spot = page.evaluate(MARK, "BRA")
    page.mouse.move(*spot)
    # The text of Brazil's label is at its point.
    expect(page.locator(f"{LABEL}:visible").filter(has_text="Ratification: 29 January 2004")).to_have_count(1)
    page.mouse.click(*spot)
    heading = page.get_by_role("heading", name=re.compile("^Brazil, Convention"))
    expect(heading).to_have_count(2)
    page.wait_for_function("() => location.search.includes('act=BRA.untoc')")
    page.get_by_role("button", name="Close").click()
    expect(heading).to_have_count(0)


def test_a_row_of_acts_is_chosen_with_the_keyboard_and_its_address_restores_it(regular: Visitor):
    page = regular.open("/instruments?lang=en")
    by_keyboard(page, page.locator("[data-testid=stDataFrame]").first)
    title = "Argentina, Protocol on Trafficking in Persons (2000), signature"
    expect(page.get_by_role("heading", name=title)).to_be_visible()
    page.wait_for_function("() => location.search.includes('act=ARG.palermo_protocol.signature')")
    page = regular.open(page.url.removeprefix(regular.address))
    # It is under the map; a link above the map leads there.
    page.get_by_role("link", name="Details of your selection").click()
    expect(page.get_by_role("heading", name=title)).to_be_in_viewport()
    expect(page.locator("[data-testid=stCode]").first).to_contain_text("Seen in: Atalaya, data version")


def test_a_law_is_chosen_with_the_keyboard_and_links_to_the_text_that_names_it(regular: Visitor):
    page = regular.open("/instruments?lang=en")
    by_keyboard(page, page.locator("[data-testid=stDataFrame]").nth(1))
    expect(page.get_by_role("heading", name="Argentina, Ley 26.842")).to_be_visible()
    link = page.get_by_role("link", name="Open the text cited")
    assert (link.get_attribute("href") or "").startswith("https://")


def test_a_row_of_compare_s_treaties_opens_to_its_acts(regular: Visitor):
    page = regular.open("/explore?lang=en&desk=compare&one=BOL&other=COL")
    table = page.locator("[data-testid=stDataFrame]").filter(has_text="In force since")
    by_keyboard(page, table)
    expect(page.get_by_role("heading", name=re.compile("^Colombia, Protocol on"))).to_have_count(2)


def test_a_phone_shows_both_figures_within_its_width(phone: Visitor):
    page = phone.open("/instruments?lang=en&all_treaties=1")
    expect(page.locator(FIGURES)).to_have_count(2)
    expect(page.locator(FIGURES).nth(1)).to_contain_text("10 July 2014")
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
