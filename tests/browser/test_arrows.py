"""Circles and arrows as the browser draws them: all of them, and arrows close to their marks.

That the nearest mark is the one that an arrow means is tested on the specification (`test_described_map.py`).
"""

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
SHOWN = "const svg = [...document.querySelectorAll('.still > svg')].find(one => one.checkVisibility())\n"
# Of each arrow to a state: the pixels from its outline to the middle of the nearest place that opens this state.
HEADS = f"""state => {{
  {SHOWN}
  const points = path => {{
    const at = path.getScreenCTM(), long = path.getTotalLength()
    return [...Array(3000).keys()].map(n => path.getPointAtLength(long * n / 2999).matrixTransform(at))
  }}
  const middle = one => {{
    const box = one.getBoundingClientRect()
    return [box.x + box.width / 2, box.y + box.height / 2]
  }}
  const own = `a[href*="state=${{state}}"]:not([href*="arrow="]) :is(circle, path, use)`
  const marks = [...svg.querySelectorAll(own)].map(middle)
  const arrows = [...svg.querySelectorAll("a[href*='arrow=']")]
    .filter(one => one.getAttribute("href").split("arrow=")[1].split(".")[1] === state)
    // Others are in the ledger only.
    .filter(one => one.querySelector("use"))
  return arrows.map(one => {{
    const drawn = [...one.querySelectorAll("use")].map(use => document.querySelector(use.getAttribute("href")))
    const outline = drawn.flatMap(points)
    return Math.min(...outline.flatMap(({{ x, y }}) => marks.map(([across, up]) => Math.hypot(x - across, y - up))))
  }})
}}"""
ARROW = "one => new URLSearchParams(one.getAttribute('href').split('#')[0].split('?')[1]).get('arrow')"
DRAWN = f"() => {{ {SHOWN} return [...svg.querySelectorAll('a[href*=\"arrow=\"]')].map({ARROW}) }}"
NAMED = f"() => [...document.querySelectorAll('#table-routes tbody a[href*=\"arrow=\"]')].map({ARROW})"


@pytest.mark.parametrize("filters", ["evidence=stated&arrows=40", "state=USA&arrows=100"])
def test_each_route_or_pair_that_is_drawn_is_named_in_the_table(regular: Visitor, filters: str):
    page = regular.open(f"/en/routes?{filters}")
    drawn = {*page.evaluate(DRAWN)}
    assert len(drawn) >= 25
    # The first rows are the largest; a leg through a transit state may stand further down.
    page = regular.open(f"/en/routes?{filters}&rows=routes")
    assert drawn <= {*page.evaluate(NAMED)}


@pytest.mark.parametrize("size", ["regular", "phone"])
@pytest.mark.parametrize("state", ["USA", "MEX", "CRI"])
def test_heads_are_at_a_mark(request: pytest.FixtureRequest, size: str, state: str):
    visitor: Visitor = request.getfixturevalue(size)
    page = visitor.open("/en/routes?evidence=stated&arrows=40")
    heads = page.evaluate(HEADS, state)
    assert heads
    # As far from the middle of three marks, of which each is 11 pixels wide.
    assert max(heads) <= 22


def test_the_same_arrows_are_a_matrix_and_an_order(regular: Visitor):
    page = regular.open("/en/routes?state=ARG")
    for name in ("Matrix", "In columns", "Map"):
        page.get_by_role("radio", name=name).check()
        page.wait_for_url("**/en/routes?state=ARG**" if name != "Map" else "**/en/routes?state=ARG")
        expect(page.locator(".still > svg:visible").first).to_contain_text("Argentina")
