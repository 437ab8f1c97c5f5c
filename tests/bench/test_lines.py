"""A first visit over real lines: the first map, what moves and blocks, bytes and requests, beside a plain Dash map.

The browser's own protocol emulates network and processor. All pages of one line take turns in one run. What it leaves
out: the handshakes of connections and lost packets (`line.py` has the former).
"""

import os
import statistics
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple

import pytest
from playwright.sync_api import Browser, BrowserContext, CDPSession, Page

from tests.bench.conftest import Report, spread, until
from tests.bench.test_screen import FILTERS, PEER_PYTHON, peer_page, pressed, serving, step_delays
from tests.browser.conftest import WIDE, settled

pytestmark = pytest.mark.browser
RUNS = int(os.environ.get("ATALAYA_BENCH_RUNS", "7"))
PAGES = ("/en/", "/en/region", "/en/routes", "/en/country/COL")
LONGEST = 120_000


class Line(NamedTuple):
    """A line: bits a second (0: not limited), milliseconds of round trip, and by how much the processor is slower."""

    rate: float
    trip: float
    slower: float

    @property
    def name(self) -> str:
        """In words."""
        if not self.rate:
            return "loopback"
        return f"{self.rate / 1e6:g} Mbit/s, {self.trip:g} ms" + f", processor / {self.slower:g}" * (self.slower > 1)


LINES = (Line(0, 0, 1), Line(10e6, 40, 1), Line(4e6, 80, 4), Line(1.6e6, 150, 4))
# Notes when the first figure was painted (an image of some size with several shapes, whatever drew it), when a link in
# it could be followed, and when the controls were ready; and what moved and what blocked.
WATCH = """(() => {
  const seen = window.seen = { moved: 0, blocked: 0, largest: 0 }
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    if (!entry.hadRecentInput) seen.moved += entry.value
  })).observe({ type: "layout-shift", buffered: true })
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    seen.blocked += Math.max(entry.duration - 50, 0)
  })).observe({ type: "longtask", buffered: true })
  new PerformanceObserver(list => list.getEntries().forEach(entry => {
    seen.largest = entry.startTime
  })).observe({ type: "largest-contentful-paint", buffered: true })
  const painted = name => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => seen[name] ??= performance.now()
    channel.port2.postMessage(0)
  }
  // A figure in the document is whole only when the document is.
  const drawn = () => document.readyState !== "loading" && [...document.querySelectorAll("svg")].some(svg =>
    svg.querySelectorAll("path, rect, circle").length > 4 && svg.getBoundingClientRect().width > 300
      && svg.checkVisibility())
  const ready = () => document.querySelector("#react-entry-point")
    ? document.querySelector(".dash-slider-root, [role=slider]") : document.readyState === "complete"
  const look = () => {
    if (!seen.figure && drawn()) painted("figure")
    if (!seen.link && document.querySelector("svg a[href]")) painted("link")
    if (!seen.ready && ready()) painted("ready")
    requestAnimationFrame(look)
  }
  requestAnimationFrame(look)
})()"""
SHOWN = "() => window.seen?.figure && window.seen.ready"
# The parts of a page that was seen, in milliseconds; the last two of layout are a sum of shares of the window.
TIMES = {"figure": "first figure", "largest": "largest paint", "ready": "controls ready", "blocked": "blocked"}


@dataclass
class Traffic:
    """What a page fetches, from the browser's protocol: bytes as sent, and when each request began (seconds).

    The bytes of a document count from its beginning, also if the browser tells of them when all have come: a figure in
    it is no figure before them.
    """

    requests: list[float] = field(default_factory=list)
    received: list[tuple[float, int]] = field(default_factory=list)
    _documents: dict[str, float] = field(default_factory=dict)
    _counted: Counter[str] = field(default_factory=Counter)

    def watch(self, session: CDPSession) -> None:
        session.on("Network.requestWillBeSent", lambda event: self.requests.append(event["timestamp"]))
        session.on("Network.responseReceived", self._head)
        session.on("Network.dataReceived", self._count)
        session.on("Network.loadingFinished", self._end)
        session.send("Network.enable")

    def _head(self, event: dict[str, Any]) -> None:
        if event["type"] == "Document":
            self._documents[event["requestId"]] = event["timestamp"]
        self._count(event | {"encodedDataLength": event["response"]["encodedDataLength"]})

    def _end(self, event: dict[str, Any]) -> None:
        rest = int(event["encodedDataLength"]) - self._counted[event["requestId"]]
        self._count(event | {"encodedDataLength": max(rest, 0)})

    def _count(self, event: dict[str, Any]) -> None:
        size, name = int(event["encodedDataLength"]), event["requestId"]
        self._counted[name] += size
        self.received.append((self._documents.get(name, event["timestamp"]), size))

    def until(self, milliseconds: float) -> tuple[int, int]:
        """Bytes and requests until some milliseconds after the first request."""
        last = min(self.requests) + milliseconds / 1000
        size = sum(size for at, size in self.received if at <= last)
        return size, sum(at <= last for at in self.requests)


