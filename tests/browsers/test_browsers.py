"""Every page, controls, exploring, the show and the desk in Firefox and in WebKit, as Debian has them."""

from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from dashboard import menu
from dashboard.catalog import pages
from data.i18n import LANGUAGES, language
from tests.browser.conftest import free_port, path_to, serving
from tests.browser.test_desk import CHOSEN, DRAWN, STILL, WITHOUT, wait_until_healthy
from tests.browsers import driven
from tests.browsers.driven import Driver, point, press, shown

pytestmark = pytest.mark.long
BROWSERS = {"firefox": driven.firefox, "webkit": driven.webkit}
DESK, PHONE = (1366, 768), (390, 844)
# Each page in one language, the next page in the next.
PAGES = [(slug, list(LANGUAGES)[number % len(LANGUAGES)]) for number, slug in enumerate(pages())]
# Of a page that is whole: its drawings that are seen have an area, its fonts are there (until then it has fonts of the
# system, "Early"), and the window is wide enough.
WHOLE = """document.fonts.ready.then(fonts => ({
  lang: document.documentElement.lang,
  foot: Boolean(document.querySelector("footer")),
  flat: [...document.querySelectorAll(".still > svg")].filter(one => one.checkVisibility())
    .filter(one => Math.min(one.clientWidth, one.clientHeight) < 10).length,
  fonts: [...new Set([...fonts].filter(one => !one.family.includes("Early")).map(one => one.status))].join(),
  wider: Math.max(0, document.documentElement.scrollWidth - document.documentElement.clientWidth),
}))"""
GOOD = {"foot": True, "flat": 0, "fonts": "loaded", "wider": 0}
# A show has fetched its figures: it says so in the console if it is left before.
READY = "!document.querySelector('.present-start') || document.querySelector('.present')?.dataset.ready === 'yes'"
EXPLORED = "document.querySelector('figure.plate').dataset.explored === 'here'"
SEEN = "[...document.querySelectorAll('.still > svg')].some(one => one.checkVisibility())"
# The middle of a state on a figure that is explored, in the window.
MIDDLE = """(() => {
  const text = [...document.querySelectorAll(".plate-live text")].find(one => one.textContent.startsWith("BRA"))
  text.scrollIntoView({ block: "center" })
  const box = text.getBoundingClientRect()
  return [box.left + box.width / 2, box.top - 12]
})()"""
STARTED = "document.querySelector('.present').hasAttribute('data-open')"
COUNT = "document.querySelector('.present-count').textContent"
SCENES = 6
# A key and the scene that it leads to, one after the other.
PRESSED = {"ArrowRight": 2, "PageDown": 3, "Space": 4, "ArrowLeft": 3, "End": SCENES, "Home": 1}


class Reader(NamedTuple):
    """A browser, and the addresses of documents and of the desk."""

    driver: Driver
    documents: str
    desk: str

    def open(self, address: str, size: tuple[int, int] = DESK) -> Driver:
        """The browser with a page in a window of a size."""
        self.driver.resize(*size)
        # What a page says when it is left is no fault: the desk does so of its connection.
        self.driver.open("about:blank")
        self.driver.said()
        self.driver.open(address)
        return self.driver


@pytest.fixture(scope="module")
def servers() -> Iterator[tuple[str, str]]:
    port = free_port()
    desk = f"http://127.0.0.1:{port}/desk"
    with serving("dashboard", "--desk-port", str(port)) as documents:
        wait_until_healthy(desk)
        yield documents, desk


@pytest.fixture(scope="module", params=BROWSERS)
def reader(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Reader]:
    if why := driven.missing(request.param):
        pytest.skip(why)
    folder: Path = tmp_path_factory.mktemp(request.param)
    with BROWSERS[request.param](folder) as driver:
        yield Reader(driver, *request.getfixturevalue("servers"))


def focus(driver: Driver, selector: str) -> None:
    driver.read(f"document.querySelector(`{selector}`).focus()")


