"""From a saved file to the page that shows it, with the server for developers (`make dev`) and a real browser."""

import time
from collections.abc import Callable
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from tests.bench.conftest import Report, spread
from tests.browser.conftest import visiting
from tests.browser.test_dev import developing
from tests.exercises import product

pytestmark = pytest.mark.browser
SAVES, PAUSE = 5, 2500
STYLED = "() => document.querySelector('h1') && getComputedStyle(document.querySelector('h1')).letterSpacing === '{}px'"
WRITTEN = "() => document.querySelector('h1')?.innerText === 'Saved {}.'"
ABOUT, REGION = "dashboard/subjects/about/page.py", "dashboard/subjects/states/region_page.py"


def _styled(text: str, number: int) -> str:
    return f"{text}\nh1 {{ letter-spacing: {number}px }}\n"


def _headed(text: str, number: int) -> str:
    return text.replace("    slug=", f"    heading=lambda *_: 'Saved {number}.',\n    slug=", 1)


@pytest.mark.parametrize(
    ("path", "file", "changed", "shown"),
    [
        ("/en/about", "dashboard/forms/html/page.css", _styled, STYLED),
        ("/en/about", ABOUT, _headed, WRITTEN),
        ("/en/region", REGION, _headed, WRITTEN),
    ],
)
def test_a_saved_file(
    browser: Browser,
    tmp_path: Path,
    report: Report,
    path: str,
    file: str,
    changed: Callable[[str, int], str],
    shown: str,
):
    tree = product.copy(tmp_path)
    kept = (tree / file).read_text("utf-8")
    with developing(tree) as address, visiting(browser, address, bypass_csp=True) as visitor:
        page = visitor.open(path)
        took = [_seen(page, tree / file, changed(kept, number), shown.format(number)) for number in range(1, SAVES + 1)]
    report("From a saved file to the page that shows it", f"`{file}`, `{path}`", spread(took))


def _seen(page: Page, file: Path, text: str, shown: str) -> float:
    """Milliseconds from saving a text to the page on which a function is true."""
    page.wait_for_timeout(PAUSE)
    saved = time.monotonic()
    file.write_text(text, "utf-8")
    # It goes on over a navigation, which the evaluation of a text as code needs: hence without the page's policy.
    page.wait_for_function(shown)
    return (time.monotonic() - saved) * 1000
