"""The result of one check, and how what it saw is said in few words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import polars as pl

Frames = Mapping[str, pl.DataFrame]
SHOWN = 3
# What a person is asked to look at one by one.
TO_LOOK_AT = 12


@dataclass(frozen=True)
class Check:
    """One comparison: its name (stable words, then what it is about), what it saw, what was expected, the outcome."""

    name: str
    saw: str
    expected: str
    passed: bool


def where(rows: pl.DataFrame) -> str:
    """How many figures, of which sources, and the first of them; `none` where there is none."""
    # Totals are of no one state or year.
    named = pl.concat_str("indicator", "area", "year", separator=" ", ignore_nulls=True)
    return of_sources(rows.select("source", named).rows())


def of_sources(told: Sequence[tuple[str, str]]) -> str:
    """How many (source, words) there are, all the sources, and the first of the words; `none` where there is none.

    Every source is named, also one whose words are not shown: a build that is held keeps back the files of those.
    """
    sources = ", ".join(sorted({source for source, _ in told}))
    return f"{len(told)} of {sources}: {listed(sorted({words for _, words in told}), TO_LOOK_AT)}" if told else "none"


def listed(names: list[str], shown: int = SHOWN) -> str:
    """The first of some names, and how many more there are."""
    return ", ".join(names[:shown]) + (f" and {len(names) - shown} more" if len(names) > shown else "")
