"""A picture of every page, at a desk and on a phone, light and dark: kept in `screens/` for whoever looks at a run."""

from collections.abc import Iterator
from itertools import cycle
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Browser, Page

from dashboard.shell import navigation
from data.i18n import LANGUAGES
from tests.browser.conftest import PHONE, ROOT, WIDE, Visitor, settled

SCREENS = ROOT / "screens"
SIZES = {"desktop": WIDE, "phone": PHONE}
THEMES = ("light", "dark")
# The languages in turn, so that all four are seen.
SPOKEN = dict(zip(navigation.scripts(), cycle(LANGUAGES)))
# A page has the colours of its map, its type (with its edges) and its controls; an empty one those of its ground.
FEWEST, MOST_OF_ONE = 200, 0.97
TALLEST = 12_000


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


@pytest.fixture(params=[(size, theme) for size in SIZES for theme in THEMES], ids="-".join)
def reader(browser: Browser, address: str, request: pytest.FixtureRequest) -> Iterator[tuple[Visitor, str]]:
    size, theme = request.param
    context = browser.new_context(viewport=SIZES[size], color_scheme=theme, locale="en-GB")
    yield Visitor(context, address), f"{size}-{theme}"
    context.close()


@pytest.mark.browser
@pytest.mark.parametrize("slug", SPOKEN)
def test_every_page_has_a_picture(reader: tuple[Visitor, str], slug: str):
    visitor, screen = reader
    path = SCREENS / f"{slug}-{screen}.png"
    path.unlink(missing_ok=True)
    SCREENS.mkdir(exist_ok=True)
    page = visitor.open(f"/{slug}?lang={SPOKEN[slug]}")
    width = page.viewport_size["width"] if page.viewport_size else 0
    whole(page, width)
    settled(page)
    page.screenshot(path=path)
    with Image.open(path) as picture:
        assert picture.width == width
    assert not empty(path)
    assert visitor.refused == []


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
