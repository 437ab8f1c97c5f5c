"""Counts the disputed figures of a chart: the last sentence of its description."""

from collections.abc import Callable

import polars as pl

from dashboard.stage.request import FigureRequest
from dashboard.subjects import shared
from dashboard.subjects.compare import filters as compare_filters
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.corrections import words as corrections_words
from dashboard.subjects.corrections.query import every
from dashboard.subjects.coverage import filters as coverage_filters
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states import filters as states_filters
from dashboard.subjects.states import query as states_query
from data.i18n import Language


def sentences(request: FigureRequest, lang: Language) -> list[str]:
    """One sentence with the number of disputed figures on show; empty if there are none."""
    if every().is_empty() or request.name not in _ROWS:
        return []
    return corrections_words.shown(lang, corrections_tables.within(_ROWS[request.name](request)).height)


def _region(request: FigureRequest) -> pl.DataFrame:
    code = states_query.measured(request.value(shared.INDICATOR), request.value(states_filters.MEASURE))
    year = None if request.value(states_filters.LATEST) else request.value(states_filters.YEAR)
    rows = states_query.region(code, year, request.value(shared.EDITION), request.value(states_filters.SUBREGION))
    return rows.with_columns(indicator=pl.lit(code))


def _routes(request: FigureRequest) -> pl.DataFrame:
    return _arrows(routes_filters.selection(request.value))


def _state_routes(request: FigureRequest) -> pl.DataFrame:
    specs = (shared.AREA, routes_filters.EVIDENCE, shared.EDITION, routes_filters.POSITION)
    return _arrows(routes_filters.of_state(*map(request.value, specs)))


def _arrows(selection: routes_query.Filter) -> pl.DataFrame:
    return routes_query.arrows(selection).shown


def _series(request: FigureRequest) -> pl.DataFrame:
    area = request.value(shared.AREA)
    return states_query.state_rows(area, request.value(shared.EDITION)).with_columns(area=pl.lit(area))


def _coverage(request: FigureRequest) -> pl.DataFrame:
    code = request.value(coverage_filters.INDICATOR)
    return coverage_query.cells(code, request.value(shared.EDITION)).with_columns(indicator=pl.lit(code))


def _explore(request: FigureRequest) -> pl.DataFrame:
    return explore_query.rows(explore_filters.selection(request.value), request.value(shared.EDITION))


def _compare(request: FigureRequest) -> pl.DataFrame:
    selection = compare_filters.pair(request.value)
    rows = compare_query.rows(selection, request.value(shared.EDITION)).select("indicator", "year")
    return pl.concat([rows.with_columns(area=pl.lit(area)) for area in selection.states])


_ROWS: dict[str, Callable[[FigureRequest], pl.DataFrame]] = {
    "region": _region,
    "routes": _routes,
    "state_routes": _state_routes,
    "series": _series,
    "coverage_map": _coverage,
    "coverage_matrix": _coverage,
    "explore": _explore,
    "compare": _compare,
}
