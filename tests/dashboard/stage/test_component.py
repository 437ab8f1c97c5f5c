"""What the stage sends to the browser and does with the replies; the browser itself is tested in tests/browser."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import static
from dashboard.catalog import pages
from dashboard.server.serve import ENTRY
from dashboard.shell.navigation import scripts


@pytest.fixture
def app(monkeypatch):
    monkeypatch.setattr(static, "served", lambda: True)
    app_test = AppTest.from_file(ENTRY, default_timeout=60)
    app_test.query_params["lang"] = "en"
    return app_test


def stage_data(app, key):
    """The data of the stage with that key."""
    for element in app.main:
        proto = getattr(element, "proto", None)
        if proto is not None and key in str(getattr(proto, "id", "")):
            return json.loads(proto.json)
    raise AssertionError(key)


def test_the_stage_gets_the_address_of_its_figure(app):
    app.query_params["year"] = "2015"
    app.switch_page(str(scripts()["region"])).run()
    assert not app.exception
    data = stage_data(app, "map.region")
    assert data["query"] == {
        "indicator": "detected_victims",
        "measure": "rate",
        "year": "2015",
        "latest": "0",
        "edition": "newest",
        "subregion": "all",
        "lang": "en",
    }
    assert data["step"] == {"name": "year", "low": 2003, "high": 2023, "span": False, "at": 2015, "n": 0}
    assert data["plotly"].startswith("./assets/")


def test_without_a_year_there_are_no_steps(app):
    app.query_params["latest"] = "1"
    app.switch_page(str(scripts()["region"])).run()
    assert stage_data(app, "map.region")["step"] is None


@pytest.mark.parametrize("slug", [slug for slug in scripts() if slug not in pages()])
def test_every_page_runs_with_the_stage(app, slug):
    app.run()
    app.switch_page(str(scripts()[slug])).run()
    assert not app.exception
