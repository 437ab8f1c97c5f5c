import pytest

from dashboard.figures.basemap import Basemap, prepare
from data.i18n import Language, language
from data.snapshot import HERE, Snapshot
from tests.dashboard.figures.map_samples import ground


@pytest.fixture(scope="session")
def basemap() -> Basemap:
    return ground()


@pytest.fixture(scope="session")
def published() -> Basemap:
    """The polygons of the committed snapshot, for what only real shapes can show."""
    return prepare(Snapshot.open(str(HERE)).boundaries())


@pytest.fixture(scope="session")
def english() -> Language:
    return language("en")
