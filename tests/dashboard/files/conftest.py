"""A snapshot of which a source may not be passed on."""

import json
import shutil
from pathlib import Path

import pytest

from dashboard import store
from dashboard.files.shelf import Shelf
from data.snapshot import MANIFEST, Snapshot

WITHHELD = "worldbank_population"


@pytest.fixture
def guarded(tmp_path: Path) -> Shelf:
    """The files of the published rows, as if the World Bank's might not be passed on."""
    held = store.snapshot()
    shutil.copytree(held.root, tmp_path / held.id)
    (tmp_path / "current").write_text(held.id, encoding="utf-8")
    path = tmp_path / held.id / MANIFEST
    manifest = json.loads(path.read_text("utf-8"))
    for source in manifest["sources"]:
        if source["name"] == WITHHELD:
            source["redistribute"] = "none"
    path.write_text(json.dumps(manifest), encoding="utf-8")
    return Shelf(Snapshot.open(str(tmp_path)))
