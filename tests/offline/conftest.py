"""Where the wheels are that `make test` fetches for this machine."""

import pytest

from tests.offline.samples import KEPT


@pytest.fixture(scope="session")
def fetched():
    """The folder of wheels; tests that install or pack real ones ask for it."""
    if not list(KEPT.glob("pip-*.whl")):
        pytest.skip("the wheels of this machine are not there (make test fetches them)")
    return KEPT
