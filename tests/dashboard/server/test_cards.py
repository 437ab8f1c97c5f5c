"""The card of a link to a page: title, sentence and picture, absolute addresses only where the site has one."""

from html.parser import HTMLParser
from urllib.parse import parse_qs, urlsplit

import pytest

from dashboard import menu, site
from dashboard.catalog import pages
from dashboard.server import pages as views
from dashboard.stage import pictures
from tests.dashboard.server.test_api import fetch
from tests.in_turn import in_turn

ROOT = "https://example.org/atalaya"


@pytest.fixture(autouse=True)
def _public(monkeypatch):
    """A public address. Documents are made again: kept ones have no address."""
    monkeypatch.setenv(site.PUBLIC, ROOT)
    monkeypatch.setattr(views, "_KEPT", views.ContentCache(views.MOST))


class Metas(HTMLParser):
    def __init__(self, document):
        super().__init__()
        self.found = {}
        self.feed(document.partition("</head>")[0])

    def handle_starttag(self, tag, attrs):
        given = dict(attrs)
        if tag == "meta" and (name := given.get("property") or given.get("name")):
            self.found[name] = given.get("content")


def card(path, query=""):
    return Metas(fetch(path, query).body.decode()).found


def of_page(slug, code):
    """The card of a page, and the address that it names."""
    place = "/".join(["" if slug == "home" else slug, *["HTI"] * len(pages()[slug].path)])
    return card(f"/{code}/{place}"), f"{ROOT}/{code}/{place}"


@pytest.mark.parametrize(("slug", "code"), in_turn(menu.scripts()))
def test_every_page_has_a_card_in_its_language(slug, code):
    found, address = of_page(slug, code)
    assert found["og:locale"] == code
    assert found["og:site_name"] == "Atalaya"
    assert len(found["og:title"]) > 5
    assert 10 < len(found["og:description"]) <= 300
    assert found["description"] == found["og:description"]
    assert found["og:url"].startswith(address)


def test_the_picture_of_a_card_is_that_of_the_view():
    found = card("/es/region", "year=2019")
    address = urlsplit(found["og:image"])
    assert found["og:image"].startswith(f"{ROOT}/picture/region.png?")
    given = {name: texts[-1] for name, texts in parse_qs(address.query).items()}
    assert (given["year"], given["lang"], given["shape"]) == ("2019", "es", "card")
    assert (found["og:image:width"], found["og:image:height"]) == ("1200", "630")
    assert "2019" in found["og:description"]
    answer = fetch("/picture/region.png", address.query)
    assert (answer.status, answer.headers["content-type"]) == (200, "image/png")


@pytest.mark.parametrize("path", ["/en/", "/en/country/CRI", "/en/country/LCA", "/en/country/USA", "/en/instruments"])
def test_the_picture_of_a_card_has_bars(path):
    address = urlsplit(card(path)["og:image"])
    asked = pictures.parse(
        address.path.rpartition("/")[2].removesuffix(".png"),
        {name: texts[-1] for name, texts in parse_qs(address.query).items()},
    )
    assert pictures.figure(asked, pictures.words(asked)).spec["data"]
    assert card(path)["og:image:alt"].endswith(pictures.words(asked).alt)


def test_a_figure_without_bars_has_no_card():
    assert fetch("/picture/laws.png", "area=CRI&shape=slide").status == 200
    assert fetch("/picture/laws.png", "area=CRI&shape=card").status == 400


def test_the_title_of_a_state_is_what_is_known_of_it():
    found = card("/en/country/CRI")
    assert "Costa Rica" in found["og:title"]
    assert found["og:description"].startswith(found["og:title"])


def test_without_a_public_address_there_is_none_in_a_card(monkeypatch):
    monkeypatch.setenv(site.PUBLIC, "")
    for slug in menu.scripts():
        found, _ = of_page(slug, "en")
        assert found["og:title"]
        assert "og:image" not in found
        assert "og:url" not in found


def test_nothing_of_an_address_is_in_a_card_as_text():
    query = "state=%22%3E%3Cscript%3Ealert(7)%3C/script%3E&period=%3Cb%3E"
    assert not any("alert(7)" in text for text in card("/en/explore", query).values())
    # The page says of it, as plain text, that it does not exist.
    assert b"<script>alert" not in fetch("/en/explore", query).body
    assert card("/en/explore", "period=%3Cb%3E")["og:title"] == card("/en/explore")["og:title"]
