"""Each page's main task with the keys alone: the focus is visible, reaches all in order, and is never trapped."""

import io
import re
from collections.abc import Callable

import pytest
from PIL import Image
from playwright.sync_api import Page, expect

from dashboard.catalog import pages
from tests.browser.conftest import Visitor, path_to
from tests.browser.keyboard import focus, tab_to
from tests.dashboard.charts.test_palette import contrast

pytestmark = pytest.mark.browser
STEPS = 45
# The next Tab starts from the beginning of the document.
TO_THE_TOP = """() => {
  const start = document.body.insertBefore(document.createElement('button'), document.body.firstChild)
  start.focus()
  start.remove()
}"""


def to_hex(color: str) -> str:
    parts = [float(part) for part in re.findall(r"[\d.]+", color)]
    return "#" + "".join(f"{round(part * (255 if color.startswith('color(') else 1)):02x}" for part in parts[:3])


def check_focus(page: Page) -> None:
    """The focus is visible wherever the Tab key leads."""
    faults, places = [], []
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        focused = focus(page)
        if focused is None:
            break
        places.append(focused["name"])
        name = f"{focused['tag']} {focused['name'][:50]}"
        if focused["covered"]:
            faults.append(f"covered: {name}")
        if not focused["name"]:
            faults.append(f"without a name: {name}")
        if focused["type"] == "range":
            # Its thumb has the outline, which only a picture shows.
            continue
        if not focused["outlines"]:
            faults.append(f"no outline: {name}")
        elif max(contrast(to_hex(line), to_hex(focused["ground"])) for line in focused["outlines"]) < 3:
            faults.append(f"pale: {name} {focused['outlines']} on {focused['ground']}")
        if focused["tag"] in {"BUTTON", "A", "SUMMARY"} and not focused["inText"] and min(focused["box"][2:]) < 24:
            faults.append(f"small: {name} {focused['box'][2:]}")
    assert faults == [], faults
    assert len(places) > 8


def test_the_thumb_of_a_slider_shows_the_focus(regular: Visitor):
    page = regular.open("/en/routes")
    track, without = page.locator(".plate-track"), page.locator(".plate-track").screenshot()
    rings = []
    for name in ("First year", "Last year"):
        tab_to(page, name)
        rings.append(dark(track.screenshot()) - dark(without))
    # A ring of 3 pixels around a thumb of 22.
    assert min(rings) > 150


def dark(picture: bytes) -> int:
    """How many pixels have the color of text."""
    with Image.open(io.BytesIO(picture)) as shown:
        colors = shown.convert("RGB").getcolors(shown.width * shown.height) or []
    return sum(many for many, color in colors if max(color) < 60)  # type: ignore[arg-type]


def test_a_table_lets_the_focus_go_both_ways(regular: Visitor):
    page = regular.open("/en/coverage")
    table = page.locator("main .table").first
    table.focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.table') !== null")
    page.keyboard.press("Shift+Tab")
    expect(table).to_be_focused()
    page.keyboard.press("Shift+Tab")
    assert page.evaluate("document.activeElement.closest('.table') === null")


def choose(page: Page, label: str, words: str) -> None:
    """Choose in a list by its name, typing."""
    tab_to(page, label)
    page.keyboard.type(words)
    page.keyboard.press("Tab")


def row(page: Page, name: str) -> None:
    """Open the row of a table by the words of its first cell."""
    for _ in range(200):
        focused = tab_to(page, name)
        if focused["table"]:
            break
    page.keyboard.press("Enter")


def region(page: Page) -> None:
    choose(page, "Indicator", "Persons conv")
    page.wait_for_url("**indicator=persons_convicted")
    tab_to(page, "Year")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**year=**")
    row(page, "Brazil")
    page.wait_for_url("**of=BRA**")


def routes(page: Page) -> None:
    tab_to(page, "States")
    page.keyboard.press("Enter")
    tab_to(page, "Costa Rica")
    page.keyboard.press("Space")
    page.wait_for_url("**state=CRI")
    page.keyboard.press("Escape")
    tab_to(page, "Last year")
    page.keyboard.press("ArrowLeft")
    page.wait_for_url("**years=**")
    row(page, "Costa Rica")
    page.wait_for_url("**arrow=**")


def country(page: Page) -> None:
    tab_to(page, "Source: ")
    page.keyboard.press("Enter")
    page.wait_for_url("**figure=**#passport-figure")


def explore(page: Page) -> None:
    tab_to(page, "State by state")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.wait_for_url("**reading=table**")
    row(page, "Antigua")
    page.wait_for_url("**row=**")


def ledger(page: Page) -> None:
    choose(page, "Paragraph", "23")
    page.wait_for_url("**paragraph=23**")
    row(page, "Antigua")
    page.wait_for_url("**entry=**")


def instruments(page: Page) -> None:
    choose(page, "Treaty", "Convention")
    page.wait_for_url("**treaty=untoc**")
    row(page, "Antigua")
    page.wait_for_url("**act=**")


def coverage(page: Page) -> None:
    choose(page, "Indicator", "Persons conv")
    page.wait_for_url("**reported=persons_convicted**")
    row(page, "Antigua")
    page.wait_for_url("**cells=ATG**")


def sources(page: Page) -> None:
    tab_to(page, "Download these rows")
    page.keyboard.press("Enter")
    tab_to(page, "CSV")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".csv")


def home(page: Page) -> None:
    choose(page, "Find your country", "Haiti")
    page.keyboard.press("Enter")
    page.wait_for_url("**/en/country/HTI")


TASKS: dict[str, Callable[[Page], None]] = {
    "home": home,
    "region": region,
    "routes": routes,
    "country": country,
    "explore": explore,
    "declaration": ledger,
    "instruments": instruments,
    "coverage": coverage,
    "sources": sources,
}


@pytest.mark.parametrize("slug", pages())
def test_the_focus_is_visible_and_the_main_task_needs_no_mouse(regular: Visitor, slug: str):
    """The agenda's task is the stage, which has tests of its own (`test_present.py`)."""
    page = regular.open(path_to(slug))
    check_focus(page)
    if slug in TASKS:
        page.evaluate(TO_THE_TOP)
        TASKS[slug](page)
