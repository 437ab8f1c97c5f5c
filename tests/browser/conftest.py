"""A real server on loopback and a real Chromium that reaches no other address; requests to others are listed."""

import contextlib
import fcntl
import os
import socket
import subprocess
import sys
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal, NamedTuple

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, BrowserContext, Page, Request, ViewportSize, expect, sync_playwright

from dashboard.catalog import pages

ROOT = Path(__file__).parents[2]
FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-extensions",
    "--disable-component-extensions-with-background-pages",
    "--mute-audio",
    # With `Visitor.stay`: a page finds the scripts that the pages before it compiled, which halves its work.
    "--process-per-site",
    # Every address but the server's is unknown. A Playwright route would ask this process about each request of a page,
    # and would turn the browser's cache off.
    "--host-resolver-rules=MAP * ~NOTFOUND , EXCLUDE 127.0.0.1",
)
WIDE: ViewportSize = {"width": 1920, "height": 1080}
PHONE: ViewportSize = {"width": 390, "height": 844}
READY_SECONDS = 180
# A slow machine is no failure: Playwright's own limits are 30 and 5 seconds.
LONGEST = 60_000
expect.set_options(timeout=LONGEST)


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
def address(tmp_path_factory: pytest.TempPathFactory, worker_id: str) -> Iterator[str]:
    base = tmp_path_factory.getbasetemp()
    with shared(base if worker_id == "master" else base.parent) as address:
        yield address


@contextlib.contextmanager
def shared(folder: Path) -> Iterator[str]:
    """The address of the one server of all workers of a run: the first starts it, and ends it when no other uses it.

    Args:
        folder: of the run.
    """
    # A lock ends with its process, however that ends.
    with (folder / "address").open("a+") as noted, (folder / "users").open("a") as users:
        fcntl.flock(noted, fcntl.LOCK_EX)
        noted.seek(0)
        there = noted.read()
        # Nearly all documents that it would make ahead are opened by some test.
        with contextlib.nullcontext(there) if there else serving("dashboard", ATALAYA_AHEAD="yes") as address:
            noted.write("" if there else address)
            noted.flush()
            fcntl.flock(users, fcntl.LOCK_SH)
            fcntl.flock(noted, fcntl.LOCK_UN)
            yield address
            if not there:
                fcntl.flock(noted, fcntl.LOCK_EX)
                noted.truncate(0)
                fcntl.flock(noted, fcntl.LOCK_UN)
                fcntl.flock(users, fcntl.LOCK_EX)


