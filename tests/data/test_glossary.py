"""The words that the glossary rules out are in no catalogue, scene, source or reviewed text."""

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
