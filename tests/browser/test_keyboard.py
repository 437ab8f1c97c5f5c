"""Each page's main task with the keys alone: what has the focus is seen, reached in order, large enough, and let go."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from dashboard.shell.navigation import scripts
from tests.browser.conftest import Visitor, settled
from tests.browser.keyboard import focus, tab_to
from tests.dashboard.charts.test_palette import contrast

pytestmark = pytest.mark.browser
PAGES = [f"/{slug}" for slug in scripts()]
STEPS = 45


def hexed(colour: str) -> str:
    parts = [float(part) for part in re.findall(r"[\d.]+", colour)]
    return "#" + "".join(f"{round(part * (255 if colour.startswith('color(') else 1)):02x}" for part in parts[:3])


@pytest.mark.parametrize("path", PAGES)
def test_the_focus_is_seen_wherever_it_goes(regular: Visitor, path: str):
    page = regular.open(f"{path}?lang=en")
    faults, places = [], []
    for _ in range(STEPS):
        page.keyboard.press("Tab")
        held = focus(page)
        if held is None:
            break
        places.append(held["name"])
        told = f"{held['tag']} {held['name'][:50]}"
        if held["covered"]:
            faults.append(f"covered: {told}")
        if not held["outlines"]:
            faults.append(f"not seen: {told}")
        elif max(contrast(hexed(line), hexed(held["ground"])) for line in held["outlines"]) < 3:
            faults.append(f"pale: {told} {held['outlines']} on {held['ground']}")
        if held["tag"] in {"BUTTON", "A", "SUMMARY"} and not held["inText"] and min(held["box"][2:]) < 24:
            faults.append(f"small: {told} {held['box'][2:]}")
    assert faults == [], faults
    assert len(places) > 8


def test_the_way_past_the_menu_comes_first_and_leads_into_the_page(regular: Visitor):
    page = regular.open("/coverage?lang=es")
    page.keyboard.press("Tab")
    held = focus(page)
    assert held
    assert held["name"] == "Ir al contenido principal"
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('[data-testid=stMain]') !== null")


def test_a_table_lets_the_focus_go_both_ways(regular: Visitor):
    page = regular.open("/region?lang=en")
    page.get_by_test_id("stDataFrame").first.scroll_into_view_if_needed()
    page.evaluate("document.querySelector('[data-testid=stDataFrame] canvas').focus()")
    page.keyboard.press("ArrowDown")
    held = None
    for _ in range(40):
        page.keyboard.press("Tab")
        held = focus(page)
        if held is None or not held["table"]:
            break
    assert held is None or not held["table"]


def pick(page: Page, label: str, words: str) -> None:
    """Choose in a list by its name, typing."""
    tab_to(page, label)
    page.keyboard.type(words)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")


def asks(page: Page, part: str) -> None:
    page.wait_for_function("part => location.search.includes(part)", arg=part, timeout=40_000)
    settled(page)


def row(page: Page, down: int = 1) -> None:
    """Choose a row of the first table."""
    for _ in range(120):
        page.keyboard.press("Tab")
        held = focus(page)
        if held and held["table"]:
            break
    for _ in range(down):
        page.keyboard.press("ArrowDown")
    page.keyboard.press("Shift+Space")


def region(page: Page) -> None:
    pick(page, "Indicator", "Persons convicted")
    asks(page, "indicator=persons_convicted")
    tab_to(page, "Year")
    page.keyboard.press("ArrowLeft")
    asks(page, "year=")
    row(page)
    asks(page, "of=")


def routes(page: Page) -> None:
    pick(page, "States", "Costa Rica")
    asks(page, "state=CRI")
    page.keyboard.press("Escape")
    tab_to(page, "Last year")
    page.keyboard.press("ArrowLeft")
    asks(page, "years=")
    row(page)
    asks(page, "arrow=")


def country(page: Page) -> None:
    pick(page, "State", "Chile")
    asks(page, "area=CHL")
    row(page)
    asks(page, "figures=")


def explore(page: Page) -> None:
    tab_to(page, "State by state")
    for _ in range(4):
        page.keyboard.press("ArrowRight")
    page.keyboard.press("Space")
    asks(page, "reading=table")
    row(page)
    asks(page, "row=")


def ledger(page: Page) -> None:
    pick(page, "Paragraph", "23")
    asks(page, "paragraph=23")
    row(page)
    asks(page, "entry=")


def instruments(page: Page) -> None:
    pick(page, "Treaty", "Convention")
    asks(page, "treaty=untoc")
    row(page)
    asks(page, "act=")


def coverage(page: Page) -> None:
    pick(page, "Indicator", "Persons convicted")
    asks(page, "reported=persons_convicted")
    row(page)
    asks(page, "cells=")


def sources(page: Page) -> None:
    tab_to(page, "Download")
    page.keyboard.press("Enter")
    settled(page)
    tab_to(page, "CSV")
    with page.expect_download() as given:
        page.keyboard.press("Enter")
    assert given.value.suggested_filename.endswith(".csv")


TASKS: dict[str, Callable[[Page], None]] = {
    "region": region,
    "routes": routes,
    "country": country,
    "explore": explore,
    "ledger": ledger,
    "instruments": instruments,
    "coverage": coverage,
    "sources": sources,
}


@pytest.mark.parametrize("slug", TASKS)
def test_the_main_task_of_a_page_needs_no_mouse(regular: Visitor, slug: str):
    TASKS[slug](regular.open(f"/{slug}?lang=en"))
