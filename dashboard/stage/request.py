"""What a figure's address asks for: which figure, how wide and dark, in which language, with which filters."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, TypeVar, cast

from dashboard.shell import choices, ledger_choices
from dashboard.shell.filter_types import Flag, Spec, Whole
from dashboard.shell.filters import LANGUAGE

T = TypeVar("T")
# As wide as the page ever lets a figure be, in CSS pixels.
WIDTH = Whole("width", 320, 2560, 1680)
DARK = Flag("dark")
# How tall a figure is drawn that is to be read from the last row of a room; 0, which no address says, for all others.
STAGE = Whole("stage", 0, 1080, 0)
FILTERS: dict[str, tuple[Spec[Any], ...]] = {
    "region": choices.REGION,
    "routes": choices.ROUTES,
    "state_routes": (choices.AREA, choices.EVIDENCE, choices.EDITION),
    "series": (choices.AREA, choices.EDITION),
    "coverage_map": (choices.COVERED, choices.EDITION),
    "coverage_matrix": (choices.COVERED, choices.EDITION),
    "revisions": (choices.COVERED, choices.REVISED, choices.MASKING),
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
    """One figure: its name (of `FILTERS`), and the values of its filters and of how it is looked at, by name."""

    name: str
    values: tuple[tuple[str, Any], ...]

    def value(self, spec: Spec[T]) -> T:
        """What is asked of one filter."""
        return cast("T", dict(self.values)[spec.name])


def parse(name: str, query: Mapping[str, str]) -> FigureRequest:
    """What an address asks for.

    Raises:
        ValueError: no such figure, an unknown parameter, or one that is missing or means nothing.
    """
    if name not in FILTERS:
        raise ValueError(name)
    specs = (*FILTERS[name], LANGUAGE, WIDTH, DARK, STAGE)
    told = {STAGE.name: STAGE.write(STAGE.default), **query}
    if told.keys() != {spec.name for spec in specs}:
        raise ValueError(", ".join(sorted(told.keys() ^ {spec.name for spec in specs})))
    return FigureRequest(name, tuple((spec.name, _hashable(spec.parse(told[spec.name]))) for spec in specs))


def query(name: str, values: Mapping[str, Any], lang: str) -> dict[str, str]:
    """The parameters of a figure's address except for width and darkness, which the browser knows."""
    told = {spec.name: spec.write(values[spec.name]) for spec in FILTERS[name]}
    return told | {LANGUAGE.name: lang}


def defaults(name: str, query: Mapping[str, str]) -> dict[str, Any]:
    """What the filters of a figure hold in a new session at an address; what means nothing is the default."""
    values: dict[str, Any] = {}
    for spec in FILTERS[name]:
        values[spec.name] = _read(spec, query.get(spec.name), values)
    return values


def _read(spec: Spec[Any], text: str | None, values: Mapping[str, Any]) -> object:
    with suppress(ValueError):
        if text is not None:
            return spec.parse(text)
    return choices.covered_year(values["indicator"]) if isinstance(spec, choices.CoveredYear) else spec.default


def _hashable(value: object) -> object:
    return tuple(value) if isinstance(value, list) else value
