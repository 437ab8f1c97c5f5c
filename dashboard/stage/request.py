"""The address of a figure: its name, width, theme, language and filters."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from dashboard.shell import choices, ledger_choices
from dashboard.shell.filter_types import Flag, Spec, Whole
from dashboard.shell.filters import LANGUAGE

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
    "region": choices.REGION,
    "routes": choices.ROUTES,
    "state_routes": (choices.AREA, choices.EVIDENCE, choices.POSITION, choices.EDITION),
    "series": (choices.AREA, choices.EDITION),
    "victims": (choices.AREA, choices.EDITION),
    "coverage_map": (choices.COVERAGE_INDICATOR, choices.EDITION),
    "coverage_matrix": (choices.COVERAGE_INDICATOR, choices.EDITION),
    "revisions": (choices.COVERAGE_INDICATOR, choices.REVISIONS_STATE, choices.MASKING),
    "explore": choices.EXPLORE,
    "compare": choices.COMPARE,
    "parties_map": (choices.TREATY, choices.YEAR_END),
    "parties_chart": (choices.TREATY, choices.ALL_TREATIES),
    "ledger_matrix": ledger_choices.MATRIX,
    "ledger_map": ledger_choices.MAP,
    "between": (choices.ONE, choices.OTHER, choices.EDITION),
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
    return spec.among(values) if isinstance(spec, choices.IndicatorYear | choices.Period) else spec.default


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
