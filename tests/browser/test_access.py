"""Nothing that axe can find in what a reader opens on a page: by an address, by a press, in a list of choices."""

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import Visitor, settled
from tests.browser.test_pages import ALL_SCREENS, SLUGS, faults, named, reader, readers

pytestmark = pytest.mark.browser
# Fixtures of another file.
__all__ = ["reader", "readers"]

OPENED = [
    "/region?of=BRA",
    "/routes?listed=ARG.2015&arrow=GTM.MEX.direct.",
    "/routes?picture=matrix",
    "/routes?picture=order&evidence=stated",
    "/coverage?cells=ARG",
    "/country?role=ARG.transit.hti",
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


@pytest.mark.parametrize(("path", "screen"), OPENED_ON, ids=named)
def test_axe_finds_nothing_in_what_an_address_opens(reader: Visitor, path: str):
    assert faults(reader.open(f"{path}&lang=es")) == []


UNFOLDED = [(slug, ALL_SCREENS[at % 4]) for at, slug in enumerate(SLUGS)]


@pytest.mark.parametrize(("slug", "screen"), UNFOLDED, ids=named)
def test_axe_finds_nothing_where_all_is_unfolded(reader: Visitor, slug: str):
    """Every folded part and the first popover open, and then a list of choices."""
    page = reader.open(f"/{slug}?lang=fr")
    unfold(page)
    assert faults(page) == []


def unfold(page: Page) -> None:
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
        page.wait_for_selector("[data-testid=stPopoverBody] [data-testid=stDownloadButton]")


@pytest.mark.parametrize("screen", ALL_SCREENS, ids=str)
def test_axe_finds_nothing_in_a_list_of_choices(reader: Visitor):
    page = reader.open("/routes?lang=pt")
    for test_id in ("stSelectbox", "stMultiSelect"):
        page.get_by_test_id(test_id).first.locator("input").click()
        page.wait_for_selector("[role=listbox] [role=option]")
        # A list that a field names as its own lies at the end of the document, outside of every landmark: its pattern
        # (ARIA's combobox) lets it, and the practice that axe advises knows this of dialogs only.
        assert faults(page, region={"enabled": False}) == []
        page.keyboard.press("Escape")
        page.wait_for_selector("[role=listbox]", state="detached")
