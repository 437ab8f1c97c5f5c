"""Every page, at a desk and on a phone, light and dark, in every language: each is opened once and checked in full.

Its picture is in `screens/` afterwards.
"""

import itertools
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from dashboard.catalog import pages
from dashboard.shell import navigation
from data.i18n import LANGUAGES
from tests.browser.conftest import ALL_SCREENS, PHONE, ROOT, Screen, Visitor, faults, settled
from tests.browser.test_access import check_lists, unfold
from tests.browser.test_print import check_paper

SCREENS = ROOT / "screens"
# A page has the colors of its map, its type (with its edges) and its controls; an empty one those of its ground.
FEWEST, MOST_OF_ONE = 200, 0.97
TALLEST = 12_000
# Pixels that a finger needs; WCAG 2.2 AA asks for 24.
LEAST = 44
# Without links in a sentence (WCAG excepts them) and a table's cells, which are as high as their rows.
TARGETS = "button, summary, [role=radio], [role=combobox], [role=slider], [data-testid=stPageLink] a, label:has(input)"
TARGET_SIZES = """([targets, least]) => [...document.querySelectorAll(`[data-testid=stMain] :is(${targets})`)]
  .filter(one => one.checkVisibility({ visibilityProperty: true, opacityProperty: true })
    && !one.closest('[data-testid=stDataFrame], .present'))
  .map(one => [one, one.getBoundingClientRect()]).filter(([, box]) => box.width > 1 && box.height > 1)
  .map(([one, box]) => [box.height >= least - 0.5, `${one.outerHTML.slice(0, 120)} ${box.width}x${box.height}`])"""
# Documents have tests of their own (`test_documents`).
SLUGS = tuple(slug for slug in navigation.scripts() if slug not in pages())
# Each page in each language, on the four screens in turn: all pairs of page and language, page and screen, and language
# and screen occur. All combinations are the long test.
OPENED = [(slug, lang, ALL_SCREENS[(i + j) % 4]) for i, slug in enumerate(SLUGS) for j, lang in enumerate(LANGUAGES)]
# Axe's rules do not depend on the language: each page light and dark, at a desk and on a phone.
BY_AXE = {(slug, ALL_SCREENS[at]) for i, slug in enumerate(SLUGS) for at in ((0, 3) if i % 2 else (1, 2))}
# Each page is unfolded on one screen, and printed from a light desk.
UNFOLDED = {(slug, ALL_SCREENS[at % 4]) for at, slug in enumerate(SLUGS)}
PRINTED = {(slug, Screen("light", "desktop")) for slug in SLUGS if slug != "present"}
REST = [one for one in itertools.product(SLUGS, LANGUAGES, ALL_SCREENS) if one not in OPENED or one[::2] not in BY_AXE]


def empty(path: Path) -> bool:
    """Whether a picture is almost empty: few colors, or one of them nearly everywhere."""
    with Image.open(path) as picture:
        shown = picture.convert("RGB")
    colors = shown.getcolors(shown.width * shown.height) or []
    return len(colors) < FEWEST or max(many for many, _ in colors) > MOST_OF_ONE * shown.width * shown.height


def whole(page: Page, width: int) -> None:
    """Make the window as tall as the page, which scrolls inside itself: a picture shows only what is in the window."""
    tall = page.evaluate("() => document.querySelector('[data-testid=stMain]')?.scrollHeight ?? innerHeight")
    page.set_viewport_size({"width": width, "height": min(int(tall), TALLEST)})


def check_room(page: Page) -> None:
    """The page is no wider than a phone's screen, and touch targets are large enough."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate("() => matchMedia('(pointer: coarse)').matches")
    targets = page.evaluate(TARGET_SIZES, [TARGETS, LEAST])
    assert targets
    assert [element for large, element in targets if not large] == []


def check_picture(page: Page, path: Path) -> None:
    """A picture of the whole page is as wide as the window and not empty."""
    path.unlink(missing_ok=True)
    SCREENS.mkdir(exist_ok=True)
    width = page.viewport_size["width"] if page.viewport_size else 0
    whole(page, width)
    settled(page)
    page.screenshot(path=path)
    with Image.open(path) as picture:
        assert picture.width == width
    assert not empty(path)


def named(value: object) -> str:
    return str(value)


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
    if (slug, screen) in PRINTED:
        check_paper(page, lang)
        page.emulate_media(media="screen")
    page.set_viewport_size(screen.viewport)
    settled(page)
    if slug == "routes":
        check_lists(page)
    if (slug, screen) in UNFOLDED:
        unfold(page)
        assert faults(page) == []


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize(("slug", "lang", "screen"), REST, ids=named)
def test_axe_finds_nothing_on_any_page_screen_and_language(reader: Visitor, slug: str, lang: str):
    assert faults(reader.open(f"/{slug}?lang={lang}")) == []


def test_an_empty_picture_is_distinguished_from_a_page(tmp_path: Path):
    path, size = tmp_path / "picture.png", (640, 480)
    band = Image.new("RGB", size, "#ffffff")
    band.paste((11, 51, 70), (0, 0, 640, 60))
    for bare in (Image.new("RGB", size, "#ffffff"), band):
        bare.save(path)
        assert empty(path)
    shades = Image.linear_gradient("L")
    Image.merge("RGB", (shades, shades.rotate(90), shades)).save(path)
    assert not empty(path)
