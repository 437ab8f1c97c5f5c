"""Numbers, dates, names and languages as each audience writes them; expected texts come from style guides, not code."""

from datetime import date

import pytest
from babel import Locale

from data import i18n
from data.i18n import LANGUAGES, language, match

NARROW = "\u202f"
STATES = [
    "ATG",
    "ARG",
    "BHS",
    "BRB",
    "BLZ",
    "BOL",
    "BRA",
    "CAN",
    "CHL",
    "COL",
    "CRI",
    "CUB",
    "DMA",
    "DOM",
    "ECU",
    "SLV",
    "GRD",
    "GTM",
    "GUY",
    "HTI",
    "HND",
    "JAM",
    "MEX",
    "NIC",
    "PAN",
    "PRY",
    "PER",
    "KNA",
    "LCA",
    "VCT",
    "SUR",
    "TTO",
    "USA",
    "URY",
    "VEN",
]


@pytest.mark.parametrize(
    ("code", "written"),
    [("en", "12,345.6"), ("es", f"12{NARROW}345.6"), ("pt", "12.345,6"), ("fr", f"12{NARROW}345,6")],
)
def test_numbers_are_written_as_the_language_does(code, written):
    assert language(code).number(12345.6, 1) == written


@pytest.mark.parametrize(("code", "signs"), [("en", ".,"), ("es", f".{NARROW}"), ("pt", ",."), ("fr", f",{NARROW}")])
def test_plotly_gets_the_same_signs_as_the_text(code, signs):
    lang = language(code)
    decimal, group = signs
    assert lang.separators == signs
    assert lang.number(12345.6, 1) == f"12{group}345{decimal}6"


def test_spanish_writes_four_digits_together():
    """So the Ortografía of the academies (2010): 1234, and from five digits on a narrow space."""
    lang = language("es")
    assert [lang.number(n) for n in (999, 1186, -1186, 9999, 10000, 1234567)] == [
        *("999", "1186", "-1186", "9999"),
        f"10{NARROW}000",
        f"1{NARROW}234{NARROW}567",
    ]
    # As it is rounded.
    assert [lang.number(9999.6, digits) for digits in (0, 1)] == [f"10{NARROW}000", "9999.6"]
    assert lang.interval(9_990, 21_098) == f"9990-21{NARROW}098"


@pytest.mark.parametrize(
    ("value", "digits", "written"),
    [(0, 0, "0"), (0, 2, "0.00"), (3, 1, "3.0"), (0.04, 1, "0.04"), (0.0004, 2, "0.0004"), (1000, 0, "1,000")],
)
def test_only_a_true_zero_reads_zero(value, digits, written):
    assert language("en").number(value, digits) == written


@pytest.mark.parametrize(
    ("low", "high", "digits", "written"),
    [
        (12, 12, 0, "12"),
        (0, 4, 0, "0–4"),
        (12, 24, 0, "12–24"),
        (1.23, 1.27, 1, "1.2–1.3"),
        (1.1, 1.9, 1, "1.1–1.9"),
        (0.04, 0.08, 1, "0.04–0.08"),
        (1999.5, 2000.5, 0, "1,999–2,001"),
    ],
)
def test_an_interval_is_never_made_narrower(low, high, digits, written):
    assert language("en").interval(low, high, digits) == written


@pytest.mark.parametrize(
    ("code", "names"),
    [
        ("en", ("Saint Kitts and Nevis", "Brazil", "United States", "Trinidad and Tobago")),
        ("es", ("Saint Kitts y Nevis", "Brasil", "Estados Unidos", "Trinidad y Tobago")),
        ("pt", ("São Cristóvão e Névis", "Brasil", "Estados Unidos", "Trinidad e Tobago")),
        ("fr", ("Saint-Kitts-et-Nevis", "Brésil", "États-Unis", "Trinité-et-Tobago")),
    ],
)
def test_countries_by_their_short_names(code, names):
    assert tuple(map(language(code).country, ("KNA", "BRA", "USA", "TTO"))) == names


@pytest.mark.parametrize(
    ("iso3", "names"),
    [
        ("SLV", ("El Salvador", "El Salvador", "El Salvador", "El Salvador")),
        ("VCT", (..., ..., ..., "Saint-Vincent-et-Grenadines")),
        ("BLZ", (..., "Belize", ..., ...)),
        ("GRD", (..., "Grenada", ..., ...)),
        ("SUR", (..., "Suriname", ..., ...)),
        ("KOR", ("Republic of Korea", "República de Corea", "República da Coreia", "République de Corée")),
        ("FRA", ("France", "Francia", "França", "France")),
    ],
)
def test_names_are_those_of_the_oas_and_of_the_united_nations_where_they_differ(iso3, names):
    shown = tuple(language(code).country(iso3) for code in ("en", "es", "pt", "fr"))
    assert [(name, wanted) for name, wanted in zip(shown, names, strict=True) if wanted not in {..., name}] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_state_has_a_name(code):
    names = {language(code).country(iso3) for iso3 in STATES}
    assert len(names) == 35
    assert not names & set(STATES)


def test_a_code_without_a_name_is_shown_as_it_is():
    assert language("fr").country("QQQ") == "QQQ"


