"""Each page's main task with the keys alone: the focus is visible, reaches all in order, and is never trapped."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from dashboard.shell.navigation import scripts
from tests.browser.conftest import Visitor, settled
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
        if not focused["outlines"]:
            faults.append(f"no outline: {name}")
        elif max(contrast(to_hex(line), to_hex(focused["ground"])) for line in focused["outlines"]) < 3:
            faults.append(f"pale: {name} {focused['outlines']} on {focused['ground']}")
        if focused["tag"] in {"BUTTON", "A", "SUMMARY"} and not focused["inText"] and min(focused["box"][2:]) < 24:
            faults.append(f"small: {name} {focused['box'][2:]}")
    assert faults == [], faults
    assert len(places) > 8


def test_the_skip_link_comes_first_and_leads_into_the_page(regular: Visitor):
    page = regular.open("/coverage?lang=es")
    page.keyboard.press("Tab")
    focused = focus(page)
    assert focused
    assert focused["name"] == "Ir al contenido principal"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-testid=stMain]') !== null")


def test_a_table_lets_the_focus_go_both_ways(regular: Visitor):
    page = regular.open("/region?lang=en")
    page.get_by_test_id("stDataFrame").first.scroll_into_view_if_needed()
    page.evaluate("document.querySelector('[data-testid=stDataFrame] canvas').focus()")
    page.keyboard.press("ArrowDown")
    focused = None
    for _ in range(40):
        page.keyboard.press("Tab")
        focused = focus(page)
        if focused is None or not focused["table"]:
            break
    assert focused is None or not focused["table"]


def pick(page: Page, label: str, words: str) -> None:
    """Choose in a list by its name, typing."""
    tab_to(page, label)
    page.keyboard.type(words)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def wait_for_address(page: Page, part: str) -> None:
    page.wait_for_function("part => location.search.includes(part)", arg=part)
    settled(page)


def row(page: Page, down: int = 1) -> None:
    """Choose a row of the first table."""
    for _ in range(120):
        page.keyboard.press("Tab")
        focused = focus(page)
        if focused and focused["table"]:
            break
    for _ in range(down):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")


def region(page: Page) -> None:
    pick(page, "Indicator", "Persons convicted")
    wait_for_address(page, "indicator=persons_convicted")
    tab_to(page, "Year")
    page.keyboard.press("ArrowLeft")
    wait_for_address(page, "year=")
    row(page)
    wait_for_address(page, "of=")


def routes(page: Page) -> None:
    pick(page, "States", "Costa Rica")
    wait_for_address(page, "state=CRI")
    page.keyboard.press("Escape")
    tab_to(page, "Last year")
    page.keyboard.press("ArrowLeft")
    wait_for_address(page, "years=")
    row(page)
    wait_for_address(page, "arrow=")


def country(page: Page) -> None:
    pick(page, "State", "Chile")
    wait_for_address(page, "area=CHL")
    tab_to(page, "Years reported")
    page.keyboard.press("Enter")
    page.get_by_test_id("stDataFrame").wait_for()
    settled(page)
    row(page)
    wait_for_address(page, "figures=")


def explore(page: Page) -> None:
    tab_to(page, "State by state")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    wait_for_address(page, "reading=table")
    row(page)
    wait_for_address(page, "row=")


def ledger(page: Page) -> None:
    pick(page, "Paragraph", "23")
    wait_for_address(page, "paragraph=23")
    row(page)
    wait_for_address(page, "entry=")


def instruments(page: Page) -> None:
    pick(page, "Treaty", "Convention")
    wait_for_address(page, "treaty=untoc")
    row(page)
    wait_for_address(page, "act=")


def coverage(page: Page) -> None:
    pick(page, "Indicator", "Persons convicted")
    wait_for_address(page, "reported=persons_convicted")
    row(page)
    wait_for_address(page, "cells=")


def sources(page: Page) -> None:
    tab_to(page, "Download these rows")
    page.keyboard.press("Enter")
    settled(page)
    tab_to(page, "CSV")
    with page.expect_download() as download:
        page.keyboard.press("Enter")
    assert download.value.suggested_filename.endswith(".csv")


TASKS: dict[str, Callable[[Page], None]] = {
    "region": region,
    "routes": routes,
    "country": country,
    "explore": explore,
    "declaration": ledger,
    "instruments": instruments,
    "coverage": coverage,
    "sources": sources,
}


@pytest.mark.parametrize("slug", scripts())
def test_the_focus_is_visible_and_the_main_task_needs_no_mouse(regular: Visitor, slug: str):
    """The agenda's task is the stage, which has tests of its own (`test_present.py`)."""
    page = regular.open(f"/{slug}?lang=en")
    check_focus(page)
    if slug in TASKS:
        page.evaluate(TO_THE_TOP)
        TASKS[slug](page)
