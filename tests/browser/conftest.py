"""A real server on loopback and a real Chromium in which every outside address is refused and written down."""

import contextlib
import re
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Route, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
WIDE, PHONE = {"width": 1920, "height": 1080}, {"width": 390, "height": 844}
READY_SECONDS = 60


def free_port() -> int:
    with contextlib.closing(socket.socket()) as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def wait_until_ready(address: str, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + READY_SECONDS
    while time.monotonic() < deadline:
        assert process.poll() is None, "the server stopped while starting"
        with contextlib.suppress(OSError), urllib.request.urlopen(f"{address}/readyz", timeout=2) as answer:  # noqa: S310 - ours
            if answer.status == 200:
                return
        time.sleep(0.2)
    pytest.fail(f"the server was not ready after {READY_SECONDS} seconds")


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with serving("dashboard") as own:
        yield own


@contextlib.contextmanager
def serving(module: str, *arguments: str, port: int = 0) -> Iterator[str]:
    """The address of a server that a module starts, with its arguments and a free port, or this one."""
    port = port or free_port()
    command = [sys.executable, "-m", module, "--port", str(port), *arguments]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait(20)


@pytest.fixture(scope="session")
def browser(chromium: str) -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=list(FLAGS))
        yield browser
        browser.close()


class Visitor:
    """One person's browser: pages that open on this observatory, and every address that was asked outside of it."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.refused: list[str] = []
        context.route("**/*", self._guard)

    def _guard(self, route: Route) -> None:
        url = route.request.url
        if url.startswith((self.address, "data:", "blob:")):
            route.continue_()
        else:
            self.refused.append(url)
            route.abort()

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.goto(self.address + path)
        settled(page)
        return page


def violations(page: Page, **options: object) -> list[Any]:
    """What axe finds on a page; not the list of all that is right, which takes it longest."""
    return list(Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"])


STILL = "[data-testid=stApp][data-test-script-state=notRunning]"
# Every figure on the page is painted, and it is the one that its controls ask for.
PAINTED = """() => [...document.querySelectorAll('.plate')].every(
  plate => plate.querySelector('[data-shown] .main-svg') && !plate.hasAttribute('aria-busy'))"""
# For a few frames on end: what the frame of the page tells the server may start another run.
RESTING = f"""() => new Promise(resolve => {{
  const last = performance.now() + 30_000
  let since = performance.now()
  const look = () => {{
    const now = performance.now()
    if (!document.querySelector('{STILL}') || !({PAINTED})()) since = now
    now - since > 120 || now > last ? resolve() : requestAnimationFrame(look)
  }}
  look()
}})"""
# Views without a figure: a table, and a paragraph that speaks of no single state.
WITHOUT = re.compile(r"reading=table|paragraph=(?:9|28|31|32)(?!\d)")
# The frame of the page has told the document its language and its colours, and listens.
SPEAKS = "lang => document.documentElement.lang === lang && document.documentElement.style.colorScheme"


def settled(page: Page) -> None:
    """Wait until the script has run to its end, its figures are painted, and the frame is there."""
    page.wait_for_selector("footer", timeout=60_000)
    page.wait_for_selector(STILL, state="attached", timeout=60_000)
    # The part of the page that draws figures is fetched late: until then there is no chart to ask about.
    if not urlsplit(page.url).path.startswith(("/sources", "/present")) and not WITHOUT.search(page.url):
        page.wait_for_selector(".plate [data-shown] .main-svg", state="attached", timeout=60_000)
    page.wait_for_function(PAINTED, timeout=60_000)
    language = parse_qs(urlsplit(page.url).query).get("lang", ["en"])[0]
    page.wait_for_function(SPEAKS, arg=language, timeout=30_000)
    page.evaluate(RESTING)


# The list measures its rows after it has opened: a press that falls into that meets another row, or none.
AT_REST = """name => new Promise(done => {
  const place = () => {
    const found = [...document.querySelectorAll('[role=option]')].find(one => one.textContent.trim() === name)
    return found ? JSON.stringify(found.getBoundingClientRect()) : ''
  }
  const last = performance.now() + 10_000
  const look = (before, since) => {
    const at = performance.now(), now = place(), then = now && now === before ? since : at
    at - then > 300 || at > last ? done() : setTimeout(look, 50, now, then)
  }
  look('', 0)
})"""


def at_rest(page: Page, name: str) -> Locator:
    """An option of the list that is open, once the list has come to rest."""
    found = page.get_by_role("option", name=name, exact=True)
    found.scroll_into_view_if_needed()
    page.evaluate(AT_REST, name)
    return found


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    context = browser.new_context(viewport=WIDE, locale="en-GB", color_scheme="light")
    visitor = Visitor(context, address)
    yield visitor
    context.close()
    assert visitor.refused == [], "the page asked an address outside"


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visitor]:
    context = browser.new_context(viewport=PHONE, locale="en-GB", has_touch=True, is_mobile=True)
    visitor = Visitor(context, address)
    yield visitor
    context.close()
    assert visitor.refused == [], "the page asked an address outside"
