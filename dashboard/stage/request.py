"""The address of a figure: its name, width, theme, language and filters."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, cast

from dashboard.catalog import figures
from dashboard.charts.medium import BROAD, HIGHEST, WALL, Medium
from dashboard.editions import NEWEST
from dashboard.subjects.shared import EDITION
from dashboard.views.address import GONE
from dashboard.views.figure import Figure, Values
from dashboard.views.filters import LANGUAGE, Flag, Spec, Whole, usual
from data.i18n import DEFAULT

# In CSS pixels.
WIDTH = Whole("width", (320, BROAD.width), WALL.width)
DARK = Flag("dark")
# The height in CSS pixels of a figure on stage, legible from the last row of a room; 0 (not in the address) elsewhere.
STAGE = Whole("stage", (0, HIGHEST), 0)
# Whether it is sent as a drawing and not as data for Plotly.
AS_DRAWING = Flag("drawing")


@dataclass(frozen=True)
class FigureRequest(Values):
    """A figure in a language and a medium: the values of its filters, its language, width, theme and height, by name.

    Attributes:
        name: of `dashboard.catalog`.
    """

    name: str

    @property
    def figure(self) -> Figure:
        """Its declaration."""
        return figures()[self.name]

    @property
    def on_map(self) -> bool:
        """Whether it is a map: where readers choose, the map and not a matrix or columns."""
        return self.figure.zooms and dict(self.given).get("picture", "map") == "map"

    @property
    def edition(self) -> str:
        """The release that it shows."""
        return str(dict(self.given).get(EDITION.name, NEWEST))

    @property
    def medium(self) -> Medium:
        """Where it is shown."""
        return Medium(self.value(WIDTH), self.value(STAGE), self.value(DARK))


def filters_of(name: str) -> tuple[Spec[Any], ...]:
    """The filters of a figure; ValueError if there is no such figure."""
    if name not in figures():
        raise ValueError(name)
    return figures()[name].filters


def parse(name: str, query: Mapping[str, str]) -> FigureRequest:
    """The request of an address, which may leave out every parameter, as each has a default.

    Raises:
        ValueError: no such figure, or a parameter that is unknown or invalid.
    """
    around: dict[str, Spec[Any]] = {spec.name: spec for spec in (WIDTH, DARK, STAGE, AS_DRAWING)}
    own = parameters(name, {key: text for key, text in query.items() if key not in around})
    texts = {key: query.get(key, spec.write(spec.default)) for key, spec in around.items()} | dict(own)
    specs = (*filters_of(name), LANGUAGE, *around.values())
    return FigureRequest(Values.of({spec.name: spec.parse(texts[spec.name]) for spec in specs}).given, name)


def parameters(name: str, given: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """All parameters of a figure without width and theme, with the defaults of those that an address leaves out.

    Raises:
        ValueError: no such figure, or a parameter that is unknown or invalid.
    """
    specs = {spec.name: spec for spec in (*filters_of(name), LANGUAGE)}
    for key, text in given.items():
        if key in GONE:
            continue
        if key not in specs:
            raise ValueError(key)
        specs[key].parse(text)
    return tuple(query(name, defaults(name, given), given.get(LANGUAGE.name, DEFAULT)).items())


def shown(medium: Medium) -> dict[str, str]:
    """The parameters of an address that say where a figure is shown."""
    return {
        WIDTH.name: WIDTH.write(medium.width),
        STAGE.name: STAGE.write(medium.height),
        DARK.name: DARK.write(medium.dark),
    }


def query(name: str, values: Mapping[str, Any], lang: str) -> dict[str, str]:
    """The parameters of a figure's address without width and theme, which the browser adds."""
    texts = {spec.name: spec.write(values[spec.name]) for spec in filters_of(name)}
    return texts | {LANGUAGE.name: lang}


def defaults(name: str, query: Mapping[str, str]) -> dict[str, Any]:
    """The values of a figure's filters in a new session at an address; the default where a text is invalid."""
    values: dict[str, Any] = {}
    for spec in filters_of(name):
        values[spec.name] = _read(spec, query.get(spec.name), values)
    return values


def chosen(name: str, values: Mapping[str, Any]) -> dict[str, str]:
    """The parameters of a page's address with the values of its figure, without defaults."""
    usual = {spec.name: spec.write(cast("Any", _read(spec, None, values))) for spec in filters_of(name)}
    texts = {spec.name: spec.write(values[spec.name]) for spec in filters_of(name)}
    return {name: text for name, text in texts.items() if text != usual[name]}


def _read(spec: Spec[Any], text: str | None, values: Mapping[str, Any]) -> object:
    with suppress(ValueError):
        if text is not None:
            return spec.parse(text)
    return usual(spec, values)
