"""How a reader finds a state by what is typed: the names and codes of each state, and the order of the matches.

Names count in every language, whatever the page's own is, and without accents, case and punctuation.
"""

from collections.abc import Callable, Iterable
from functools import cache
from typing import NamedTuple

from dashboard import store
from dashboard.words import terms
from data.aliases import Aliases, fold
from data.i18n import LANGUAGES, Language, language
from data.reviewed import read
from data.subregions import SUBREGIONS, states_of

InWords = Callable[[str], str]
# The name of a subregion finds its states from this many letters on.
LETTERS = 4


class StateOption(NamedTuple):
    """One option of a list: its id, its words, and what finds it, folded.

    Attributes:
        names: its own name first.
        subregion: the names of its subregion.
    """

    id: str
    words: str
    codes: tuple[str, ...]
    names: tuple[str, ...]
    subregion: tuple[str, ...] = ()


@cache
def aliases() -> dict[str, tuple[str, ...]]:
    """The reviewed other names of each state, as written."""
    found: dict[str, list[str]] = {}
    for area, alias in read(Aliases).select("area", "alias").iter_rows():
        found.setdefault(area, []).append(alias)
    return {area: tuple(names) for area, names in found.items()}


@store.cached
def two_letters(snap: store.Tables) -> dict[str, str]:
    """The ISO 3166-1 alpha-2 code of each state, by alpha-3."""
    return dict(snap.table("areas").select("area", "iso2").collect().iter_rows())


@cache
def subregions() -> dict[str, tuple[str, ...]]:
    """The folded names of the subregion of each state, in all languages."""
    found: dict[str, tuple[str, ...]] = {}
    for group in SUBREGIONS:
        names = tuple(dict.fromkeys(fold(terms.term(language(one), "subregion", group)) for one in LANGUAGES))
        found |= dict.fromkeys(states_of(group), names)
    return found


def entry(code: str, words: str) -> StateOption:
    """The entry of an option with its words; an option that is not a state is found only by its words."""
    two = two_letters().get(code)
    if two is None:
        return StateOption(code, words, (), (fold(words),))
    every = (words, *(language(one).country(code) for one in LANGUAGES), *aliases().get(code, ()))
    names = tuple(dict.fromkeys(map(fold, every)))
    return StateOption(code, words, (fold(code), fold(two)), names, subregions().get(code, ()))


def entries(lang: Language) -> tuple[StateOption, ...]:
    """The entries of all states, in the alphabetical order of a language."""
    return tuple(entry(code, lang.country(code)) for code in lang.sorted_countries(store.areas()))


def rank(typed: str, one: StateOption) -> int | None:
    """How well a folded text matches an entry, 0 for best; None if it does not.

    First its code, then a whole name, then the beginning of its own name, of another name, of words in a name, and of
    words in the name of its subregion.
    """
    close = typed.replace(" ", "")
    names = [name.replace(" ", "") for name in one.names]
    if close in one.codes:
        return 0
    if close in names:
        return 1
    if names[0].startswith(close):
        return 2
    if any(name.startswith(close) for name in names):
        return 3
    if _begin(typed, one.names):
        return 4
    return 5 if len(close) >= LETTERS and _begin(typed, one.subregion) else None


def _begin(typed: str, names: Iterable[str]) -> bool:
    """Whether each part of a text is the beginning of a word of one of the names."""
    return any(all(any(word.startswith(part) for word in name.split()) for part in typed.split()) for name in names)


def found(text: str, among: Iterable[StateOption]) -> list[str]:
    """The ids of the entries that match a typed text, the best first, else in their order; all for an empty text."""
    typed = fold(text)
    matches = [(rank(typed, one) if typed else 0, one.id) for one in among]
    # Stable: entries of one rank stay in their order.
    return [code for place, code in sorted(((p, c) for p, c in matches if p is not None), key=lambda pair: pair[0])]


def described(code: str, words: str) -> str:
    """The words of an option with its codes and other names, for a list that matches only what it shows."""
    one = entry(code, words)
    others = [name for name in one.names if name not in one.names[0]]
    plain = [one.names[0]] if one.names[0] != words.lower() else []
    more = [*map(str.upper, one.codes), *plain, *others]
    return f"{words} ({', '.join(more)})" if one.codes else words
