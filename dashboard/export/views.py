"""The views of the pages as files: their rows, name, filters and code."""

from functools import partial
from typing import Any

import polars as pl

from dashboard import store
from dashboard.editions import NEWEST, SOURCE
from dashboard.export import snippets
from dashboard.export.metadata import withheld
from dashboard.shell import filters
from dashboard.subjects import shared
from dashboard.subjects.compare import filters as compare_filters
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.coverage import filters as coverage_filters
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.coverage import revisions as coverage_revisions
from dashboard.subjects.coverage import words as coverage_words
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.pair import query as pair_query
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.states import filters as states_filters
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.views.address import CITED
from dashboard.views.filters import LANGUAGE, Spec
from dashboard.views.rows import Collect, Rows, Snippet, file_name
from dashboard.words import data_version, terms
from data.counting_units import counting_units
from data.i18n import Language
from data.subregions import ALL


def region(lang: Language, code: str, year: int | None, edition: str, subregion: str = ALL) -> Rows:
    """The figures of all states, or those of a subregion, for one year, or the latest of each."""
    reported = states_query.total(states_query.region(code, year, edition, subregion)).reported
    when = states_filters.LATEST if year is None else states_filters.YEAR
    part = () if subregion == ALL else (subregion,)
    return Rows(
        file_name("region", *part, code, year or "latest", since(edition)),
        states_words.heading(lang, code, year, reported, subregion),
        "region",
        partial(states_query.region_file, code, year, edition, subregion),
        (shared.INDICATOR, states_filters.MEASURE, when, shared.EDITION, states_filters.SUBREGION),
        snippets.region(code, year, edition, subregion),
        key="region",
    )


def arrows(lang: Language, selection: routes_query.Filter, area: str | None = None) -> Rows:
    """All arrows that the filters select; with `area`, for the page of that state."""
    stated = selection.evidence == "stated"
    parts = (
        *("routes", selection.evidence, f"{selection.first}-{selection.last}", *selection.areas),
        *([f"as-{selection.position}"] if selection.areas and selection.position != "any" else []),
        *(selection.forms if stated else ()),
        *([f"from-{selection.minimum}"] if selection.minimum > 1 else []),
        *(["questioned"] if selection.questioned else []),
        *(f"{name}-{text}" for name, text in routes_query.others(selection).items()),
        since(selection.edition),
    )
    return Rows(
        file_name(*parts),
        routes_words.heading(lang, selection, area),
        "country" if area else "routes",
        lambda: routes_query.arrows_file(routes_query.arrows(selection), selection),
        states_filters.COUNTRY if area else routes_filters.ROUTES,
        snippets.arrows(selection),
        key=f"routes_{selection.evidence}" if area else "routes",
        cells=partial(routes_query.cells, selection),
    )


def state(lang: Language, area: str, edition: str) -> Rows:
    """Everything recorded for a state."""
    return Rows(
        file_name("figures", area, since(edition)),
        f"{lang.text('Every figure with its source')}, {lang.country(area)}",
        "country",
        partial(states_query.state_file, area, edition),
        states_filters.COUNTRY,
        snippets.state(area, edition),
        key="figures",
    )


def explored(title: str, selection: explore_query.Selection, edition: str, specs: tuple[Spec[Any], ...]) -> Rows:
    """The rows of page "Explore"; `specs` are the filters of the kind of chart."""
    groups = [f"{name}-{'-'.join(codes) or 'all'}" for name, codes in selection.groups.items() if codes != ("total",)]
    ids = (*selection.indicators, *selection.areas, f"{selection.first}-{selection.last}", *groups)
    return Rows(
        file_name("explore", *ids, since(edition)),
        title,
        "explore",
        partial(explore_query.rows, selection, edition),
        specs,
        snippets.explored(selection, edition),
        key="explore",
    )


