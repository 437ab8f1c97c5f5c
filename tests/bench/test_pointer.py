"""From a move of the pointer to the painted answer, in a real browser: a state's label, and the dragged map."""

from collections.abc import Iterator, Sequence

import polars as pl
import pytest
import shapely
from playwright.sync_api import Browser, Page

from tests.bench.conftest import Report, spread
from tests.bench.peers.plain import HOME
from tests.bench.test_screen import PEER_PYTHON, peer_page, serving
from tests.browser.conftest import WIDE, Visitor

pytestmark = pytest.mark.browser
PATHS = ("/region?lang=en", "/routes?lang=en")
# Longer than the 50 ms by which Plotly delays a label that follows another too soon.
REST, FEWEST = 200, 20
# Small moves around a mark before the pointer goes to the next, and their length: a hand that does not rest.
RESTLESS, TREMBLE = 6, 3
DRAGS, MOVES, WAY = 6, 25, 8
LONG_FRAME = 50
# Where the states are on the screen: for each mark the beginning of its label and the pixels of its middle. Marks that
# something else covers, or that lie outside of the window, are left out.
SPOTS = """marks => {
  const plate = document.querySelector('.plate-figure[data-shown]') ?? document.querySelector('.js-plotly-plot');
  const layout = plate._fullLayout, box = plate.getBoundingClientRect();
  marks ??= plate.data.flatMap(trace => (trace.customdata ?? []).flatMap((mark, at) => mark?.length === 1 ? [[
    trace.hovertext[at].match(/<b>(.*?)<.b>/)[1], trace.x[at], trace.y[at], (trace.xaxis ?? 'x').slice(1)
  ]] : []));
  return marks.map(([label, x, y, axis]) => {
    const [across, up] = [layout['xaxis' + axis], layout['yaxis' + axis]];
    const place = [box.left + across._offset + across.l2p(x), box.top + up._offset + up.l2p(y)];
    return [label, ...place.map(Math.round)];
  }).filter(([, x, y]) => plate.contains(document.elementFromPoint(x, y)));
}"""
# From the browser's stamp on the move to the mark to the end of the first frame with its label.
WATCH = """() => {
  const plate = document.querySelector('.plate-figure[data-shown]') ?? document.querySelector('.js-plotly-plot');
  const layer = plate.querySelector('.hoverlayer');
  let target, moved;
  window.labels = {};
  window.aim = to => { target = to; moved = undefined; };
  const labelled = () => [...layer.querySelectorAll('.hovertext')].some(text => text.textContent.startsWith(target[0]));
  window.addEventListener('mousemove', event => {
    if (!target || moved || event.clientX !== target[1] || event.clientY !== target[2]) return;
    moved = event.timeStamp;
  }, true);
  new MutationObserver(() => {
    if (!target || !moved || !labelled()) return;
    const [name] = target, since = moved;
    target = undefined;
    requestAnimationFrame(() => {
      const channel = new MessageChannel();
      channel.port1.onmessage = () => { window.labels[name] = performance.now() - since; };
      channel.port2.postMessage(0);
    });
  }).observe(layer, { childList: true, subtree: true, characterData: true });
}"""
# Each move of a drag to the end of the next frame, the frames of the whole time, and the frame after the release.
DRAGGED = """() => {
  const painted = (since, list) => requestAnimationFrame(() => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => list.push(performance.now() - since);
    channel.port2.postMessage(0);
  });
  window.drags = { moves: [], releases: [], frames: [] };
  let pressed = false, last;
  const frame = now => {
    if (pressed && last !== undefined) window.drags.frames.push(now - last);
    last = now;
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  window.addEventListener('mousedown', () => { pressed = true; }, true);
  window.addEventListener('mousemove', event => { if (pressed) painted(event.timeStamp, window.drags.moves); }, true);
  window.addEventListener('mouseup', event => {
    pressed = false;
    painted(event.timeStamp, window.drags.releases);
  }, true);
}"""
RANGE = "() => document.querySelector('.plate-figure[data-shown]').layout.xaxis.range"
Spot = tuple[str, float, float]


