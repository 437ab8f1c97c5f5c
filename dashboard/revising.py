"""Answers on what publishers revised, kept for the life of the process."""

from functools import lru_cache

import polars as pl

from dashboard import coverage_tables, revision_tables, store, tables
from dashboard.covered import KEPT
from dashboard.query import revisions
from dashboard.query.revisions import ALL, CHANGES, CONVENTION, Step
from data.i18n import Language


@lru_cache(KEPT)
def changes(indicator: str, state: str, masking: bool) -> pl.DataFrame:
    """`dashboard.query.revisions.rows` of the snapshot."""
    return revisions.rows(store.table("revisions"), indicator, state, masking=masking)


@lru_cache(KEPT)
def changes_by_name(indicator: str, state: str, masking: bool, lang: Language) -> pl.DataFrame:
    """The same in the alphabetical order of the states' names."""
    return tables.ordered(changes(indicator, state, masking), lang)


@lru_cache(KEPT)
def changes_table(indicator: str, state: str, masking: bool, lang: Language) -> tables.Sheet:
    """The same in words."""
    return tables.sheet(revision_tables.revisions(changes(indicator, state, masking), lang))


@lru_cache(KEPT)
def readings(indicator: str, state: str) -> pl.DataFrame:
    """`dashboard.query.revisions.releases` of the snapshot."""
    return revisions.releases(store.table("vintages"), indicator, state)


@lru_cache(KEPT)
def drawn(indicator: str, state: str, masking: bool) -> pl.DataFrame:
    """What the chart of revisions draws: how many figures of every state changed, or one state's totals."""
    return revisions.by_state(changes(indicator, state, masking)) if state == ALL else readings(indicator, state)


@lru_cache(KEPT)
def drawn_by_name(indicator: str, state: str, masking: bool, lang: Language) -> pl.DataFrame:
    """The same in the alphabetical order of the states' names."""
    return tables.ordered(drawn(indicator, state, masking), lang)


@lru_cache(KEPT)
def drawn_table(indicator: str, state: str, masking: bool, lang: Language) -> tables.Sheet:
    """The same in words."""
    tell = revision_tables.changes if state == ALL else coverage_tables.releases
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
