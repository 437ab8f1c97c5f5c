"""Every figure of the pages, drawn from what is asked: one Plotly specification with its heading and its description.

The browser's stage, the files and the tests all take a figure from here.
"""

from collections.abc import Callable
from typing import Any, Literal, NamedTuple

import polars as pl

from dashboard import asof, choices, store
from dashboard.describe import observed as describe_observed
from dashboard.describe import routes as describe_routes
from dashboard.figures.region_map import region_map
from dashboard.figures.routes_map import routes_map
from dashboard.figures.series import series
from dashboard.filters import LANGUAGE
from dashboard.i18n import Language, language
from dashboard.plates.asked import DARK, WIDTH, Asked
from dashboard.query import observed, routes

LOWEST, HIGHEST, ASPECT = 520.0, 770.0, 0.46


class Plate(NamedTuple):
    """A drawn figure: Plotly's `data` and `layout`, the heading that is not in it (on a phone), two sentences."""

    spec: dict[str, Any]
    heading: str
    told: str


class Look(NamedTuple):
    """The arrangement of a map: colours, a phone's or not, and the pixels of the wide one."""

    palette: Literal["light", "dark"]
    narrow: bool
    size: tuple[float, float]


def drawn(asked: Asked) -> Plate:
    """The figure that is asked for."""
    return _DRAWN[asked.name](asked, language(asked.value(LANGUAGE)))


def _look(asked: Asked) -> Look:
    width = float(asked.value(WIDTH))
    # As much as fits on the first screen.
    return Look(
        "dark" if asked.value(DARK) else "light", asked.narrow, (width, min(max(width * ASPECT, LOWEST), HIGHEST))
    )


def _region(asked: Asked, lang: Language) -> Plate:
    indicator, measure = asked.value(choices.INDICATOR), asked.value(choices.MEASURE)
    year = None if asked.value(choices.LATEST) else asked.value(choices.YEAR)
    code, look = observed.measured(indicator, measure), _look(asked)
    rows = observed.region(store.table("observations"), store.table("areas"), code, year)
    heading = describe_observed.heading(lang, code, year, observed.total(rows).reported)
    spec = region_map(
        rows,
        store.basemap(),
        lang,
        indicator=code,
        measure="rate" if measure == "rate" else "count",
        breaks=store.breaks(code),
        largest=store.largest(code),
        title="" if look.narrow else heading,
        notes=[asof.short(lang, store.snapshot())],
        **look._asdict(),
    )
    return Plate(spec, heading * look.narrow, describe_observed.region(rows, lang, indicator, measure, year))


def _routes(asked: Asked, lang: Language) -> Plate:
    wanted = choices.wanted(asked.value)
    arrows = routes.arrows(store.table("flows"), wanted)
    heading = describe_routes.heading(arrows, lang, wanted)
    return _routes_plate(asked, lang, arrows, wanted, heading)


def _state_routes(asked: Asked, lang: Language) -> Plate:
    area = asked.value(choices.AREA)
    wanted = choices.of_state(area, asked.value(choices.EVIDENCE))
    arrows = routes.arrows(store.table("flows"), wanted)
    return _routes_plate(asked, lang, arrows, wanted, describe_routes.heading(arrows, lang, wanted, area))


def _routes_plate(asked: Asked, lang: Language, arrows: routes.Arrows, wanted: routes.Filter, heading: str) -> Plate:
    look = _look(asked)
    spec = routes_map(
        arrows.shown,
        routes.roles(store.table("roles"), wanted.areas, wanted.first, wanted.last),
        store.basemap(),
        lang,
        evidence="counted" if wanted.evidence == "counted" else "stated",
        points=store.points(),
        title="" if look.narrow else heading,
        notes=[describe_routes.years(lang), asof.short(lang, store.snapshot())],
        **look._asdict(),
    )
    return Plate(spec, heading * look.narrow, describe_routes.arrows(arrows, lang, wanted))


def _series(asked: Asked, lang: Language) -> Plate:
    area, look = asked.value(choices.AREA), _look(asked)
    frames = {code: state_series(area, code) for code in observed.COUNTS}
    spec = series(frames, lang, palette=look.palette, narrow=look.narrow)
    return Plate(spec, "", describe_observed.state(frames, lang, area))


def state_series(area: str, indicator: str) -> pl.DataFrame:
    """A state's figures of one indicator (`dashboard.query.observed.series`)."""
    return observed.series(store.table("observations"), area, indicator)


_DRAWN: dict[str, Callable[[Asked, Language], Plate]] = {
    "region": _region,
    "routes": _routes,
    "state_routes": _state_routes,
    "series": _series,
}
