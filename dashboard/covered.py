"""The answers of page "Coverage", kept as those of `dashboard.answers`: who reports what, and what was revised."""

from functools import lru_cache

import polars as pl

from dashboard import coverage_tables, store, tables
from dashboard.figures.coverage_matrix import word
from dashboard.query import coverage
from dashboard.query.published import NEWEST
from data.i18n import Language

KEPT = 256


@lru_cache(KEPT)
def cells(indicator: str, edition: str = NEWEST) -> pl.DataFrame:
    """`dashboard.query.coverage.cells` of the snapshot."""
    return coverage.cells(store.observations(edition), store.vintages(edition), store.table("areas"), indicator)


def figures(indicator: str, area: str, edition: str = NEWEST) -> pl.DataFrame:
    """The cells of a state, the latest year first."""
    rows = cells(indicator, edition).filter(pl.col("area") == area).sort("year", descending=True)
    return rows.with_columns(indicator=pl.lit(indicator))


@lru_cache(KEPT)
def states(indicator: str, edition: str = NEWEST) -> pl.DataFrame:
    """`dashboard.query.coverage.states` of the snapshot."""
    return coverage.states(cells(indicator, edition))


@lru_cache(KEPT)
def states_by_name(indicator: str, lang: Language, edition: str = NEWEST) -> pl.DataFrame:
    """The same in the alphabetical order of the states' names."""
    return tables.ordered(states(indicator, edition), lang)


@lru_cache(KEPT)
def states_table(indicator: str, lang: Language, edition: str = NEWEST) -> tables.Sheet:
    """The same in words."""
    return tables.sheet(coverage_tables.states(states(indicator, edition), lang, words(lang)))


def words(lang: Language) -> dict[str, str]:
    """What each kind of cell is called."""
    return {kind: word(lang, kind) for kind in coverage.KINDS}


@lru_cache(KEPT)
def span(indicator: str, edition: str = NEWEST) -> tuple[int, int]:
    """The first and the last year in which any state has a figure of an indicator."""
    first, last = cells(indicator, edition).select(first=pl.col("year").min(), last=pl.col("year").max()).row(0)
    return int(first), int(last)
