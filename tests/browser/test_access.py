"""Axe finds nothing in what an address opens on a page, nor in what a reader unfolds on it."""

import pytest

from dashboard.catalog import pages
from tests.browser.conftest import ALL_SCREENS, Screen, Visitor, faults, path_to

pytestmark = pytest.mark.browser

OPENED = [
    "region?of=BRA",
    "routes?listed=ARG.2015&arrow=GTM.MEX.direct.",
    "routes?picture=matrix",
    "routes?picture=order&evidence=stated",
    "coverage?cells=ARG&cell=ARG.2022",
    "country/ARG?role=ARG.transit.hti",
    "explore?reading=table&row=BRA.detected_victims.2019",
    "explore?reading=lines&sex=female,male",
    "explore?reading=two_years&sex=female,male",
    "explore?reading=heat&sex=female,male",
    "explore?desk=compare&one=BOL&other=ARG&pair=detected_victims.2019",
    "explore?desk=compare&pair=detected_victims_rate.2019",
    "explore?desk=compare&one=BOL&other=COL&bound=COL.smuggling_protocol",
    "pair/BOL/COL?bound=COL.smuggling_protocol",
    "instruments?act=BRB.palermo_protocol.ratification&law=CRI&all_treaties=1",
    "declaration?scope=state&area=HTI",
    "declaration?paragraph=23",
    "declaration?paragraph=9",
    "declaration?paragraph=23&whose=CRI&entry=law:CRI",
    "sources?record=0",
    "letter/BOL",
    "letter/unodc_glotip",
    "region?year=3000",
]
OPENED_ON = [(path, ALL_SCREENS[at % 4]) for at, path in enumerate(OPENED)]
UNFOLDED_ON = [(slug, ALL_SCREENS[at % 4]) for at, slug in enumerate(pages())]
OPEN = "parts => parts.forEach(one => { one.open = true })"


@pytest.mark.parametrize(("path", "screen"), OPENED_ON, ids=str)
def test_axe_finds_nothing_in_what_an_address_opens(reader: Visitor, screen: Screen, path: str):
    page = reader.look(f"/es/{path}")
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= screen.viewport["width"]


@pytest.mark.parametrize(("slug", "screen"), UNFOLDED_ON, ids=str)
def test_axe_finds_nothing_where_all_is_unfolded(reader: Visitor, screen: Screen, slug: str):
    page = reader.look(path_to(slug, "pt"))
    # Of lists that lie over what follows only one is open at a time; they have a test of their own.
    page.locator("main details:not(.several details)").evaluate_all(OPEN)
    assert page.locator("main details[open]").count() or slug in {"about", "api", "letter"}
    assert faults(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= screen.viewport["width"]


@pytest.mark.long
@pytest.mark.parametrize("screen", ALL_SCREENS, ids=str)
@pytest.mark.parametrize("path", OPENED)
def test_axe_finds_nothing_in_what_an_address_opens_on_any_screen(reader: Visitor, path: str):
    assert faults(reader.look(f"/fr/{path}")) == []
