"""The figures for other sites, requested through the whole server."""

import re
from datetime import timedelta
from html import unescape
from html.parser import HTMLParser

import pytest

from dashboard import site, static
from dashboard.catalog import figures
from dashboard.server import embeds
from dashboard.stage import captions, pictures
from dashboard.stage.drawn import drawn
from dashboard.stage.request import parameters, parse
from dashboard.words import data_version, disclaimer
from data.i18n import LANGUAGES, language
from tests.dashboard.charts.render.test_every_figure import marks
from tests.dashboard.server.test_api import fetch
from tests.dashboard.stage.test_pictures import VIEWS, answers, screen, with_panels
from tests.in_turn import in_turn

# Bytes of an embed with its letters, as they are sent, and of its document unpacked, with its three drawings.
MOST, UNPACKED = 150_000, 250_000
HEAVY = ("routes", "ledger_matrix", "explore", "coverage_matrix", "region")


@pytest.fixture(autouse=True)
def _unset(monkeypatch):
    monkeypatch.setenv(site.EMBED, "")
    monkeypatch.setenv(site.PUBLIC, "")


class Tags(HTMLParser):
    """The tags of a document with their attributes, and its texts."""

    def __init__(self, document):
        super().__init__()
        self.tags, self.texts = [], []
        self.feed(document)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        self.texts.append(data)


def ancestors(answer):
    return re.search(r"frame-ancestors ([^;]*)$", answer.headers["content-security-policy"])[1]


@pytest.mark.parametrize(("name", "code"), in_turn(figures()))
def test_an_embed_has_title_figure_notes_and_link_and_no_script(name, code):
    answer = fetch(f"/embed/{name}", f"lang={code}")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/html; charset=utf-8")
    document, lang = answer.body.decode(), language(code)
    found = captions.caption(name, dict(parameters(name, {"lang": code})))
    page = Tags(document)
    assert page.tags[0] == ("html", {"lang": code})
    for words in (found.title, found.measure, *found.notes, *found.about, disclaimer.independent(lang)):
        assert words in page.texts
    assert any(text.startswith(f"{found.source}.") for text in page.texts)
    # What is behind "About this figure" is closed: a frame has the height of the rest.
    assert [given for tag, given in page.tags if tag == "details"] == [{}] * bool(found.notes or found.about)
    links = [given for tag, given in page.tags if tag == "a"]
    assert [(one["target"], one["rel"]) for one in links] == [("_blank", "noopener")]
    assert re.fullmatch(rf"\.\./[a-z]+\?lang={code}(&.+)?", links[0]["href"])
    kinds = [given["class"] for tag, given in page.tags if tag == "svg"]
    assert kinds == list(embeds.KINDS)
    assert [given["aria-label"] for tag, given in page.tags if given.get("role") == "img"] == [found.description] * 3
    assert not {"script", "iframe", "form", "img", "object"} & {tag for tag, _ in page.tags}
    assert not [key for _, given in page.tags for key in given if key.startswith("on")]


@pytest.mark.parametrize("name", figures())
def test_all_drawings_of_an_embed_have_the_marks_of_the_screen(name):
    texts = dict(parameters(name, {}))
    expected = answers(screen(pictures.parse(name, {})))
    listed = name in {"routes", "state_routes"}
    if listed:
        # On a tablet a ledger has more rows than on a wide screen.
        expected |= answers(drawn(parse(name, {**texts, "width": "720", "dark": "0"})).spec)
    for kind in embeds.KINDS.values():
        spec, drawing = pictures.bare(name, texts, kind.medium)
        if name == "treaty_matrix" and kind.medium.narrow:
            # A list in words, where each treaty has one mark for all states.
            said = " ".join(" ".join(one.split("<br>")) for one in expected)
            assert {one in said for one in answers(spec)} == {True}
            continue
        # A ledger has as many rows as there is room for.
        wanted = with_panels(expected) if name == "explore" and kind.medium.staged else expected
        assert (answers(spec) <= wanted) if listed else (answers(spec) == wanted)
        assert sum(hasattr(shape, "symbol") and shape.layer != "target" for shape in drawing.shapes) >= marks(spec)


@pytest.mark.parametrize("name", HEAVY)
def test_an_embed_weighs_little_with_its_letters(name):
    answer = fetch(f"/embed/{name}", "lang=fr", accept_encoding="gzip")
    assert answer.headers["content-encoding"] == "gzip"
    letters = sum(len(static.file(font).body) for font in ("sans.woff2", "sans-semibold.woff2"))
    assert 10_000 < len(answer.body) + letters < MOST


