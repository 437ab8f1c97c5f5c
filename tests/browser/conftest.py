"""A real server on loopback and a real Chromium that reaches no other address; what a page asks elsewhere is listed."""

import contextlib
import json
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
from playwright.sync_api import Browser, BrowserContext, Locator, Page, Request, sync_playwright

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    # No name or number but the server's leads anywhere. A route would ask this process about each of a page's 140
    # requests, and would turn the browser's cache off.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
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
    """One person's browser: pages that open on this observatory, and every other address that they ask for."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.refused: list[str] = []
        context.on("request", self._note)

    def _note(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.refused.append(request.url)

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.goto(self.address + path)
        settled(page)
        return page


def leave(visitor: Visitor) -> None:
    """Close a visitor's pages and forget what they stored; none of them asked for an address outside."""
    for page in visitor.context.pages:
        if page.url.startswith(visitor.address):
            page.evaluate("() => { localStorage.clear(); sessionStorage.clear() }")
        page.close()
    visitor.context.clear_cookies()
    refused, visitor.refused = visitor.refused, []
    assert refused == [], "the page asked an address outside"


# Nothing is on its way from one look to another: what comes in by degrees has pale colors until it is there.
UNMOVED = """() => document.getAnimations().every(one =>
  one.playState !== 'running' || one.effect.getComputedTiming().iterations === Infinity)"""


def violations(page: Page, **options: object) -> list[Any]:
    """What axe finds on a page at rest; not the list of all that is right, which takes it longest."""
    page.wait_for_function(UNMOVED, timeout=10_000)
    return list(Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"])


STILL = "[data-testid=stApp][data-test-script-state=notRunning]"
# Every figure on the page is painted, it is the one that its controls ask for, and nothing covers the page any more.
PAINTED = """() => !document.querySelector('#early:not([hidden])') && [...document.querySelectorAll('.plate')].every(
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


# Resolves once the text that an expression gives has been the same, and not empty, for some milliseconds.
UNCHANGED = """calm => new Promise(done => {
  const last = performance.now() + 10_000
  const look = (before, since) => {
    const now = performance.now(), text = EXPRESSION ?? "", from = text && text === before ? since : now
    now - from >= calm || now > last ? done() : requestAnimationFrame(() => look(text, from))
  }
  look("", 0)
})"""
# The list measures its rows after it has opened: a press that falls into that meets another row, or none.
OPTION = """(name => {
  const found = [...document.querySelectorAll('[role=option]')].find(one => one.textContent.trim() === name)
  return found && JSON.stringify(found.getBoundingClientRect())
})"""


def unchanged(page: Page, expression: str, calm: int = 100) -> None:
    """Wait until what an expression of the page gives no longer changes: where something lies on the screen."""
    page.evaluate(UNCHANGED.replace("EXPRESSION", f"({expression})"), calm)


def at_rest(page: Page, name: str) -> Locator:
    """An option of the list that is open, once the list has come to rest."""
    found = page.get_by_role("option", name=name, exact=True)
    found.scroll_into_view_if_needed()
    unchanged(page, f"{OPTION}({json.dumps(name)})", 300)
    return found


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    context = browser.new_context(viewport=WIDE, locale="en-GB", color_scheme="light")
    visitor = Visitor(context, address)
    yield visitor
    context.close()
    assert visitor.refused == [], "the page asked an address outside"


@pytest.fixture(scope="module")
def cached(browser: Browser, address: str) -> Iterator[Visitor]:
    """The browser of `regular`."""
    context = browser.new_context(viewport=WIDE, locale="en-GB", color_scheme="light")
    yield Visitor(context, address)
    context.close()


@pytest.fixture
def regular(cached: Visitor) -> Iterator[Visitor]:
    """A visitor whose cache has what earlier tests of the file fetched, and nothing else of theirs.

    For tests that neither change the context (routes, scripts) nor look at what is fetched, which take `visitor`.
    """
    yield cached
    leave(cached)


@pytest.fixture
def phone(browser: Browser, address: str) -> Iterator[Visitor]:
    context = browser.new_context(viewport=PHONE, locale="en-GB", has_touch=True, is_mobile=True)
    visitor = Visitor(context, address)
    yield visitor
    context.close()
    assert visitor.refused == [], "the page asked an address outside"
