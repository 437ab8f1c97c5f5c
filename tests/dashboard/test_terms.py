"""Every closed id of the contract has a word, in the field's own terms."""

import pytest

from dashboard import terms, vocabulary
from dashboard.shell.navigation import scripts
from data import columns
from data.i18n import LANGUAGES, language

CLOSED = [
    (columns.SEX, terms.sex),
    (columns.STATUS, terms.status),
    (columns.FLOW_STATUS, terms.status),
    (("zero", "not_reported"), terms.status),
    (columns.UNIT, terms.unit),
    (columns.FLOW_UNIT, terms.unit),
    (columns.EVIDENCE, terms.evidence),
    (columns.ROLE, terms.role),
    (columns.STATED, terms.stated),
    (columns.YEAR_BASIS, terms.year_basis),
    (columns.REVISION_KIND, terms.revision),
    (columns.BOUNDARY_KIND, terms.boundary),
    (columns.REDISTRIBUTE, terms.redistribute),
]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("ids", "word"), CLOSED)
def test_every_closed_id_has_a_word(code, ids, word):
    words = [word(language(code), item) for item in ids]
    assert not set(words) & {item for item in ids if "_" in item}
    assert len(set(words)) == len(ids)


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("en", "Detected victims"),
        ("es", "Víctimas detectadas"),
        ("pt", "Vítimas detectadas"),
        ("fr", "Victimes détectées"),
    ],
)
def test_detected_victims_in_four_languages(code, word):
    assert terms.indicator(language(code), "detected_victims") == word


@pytest.mark.parametrize(
    ("code", "term"),
    [("es", "trata de personas"), ("pt", "tráfico de pessoas"), ("fr", "traite des personnes")],
)
def test_the_offence_has_its_legal_name(code, term):
    assert term in terms.definition(language(code), "detected_victims")


@pytest.mark.parametrize("slug", scripts())
def test_every_page_has_a_title_and_a_purpose(slug):
    assert slug in vocabulary.PAGE
    assert slug in vocabulary.PURPOSE
    assert terms.page(language("en"), slug) != slug
    assert terms.purpose(language("en"), slug).endswith(".")


@pytest.mark.parametrize(
    ("code", "word"),
    [
        ("total", "All ages"),
        ("0-17", "Children (0–17 years)"),
        ("5-17", "5–17 years"),
        ("15+", "15 years and over"),
        ("x", "x"),
    ],
)
def test_ages_open_and_closed(code, word):
    assert terms.age(language("en"), code) == word


def test_subregions_by_id_or_name():
    assert terms.subregion(language("pt"), "South America") == terms.subregion(language("pt"), "south_america")
    assert terms.subregion(language("en"), "") == ""


@pytest.mark.parametrize(
    ("low", "high", "status", "read"),
    [(12, 12, "exact", "12"), (0, 4, "masked", "0–4"), (None, None, "suspect", "Implausible, set aside")],
)
def test_a_cell_reads_as_number_interval_or_word(low, high, status, read):
    assert terms.figure(language("en"), low, high, status) == read


@pytest.mark.parametrize(
    ("word", "inside"),
    [("Detected victims", "detected victims"), ("UNODC data", "UNODC data"), ("Éléments", "éléments"), ("", "")],
)
def test_words_inside_a_sentence(word, inside):
    assert terms.in_sentence(word) == inside


def test_an_unknown_id_shows_itself():
    assert terms.indicator(language("fr"), "new_indicator") == "new_indicator"
