"""How many of the figures that a plate shows a state disputes: the sentence at the end of its description."""

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
from dashboard.words import tables
from data.i18n import Language


def told(asked: FigureRequest, lang: Language) -> list[str]:
    """The sentence; none where no figure that is shown is disputed."""
    if every().is_empty() or asked.name not in _SHOWN:
        return []
    return corrections_words.shown(lang, corrections_tables.within(_SHOWN[asked.name](asked)).height)


def _region(asked: FigureRequest) -> pl.DataFrame:
    code = states_query.measured(asked.value(choices.INDICATOR), asked.value(choices.MEASURE))
    year = None if asked.value(choices.LATEST) else asked.value(choices.YEAR)
    return states_query.region(code, year, asked.value(choices.EDITION)).with_columns(indicator=pl.lit(code))


def _routes(asked: FigureRequest) -> pl.DataFrame:
    return _arrows(choices.wanted(asked.value))


def _state_routes(asked: FigureRequest) -> pl.DataFrame:
    area, evidence = asked.value(choices.AREA), asked.value(choices.EVIDENCE)
    return _arrows(choices.of_state(area, evidence, asked.value(choices.EDITION)))


def _arrows(wanted: routes_query.Filter) -> pl.DataFrame:
    return routes_query.arrows(wanted).shown


def _series(asked: FigureRequest) -> pl.DataFrame:
    area = asked.value(choices.AREA)
    return tables.in_time(states_query.state(area, asked.value(choices.EDITION))).with_columns(area=pl.lit(area))


def _covered(asked: FigureRequest) -> pl.DataFrame:
    code = asked.value(choices.COVERED)
    return coverage_query.cells(code, asked.value(choices.EDITION)).with_columns(indicator=pl.lit(code))


def _explored(asked: FigureRequest) -> pl.DataFrame:
    return explore_query.rows(choices.explored(asked.value), asked.value(choices.EDITION))


def _compared(asked: FigureRequest) -> pl.DataFrame:
    wanted = choices.compared(asked.value)
    rows = compare_query.rows(wanted, asked.value(choices.EDITION)).select("indicator", "year")
    return pl.concat([rows.with_columns(area=pl.lit(area)) for area in wanted.states])


_SHOWN: dict[str, Callable[[FigureRequest], pl.DataFrame]] = {
    "region": _region,
    "routes": _routes,
    "state_routes": _state_routes,
    "series": _series,
    "coverage_map": _covered,
    "coverage_matrix": _covered,
    "explore": _explored,
    "compare": _compared,
}
