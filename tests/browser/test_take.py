"""What readers take away of a figure: pictures by keyboard, copies, and the frame on a page of another site."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.browser.conftest import Visitor, faults, serving, visiting

pytestmark = pytest.mark.browser

PUBLIC, LISTED, OTHER = "https://atalaya.example", "http://listed.example", "http://other.example"
MENU = ".plate-take"
# Pixels of the picture that lies on the clipboard, read as a page would paste it.
PASTED = """async () => {
  const [item] = await navigator.clipboard.read()
  const picture = await createImageBitmap(await item.getType("image/png"))
  return [picture.width, picture.height]
}"""


@pytest.fixture(scope="module")
def site() -> Iterator[str]:
    """The address of a server with a public address that lists one other site."""
    with serving("dashboard", "--public", PUBLIC, ATALAYA_EMBED_SITES=LISTED) as address:
        yield address


@pytest.fixture(scope="module")
def visitor(browser: Browser, site: str) -> Iterator[Visitor]:
    with visiting(browser, site, permissions=["clipboard-read", "clipboard-write"]) as visitor:
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
    expect(links.first).to_have_attribute("href", r := links.first.get_attribute("href").replace("2015", "2016"))
    assert "2016" in r


def framed(page: Page, origin: str, site: str) -> None:
    """Open a page of another origin that has a figure of ours in a frame."""

    def answer(route: Route) -> None:
        frame = (
            f'<iframe src="{site}/embed/series?area=CRI&lang=es" width="320" height="700" title="Costa Rica"></iframe>'
        )
        route.fulfill(body=f"<!doctype html><title>Another site</title>{frame}", content_type="text/html")

    page.route(f"{origin}/", answer)
    page.goto(f"{origin}/", wait_until="load")


def test_only_a_listed_site_shows_a_figure_in_a_frame(browser: Browser, site: str) -> None:
    context = browser.new_context(locale="en-GB")
    page, messages = context.new_page(), []
    page.on("console", lambda message: messages.append(message.text))
    framed(page, LISTED, site)
    inside = page.frame_locator("iframe")
    expect(inside.locator("h1")).to_contain_text("Costa Rica")
    expect(inside.locator("svg.narrow")).to_be_visible()
    expect(inside.locator("svg.wide")).to_be_hidden()
    frame = page.frames[1]
    assert frame.evaluate("() => document.documentElement.scrollWidth <= innerWidth")
    assert frame.evaluate("() => document.scripts.length") == 0
    assert messages == []
    framed(page, OTHER, site)
    page.wait_for_function("() => document.readyState === 'complete'")
    assert page.frames[1].url.startswith("chrome-error://")
    assert any("frame-ancestors" in message for message in messages)
    context.close()
