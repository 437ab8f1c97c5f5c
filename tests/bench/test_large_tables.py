"""How long the browser freezes while the largest answers of page "Explore" are opened, sorted and searched."""

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlencode

import polars as pl
import pytest
from playwright.sync_api import Browser, Page, expect

from dashboard.subjects.explore import filters as explore_filters
from dashboard.words import terms
from data.i18n import language
from data.pointer import POINTER
from data.snapshot import Snapshot
from tests.bench.conftest import Report
from tests.browser.conftest import ROOT, WIDE, Visitor, free_port, wait_until_ready
from tests.browser.test_desk import STILL
from tests.sealing import seal

pytestmark = pytest.mark.browser
EN = language("en")
SEARCHED, CALM, LONGEST, HALF_A_ROW = "URY", 1500, 180_000, 17
YEARS = (explore_filters.PERIOD.low, explore_filters.PERIOD.high)
# The largest answer: every indicator, year and group.
QUERY = {
    "lang": "en",
    "reading": "table",
    "indicators": ",".join(explore_filters.INDICATORS.options),
    "period": explore_filters.PERIOD.write(YEARS),
    **dict.fromkeys(("sex", "age", "exploitation"), "none"),
}
# The tasks of the main thread that took 50 ms or more.
WATCH = """
  window.long = [];
  new PerformanceObserver(list => window.long.push(...list.getEntries().map(task => task.duration)))
    .observe({ type: 'longtask', buffered: true });
"""
# Whether the first row has these words under a heading, which also shows how the table is sorted.
SAYS = """([heading, words]) => {
  const grid = document.querySelector('[data-testid=stDataFrame] table');
  const over = [...grid?.querySelectorAll('th') ?? []].find(one => one.textContent.endsWith(heading));
  const cell = grid?.querySelector(`tr[aria-rowindex="2"] td[aria-colindex="${over?.ariaColIndex}"]`);
  return cell?.textContent === words;
}"""


def make_snapshot(home: Path, times: int) -> pl.DataFrame:
    """A snapshot with some copies of the figures under made-up ages; returns the rows that the page shows."""
    real = Snapshot.open()
    shutil.copytree(real.root, home / real.id)
    figures = real.table("observations").collect()
    copies = [figures.with_columns(pl.col("age") + f" {copy:03}" * bool(copy)) for copy in range(times)]
    every = pl.concat(copies).sort("indicator", "area", "year")
    every.write_parquet(home / real.id / "observations.parquet")
    seal(home / real.id)
    (home / POINTER).write_text(real.id, encoding="utf-8")
    return every.filter(pl.col("year").is_between(*YEARS))


@pytest.fixture(params=[1, 8, 100])
def large(request, tmp_path: Path) -> Iterator[tuple[str, pl.DataFrame]]:
    """A server for a snapshot this many times as large as the real one, and the rows of its largest answer."""
    rows = make_snapshot(tmp_path, request.param)
    port = free_port()
    command = [sys.executable, "-m", "dashboard", "--no-desk", "--port", str(port)]
    environment = os.environ | {"ATALAYA_SNAPSHOT": str(tmp_path)}
    process = subprocess.Popen(command, cwd=ROOT, env=environment, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}", rows
    finally:
        process.terminate()
        process.wait(20)


def long_tasks(page: Page) -> str:
    """The long tasks since the last call, in words."""
    long = page.evaluate("() => window.long.splice(0)")
    return f"{len(long)} tasks of 50 ms or more, the longest {max(long, default=0):.0f} ms"


def check_sorting(page: Page, heading: str, at: float, words: list[str]) -> None:
    """Click a heading twice: the table is sorted up, then down.

    Args:
        at: pixels from the left end of the heading; negative from the right end.
        words: the cells under it, in any order.
    """
    canvas = page.get_by_test_id("stDataFrame").first.locator("canvas").first
    for first in (min(words), max(words)):
        box = canvas.bounding_box()
        assert box
        page.mouse.click(box["x"] + (at if at > 0 else box["width"] + at), box["y"] + HALF_A_ROW)
        page.wait_for_function(SAYS, arg=[heading, first], timeout=LONGEST)
        page.wait_for_timeout(CALM)


def search(page: Page, words: str, count: int) -> None:
    """Search the table; this many rows contain the words."""
    own = page.get_by_label("Search the table")
    own.fill(words)
    own.press("Enter")
    expect(page.get_by_text(re.compile(f"^{count:,} rows"))).to_be_visible(timeout=LONGEST)
    page.wait_for_function(SAYS, arg=["State", words], timeout=LONGEST)
    page.wait_for_timeout(CALM)


def test_a_large_table(browser: Browser, large: tuple[str, pl.DataFrame], report: Report):
    address, rows = large
    visitor = Visitor(browser.new_context(viewport=WIDE, locale="en-GB"), address)
    page = visitor.context.new_page()
    page.add_init_script(WATCH)
    page.goto(f"{address}/explore?{urlencode(QUERY, safe=',')}")
    grid = page.get_by_test_id("stDataFrame").first
    expect(grid).to_be_visible(timeout=LONGEST)
    page.wait_for_selector(STILL, state="attached", timeout=LONGEST)
    page.wait_for_timeout(CALM)
    heading, name = "A large table: how long the browser stands still", f"{rows.height:,} rows"
    report(heading, f"{name}, opened", long_tasks(page))
    grid.scroll_into_view_if_needed()
    check_sorting(page, "State", 100, [EN.country(area) for area in rows["area"].unique()])
    report(heading, f"{name}, sorted by state, up and down", long_tasks(page))
    check_sorting(page, "Data status", -60, [terms.term(EN, "status", status) for status in {*rows["status"], "zero"}])
    report(heading, f"{name}, sorted by meaning, up and down", long_tasks(page))
    count = rows.filter(area=SEARCHED).height
    search(page, EN.country(SEARCHED), count)
    report(heading, f"{name}, searched, {count:,} found", long_tasks(page))
    visitor.context.close()
