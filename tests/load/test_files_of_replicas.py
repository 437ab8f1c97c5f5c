"""Downloads and uploads of a real browser on three replicas, before and after the reader's own one is killed."""

import io
import tomllib
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import ROOT, Visitor, browser, settled, visiting
from tests.load.cluster import WITH_PROXY, Cluster, cluster
from tests.load.readers import COOKIE

__all__ = ["browser"]
pytestmark = [
    pytest.mark.long,
    pytest.mark.browser,
    WITH_PROXY,
]
AGENDA = next((ROOT / "data" / "scenes").glob("*.toml"))
LOADED = f"My agenda: {tomllib.loads(AGENDA.read_text('utf-8'))['meeting']['en']}"
VIEW = "/country?lang=en&area=COL"


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    with cluster(tmp_path_factory.mktemp("three"), 3) as made:
        yield made


@pytest.fixture
def reader(browser: Browser, three: Cluster) -> Iterator[Visitor]:
    for port in three.ports:
        if port not in three.started:
            three.start(port)
            three.wait(port)
    with visiting(browser, three.address) as visitor:
        yield visitor


def replica(visitor: Visitor) -> str:
    """The replica that the reader's cookie names."""
    return next((cookie["value"] for cookie in visitor.context.cookies() if cookie["name"] == COOKIE), "")


def kill(three: Cluster, name: str) -> None:
    three.kill(three.ports[int(name.removeprefix("replica")) - 1])


def statuses(page: Page, part: str) -> list[int]:
    """A list to which the statuses of answers at some addresses are added as they come."""
    seen: list[int] = []
    page.on("response", lambda answer: seen.append(answer.status) if part in answer.url else None)
    return seen


def saved(page: Page, name: str) -> bytes:
    """The file that one button of the open block saves."""
    with page.expect_download() as download:
        page.locator(f'[class*="st-key-download"] button:has-text("{name}")').click()
    return Path(download.value.path()).read_bytes()


def opened(page: Page) -> None:
    page.locator('[class*="st-key-files"] button').first.click()
    expect(page.locator('[class*="st-key-download"] button:has-text("CSV")')).to_be_visible()


def moved(page: Page, visitor: Visitor, before: str) -> str:
    """The replica on which the page is connected again."""
    for _ in range(600):
        if replica(visitor) not in {before, ""}:
            break
        page.wait_for_timeout(100)
    settled(page)
    return replica(visitor)


@pytest.mark.parametrize("cookie", [True, False], ids=["with the cookie", "without it"])
def test_each_download_comes_at_the_first_request(reader: Visitor, cookie: bool):
    page = reader.open(VIEW)
    assert replica(reader)
    opened(page)
    found = statuses(page, "/media/")
    for _ in range(4):
        if not cookie:
            reader.context.clear_cookies(name=COOKIE)
        rows = pl.read_csv(io.BytesIO(saved(page, "CSV")), infer_schema=False)
        assert set(rows["area"]) == {"COL"}
    assert set(found) == {200}


def test_a_killed_replica_costs_neither_page_nor_filter_nor_files(reader: Visitor, three: Cluster):
    page = reader.open(VIEW)
    before = replica(reader)
    kill(three, before)
    after = moved(page, reader, before)
    assert after != before
    address = urlsplit(page.url)
    assert (address.path, parse_qs(address.query)["area"]) == ("/country", ["COL"])
    expect(page.get_by_role("heading", level=1)).to_have_text("Colombia")
    opened(page)
    found = statuses(page, "/media/")
    rows = pl.read_csv(io.BytesIO(saved(page, "CSV")), infer_schema=False)
    assert set(rows["area"]) == {"COL"}
    assert set(found) == {200}


def upload(page: Page) -> None:
    page.locator("#agenda-file").set_input_files(AGENDA)
    page.get_by_role("button", name="Load", exact=True).click()
    expect(page.get_by_role("heading", name=LOADED)).to_be_visible()


def test_uploads_arrive_before_and_after_the_replica_is_killed(reader: Visitor, three: Cluster):
    page = reader.open("/en/present?meeting=own")
    before = replica(reader)
    found = statuses(page, "/en/present")
    upload(page)
    kill(three, before)
    upload(page)
    assert replica(reader) != before
    assert set(found) == {200}
