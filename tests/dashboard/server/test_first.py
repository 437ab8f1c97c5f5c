"""The first view of a page, as its document has it: states and years are links, nothing of an address is text."""

import html
import math
import re
from functools import cache
from html import unescape
from itertools import accumulate
from urllib.parse import parse_qs, urlsplit
from xml.etree import ElementTree as ET

import polars as pl
import pytest

from dashboard import sending, store
from dashboard.parts import findings
from dashboard.server import first
from dashboard.server.documents import document, draw_ahead
from dashboard.shell import navigation
from data.i18n import LANGUAGES, language
from tests.dashboard.server.test_api import fetch
from tests.in_turn import in_turn

EN = language("en")
MAPS, STATES = ("region",), ("CRI", "HTI", "USA", "LCA")
# Bytes of a compressed document on a slow line: 0.75 seconds at 1.6 Mbit/s.
MOST = 150_000


def view(slug="region", query=(), lang=EN, **known):
    return (
        first.view(lang, slug, dict(query), **known).body
        if known
        else plain_view(slug, tuple(dict(query).items()), lang)
    )


@cache
def plain_view(slug, query, lang):
    """The view without notices of a page at an address, which several tests read."""
    return first.view(lang, slug, dict(query)).body


def drawings(body):
    """The drawings by class."""
    found = (ET.fromstring(text) for text in re.findall("<svg class.*?</svg>", body, re.DOTALL))  # noqa: S314 - our own
    return {drawing.get("class"): drawing for drawing in found}


def text(*args, **known):
    """The HTML of a document."""
    return document(*args, **known).body.decode()


def links(body, path):
    """The parameters of the links to a page, with their words."""
    found = re.findall(r'<a href="([^"]*)"[^>]*>(.*?)</a>', body)
    read = [(*parameters(unescape(address)), unescape(words)) for address, words in found]
    return [(query, words) for to, query, words in read if to == path]


def counted(indicator):
    """The rows of an indicator for whole states, with a figure."""
    whole = [pl.col(name) == "total" for name in ("sex", "age", "form")]
    return store.tables().observations().filter(pl.col("indicator") == indicator, *whole).collect()


def parameters(address):
    parts = urlsplit(address)
    return parts.path, {name: texts[0] for name, texts in parse_qs(parts.query).items()}


@pytest.mark.parametrize("slug", MAPS)
@pytest.mark.parametrize("code", LANGUAGES)
def test_every_state_is_a_link_to_its_page_on_every_drawing(slug, code):
    states = set(store.tables().table("areas").select("area").collect()["area"])
    for kind, drawing in drawings(view(slug, lang=language(code))).items():
        # The texts of labels are links for the pointer alone.
        every = [link for link in drawing.iter("a") if link.get("aria-hidden") != "true"]
        assert all(link.get("tabindex") == "-1" for link in drawing.iter("a") if link not in every)
        opened = [parameters(link.get("href")) for link in every]
        pages = [query["area"] for path, query in opened if path == "./country"]
        assert sorted(pages) == sorted(states), kind
        assert {query["lang"] for _, query in opened} == {code}
        assert all(link.findtext("title").strip() for link in drawing.iter("a"))


@pytest.mark.parametrize("slug", MAPS)
def test_the_text_of_a_label_is_a_link_to_its_state_above_all_others(slug):
    shown = first.view(EN, slug, {})
    anchors = dict(re.findall(r"\.(s\d+)\{[^}]*text-anchor:(\w+)", shown.style))
    for kind, drawing in drawings(shown.body).items():
        labels = {"".join(text.itertext())[:4].strip(): text for text in drawing.iter("text")}
        labels = {code: label for code, label in labels.items() if code in store.areas()}
        assert len(labels) >= {"region": 30}[slug], kind
        for code, label in labels.items():
            # Within its first letters or its last one, a little above the line on which it stands.
            way = {"start": 14, "middle": 0, "end": -4}[anchors[label.get("class")]]
            at = float(label.get("x")) + way, float(label.get("y")) - 4
            above = [link for link in drawing.iter("a") for place in link if covers(place, *at)]
            assert parameters(above[-1].get("href"))[1].get("area") == code, (kind, code)