@contextlib.contextmanager
def serving(module: str, *arguments: str, port: int = 0, **settings: str) -> Iterator[str]:
    """The address of a server that `python -m module` starts, on `port` or on a free one; `settings` are variables.

    It has no desk, unless the arguments name its port, and makes documents only when they are asked for.
    """
    port = port or free_port()
    without = [] if "--desk-port" in arguments else ["--no-desk"]
    command = [sys.executable, "-m", module, "--port", str(port), *without, *arguments]
    variables = {**os.environ, "ATALAYA_AHEAD": "no", **settings}
    process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
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
    """One reader's browser: pages of this observatory, and every other address that they request."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context, self.address = context, address
        self.refused: list[str] = []
        self._light: Page | None = None
        self._tab: Page | None = None
        self._usual: ViewportSize | None = None
        context.set_default_timeout(LONGEST)
        context.on("request", self._note)

    def _note(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self.refused.append(request.url)

    def open(self, path: str) -> Page:
        page = self.context.new_page()
        page.goto(self.address + path)
        settled(page)
        return page

    def look(self, path: str) -> Page:
        """A page in the tab of the look before; a new tab would take the processor two fifths longer.

        For tests that read the page, choose on it or change its size, but do not listen to it and go nowhere else.
        """
        if self._tab is None:
            self._tab = self.context.new_page()
            self._usual = self._tab.viewport_size
        page = self._tab
        if self._usual and page.viewport_size != self._usual:
            page.set_viewport_size(self._usual)
        page.mouse.move(0, 0)
        page.goto(self.address + path)
        settled(page)
        return page

    def stay(self, light: str = "/livez") -> None:
        """Keep a light page open, and with it the browser process of this site and its compiled scripts."""
        self._light = self.context.new_page()
        self._light.goto(f"{self.address}{light}")

    def leave(self) -> None:
        """Close the pages and clear what they stored; none of them may have requested another address."""
        for page in self.context.pages:
            if page is not self._light and page is not self._tab:
                page.close()
        if self._light:
            self._light.evaluate("() => localStorage.clear()")
        if self._tab:
            self._tab.evaluate("() => sessionStorage.clear()")
            # A light page, beside which the next test is as alone as without this tab.
            self._tab.goto(f"{self.address}/livez")
        self.context.clear_cookies()
        refused, self.refused = self.refused, []
        assert refused == [], "the page requested another address"


# Resolves when no finite transition or animation is running: until it ends, what fades in has paler colors.
UNMOVED = """() => Promise.all(document.getAnimations()
  .filter(one => one.playState === 'running' && one.effect.getComputedTiming().iterations !== Infinity)
  .map(one => one.finished.catch(() => {}))).then(() => {})"""


# A document has a drawing for each width, of which the style sheet shows one. Axe judges only what is shown, but the
# others would take half of its time: they stand aside until it has run. That ids are unique in all of a document is
# tested without a browser.
ASIDE = """() => {
  window.aside = [...document.querySelectorAll('.still > svg')].filter(one => !one.checkVisibility()).map(one => {
    const place = document.createComment('')
    one.replaceWith(place)
    return [place, one]
  })
}"""
BACK = "() => window.aside.forEach(([place, one]) => place.replaceWith(one))"


def violations(page: Page, **options: object) -> list[Any]:
    """What axe finds on a page at rest; without the list of what passes, which takes most of the time."""
    page.evaluate(UNMOVED)
    page.evaluate(ASIDE)
    found = Axe().run(page, options={"resultTypes": ["violations"], **options}).response["violations"]
    page.evaluate(BACK)
    return list(found)


# What the law asks for, and axe's own good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


def faults(page: Page, **rules: dict[str, bool]) -> list[str]:
    """What axe finds by all rules."""
    problems = violations(page, runOnly={"type": "tag", "values": RULES}, rules=rules)
    return [f"{page.url} {fault['id']}: {node['html'][:160]}" for fault in problems for node in fault["nodes"][:3]]


def settled(page: Page) -> None:
    """Wait until a document is whole: its foot is the last of it, and its scripts have run."""
    page.wait_for_selector("footer", state="attached")
    page.wait_for_load_state()


# What names the row of a page that shows one.
KEYS = {"passport": "?table=roles&area=ARG&year=2011&source=hti&role=transit"}


def path_to(slug: str, code: str = "en") -> str:
    """The address of a page in a language, with the usual value of each filter in its path, or with a key."""
    steps = filter(None, (spec.write(spec.default) for spec in pages()[slug].path))
    return "/" + "/".join([code, *([""] if slug == "home" else [slug, *steps])]) + KEYS.get(slug, "")


# Resolves once the text of an expression has not changed, and was not empty, for some milliseconds.
UNCHANGED = """calm => new Promise(done => {
  const last = performance.now() + 10_000
  const look = (before, since) => {
    const now = performance.now(), text = EXPRESSION ?? "", from = text && text === before ? since : now
    now - from >= calm || now > last ? done() : requestAnimationFrame(() => look(text, from))
  }
  look("", 0)
})"""


def unchanged(page: Page, expression: str, calm: int = 100) -> None:
    """Wait until the value of an expression in the page no longer changes, such as a position on the screen."""
    page.evaluate(UNCHANGED.replace("EXPRESSION", f"({expression})"), calm)


class Screen(NamedTuple):
    """A color scheme and a size of window."""

    scheme: Literal["light", "dark"]
    size: Literal["desktop", "phone"]

    def __str__(self) -> str:
        return f"{self.size}-{self.scheme}"

    @property
    def viewport(self) -> ViewportSize:
        """The window's size."""
        return PHONE if self.size == "phone" else WIDE


ALL_SCREENS = [Screen(scheme, size) for size in ("desktop", "phone") for scheme in ("light", "dark")]


@contextlib.contextmanager
def visiting(browser: Browser, address: str, **options: Any) -> Iterator[Visitor]:
    """A visitor with a browser context of its own; `options` are those of Playwright's `new_context`."""
    context = browser.new_context(**{"viewport": WIDE, "locale": "en-GB", "color_scheme": "light"} | options)
    visitor = Visitor(context, address)
    try:
        yield visitor
    finally:
        context.close()
    assert visitor.refused == [], "the page requested another address"


@pytest.fixture(scope="session")
def readers(browser: Browser, address: str) -> Iterator[Callable[[Screen], Visitor]]:
    """One visitor for each screen, for the whole run: its cache holds what most pages need."""
    made: dict[Screen, Visitor] = {}
    with contextlib.ExitStack() as stack:

        def reader(screen: Screen) -> Visitor:
            if screen not in made:
                touch = screen.size == "phone"
                options = {"viewport": screen.viewport, "color_scheme": screen.scheme}
                context = visiting(browser, address, **options, has_touch=touch, is_mobile=touch)
                made[screen] = stack.enter_context(context)
                made[screen].stay()
            return made[screen]

        yield reader


@pytest.fixture
def reader(readers: Callable[[Screen], Visitor], screen: Screen) -> Iterator[Visitor]:
    """The visitor for the test's parameter `screen`, who has only the HTTP cache from earlier tests.

    For tests that neither change the context (routes, scripts) nor look at what is fetched; those take `visitor`.
    """
    visitor = readers(screen)
    yield visitor
    visitor.leave()


@pytest.fixture
def regular(readers: Callable[[Screen], Visitor]) -> Iterator[Visitor]:
    """`reader` at a desk, light."""
    visitor = readers(Screen("light", "desktop"))
    yield visitor
    visitor.leave()


@pytest.fixture
def phone(readers: Callable[[Screen], Visitor]) -> Iterator[Visitor]:
    """`reader` on a phone, light."""
    visitor = readers(Screen("light", "phone"))
    yield visitor
    visitor.leave()


@pytest.fixture
def visitor(browser: Browser, address: str) -> Iterator[Visitor]:
    """A visitor with an empty cache and a context that the test may change."""
    with visiting(browser, address) as visitor:
        yield visitor
