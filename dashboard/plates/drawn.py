"""Every figure of the pages, drawn from what is asked: one Plotly specification with its heading and its description.

The browser's stage, the files and the tests all take a figure from here.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from dashboard import asof, choices, store
from dashboard.describe import country, editions
from dashboard.describe import observed as describe_observed
from dashboard.describe import routes as describe_routes
from dashboard.figures.flow_matrix import flow_matrix
from dashboard.figures.flow_order import flow_order
from dashboard.figures.region_map import region_map
from dashboard.figures.routes_map import routes_map
from dashboard.figures.series import series
from dashboard.filters import LANGUAGE
from dashboard.plates import covering, disputed, exploring, ledger, staged, treating
from dashboard.plates.asked import DARK, STAGE, WIDTH, Asked
from dashboard.query import observed, routes
from dashboard.shell.frame import View
from data.i18n import Language, language


class Plate(NamedTuple):
    """A drawn figure: Plotly's `data` and `layout`, the heading that is not in it (on a phone), two sentences.

    On stage the lines under it stand outside of it as well: `notes`.
    """

    spec: dict[str, Any]
    heading: str
    told: str
    notes: tuple[str, ...] = ()


def drawn(asked: Asked) -> Plate:
    """The figure that is asked for; its description says if a state disputes any of what it shows."""
    lang = language(asked.value(LANGUAGE))
    plate = _DRAWN[asked.name](asked, lang)
    plate = plate._replace(told=" ".join([plate.told, *disputed.told(asked, lang)]))
    return _staged(plate, lang) if asked.value(STAGE) else plate


def _staged(plate: Plate, lang: Language) -> Plate:
    spec, notes = staged.staged(plate.spec)
    return plate._replace(spec=spec, notes=notes or (asof.short(lang, store.snapshot()),))


def _look(asked: Asked) -> View:
    return View(asked.value(WIDTH), asked.value(DARK), asked.value(STAGE))


def _region(asked: Asked, lang: Language) -> Plate:
    indicator, measure = asked.value(choices.INDICATOR), asked.value(choices.MEASURE)
    year = None if asked.value(choices.LATEST) else asked.value(choices.YEAR)
    code, look = observed.measured(indicator, measure), _look(asked)
    edition = asked.value(choices.EDITION)
    rows = observed.region(code, year, edition)
    heading = describe_observed.heading(lang, code, year, observed.total(rows).reported)
    heading = editions.titled(lang, heading, edition)
    spec = region_map(
        rows,
        store.basemap(),
        lang,
        indicator=code,
        measure="rate" if measure == "rate" else "count",
        breaks=observed.breaks(code),
        largest=observed.largest(code),
        title="" if look.close else heading,
        notes=editions.notes(lang, store.snapshot(), edition),
        palette=look.palette,
        narrow=look.close,
        size=look.size,
    )
    return Plate(spec, heading * look.close, describe_observed.region(rows, lang, indicator, measure, year))


def _routes(asked: Asked, lang: Language) -> Plate:
    wanted, picture = choices.wanted(asked.value), asked.value(choices.PICTURE)
    arrows = routes.arrows(wanted)
    heading = describe_routes.heading(arrows, lang, wanted)
    if picture == "map":
        return _routes_plate(asked, lang, wanted, heading)
    look = _look(asked)
    heading = editions.titled(lang, heading, wanted.edition)
    matrix = picture == "matrix"
    spec = (flow_matrix if matrix else flow_order)(
        arrows.shown if matrix else routes.in_order(arrows, wanted.limit),
        lang,
        evidence="counted" if wanted.evidence == "counted" else "stated",
        opens=frozenset(store.areas()),
        title="" if look.narrow else heading,
        notes=[describe_routes.years(lang), *editions.notes(lang, store.snapshot(), wanted.edition)],
        palette=look.palette,
        narrow=look.narrow,
        width=look.size[0],
    )
    tell = describe_routes.order if wanted.evidence == "stated" and not matrix else describe_routes.arrows
    return Plate(spec, heading * look.narrow, tell(arrows, lang, wanted))


def _state_routes(asked: Asked, lang: Language) -> Plate:
    area = asked.value(choices.AREA)
    wanted = choices.of_state(area, asked.value(choices.EVIDENCE), asked.value(choices.EDITION))
    return _routes_plate(asked, lang, wanted, describe_routes.heading(routes.arrows(wanted), lang, wanted, area))


def _routes_plate(asked: Asked, lang: Language, wanted: routes.Filter, heading: str) -> Plate:
    look, arrows = _look(asked), routes.arrows(wanted)
    heading = editions.titled(lang, heading, wanted.edition)
    roles = routes.roles(wanted.areas, wanted.first, wanted.last)
    spec = routes_map(
        arrows.shown,
        # On stage there is no room for four badges beside each of 35 codes.
        roles.clear() if look.stage and not wanted.areas else roles,
        store.basemap(),
        lang,
        evidence="counted" if wanted.evidence == "counted" else "stated",
        points=store.points(),
        chosen=wanted.areas,
        title="" if look.close else heading,
        notes=[describe_routes.years(lang), *editions.notes(lang, store.snapshot(), wanted.edition)],
        palette=look.palette,
        narrow=look.close,
        size=look.size,
    )
    return Plate(spec, heading * look.close, describe_routes.arrows(arrows, lang, wanted))


def _series(asked: Asked, lang: Language) -> Plate:
    area, look = asked.value(choices.AREA), _look(asked)
    frames = observed.state(area, asked.value(choices.EDITION))
    spec = series(frames, lang, palette=look.palette, narrow=look.narrow, stage=look.stage)
    return Plate(spec, "", country.state(frames, lang, area))


def _told(
    tell: Callable[[Asked, Language, View], tuple[dict[str, Any], str, str]], asked: Asked, lang: Language
) -> Plate:
    return Plate(*tell(asked, lang, _look(asked)))


_DRAWN: dict[str, Callable[[Asked, Language], Plate]] = {
    "region": _region,
    "routes": _routes,
    "state_routes": _state_routes,
    "series": _series,
    "coverage_map": partial(_told, covering.on_map),
    "coverage_matrix": partial(_told, covering.matrix),
    "revisions": partial(_told, covering.revised),
    "explore": partial(_told, exploring.explored),
    "compare": partial(_told, exploring.compared),
    "parties_map": partial(_told, treating.on_map),
    "parties_chart": partial(_told, treating.in_time),
    "ledger_matrix": partial(_told, ledger.matrix),
    "ledger_map": partial(_told, ledger.on_map),
    "between": partial(_told, exploring.between),
}