def covers(place, x, y):
    """Whether a circle or a box of a link has a place on it; those of whole areas are below them."""
    if place.tag == "circle":
        return math.dist((x, y), (float(place.get("cx")), float(place.get("cy")))) <= float(place.get("r"))
    if place.tag != "path":
        return False
    numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", place.get("d"))]
    steps = [tuple(numbers[at : at + 2]) for at in range(0, len(numbers), 2)]
    corners = list(accumulate(steps, lambda one, other: (one[0] + other[0], one[1] + other[1])))
    across, down = ([corner[axis] for corner in corners] for axis in (0, 1))
    return min(across) <= x <= max(across) and min(down) <= y <= max(down)


def test_the_figures_are_those_of_the_snapshot():
    """Each exact count of a year is on the drawing, and in the words of the state's link."""
    rows = counted("detected_victims").filter(year=2019, status="exact")
    figures = {row["area"]: f"{row['low']:,.0f}" for row in rows.iter_rows(named=True)}
    assert len(figures) > 10
    for drawing in drawings(view(query={"year": "2019", "measure": "count"})).values():
        said = {parameters(link.get("href"))[1]["area"]: link.findtext("title") for link in drawing.iter("a")}
        texts = " ".join("".join(text.itertext()) for text in drawing.iter("text"))
        for area, figure in figures.items():
            assert re.search(rf"\b{figure}\b", said[area]), area
            assert re.search(rf"\b{area}\b", texts), area
            assert re.search(rf"(?<![\d,]){figure}(?![\d,])", texts), area


@pytest.mark.parametrize("code", LANGUAGES)
def test_home_lists_every_state_and_each_year_leads_to_its_map(code):
    lang, body = language(code), view("home", lang=language(code))
    states = {query["area"]: words for query, words in links(body, "./country") if "area" in query}
    assert states == {area: lang.country(area) for area in store.areas()}
    rows = counted("detected_victims").filter(pl.col("low").is_not_null())
    sums = {row["year"]: row for row in rows.group_by("year").agg(pl.col("low", "high").sum()).iter_rows(named=True)}
    for drawing in drawings(body.partition("region_victims")[0]).values():
        opened = [(parameters(link.get("href")), link.findtext("title")) for link in drawing.iter("a")]
        years = {int(query["year"]): said for (path, query), said in opened if path == "./region"}
        assert len(years) == len(opened) > 10
        for year, said in years.items():
            assert lang.interval(sums[year]["low"], sums[year]["high"]) in said, (year, said)


@pytest.mark.parametrize("area", STATES)
def test_a_state_has_its_name_its_latest_figures_and_a_map(area):
    body = view("country", {"area": area})
    assert f"<h1>{html.escape(EN.country(area))}</h1>" in body
    cards = re.search(r'<div class="cards">(.*?)</div></div>', body)
    for indicator in ("detected_victims", "persons_prosecuted", "persons_convicted"):
        rows = counted(indicator).filter(pl.col("low").is_not_null(), area=area, status="exact").sort("year")
        latest = counted(indicator).filter(pl.col("low").is_not_null(), area=area).sort("year").tail(1)
        if rows.height and latest["status"].item() == "exact":
            year, figure = rows.row(-1, named=True)["year"], rows.row(-1, named=True)["low"]
            assert cards
            assert re.search(rf"<strong>{figure:,.0f}</strong></p><p>in {year}\b", cards[1]), indicator
    names = re.findall(r'data-figure="[^"]*/(\w+)\?', body)
    assert names[-1] == "state_routes"
    assert (names[0] == "victims") == ("age" in body and len(names) == 2)
    # Each mark of its figures leads to a page of this or another state.
    for drawing in drawings(body).values():
        opened = [parameters(link.get("href")) for link in drawing.iter("a")]
        assert opened
        assert {path for path, _ in opened} == {"./country"}
        assert all(query["area"] in store.areas() for _, query in opened)


@pytest.mark.parametrize(
    ("slug", "query", "expected"),
    [
        ("region", {"year": "2015"}, [("prev", "year", "2014"), ("next", "year", "2016")]),
        ("region", {"latest": "1"}, []),
    ],
)
def test_the_years_before_and_after_are_links_that_keep_the_other_filters(slug, query, expected):
    other = {"measure": "count"}
    body = view(slug, query | other)
    links = re.findall(r'<a href="([^"]*)" rel="(prev|next)">', body)
    assert [(way, name, parameters(unescape(address))[1][name]) for address, way in links for name in query] == expected
    for address, _ in links:
        path, given = parameters(unescape(address))
        assert path == f"./{slug}"
        assert other.items() <= given.items()


