"""New data need no restart: a release with a later year is published under a running server."""

import re
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
            page = visitor.open("/en/region?measure=count")
            shown = page.locator(".still > svg:visible [role=img]").first
            expect(shown).to_have_attribute("aria-label", re.compile(f"24 of 35 states.* Detected victims, {YEAR};"))
            expect(page.locator(".plate-source").first).to_contain_text("28 October 2026")
            expect(page.get_by_role("slider", name="Year")).to_have_attribute("max", str(YEAR))
            # The release before is now one of the earlier ones.
            page.get_by_text("More filters").click()
            page.get_by_label("Release shown").select_option("28 October 2025")
            page.wait_for_url("**edition=2025-10-28**")
