"""Axe finds nothing in what an address opens on a page; `test_pages.py` checks the pages themselves."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import ALL_SCREENS, Visitor, faults, settled

pytestmark = pytest.mark.browser

OPENED = [
    "/region?of=BRA",
    "/routes?listed=ARG.2015&arrow=GTM.MEX.direct.",
    "/routes?picture=matrix",
    "/routes?picture=order&evidence=stated",
    "/coverage?cells=ARG",
    "/country?area=ARG&role=ARG.transit.hti",
    "/explore?reading=table&row=BRA.detected_victims.2019",
    "/explore?reading=lines&sex=female,male",
    "/explore?reading=two_years&sex=female,male",
    "/explore?reading=heat&sex=female,male",
    "/explore?desk=compare&one=BOL&other=ARG&pair=detected_victims.2019",
    "/explore?desk=compare&pair=detected_victims_rate.2019",
    "/explore?desk=compare&one=BOL&other=COL&bound=COL.smuggling_protocol",
    "/instruments?act=BRB.palermo_protocol.ratification&law=CRI&all_treaties=1",
    "/sources?record=0",
    "/region?year=3000",
]
OPENED_ON = [(path, ALL_SCREENS[at % 4]) for at, path in enumerate(OPENED)]


@pytest.mark.parametrize(("path", "screen"), OPENED_ON, ids=str)
def test_axe_finds_nothing_in_what_an_address_opens(reader: Visitor, path: str):
    assert faults(reader.open(f"{path}&lang=es")) == []


def unfold(page: Page) -> None:
    """Open every folded part and the first popover."""
    parts = page.locator("[data-testid=stExpander] summary")
    for at in range(parts.count()):
        parts.nth(at).scroll_into_view_if_needed()
        parts.nth(at).click()
        settled(page)
    popover = page.locator("[data-testid=stPopoverButton]")
    if popover.count():
        popover.first.scroll_into_view_if_needed()
        popover.first.click()
        settled(page)
        page.wait_for_selector("[data-testid=stPopoverBody]")


def check_lists(page: Page) -> None:
    """Axe finds nothing where a list of page Routes is open."""
    filters = page.locator(".filters-button")
    if filters.is_visible():
        filters.click()
    # The list of languages opens by its whole frame, so it is left to the tests of its own.
    for lists in (".st-key-pick-state", ".st-key-pick-position"):
        page.locator(lists).locator("input").click()
        page.wait_for_selector("[role=listbox]:visible [role=option]")
        # An open list is at the end of the document, outside every landmark. ARIA's combobox pattern allows that; axe's
        # best practice makes an exception for dialogs only.
        assert faults(page, region={"enabled": False}) == []
        page.keyboard.press("Escape")
        page.wait_for_selector("[role=listbox]", state="hidden")
