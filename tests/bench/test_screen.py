"""From the key press to the painted figure, in a real browser; the same for two plain apps of other frameworks."""

import os
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page

from tests.bench.conftest import YEAR, Report, spread
from tests.browser.conftest import WIDE, Visitor, free_port

pytestmark = pytest.mark.browser
PEERS = Path(__file__).parent / "peers"
# An environment with Dash and Panel; `make bench` makes it.
PEER_PYTHON = Path(__file__).parents[2] / ".venv-peers" / "bin" / "python"
STEPS, PAUSE = 14, 500
# From the press of a key or button to the first frame with other fills, whatever drew them and in which shadow root.
WATCH = """() => {
  const deep = root => {
    const found = [...root.querySelectorAll('path.js-fill')];
    for (const node of root.querySelectorAll('*')) if (node.shadowRoot) found.push(...deep(node.shadowRoot));
    return found;
  };
  const shown = () => {
    const ours = document.querySelector('.plate-figure[data-shown]');
    return ours ? [...ours.querySelectorAll('path.js-fill')] : deep(document);
  };
  const title = () => document.querySelector('.plate-figure[data-shown] .annotation-text')?.textContent;
  // Another kind of chart may have the same title, and no land.
  const marks = () => document.querySelectorAll('.plate-figure[data-shown] :is(path, text)').length;
  const look = () => title() + marks() + shown().map(path => path.style.fill).join();
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


def stepped(page: Page, slider: Locator) -> list[float]:
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
    slider = page.locator(".noUi-handle" if name == "Panel" else "[role=slider]").first
    steps = stepped(page, slider)
    page.context.close()
    assert len(steps) >= STEPS
    report(YEAR, f"{name}, plain map of 35 polygons", spread(steps))


@pytest.mark.parametrize(
    ("path", "name"), [("/?lang=en&year=2008", "Year"), ("/routes?lang=en&years=2008-2008", "Last year")]
)
def test_a_year_here(browser: Browser, address: str, report: Report, path: str, name: str):
    visitor = Visitor(browser.new_context(viewport=WIDE), address)
    page = visitor.open(path)
    page.wait_for_timeout(1500)
    steps = stepped(page, page.get_by_role("slider", name=name))
    visitor.context.close()
    assert len(steps) >= STEPS
    report(YEAR, f"Atalaya, whole map, `{path.split('?', maxsplit=1)[0]}`", spread(steps))


def test_the_first_painted_map(browser: Browser, address: str, report: Report):
    times = []
    for _ in range(7):
        context = browser.new_context(viewport=WIDE)
        page = context.new_page()
        begun = time.perf_counter()
        page.goto(f"{address}/?lang=en", wait_until="commit")
        page.wait_for_selector(".plate-figure[data-shown] .main-svg", timeout=60_000)
        times.append((time.perf_counter() - begun) * 1000)
        context.close()
    report("First map", "cold browser, warm server", spread(times))


def test_from_the_command_to_the_map(browser: Browser, report: Report):
    port = free_port()
    begun = time.perf_counter()
    process = subprocess.Popen(["make", "run", f"PORT={port}"], cwd=PEERS.parents[2], stdout=subprocess.DEVNULL)
    try:
        page = browser.new_context(viewport=WIDE).new_page()
        while time.perf_counter() - begun < 60:
            try:
                page.goto(f"http://127.0.0.1:{port}/?lang=en", wait_until="commit")
                break
            except Exception:  # noqa: BLE001 - not listening yet
                time.sleep(0.05)
        page.wait_for_selector(".plate-figure[data-shown] .main-svg", timeout=60_000)
        seen = time.perf_counter() - begun
        page.context.close()
    finally:
        subprocess.run(["pkill", "-P", str(process.pid)], check=False)
        process.terminate()
        process.wait(20)
    assert os.environ["CHROMIUM"]
    report("First map", "`make run` a second time, from the command to the painted map", f"{seen:.1f} s")
