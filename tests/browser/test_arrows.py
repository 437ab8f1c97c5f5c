"""Arrows as the browser draws them: all of them, close to their marks, and one width for one number.

That the nearest mark is the one that an arrow means is tested on the specification (`test_one_scale.py`).
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
  const marks = [...svg.querySelectorAll(`a[href*="country/${{state}}"] :is(circle, path)`)].map(middle)
  const arrows = [...svg.querySelectorAll("a[href*='arrow=']")]
    .filter(one => one.getAttribute("href").split("arrow=")[1].split(".")[1] === state)
  return arrows.map(one => {{
    // An arrow of the map and, of one that is enlarged, that of the enlargement.
    const drawn = [...one.querySelectorAll("use")].map(use => document.querySelector(use.getAttribute("href")))
    const outline = drawn.flatMap(points)
    return Math.min(...outline.flatMap(({{ x, y }}) => marks.map(([across, up]) => Math.hypot(x - across, y - up))))
  }})
}}"""
DRAWN = (
    f"() => {{ {SHOWN} return new Set([...svg.querySelectorAll('a[href*=\"arrow=\"]')].map(one => one.href)).size }}"
)


@pytest.mark.parametrize("evidence", ["counted", "stated"])
def test_arrows_are_drawn_and_each_is_named_in_the_table(regular: Visitor, evidence: str):
    page = regular.open(f"/en/routes?evidence={evidence}&arrows=40")
    drawn = page.evaluate(DRAWN)
    assert drawn >= 25
    assert page.locator("#table-drawn tbody tr").count() >= drawn


@pytest.mark.parametrize("size", ["regular", "phone"])
@pytest.mark.parametrize("state", ["LCA", "VCT", "TTO"])
def test_heads_are_at_a_mark(request: pytest.FixtureRequest, size: str, state: str):
    visitor: Visitor = request.getfixturevalue(size)
    page = visitor.open(f"/en/routes?evidence=stated&state={state}")
    heads = page.evaluate(HEADS, state)
    assert heads
    # The dot has a radius of 4.5 pixels, the small one on the map of the hemisphere of 2.
    assert max(heads) <= 4.5 + 6


def test_the_same_arrows_are_a_matrix_and_an_order(regular: Visitor):
    page = regular.open("/en/routes?state=ARG")
    for name in ("Matrix", "In columns", "Map"):
        page.get_by_role("radio", name=name).check()
        page.wait_for_url("**/en/routes?state=ARG**" if name != "Map" else "**/en/routes?state=ARG")
        figure = page.locator(".still > svg:visible")
        expect(figure).to_have_count(1)
        expect(figure).to_contain_text("ARG" if name == "Map" else "Argentina")
