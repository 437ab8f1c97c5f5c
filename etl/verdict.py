"""The result of one check, and how what it saw is said in few words."""

from collections.abc import Mapping
from dataclasses import dataclass

import polars as pl

Frames = Mapping[str, pl.DataFrame]
SHOWN = 3


@dataclass(frozen=True)
class Check:
    """One comparison: its name (stable words, then what it is about), what it saw, what was expected, the outcome."""

    name: str
    saw: str
    expected: str
    passed: bool


def where(rows: pl.DataFrame) -> str:
    """How many figures, and the first of them; `none` where there is none."""
    named = rows.select(pl.format("{} {} {}", "indicator", "area", "year")).unique().to_series().sort().to_list()
    return f"{rows.height}: {listed(named)}" if named else "none"


def listed(names: list[str]) -> str:
    """The first of some names, and how many more there are."""
    return ", ".join(names[:SHOWN]) + (f" and {len(names) - SHOWN} more" if len(names) > SHOWN else "")