@pytest.mark.parametrize("slug", first.YEARS)
def test_no_link_leads_to_a_year_without_data(slug):
    spec = first.YEARS[slug]
    for year, way in ((spec.low, "prev"), (spec.high, "next")):
        body = view(slug, {spec.name: str(year)})
        assert f'rel="{way}"' not in body
        assert body.count('rel="prev"') + body.count('rel="next"') == 1


@pytest.mark.parametrize(("slug", "code"), in_turn(first.FIGURES))
def test_a_reader_without_scripts_finds_what_is_needed(slug, code):
    lang = language(code)
    body = unescape(view(slug, lang=lang))
    for page in navigation.scripts():
        assert (f">{navigation.title(lang, page)}</a>" in body) == (page not in navigation.UNLISTED) or page == "about"
    for words in (
        *([findings.finding(lang, slug)] if slug in MAPS else []),
        first.disclaimer.disclaimer(lang),
        first.disclaimer.independent(lang),
        store.snapshot().id,
    ):
        assert words in body
    assert re.search('<p class="note">.{20,}?</p>', body)
    assert 'class="plate-caption">' in body


@pytest.mark.parametrize(
    ("slug", "query"), [("region", {}), ("region", {"measure": "count", "year": "2019"}), ("region", {"latest": "1"}),
                        ("home", {}), ("country", {"area": "CRI"})],
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
    if "area" in query:
        assert {row["area"] for row in found.rows} == {"CRI"}


@pytest.mark.parametrize("name", ["indicator", "year", "lang", "nothing", "state", "area"])
@pytest.mark.parametrize("slug", first.FIGURES)
def test_text_of_an_address_does_not_get_into_the_document(slug, name):
    assert "evil" not in text(EN, slug, {name: "</script><script>evil()"})


@pytest.mark.parametrize(("slug", "code"), in_turn(first.FIGURES))
def test_a_document_is_small_enough_for_a_slow_line(slug, code):
    wide, phone = (document(language(code), slug, phone=phone).packed("br") for phone in (False, True))
    assert len(wide) < MOST
    assert len(phone) < MOST / 2


def test_a_view_is_drawn_once():
    assert document(EN, "region", {"year": "2018"}) is document(EN, "region", {"year": "2018", "measure": "nonsense"})


def test_the_first_views_without_filters_are_drawn_ahead(monkeypatch):
    draw_ahead()
    monkeypatch.setattr(first, "view", None)
    for code in LANGUAGES:
        for slug in ("home", *MAPS):
            for query in ({}, {"lang": code}):
                for phone in (False, True):
                    assert "<svg" in text(language(code), slug, query, phone=phone)


def test_phones_get_no_drawing_wider_than_a_phone():
    assert list(drawings(view(phone=True))) == ["phone", "tablet"]
    assert list(drawings(view())) == ["phone", "tablet", "desk", "wall"]


def test_only_a_reader_who_saves_data_gets_a_document_that_says_so():
    mark = '<meta name="save-data" content="on">'
    for slug in (*first.FIGURES, "explore", "sources"):
        assert [mark in text(EN, slug, saves=saves) for saves in (False, True)] == [False, True]


@pytest.mark.parametrize(
    ("slug", "plotly", "ground"),
    [("explore", True, False), ("coverage", True, True), ("sources", False, False), ("region", False, False)],
)
def test_a_document_fetches_ahead_what_its_page_shows_and_nothing_for_a_reader_who_saves_data(slug, plotly, ground):
    assert ("plotly.min.js" in text(EN, slug), "/ground" in text(EN, slug)) == (plotly, ground)
    saved = text(EN, slug, saves=True)
    assert "plotly.min.js" not in saved
    assert "/ground" not in saved


def test_all_encodings_of_a_document_have_one_name():
    content = document(EN, "region")
    packed = [content.packed(how) for how in sending.ENCODINGS]
    assert content.size == len(content.body) + sum(map(len, packed))
