"""The result of a check: what it found, in a few English words and as a code with values for translation."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

Frames = Mapping[str, pl.DataFrame]
SHOWN = 3
# The most names in a list that a person has to go through.
TO_LOOK_AT = 12


@dataclass(frozen=True)
class Statement:
    """What a check found or expected: in English, and as `facts` (a code and its values) for the pages."""

    words: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Check:
    """A check: its name (fixed words, then its subject), what it found, what was expected, the outcome.

    `seen` and `wanted` are the facts of `saw` and `expected`. `asked`: it passed, but a person should look at what it
    found.
    """

    name: str
    saw: str
    expected: str
    passed: bool
    seen: Mapping[str, Any] = field(default_factory=dict)
    wanted: Mapping[str, Any] = field(default_factory=dict)
    asked: bool = False


def verdict(name: str, saw: Statement, expected: Statement, *, passed: bool, asked: bool = False) -> Check:
    """Make a check from its statements."""
    return Check(name, saw.words, expected.words, passed, saw.facts, expected.facts, asked)


def coded(code: str, words: str, **values: object) -> Statement:
    """A statement from a code, its words, and its values."""
    return Statement(words, {"code": code, **values})


def none(words: str = "none") -> Statement:
    """A statement that nothing was found."""
    return coded("none", words)


def where(rows: pl.DataFrame) -> Statement:
    """A statement of how many figures, their sources, and the first ones; `none` if there are none."""
    # Totals have no state and year.
    named = pl.concat_str("indicator", "area", "year", separator=" ", ignore_nulls=True)
    return of_sources(rows.select("source", named).rows())


def of_sources(named: Sequence[tuple[str, str]], nothing: str = "none") -> Statement:
    """A statement of how many pairs (source, words), all sources, and the first words; `nothing` if there are none.

    All sources are named, since a stopped build moves the files of all of them aside.
    """
    if not named:
        return none(nothing)
    sources, names = (sorted({one[at] for one in named}) for at in (0, 1))
    words = f"{len(named)} of {', '.join(sources)}: {listed(names, TO_LOOK_AT)}"
    return coded("figures", words, n=len(named), sources=sources, **_first(names, TO_LOOK_AT))


def several(names: Sequence[str], nothing: str = "none") -> Statement:
    """A statement of the first names; `nothing` if there are none."""
    return coded("names", listed(list(names)), **_first(names, SHOWN)) if names else none(nothing)


def _first(names: Sequence[str], shown: int) -> dict[str, object]:
    return {"first": list(names[:shown]), "more": max(len(names) - shown, 0)}


def listed(names: list[str], shown: int = SHOWN) -> str:
    """The first names, and how many more there are."""
    return ", ".join(names[:shown]) + (f" and {len(names) - shown} more" if len(names) > shown else "")
