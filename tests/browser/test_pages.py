"""Every page, at a desk and on a phone, light and dark, in every language: each is opened once and looked at in full.

Its picture is in `screens/` afterwards, for whoever looks at a run.
"""

import itertools
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page, ViewportSize

from dashboard.shell import navigation
from data.i18n import LANGUAGES
from tests.browser.conftest import PHONE, ROOT, WIDE, Visitor, leave, settled, violations

SCREENS = ROOT / "screens"
# A page has the colors of its map, its type (with its edges) and its controls; an empty one those of its ground.
FEWEST, MOST_OF_ONE = 200, 0.97
TALLEST = 12_000
# What the law asks for, and axe's own good practice.
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa", "best-practice"]
# Pixels that a finger needs; WCAG 2.2 AA asks for 24.
LEAST = 44
# Not links within a sentence (WCAG excepts them), nor a table's cells, which are as high as their rows.
REACHED = "button, summary, [role=radio], [role=combobox], [role=slider], [data-testid=stPageLink] a, label:has(input)"
SEEN = """([reached, least]) => [...document.querySelectorAll(`[data-testid=stMain] :is(${reached})`)]
  .filter(one => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !one.closest('[data-testid=stDataFrame], .present'))
  .map(one => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width > 1 && box.height > 1)
  .map(([one, box]) => [box.height >= least - 0.5, `${one.outerHTML.slice(0, 120)} ${box.width}x${box.height}`])"""


class Screen(NamedTuple):
    """How a reader looks."""

    scheme: str
    size: str

    def __str__(self) -> str:
        return f"{self.size}-{self.scheme}"

    @property
    def viewport(self) -> ViewportSize:
        """The window's size."""
        return PHONE if self.size == "phone" else WIDE


ALL_SCREENS = [Screen(scheme, size) for size in ("desktop", "phone") for scheme in ("light", "dark")]
SLUGS = tuple(navigation.scripts())
# Each page in each language, on one screen after the other: every pair of page and language, page and screen, and
# language and screen is met once. All of them together are the long test.
OPENED = [(slug, lang, ALL_SCREENS[(i + j) % 4]) for i, slug in enumerate(SLUGS) for j, lang in enumerate(LANGUAGES)]
# Axe's rules do not depend on the language: each page light and dark, at a desk and on a phone.
BY_AXE = {(slug, ALL_SCREENS[at]) for i, slug in enumerate(SLUGS) for at in ((0, 3) if i % 2 else (1, 2))}
REST = [one for one in itertools.product(SLUGS, LANGUAGES, ALL_SCREENS) if one not in OPENED or one[::2] not in BY_AXE]


def empty(path: Path) -> bool:
    """Whether a picture shows next to nothing: few colours, or one of them nearly everywhere."""
    with Image.open(path) as picture:
        shown = picture.convert("RGB")
    found = shown.getcolors(shown.width * shown.height) or []
    return len(found) < FEWEST or max(many for many, _ in found) > MOST_OF_ONE * shown.width * shown.height


def whole(page: Page, width: int) -> None:
    """Make the window as tall as the page: it scrolls inside of itself, and a picture shows what is in the window."""
    tall = page.evaluate("() => document.querySelector('[data-testid=stMain]')?.scrollHeight ?? innerHeight")
    page.set_viewport_size({"width": width, "height": min(int(tall), TALLEST)})


@pytest.fixture(scope="module")
def readers(browser: Browser, address: str) -> Iterator[Callable[[Screen], Visitor]]:
    """The visitor with a screen: one for all of a file's tests, so that its cache has what most pages need."""
    made: dict[Screen, Visitor] = {}

    def reader(screen: Screen) -> Visitor:
        if screen not in made:
            touch = screen.size == "phone"
            context = browser.new_context(
                viewport=screen.viewport, color_scheme=screen.scheme, locale="en-GB", has_touch=touch, is_mobile=touch
            )
            made[screen] = Visitor(context, address)
        return made[screen]

    yield reader
    for visitor in made.values():
        visitor.context.close()


@pytest.fixture
def reader(readers: Callable[[Screen], Visitor], screen: Screen) -> Iterator[Visitor]:
    """The visitor with the screen that the test names; they leave after each test."""
    visitor = readers(screen)
    yield visitor
    leave(visitor)


def faults(page: Page, **rules: dict[str, bool]) -> list[str]:
    """What axe finds by all rules."""
    found = violations(page, runOnly={"type": "tag", "values": RULES}, rules=rules)
    return [f"{page.url} {fault['id']}: {node['html'][:160]}" for fault in found for node in fault["nodes"][:3]]


def check_room(page: Page) -> None:
    """A phone's page is no wider than the screen, and what a finger has to hit is large enough."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate("() => matchMedia('(pointer: coarse)').matches")
    found = page.evaluate(SEEN, [REACHED, LEAST])
    assert found
    assert [words for large, words in found if not large] == []


def check_picture(page: Page, path: Path) -> None:
    """The page as a picture is as wide as the window and not empty."""
    path.unlink(missing_ok=True)
    SCREENS.mkdir(exist_ok=True)
    width = page.viewport_size["width"] if page.viewport_size else 0
    whole(page, width)
    settled(page)
    page.screenshot(path=path)
    with Image.open(path) as picture:
        assert picture.width == width
    assert not empty(path)


def named(one: object) -> str:
    return str(one)


@pytest.mark.browser
@pytest.mark.parametrize(("slug", "lang", "screen"), OPENED, ids=named)
def test_a_page_is_whole(reader: Visitor, slug: str, lang: str, screen: Screen):
    page = reader.open(f"/{slug}?lang={lang}")
    assert page.evaluate("document.documentElement.lang") == lang
    assert page.locator("[data-testid=stException]").count() == 0
    if screen.size == "phone":
        check_room(page)
    if (slug, screen) in BY_AXE:
        assert faults(page) == []
    check_picture(page, SCREENS / f"{slug}-{screen}.png")


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize(("slug", "lang", "screen"), REST, ids=named)
def test_axe_finds_nothing_in_all_that_there_is(reader: Visitor, slug: str, lang: str):
    assert faults(reader.open(f"/{slug}?lang={lang}")) == []


def test_an_empty_picture_is_told_from_a_page(tmp_path: Path):
    path, size = tmp_path / "picture.png", (640, 480)
    band = Image.new("RGB", size, "#ffffff")
    band.paste((11, 51, 70), (0, 0, 640, 60))
    for bare in (Image.new("RGB", size, "#ffffff"), band):
        bare.save(path)
        assert empty(path)
    shades = Image.linear_gradient("L")
    Image.merge("RGB", (shades, shades.rotate(90), shades)).save(path)
    assert not empty(path)
