"""Nothing that axe can find, on any page, in any language, light and dark, at a desk and on a phone."""

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from tests.browser.conftest import PHONE, WIDE, Visitor

pytestmark = pytest.mark.browser
PAGES = ("/", "/routes", "/country", "/explore", "/ledger", "/instruments", "/coverage", "/sources")
SCREENS = [("light", WIDE), ("dark", WIDE), ("light", PHONE), ("dark", PHONE)]


@pytest.fixture(params=SCREENS, ids=["light", "dark", "phone", "dark phone"])
def reader(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[Visitor]:
    scheme, viewport = request.param
    context = browser.new_context(viewport=viewport, color_scheme=scheme, locale="en-GB")
    yield Visitor(context, address)
    context.close()


def complaints(visitor: Visitor, path: str) -> list[str]:
    page = visitor.open(path)
    page.wait_for_timeout(600)
    found = Axe().run(page).response["violations"]
    page.close()
    return [f"{path} {fault['id']}: {fault['nodes'][0]['html'][:160]}" for fault in found]


@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing(reader: Visitor, path: str):
    assert complaints(reader, f"{path}?lang=es") == []


@pytest.mark.parametrize(
    "path",
    [
        "/?of=BRA",
        "/routes?listed=ARG.2015&arrow=GTM.MEX.direct.",
        "/coverage?cells=ARG",
        "/country?role=ARG.transit.hti",
        "/explore?reading=table&row=BRA.detected_victims.2019",
        "/explore?desk=compare&one=BOL&other=ARG&pair=detected_victims.2019",
        "/explore?desk=compare&pair=detected_victims_rate.2019",
        "/explore?desk=compare&one=BOL&other=COL&bound=COL.smuggling_protocol",
        "/instruments?act=BRB.palermo_protocol.ratification&law=CRI&all_treaties=1",
    ],
)
def test_axe_finds_nothing_in_a_passport(reader: Visitor, path: str):
    assert complaints(reader, f"{path}&lang=es") == []


@pytest.mark.parametrize("reading", ["lines", "two_years", "heat"])
def test_axe_finds_nothing_in_a_reading_of_the_desk(reader: Visitor, reading: str):
    assert complaints(reader, f"/explore?lang=es&reading={reading}&sex=female,male") == []


@pytest.mark.long
@pytest.mark.parametrize("lang", ["en", "pt", "fr"])
@pytest.mark.parametrize("path", PAGES)
def test_axe_finds_nothing_in_the_other_languages(reader: Visitor, path: str, lang: str):
    assert complaints(reader, f"{path}?lang={lang}") == []
