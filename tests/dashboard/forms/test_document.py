"""A page as an HTML document: everything that its declaration says, and the frame around it."""

import re
from dataclasses import replace
from functools import cache
from html.parser import HTMLParser
from typing import get_args
from urllib.parse import urljoin, urlsplit

import pytest

from dashboard import menu, site
from dashboard.catalog import pages
from dashboard.forms.html import document as html_document
from dashboard.server import addresses
from dashboard.subjects import api_addresses
from dashboard.views import address
from dashboard.views.figure import Values
from dashboard.views.page import Block, Fold, Heading, KeyFigures, Link, Pairs, Remarks, Section, Table, Text, every
from data.i18n import LANGUAGES, language

VOID = {"meta", "link", "br", "img", "input", "hr"}


class Read(HTMLParser):
    """The elements of a document with their attributes and text; an element that is not closed is an error."""

    def __init__(self, content: str) -> None:
        super().__init__()
        self.elements: list[dict[str, str]] = []
        self.open: list[int] = []
        # All texts, and where those of each open element begin: an element has the texts up to its end.
        self.texts: list[str] = []
        self.begun: list[int] = []
        self.feed(content)
        assert self.open == []

    def handle_starttag(self, tag, attrs):
        self.elements.append({"tag": tag, "text": ""} | {name: value or "" for name, value in attrs})
        if tag not in VOID:
            self.open.append(len(self.elements) - 1)
            self.begun.append(len(self.texts))

    def handle_startendtag(self, tag, attrs):
        self.elements.append({"tag": tag, "text": ""} | {name: value or "" for name, value in attrs})

    def handle_endtag(self, tag):
        ended = self.elements[self.open.pop()]
        assert ended["tag"] == tag
        ended["text"] = "".join(self.texts[self.begun.pop() :])

    def handle_data(self, data):
        self.texts.append(data)

    def all(self, tag: str, **attributes: str) -> list[dict[str, str]]:
        return [one for one in self.elements if one["tag"] == tag and attributes.items() <= one.items()]


def usual(slug: str) -> Values:
    """The values of a page at its address without parameters."""
    return address.read(pages()[slug].filters, {}).values


def written(slug: str, code: str) -> str:
    """The document of a page at its usual address."""
    return html_document.document(language(code), pages()[slug], usual(slug))


written_once = cache(written)


def read(slug: str, code: str) -> Read:
    """A document that other tests read, too."""
    return Read(written_once(slug, code))


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("slug", pages())
def test_a_document_says_all_that_the_page_declares(slug, code):
    found, lang = read(slug, code), language(code)
    assert found.all("html", lang=code)
    page, values = pages()[slug], usual(slug)
    heading = page.heading(lang, values) or lang.text(page.title)
    assert [one["text"] for one in found.all("h1")] == [heading]
    assert [one["text"] for one in found.all("title")][:1] == [f"{heading} · Atalaya"]
    sections = page.sections(lang, values)
    assert [one.get("id", "") for one in found.all("section")] == [section.anchor for section in sections]
    headings = [one["text"] for one in found.all("h2") if one.get("class") != "within"]
    assert headings == [section.heading for section in sections if section.heading]
    for section, element in zip(sections, found.all("section"), strict=True):
        written = " ".join(element["text"].split())
        for block in every(section.blocks):
            assert all(" ".join(words.split()) in written for words in said(block))


def said(block: Block) -> list[str]:
    """Words of a block that stand in every form."""
    match block:
        case Remarks():
            found = list(block.lines)
        case Text():
            found = list(block.paragraphs)
        case Heading() | Link():
            found = [block.words]
        case Pairs():
            found = [word for pair in block.rows for word in pair]
        case KeyFigures():
            found = [words for one in block.figures for words in (one.label, one.figure, *one.lines)]
        case Fold():
            found = [block.title]
        case Table():
            found = block.sheet.rows.column_names if block.sheet.rows.num_rows else []
        case _:
            found = []
    return found