def compared(title: str, pair: compare_query.Pair, edition: str, units: pl.DataFrame | None = None) -> Rows:
    """Two states, or a state and the region, side by side; `units` defaults to the reviewed list."""
    units = counting_units() if units is None else units
    return Rows(
        file_name("compare", pair.indicator, pair.one, pair.other, since(edition)),
        title,
        "explore",
        lambda: compare_query.beside(store.tables().observations(edition), units, pair),
        (explore_filters.TASK, *compare_filters.COMPARE),
        snippets.compared(pair, edition),
        key="compare",
        cells=partial(compare_query.behind, pair, edition),
    )


def between(title: str, pair: compare_query.Pair, edition: str) -> Rows:
    """The records with both of two states on their route."""
    return Rows(
        file_name("between", pair.one, pair.other, since(edition)),
        title,
        "explore",
        partial(pair_query.between, pair.one, pair.other, edition),
        (explore_filters.TASK, *compare_filters.COMPARE),
        snippets.between(pair, edition),
        key="between",
    )


def reported(lang: Language, indicator: str, edition: str) -> Rows:
    """Which states report an indicator, by year."""
    states, years = coverage_query.states(indicator, edition), coverage_query.span(indicator, edition)
    return Rows(
        file_name("coverage", indicator, since(edition)),
        coverage_words.heading(lang, indicator, states, years),
        "coverage",
        lambda: coverage_query.file(coverage_query.cells(indicator, edition), indicator),
        coverage_filters.COVERAGE,
        snippets.reported(indicator, edition),
        key="coverage",
    )


def revised(lang: Language, indicator: str, area: str, *, masking: bool) -> Rows:
    """What publishers revised."""
    return Rows(
        file_name("revisions", indicator, area, "masking" if masking else ""),
        coverage_words.every(lang, indicator, area),
        "coverage",
        partial(coverage_revisions.rows, indicator, area, masking=masking),
        coverage_filters.COVERAGE,
        snippets.revised(indicator, area, masking=masking),
        key="revisions",
    )


def unlocated(lang: Language, evidence: str) -> Rows:
    """The records that cannot be placed on a map."""
    return Rows(
        file_name("unlocated", evidence),
        f"{lang.text('Flows that are not on the map')}, {terms.in_sentence(terms.term(lang, 'evidence', evidence))}",
        "sources",
        partial(routes_query.unlocated_file, evidence),
        code=snippets.unlocated(evidence),
    )


def part(anchor: str, title: str, rows: Collect) -> Rows:
    """A section of page "Sources" with rows of the tables."""
    code = {"sdg_differences": snippets.sdg_differences(), "questioned_flows": snippets.questioned()}.get(anchor)
    sources = (states_query.SDG, SOURCE) if anchor == "sdg_differences" else ()
    return Rows(anchor, title, "sources", rows, (), code, sources)


def snapshot(lang: Language) -> Rows:
    """All tables of the snapshot, cited as one."""
    manifest = store.snapshot().manifest
    barred = withheld(manifest)
    sources = tuple(
        source["name"] for source in manifest["sources"] if source["name"] not in barred and data_version.holds(source)
    )
    return Rows("snapshot", data_version.title(lang), "sources", pl.DataFrame, sources=sources)


def table(lang: Language, name: str) -> Rows:
    """A whole table of the snapshot."""
    rows, code = (lambda: store.tables().table(name).collect()), Snippet(name)
    return Rows(name, terms.term(lang, "table", name), "sources", rows, (), code, sources_of(name))


def sources_of(table: str) -> tuple[str, ...]:
    """The sources of a table's rows."""
    return tuple(source["name"] for source in store.snapshot().manifest["sources"] if table in source["tables"])


def link(view: Rows) -> dict[str, str]:
    """The parameters of the view's address, with all values (defaults may change) and the snapshot."""
    parameters = {spec.name: spec.write(filters.value(spec)) for spec in view.specs}
    return {LANGUAGE.name: filters.spoken().code} | parameters | {CITED: store.snapshot().id}


def since(edition: str) -> str:
    """The part of a file name for an earlier release; empty for the newest."""
    return "" if edition == NEWEST else f"as-of-{edition}"
