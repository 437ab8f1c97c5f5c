"""The answers of page "Coverage", kept as those of `dashboard.answers`: who reports what, and what was revised."""

from functools import lru_cache

import polars as pl

from dashboard import coverage_tables, store, tables
from dashboard.figures.coverage_matrix import word
from dashboard.i18n import Language
from dashboard.query import coverage, revisions
from dashboard.query.published import NEWEST
from dashboard.query.revisions import ALL, CHANGES, CONVENTION, Step

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


@lru_cache(KEPT)
def changes(indicator: str, state: str, masking: bool) -> pl.DataFrame:
    """`dashboard.query.revisions.rows` of the snapshot."""
    return revisions.rows(store.table("revisions"), indicator, state, masking=masking)


@lru_cache(KEPT)
def changes_table(indicator: str, state: str, masking: bool, lang: Language) -> tables.Sheet:
    """The same in words."""
    return tables.sheet(coverage_tables.revisions(changes(indicator, state, masking), lang))


@lru_cache(KEPT)
def readings(indicator: str, state: str) -> pl.DataFrame:
    """`dashboard.query.revisions.releases` of the snapshot."""
    return revisions.releases(store.table("vintages"), indicator, state)


@lru_cache(KEPT)
def drawn(indicator: str, state: str, masking: bool) -> pl.DataFrame:
    """What the chart of revisions draws: how many figures of every state changed, or one state's totals."""
    return revisions.by_state(changes(indicator, state, masking)) if state == ALL else readings(indicator, state)


@lru_cache(KEPT)
def drawn_table(indicator: str, state: str, masking: bool, lang: Language) -> tables.Sheet:
    """The same in words."""
    tell = coverage_tables.changes if state == ALL else coverage_tables.releases
    return tables.sheet(tell(drawn(indicator, state, masking), lang))


@lru_cache(KEPT)
def steps(indicator: str, state: str) -> list[Step]:
    """What became of an indicator's figures from release to release, totals and parts."""
    return revisions.steps(*_compared(), indicator, state)


@lru_cache(KEPT)
def steps_of_totals() -> list[Step]:
    """The same of the totals of all states and indicators."""
    vintages, changed, covered = _compared()
    return revisions.steps(revisions.totals(vintages), revisions.totals(changed), covered)


def kinds(masking: bool) -> tuple[str, ...]:
    """The kinds of change that are shown: those of masking only on request."""
    return (*CHANGES, CONVENTION) if masking else CHANGES


def _compared() -> tuple[pl.LazyFrame, pl.LazyFrame, pl.LazyFrame]:
    return store.table("vintages"), store.table("revisions"), store.table("release_coverage")
