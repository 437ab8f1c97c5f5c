"""What developers start: a server that begins again after a change (`tests/faults/test_dev.py` runs it)."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from dashboard import desk
from dashboard.server import dev, reloading
from tests import threads

ROOT = Path(__file__).parents[2]
# Streamlit forgets all modules of ours when a file of one is saved, and runs the page again.
AGAIN = """
import importlib, sys
for _ in range(2):
    for name in [name for name in sys.modules if name.split(".")[0] in ("dashboard", "data")]:
        del sys.modules[name]
    for name in ("catalog", "present.board", "shell.layout", "shell.run", "forms.desk.page"):
        importlib.import_module(f"dashboard.{name}")
"""


def make(root: Path, *names: str) -> None:
    for name in names:
        (root / name).parent.mkdir(parents=True, exist_ok=True)
        (root / name).write_text("one")


def test_it_sees_files_that_are_saved_made_and_deleted(tmp_path: Path):
    make(tmp_path, "dashboard/a.py", "data/locales/es/b.po", "pages/c.py", "dashboard/forms/d.html")
    before = dev.saved(tmp_path)
    assert len(before) == 4
    make(tmp_path, "dashboard/e.css")
    (tmp_path / "pages" / "c.py").unlink()
    os.utime(tmp_path / "dashboard" / "a.py", (1, 1))
    assert dev.changed(before, dev.saved(tmp_path)) == ["dashboard/a.py", "dashboard/e.css", "pages/c.py"]


def test_it_does_not_see_snapshots_and_compiled_files(tmp_path: Path):
    make(tmp_path, "data/snapshot/1/observations.parquet", "data/snapshot/current", "dashboard/__pycache__/a.pyc")
    assert dev.saved(tmp_path) == {}


def test_every_library_that_is_loaded_ahead_exists():
    """The fork server skips one that does not, in silence."""
    done = subprocess.run(
        [sys.executable, "-c", f"import {', '.join(dev.LIBRARIES)}"], check=False, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr


def test_nothing_of_ours_is_loaded_ahead():
    loaded = f"import sys, {', '.join(dev.LIBRARIES)}; print(*{{name.split('.')[0] for name in sys.modules}})"
    names = subprocess.run([sys.executable, "-c", loaded], check=True, capture_output=True, text=True, cwd=ROOT).stdout
    assert not {"dashboard", "data", "etl"} & set(names.split())


@pytest.mark.parametrize(
    ("sent", "expected"), [("drawing=desk", "desk"), ("a=b; drawing=phone", "phone"), ("a=b", None)]
)
def test_the_width_of_a_window_asks_for_its_drawing(sent: str, expected: str | None):
    asked = []

    async def app(scope, _receive, _send):
        asked.append(dict(scope["headers"]).get(b"atalaya-drawing"))

    scope = {"type": "http", "headers": [(b"cookie", sent.encode())]}
    threads.run(reloading.OneDrawing(app)(scope, None, None))
    assert asked == [expected.encode() if expected else None]


def test_the_desk_watches_files_only_when_it_is_asked_to():
    words = desk.command("127.0.0.1", 8502, watch=True)
    assert words[words.index("--server.fileWatcherType") + 1] == "auto"
    assert words[words.index("--server.runOnSave") + 1] == "true"
    assert "--server.runOnSave" not in desk.command("127.0.0.1", 8502)


def test_the_modules_of_the_desk_can_be_loaded_again():
    done = subprocess.run([sys.executable, "-c", AGAIN], cwd=ROOT, check=False, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
