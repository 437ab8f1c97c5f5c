"""What a developer sees of `make dev`: a file is saved, and the open page shows it, whatever happened before."""

import contextlib
import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.conftest import free_port, visiting
from tests.exercises import product
from tests.faults.processes import until

pytestmark = [pytest.mark.browser, pytest.mark.long]


@pytest.fixture
def tree(tmp_path: Path) -> Path:
    return product.copy(tmp_path)


@pytest.fixture
def address(tree: Path) -> Iterator[str]:
    with developing(tree) as address:
        yield address


@contextlib.contextmanager
def developing(tree: Path) -> Iterator[str]:
    """The address of the server for developers over a copy of the product, without a desk."""
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(tree)}
    words = [sys.executable, "-m", "dashboard", "dev", "--port", str(port), "--no-desk"]
    with (
        (tree / "log").open("wb") as log,
        subprocess.Popen(words, cwd=tree, env=environment, stdout=log, stderr=log, start_new_session=True) as process,
    ):
        try:
            until(lambda: b"Atalaya: http" in (tree / "log").read_bytes())
            yield f"http://127.0.0.1:{port}"
            process.terminate()
            assert process.wait(30) == 0
            # What it had started ends with it.
            until(lambda: not _of_session(process.pid))
        finally:
            if process.poll() is None:
                os.killpg(process.pid, signal.SIGKILL)


def _of_session(leader: int) -> bytes:
    """The processes of a session."""
    return subprocess.run(["ps", "-o", "pid=", "-g", str(leader)], check=False, capture_output=True).stdout


def test_a_saved_file_is_on_the_open_page(browser: Browser, tree: Path, address: str):
    words = tree / "dashboard" / "subjects" / "about" / "page.py"
    look = tree / "dashboard" / "forms" / "html" / "page.css"
    kept = words.read_text("utf-8")
    with visiting(browser, address) as visitor:
        page = visitor.open("/en/about")
        words.write_text(kept.replace('slug="about",', 'slug="about",\n    heading=lambda *_: "Saved a moment ago.",'))
        expect(page.get_by_role("heading", level=1)).to_have_text("Saved a moment ago.")
        # A file that cannot be loaded ends the server, and the next one that can begins it again.
        words.write_text("no_such_name")
        until(lambda: b"NameError" in (tree / "log").read_bytes())
        words.write_text(kept)
        expect(page.get_by_role("heading", level=1)).not_to_have_text("Saved a moment ago.")
        look.write_text(look.read_text("utf-8") + "\nh1 { color: rgb(1, 2, 3) }\n")
        expect(page.get_by_role("heading", level=1)).to_have_css("color", "rgb(1, 2, 3)")
        # A page with figures has only the drawing that fits its window.
        page.goto(f"{address}/en/region")
        expect(page.locator(".still > svg")).to_have_count(1)
