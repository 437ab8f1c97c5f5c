"""A server under a path: it is started with that path, or a proxy cuts the path off before it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Visitor, serving, settled, visiting
from tests.browser.test_addresses import back_to
from tests.browser.test_present import stage

pytestmark = pytest.mark.browser

PREFIXED = ("/o/w", "dashboard", "--path", "o/w")
STRIPPED = ("/cut", "tests.browser.proxy")
FETCHED = "performance.getEntriesByType('resource').map(entry => new URL(entry.name).pathname)"


@pytest.fixture(scope="module", params=[PREFIXED, STRIPPED], ids=["prefix given", "prefix cut off"])
def root(request: pytest.FixtureRequest, browser: Browser) -> Iterator[Visitor]:
    path, *command = request.param
    with serving(*command) as address, visiting(browser, address + path) as visitor:
        visitor.stay()
        yield visitor


@pytest.fixture
def reader(root: Visitor) -> Iterator[Visitor]:
    yield root
    root.leave()


@pytest.mark.parametrize("path", ["/routes?lang=fr", "/declaration?lang=es"])
def test_a_page_and_its_figures_come_from_under_the_path(reader: Visitor, path: str):
    whole(reader, path)


def whole(reader: Visitor, path: str) -> Page:
    """Open a page; nothing that it fetches fails, and its figures come from under the path."""
    page = reader.context.new_page()
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.goto(reader.address + path)
    settled(page)
    assert any("/figures/" in fetched for fetched in page.evaluate(FETCHED))
    # Streamlit looks for its server at each step of the path.
    assert [url for url in failed if "/_stcore/" not in url] == []
    return page


def test_from_page_to_page_and_to_the_api(reader: Visitor):
    page = whole(reader, "/region?lang=en&year=2015")
    page.get_by_role("link", name="Routes").first.click()
    page.wait_for_url(f"{reader.address}/routes?*")
    settled(page)
    # A page opened by the menu is one entry of the history.
    back_to(page, "Region")
    expect(page.get_by_role("slider", name="Year")).to_have_value("2015")
    assert page.request.get(f"{reader.address}/api/v1/areas.csv").status == 200
    assert page.request.get(f"{reader.address}/_stcore/metrics").status == 404


def test_a_meeting_is_shown_from_under_the_path(reader: Visitor):
    page = stage(reader, "/en/present?scene=2")
    assert any("/figures/" in fetched for fetched in page.evaluate(FETCHED))
    links = page.locator("[class^=present] a[href]").evaluate_all("links => links.map(link => link.href)")
    assert links
    assert all(link.startswith(f"{reader.address}/") for link in links)


def test_an_address_that_leads_nowhere_leads_back(reader: Visitor):
    page = reader.context.new_page()
    page.goto(f"{reader.address}/nowhere/at/all?lang=pt")
    page.get_by_role("link").first.click()
    settled(page)
    assert page.url.startswith(f"{reader.address}/?")
