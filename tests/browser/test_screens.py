"""What a reader sees and does, in a real browser without a network."""

import re

import pytest
from playwright.sync_api import Page, expect

from data.i18n import language
from tests.browser.conftest import Visitor, settled
from tests.browser.test_stage import LABEL

pytestmark = pytest.mark.browser
MAP = ".plate-figure[data-shown]"
# The number of states with a shape on the main map, and of rings in the fills that are painted.
STATE_SHAPES = """() => new Set(document.querySelector('.plate-figure[data-shown]').figure.shapes
  .filter(({ axis }) => !axis).map(({ label }) => label.split('<br>')[0])).size"""
RINGS = """() => [...document.querySelectorAll('.plate-figure[data-shown] .xy path.js-fill')]
  .map(path => path.getAttribute('d').split('M').length - 1).reduce((sum, rings) => sum + rings, 0)"""
# Figures of other years are in the page, too: look at the one that is shown.
LOOK = """words => {
  const shown = [...document.querySelectorAll('.plate-figure[data-shown]')];
  const graph = shown.find(graph => graph.textContent.includes(words));
  // The lands of one color are one path: two years may have the same colors on other lands.
  return [...graph.querySelectorAll('path.js-fill')]
    .map(path => path.getAttribute('style') + path.getAttribute('d')).join('|');
}"""
PAINTED = """words => [...document.querySelectorAll('.plate-figure[data-shown]')]
  .some(graph => graph.textContent.includes(words))"""


def painted(page: Page, words: str) -> None:
    """Wait until a figure shows these words: a caption may change before the figure does."""
    page.wait_for_function(PAINTED, arg=words)


def test_the_map_draws_every_state_and_a_mark_has_one_label_and_opens_its_page(regular: Visitor):
    page = regular.open("/region?lang=en")
    assert page.evaluate(STATE_SHAPES) == 35
    assert page.evaluate(RINGS) >= 35
    assert page.evaluate("document.documentElement.lang") == "en"
    spot = place(page, "BRA")
    page.mouse.move(*spot)
    # One label, not two: the stage's, as on all texts of labels, and not Plotly's.
    expect(page.locator(LABEL)).to_contain_text("Brazil")
    expect(page.locator(f"{MAP} .hoverlayer .hovertext")).to_have_count(0)
    page.mouse.click(*spot)
    page.wait_for_url(re.compile(r"/country\?"))
    settled(page)
    assert "area=BRA" in page.url
    expect(page.get_by_role("combobox", name="State")).to_have_value("Brazil")


def place(page: Page, area: str) -> tuple[float, float]:
    """Where in the window the map has the state's mark."""
    spot = page.evaluate(
        """area => {
          const graph = document.querySelector('.plate-figure[data-shown]'), box = graph.getBoundingClientRect();
          for (const trace of graph._fullData) {
            const at = (trace.customdata || []).findIndex(mark => mark && mark[0] === area);
            if (at < 0) continue;
            const letters = [trace.xaxis.slice(1), trace.yaxis.slice(1)];
            const x = graph._fullLayout['xaxis' + letters[0]], y = graph._fullLayout['yaxis' + letters[1]];
            return [box.left + x._offset + x.l2p(trace.x[at]), box.top + y._offset + y.l2p(trace.y[at])];
          }
        }""",
        area,
    )
    assert spot, f"no mark for {area}"
    return spot[0], spot[1]


def test_fourteen_presses_on_the_year_give_fourteen_maps(regular: Visitor):
    page = regular.open("/region?lang=en&year=2008")
    slider = page.get_by_role("slider", name="Year")
    slider.focus()
    looks = set()
    for year in range(2009, 2023):
        slider.press("ArrowRight")
        painted(page, f", {year}:")
        looks.add(page.evaluate(LOOK, f", {year}:"))
    assert len(looks) == 14


ARROWS = """() => new Set(document.querySelector('.plate-figure[data-shown]').figure.shapes
  .flatMap(({ opens }) => opens ? [opens] : [])).size"""


@pytest.mark.parametrize("evidence", ["counted", "stated"])
def test_arrows_are_drawn(regular: Visitor, evidence: str):
    page = regular.open(f"/routes?lang=en&evidence={evidence}&arrows=100")
    assert page.evaluate(ARROWS) >= 25


def test_a_copied_link_restores_the_view_in_another_language(regular: Visitor):
    page = regular.open("/region?lang=en")
    page.get_by_role("radio", name="Count").click()
    page.wait_for_function("() => location.search.includes('measure=count')")
    copied = page.url.removeprefix(regular.address).replace("lang=en", "lang=es")
    other = regular.open(copied)
    assert other.evaluate("document.documentElement.lang") == "es"
    assert "measure=count" in other.url
    expect(other.get_by_role("radio", name=language("es").text("Count"))).to_be_checked()


BAD = (
    "/region?lang=en&year=3000",
    "/region?lang=en&indicator=%3Cscript%3Ealert(1)%3C%2Fscript%3E",
)


@pytest.mark.parametrize("path", BAD)
def test_a_bad_address_shows_the_usual_view_and_a_notice(regular: Visitor, path: str):
    page = regular.open(path)
    expect(page.get_by_role("alert").first).to_contain_text("does not exist. The usual view")
    assert page.locator("[data-testid=stException]").count() == 0
    assert page.evaluate("document.querySelectorAll('script:not([src])').length") <= 3
