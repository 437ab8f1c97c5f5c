"""Every figure of the pages, drawn from what is asked: one Plotly specification with its heading and its description.

The browser's stage, the files and the tests all take a figure from here.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from dashboard import store
from dashboard.shell import choices
from dashboard.shell.filters import LANGUAGE
from dashboard.shell.frame import View
from dashboard.stage import coverage, disputed, explore, ledger, projector, treaties
from dashboard.stage.request import DARK, STAGE, WIDTH, FigureRequest
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.routes.figures.map import routes_map
from dashboard.subjects.routes.figures.matrix import flow_matrix
from dashboard.subjects.routes.figures.order import flow_order
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.figures.region_map import region_map
from dashboard.subjects.states.figures.series import series
from dashboard.words import asof
from data.i18n import Language, language


class Plate(NamedTuple):
    """A drawn figure: Plotly's `data` and `layout`, the heading that is not in it (on a phone), two sentences.

    On stage the lines under it stand outside of it as well: `notes`.
    """

    spec: dict[str, Any]
    heading: str
    told: str
    notes: tuple[str, ...] = ()


def drawn(asked: FigureRequest) -> Plate:
    """The figure that is asked for; its description says if a state disputes any of what it shows."""
    lang = language(asked.value(LANGUAGE))
    plate = _DRAWN[asked.name](asked, lang)
    plate = plate._replace(told=" ".join([plate.told, *disputed.told(asked, lang)]))
    return _staged(plate, lang) if asked.value(STAGE) else plate


def _staged(plate: Plate, lang: Language) -> Plate:
    spec, notes = projector.staged(plate.spec)
    return plate._replace(spec=spec, notes=notes or (asof.short(lang, store.snapshot()),))


def _look(asked: FigureRequest) -> View:
    return View(asked.value(WIDTH), asked.value(DARK), asked.value(STAGE))


def _region(asked: FigureRequest, lang: Language) -> Plate:
    indicator, measure = asked.value(choices.INDICATOR), asked.value(choices.MEASURE)
    year = None if asked.value(choices.LATEST) else asked.value(choices.YEAR)
    code, look = states_query.measured(indicator, measure), _look(asked)
    edition = asked.value(choices.EDITION)
    rows = states_query.region(code, year, edition)
    heading = states_words.heading(lang, code, year, states_query.total(rows).reported)
    heading = asof.titled(lang, heading, edition)
    spec = region_map(
        rows,
        store.basemap(),
        lang,
        indicator=code,
        measure="rate" if measure == "rate" else "count",
        breaks=states_query.breaks(code),
        largest=states_query.largest(code),
        title="" if look.close else heading,
        notes=asof.notes(lang, store.snapshot(), edition),
        palette=look.palette,
        narrow=look.close,
        size=look.size,
    )
    return Plate(spec, heading * look.close, states_words.region(rows, lang, indicator, measure, year))


def _routes(asked: FigureRequest, lang: Language) -> Plate:
    wanted, picture = choices.wanted(asked.value), asked.value(choices.PICTURE)
    arrows = routes_query.arrows(wanted)
    heading = routes_words.heading(arrows, lang, wanted)
    if picture == "map":
        return _routes_plate(asked, lang, wanted, heading)
    look = _look(asked)
    heading = asof.titled(lang, heading, wanted.edition)
    matrix = picture == "matrix"
    spec = (flow_matrix if matrix else flow_order)(
        arrows.shown if matrix else routes_query.in_order(arrows, wanted.limit),
        lang,
        evidence="counted" if wanted.evidence == "counted" else "stated",
        opens=frozenset(store.areas()),
        title="" if look.narrow else heading,
        notes=[routes_words.years(lang), *asof.notes(lang, store.snapshot(), wanted.edition)],
        palette=look.palette,
        narrow=look.narrow,
        width=look.size[0],
    )
    tell = routes_words.order if wanted.evidence == "stated" and not matrix else routes_words.arrows
    return Plate(spec, heading * look.narrow, tell(arrows, lang, wanted))


def _state_routes(asked: FigureRequest, lang: Language) -> Plate:
    area = asked.value(choices.AREA)
    wanted = choices.of_state(area, asked.value(choices.EVIDENCE), asked.value(choices.EDITION))
    return _routes_plate(asked, lang, wanted, routes_words.heading(routes_query.arrows(wanted), lang, wanted, area))


def _routes_plate(asked: FigureRequest, lang: Language, wanted: routes_query.Filter, heading: str) -> Plate:
    look, arrows = _look(asked), routes_query.arrows(wanted)
    heading = asof.titled(lang, heading, wanted.edition)
    roles = routes_query.roles(wanted.areas, wanted.first, wanted.last)
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
        notes=[routes_words.years(lang), *asof.notes(lang, store.snapshot(), wanted.edition)],
        palette=look.palette,
        narrow=look.close,
        size=look.size,
    )
    return Plate(spec, heading * look.close, routes_words.arrows(arrows, lang, wanted))


def _series(asked: FigureRequest, lang: Language) -> Plate:
    area, look = asked.value(choices.AREA), _look(asked)
    frames = states_query.state(area, asked.value(choices.EDITION))
    spec = series(frames, lang, palette=look.palette, narrow=look.narrow, stage=look.stage)
    return Plate(spec, "", states_words.state(frames, lang, area))


def _told(
    tell: Callable[[FigureRequest, Language, View], tuple[dict[str, Any], str, str]],
    asked: FigureRequest,
    lang: Language,
) -> Plate:
    return Plate(*tell(asked, lang, _look(asked)))


_DRAWN: dict[str, Callable[[FigureRequest, Language], Plate]] = {
    "region": _region,
    "routes": _routes,
    "state_routes": _state_routes,
    "series": _series,
    "coverage_map": partial(_told, coverage.on_map),
    "coverage_matrix": partial(_told, coverage.matrix),
    "revisions": partial(_told, coverage.revised),
    "explore": partial(_told, explore.explored),
    "compare": partial(_told, explore.compared),
    "parties_map": partial(_told, treaties.on_map),
    "parties_chart": partial(_told, treaties.in_time),
    "ledger_matrix": partial(_told, ledger.matrix),
    "ledger_map": partial(_told, ledger.on_map),
    "between": partial(_told, explore.between),
}