def label_delays(page: Page, spots: Sequence[Spot], *, restless: bool) -> list[float]:
    """The milliseconds until each state's label; if `restless`, the pointer keeps moving before it goes to the next."""
    page.evaluate(WATCH)
    # The very first label takes longer than the others.
    page.mouse.move(*spots[-1][1:])
    page.wait_for_timeout(REST)
    before = spots[-1]
    for spot in spots:
        if restless:
            for turn in range(RESTLESS):
                page.mouse.move(before[1] + turn % 2 * TREMBLE, before[2])
        page.evaluate("spot => window.aim(spot)", spot)
        page.mouse.move(*spot[1:])
        page.wait_for_timeout(REST)
        before = spot
    return [float(lag) for lag in page.evaluate("() => Object.values(window.labels)")]


def report_delays(report: Report, page: Page, who: str, spots: Sequence[Spot]) -> None:
    for restless, how in ((False, "from rest"), (True, "while moving")):
        lags = label_delays(page, spots, restless=restless)
        assert len(lags) >= FEWEST
        report(f"A state's label, {how}, from pointer to paint", who, spread(lags))


@pytest.fixture(scope="module")
def dash() -> Iterator[str]:
    if not PEER_PYTHON.exists():
        pytest.skip("the peers' environment is not there: make bench")
    yield from serving("dash_app.py")


def inside() -> list[tuple[str, float, float, str]]:
    """A point inside every state, as the peers draw them."""
    shapes = pl.read_parquet(HOME / "boundaries.parquet").filter(pl.col("kind") == "state")
    points = {area: shapely.point_on_surface(shapely.from_wkb(wkb)) for area, wkb in shapes["area", "geometry"].rows()}
    return [(area, point.x, point.y, "") for area, point in points.items()]


def test_a_label_in_a_peer(browser: Browser, dash: str, report: Report):
    page = peer_page(browser, dash)
    report_delays(report, page, "Dash, plain map of 35 polygons", page.evaluate(SPOTS, inside()))
    page.context.close()


@pytest.mark.parametrize("path", PATHS)
def test_a_label_here(browser: Browser, address: str, report: Report, path: str):
    visitor = Visitor(browser.new_context(viewport=WIDE), address)
    page = visitor.open(path)
    page.wait_for_timeout(1500)
    who = f"Atalaya, whole map, `{path.split('?', maxsplit=1)[0]}`"
    report_delays(report, page, who, page.evaluate(SPOTS))
    visitor.context.close()


@pytest.mark.parametrize("path", PATHS)
def test_a_drag_here(browser: Browser, address: str, report: Report, path: str):
    visitor = Visitor(browser.new_context(viewport=WIDE), address)
    page = visitor.open(path)
    page.wait_for_timeout(1500)
    whole = page.evaluate(RANGE)
    for _ in range(2):
        page.get_by_role("button", name="Zoom in").click()
        page.wait_for_timeout(500)
    near = page.evaluate(RANGE)
    assert near[1] - near[0] < whole[1] - whole[0]
    box = page.locator(".plate-figure[data-shown] .nsewdrag[data-subplot=xy]").bounding_box()
    assert box is not None
    x, y = box["x"] + box["width"] / 2, min(box["y"] + box["height"], WIDE["height"]) / 2
    page.evaluate(DRAGGED)
    for turn in range(DRAGS):
        page.mouse.move(x, y)
        page.mouse.down()
        way = WAY if turn % 2 else -WAY
        for move in range(1, MOVES + 1):
            page.mouse.move(x + move * way, y + move * way / 4)
        page.mouse.up()
        page.wait_for_timeout(500)
        # Plotly writes the new range to the layout when the button is released.
        far = page.evaluate(RANGE)
        assert abs(far[0] - near[0]) > (near[1] - near[0]) / 20, "the map did not follow the pointer"
        near = far
    drags = page.evaluate("() => window.drags")
    visitor.context.close()
    assert len(drags["moves"]) >= DRAGS * MOVES / 2
    name = f"`{path.split('?', maxsplit=1)[0]}`"
    heading = "The zoomed map dragged, from pointer to paint"
    report(heading, f"{name}, each move", spread(drags["moves"]))
    long = sum(frame > LONG_FRAME for frame in drags["frames"])
    summary = f"the longest {max(drags['frames']):.0f} ms, {long} of {len(drags['frames'])} over {LONG_FRAME} ms"
    report(heading, f"{name}, frames while moving", summary)
    report(heading, f"{name}, the release", spread(drags["releases"]))
