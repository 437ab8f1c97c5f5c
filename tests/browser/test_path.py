"""A server under a path: told of it, or behind a proxy that cuts it off and tells nobody."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import WIDE, Visitor, serving, settled
from tests.browser.test_present import stage

pytestmark = pytest.mark.browser

KEPT = ("/o/w", "dashboard", "--path", "o/w")
CUT = ("/cut", "tests.browser.proxy")


@pytest.fixture(scope="module", params=[KEPT, CUT], ids=["kept", "cut off"])
def root(request: pytest.FixtureRequest) -> Iterator[str]:
    path, *command = request.param
    with serving(*command) as address:
        yield address + path


@pytest.fixture
def reader(browser: Browser, root: str) -> Iterator[Visitor]:
    context = browser.new_context(viewport=WIDE, locale="en-GB", color_scheme="light")
    visitor = Visitor(context, root)
    yield visitor
    context.close()
    assert visitor.refused == [], "the page asked an address beside its path"


@pytest.mark.parametrize("path", ["/?lang=en", "/routes?lang=fr", "/ledger?lang=es"])
def test_a_page_and_its_figures_come_from_under_the_path(reader: Visitor, path: str):
    page = reader.context.new_page()
    failed: list[str] = []
    page.on("response", lambda answer: failed.append(answer.url) if answer.status >= 400 else None)
    page.goto(reader.address + path)
    settled(page)
    asked = page.evaluate("performance.getEntriesByType('resource').map(entry => new URL(entry.name).pathname)")
    assert any("/figures/" in one for one in asked)
    # Streamlit asks at each step of the path where its server is.
    assert [one for one in failed if "/_stcore/" not in one] == []


def test_from_page_to_page_and_to_the_api(reader: Visitor):
    page = reader.open("/?lang=en&year=2015")
    page.get_by_role("link", name="Routes").first.click()
    page.wait_for_url(f"{reader.address}/routes?*", timeout=30_000)
    settled(page)
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("Region", timeout=30_000)
    expect(page.get_by_role("slider", name="Year")).to_have_value("2015")
    assert page.request.get(f"{reader.address}/api/v1/areas.csv").status == 200
    assert page.request.get(f"{reader.address}/_stcore/metrics").status == 404


def test_a_meeting_is_shown_from_under_the_path(reader: Visitor):
    page = stage(reader, "/present?lang=en&scene=2")
    asked = page.evaluate("performance.getEntriesByType('resource').map(entry => new URL(entry.name).pathname)")
    assert any("/figures/" in one for one in asked)
    links = page.locator("[class^=present] a[href]").evaluate_all("found => found.map(link => link.href)")
    assert links
    assert all(link.startswith(f"{reader.address}/") for link in links)


def test_an_address_that_leads_nowhere_leads_back(reader: Visitor):
    page = reader.context.new_page()
    page.goto(f"{reader.address}/nowhere/at/all?lang=pt")
    page.get_by_role("link").first.click()
    settled(page)
    assert page.url.startswith(f"{reader.address}/?")