class Visit(NamedTuple):
    """One visit: milliseconds by name and the sum of what moved; its traffic; bytes of a second visit."""

    seen: dict[str, float]
    traffic: Traffic
    again: int


def visit(browser: Browser, place: str, line: Line) -> Visit:
    """A first visit with an empty cache, and a second one."""
    context = browser.new_context(viewport=WIDE)
    page, traffic = opened(context, line)
    page.goto(place, wait_until="commit", timeout=LONGEST)
    until(page, SHOWN, LONGEST / 1000)
    calm(page, traffic)
    seen = page.evaluate("() => window.seen")
    page.close()
    page, second = opened(context, line)
    page.goto(place, wait_until="commit", timeout=LONGEST)
    until(page, SHOWN, LONGEST / 1000)
    calm(page, second)
    context.close()
    return Visit(seen, traffic, second.until(LONGEST)[0])


def opened(context: BrowserContext, line: Line) -> tuple[Page, Traffic]:
    """A new page on a line."""
    page, traffic = context.new_page(), Traffic()
    session = context.new_cdp_session(page)
    traffic.watch(session)
    slow(session, line)
    session.send("Emulation.setCPUThrottlingRate", {"rate": line.slower})
    page.add_init_script(WATCH)
    return page, traffic


def slow(session: CDPSession, line: Line) -> None:
    """Emulate the rate and the round trip of a line."""
    if line.rate:
        rate = line.rate / 8
        conditions = {"latency": line.trip, "downloadThroughput": rate, "uploadThroughput": rate, "offline": False}
        session.send("Network.emulateNetworkConditions", conditions)


def calm(page: Page, traffic: Traffic, seconds: float = 2) -> None:
    """Wait until nothing has come for some seconds."""
    last, since = -1, time.monotonic()
    while time.monotonic() - since < seconds:
        page.wait_for_timeout(100)
        if len(traffic.received) != last:
            last, since = len(traffic.received), time.monotonic()


@pytest.fixture(scope="module")
def dash(browser: Browser) -> Iterator[str]:
    if not PEER_PYTHON.exists():
        pytest.skip("the peers' environment is not there: make bench")
    for place in serving("dash_app.py"):
        peer_page(browser, place).context.close()
        yield place


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_a_first_visit(browser: Browser, address: str, dash: str, report: Report, line: Line):
    places = {"Dash, plain map of 35 polygons": dash} | {f"Atalaya, `{path}`": address + path for path in PAGES}
    visits: dict[str, list[Visit]] = {name: [] for name in places}
    for _ in range(RUNS):
        for name, place in places.items():
            visits[name].append(visit(browser, place, line))
    for name, ones in visits.items():
        report(f"A first visit: {line.name}", name, times(ones))
    for name, ones in visits.items():
        report(f"Bytes of a first visit: {line.name}", name, sizes(ones))


# Notes when the map in the window was first painted, and after the first press when it was painted with other fills, in
# this document or, where a link led there, in the next. All in milliseconds of the clock.
PRESS = """(() => {
  const seen = window.firstPress = JSON.parse(sessionStorage.firstPress ?? '{}')
  const clock = () => performance.timeOrigin + performance.now()
  const map = () => [...document.querySelectorAll("svg")].filter(svg => svg.getBoundingClientRect().width > 300
    && svg.querySelectorAll("path").length > 20 && svg.checkVisibility())
  const look = () => map().flatMap(svg => [...svg.querySelectorAll("path")])
    .map(path => path.className.baseVal + path.style.fill + path.getAttribute("d")?.length).join()
  const painted = name => {
    const channel = new MessageChannel()
    channel.port1.onmessage = () => {
      seen[name] ??= clock()
      sessionStorage.firstPress = JSON.stringify(seen)
    }
    channel.port2.postMessage(0)
  }
  let before
  const begin = () => {
    if (seen.pressed) return
    before = look()
    seen.pressed = clock()
    sessionStorage.firstPress = JSON.stringify(seen)
  }
  addEventListener("pointerdown", begin, true)
  addEventListener("keydown", begin, true)
  const frame = () => {
    const now = look()
    const whole = now && document.readyState !== "loading"
    seen.begun ??= performance.timeOrigin
    if (!seen.map && whole) painted("map")
    if (seen.pressed && whole && now !== before) return painted("answered")
    requestAnimationFrame(frame)
  }
  requestAnimationFrame(frame)
})()"""


