"""What a module is when it is imported does not depend on the data: a running server shows newer snapshots."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]
EVERY_MODULE = """
import importlib, pkgutil, dashboard
for module in pkgutil.walk_packages(dashboard.__path__, "dashboard."):
    if module.name not in {"dashboard.__main__", "dashboard.app"}:
        importlib.import_module(module.name)
"""


def test_no_module_reads_the_snapshot_when_it_is_imported(tmp_path: Path):
    nowhere = {**os.environ, "ATALAYA_SNAPSHOT": str(tmp_path / "nowhere")}
    words = [sys.executable, "-c", EVERY_MODULE]
    done = subprocess.run(words, cwd=ROOT, env=nowhere, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
