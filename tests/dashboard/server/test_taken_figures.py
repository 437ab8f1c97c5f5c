"""What stands below each figure: to explore it, its pictures, and the code that shows it on another site."""

import gzip
import json
import re
from functools import cache
from urllib.parse import urljoin, urlsplit

import pytest

from dashboard import site, static
from dashboard.catalog import figures, pages
from dashboard.forms.html import document as html_document
from dashboard.views.address import read
from data.i18n import LANGUAGES, language
from tests.dashboard.forms.test_document import Read
from tests.dashboard.server.test_api import fetch

PLACES = {"country": "/en/country/HTI", "pair": "/en/pair/ARG/BRA", "home": "/en/"}
# Figures of a few bars, which say all that they have.
BARS = "region_change|region_victims|region_convictions|between|victims"
FIGURES = sorted({figure.page for figure in figures().values()} & pages().keys())


@pytest.fixture(autouse=True)
def _unset(monkeypatch):
    monkeypatch.setenv(site.EMBED, "")
    monkeypatch.setenv(site.PUBLIC, "")


def document(path: str, query: str = "") -> Read:
    answer = fetch(path, query)
    assert answer.status == 200
    return Read(answer.body.decode())


@cache
def shown(slug: str) -> Read:
    return document(PLACES.get(slug, f"/en/{slug}"))


def asked(found: str, path: str, query: str = ""):
    """The answer to an address of a document; `query` is added."""
    parts = urlsplit(urljoin(f"http://localhost{path}", found))
    return fetch(parts.path, parts.query + query)


@pytest.mark.parametrize("slug", FIGURES)
def test_each_figure_can_be_explored_in_both_themes_and_on_a_phone(slug):
    path = PLACES.get(slug, f"/en/{slug}")
    buttons = shown(slug).all("button", **{"class": "plate-explore live"})
    ids = {one["id"].removesuffix("-explore") for one in buttons}
    # The small map of another page has no name here.
    every = {one["id"] for one in shown(slug).all("figure") if "id" in one}
    assert ids == {one for one in every if not re.fullmatch(f"figure-({BARS})(-[0-9]+)?", one)}
    for button in buttons:
        for look in ("&width=1280&dark=0", "&width=640&dark=1"):
            answer = asked(button["data-figure"], path, look)
            assert answer.status == 200
            made = json.loads(gzip.decompress(answer.body))
            assert made["data"]
            assert made["alt"]
        assert button["aria-pressed"] == "false"


def test_the_lines_of_the_basemap_are_beside_the_figures():
    (button,) = shown("region").all("button", **{"class": "plate-explore live"})
    folder = button["data-figure"].partition("?")[0].removesuffix("/region")
    lines = json.loads(asked(f"{folder}/ground", "/en/region").body)
    assert len(lines) > 35
    assert all(isinstance(line, list) for line in lines)


def test_the_figure_is_that_of_the_view():
    (button,) = document("/es/region", "year=2015&measure=count").all("button", **{"class": "plate-explore live"})
    assert {"year=2015", "measure=count", "lang=es"} <= set(urlsplit(button["data-figure"]).query.split("&"))


@pytest.mark.parametrize("slug", ["region", "pair"])
def test_without_scripts_a_link_leads_to_the_view_on_the_desk_if_there_is_one(slug):
    given = {"year": ["2015"]} if slug == "region" else {"area": ["ARG"], "other": ["BRA"]}
    page = pages()[slug]
    values = read(page.filters, given).values
    links = [
        [
            one["href"]
            for one in Read(html_document.document(language("en"), page, values, desk=desk)).all(
                "a", **{"class": "show"}
            )
        ]
        for desk in (False, True)
    ]
    expected = {
        "region": ["../desk/region?lang=en&year=2015"],
        # Citizenship and described routes.
        "pair": ["../../../desk/pair?lang=en&one=ARG&other=BRA"] * 2,
    }
    assert links == [[], expected[slug]]


@pytest.mark.parametrize("code", LANGUAGES)
def test_the_words_of_plotly_are_in_each_language_and_are_those_that_plotly_has(code):
    (said,) = document(f"/{code}/region").all("p", id="said")
    given = json.loads(said["data-explore"])
    bundle = static.file("plotly.min.js").body.decode()
    assert len(given["words"]) == 8
    for word, text in given["words"].items():
        assert f'"{word}"' in bundle
        assert text
    english = json.loads(shown("region").all("p", id="said")[0]["data-explore"])
    same = {word for word, text in given["words"].items() if text == english["words"][word]}
    assert same == {"en": set(given["words"]), "fr": {"Zoom"}}.get(code, set())
    assert asked(given["plotly"], f"/{code}/region").status == 200


def test_the_picture_to_copy_is_the_png_for_a_slide():
    """The script takes the first link beside the button."""
    found = shown("region")
    (button,) = found.all("button", **{"data-copy": "image/png"})
    assert button["data-copied"] == "Copied"
    assert "PNG" in button["data-failed"]
    first = next(one for one in found.elements if "/picture/" in one.get("href", ""))
    assert ".png?" in first["href"]
    assert "shape=slide" in first["href"]
    order = [one for one in found.elements if one is first or one is button or one.get("class") == "pictures"]
    assert [one["tag"] for one in order] == ["div", "a", "button", "div"]


def codes(found: Read) -> list[str]:
    """The addresses of the code for other pages."""
    return [one["href"] for one in found.elements if "embed/" in one.get("href", "")]


def test_no_code_is_offered_while_no_other_site_may_show_a_figure():
    assert codes(shown("region")) == []


def test_each_figure_has_the_code_that_shows_its_view_on_another_page(monkeypatch):
    monkeypatch.setenv(site.EMBED, "https://example.org")
    found = document("/en/country/HTI")
    every = codes(found)
    assert len(every) == len(found.all("figure"))
    for address in every:
        assert asked(address, "/en/country/HTI").status == 200
    (address,) = codes(document("/pt/region", "year=2015"))
    code = asked(address, "/pt/region").body.decode()
    assert "lang=pt" in code
    assert "2015" in re.search('title="([^"]*)"', code)[1]


def test_the_link_to_a_figure_is_copied_or_shared_by_scripts_alone():
    for button in ({"data-copy": "link"}, {"data-share": ""}):
        assert len(shown("region").all("button", **button)) == 1
    around = [one for one in shown("region").elements if one.get("class") == "pictures live"]
    assert len(around) == 1


@pytest.mark.parametrize(("path", "part"), [("/en/declaration", "matrix"), ("/en/explore", "compare")])
def test_the_own_address_of_a_figure_needs_no_other_parameter(path, part):
    """The page shows another one first, or these by a task of its own."""
    assert fetch(f"{path}/{part}.svg", "").status == 200
    assert fetch(f"{path}/{part}x.svg", "").status == 404
