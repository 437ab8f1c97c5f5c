"""From the press to the painted map, in a real browser: years and other filters, beside plain apps of other frameworks.

The same script watches all of them: it reads the fills of the painted map each frame.
"""

import os
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.bench.conftest import FILTER, FIRST, FRESH, YEAR, Report, spread, until
from tests.browser.conftest import WIDE, Visitor, free_port

pytestmark = pytest.mark.browser
PEERS = Path(__file__).parent / "peers"
# An environment with Dash and Panel; `make bench` makes it.
PEER_PYTHON = Path(__file__).parents[2] / ".venv-peers" / "bin" / "python"
STEPS, PAUSE = 14, 500
# From the press of a key or button to the first frame with other fills, whatever drew them and in which shadow root.
WATCH = """() => {
  const deep = root => [...root.querySelectorAll('*')].flatMap(node =>
    [...(node.matches('path.js-fill') ? [node] : []), ...(node.shadowRoot ? deep(node.shadowRoot) : [])]);
  const fills = () => {
    const ours = [...document.querySelectorAll('.still > svg')].find(one => one.checkVisibility());
    return ours ? [...ours.querySelectorAll('path')] : deep(document);
  };
  const seen = path => path.className.baseVal + path.style.fill + path.getAttribute('d').length;
  const look = () => fills().map(seen).join();
  window.steps = [];
  const begin = () => {
    const before = look(), pressed = performance.now();
    const wait = () => {
      if (performance.now() - pressed > 3000) return;
      if (look() === before) return void requestAnimationFrame(wait);
      const channel = new MessageChannel();
      channel.port1.onmessage = () => window.steps.push(performance.now() - pressed);
      channel.port2.postMessage(0);
    };
    requestAnimationFrame(wait);
  };
  window.addEventListener('keydown', begin, true);
  window.addEventListener('click', begin, true);
}"""
# The first frame with a painted map, whatever drew it and in which shadow root: a wide image of filled shapes in a
# document that has come whole; and the first with Plotly's map, whose shapes have a class of their own.
FIRST_FILLS = """(() => {
  const seen = window.first = {};
  const deep = (root, kind) => [...root.querySelectorAll('*')].flatMap(node =>
    [...(node.matches(kind) ? [node] : []), ...(node.shadowRoot ? deep(node.shadowRoot, kind) : [])]);
  const filled = path => path.checkVisibility() && getComputedStyle(path).fill !== 'none';
  const wide = svg => svg.getBoundingClientRect().width > 300
    && [...svg.querySelectorAll('path')].filter(filled).length > 4;
  const shown = path => filled(path) && !path.closest('.plate-figure:not([data-shown])');
  const painted = name => {
    const channel = new MessageChannel();
    channel.port1.onmessage = () => { seen[name] ??= performance.now() };
    channel.port2.postMessage(0);
  };
  const look = () => {
    if (!seen.map && document.readyState !== 'loading' && deep(document, 'svg').some(wide)) painted('map');
    if (!seen.plotly && deep(document, 'path.js-fill').some(shown)) painted('plotly');
    if (!seen.plotly) requestAnimationFrame(look);
  };
  requestAnimationFrame(look);
})()"""
PRESSES, CALM, COLD = 2 * STEPS, 1000, 7
Act = Callable[[Page, int], None]
SLIDER = {"Dash": "[role=slider]", "Panel": ".noUi-handle"}


def step_delays(page: Page, slider: Locator) -> list[float]:
    page.evaluate(WATCH)
    slider.focus()
    for key in ["ArrowRight"] * STEPS + ["ArrowLeft"] * STEPS:
        slider.press(key)
        page.wait_for_timeout(PAUSE)
    return [float(step) for step in page.evaluate("() => window.steps")]


def serving(script: str) -> Iterator[str]:
    port = free_port()
    process = subprocess.Popen([PEER_PYTHON, script, str(port)], cwd=PEERS, stderr=subprocess.DEVNULL)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="module", params=["dash_app.py", "panel_app.py"])
def peer(request: pytest.FixtureRequest) -> Iterator[tuple[str, str]]:
    if not PEER_PYTHON.exists():
        pytest.skip("the peers' environment is not there: make bench")
    for place in serving(request.param):
        yield request.param.removesuffix("_app.py").capitalize(), place


def peer_page(browser: Browser, place: str) -> Page:
    """A peer's page with its map drawn, once the peer listens."""
    page = browser.new_context(viewport=WIDE).new_page()
    for _ in range(60):
        try:
            page.goto(place)
            break
        except Exception:  # noqa: BLE001 - not listening yet
            time.sleep(0.5)
    page.wait_for_selector("path.js-fill", state="attached", timeout=60_000)
    page.wait_for_timeout(2000)
    return page


def test_a_year_in_a_peer(browser: Browser, peer: tuple[str, str], report: Report):
    name, place = peer
    page = peer_page(browser, place)
    steps = step_delays(page, page.locator(SLIDER[name]).first)
    page.context.close()
    assert len(steps) >= STEPS
    report(YEAR, f"{name}, plain map of 35 polygons", spread(steps))
    # In a peer a year is a filter like any other: a callback that returns the figure.
    report(FILTER, f"{name}, its callback", spread(steps))


def test_the_first_press_in_a_peer(browser: Browser, peer: tuple[str, str], report: Report):
    name, place = peer
    first = []
    for _ in range(COLD):
        page = peer_page(browser, place)
        slider = page.locator(SLIDER[name]).first
        page.evaluate(WATCH)
        slider.focus()
        slider.press("ArrowRight")
        until(page, "() => window.steps.length", 10)
        first.append(float(page.evaluate("() => window.steps[0]")))
        page.context.close()
    report(FRESH, f"{name}, its callback", spread(first))


