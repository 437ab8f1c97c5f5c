"""The words that the glossary rules out are in no catalogue, scene, source or reviewed text."""

import csv
import tomllib
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from data.glossary import avoided, glossary
from data.i18n import CATALOGUES, DOMAIN

ROOT = Path(__file__).parents[2]
CODES = ("en", "es", "pt", "fr")
TEXTS = [
    *(ROOT / "data" / "scenes").glob("*.toml"),
    *(ROOT / "data" / "reference" / "disputed").glob("*.toml"),
    *(ROOT / "etl" / "sources").rglob("*.toml"),
]


def messages(code):
    """The texts of a catalogue with their English messages."""
    with (CATALOGUES / code / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        for message in read_po(file):
            ids = (message.id,) if isinstance(message.id, str) else message.id
            forms = ids if code == "en" else (message.string,) if isinstance(message.string, str) else message.string
            yield from ((form, " ".join(ids)) for form in forms if message.id)


def spoken(value, code):
    """The texts of a language in a TOML file, at any depth."""
    if isinstance(value, dict):
        for name, inner in value.items():
            if name == code and isinstance(inner, str):
                yield inner
            else:
                yield from spoken(inner, code)
    elif isinstance(value, list):
        for inner in value:
            yield from spoken(inner, code)


REFERENCE = ROOT / "data" / "reference"
# Files whose English texts no screen shows.
UNSEEN = {"glossary.csv", "labels.csv", "flow_releases.csv", "losses.csv"}
IDS = {"area", "code", "column", "concept", "id", "kind", "measure", "reason", "status", "table"}


def cells(code):
    """The texts of a language in the reviewed CSV files, by file; a column without a language is in English."""
    for path in sorted(REFERENCE.glob("*.csv")):
        if path.name in UNSEEN:
            continue
        with path.open(encoding="utf-8-sig", newline="") as file:
            for row in csv.DictReader(file):
                for name, text in row.items():
                    mine = name.removeprefix("meaning_")
                    if text and (mine == code or (code == "en" and mine not in {*CODES, *IDS})):
                        yield path.name, text


def meanings(code):
    """What the glossary itself says."""
    yield from (concept.meaning[code] for concept in glossary().values() if concept.meaning[code])


@pytest.mark.parametrize("code", CODES)
def test_no_reviewed_table_has_one(code):
    texts = [*cells(code), *(("glossary.csv", text) for text in meanings(code))]
    assert len(texts) > 50
    assert [(file, found, text) for file, text in texts for found in avoided(code, text)] == []


@pytest.mark.parametrize("code", CODES)
def test_no_message_has_a_word_that_the_glossary_rules_out(code):
    texts = list(messages(code))
    assert len(texts) > 1000
    assert [(found, text) for text, english in texts for found in avoided(code, text, english)] == []


@pytest.mark.parametrize("code", CODES)
def test_no_scene_source_or_reviewed_text_has_one(code):
    texts = [text for path in TEXTS for text in spoken(tomllib.loads(path.read_text("utf-8")), code)]
    assert len(texts) > 10
    assert [(found, text) for text in texts for found in avoided(code, text)] == []


@pytest.mark.parametrize(
    ("code", "text", "english", "found"),
    [
        ("pt", "Valores principais", "Key figures", [("figure", "valores")]),
        ("pt", "valor lógico", "a truth value", []),
        ("es", "La instantánea actual", "", [("data_version", "instantánea")]),
        ("fr", "instantanément", "", []),
        ("pt", "Estágio", "Status", [("progress", "estágio")]),
        ("en", "3 masked figures", "", [("fewer_than_five", "masked")]),
        ("en", "The reports held: {held}", "", [("available", "reports held")]),
        ("en", "Available: {held}, {masked}", "", []),
        (
            "en",
            "The reading of a snapshot, as printed",
            "",
            [("data_version", "snapshot"), ("reading", "reading"), ("published", "printed")],
        ),
    ],
)
def test_words_are_found_whole_and_where_they_matter(code, text, english, found):
    assert list(avoided(code, text, english)) == found


def test_each_term_has_one_concept_and_no_term_is_ruled_out():
    for code in CODES:
        terms = [term for concept in glossary().values() for term in concept.terms[code]]
        assert [term for term in terms if list(avoided(code, term))] == []
        meant = [concept.terms[code][0] for concept in glossary().values() if concept.meaning[code]]
        assert len(meant) == len(set(meant))
