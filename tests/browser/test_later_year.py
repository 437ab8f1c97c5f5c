"""New data need no restart: a release with a later year is published under a running server."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from data import pointer
from tests.browser.conftest import visiting
from tests.data.later import LATER, YEAR, put
from tests.faults.processes import make_home, served, until

pytestmark = pytest.mark.browser


def test_a_later_year_and_a_later_release_are_on_the_page_at_once(browser: Browser, tmp_path: Path):
    home = tmp_path / "place"
    make_home(home)
    put(home)
    with served(str(home), tmp_path / "log") as server:
        pointer.turn(str(home), LATER)
        until(lambda: server.ready()["snapshot"] == LATER)
        with visiting(browser, f"http://127.0.0.1:{server.port}") as visitor:
            page = visitor.open("/region?lang=en&measure=count")
            expect(page.get_by_text(f"Detected victims, {YEAR}: 24 of 35 states").first).to_be_visible()
            expect(page.get_by_text("release of 28 October 2026").first).to_be_visible()
            expect(page.get_by_role("slider").first).to_have_attribute("max", str(YEAR))
            # The release before is now one of the earlier ones.
            page.locator(".st-key-pick-edition input").click()
            expect(page.get_by_role("option", name="28 October 2025")).to_be_visible()