@pytest.mark.parametrize("slower", [1, 4])
@pytest.mark.parametrize(
    ("path", "name"), [("/en/region?year=2008", "Year"), ("/en/routes?years=2008-2008", "Last year")]
)
def test_a_year_here(browser: Browser, address: str, report: Report, path: str, name: str, slower: int):
    visitor = Visitor(browser.new_context(viewport=WIDE), address)
    page = visitor.open(path)
    page.wait_for_timeout(1500)
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": slower})
    steps = step_delays(page, page.get_by_role("slider", name=name))
    visitor.context.close()
    assert len(steps) >= STEPS
    processor = f", processor / {slower}" if slower > 1 else ""
    report(YEAR, f"Atalaya, whole map, `{path.split('?', maxsplit=1)[0]}`{processor}", spread(steps))


def radio(first: str, second: str) -> Act:
    return lambda page, turn: page.get_by_role("radio", name=second if turn % 2 else first).check()


def stepped(name: str) -> Act:
    """One option, or one number, down and up again."""
    return lambda page, turn: page.locator(f"#view-{name}").press("ArrowUp" if turn % 2 else "ArrowDown")


def switched(name: str) -> Act:
    return lambda page, _: page.locator(f"#view-{name}").press("Space")


FILTERS: dict[str, tuple[str, Act]] = {
    "measure": ("/en/region?year=2015", radio("Count", "Per 100,000 population")),
    "latest figures": ("/en/region?year=2015", switched("latest")),
    "evidence": ("/en/routes?state=ARG", radio("Routes described in reports", "Citizenship of detected victims")),
    "position": ("/en/routes?state=ARG", stepped("position")),
    "part of the region": ("/en/region?year=2015", stepped("subregion")),
    "a second state": ("/en/routes?state=ARG", switched("state-BRA")),
    "number of arrows": ("/en/routes?arrows=12", stepped("arrows")),
}


@pytest.mark.parametrize("name", FILTERS)
def test_another_filter_here(browser: Browser, address: str, report: Report, name: str):
    path, act = FILTERS[name]
    what = f"Atalaya, `{path.split('?', maxsplit=1)[0]}`, {name}"
    first = []
    for turn in range(COLD):
        visitor = Visitor(browser.new_context(viewport=WIDE), address)
        page = visitor.open(path)
        page.wait_for_timeout(CALM)
        times = pressed(page, act, PRESSES if turn == COLD - 1 else 1)
        visitor.context.close()
        first.append(times[0])
    report(FRESH, what, spread(first))
    report(FILTER, f"{what}, to and fro", spread(times))


def pressed(page: Page, act: Act, presses: int) -> list[float]:
    """Milliseconds from each press of a filter to the painted map."""
    page.locator("main details").evaluate_all("all => all.forEach(one => { one.open = true })")
    page.evaluate(WATCH)
    times = []
    for turn in range(presses):
        page.evaluate("() => { window.steps = [] }")
        act(page, turn)
        until(page, "() => window.steps.length", 10)
        page.wait_for_timeout(CALM)
        # The press that opens a list ends with the frame of the press that chooses from it.
        times.append(min(float(step) for step in page.evaluate("() => window.steps")))
    return times


def first_maps(browser: Browser, place: str, *maps: str) -> dict[str, list[float]]:
    """Milliseconds from the navigation to a painted map, and to Plotly's, each time with an empty cache."""
    times: dict[str, list[float]] = {name: [] for name in maps}
    for _ in range(COLD):
        context = browser.new_context(viewport=WIDE)
        page = context.new_page()
        page.add_init_script(FIRST_FILLS)
        page.goto(place, wait_until="commit")
        for one in maps:
            until(page, f"() => window.first?.{one}")
        for moment, seen in times.items():
            seen.append(float(page.evaluate("moment => window.first[moment]", moment)))
        context.close()
    return times


def test_the_first_map_in_a_peer(browser: Browser, peer: tuple[str, str], report: Report):
    name, place = peer
    peer_page(browser, place).context.close()
    times = first_maps(browser, place, "plotly")
    report(FIRST, f"{name}, its only map, by Plotly", spread(times["plotly"]))


@pytest.mark.parametrize("path", ["/en/region", "/en/routes"])
def test_the_first_map_here(browser: Browser, address: str, report: Report, path: str):
    times = first_maps(browser, address + path, "map")
    report(FIRST, f"Atalaya, `{path}`, the SVG map of the document", spread(times["map"]))


def test_from_the_command_to_the_map(browser: Browser, report: Report):
    port = free_port()
    begun = time.perf_counter()
    process = subprocess.Popen(["make", "run", f"PORT={port}"], cwd=PEERS.parents[2], stdout=subprocess.DEVNULL)
    try:
        page = browser.new_context(viewport=WIDE).new_page()
        while time.perf_counter() - begun < 60:
            try:
                page.goto(f"http://127.0.0.1:{port}/en/region", wait_until="commit")
                break
            except Exception:  # noqa: BLE001 - not listening yet
                time.sleep(0.05)
        page.wait_for_selector(".still > svg:visible", timeout=60_000)
        taken = time.perf_counter() - begun
        page.context.close()
    finally:
        subprocess.run(["pkill", "-P", str(process.pid)], check=False)
        process.terminate()
        process.wait(20)
    assert os.environ["CHROMIUM"]
    report("From nothing", "`make run` a second time, from the command to the painted map", f"{taken:.1f} s")
