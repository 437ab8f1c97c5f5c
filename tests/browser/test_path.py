"""A server under a path: it is started with that path, or a proxy cuts the path off before it."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.catalog import pages
from tests.browser.conftest import Visitor, path_to, serving, visiting
from tests.browser.test_addresses import back_to
from tests.browser.test_present import stage

pytestmark = pytest.mark.browser

PREFIXED = ("/o/w", "dashboard", "--path", "o/w")
STRIPPED = ("/cut", "tests.browser.proxy")
FETCHED = "performance.getEntriesByType('resource').map(entry => entry.name)"
# Those of a drawing are objects.
LINKS = "links => links.map(link => new URL(link.getAttribute('href'), document.baseURI).href)"


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


def whole(reader: Visitor, path: str) -> Page:
    """Open a page; nothing that it fetches fails, and all that it fetches and links to is under the path."""
    page = reader.context.new_page()
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.goto(reader.address + path)
    expect(page.locator("html[data-scripts]")).to_be_attached()
    assert failed == []
    found = page.evaluate(FETCHED) + page.locator("a[href]").evaluate_all(LINKS)
    own = [one for one in found if one.startswith("http://127.0.0.1")]
    assert own
    assert [one for one in own if not one.startswith(f"{reader.address}/")] == []
    return page


@pytest.mark.parametrize("slug", pages())
def test_a_page_and_all_that_it_needs_come_from_under_the_path(reader: Visitor, slug: str):
    whole(reader, path_to(slug, "fr"))


def test_a_step_from_page_to_page_and_to_the_api(reader: Visitor):
    page = whole(reader, "/en/region?year=2015")
    page.get_by_role("slider", name="Year").press("ArrowLeft")
    page.wait_for_url(f"{reader.address}/en/region?year=2014")
    page.get_by_role("link", name="Routes").first.click()
    page.wait_for_url(f"{reader.address}/en/routes")
    back_to(page, "Region")
    expect(page.get_by_role("slider", name="Year")).to_have_value("2014")
    assert page.request.get(f"{reader.address}/api/v1/areas.csv").status == 200
    page.locator(".still > svg:visible a[href*='BRA']").first.press("Enter")
    page.wait_for_url(f"{reader.address}/en/country/BRA")


def test_an_address_of_before_leads_to_the_document_under_the_path(reader: Visitor):
    page = reader.open("/region?lang=es&year=2019")
    assert page.url == f"{reader.address}/es/region?year=2019"


def test_a_meeting_is_shown_from_under_the_path(reader: Visitor):
    page = stage(reader, "/en/present?scene=2")
    links = page.locator("[class^=present] a[href]").evaluate_all(LINKS)
    assert links
    assert all(link.startswith(f"{reader.address}/") for link in links)


def test_an_address_that_leads_nowhere_leads_back(reader: Visitor):
    page = reader.context.new_page()
    page.goto(f"{reader.address}/nowhere/at/all?lang=pt")
    page.get_by_role("link").first.click()
    page.wait_for_url(f"{reader.address}/pt/")
