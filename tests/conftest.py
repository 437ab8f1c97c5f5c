"""Fixtures for every test: the publishers' own files, and a browser."""

import functools
import gc
import os
import shutil
from collections.abc import Iterator
from pathlib import Path

import plotly.tools
import pytest
from hypothesis import settings
from streamlit.components.v2 import manifest_scanner

from tests import plotly_check
from tests.etl import cells

# Thousands of tests are collected, and none of them becomes garbage: looking for it would take half of the time.
gc.disable()
ROOT = Path(__file__).parents[1]
# Where `make test` looks for browser tests; benchmarks and proofs have their own commands.
BROWSER_FOLDERS = tuple(ROOT / "tests" / name for name in ("browser", "offline", "bench", "load"))
LONG_FILES = ("exercises", "frozen", "pages")
BROWSERS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")

# Every run has identical examples and no deadline: a busy machine is no failure.
settings.register_profile("steady", deadline=None, derandomize=True)
settings.load_profile("steady")


def _mirror() -> str:
    return os.environ.get("ATALAYA_MIRROR", "")


def _browser() -> str | None:
    named = os.environ.get("CHROMIUM")
    return named or next(filter(None, map(shutil.which, BROWSERS)), None)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Order the tests, and mark those for which the real files or a browser are missing as skipped."""
    # Files whose tests take long come first, so that no worker is left with one of them at the end.
    items.sort(key=lambda item: item.path.relative_to(ROOT / "tests").parts[0] not in LONG_FILES)
    lacking = {
        "real": None if _mirror() else "ATALAYA_MIRROR names no folder of the publishers' files",
        "browser": None if _browser() else "no Chromium found (make test installs it)",
    }
    for item in items:
        if item.get_closest_marker("browser") and not any(map(item.path.is_relative_to, BROWSER_FOLDERS)):
            raise pytest.UsageError(f"{item.nodeid}: tests in a browser are in tests/browser or tests/offline")
        for marker, reason in lacking.items():
            if reason and item.get_closest_marker(marker):
                item.add_marker(pytest.mark.skip(reason=reason))


def pytest_runtest_setup(item: pytest.Item) -> None:
    """Note how busy the machine is, for the page of `make prove`."""
    if item.config.option.xmlpath:
        item.user_properties.append(("load", f"{os.getloadavg()[0]:.1f}"))


def pytest_collection_finish() -> None:
    """Take what was imported and collected out of garbage collection: Streamlit collects after each run of a page."""
    gc.collect()
    gc.freeze()
    gc.enable()


@pytest.fixture(scope="session", autouse=True)
def _shared_folder(tmp_path_factory: pytest.TempPathFactory) -> None:
    """A folder in which the workers of this run share what takes long to read."""
    own = tmp_path_factory.getbasetemp()
    cells.FOLDER = own.parent if "PYTEST_XDIST_WORKER" in os.environ else own


@pytest.fixture(scope="session", autouse=True)
def _plotly_checks_each_form_once() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        check = plotly.tools.return_figure_from_figure_or_data
        patch.setattr(plotly.tools, "return_figure_from_figure_or_data", plotly_check.once(check))
        yield


@pytest.fixture(scope="session", autouse=True)
def _components_are_looked_for_once() -> Iterator[None]:
    """AppTest looks through all installed packages for components at each run: four fifths of the time of a run."""
    with pytest.MonkeyPatch.context() as patch:
        scan = functools.cache(manifest_scanner.scan_component_manifests)
        patch.setattr(manifest_scanner, "scan_component_manifests", scan)
        yield


@pytest.fixture(scope="session")
def mirror() -> Path:
    """The folder of the publishers' files; for tests marked `real`."""
    return Path(_mirror())


@pytest.fixture(scope="session")
def chromium() -> str:
    """Path of the browser; for tests marked `browser`."""
    path = _browser()
    assert path
    return path