def press_at_once(browser: Browser, place: str, line: Line, press: Callable[[Page], None]) -> tuple[float, float]:
    """Milliseconds from the navigation to the painted map, and from a press as soon as it is there to the answer."""
    context = browser.new_context(viewport=WIDE)
    page, _ = opened(context, line)
    page.add_init_script(PRESS)
    page.goto(place, wait_until="commit", timeout=LONGEST)
    until(page, "() => window.firstPress?.map", LONGEST / 1000)
    press(page)
    until(page, "() => window.firstPress.answered", LONGEST / 1000)
    seen = page.evaluate("() => window.firstPress")
    context.close()
    return seen["map"] - seen["begun"], seen["answered"] - seen["pressed"]


def press_count(page: Page) -> None:
    page.get_by_role("radio", name="Count").click(timeout=LONGEST)


def press_year(page: Page) -> None:
    page.locator("[role=slider]").first.press("ArrowRight", timeout=LONGEST)


def press_next(page: Page) -> None:
    page.locator("a[rel=next]").first.click(timeout=LONGEST)


@pytest.mark.parametrize("line", LINES, ids=lambda line: line.name)
def test_the_first_press(browser: Browser, address: str, dash: str, report: Report, line: Line):
    presses = {
        "Dash, its slider": (dash, press_year),
        "Atalaya, `/en/region`, Count": (f"{address}/en/region", press_count),
        "Atalaya, `/en/region`, the next year": (f"{address}/en/region?year=2015", press_next),
    }
    seen: dict[str, list[tuple[float, float]]] = {name: [] for name in presses}
    for _ in range(RUNS):
        for name, (place, press) in presses.items():
            seen[name].append(press_at_once(browser, place, line, press))
    for name, ones in seen.items():
        painted, answered = zip(*ones, strict=True)
        words = f"{spread(answered)}; the map was painted after {middle(painted):.0f} ms"
        report(f"The first press, as soon as the map is painted: {line.name}", name, words)


# A round trip of 150 ms alone, for what a reader does on a page that is there.
FAR = Line(10e6, 150, 1)
STEPPED = {"Year": "/en/region?year=2008", "Last year": "/en/routes?years=2008-2008"}


def far_page(browser: Browser, place: str) -> Page:
    """A page that was opened on a quick line and is used on one of 150 ms, a second after it is there."""
    context = browser.new_context(viewport=WIDE)
    page = context.new_page()
    page.goto(place)
    settled(page)
    session = context.new_cdp_session(page)
    session.send("Network.enable")
    slow(session, FAR)
    page.wait_for_timeout(1000)
    return page


@pytest.mark.parametrize("name", STEPPED)
def test_a_year_over_a_far_line(browser: Browser, address: str, report: Report, name: str):
    page = far_page(browser, address + STEPPED[name])
    times = step_delays(page, page.get_by_role("slider", name=name))
    page.context.close()
    report(f"A year: {FAR.name}", f"Atalaya, `{STEPPED[name].split('?')[0]}`", spread(times))


@pytest.mark.parametrize("name", FILTERS)
def test_another_filter_over_a_far_line(browser: Browser, address: str, report: Report, name: str):
    path, act = FILTERS[name]
    times = []
    for _ in range(RUNS):
        page = far_page(browser, address + path)
        times += pressed(page, act, 1)
        page.context.close()
    report(f"Another filter, the first press: {FAR.name}", f"Atalaya, `{path.split('?')[0]}`, {name}", spread(times))


def middle(values: Sequence[float]) -> float:
    return statistics.median(values)


def times(visits: Sequence[Visit]) -> str:
    """The medians of a page's times, the first figure first."""
    slow = max(one.seen["figure"] for one in visits)
    parts = [f"median {middle([one.seen['figure'] for one in visits]):.0f} ms to the first figure (at most {slow:.0f})"]
    parts += [
        f"{words} {middle([one.seen[key] for one in visits]):.0f} ms" for key, words in TIMES.items() if key != "figure"
    ]
    if all("link" in one.seen for one in visits):
        parts.append(f"first link {middle([one.seen['link'] for one in visits]):.0f} ms")
    moved = middle([one.seen["moved"] for one in visits])
    return ", ".join([*parts, f"layout shift {moved:.3f} (n = {len(visits)})"])


def sizes(visits: Sequence[Visit]) -> str:
    """The medians of a page's kilobytes and requests."""
    before = [one.traffic.until(one.seen["figure"]) for one in visits]
    whole = [one.traffic.until(LONGEST) for one in visits]
    again = middle([one.again for one in visits])
    return (
        f"{middle([size for size, _ in before]) / 1000:.0f} kB in {middle([n for _, n in before]):.0f} requests before "
        f"the first figure, {middle([size for size, _ in whole]) / 1000:.0f} kB in "
        f"{middle([n for _, n in whole]):.0f} in all; again: {again / 1000:.0f} kB"
    )
