"""Names of countries in sentences: the expected phrases are the grammar of each language, written by hand."""

import pytest

from dashboard import store
from dashboard.words import countries
from data.articles import articles
from data.i18n import LANGUAGES, Language, language

PHRASES = [
    ("en", "USA", "the United States", "in the United States", "of the United States", "to the United States"),
    ("en", "HTI", "Haiti", "in Haiti", "of Haiti", "to Haiti"),
    ("es", "USA", "los Estados Unidos", "en los Estados Unidos", "de los Estados Unidos", "a los Estados Unidos"),
    ("es", "DOM", "la República Dominicana", "en la República Dominicana", "de la República Dominicana", "a la Repú"),
    ("es", "GBR", "el Reino Unido", "en el Reino Unido", "del Reino Unido", "al Reino Unido"),
    ("es", "SLV", "El Salvador", "en El Salvador", "de El Salvador", "a El Salvador"),
    ("pt", "USA", "os Estados Unidos", "nos Estados Unidos", "dos Estados Unidos", "para os Estados Unidos"),
    ("pt", "HTI", "o Haiti", "no Haiti", "do Haiti", "para o Haiti"),
    ("pt", "ARG", "a Argentina", "na Argentina", "da Argentina", "para a Argentina"),
    ("pt", "CUB", "Cuba", "em Cuba", "de Cuba", "para Cuba"),
    ("fr", "USA", "les États-Unis", "aux États-Unis", "des États-Unis", "vers les États-Unis"),
    ("fr", "MEX", "le Mexique", "au Mexique", "du Mexique", "vers le Mexique"),
    ("fr", "ARG", "l’Argentine", "en Argentine", "de l’Argentine", "vers l’Argentine"),
    ("fr", "HTI", "Haïti", "en Haïti", "d’Haïti", "vers Haïti"),
    ("fr", "LCA", "Sainte-Lucie", "à Sainte-Lucie", "de Sainte-Lucie", "vers Sainte-Lucie"),
    ("fr", "BRB", "la Barbade", "à la Barbade", "de la Barbade", "vers la Barbade"),
    ("fr", "CUB", "Cuba", "à Cuba", "de Cuba", "vers Cuba"),
]


@pytest.mark.parametrize(("code", "area", "the", "inside", "of", "to"), PHRASES)
def test_a_name_has_its_article_and_its_small_word(code, area, the, inside, of, to):
    lang = language(code)
    assert countries.the(lang, area) == the
    assert countries.inside(lang, area) == inside
    assert countries.of(lang, area) == of
    assert countries.to(lang, area).startswith(to)


def test_who_does_something():
    said = {code: countries.by(language(code), "BHS") for code in LANGUAGES}
    assert said == {"en": "by the Bahamas", "es": "por las Bahamas", "pt": "pelas Bahamas", "fr": "par les Bahamas"}
    assert countries.by(language("pt"), "HTI") == "pelo Haiti"


def test_a_sentence_starts_with_a_capital():
    assert countries.start(language("pt"), "USA") == "Os Estados Unidos"
    assert countries.start(language("fr"), "ARG") == "L’Argentine"
    assert countries.start(language("en"), "HTI") == "Haiti"


def test_some_names_take_a_plural_verb():
    plural = {code: countries.number(language(code), "USA") for code in LANGUAGES}
    assert plural == {"en": 1, "es": 2, "pt": 2, "fr": 2}
    assert {countries.number(language(code), "HTI") for code in LANGUAGES} == {1}


def test_every_country_of_the_tables_is_in_the_file():
    flows = store.tables().flows().select("origin", "transit", "destination").collect()
    named = {area for name in flows.columns for area in flows[name].drop_nulls()} | set(store.areas())
    assert named - articles().keys() == set()


@pytest.mark.parametrize(("code", "ends"), [("es", "s"), ("pt", "s"), ("fr", "s")])
def test_plural_articles_go_with_plural_names(code, ends):
    lang, many = language(code), {"es": {"los", "las"}, "pt": {"os", "as"}, "fr": {"les"}}[code]
    for area, row in articles().items():
        if row[code] in many:
            # "Emiratos Árabes Unidos", "Îles Vierges des États-Unis", "Islas Vírgenes de EE. UU."
            assert lang.country(area).split()[0].split("-")[0].endswith((ends, "U.")), area


def test_french_elides_before_a_vowel_only():
    lang = language("fr")
    for area, row in articles().items():
        vowel = lang.country(area)[0] in "AÀÂEÉÈIÎOUÉ"
        if row["fr"]:
            assert (row["fr"] == "l’") == vowel or row["fr"] in {"les", "aux"}, area


def test_a_language_without_small_words_of_its_own_has_the_english_ones_and_english_articles():
    german = Language("de", language("en").locale, language("en").catalogue)
    assert countries.inside(german, "USA") == "in the United States"
    assert countries.the(german, "USA") == "the United States"
    assert countries.leaving(german, "HTI") == "from Haiti"