def test_names_sort_without_regard_to_accents():
    # É would come after Z by code point: Équateur (ECU) and États-Unis (USA) belong between D and F, before Grenade.
    assert language("fr").sorted_countries(["GRD", "USA", "ECU", "DOM", "BRA"]) == ["BRA", "ECU", "USA", "GRD", "DOM"]
    assert language("es").sorted_countries(["PER", "PRY", "PAN", "MEX"]) == ["MEX", "PAN", "PRY", "PER"]


@pytest.mark.parametrize(
    ("code", "day", "month"),
    [
        ("en", "28 October 2025", "January 2014"),
        ("es", "28 de octubre de 2025", "enero de 2014"),
        ("pt", "28 de outubro de 2025", "janeiro de 2014"),
        ("fr", "28 octobre 2025", "janvier 2014"),
    ],
)
def test_dates_in_the_precision_given(code, day, month):
    lang = language(code)
    assert lang.date(date(2025, 10, 28)) == lang.date("2025-10-28") == day
    assert lang.date("2014-01") == month
    assert lang.date("2013.1") == "2013.1"


@pytest.mark.parametrize(
    ("code", "first"),
    [("en", "1 March 2026"), ("es", "1 de marzo de 2026"), ("pt", "1º de março de 2026"), ("fr", "1er mars 2026")],
)
def test_the_first_of_a_month(code, first):
    assert language(code).date("2026-03-01") == first
    assert language(code).date("2026-03-11").startswith("11 ")


def test_lists_end_as_sentences_do():
    assert language("en").listing(["A", "B", "C"]) == "A, B and C"
    assert language("es").listing(["A", "B"]) == "A y B"


def test_words_are_filled_and_unknown_messages_stay():
    assert language("en").text("From {low} to {high}", low=1, high=2) == "From 1 to 2"
    assert language("fr").text("no such message {x}") == "no such message {x}"


def test_plural_forms_follow_the_language():
    singular, plural = "{n} cat of {whose}", "{n} cats of {whose}"
    assert language("en").plural(singular, plural, 1, whose="Ana") == "1 cat of Ana"
    assert language("en").plural(singular, plural, 1200, whose="Ana") == "1,200 cats of Ana"


@pytest.mark.parametrize(
    ("accept", "code"),
    [
        ("pt-BR,pt;q=0.9,en;q=0.8", "pt"),
        ("de-DE,fr;q=0.4,es;q=0.7", "es"),
        ("es-419", "es"),
        ("FR", "fr"),
        ("pt;q=0,en;q=0.1", "en"),
        ("de", "en"),
        ("*", "en"),
        ("", "en"),
        (None, "en"),
        ("<script>;q=x,,;;", "en"),
    ],
)
def test_the_language_follows_the_browsers_preference(accept, code):
    assert match(accept) == code


def test_a_language_knows_its_own_name():
    assert [language(code).name for code in LANGUAGES] == ["English", "Español", "Português", "Français"]
    with pytest.raises(KeyError):
        language("de")


@pytest.mark.parametrize(
    ("low", "high", "digits", "words"),
    [(0.0066, 0.0266, 2, "0.006–0.027"), (0.0, 0.0266, 2, "0.00–0.03"), (0.5, 1.2, 0, "0.5–1.2"), (1.0, 4.0, 0, "1–4")],
)
def test_an_interval_that_excludes_zero_never_reads_as_if_it_did_not(low, high, digits, words):
    assert language("en").interval(low, high, digits) == words


@pytest.mark.parametrize(
    ("code", "parts", "written"),
    [
        ("en", [], ""),
        ("fr", [], ""),
        ("en", ["A"], "A"),
        ("es", ["A", "B", "C"], "A; B; C"),
        ("fr", ["A", "B"], f"A{NARROW}; B"),
    ],
)
def test_parts_are_joined_by_semicolons(code, parts, written):
    assert language(code).joined(iter(parts)) == written


@pytest.mark.parametrize(
    ("items", "joined"),
    [
        (["Indonesia", "India"], "Indonesia e India"),
        (["padres", "hijos"], "padres e hijos"),
        (["cobre", "hierro"], "cobre y hierro"),
        (["Italia", "Perú", "Haití"], "Italia, Perú y Haití"),
    ],
)
def test_spanish_lists_have_e_before_the_sound_of_an_i(items, joined):
    assert language("es").listing(items) == joined


def test_a_language_without_data_of_its_own_has_english_formats_and_not_those_of_another_language():
    # Babel gives Haitian Creole the French data: "États-Unis", "1 234,5".
    assert Locale.parse("ht").territories["US"] == "États-Unis"
    assert i18n.formats("ht").territories["US"] == "United States"
    assert [i18n.borrows(locale) for locale in ("ht", "ht_HT", "nb", "es_419", "fr_HT")] == [True, True, *[False] * 3]
    assert i18n.own_name("ht", {"locale": "ht", "name": "kreyòl ayisyen"}) == "Kreyòl ayisyen"
    with pytest.raises(ValueError, match=r"data/locales/ht/language\.toml: .* add name = "):
        i18n.own_name("ht", {"locale": "ht"})
