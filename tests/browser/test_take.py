"""What readers take away of a figure: pictures by keyboard, copies, and the frame on a page of another site."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import NamedTuple
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import LONGEST, Visitor, faults, serving, visiting

pytestmark = pytest.mark.browser

PUBLIC = "https://atalaya.example"
MENU = ".plate-take"
# Pixels of the picture that lies on the clipboard, read as a page would paste it.
PASTED = """async () => {
  const [item] = await navigator.clipboard.read()
  const picture = await createImageBitmap(await item.getType("image/png"))
  return [picture.width, picture.height]
}"""


class Sites(NamedTuple):
    """The addresses of our server, of a site that its operator lists, and of one that is not listed."""

    ours: str
    listed: str
    other: str


class Framing(BaseHTTPRequestHandler):
    """A site each of whose pages has a frame with the address after the question mark."""

    def do_GET(self) -> None:
        frame = f'<iframe src="{self.path.partition("?")[2]}" width="320" height="700" title="Costa Rica"></iframe>'
        self.send_response(200)
        self.send_header("Content-Type", "text/html")
        self.end_headers()
        self.wfile.write(f"<!doctype html><title>Another site</title>{frame}".encode())

    def log_message(self, *_args: object) -> None:
        """Print nothing."""


@contextmanager
def another_site() -> Iterator[str]:
    """The address of another site: another port of this machine is another origin."""
    with ThreadingHTTPServer(("127.0.0.1", 0), Framing) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        try:
            yield f"http://127.0.0.1:{server.server_port}"
        finally:
            server.shutdown()


@pytest.fixture(scope="module")
def sites() -> Iterator[Sites]:
    with (
        another_site() as listed,
        another_site() as other,
        serving("dashboard", "--public", PUBLIC, ATALAYA_EMBED_SITES=listed) as address,
    ):
        yield Sites(address, listed, other)


@pytest.fixture(scope="module")
def visitor(browser: Browser, sites: Sites) -> Iterator[Visitor]:
    with visiting(browser, sites.ours, permissions=["clipboard-read", "clipboard-write"]) as visitor:
        yield visitor


def test_a_figure_is_saved_and_copied_by_keyboard_as_it_is_on_the_screen(visitor: Visitor) -> None:
    page = visitor.open("/region?lang=en&year=2015")
    menu = page.locator(MENU)
    summary = menu.locator("summary")
    summary.focus()
    page.keyboard.press("Enter")
    links = menu.locator(".pictures a")
    expect(links).to_have_text(["PNG", "SVG", "PNG", "SVG"])
    found = [urlsplit(str(link.get_attribute("href"))) for link in links.all()]
    assert [one.path.rpartition("/")[2] for one in found] == ["region.png", "region.svg"] * 2
    assert [parse_qs(one.query)["shape"] for one in found] == [["slide"]] * 2 + [["phone"]] * 2
    assert {parse_qs(one.query)["year"][0] for one in found} == {"2015"}
    page.keyboard.press("Tab")
    expect(links.first).to_be_focused()
    with page.expect_download() as saved:
        page.keyboard.press("Enter")
    assert saved.value.suggested_filename.startswith("atalaya_region_slide_")
    menu.get_by_role("button", name="Copy the picture").press("Enter")
    expect(menu.get_by_role("status")).to_have_text("Copied")
    assert page.evaluate(PASTED) == [1920, 1080]
    code = menu.get_by_role("textbox", name="Code for a web page")
    assert f'src="{PUBLIC}/embed/region?' in code.input_value().replace("&amp;", "&")
    menu.get_by_role("button", name="Copy the code").press("Enter")
    page.wait_for_function("text => navigator.clipboard.readText().then(now => now === text)", arg=code.input_value())
    assert faults(page) == []
    # After another year the addresses are those of the new figure.
    page.get_by_role("slider", name="Year").press("ArrowRight")
    expect(links.first).to_have_attribute("href", re.compile("year=2016&.*shape=slide"))


def test_only_a_listed_site_shows_a_figure_in_a_frame(browser: Browser, sites: Sites) -> None:
    context = browser.new_context(locale="en-GB")
    context.set_default_timeout(LONGEST)
    page, messages = context.new_page(), []
    page.on("console", lambda message: messages.append(message.text))
    page.goto(f"{sites.listed}/?{sites.ours}/embed/series?area=CRI&lang=es")
    inside = page.frame_locator("iframe")
    expect(inside.locator("h1")).to_contain_text("Costa Rica")
    expect(inside.locator("svg.narrow")).to_be_visible()
    expect(inside.locator("svg.wide")).to_be_hidden()
    frame = page.frames[1]
    assert frame.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert frame.evaluate("() => document.scripts.length") == 0
    assert messages == []
    page.goto(f"{sites.other}/?{sites.ours}/embed/series?area=CRI&lang=es")
    expect(inside.locator("h1")).not_to_contain_text("Costa Rica")
    assert page.frames[1].url.startswith("chrome-error://")
    assert any("frame-ancestors" in message for message in messages)
    context.close()
