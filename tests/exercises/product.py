"""A copy of the product in which an exercise adds something, and ways to open and to test it."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[2]
FOLDERS = ("dashboard", "data", "etl", "pages", "offline", "tests")
FILES = ("pyproject.toml", "streamlit_config.toml", "CITATION.cff")
# Opens pages of the copy: each one's answer as in `tests/frozen`, and the words that a reader sees.
OPEN = """
import json, sys
from tests.frozen import front

KINDS = ("selectbox", "multiselect", "slider", "toggle", "number_input", "button_group")

def opened(address):
    page = front.Page(address)
    app = page.app
    keys = (widget.key for kind in KINDS for widget in app.get(kind) if widget.key and "." not in widget.key)
    return {
        "settled": dict(app.query_params),
        "filters": {key: app.session_state[key] for key in keys},
        "figures": len(app.get("plotly_chart")),
        "tables": [list(one.value.shape) for one in (*app.dataframe, *app.table)],
        "title": app.title[0].value,
        "texts": [element.value for element in (*app.markdown, *app.header, *app.caption)],
        "captions": [widget.label for widget in (*app.selectbox, *app.multiselect, *app.number_input, *app.toggle)],
    }

print()
print(json.dumps([opened(address) for address in sys.argv[1:]]))
"""
# Compiled modules are copied with their sources and stay valid; not those that another test is just writing.
LEFT_OUT = shutil.ignore_patterns("*.pyc.*", "raw", "snapshot")


def copy(place: Path) -> Path:
    """A copy of the product; the snapshot is read where it is."""
    tree = place / "tree"
    for folder in FOLDERS:
        shutil.copytree(ROOT / folder, tree / folder, ignore=LEFT_OUT)
    for name in FILES:
        shutil.copy(ROOT / name, tree / name)
    (tree / "data" / "snapshot").symlink_to(ROOT / "data" / "snapshot")
    return tree


def replace(file: Path, old: str, new: str) -> None:
    """Edit one place in a file, as a person would."""
    text = file.read_text("utf-8")
    assert text.count(old) == 1, f"{file.name}: {old!r} stands there {text.count(old)} times"
    file.write_text(text.replace(old, new), "utf-8")


def changed_files(tree: Path) -> list[str]:
    """The files of the copy that differ from the product or are new; all catalogues count as one."""
    files = (path.relative_to(tree) for folder in FOLDERS for path in (tree / folder).rglob("*") if path.is_file())
    own = (name for name in files if "__pycache__" not in name.parts)
    differing = (name for name in own if not _same(tree / name, ROOT / name))
    return sorted({"data/locales" if name.suffix == ".po" else name.as_posix() for name in differing})


def _same(path: Path, other: Path) -> bool:
    return other.exists() and path.read_bytes() == other.read_bytes()


def run(tree: Path, *arguments: str) -> str:
    """The output of Python in the copy; it must succeed."""
    done = subprocess.run(
        [sys.executable, *arguments],
        cwd=tree,
        env={**os.environ, "PYTHONPATH": str(tree)},
        check=False,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def open_pages(tree: Path, *addresses: str) -> list[dict[str, Any]]:
    """What pages of the copy show at some addresses."""
    return json.loads(run(tree, "-c", OPEN, *addresses).splitlines()[-1])


def run_tests(tree: Path, *arguments: str) -> str:
    """Run tests of the copy; they must pass."""
    return run(tree, "-m", "pytest", "-q", "-n", "0", "-p", "no:benchmark", "-p", "no:cacheprovider", *arguments)


def translate(tree: Path, translations: dict[str, dict[str, str]]) -> None:
    """Collect the copy's messages into its catalogues, and fill some of them in: language, message, translation."""
    run(tree, "-m", "dashboard.words.messages")
    for code, messages in translations.items():
        for message, text in messages.items():
            path = tree / "data" / "locales" / code / "LC_MESSAGES" / "atalaya.po"
            replace(path, f'msgid "{message}"\nmsgstr ""', f'msgid "{message}"\nmsgstr "{text}"')
