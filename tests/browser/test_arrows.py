"""Arrows as the browser draws them: close to their marks, and one width for one number.

That the nearest mark is the one that an arrow means is tested on the specification (`test_one_scale.py`).
"""

import pytest

from tests.browser.conftest import Visitor

pytestmark = pytest.mark.browser
# Each arrow of the shown map: its ends, its panel, and the pixels from its outline to the center of the nearest mark.
HEADS = """() => {
  const graph = document.querySelector('.plate-figure[data-shown]'), { shapes, data } = graph.figure, found = []
  const at = (axis, x, y) => {
    const across = graph._fullLayout[`xaxis${axis}`], up = graph._fullLayout[`yaxis${axis}`]
    return [across._offset + across.l2p(x), up._offset + up.l2p(y)]
  }
  for (const axis of new Set(shapes.map(shape => shape.axis))) {
    const here = shapes.filter(shape => shape.axis === axis && shape.opens)
    const points = shape => shape.x.map((x, n) => x === null ? null : at(axis, x, shape.y[n])).filter(Boolean)
    const own = data.filter(trace => (trace.xaxis ?? 'x') === `x${axis}` && trace.mode === 'markers'
      && Array.isArray(trace.marker.size) && trace.marker.size.includes(9))
    const marks = own.flatMap(trace => trace.x.map((x, n) => at(axis, x, trace.y[n])))
    const far = (a, b) => Math.hypot(a[0] - b[0], a[1] - b[1])
    for (const shape of here) {
      const [, origin, destination] = shape.opens.split('.')
      if (origin === destination) continue
      const outline = points(shape)
      let best = null
      for (const mark of marks) for (const point of outline)
        if (!best || far(mark, point) < best.far) best = { far: far(mark, point), mark }
      found.push({ ends: [origin, destination], axis, far: best.far })
    }
  }
  return found
}"""
# The width of an arrow of the shown map where its head begins, as a share of the Americas (10,300 km).
WIDTH = """([origin, destination]) => {
  const { shapes } = document.querySelector('.plate-figure[data-shown]').figure
  const mine = ({ axis, opens }) => axis === '' && opens?.includes(`.${origin}.${destination}.`)
  const { x, y } = shapes.find(mine)
  const tip = (x.length - 1) >> 1
  return Math.hypot(x[tip - 2] - x[tip + 2], y[tip - 2] - y[tip + 2]) / 10300
}"""
STATED = "/routes?lang=en&evidence=stated&state="


@pytest.mark.parametrize("size", ["regular", "phone"])
@pytest.mark.parametrize("state", ["LCA", "VCT", "TTO"])
def test_heads_are_at_a_mark(request: pytest.FixtureRequest, size: str, state: str) -> None:
    visitor: Visitor = request.getfixturevalue(size)
    page = visitor.open(f"{STATED}{state}")
    heads = [head for head in page.evaluate(HEADS) if head["ends"][1] == state]
    assert heads
    for head in heads:
        # The dot has a radius of 4.5 pixels, the small one on the map of the hemisphere of 2.
        assert head["far"] <= 4.5 + 6, head


def test_one_statement_has_one_width_on_both_pages(regular: Visitor, phone: Visitor) -> None:
    found = []
    for visitor in (regular, phone):
        page = visitor.open(f"{STATED}LCA")
        # The light edge of an arrow is 0.9 pixels on either side.
        kilometers = page.evaluate(
            "() => { const { xaxis } = document.querySelector('.plate-figure[data-shown]')._fullLayout;"
            " return (xaxis.range[1] - xaxis.range[0]) / xaxis._length }"
        )
        found.append(page.evaluate(WIDTH, ["IND", "LCA"]) - 1.8 * kilometers / 10300)
    assert found == pytest.approx([0.005, 0.005], abs=0.002)
