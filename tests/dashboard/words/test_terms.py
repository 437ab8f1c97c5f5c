"""Every closed id of the contract has a word, in the field's own terms."""

from typing import get_args

import pytest

from dashboard import menu
from dashboard.menu import scripts
from dashboard.words import terms
from data import columns
from data.i18n import LANGUAGES, language

CLOSED = [
    (columns.SEX, "sex"),
    (columns.STATUS, "status"),
    (columns.FLOW_STATUS, "status"),
    (("zero", "not_reported"), "status"),
    (columns.UNIT, "unit"),
    (columns.FLOW_UNIT, "unit"),
    (columns.EVIDENCE, "evidence"),
    (columns.ROLE, "role"),
    (columns.STATED, "stated"),
    (columns.YEAR_BASIS, "year_basis"),
    (columns.REVISION_KIND, "revision"),
    (columns.REDISTRIBUTE, "redistribute"),
]


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("ids", "kind"), CLOSED)
def test_every_closed_id_has_a_word(code, ids, kind):
    words = [terms.term(language(code), kind, item) for item in ids]
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
    assert terms.term(language(code), "indicator", "detected_victims") == word


@pytest.mark.parametrize(
    ("code", "term"),
    [("es", "trata de personas"), ("pt", "tráfico de pessoas"), ("fr", "traite des personnes")],
)
def test_the_offence_has_its_legal_name(code, term):
    assert term in terms.term(language(code), "definition", "detected_victims")


@pytest.mark.parametrize("slug", scripts())
def test_every_page_has_a_title_and_a_purpose(slug):
    assert menu.title(language("en"), slug) != slug
    assert menu.purpose(language("en"), slug).endswith(".")


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
    assert terms.term(language("en"), "age", code) == word


def test_subregions_by_id_or_name():
    assert terms.term(language("pt"), "subregion", "South America") == terms.term(
        language("pt"), "subregion", "south_america"
    )
    assert terms.term(language("en"), "subregion", "") == ""


@pytest.mark.parametrize(
    ("low", "high", "status", "read"),
    [(12, 12, "exact", "12"), (0, 4, "masked", "0–4"), (None, None, "suspect", "Impossible value, left out")],
)
def test_a_cell_reads_as_number_interval_or_word(low, high, status, read):
    assert terms.figure(language("en"), low, high, status) == read


@pytest.mark.parametrize(
    ("word", "inside"),
    [("Detected victims", "detected victims"), ("UNODC data", "UNODC data"), ("Éléments", "éléments"), ("", "")],
)
def test_words_inside_a_sentence(word, inside):
    assert terms.in_sentence(word) == inside


def test_an_unknown_id_is_shown_as_is():
    assert terms.term(language("fr"), "indicator", "new_indicator") == "new_indicator"


def test_every_kind_has_its_words():
    words = {*terms._MESSAGES, *terms._SPECIAL, *terms._DECLARED}
    assert words == set(get_args(terms.Kind))
