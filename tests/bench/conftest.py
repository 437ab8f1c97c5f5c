"""The results of the benchmarks, written to `docs/benchmarks.md` after the run."""

import os
import platform
import re
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, datetime
from importlib.metadata import version
from math import ceil
from pathlib import Path

import pytest
from playwright.sync_api import Page

# Imported once for all modules: a second Playwright cannot start while the first runs.
from tests.browser.conftest import address, browser

__all__ = ["Report", "address", "browser", "report", "spread", "until"]
ROOT = Path(__file__).parents[2]
RESULTS = ROOT / "docs" / "benchmarks.md"
LIBRARIES = ("streamlit", "plotly", "polars", "geopandas", "uvicorn")
MEDIAN = re.compile(r"median (\d+)")
YEAR, FILTER, FIRST = "A year, from press to paint", "Another filter, from press to paint", "First map"
FRESH = "Another filter, from the first press on a fresh page to paint"
ROWS: dict[str, list[tuple[str, str]]] = {}
Report = Callable[[str, str, str], None]


@pytest.fixture(scope="session")
def report() -> Report:
    """Record one line under a heading, and print it at once."""

    def note(heading: str, what: str, result: str) -> None:
        ROWS.setdefault(heading, []).append((what, result))
        sys.stdout.write(f"\n{heading} | {what} | {result}\n")

    return note


def spread(values: Sequence[float], unit: str = "ms") -> str:
    """Median, 95th percentile and number of a few dozen values."""
    ordered = sorted(values)
    late = ordered[ceil(len(ordered) * 0.95) - 1]
    return f"median {statistics.median(ordered):.0f}, 95th percentile {late:.0f} {unit} (n = {len(ordered)})"


def until(page: Page, test: str, seconds: float = 60) -> None:
    """Wait until a function in the page is true: documents run no text as code, as `wait_for_function` would."""
    last = time.monotonic() + seconds
    while not page.evaluate(test):
        assert time.monotonic() < last, f"still not true after {seconds:g} s: {test}"
        page.wait_for_timeout(20)


@pytest.fixture(scope="session", autouse=True)
def _written(request: pytest.FixtureRequest) -> Iterator[None]:
    yield
    if ROWS and not request.session.testsfailed:
        RESULTS.write_text("\n".join(_lines()) + "\n", encoding="utf-8")


def _lines() -> Iterator[str]:
    yield "# Benchmarks\n"
    libraries = ", ".join(f"{name} {version(name)}" for name in LIBRARIES)
    yield f"{datetime.now(UTC).date()}, {os.cpu_count()} cores, {_memory()} of memory, without a graphics processor;"
    yield f"Python {platform.python_version()}, {libraries}, {_chromium()}."
    yield "Times vary by a fifth from run to run; all of one table were taken in one run.\n"
    for heading, rows in ROWS.items():
        yield f"## {heading}\n\n| what | seen |\n|---|---|"
        yield from (f"| {what} | {result}{compared(result, rows)} |" for what, result in rows)
        yield ""


def compared(result: str, rows: Sequence[tuple[str, str]]) -> str:
    """The ratios of a median to those of the peers in one table, in words; an empty text if there are no peers."""
    mine = MEDIAN.match(result)
    peers = {what.split(",")[0]: MEDIAN.match(took) for what, took in rows if what.startswith(("Dash", "Panel"))}
    ratios = [f"{int(mine[1]) / int(other[1]):.2f} of {name}" for name, other in peers.items() if mine and other]
    return f"; {', '.join(ratios)}" if ratios else ""


def _memory() -> str:
    return f"{os.sysconf('SC_PAGE_SIZE') * os.sysconf('SC_PHYS_PAGES') / 2**30:.0f} GB"


def _chromium() -> str:
    version = subprocess.run([os.environ["CHROMIUM"], "--version"], capture_output=True, text=True, check=False)
    return " ".join(version.stdout.split()[:2])
