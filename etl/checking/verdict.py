"""The result of one check: what it saw in few words, and as a code with values that can be said in any language."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import polars as pl

Frames = Mapping[str, pl.DataFrame]
SHOWN = 3
# What a person is asked to look at one by one.
TO_LOOK_AT = 12


@dataclass(frozen=True)
class Statement:
    """What a check saw or expected: in English words, and as `facts`, a code with its values, for the screens."""

    words: str
    facts: Mapping[str, Any]


@dataclass(frozen=True)
class Check:
    """One comparison: its name (stable words, then what it is about), what it saw, what was expected, the outcome.

    `seen` and `wanted` are the facts of `saw` and `expected`.
    """

    name: str
    saw: str
    expected: str
    passed: bool
    seen: Mapping[str, Any] = field(default_factory=dict)
    wanted: Mapping[str, Any] = field(default_factory=dict)


def verdict(name: str, saw: Statement, expected: Statement, *, passed: bool) -> Check:
    """The result of a comparison."""
    return Check(name, saw.words, expected.words, passed, saw.facts, expected.facts)


def coded(code: str, words: str, **values: object) -> Statement:
    """Words under a code, with the values in them."""
    return Statement(words, {"code": code, **values})


def none(words: str = "none") -> Statement:
    """The statement that there is nothing."""
    return coded("none", words)


def where(rows: pl.DataFrame) -> Statement:
    """How many figures, of which sources, and the first of them; `none` where there is none."""
    # Totals are of no one state or year.
    named = pl.concat_str("indicator", "area", "year", separator=" ", ignore_nulls=True)
    return of_sources(rows.select("source", named).rows())


def of_sources(named: Sequence[tuple[str, str]], nothing: str = "none") -> Statement:
    """How many (source, words) there are, all the sources, and the first of the words; `nothing` where there is none.

    Every source is named, even one whose words are not shown: a held build puts the files of all of them aside.
    """
    if not named:
        return none(nothing)
    sources, names = (sorted({one[at] for one in named}) for at in (0, 1))
    words = f"{len(named)} of {', '.join(sources)}: {listed(names, TO_LOOK_AT)}"
    return coded("figures", words, n=len(named), sources=sources, **_first(names, TO_LOOK_AT))


def several(names: Sequence[str], nothing: str = "none") -> Statement:
    """The first of some names; `nothing` where there is none."""
    return coded("names", listed(list(names)), **_first(names, SHOWN)) if names else none(nothing)


def _first(names: Sequence[str], shown: int) -> dict[str, object]:
    return {"first": list(names[:shown]), "more": max(len(names) - shown, 0)}


def listed(names: list[str], shown: int = SHOWN) -> str:
    """The first of some names, and how many more there are."""
    return ", ".join(names[:shown]) + (f" and {len(names) - shown} more" if len(names) > shown else "")