@pytest.mark.parametrize(("name", "code"), in_turn(figures()))
def test_the_document_of_an_embed_weighs_little_unpacked(name, code):
    assert 5_000 < len(fetch(f"/embed/{name}", f"lang={code}").body) < UNPACKED


@pytest.mark.long
@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("name", "changed"), VIEWS)
def test_the_documents_of_other_views_weigh_little_unpacked(name, changed, code):
    texts = dict(parameters(name, {**changed, "lang": code}))
    assert 5_000 < len(embeds.document(name, texts).encode()) < UNPACKED


def test_an_embed_of_old_data_says_so(monkeypatch):
    monkeypatch.setattr(data_version, "OLD", timedelta(days=0))
    warning = "in a release more than a year old: UNODC"
    page = Tags(embeds.document("series", dict(parameters("series", {}))))
    assert any(warning in text for text in page.texts)
    monkeypatch.setattr(data_version, "OLD", timedelta(days=100_000))
    page = Tags(embeds.document("series", dict(parameters("series", {}))))
    assert not any(warning in text for text in page.texts)


def test_without_a_setting_no_site_may_show_a_figure_in_a_frame():
    assert ancestors(fetch("/embed/region")) == "'none'"


def test_the_sites_that_the_operator_lists_may(monkeypatch):
    monkeypatch.setenv(site.EMBED, "https://example.org, https://*.gob.mx")
    assert ancestors(fetch("/embed/region")) == "https://example.org https://*.gob.mx"
    assert ancestors(fetch("/region", "lang=en")) == "'self'"


class Frame(HTMLParser):
    """The tags of the code for other pages."""

    def __init__(self, code):
        super().__init__()
        self.tags = []
        self.feed(code)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))


@pytest.mark.parametrize(("name", "code"), in_turn(figures()))
def test_the_code_for_another_page_has_the_document_and_no_script(name, code, monkeypatch):
    monkeypatch.setenv(site.PUBLIC, "https://atalaya.example/here")
    answer = fetch(f"/embed/{name}.txt", f"lang={code}")
    assert (answer.status, answer.headers["content-type"]) == (200, "text/plain; charset=utf-8")
    tags = Frame(answer.body.decode()).tags
    assert [tag for tag, _ in tags] == ["div", "iframe", "style"]
    frame = tags[1][1]
    caption = captions.caption(name, dict(parameters(name, {"lang": code})))
    assert frame["title"] == " · ".join(filter(None, (caption.title, caption.measure)))
    address, _, query = frame["src"].removeprefix("https://atalaya.example/here").partition("?")
    shown = fetch(address, query)
    assert shown.status == 200
    assert caption.title in unescape(shown.body.decode())
    # Without its style sheet the frame is as high as the highest of its proportions needs, at its greatest width.
    ratios = re.findall(r"--(\w+):(\d+)/(\d+)", frame["style"])
    assert [kind for kind, _, _ in ratios] == ["narrow", "middle", "wide"]
    most = {"narrow": 560, "middle": 1000, "wide": 1200}
    assert int(frame["height"]) >= max(most[kind] * int(tall) / int(across) for kind, across, tall in ratios)


def test_without_a_public_address_the_code_has_that_of_the_request():
    assert 'src="http://localhost/embed/region?' in fetch("/embed/region.txt", "year=2015").body.decode()


def test_the_letters_are_at_addresses_of_this_site():
    document = fetch("/embed/series").body.decode()
    (first, *_) = re.findall(r"url\((\.\./assets/[^)]+woff2)\)", document)
    assert fetch(first.removeprefix("..")).status == 200


def test_the_link_opens_the_view_of_the_figure():
    page = Tags(fetch("/embed/region", "lang=pt&year=2019&measure=count").body.decode())
    (link,) = [given["href"] for tag, given in page.tags if tag == "a"]
    assert unescape(link) == "../region?lang=pt&measure=count&year=2019"


@pytest.mark.parametrize(
    ("path", "query"),
    [
        ("/embed/region", "x=%3Cscript%3Ealert(1)%3C/script%3E"),
        ("/embed/region", "year=%22onload"),
        ("/embed/%3Cscript%3E", ""),
        ("/embed/nothing", "lang=en"),
        ("/embed/region.txt", "year=%22onload"),
    ],
)
def test_a_hostile_address_is_refused_and_nothing_of_it_is_repeated(path, query):
    answer = fetch(path, query)
    assert answer.status == 400
    assert answer.headers["content-type"].startswith("text/plain")
    assert answer.body == b"There is no such figure: its address has a part that does not exist.\n"
