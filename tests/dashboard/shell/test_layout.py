"""The blocks of a page: what they escape, contain, and leave to Plotly."""

import json

import pytest
from streamlit.testing.v1 import AppTest

from dashboard import site, store
from dashboard.charts.colors import THEMES
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


def footer(code: str) -> AppTest:
    def script():
        from dashboard.shell import filters, layout

        layout.footer(filters.begin())

    app = AppTest.from_function(script)
    app.query_params["lang"] = code
    return app.run()


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_footer_has_the_data_version_its_independence_and_a_link_to_the_releases(code):
    app = footer(code)
    text = app.html[0].value
    assert store.snapshot().id in text
    assert language(code).date(store.snapshot().manifest["created"][:10]) in text
    assert language(code).text("Sources and releases") in [link.proto.label for link in app.get("page_link")]
    assert disclaimer.independent(language(code)) in text.replace("&#x27;", "'")
    assert {"en": "Organization of American States", "es": "Organización de los Estados Americanos"}.get(
        code, ""
    ) in text


@pytest.mark.parametrize(
    ("contact", "link"),
    [("", None), ("a@example.org", "mailto:a@example.org"), ("https://example.org/x", "https://example.org/x")],
)
def test_the_footer_has_a_contact_if_one_is_set(contact, link, monkeypatch):
    monkeypatch.setenv(site.CONTACT, contact)
    text = footer("en").html[0].value
    assert ("Contact" in text) == bool(link)
    assert not link or f'href="{link}"' in text


def blocks():
    from dashboard.shell import filters, layout

    lang = filters.begin()
    filters.arrive("region")
    layout.header(lang, "region")
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


def test_a_header_has_title_and_purpose_and_no_date(page):
    assert page.title[0].value == "Region"
    assert page.markdown[0].value.endswith("on one map.")
    assert not page.caption


def device():
    import streamlit as st

    from dashboard.shell import layout

    st.json({"narrow": layout.medium().narrow, "dark": layout.medium().dark})


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_a_figure_is_wide_and_of_the_theme(theme):
    app = AppTest.from_function(device)
    if not hasattr(app, "context"):
        pytest.skip("this Streamlit's AppTest has no context: none before 1.67 gives a script its theme")
    app.context = {"theme": theme}
    app.run()
    assert not app.exception
    assert json.loads(app.json[0].value) == {"narrow": False, "dark": theme == "dark"}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_words_of_the_logo_are_seen_in_both_themes(theme):
    logo = layout._logo(theme)
    assert logo.startswith("<svg")
    assert logo.count(THEMES[theme].ink) == 2


@pytest.mark.parametrize(
    ("public", "address", "leads"),
    [
        ("https://example.org", "/api/v1/observations?area=CRI", "https://example.org/api/v1/observations?area=CRI"),
        ("https://example.org", "https://publisher.org/a", "https://publisher.org/a"),
        ("", "https://publisher.org/a", "https://publisher.org/a"),
        # The desk alone does not know where the documents are.
        ("", "/api/v1/observations?area=CRI", ""),
    ],
)
def test_an_address_from_the_root_is_one_of_the_documents(public, address, leads, monkeypatch):
    monkeypatch.setenv(site.PUBLIC, public)
    assert layout.outside(address) == leads
