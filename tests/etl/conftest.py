"""The declared sources, with a local server in the publishers' place."""

from dataclasses import replace

import pytest

from etl.declaration import declarations
from tests.etl.publishers import API, LEGACY, LISTING


@pytest.fixture(autouse=True)
def _short_tables(request, monkeypatch):
    """The samples have a few of a frozen table's records."""
    if not request.node.get_closest_marker("real"):
        monkeypatch.setattr("etl.wholeness.FROZEN_RECORDS", {"hti": 5, "du_directionality": 10})


@pytest.fixture
def unodc(httpserver, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    addresses = tuple(httpserver.url_for(path) for path in (LISTING + "?filter=data_glotip", LEGACY))
    return replace(declarations()["unodc_glotip"], addresses=addresses)


@pytest.fixture
def worldbank(httpserver, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    return replace(declarations()["worldbank_population"], addresses=(httpserver.url_for(API + "?format=json"),))
