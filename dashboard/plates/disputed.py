"""How many of the figures that a plate shows a state disputes: the sentence at the end of its description."""

from collections.abc import Callable

import polars as pl

from dashboard import choices, corrected, tables
from dashboard.describe import corrections
from dashboard.plates.asked import Asked
from dashboard.query import compare, coverage, explore, observed, routes
from dashboard.query.corrections import every
from data.i18n import Language


def told(asked: Asked, lang: Language) -> list[str]:
    """The sentence; none where no figure that is shown is disputed."""
    if every().is_empty() or asked.name not in _SHOWN:
        return []
    return corrections.shown(lang, corrected.within(_SHOWN[asked.name](asked)).height)


def _region(asked: Asked) -> pl.DataFrame:
    code = observed.measured(asked.value(choices.INDICATOR), asked.value(choices.MEASURE))
    year = None if asked.value(choices.LATEST) else asked.value(choices.YEAR)
    return observed.region(code, year, asked.value(choices.EDITION)).with_columns(indicator=pl.lit(code))


def _routes(asked: Asked) -> pl.DataFrame:
    return _arrows(choices.wanted(asked.value))


def _state_routes(asked: Asked) -> pl.DataFrame:
    area, evidence = asked.value(choices.AREA), asked.value(choices.EVIDENCE)
    return _arrows(choices.of_state(area, evidence, asked.value(choices.EDITION)))


def _arrows(wanted: routes.Filter) -> pl.DataFrame:
    return routes.arrows(wanted).shown


def _series(asked: Asked) -> pl.DataFrame:
    area = asked.value(choices.AREA)
    return tables.in_time(observed.state(area, asked.value(choices.EDITION))).with_columns(area=pl.lit(area))


def _covered(asked: Asked) -> pl.DataFrame:
    code = asked.value(choices.COVERED)
    return coverage.cells(code, asked.value(choices.EDITION)).with_columns(indicator=pl.lit(code))


def _explored(asked: Asked) -> pl.DataFrame:
    return explore.rows(choices.explored(asked.value), asked.value(choices.EDITION))


def _compared(asked: Asked) -> pl.DataFrame:
    wanted = choices.compared(asked.value)
    rows = compare.rows(wanted, asked.value(choices.EDITION)).select("indicator", "year")
    return pl.concat([rows.with_columns(area=pl.lit(area)) for area in wanted.states])


_SHOWN: dict[str, Callable[[Asked], pl.DataFrame]] = {
    "region": _region,
    "routes": _routes,
    "state_routes": _state_routes,
    "series": _series,
    "coverage_map": _covered,
    "coverage_matrix": _covered,
    "explore": _explored,
    "compare": _compared,
}
