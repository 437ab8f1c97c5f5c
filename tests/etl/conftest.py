"""The declared sources, with a local server in the publishers' place."""

from dataclasses import replace

import pytest

from etl.declaration import declarations
from tests.etl.publishers import API, LEGACY, LISTING


@pytest.fixture
def unodc(httpserver, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    addresses = tuple(httpserver.url_for(path) for path in (LISTING + "?filter=data_glotip", LEGACY))
    return replace(declarations()["unodc_glotip"], addresses=addresses)


@pytest.fixture
def worldbank(httpserver, monkeypatch):
    monkeypatch.setenv("NO_PROXY", "*")
    return replace(declarations()["worldbank_population"], addresses=(httpserver.url_for(API + "?format=json"),))
