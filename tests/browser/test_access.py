"""Nothing that axe can find, on any page, in any language, light and dark, at a desk and on a phone."""

import itertools
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from playwright.sync_api import Browser, Page, ViewportSize

from dashboard.shell.navigation import scripts
from data.i18n import LANGUAGES
from tests.browser.conftest import PHONE, WIDE, Visitor, settled, violations

pytestmark = pytest.mark.browser
PAGES = tuple(f"/{slug}" for slug in scripts())
# What the law asks for, and axe's own good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]


class Screen(NamedTuple):
    """How a reader looks."""

    scheme: str
    viewport: ViewportSize

    def __str__(self) -> str:
        return f"{self.scheme}-{self.viewport['width']}"


SCREENS = [Screen(scheme, viewport) for viewport in (WIDE, PHONE) for scheme in ("light", "dark")]
# Each page in each language, on one screen after the other: every pair of page and language, page and screen, and
# language and screen is met once. All of them together are the long test.
FEW = [(path, lang, SCREENS[(i + j) % 4]) for i, path in enumerate(PAGES) for j, lang in enumerate(LANGUAGES)]
ALL = [one for one in itertools.product(PAGES, LANGUAGES, SCREENS) if one not in FEW]


@pytest.fixture
def reader(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    screen: Screen = request.param
    touch = screen.viewport is PHONE
    context = browser.new_context(
        viewport=screen.viewport, color_scheme=screen.scheme, locale="en-GB", has_touch=touch, is_mobile=touch
    )
    visitor = Visitor(context, address)
    yield visitor
    context.close()
    assert visitor.refused == [], "the page asked an address outside"


def complaints(page: Page, **rules: dict[str, bool]) -> list[str]:
    page.wait_for_timeout(600)
    found = violations(page, runOnly={"type": "tag", "values": RULES}, rules=rules)
    return [f"{page.url} {fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"][:3]]


def seen(visitor: Visitor, path: str) -> list[str]:
    page = visitor.open(path)
    found = complaints(page)
    page.close()
    return found


@pytest.mark.parametrize(("path", "lang", "reader"), FEW, indirect=["reader"], ids=lambda one: str(one).strip("/"))
def test_axe_finds_nothing(reader: Visitor, path: str, lang: str):
    assert seen(reader, f"{path}?lang={lang}") == []


@pytest.mark.long
@pytest.mark.parametrize(("path", "lang", "reader"), ALL, indirect=["reader"], ids=lambda one: str(one).strip("/"))
def test_axe_finds_nothing_in_all_that_there_is(reader: Visitor, path: str, lang: str):
    assert seen(reader, f"{path}?lang={lang}") == []


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
    "/ledger?paragraph=23",
    "/ledger?paragraph=9",
    "/instruments?act=BRB.palermo_protocol.ratification&law=CRI&all_treaties=1",
    "/sources?record=0",
    "/region?year=3000",
]
OPENED_ON = [(path, SCREENS[at % 4]) for at, path in enumerate(OPENED)]


@pytest.mark.parametrize(("path", "reader"), OPENED_ON, indirect=["reader"], ids=lambda one: str(one).strip("/"))
def test_axe_finds_nothing_in_what_an_address_opens(reader: Visitor, path: str):
    assert seen(reader, f"{path}&lang=es") == []


UNFOLDED = [(path, SCREENS[at % 4]) for at, path in enumerate(PAGES)]


@pytest.mark.parametrize(("path", "reader"), UNFOLDED, indirect=["reader"], ids=lambda one: str(one).strip("/"))
def test_axe_finds_nothing_where_all_is_unfolded(reader: Visitor, path: str):
    """Every folded part and the first popover open, and then a list of choices."""
    page = reader.open(f"{path}?lang=fr")
    unfold(page)
    assert complaints(page) == []


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


@pytest.mark.parametrize("reader", SCREENS, indirect=True, ids=str)
def test_axe_finds_nothing_in_a_list_of_choices(reader: Visitor):
    page = reader.open("/routes?lang=pt")
    for test_id in ("stSelectbox", "stMultiSelect"):
        page.get_by_test_id(test_id).first.locator("input").click()
        page.wait_for_selector("[role=listbox] [role=option]")
        # A list that a field names as its own lies at the end of the document, outside of every landmark: its pattern
        # (ARIA's combobox) lets it, and the practice that axe advises knows this of dialogs only.
        assert complaints(page, region={"enabled": False}) == []
        page.keyboard.press("Escape")
        page.wait_for_selector("[role=listbox]", state="detached")
