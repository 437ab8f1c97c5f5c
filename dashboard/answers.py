"""Answers that figures, tables and visitors share: kept, since the snapshot of a process never changes.

A key is everything an answer depends on. Frames are never changed by those who ask; the least asked are let go.
"""

from functools import cache, lru_cache

import polars as pl

from dashboard import provenance, store, tables
from dashboard.describe import country
from dashboard.describe import routes as describe_routes
from dashboard.query import relaxed, routes
from dashboard.query.published import NEWEST
from data.i18n import Language

KEPT = 256
Years = tuple[int, int]


@lru_cache(KEPT)
def arrows(wanted: routes.Filter) -> routes.Arrows:
    """`dashboard.query.routes.arrows` of the snapshot."""
    return routes.arrows(store.flows(wanted.edition), wanted)


@lru_cache(KEPT)
def arrows_table(wanted: routes.Filter, lang: Language) -> tables.Sheet:
    """Every arrow the filter allows, in words."""
    return tables.sheet(tables.arrows(arrows(wanted).every, lang))


@lru_cache(KEPT)
def drawn_table(wanted: routes.Filter, lang: Language) -> tables.Sheet:
    """The arrows that the map draws, in words."""
    return tables.sheet(tables.arrows(arrows(wanted).shown, lang))


@lru_cache(KEPT)
def unlocated(wanted: routes.Filter) -> pl.DataFrame:
    """`dashboard.query.routes.unlocated` of the snapshot."""
    return routes.unlocated(store.flows(wanted.edition), wanted)


@lru_cache(KEPT)
def unlocated_table(wanted: routes.Filter, lang: Language) -> tables.Sheet:
    """What no map can place, in words."""
    return tables.sheet(tables.unlocated(unlocated(wanted), lang))


@lru_cache(KEPT)
def coverage(areas: tuple[str, ...], years: Years, edition: str = NEWEST) -> pl.DataFrame:
    """`dashboard.query.routes.coverage` of the snapshot."""
    return routes.coverage(store.flow_coverage(edition), areas, *years)


@lru_cache(KEPT)
def coverage_table(areas: tuple[str, ...], years: Years, lang: Language, edition: str = NEWEST) -> tables.Sheet:
    """The same in words."""
    return tables.sheet(tables.coverage(coverage(areas, years, edition), lang))


@lru_cache(KEPT)
def heading(wanted: routes.Filter, lang: Language, area: str | None = None) -> str:
    """What a table of all arrows is called."""
    return describe_routes.heading(arrows(wanted), lang, wanted, area)


@lru_cache(KEPT)
def remarks(wanted: routes.Filter, lang: Language) -> tuple[str, ...]:
    """What must be said beside the map of the arrows."""
    covered = coverage(wanted.areas, (wanted.first, wanted.last), wanted.edition)
    told = describe_routes.remarks(arrows(wanted), covered, lang, wanted)
    if arrows(wanted).every.height:
        return tuple(told)
    return describe_routes.emptied(lang, relaxed.emptied(store.flows(wanted.edition), wanted)), *told


@lru_cache(KEPT)
def roles(areas: tuple[str, ...], years: Years) -> pl.DataFrame:
    """`dashboard.query.routes.roles` of the snapshot."""
    return routes.roles(store.table("roles"), areas, *years)


@lru_cache(KEPT)
def roles_table(areas: tuple[str, ...], years: Years, lang: Language) -> tables.Sheet:
    """The roles of states, in words."""
    return tables.sheet(tables.roles(roles(areas, years), lang))


@lru_cache(KEPT)
def membership(area: str, lang: Language) -> tuple[str, ...]:
    """What must be said of a state's place in the organisation."""
    return tuple(country.membership(store.table("areas"), lang, area))


@cache
def facts(source: str, lang: Language) -> tuple[tuple[str, str], ...]:
    """`dashboard.provenance.facts` of a source of the snapshot."""
    return tuple(provenance.facts(_source(source), lang))


@cache
def releases_table(source: str, lang: Language) -> tables.Sheet:
    """A source's releases, in words."""
    return tables.sheet(provenance.releases(_source(source), lang))


@cache
def reasons_table(source: str, lang: Language) -> tables.Sheet:
    """What is set aside of a source and why, in words."""
    return tables.sheet(provenance.reasons(_source(source), lang))


@cache
def questioned() -> pl.DataFrame:
    """Every questioned record."""
    return routes.questioned(store.table("flows"))


@cache
def questioned_table(lang: Language) -> tables.Sheet:
    """The same in words."""
    return tables.sheet(provenance.questioned(questioned(), lang))


def _source(name: str) -> provenance.Source:
    return next(source for source in store.snapshot().manifest["sources"] if source["name"] == name)