@pytest.mark.parametrize("slug", pages())
def test_it_names_its_other_languages_and_with_a_public_address_itself(slug, monkeypatch):
    page = pages()[slug]
    steps = [usual(slug).value(spec) for spec in page.path if usual(slug).value(spec)]
    place, up = "" if slug == "home" else "/".join([slug, *steps]), "../" * (1 + len(steps))
    found = read(slug, "pt")
    alternates = {one["hreflang"]: one["href"] for one in found.all("link", rel="alternate") if "hreflang" in one}
    assert alternates == {code: f"{up}{code}/{place}" for code in LANGUAGES}
    assert found.all("link", rel="canonical") == []
    monkeypatch.setattr(site, "public_address", lambda: "https://atalaya.example")
    found = Read(written(slug, "pt"))
    (canonical,) = found.all("link", rel="canonical")
    assert canonical["href"] == f"https://atalaya.example/pt/{place}"
    assert {one["href"] for one in found.all("link", rel="alternate") if "hreflang" in one} == {
        f"https://atalaya.example/{code}/{place}" for code in LANGUAGES
    }


# What programs of others read, from the root.
DESCRIPTIONS = {
    api_addresses.DCAT,
    api_addresses.CROISSANT,
    api_addresses.CATALOG,
    api_addresses.STRUCTURES,
}


@pytest.mark.parametrize("slug", pages())
def test_every_link_leads_to_something_of_ours_or_names_another_site(slug):
    steps = [usual(slug).value(spec) for spec in pages()[slug].path if usual(slug).value(spec)]
    here = "/".join(["fr", *([""] if slug == "home" else [slug, *steps])])
    for one in read(slug, "fr").all("a"):
        if one["href"].startswith(("#", "mailto:")) or "://" in one["href"]:
            assert "://" not in one["href"] or one.get("rel") == "external"
            continue
        parts = urlsplit(urljoin(f"https://example.org/{here}", one["href"]))
        path = parts.path.removeprefix("/")
        # Pages, files and pictures; feeds and descriptions; and pages that are no documents yet.
        assert (
            addresses.place(path)
            or path.startswith(("picture/", "api/"))
            or re.fullmatch(r"fr/((country|indicator)/\w+/)?feed\.atom", path)
            or parts.path in DESCRIPTIONS
            or (path in {"", *menu.scripts()} - pages().keys() and "lang=fr" in parts.query)
        ), one


def test_the_menu_and_the_languages_mark_where_the_reader_is():
    found = read("about", "es")
    here = {one["href"] for one in found.elements if one.get("aria-current")}
    # The menu does not list this page.
    assert here == {"../es/about"}


def test_where_there_is_a_desk_a_document_links_its_page_there():
    for desk in (True, False):
        found = Read(html_document.document(language("fr"), pages()["about"], Values(()), desk=desk))
        links = [one["text"] for one in found.all("a") if one["href"] == "../desk/about?lang=fr"]
        assert links == ["Travailler avec ces données"] * desk


def test_words_are_escaped_and_a_document_has_no_script():
    words = '<script>alert("x")</script> & {{ lang }}'
    section = Section(words, "a", (Remarks((words, words)), Link("about", words, {"x": '"&'})))
    page = replace(pages()["about"], sections=lambda _lang, _values: (section,))
    found = Read(html_document.document(language("en"), page, Values(())))
    assert all(one["src"] for one in found.all("script"))
    assert [one["text"] for one in found.all("h2")] == [words]
    assert [one["text"] for one in found.all("li")] == [words] * 2
    assert found.all("a", href="about?x=%22%26")[0]["text"] == words


def test_the_template_knows_every_block():
    template = (html_document.TEMPLATES / "blocks.html").read_text("utf-8")
    for block in get_args(Block):
        assert f'"{block.__name__}": {block.__name__}' in template


@pytest.mark.parametrize(("state", "mapped"), [("LCA", False), ("HND", True)])
def test_only_a_map_has_buttons_to_zoom(state, mapped):
    """A ledger without a map once had them."""
    page = pages()["routes"]
    values = address.read(page.filters, {"state": [state], "evidence": ["stated"]}).values
    written = html_document.document(language("en"), page, values)
    assert ("data-zoom" in written) == mapped


def test_a_lead_is_parted_after_two_sentences_and_not_after_an_abbreviation():
    part = html_document._parted
    first, rest = "One in St. Lucia. Two of EE. UU. here.", f" Three{' and more' * 20}."
    assert part(first + rest) == (first, rest, [])
    assert part(f"{first} Three.") == (f"{first} Three.", "", [])


def test_a_break_in_a_series_is_never_folded():
    part = html_document._parted
    first, rest, line = (
        "One. Two of them here.",
        f" Three{' and more' * 20}.",
        "Part of the rise may come from a change.",
    )
    assert part(f"{first}{rest}\n{line}")[2] == [line]
