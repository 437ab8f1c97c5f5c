"""The key figures of the region, each with a link to its view."""

from collections.abc import Iterable, Mapping
from typing import Any

from dashboard.subjects.coverage import filters as coverage_filters
from dashboard.subjects.home import query, words
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.shared import EDITION, INDICATOR
from dashboard.subjects.states.filters import MEASURE, REGION, YEAR
from dashboard.views import address
from dashboard.views.filters import Spec
from dashboard.views.page import KeyFigure, Link
from data.i18n import Language


def key_figures(lang: Language) -> list[KeyFigure]:
    """The key figures that there are, each with a link to its view."""
    found, convicted = query.overview(), query.overview(query.CONVICTED)
    flow = query.largest_flow(*routes_filters.years())
    views = {
        "victims": ("region", of_region(query.VICTIMS, found.year) if found else {}),
        "states": ("coverage", _coverage()),
        "convicted": ("region", of_region(query.CONVICTED, convicted.year) if convicted else {}),
        "flow": ("routes", _routes(flow) if flow else {}),
    }
    return [
        KeyFigure(label, figure, (note,), Link(views[name][0], "", views[name][1]))
        for name, (label, figure, note) in words.key_figures(lang, found, convicted, flow).items()
    ]


def of_region(indicator: str, year: int) -> dict[str, str]:
    """The filters of the map of an indicator and a year."""
    return _every(REGION, {INDICATOR.name: indicator, MEASURE.name: "count", YEAR.name: str(year)})


def _coverage() -> dict[str, str]:
    indicator = coverage_filters.INDICATOR
    return _every((indicator, EDITION), {indicator.name: query.VICTIMS})


def _routes(flow: query.Flow) -> dict[str, str]:
    years = routes_filters.YEARS.write(routes_filters.years())
    chosen = {routes_filters.EVIDENCE.name: "counted", routes_filters.YEARS.name: years}
    arrow = f"{flow.origin}.{flow.destination}.direct."
    return _every(routes_filters.ROUTES, chosen) | {row_keys.ARROW.name: arrow}


def _every(specs: Iterable[Spec[Any]], chosen: Mapping[str, str]) -> dict[str, str]:
    """The filters of a page, those not chosen at their defaults: on the desk a link keeps what it does not name."""
    specs = tuple(specs)
    values = address.read(specs, {name: (text,) for name, text in chosen.items()}).values
    return {spec.name: spec.write(values.value(spec)) for spec in specs}
