"""The answers of page "Instruments", kept as those of `dashboard.answers`, and their tables of words."""

from datetime import date
from functools import cache, lru_cache

import polars as pl

from dashboard import choices, filters, store, tables
from dashboard.describe import acts as describe
from dashboard.describe import instruments as told
from dashboard.query import instruments
from data.i18n import Language

Treaties = tuple[str, ...]


def wanted(treaty: str, *, every: bool) -> Treaties:
    """The treaties that the chart and the table hold."""
    return instruments.TREATIES if every else (treaty,)


@cache
def closing() -> str:
    """The release with which the depositary's table ends."""
    return instruments.closing(store.table("instruments"))


@cache
def begin() -> date:
    """The day of the first act."""
    return instruments.first(store.table("instruments"))


def open_acts(treaty: str, mark: str) -> None:
    """Ask for the passports of what a state that was pointed at did about a treaty."""
    filters.put(choices.ACT, f"{mark}.{treaty}")


@lru_cache(store.KEPT)
def standings(treaty: str, year: int) -> pl.DataFrame:
    """`dashboard.query.instruments.standings` of the snapshot."""
    last = instruments.end(closing())
    return instruments.standings(store.table("instruments"), store.table("areas"), treaty, year, last)


@lru_cache(store.KEPT)
def steps(treaties: Treaties) -> pl.DataFrame:
    """`dashboard.query.instruments.steps` of the snapshot."""
    return instruments.steps(store.table("instruments"), treaties, instruments.end(closing()))


@lru_cache(store.KEPT)
def acts(treaties: Treaties) -> pl.DataFrame:
    """`dashboard.query.instruments.acts` of the snapshot."""
    return instruments.acts(store.table("instruments"), store.table("areas"), treaties)


@lru_cache(store.KEPT)
def acts_by_name(treaties: Treaties, lang: Language) -> pl.DataFrame:
    """The same in the alphabetical order of the states' names."""
    return tables.ordered(acts(treaties), lang)


@lru_cache(store.KEPT)
def acts_table(treaties: Treaties, lang: Language) -> tables.Sheet:
    """The same in words."""
    return tables.sheet(describe.acts(acts_by_name(treaties, lang), lang, closing()))


@cache
def laws() -> pl.DataFrame:
    """`dashboard.query.instruments.laws` of the snapshot."""
    return instruments.laws(store.table("evidence"), store.table("areas"))


@cache
def laws_by_name(lang: Language) -> pl.DataFrame:
    """The same in the alphabetical order of the states' names."""
    return tables.ordered(laws(), lang)


@cache
def laws_table(lang: Language) -> tables.Sheet:
    """The same in words."""
    return tables.sheet(describe.laws(laws_by_name(lang), lang))


@lru_cache(store.KEPT)
def remarks(treaty: str, lang: Language) -> tuple[str, ...]:
    """What must be known of the map of a treaty."""
    return (*told.limits(lang, closing()), *told.beyond(lang, acts((treaty,)), closing()))


@cache
def of_laws(lang: Language) -> tuple[str, ...]:
    """What must be known of the list of laws."""
    return tuple(told.laws(lang, laws()))


@cache
def of_states(lang: Language) -> tuple[str, ...]:
    """How some states stand to the OAS and to the declaration."""
    return tuple(told.standing(lang, store.table("areas")))
