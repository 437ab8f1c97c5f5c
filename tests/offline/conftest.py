"""Where the wheels are that `make test` downloads for this machine."""

import pytest

from tests.offline.samples import WHEELS, installer


@pytest.fixture(scope="session")
def downloaded():
    """The folder of wheels; tests that install or pack real ones ask for it."""
    if not installer():
        pytest.skip("the wheels of this machine are not there (make test downloads them)")
    return WHEELS
