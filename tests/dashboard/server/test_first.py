"""The first view of a page, as its document has it: states and years are links, nothing of an address is text."""

import gzip
import html
import re
from html import unescape
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import polars as pl
import pytest

from dashboard import store
from dashboard.server import first
from dashboard.server.documents import document, draw_ahead
from dashboard.shell import navigation
from data.i18n import LANGUAGES, language
from tests.dashboard.server.test_api import fetch

EN = language("en")
# Bytes of a compressed document on a slow line: 0.75 seconds at 1.6 Mbit/s.
MOST = 150_000


def view(slug="region", query=(), lang=EN, **known):
    return first.view(lang, slug, dict(query), **known).body


def drawings(body):
    """The drawings by class."""
    found = (ET.fromstring(text) for text in re.findall("<svg class.*?</svg>", body, re.DOTALL))  # noqa: S314 - our own
    return {drawing.get("class"): drawing for drawing in found}


def parameters(address):
    parts = urlsplit(address)
    return parts.path, {name: texts[0] for name, texts in parse_qs(parts.query).items()}


@pytest.mark.parametrize("slug", first.FIGURES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_state_is_a_link_to_its_page_on_every_drawing(slug, code):
    states = set(store.tables().table("areas").select("area").collect()["area"])
    for kind, drawing in drawings(view(slug, lang=language(code))).items():
        opened = [parameters(link.get("href")) for link in drawing.iter("a")]
        pages = [query["area"] for path, query in opened if path == "./country"]
        assert sorted(pages) == sorted(states), kind
        assert {query["lang"] for _, query in opened} == {code}
        assert all(link.findtext("title").strip() for link in drawing.iter("a"))


def test_the_figures_are_those_of_the_snapshot():
    """Each exact count of a year is on the drawing, and in the words of the state's link."""
    rows = (
        store.tables()
        .observations()
        .filter(
            pl.col("indicator") == "detected_victims",
            pl.col("year") == 2019,
            *(pl.col(name) == "total" for name in ("sex", "age", "form")),
            pl.col("status") == "exact",
        )
    )
    figures = {row["area"]: f"{row['low']:,.0f}" for row in rows.collect().iter_rows(named=True)}
    assert len(figures) > 10
    for drawing in drawings(view(query={"year": "2019", "measure": "count"})).values():
        said = {parameters(link.get("href"))[1]["area"]: link.findtext("title") for link in drawing.iter("a")}
        texts = " ".join("".join(text.itertext()) for text in drawing.iter("text"))
        for area, figure in figures.items():
            assert re.search(rf"\b{figure}\b", said[area]), area
            assert re.search(rf"\b{area}\b", texts), area
            assert re.search(rf"(?<![\d,]){figure}(?![\d,])", texts), area


@pytest.mark.parametrize(
    ("slug", "query", "expected"),
    [
        ("region", {"year": "2015"}, [("prev", "year", "2014"), ("next", "year", "2016")]),
        ("region", {"latest": "1"}, []),
        ("routes", {"years": "2015-2015"}, [("prev", "years", "2014-2014"), ("next", "years", "2016-2016")]),
        ("routes", {"years": "2010-2012"}, [("prev", "years", "2009-2011"), ("next", "years", "2011-2013")]),
    ],
)
def test_the_years_before_and_after_are_links_that_keep_the_other_filters(slug, query, expected):
    other = {"region": {"measure": "count"}, "routes": {"evidence": "stated", "state": "COL,MEX"}}[slug]
    body = view(slug, query | other)
    links = re.findall(r'<a href="([^"]*)" rel="(prev|next)">', body)
    assert [(way, name, parameters(unescape(address))[1][name]) for address, way in links for name in query] == expected
    for address, _ in links:
        path, given = parameters(unescape(address))
        assert path == f"./{slug}"
        assert other.items() <= given.items()


@pytest.mark.parametrize("slug", first.FIGURES)
def test_no_link_leads_to_a_year_without_data(slug):
    spec = {"region": first.choices.YEAR, "routes": first.choices.YEARS}[slug]
    for year, way in ((spec.low, "prev"), (spec.high, "next")):
        text = f"{year}-{year}" if slug == "routes" else str(year)
        body = view(slug, {spec.name: text})
        assert f'rel="{way}"' not in body
        assert body.count('rel="') == 1


@pytest.mark.parametrize("slug", first.FIGURES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_reader_without_scripts_finds_what_is_needed(slug, code):
    lang = language(code)
    body = unescape(view(slug, lang=lang))
    for page in navigation.scripts():
        assert (f">{navigation.title(lang, page)}</a>" in body) == (page not in navigation.UNLISTED) or page == "about"
    for words in (
        navigation.purpose(lang, slug),
        first.disclaimer.disclaimer(lang),
        first.disclaimer.independent(lang),
        store.snapshot().id,
    ):
        assert words in body
    assert re.search('<div class="controls"><p>.{20,}?</p></div>', body)
    assert 'class="plate-told">' in body


@pytest.mark.parametrize(
    ("slug", "query"), [("region", {}), ("region", {"measure": "count", "year": "2019"}), ("region", {"latest": "1"}),
                        ("routes", {}), ("routes", {"evidence": "stated", "years": "2012-2014"})],
)  # fmt: skip
def test_the_link_to_the_rows_is_answered(slug, query):
    (address,) = re.findall(r'href="\./api/v1/([^"]*)"', view(slug, query))
    parts = urlsplit(unescape(address))
    found = fetch(f"/api/v1/{parts.path}", parts.query)
    assert found.status == 200
    assert found.rows
    years = {int(row["year"]) for row in found.rows}
    if "year" in query:
        assert years == {2019}
    if "years" in query:
        assert years == {2012, 2013, 2014}


@pytest.mark.parametrize("name", ["indicator", "year", "lang", "nothing", "state"])
@pytest.mark.parametrize("slug", first.FIGURES)
def test_text_of_an_address_does_not_get_into_the_document(slug, name):
    assert "evil" not in document(EN, slug, {name: "</script><script>evil()"})


@pytest.mark.parametrize("slug", first.FIGURES)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_document_is_small_enough_for_a_slow_line(slug, code):
    wide, phone = (document(language(code), slug, phone=phone).encode() for phone in (False, True))
    assert len(gzip.compress(wide)) < MOST
    assert len(gzip.compress(phone)) < MOST / 2


def test_a_view_is_drawn_once():
    assert document(EN, "region", {"year": "2018"}) is document(EN, "region", {"year": "2018", "measure": "nonsense"})


def test_the_first_views_without_filters_are_drawn_ahead(monkeypatch):
    draw_ahead()
    monkeypatch.setattr(first, "view", None)
    for code in LANGUAGES:
        for slug in first.FIGURES:
            for query in ({}, {"lang": code}):
                for phone in (False, True):
                    assert "<svg" in document(language(code), slug, query, phone=phone)


def test_notices_on_the_data_are_on_the_first_view():
    notice = "More than a year old: <one source>."
    assert html.escape(notice) in view(notices=[notice])


def test_phones_get_no_drawing_wider_than_a_phone():
    assert list(drawings(view(phone=True))) == ["phone", "tablet"]
    assert list(drawings(view())) == ["phone", "tablet", "desk", "wall"]
