"""Every page, at a desk and on a phone, light and dark, in every language: axe finds nothing, and its picture is whole.

The pictures are in `screens/` afterwards.
"""

import itertools
import json
from pathlib import Path

import pytest
from PIL import Image
from playwright.sync_api import Page

from dashboard.catalog import pages
from data.i18n import LANGUAGES
from tests.browser.conftest import ALL_SCREENS, PHONE, ROOT, Screen, Visitor, faults, path_to

SCREENS = ROOT / "screens"
# A page has the colors of its map, its type (with its edges) and its controls; an empty one those of its ground.
FEWEST, MOST_OF_ONE = 100, 0.97
TALLEST = 12_000
# Pixels that a finger needs; WCAG 2.2 AA asks for 24.
LEAST = 44
# Without links in a sentence (WCAG excepts them), the cells of a table, and the marks of a drawing.
TARGETS = (
    "main :is(button, summary, select, input:not([type=hidden]), .ways a, p.links a, .pictures a, .close, td a),"
    " nav a, footer a"
)
TARGET_SIZES = """([targets, least]) => [...document.querySelectorAll(targets)]
  .filter(one => one.checkVisibility({ visibilityProperty: true }))
  .filter(one => !one.closest('.still, tbody td:not(:first-child)'))
  .map(one => [one, (one.closest('label') ?? one).getBoundingClientRect()]).filter(([, box]) => box.width > 1)
  .map(([one, box]) => [box.height >= least - 0.5, `${one.outerHTML.slice(0, 120)} ${box.width}x${box.height}`])"""
# Each page on the four screens, in the languages in turn; all combinations are the long test.
OPENED = [(slug, code, ALL_SCREENS[(i + j) % 4]) for i, slug in enumerate(pages()) for j, code in enumerate(LANGUAGES)]
REST = [one for one in itertools.product(pages(), LANGUAGES, ALL_SCREENS) if one not in OPENED]


def empty(path: Path) -> bool:
    """Whether a picture is almost empty: few colors, or one of them nearly everywhere."""
    with Image.open(path) as picture:
        shown = picture.convert("RGB")
    colors = shown.getcolors(shown.width * shown.height) or []
    return len(colors) < FEWEST or max(many for many, _ in colors) > MOST_OF_ONE * shown.width * shown.height


def check_room(page: Page) -> None:
    """The page is no wider than a phone's screen, and touch targets are large enough."""
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
    assert page.evaluate("() => matchMedia('(pointer: coarse)').matches")
    targets = page.evaluate(TARGET_SIZES, [TARGETS, LEAST])
    assert len(targets) > 10
    assert [element for large, element in targets if not large] == []


def check_picture(page: Page, path: Path, width: int) -> None:
    """A picture of the whole page is as wide as the window and not empty."""
    path.unlink(missing_ok=True)
    SCREENS.mkdir(exist_ok=True)
    tall = page.evaluate("document.documentElement.scrollHeight")
    page.screenshot(path=path, full_page=True, clip={"x": 0, "y": 0, "width": width, "height": min(tall, TALLEST)})
    with Image.open(path) as picture:
        assert picture.width == width
    assert not empty(path)


@pytest.mark.browser
@pytest.mark.parametrize(("slug", "code", "screen"), OPENED, ids=str)
def test_a_page_is_whole(reader: Visitor, slug: str, code: str, screen: Screen):
    page = reader.look(path_to(slug, code))
    assert page.evaluate("document.documentElement.lang") == code
    if screen.size == "phone":
        check_room(page)
    assert faults(page) == []
    check_picture(page, SCREENS / f"{slug}-{screen}.png", screen.viewport["width"])


@pytest.mark.browser
def test_a_block_of_data_in_the_head_is_read_and_not_refused(regular: Visitor):
    """The content policy allows no script in a document; data are none."""
    page, said = regular.open("/en/about"), []
    page.on("console", lambda message: said.append(message.text))
    page.reload()
    assert said == []
    block = page.locator("head script[type='application/ld+json']").text_content() or ""
    assert json.loads(block)["@type"] == "Dataset"


@pytest.mark.browser
@pytest.mark.long
@pytest.mark.parametrize(("slug", "code", "screen"), REST, ids=str)
def test_axe_finds_nothing_on_any_page_screen_and_language(reader: Visitor, slug: str, code: str):
    assert faults(reader.look(path_to(slug, code))) == []


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
