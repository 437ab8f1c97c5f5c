"""A copy of the tree in which an exercise adds something, and its programs: builds and pages."""

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from tests.etl.samples import glotip_row
from tests.etl.test_pipeline import OCTOBER, sample

ROOT = Path(__file__).parents[2]
# Compiled modules are copied with their sources and stay valid; not those that another test is just writing.
HIDDEN = ("*.pyc.*", "raw", "snapshot")
# The samples have a few of a frozen table's records.
ETL = """
import sys
from dataclasses import replace
from etl import source_declaration as declared
from etl.__main__ import main
read = declared._declarations
declared._declarations = lambda at: {name: replace(source, least_records={}) for name, source in read(at).items()}
sys.exit(main(sys.argv[1:]))
"""
# Each address is a page and its filters.
SCREENS = """
import json, sys
from pathlib import Path
from streamlit.testing.v1 import AppTest

def screen(slug, filters):
    app = AppTest.from_file("dashboard/app.py", default_timeout=120)
    (script,) = Path("pages").glob(f"[0-9]*_{slug}.py")
    if slug != "home":
        app.switch_page(str(script.absolute()))
    app.query_params.update(filters)
    app.run()
    controls = (widget for kind in ("multiselect", "selectbox", "button_group") for widget in app.get(kind))
    options = {widget.key: list(widget.options) for widget in controls}
    kinds = ("title", "header", "subheader", "markdown", "caption")
    words = [element.value for kind in kinds for element in app.get(kind)]
    words += [table.value.to_csv() for table in (*app.dataframe, *app.table)]
    return {"failed": [error.value for error in app.exception], "options": options, "words": "\\n".join(words)}

print()
print(json.dumps([screen(*address) for address in json.loads(sys.argv[1])]))
"""


def copy(place: Path, *folders: str, snapshot: bool = False) -> Path:
    """Copy folders of the project, with the published snapshot if `snapshot`."""
    tree = place / "tree"
    hidden = [name for name in HIDDEN if name != "snapshot" or not snapshot]
    for folder in folders:
        shutil.copytree(ROOT / folder, tree / folder, ignore=shutil.ignore_patterns(*hidden))
    return tree


def publishers(place: Path) -> Path:
    """A mirror folder of small samples, with figures of two years, as sliders of years need them."""
    return sample(place, october=[*OCTOBER, glotip_row("MEX", 2020, "38")])


def run(tree: Path, *command: str, snapshots: Path | None = None) -> subprocess.CompletedProcess[str]:
    """Run Python in a copy of the tree, with its own modules."""
    environment = {**os.environ, "PYTHONPATH": str(tree), "COLUMNS": "300", "PYTHONIOENCODING": "utf-8"}
    environment.pop("ATALAYA_MIRROR", None)
    environment |= {"ATALAYA_SNAPSHOT": str(snapshots)} if snapshots else {}
    python = [sys.executable, *command]
    return subprocess.run(
        python, cwd=tree, env=environment, check=False, capture_output=True, text=True, encoding="utf-8"
    )


def etl(tree: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Run the ETL of a copy of the tree."""
    return run(tree, "-c", ETL, *arguments)


def screens(
    tree: Path, *addresses: tuple[str, Mapping[str, str]], snapshots: Path | None = None
) -> list[dict[str, Any]]:
    """What pages of a copy of the tree show for some filters: the options of controls, and all words."""
    done = run(tree, "-c", SCREENS, json.dumps(addresses), snapshots=snapshots)
    assert done.returncode == 0, done.stderr
    shown: list[dict[str, Any]] = json.loads(done.stdout.splitlines()[-1])
    assert [screen["failed"] for screen in shown] == [[]] * len(addresses)
    return shown
