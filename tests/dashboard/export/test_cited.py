"""A link that names a snapshot: the page warns if it shows another one, and nothing breaks."""

from datetime import date
from pathlib import Path

import polars as pl
import pytest
from streamlit.testing.v1 import AppTest

from dashboard import store
from dashboard.menu import scripts
from dashboard.views import notices

ENTRY = Path(__file__).parents[3] / "dashboard" / "app.py"
CURRENT = store.snapshot().id
WITHDRAWN = "badbadbadbad"
ERRATA = pl.DataFrame(
    {
        "snapshot": [WITHDRAWN],
        "withdrawn": [date(2026, 2, 1)],
        "reason": ["wrong_figure"],
        "replaced_by": pl.Series([None], dtype=pl.String),
    }
)


@pytest.fixture(autouse=True)
def made_up(monkeypatch):
    monkeypatch.setattr(notices, "errata", lambda: ERRATA)


def opened(**address):
    app = AppTest.from_file(ENTRY, default_timeout=60)
    for name, text in {"lang": "en", **address}.items():
        app.query_params[name] = text
    app.run()
    assert not app.exception
    return app


def warnings(app):
    return [warning.value.replace("\\", "") for warning in app.warning]


@pytest.mark.parametrize(
    ("cited", "words"),
    [
        (CURRENT, None),
        ("000000000000", "data version 000000000000; this page shows another one. Figures may differ."),
        (WITHDRAWN, f"data version {WITHDRAWN}, withdrawn on 1 February 2026: a figure was wrong."),
        ("<b>no id</b>", "data version <b>no id</b>; this page shows another one."),
    ],
)
def test_another_snapshot_in_the_address_gives_a_warning(cited, words):
    shown = warnings(opened(snapshot=cited))
    assert len(shown) == (words is not None)
    assert not words or words in shown[0]


@pytest.mark.parametrize("slug", scripts())
def test_every_page_answers_and_the_warning_stays_until_the_next_page(slug):
    other = next(name for name in scripts() if name != slug)
    app = opened(snapshot=WITHDRAWN)
    app.switch_page(str(scripts()[other])).run()
    app.switch_page(str(scripts()[slug]))
    app.query_params["snapshot"] = WITHDRAWN
    app.run()
    assert "withdrawn" in warnings(app)[0]
    assert "snapshot" not in app.query_params
    app.run()
    assert "withdrawn" in warnings(app)[0]
    app.switch_page(str(scripts()[other])).run()
    assert not warnings(app)


def test_the_filters_of_the_link_hold():
    app = opened(snapshot=WITHDRAWN, measure="count")
    assert app.query_params["measure"] == "count"
