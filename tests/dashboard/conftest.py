"""Samples shared by several folders: base maps, and a snapshot with a source that may not be redistributed."""

import shutil
from pathlib import Path

import pytest

from dashboard import store
from dashboard.charts.ground import Basemap, prepare
from dashboard.export.snapshot_files import Shelf
from data.i18n import Language, language
from data.place import HERE
from data.snapshot import Snapshot
from tests.dashboard.charts.map_samples import ground
from tests.sealing import seal


@pytest.fixture(scope="session")
def basemap() -> Basemap:
    return ground()


@pytest.fixture(scope="session")
def published() -> Basemap:
    """The polygons of the committed snapshot, for tests that need real shapes."""
    return prepare(Snapshot.open(str(HERE)).boundaries())


@pytest.fixture(scope="session")
def english() -> Language:
    return language("en")


WITHHELD = "worldbank_population"


@pytest.fixture
def guarded(tmp_path: Path) -> Shelf:
    """The files of the published rows, as if the World Bank's could not be redistributed."""
    snapshot = store.snapshot()
    shutil.copytree(snapshot.root, tmp_path / snapshot.id)
    (tmp_path / "current").write_text(snapshot.id, encoding="utf-8")
    sources = [
        source | {"redistribute": "none"} if source["name"] == WITHHELD else source
        for source in snapshot.manifest["sources"]
    ]
    seal(tmp_path / snapshot.id, sources=sources)
    return Shelf(Snapshot.open(str(tmp_path)))
