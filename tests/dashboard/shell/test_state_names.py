"""Any name of a state finds it, however it is typed and whatever the page's language is."""

import csv
import itertools
import unicodedata

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from dashboard import store
from dashboard.shell.state_names import StateOption, aliases, described, entries, entry, found
from data.aliases import fold
from data.i18n import LANGUAGES, LOCALES, language
from data.reviewed import REFERENCE

# What readers type, and the state that they mean.
TYPED = {
    "peru": "PER", "Perú": "PER", "pérou": "PER", "haiti": "HTI", "haïti": "HTI", "usa": "USA", "u.s.a.": "USA",
    "us": "USA", "eeuu": "USA", "EE.UU.": "USA", "EE. UU.": "USA", "eua": "USA", "etats unis": "USA",
    "estados unidos": "USA", "brasil": "BRA", "brésil": "BRA", "st lucia": "LCA", "St. Lucia": "LCA", "LCA": "LCA",
    "lca": "LCA", "sainte lucie": "LCA", "mexico": "MEX", "MÉXICO": "MEX", "mexique": "MEX", "trinidad": "TTO",
    "t&t": "TTO", "TT": "TTO", "trinite": "TTO", "st kitts": "KNA", "St. Kitts": "KNA", "San Cristobal": "KNA",
    "sao cristovao": "KNA", "DR": "DOM", "dr": "DOM", "republica dominicana": "DOM", "rep dominicana": "DOM",
    "CRI": "CRI", "cri": "CRI", "cr": "CRI", "costarica": "CRI", "dominica": "DMA", "st vincent": "VCT", "svg": "VCT",
    "guiana": "GUY", "belice": "BLZ", "canada": "CAN", "salvador": "SLV", "hond": "HND", "the bahamas": "BHS",
}  # fmt: skip


def plain(text: str) -> str:
    """Without accents, by another path than the code's."""
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("text", TYPED)
def test_what_readers_type_finds_the_state_first(text, code):
    assert found(text, entries(language(code)))[0] == TYPED[text]


@pytest.mark.parametrize("page", LANGUAGES)
@pytest.mark.parametrize("of", LANGUAGES)
def test_every_state_is_found_by_its_name_in_each_language_without_accents(page, of):
    with (REFERENCE / "areas.csv").open(encoding="utf-8", newline="") as file:
        states = [(row["area"], row["iso2"]) for row in csv.DictReader(file)]
    assert len(states) == 35
    names = Locale.parse(LOCALES[of]).territories
    for area, two in states:
        for text in (names[two], plain(names[two]), plain(names[two]).upper(), area, area.lower(), two):
            # "Granada" is Grenada in Spanish and Portuguese, and no state of the list in English.
            assert found(text, entries(language(page)))[0] == area, (text, area)


@pytest.mark.parametrize("page", LANGUAGES)
def test_every_other_name_finds_its_state_first(page):
    for area, names in aliases().items():
        for name in names:
            assert found(name, entries(language(page)))[0] == area, name


def test_no_name_or_code_belongs_to_two_states():
    owner: dict[str, str] = {}
    for area in store.areas():
        one = entry(area, area)
        for text in {*one.codes, *(name.replace(" ", "") for name in one.names[1:])}:
            assert owner.setdefault(text, area) == area, text


@pytest.mark.parametrize("code", LANGUAGES)
def test_an_empty_text_shows_all_in_the_order_of_the_alphabet_and_a_wrong_one_none(code):
    lang = language(code)
    assert found(" ", entries(lang)) == lang.sorted_countries(store.areas())
    assert found("zzz", entries(lang)) == []
    assert found("France", entries(lang)) == []


def test_better_matches_come_first():
    english = entries(language("en"))
    assert found("CRI", entries(language("es")))[:2] == ["CRI", "KNA"]
    assert found("dominica", english) == ["DMA", "DOM"]
    assert found("saint", english) == ["KNA", "LCA", "VCT"]
    # A word in any place of a name.
    assert found("republic", english) == ["DOM"]


@pytest.mark.parametrize("page", LANGUAGES)
@pytest.mark.parametrize("text", ["central", "América Central", "Amérique centrale", "central am"])
def test_the_name_of_a_subregion_finds_its_states(text, page):
    with (REFERENCE / "subregions.csv").open(encoding="utf-8", newline="") as file:
        central = {row["area"] for row in csv.DictReader(file) if row["m49"] == "013"}
    assert len(central) == 8
    assert {*found(text, entries(language(page)))} == central


def test_a_short_text_does_not_find_subregions_and_names_come_before_them():
    english = entries(language("en"))
    assert found("sou", english) == []
    assert found("sout", english)[0] == "ARG"
    assert found("america", english)[0] == "USA"


def test_an_option_that_is_no_state_is_found_by_its_words():
    assert entry("all", "Todos los Estados") == StateOption("all", "Todos los Estados", (), ("todos los estados",))
    assert found("todos", [entry("all", "Todos los Estados"), entry("PER", "Perú")]) == ["all"]
    assert described("all", "All states") == "All states"


def test_streamlits_own_list_shows_what_it_has_to_match():
    words = described("PER", "Perú")
    assert words.startswith("Perú (PER, PE, peru")
    assert "brasil" in described("BRA", "Brazil")


@given(st.text(max_size=30))
def test_folding_is_stable_and_plain(text):
    once = fold(text)
    assert fold(once) == once
    assert once == once.strip()
    assert "  " not in once
    assert not any(unicodedata.combining(letter) for letter in once)


@given(st.sampled_from(list(itertools.product(LANGUAGES, store.areas()))), st.data())
def test_the_beginning_of_a_name_finds_it(which, data):
    code, area = which
    name = language(code).country(area)
    text = name[: data.draw(st.integers(1, len(name)))]
    assert area in found(text, entries(language(code))) or not fold(text)
