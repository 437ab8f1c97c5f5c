"""Any name of a state finds it, however it is typed and whatever the page's language is."""

import csv
import itertools
import unicodedata

import pytest
from babel import Locale
from hypothesis import given
from hypothesis import strategies as st

from dashboard import store
from dashboard.shell.state_names import StateOption, aliases, described, entry
from data.aliases import fold
from data.i18n import LANGUAGES, LOCALES, language
from data.reviewed import REFERENCE

# What readers type, and the state that they mean.
TYPED = {
    "peru": "PER", "Perú": "PER", "pérou": "PER", "haiti": "HTI", "haïti": "HTI", "usa": "USA", "u.s.a.": "USA",
    "us": "USA", "eeuu": "USA", "EE.UU.": "USA", "EE. UU.": "USA", "eua": "USA", "etats unis": "USA",
    "estados unidos": "USA", "brasil": "BRA", "brésil": "BRA", "st lucia": "LCA", "St. Lucia": "LCA", "LCA": "LCA",
    "lca": "LCA", "sainte lucie": "LCA", "mexico": "MEX", "MÉXICO": "MEX", "mexique": "MEX", "trinidad": "TTO",
    "TT": "TTO", "trinite": "TTO", "st kitts": "KNA", "St. Kitts": "KNA", "San Cristobal": "KNA",
    "sao cristovao": "KNA", "DR": "DOM", "dr": "DOM", "republica dominicana": "DOM", "rep dominicana": "DOM",
    "CRI": "CRI", "cri": "CRI", "cr": "CRI", "dominica": "DMA", "st vincent": "VCT", "svg": "VCT",
    "guiana": "GUY", "belice": "BLZ", "canada": "CAN", "salvador": "SLV", "hond": "HND", "the bahamas": "BHS",
}  # fmt: skip


def plain(text: str) -> str:
    """Without accents, by another path than the code's."""
    return unicodedata.normalize("NFD", text).encode("ascii", "ignore").decode()


def found(text, lang):
    """The states that have a text in their words, codes or names: a list of a page finds them."""
    every = {area: entry(area, lang.country(area)) for area in store.areas()}
    return {area for area, one in every.items() if fold(text) in " ".join([*one.codes, *one.names])}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize("text", TYPED)
def test_what_readers_type_finds_the_state(text, code):
    assert TYPED[text] in found(text, language(code))


@pytest.mark.parametrize("page", LANGUAGES)
@pytest.mark.parametrize("of", LANGUAGES)
def test_every_state_is_found_by_its_name_in_each_language_without_accents(page, of):
    with (REFERENCE / "areas.csv").open(encoding="utf-8", newline="") as file:
        states = [(row["area"], row["iso2"]) for row in csv.DictReader(file)]
    assert len(states) == 35
    names = Locale.parse(LOCALES[of]).territories
    for area, two in states:
        for text in (names[two], plain(names[two]), plain(names[two]).upper(), area, area.lower(), two):
            assert area in found(text, language(page)), (text, area)


@pytest.mark.parametrize("page", LANGUAGES)
def test_every_other_name_finds_its_state(page):
    for area, names in aliases().items():
        for name in names:
            assert area in found(name, language(page)), name


def test_no_name_or_code_belongs_to_two_states():
    owner: dict[str, str] = {}
    for area in store.areas():
        one = entry(area, area)
        for text in {*one.codes, *(name.replace(" ", "") for name in one.names[1:])}:
            assert owner.setdefault(text, area) == area, text


def test_what_is_no_name_finds_nothing():
    assert found("zzz", language("en")) == set()
    assert found("France", language("en")) == set()


def test_an_option_that_is_no_state_is_found_by_its_words():
    assert entry("all", "Todos los Estados") == StateOption("all", "Todos los Estados", (), ("todos los estados",))
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
    assert area in found(text, language(code))
