"""The figure of the briefings that are made by hand is in the catalog while a test runs."""

import pytest

from dashboard import catalog
from tests.dashboard.briefing.paper_samples import FIGURE


@pytest.fixture(autouse=True)
def sample_figure(monkeypatch):
    monkeypatch.setitem(catalog.figures(), FIGURE.name, FIGURE)
