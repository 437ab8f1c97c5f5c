"""Counts the disputed figures of a chart: the last sentence of its description."""

from collections.abc import Callable

import polars as pl

from dashboard.shell import choices
from dashboard.stage.request import FigureRequest
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.corrections import tables as corrections_tables
from dashboard.subjects.corrections import words as corrections_words
from dashboard.subjects.corrections.query import every
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.states import query as states_query
from data.i18n import Language


def sentences(request: FigureRequest, lang: Language) -> list[str]:
    """One sentence with the number of disputed figures on show; empty if there are none."""
    if every().is_empty() or request.name not in _ROWS:
        return []
    return corrections_words.shown(lang, corrections_tables.within(_ROWS[request.name](request)).height)


def _region(request: FigureRequest) -> pl.DataFrame:
    code = states_query.measured(request.value(choices.INDICATOR), request.value(choices.MEASURE))
    year = None if request.value(choices.LATEST) else request.value(choices.YEAR)
    rows = states_query.region(code, year, request.value(choices.EDITION), request.value(choices.SUBREGION))
    return rows.with_columns(indicator=pl.lit(code))


def _routes(request: FigureRequest) -> pl.DataFrame:
    return _arrows(choices.routes_selection(request.value))


def _state_routes(request: FigureRequest) -> pl.DataFrame:
    specs = (choices.AREA, choices.EVIDENCE, choices.EDITION, choices.POSITION)
    return _arrows(choices.state_routes_selection(*map(request.value, specs)))


def _arrows(selection: routes_query.Filter) -> pl.DataFrame:
    return routes_query.arrows(selection).shown


def _series(request: FigureRequest) -> pl.DataFrame:
    area = request.value(choices.AREA)
    return states_query.state_rows(area, request.value(choices.EDITION)).with_columns(area=pl.lit(area))


def _coverage(request: FigureRequest) -> pl.DataFrame:
    code = request.value(choices.COVERAGE_INDICATOR)
    return coverage_query.cells(code, request.value(choices.EDITION)).with_columns(indicator=pl.lit(code))


def _explore(request: FigureRequest) -> pl.DataFrame:
    return explore_query.rows(choices.explore_selection(request.value), request.value(choices.EDITION))


def _compare(request: FigureRequest) -> pl.DataFrame:
    selection = choices.compare_pair(request.value)
    rows = compare_query.rows(selection, request.value(choices.EDITION)).select("indicator", "year")
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
