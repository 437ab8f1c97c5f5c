"""The blocks of a page: what they escape, contain, and leave to Plotly."""

from datetime import timedelta

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import store
from dashboard.shell import layout
from dashboard.words import disclaimer
from data.i18n import LANGUAGES, language


@pytest.mark.parametrize(
    ("foreign", "shown"),
    [
        ("3000", "3000"),
        ("<script>", r"\<script\>"),
        ("**bold** [x](y)", r"\*\*bold\*\* \[x\]\(y\)"),
        (":red[x] $a$ &amp;", r"\:red\[x\] \$a\$ \&amp;"),
        ("a\nb\x00c", "abc"),
        ("x" * 100, "x" * 39 + "…"),
    ],
)
def test_foreign_text_is_escaped_in_markdown(foreign, shown):
    assert layout.plain(foreign) == shown


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_footer_has_the_snapshot_and_the_disclaimer(code):
    def script():
        from dashboard.shell import filters, layout

        layout.footer(filters.begin())

    app = AppTest.from_function(script)
    app.query_params["lang"] = code
    app.run()
    text = app.html[0].value
    assert store.snapshot().id in text
    assert disclaimer.disclaimer(language(code)) in text.replace("&#x27;", "'")
    assert {"en": "Organization of American States", "es": "Organización de los Estados Americanos"}.get(
        code, ""
    ) in text


def blocks():
    from dashboard.shell import filters, layout

    lang = filters.begin()
    filters.arrive("region")
    layout.header(lang, "region")
    spec = {"data": [{"type": "scatter", "x": [1], "y": [1]}], "layout": {}}
    layout.figure(spec, "Two sentences. They describe.", "map", on_pick=print)
    layout.link(lang, "country", "Costa Rica", area="CRI")
    filters.finish()


@pytest.fixture(scope="module")
def page():
    app = AppTest.from_function(blocks, default_timeout=20)
    app.query_params["lang"] = "en"
    app.query_params["year"] = "3000"
    app.run()
    assert not app.exception
    return app


def test_a_header_has_title_purpose_and_date(page):
    assert page.title[0].value == "Region"
    assert page.markdown[0].value.endswith("on one map.")
    assert store.snapshot().id in page.caption[0].value


def keys(block):
    """The keys of a part of the page and of all parts inside it."""
    inner = [key for child in getattr(block, "children", {}).values() for key in keys(child)]
    return [block.proto.id, *inner] if hasattr(block, "children") and block.proto else inner


@pytest.mark.parametrize(("days", "key"), [(-1, "-stale"), (99_999, "-asof")])
def test_a_snapshot_older_than_a_year_is_marked(days, key, monkeypatch):
    monkeypatch.setattr("dashboard.words.data_version.OLD", timedelta(days=days))
    app = AppTest.from_function(blocks, default_timeout=20).run()
    assert not app.exception
    assert next(name for name in keys(app.main) if name.endswith(("-stale", "-asof"))).endswith(key)
    assert ("more than a year old" in app.caption[0].value) == (key == "-stale")


def test_a_figure_is_described_in_words_and_for_screen_readers(page):
    proto = page.get("plotly_chart")[0].proto
    assert proto.alt == "Two sentences. They describe."
    assert "Two sentences. They describe." in [text.value for text in page.markdown]


def test_a_click_passes_on_the_id_of_the_mark(monkeypatch):
    class State(dict):
        pass

    picked = []
    for marks, expected in (
        [[{"customdata": ["CRI"]}], ["CRI"]],
        [[{"customdata": "PAN"}], ["PAN"]],
        [[{}], []],
        [[], []],
    ):
        selection = type("Selection", (), {"points": marks})
        monkeypatch.setattr(layout.st, "session_state", State(map=type("Event", (), {"selection": selection})))
        layout._picked("map", picked.append)
        assert picked == expected
        picked.clear()
