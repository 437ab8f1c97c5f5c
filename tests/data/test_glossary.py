"""The words that the glossary rules out are in no catalogue, scene, source or reviewed text."""

import csv
import re
import tomllib
from collections import Counter
from functools import cache
from pathlib import Path

import pytest
from babel.messages.pofile import read_po

from dashboard.words.messages import extract
from data.glossary import SEPARATOR, Glossary, glossary
from data.i18n import CATALOGUES, DOMAIN
from data.reviewed import read

ROOT = Path(__file__).parents[2]
CODES = ("en", "es", "pt", "fr")
TEXTS = [
    *(ROOT / "data" / "scenes").glob("*.toml"),
    *(ROOT / "data" / "reference" / "disputed").glob("*.toml"),
    *(ROOT / "etl" / "sources").rglob("*.toml"),
]
# The names of values in a message, which readers do not see.
PLACEHOLDER = re.compile(r"\{[a-z_]*\}")


@cache
def patterns(code):
    """By language: a concept, the English word in whose translation words are avoided, and these words."""
    rows = ((row, row.get(f"avoid_{code}")) for row in read(Glossary).iter_rows(named=True))
    return [
        (row["concept"], row["where_en"] or "", re.compile(rf"\b({'|'.join(words.split(SEPARATOR))})\b"))
        for row, words in rows
        if words
    ]


def avoided(code, text, english=""):
    """The words of a text that are not to be used, each with its concept; `english` is the message it translates."""
    shown = PLACEHOLDER.sub("", text.lower())
    for concept, where, pattern in patterns(code):
        if (not where or where in english.lower()) and (found := pattern.search(shown)):
            yield concept, found[0]


def messages(code):
    """The texts of a catalogue with their English messages; of a plural each form with that of English."""
    with (CATALOGUES / code / "LC_MESSAGES" / f"{DOMAIN}.po").open("rb") as file:
        for message in read_po(file):
            ids = (message.id,) if isinstance(message.id, str) else message.id
            forms = ids if code == "en" else (message.string,) if isinstance(message.string, str) else message.string
            yield from ((form, ids[min(n, len(ids) - 1)]) for n, form in enumerate(forms) if message.id)


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


# The concepts of the glossary that bound a claim: a translation without one of their words says something else.
BOUNDS = (
    *("at_least", "at_most", "fewer", "more", "in_any_one_year", "possible"),
    *("only", "highest", "lowest", "largest", "most", "none", "each", "half"),
)


def bounded(code, concept, text):
    """Whether a text has one of the words of a concept."""
    terms = "|".join(map(re.escape, glossary()[concept].terms[code]))
    return bool(re.search(rf"\b({terms})(?!\w)", PLACEHOLDER.sub("", text), re.IGNORECASE))


@pytest.mark.parametrize("code", CODES[1:])
@pytest.mark.parametrize("concept", BOUNDS)
def test_a_translation_has_the_bound_of_its_message(concept, code):
    claims = [(text, english) for text, english in messages(code) if bounded("en", concept, english)]
    assert len(claims) >= 2
    assert [(text, english) for text, english in claims if not bounded(code, concept, text)] == []


def test_a_message_with_a_bound_tells_translators_what_is_certain():
    subjects = tuple(
        f"dashboard/subjects/{name}/" for name in ("compare", "coverage", "explore", "home", "routes", "states")
    )
    silent = set()
    for message in extract():
        english = message.id if isinstance(message.id, str) else message.id[-1]
        claim = PLACEHOLDER.search(english) and any(bounded("en", concept, english) for concept in BOUNDS)
        if claim and message.locations[0][0].startswith(subjects) and not message.auto_comments:
            silent.add(english)
    assert silent == set()


def test_a_bound_that_is_lost_is_found():
    assert bounded("en", "at_least", "{n} of {all} states have at least one figure.")
    assert not bounded("es", "at_least", "{n} de los {all} Estados tienen cifras.")


def numbers(text):
    """The numbers of a text, whatever separates their thousands."""
    plain = re.sub(r"(?<=\d)\smil\b", "000", PLACEHOLDER.sub("", text))
    return Counter(re.findall(r"\d+(?:[.,]\d+)*", re.sub(r"(?<=\d)[.,\u202f\u00a0 ](?=\d{3}\b)", "", plain)))


# "1 per indicator" for "one each"; 50,000,000 for 50m.
WRITTEN_OUT = {"one each", "Country polygons, 1:50m and 1:10m (world-atlas 2.0.2)"}


@pytest.mark.parametrize("code", CODES[1:])
def test_a_translation_has_the_numbers_of_its_message(code):
    found = [(text, english) for text, english in messages(code) if english not in WRITTEN_OUT]
    assert sum(bool(numbers(english)) for _, english in found) > 50
    assert [(text, english) for text, english in found if numbers(text) != numbers(english)] == []


def test_numbers_are_compared_without_their_signs():
    assert numbers("200,000 in 2012") == numbers("2012: 200\u202f000") == numbers("200 mil, 2012")
    assert numbers("1.5") == numbers("{n} and 1.5") != numbers("15")


def test_each_term_has_one_concept_and_no_term_is_ruled_out():
    for code in CODES:
        terms = [term for concept in glossary().values() for term in concept.terms[code]]
        assert [term for term in terms if list(avoided(code, term))] == []
        meant = [concept.terms[code][0] for concept in glossary().values() if concept.meaning[code]]
        assert len(meant) == len(set(meant))
