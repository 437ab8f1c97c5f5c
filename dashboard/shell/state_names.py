"""What finds a state in a list besides its words: its codes, and its names in every language, whatever the page's is.

Names have no accents, case and punctuation.
"""

from collections.abc import Callable, Sequence
from functools import cache
from typing import NamedTuple

from dashboard import store
from data.aliases import Aliases, fold
from data.i18n import LANGUAGES, language
from data.reviewed import read
from data.subregions import CODES


class StateOption(NamedTuple):
    """One option of a list: its id, its words, and what finds it, folded.

    Attributes:
        names: its own name first.
    """

    id: str
    words: str
    codes: tuple[str, ...]
    names: tuple[str, ...]


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


def entry(code: str, words: str) -> StateOption:
    """The entry of an option with its words; an option that is not a state is found only by its words."""
    two = two_letters().get(code)
    if two is None:
        return StateOption(code, words, (), (fold(words),))
    every = (words, *(language(one).country(code) for one in LANGUAGES), *aliases().get(code, ()))
    names = tuple(dict.fromkeys(map(fold, every)))
    return StateOption(code, words, (fold(code), fold(two)), names)


@store.cached
def codes(snap: store.Tables) -> dict[str, str]:
    """The code of each country and part of the region, by each of its codes and names in every language, folded."""
    found = {fold(code): code for code in CODES}
    for code, two in snap.table("countries").select("area", "iso2").collect().iter_rows():
        found |= {fold(code): code, fold(two): code, **{fold(name): code for name in aliases().get(code, ())}}
    known = sorted({*found.values()})
    # A name is stronger than the code or the alias of another country.
    return found | {fold(language(one).country(code)): code for code in known for one in LANGUAGES}


def holds_states(options: Sequence[str]) -> bool:
    """Whether states are among the options, alone or with others."""
    return not set(store.areas()).isdisjoint(options)


def in_list(show: Callable[[str], str], code: str) -> str:
    """The words of an option in Streamlit's own list; `show` gives those of the page."""
    return described(code, show(code))


def described(code: str, words: str) -> str:
    """The words of an option with its codes and other names, for a list that matches only what it shows."""
    one = entry(code, words)
    others = [name for name in one.names if name not in one.names[0]]
    plain = [one.names[0]] if one.names[0] != words.lower() else []
    more = [*map(str.upper, one.codes), *plain, *others]
    return f"{words} ({', '.join(more)})" if one.codes else words
