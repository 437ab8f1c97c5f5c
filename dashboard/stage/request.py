"""The address of a figure: its name, width, theme, language and filters."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from dashboard.subjects import shared
from dashboard.subjects.compare import filters as compare_filters
from dashboard.subjects.coverage import filters as coverage_filters
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.ledger import filters as ledger_filters
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.states import filters as states_filters
from dashboard.subjects.treaties import filters as treaties_filters
from dashboard.views.filters import LANGUAGE, Flag, Spec, Whole, usual

T = TypeVar("T")
# In CSS pixels.
WIDTH = Whole("width", (320, 2560), 1680)
DARK = Flag("dark")
# The height in CSS pixels of a figure on stage, legible from the last row of a room; 0 (not in the address) elsewhere.
STAGE = Whole("stage", (0, 1080), 0)
FILTERS: dict[str, tuple[Spec[Any], ...]] = {
    "region_change": (),
    "region_victims": (),
    "region_convictions": (),
    "region": states_filters.REGION,
    "routes": routes_filters.ROUTES,
    "state_routes": (shared.AREA, routes_filters.EVIDENCE, routes_filters.POSITION, shared.EDITION),
    "series": (shared.AREA, shared.EDITION),
    "victims": (shared.AREA, shared.EDITION),
    "coverage_map": (coverage_filters.INDICATOR, shared.EDITION),
    "coverage_matrix": (coverage_filters.INDICATOR, shared.EDITION),
    "revisions": (coverage_filters.INDICATOR, coverage_filters.REVISIONS_STATE, coverage_filters.MASKING),
    "explore": explore_filters.EXPLORE,
    "compare": compare_filters.COMPARE,
    "parties_map": (treaties_filters.TREATY, treaties_filters.YEAR_END),
    "parties_chart": (treaties_filters.TREATY, treaties_filters.ALL_TREATIES),
    "ledger_matrix": ledger_filters.MATRIX,
    "ledger_map": ledger_filters.MAP,
    "between": (compare_filters.ONE, compare_filters.OTHER, shared.EDITION),
}


@dataclass(frozen=True)
class FigureRequest:
    """One figure: its name (of `FILTERS`), and the values of its filters, language, width, theme and height by name."""

    name: str
    values: tuple[tuple[str, Any], ...]

    def value(self, spec: Spec[T]) -> T:
        """The value of one filter."""
        return cast("T", dict(self.values)[spec.name])


def parse(name: str, query: Mapping[str, str]) -> FigureRequest:
    """The request of an address.

    Raises:
        ValueError: no such figure, or a parameter that is unknown, missing or invalid.
    """
    if name not in FILTERS:
        raise ValueError(name)
    specs = (*FILTERS[name], LANGUAGE, WIDTH, DARK, STAGE)
    texts = {STAGE.name: STAGE.write(STAGE.default), **query}
    if texts.keys() != {spec.name for spec in specs}:
        raise ValueError(", ".join(sorted(texts.keys() ^ {spec.name for spec in specs})))
    return FigureRequest(name, tuple((spec.name, _hashable(spec.parse(texts[spec.name]))) for spec in specs))


def query(name: str, values: Mapping[str, Any], lang: str) -> dict[str, str]:
    """The parameters of a figure's address without width and theme, which the browser adds."""
    texts = {spec.name: spec.write(values[spec.name]) for spec in FILTERS[name]}
    return texts | {LANGUAGE.name: lang}


def defaults(name: str, query: Mapping[str, str]) -> dict[str, Any]:
    """The values of a figure's filters in a new session at an address; the default where a text is invalid."""
    values: dict[str, Any] = {}
    for spec in FILTERS[name]:
        values[spec.name] = _read(spec, query.get(spec.name), values)
    return values


def chosen(name: str, values: Mapping[str, Any]) -> dict[str, str]:
    """The parameters of a page's address with the values of its figure, without defaults."""
    usual = {spec.name: spec.write(cast("Any", _read(spec, None, values))) for spec in FILTERS[name]}
    texts = {spec.name: spec.write(values[spec.name]) for spec in FILTERS[name]}
    return {name: text for name, text in texts.items() if text != usual[name]}


def _read(spec: Spec[Any], text: str | None, values: Mapping[str, Any]) -> object:
    with suppress(ValueError):
        if text is not None:
            return spec.parse(text)
    return usual(spec, values)


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
