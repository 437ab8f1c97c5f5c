"""How long the browser stands still while the largest answers of page "Explore" are opened, sorted and searched."""

import json
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
from playwright.sync_api import Browser, Locator, Page, expect

from dashboard import choices, terms
from dashboard.blocks import MOST_HELD
from dashboard.i18n import language
from data.snapshot import MANIFEST, POINTER, Snapshot
from tests.bench.conftest import Report
from tests.browser.conftest import ROOT, STILL, WIDE, Visitor, free_port, wait_until_ready

pytestmark = pytest.mark.browser
EN = language("en")
SEARCHED, CALM, LONGEST = "URY", 2000, 60_000
# The tasks of the main thread that took 50 ms or more.
WATCH = """
  window.long = [];
  new PerformanceObserver(seen => window.long.push(...seen.getEntries().map(task => task.duration)))
    .observe({ type: 'longtask', buffered: true });
"""
# The first row's cell under a heading, which says how it is sorted too.
FIRST = """(grid, wanted) => {
  const headings = [...grid.querySelectorAll('th')].map(heading => heading.textContent);
  const column = headings.findIndex(heading => heading.endsWith(wanted));
  return grid.querySelector(`[id=glide-cell-${column}-0]`).textContent;
}"""


def grown(home: Path, times: int) -> pl.DataFrame:
    """A snapshot of as many copies of the figures under made-up ages; returns what the page shows of it."""
    real = Snapshot.open()
    shutil.copytree(real.root, home / real.id)
    figures = real.table("observations").collect()
    copies = [figures.with_columns(pl.col("age") + f" {copy:03}" * bool(copy)) for copy in range(times)]
    every = pl.concat(copies).sort("indicator", "area", "year")
    path = home / real.id / "observations.parquet"
    every.write_parquet(path)
    manifest = json.loads((home / real.id / MANIFEST).read_text("utf-8"))
    next(told for told in manifest["resources"] if told["name"] == "observations")["size"] = path.stat().st_size
    (home / real.id / MANIFEST).write_text(json.dumps(manifest), encoding="utf-8")
    (home / POINTER).write_text(real.id, encoding="utf-8")
    return every.filter(pl.col("year").is_between(choices.PERIOD.low, choices.PERIOD.high))


@pytest.fixture(params=[1, 8, 100])
def large(request, tmp_path: Path) -> Iterator[tuple[str, pl.DataFrame]]:
    """A server over a snapshot that many times as large as the real one, and the rows of its largest answer."""
    rows = grown(tmp_path, request.param)
    port = free_port()
    command = [sys.executable, "-m", "dashboard", "--port", str(port)]
    told = os.environ | {"ATALAYA_SNAPSHOT": str(tmp_path)}
    process = subprocess.Popen(command, cwd=ROOT, env=told, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        wait_until_ready(f"http://127.0.0.1:{port}", process)
        yield f"http://127.0.0.1:{port}", rows
    finally:
        process.terminate()
        process.wait(20)


def still(page: Page) -> None:
    page.wait_for_timeout(CALM)
    page.wait_for_selector(STILL, state="attached", timeout=LONGEST)


def stood(page: Page) -> str:
    """What was seen since it was last asked."""
    long = page.evaluate("() => window.long.splice(0)")
    return f"{len(long)} tasks of 50 ms or more, the longest {max(long, default=0):.0f} ms"


def ordered(page: Page, grid: Locator, at: float) -> None:
    """Press a heading that is so many pixels from the left end, or from the right."""
    box = grid.locator("canvas").first.bounding_box()
    assert box
    page.mouse.click(box["x"] + (at if at > 0 else box["width"] + at), box["y"] + 17)
    still(page)


def test_a_large_table(browser: Browser, large, report: Report):
    address, rows = large
    many, name = rows.height > MOST_HELD, f"{rows.height:,} rows"
    visitor = Visitor(browser.new_context(viewport=WIDE, locale="en-GB"), address)
    page = visitor.context.new_page()
    page.add_init_script(WATCH)
    asked = {"indicators": ",".join(choices.INDICATORS.options), "period": choices.PERIOD.write((choices.PERIOD.low, choices.PERIOD.high))}
    everyone = dict.fromkeys((choices.SEXES.name, choices.AGES.name, choices.EXPLOITATION.name), "none")
    page.goto(f"{address}/explore?{urlencode({'lang': 'en', 'reading': 'table', **asked, **everyone}, safe=',')}")
    grid = page.get_by_test_id("stDataFrame").first
    expect(grid).to_be_visible(timeout=LONGEST)
    still(page)
    report("A large table: how long the browser stands still", f"{name}, opened", stood(page))
    grid.scroll_into_view_if_needed()
    states = sorted((EN.country(area) for area in rows["area"].unique()))
    for wanted in (states[0], states[-1]):
        ordered(page, grid, 40)
        assert grid.evaluate(FIRST, "State") == wanted
    report("A large table: how long the browser stands still", f"{name}, sorted by state, twice", stood(page))
    words = sorted({terms.status(EN, status) for status in rows["status"].unique()} | {terms.status(EN, "zero")})
    for wanted in (words[0], words[-1]):
        ordered(page, grid, -60)
        assert grid.evaluate(FIRST, "Meaning") == wanted
    report("A large table: how long the browser stands still", f"{name}, sorted by meaning, twice", stood(page))
    found = rows.filter(area=SEARCHED).height
    if many:
        box = page.get_by_label("Search in the table")
        box.fill(EN.country(SEARCHED))
        box.press("Enter")
        still(page)
        expect(page.get_by_text(re.compile(f"^{found:,} rows"))).to_be_visible(timeout=LONGEST)
        assert grid.evaluate(FIRST, "State") == EN.country(SEARCHED)
    else:
        grid.hover()
        grid.get_by_role("button", name="Search").click()
        page.get_by_test_id("search-input").fill(EN.country(SEARCHED))
        still(page)
        page.screenshot(path="/tmp/narrow/d.png")
    report("A large table: how long the browser stands still", f"{name}, searched, {found:,} found", stood(page))
    visitor.context.close()