@pytest.mark.parametrize(("slug", "code"), PAGES)
def test_a_page_opens_whole_and_its_console_is_empty(reader: Reader, slug: str, code: str):
    for size in (DESK, PHONE):
        driver = reader.open(reader.documents + path_to(slug, code), size)
        shown(driver, f"innerWidth === {size[0]}")
        shown(driver, READY)
        assert driver.read(WHOLE) == {"lang": code} | GOOD
        assert driver.said() == []


def test_the_console_shows_what_fails_and_what_is_refused(reader: Reader):
    driver = reader.open(f"{reader.documents}/en/about")
    driver.read("void setTimeout(() => { throw new Error('wrong') })")
    driver.read("document.head.append(Object.assign(document.createElement('script'), { text: '1' }))")
    driver.read("new Promise(done => setTimeout(done, 100))")
    said = driver.said()
    assert len(said) >= 2
    assert any("wrong" in line for line in said)
    assert any("refused" in line.lower() for line in said)


def test_a_filter_changes_the_view_and_the_address_and_back_undoes_it(reader: Reader):
    driver = reader.open(f"{reader.documents}/en/region")
    title = driver.read("document.querySelector('figure.plate').textContent")
    assert "per 100,000" in title
    focus(driver, "[name=measure][value=count]")
    press(driver, "Space")
    shown(driver, "location.search === '?measure=count'")
    shown(driver, "!document.querySelector('figure.plate').textContent.includes('per 100,000')")
    driver.read("history.back()")
    shown(driver, "location.search === ''")
    shown(driver, "document.querySelector('figure.plate').textContent.includes('per 100,000')")
    assert driver.said() == []


def test_the_year_is_stepped_by_keys(reader: Reader):
    driver = reader.open(f"{reader.documents}/en/region?year=2015")
    focus(driver, "[type=range]")
    press(driver, *["ArrowRight"] * 3, "ArrowLeft")
    shown(driver, "location.search === '?year=2017'")
    shown(driver, "document.querySelector('.still [role=img]').getAttribute('aria-label').includes(', 2017')")
    assert driver.read("document.activeElement.type") == "range"
    assert driver.said() == []


def test_a_figure_is_explored_and_escape_leads_back(reader: Reader):
    driver = reader.open(f"{reader.documents}/en/region")
    focus(driver, "[data-figure]")
    press(driver, "Enter")
    shown(driver, EXPLORED)
    assert not driver.read(SEEN)
    point(driver, *driver.read(MIDDLE))
    shown(driver, "document.querySelector('.plate-live .hoverlayer').textContent.includes('Brazil')")
    press(driver, "Escape")
    shown(driver, SEEN)
    assert driver.read("document.activeElement.matches('[data-figure]')")
    assert driver.said() == []


def test_the_show_is_played_by_keys(reader: Reader):
    driver = reader.open(f"{reader.documents}/en/present")
    shown(driver, READY)
    focus(driver, ".present-start")
    press(driver, "Enter")
    shown(driver, STARTED)
    shown(driver, "document.fullscreenElement?.tagName")
    for key, scene in (
        ("ArrowRight", 2),
        ("PageDown", 3),
        ("Space", 4),
        ("ArrowLeft", 3),
        ("End", SCENES),
        ("Home", 1),
    ):
        press(driver, key)
        shown(driver, f"{COUNT} === '{scene} / {SCENES}'")
    press(driver, "b")
    shown(driver, "document.querySelector('.present-blank').checkVisibility()")
    press(driver, "b", "f")
    shown(driver, "!document.fullscreenElement")
    press(driver, "Escape")
    shown(driver, f"!({STARTED})")
    assert driver.said() == []


@pytest.mark.parametrize("slug", menu.scripts())
def test_the_desk_opens_with_its_figure(reader: Reader, slug: str):
    driver = reader.open(f"{reader.desk}/{slug}?lang=en{CHOSEN.get(slug, '')}")
    shown(driver, f"document.querySelector('footer') && document.querySelector('{STILL}')?.tagName")
    assert driver.read("document.title") == f"{menu.title(language('en'), slug)} · Atalaya"
    assert driver.read("document.querySelectorAll('[data-testid=stException]').length") == 0
    if slug not in WITHOUT:
        shown(driver, f"({DRAWN})()")
    # Streamlit's own page has warnings.
    assert [line for line in driver.said() if "error" in line.lower()] == []
