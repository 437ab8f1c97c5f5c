"""No text of ours about a source stands in English on a screen in Spanish, Portuguese or French."""

import re
import tomllib
from pathlib import Path

import pytest

from dashboard import store
from dashboard.export import citation
from dashboard.subjects.passports import words as passports_words
from dashboard.subjects.passports.query import Cell
from dashboard.subjects.sources import provenance
from dashboard.words.messages import FACTS
from dashboard.words.source_facts import fact, withheld
from data.i18n import language

ROOT = Path(__file__).parents[3]
OTHERS = ("es", "pt", "fr")
DECLARED = [tomllib.loads(path.read_text("utf-8")) for path in sorted((ROOT / "etl" / "sources").rglob("*.toml"))]
# Proper names, which are the same in every language, and titles of works that exist in English only.
NAMES = {"Atalaya", "CC BY 3.0 IGO", "CC BY 4.0", "Natural Earth", "Richard W. Frank"}
WORKS = (
    "The World Factbook",
    "Human Trafficking Center",
    "Human Trafficking Index Dataset",
    "Human Trafficking Index",
    "Human Trafficking Indicators",
    "Directionality Coding",
    "Frank, R. W. 2013. ",
    "world-atlas",
)
ENGLISH = re.compile(
    r"\b(the|of|and|with|from|each|reuse|workbook|reports?|states|coding|United|World|Bank)\b", re.IGNORECASE
)


def in_english(text):
    """The English words of a text beside names and titles."""
    for name in WORKS:
        text = text.replace(name, "")
    return [] if text in NAMES else ENGLISH.findall(re.sub(r"\S+\.(org|json|un\S*)", "", text))


def own_texts():
    """The English texts of the declarations that say something in English."""
    return {source[name] for source in DECLARED for name in FACTS if in_english(source[name])}


def test_english_is_found():
    assert in_english("No license stated; coding of US government narratives") == ["coding", "of"]
    assert in_english("Agencia Central de Inteligencia, The World Factbook") == []
    assert len(own_texts()) > 25


@pytest.mark.parametrize("code", OTHERS)
@pytest.mark.parametrize("source", DECLARED, ids=[source["id"] for source in DECLARED])
def test_each_fact_of_a_declaration_is_in_the_language(source, code):
    shown = {name: fact(language(code), source, name) for name in FACTS}
    assert all(shown.values())
    assert {name: found for name, text in shown.items() if (found := in_english(text))} == {}


@pytest.mark.parametrize("code", OTHERS)
def test_sources_and_a_passport_of_each_source_have_no_english_text_of_ours(code):
    lang, manifest = language(code), store.snapshot().manifest
    # A snapshot may have been built before a declaration was reworded: then its old text is unknown here.
    ours, sources = own_texts(), manifest["sources"]
    assert len(sources) >= len(DECLARED) - 1
    for source in sources:
        release = source["releases"][0] if source["releases"] else {"release": "undated", "file": ""}
        cell = Cell(source["name"], release["release"], release["file"], "1")
        (pairs,) = passports_words.sources(lang, manifest, [cell])
        texts = {text for _, text in (*provenance.facts(source, lang), *pairs)}
        assert not texts & ours, source["name"]
        cited = passports_words.citation(lang, manifest, "0123456789ab", "T", "1", [cell])
        assert not any(text in cited for text in ours), source["name"]


@pytest.mark.parametrize(
    ("code", "publisher"),
    [
        ("es", "Oficina de las Naciones Unidas contra la Droga y el Delito (UNODC)"),
        ("pt", "Escritório das Nações Unidas sobre Drogas e Crime (UNODC)"),
        ("fr", "Office des Nations Unies contre la drogue et le crime (ONUDC)"),
    ],
)
def test_a_citation_names_the_publisher_as_it_calls_itself(code, publisher):
    manifest = store.snapshot().manifest
    source = next(one for one in manifest["sources"] if one["name"] == "unodc_glotip")
    one = citation.Cited("x", "T", "", "0123456789ab", "2026-11-26", (citation.CitedSource(source, ("2025-10-28",)),))
    assert one.authors(language(code)) == [publisher]
    assert publisher in citation.text(language(code), one)


def test_a_fact_that_is_missing_is_empty():
    assert fact(language("es"), {"citation": None}, "citation") == ""


@pytest.mark.parametrize(
    ("code", "place"), [("en", "row 60"), ("es", "fila 60"), ("pt", "linha 60"), ("fr", "ligne 60")]
)
def test_the_row_of_a_file_is_in_the_language(code, place):
    manifest = store.snapshot().manifest
    cell = Cell("unsd_sdg", "2020-10", "a.csv", "row 60")
    (pairs,) = passports_words.sources(language(code), manifest, [cell])
    assert place in {text for _, text in pairs}


def test_a_source_is_withheld_unless_its_license_allows_redistribution():
    allowed = {"open": "rows", "coded": "derived", "shut": "none", "odd": "perhaps"}
    sources = [{"name": name, "redistribute": value} for name, value in allowed.items()]
    assert withheld({"sources": sources}) == ("odd", "shut")
