"""Answers that figures, tables and visitors share: kept, since the snapshot of a process never changes.

A key is everything an answer depends on. Frames are never changed by those who ask; the least asked are let go.
"""

from functools import cache, lru_cache

import polars as pl

from dashboard import choices, provenance, store, tables
from dashboard.i18n import Language
from dashboard.query import observed, routes

KEPT = 256
Years = tuple[int, int]


@lru_cache(KEPT)
def region(code: str, year: int | None) -> pl.DataFrame:
    """`dashboard.query.observed.region` of the snapshot."""
    return observed.region(store.table("observations"), store.table("areas"), code, year)


@lru_cache(KEPT)
def region_table(code: str, year: int | None, lang: Language) -> pl.DataFrame:
    """The same rows in words."""
    return tables.figures(region(code, year), lang)


@lru_cache(KEPT)
def tiny(code: str, year: int | None) -> list[str]:
    """The states whose rate rests on few inhabitants."""
    return observed.tiny(store.table("observations"), region(code, year))


@lru_cache(KEPT)
def arrows(wanted: routes.Filter) -> routes.Arrows:
    """`dashboard.query.routes.arrows` of the snapshot."""
    return routes.arrows(store.table("flows"), wanted)


@lru_cache(KEPT)
def arrows_table(wanted: routes.Filter, lang: Language) -> pl.DataFrame:
    """Every arrow the filter allows, in words."""
    return tables.arrows(arrows(wanted).every, lang)


@lru_cache(KEPT)
def drawn_table(wanted: routes.Filter, lang: Language) -> pl.DataFrame:
    """The arrows that the map draws, in words."""
    return tables.arrows(arrows(wanted).shown, lang)


@lru_cache(KEPT)
def unlocated_table(wanted: routes.Filter, lang: Language) -> pl.DataFrame:
    """What no map can place, in words."""
    return tables.unlocated(routes.unlocated(store.table("flows"), wanted), lang)


@lru_cache(KEPT)
def coverage(areas: tuple[str, ...], years: Years) -> pl.DataFrame:
    """`dashboard.query.routes.coverage` of the snapshot."""
    return routes.coverage(store.table("flow_coverage"), areas, *years)


@lru_cache(KEPT)
def roles(areas: tuple[str, ...], years: Years) -> pl.DataFrame:
    """`dashboard.query.routes.roles` of the snapshot."""
    return routes.roles(store.table("roles"), areas, *years)


@lru_cache(KEPT)
def state(area: str) -> dict[str, pl.DataFrame]:
    """A state's figures in time, by indicator (`dashboard.query.observed.series`)."""
    return {code: observed.series(store.table("observations"), area, code) for code in observed.COUNTS}


@lru_cache(KEPT)
def gaps_table(area: str, lang: Language) -> pl.DataFrame:
    """Which years a state reports, in words."""
    return tables.gaps(state(area), lang)


@lru_cache(KEPT)
def roles_table(area: str, lang: Language) -> pl.DataFrame:
    """A state's roles in all years, in words."""
    return tables.roles(roles((area,), choices.flow_years()), lang)


@cache
def releases_table(source: str, lang: Language) -> pl.DataFrame:
    """A source's releases, in words."""
    return provenance.releases(_source(source), lang)


@cache
def reasons_table(source: str, lang: Language) -> pl.DataFrame:
    """What is set aside of a source and why, in words."""
    return provenance.reasons(_source(source), lang)


@cache
def questioned() -> pl.DataFrame:
    """Every questioned record."""
    return routes.questioned(store.table("flows"))


@cache
def questioned_table(lang: Language) -> pl.DataFrame:
    """The same in words."""
    return provenance.questioned(questioned(), lang)


def _source(name: str) -> provenance.Source:
    return next(source for source in store.snapshot().manifest["sources"] if source["name"] == name)
