"""Draws every figure of the pages: a Plotly specification with its heading and its description.

The stage in the browser, the downloads and the tests all get their figures here.
"""

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

import polars as pl

from dashboard import store
from dashboard.charts.layout import title_of, without_long_title
from dashboard.shell.frame import View
from dashboard.stage import country, coverage, disputed, explore, home, ledger, projector, treaties
from dashboard.stage.request import DARK, STAGE, WIDTH, FigureRequest
from dashboard.subjects import shared
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.routes.figures.map import routes_map
from dashboard.subjects.routes.figures.matrix import flow_matrix
from dashboard.subjects.routes.figures.order import flow_order
from dashboard.subjects.states import filters as states_filters
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import words as states_words
from dashboard.subjects.states.figures.region_map import region_map
from dashboard.views.filters import LANGUAGE
from dashboard.words import data_version, served
from data.i18n import Language, language


class Plate(NamedTuple):
    """A drawn figure.

    `spec` has Plotly's `data` and `layout`. `heading` stands above the figure: what it shows in one sentence, or its
    title on a phone, where the figure has none. `description` says what the heading and the title do not. `notes` are
    the lines at the foot of a figure for the projector, which does not include them.
    """

    spec: dict[str, Any]
    heading: str
    description: str
    notes: tuple[str, ...] = ()

    @property
    def alt(self) -> str:
        """The alternative text: heading, title and description, each a sentence."""
        every = [*self.heading.split("\n"), title_of(self.spec), self.description]
        return " ".join(one if one.endswith((".", "!", "?")) else f"{one}." for one in every if one)


def drawn(request: FigureRequest) -> Plate:
    """The requested figure; its description also counts the figures that a state disputes."""
    lang = language(request.value(LANGUAGE))
    plate = _DRAW[request.name](request, lang)
    plate = plate._replace(description=" ".join([plate.description, *disputed.sentences(request, lang)]))
    return _for_projector(plate) if request.value(STAGE) else _with_long_title_above(plate)


def _with_long_title_above(plate: Plate) -> Plate:
    spec, title = without_long_title(plate.spec)
    return plate._replace(spec=spec, heading="\n".join(filter(None, [plate.heading, title])))


def _for_projector(plate: Plate) -> Plate:
    spec, title, notes = projector.staged(plate.spec)
    return plate._replace(spec=spec, heading=plate.heading or title, notes=notes or plate.notes)


def _view(request: FigureRequest) -> View:
    return View(request.value(WIDTH), request.value(DARK), request.value(STAGE))


def _region(request: FigureRequest, lang: Language) -> Plate:
    indicator, measure = request.value(shared.INDICATOR), request.value(states_filters.MEASURE)
    year = None if request.value(states_filters.LATEST) else request.value(states_filters.YEAR)
    code, view = states_query.measured(indicator, measure), _view(request)
    edition, subregion = request.value(shared.EDITION), request.value(states_filters.SUBREGION)
    rows = states_query.region(code, year, edition, subregion)
    heading = states_words.finding(lang, rows, indicator, measure, year, subregion)
    heading = data_version.titled(lang, heading, edition)
    spec = region_map(
        rows,
        store.basemap(),
        lang,
        indicator=code,
        measure="rate" if measure == "rate" else "count",
        breaks=states_query.breaks(code),
        largest=states_query.largest(code),
        title="" if view.close else heading,
        notes=[*states_words.unit_of_count(lang, [code]), *served.notes(lang, rows, edition)],
        palette=view.palette,
        narrow=view.close,
        stacked=view.half,
        size=view.size,
    )
    description = states_words.under_map(rows, lang, measure, year)
    return Plate(spec, heading * view.close, description)


def _routes(request: FigureRequest, lang: Language) -> Plate:
    selection, picture = routes_filters.selection(request.value), request.value(routes_filters.PICTURE)
    arrows = routes_query.arrows(selection)
    if picture == "map":
        badges = request.value(routes_filters.BADGES) and selection.evidence == "stated" and bool(selection.areas)
        return _routes_plate(request, lang, selection, arrows, badges=badges)
    view, cells = _view(request), routes_query.cells(selection)
    matrix = picture == "matrix"
    # In columns, described routes with and without transit are counted apart, in the description.
    apart = selection.evidence == "stated" and not matrix
    title = (routes_words.heading if apart else partial(routes_words.title, arrows))(lang, selection, short=view.narrow)
    title = data_version.titled(lang, title, selection.edition)
    spec = (flow_matrix if matrix else flow_order)(
        arrows.shown if matrix else routes_query.in_order(arrows, selection.limit),
        lang,
        evidence="counted" if selection.evidence == "counted" else "stated",
        opens=frozenset(store.areas()),
        title="" if view.narrow else title,
        notes=[*routes_words.years(lang, selection), *served.notes(lang, cells, selection.edition)],
        palette=view.palette,
        narrow=view.narrow,
        width=view.size[0],
    )
    describe = routes_words.order if apart else routes_words.under_map
    return _with_finding(spec, title * view.narrow, describe(arrows, lang, selection), lang, selection, arrows)


def _state_routes(request: FigureRequest, lang: Language) -> Plate:
    area, position = request.value(shared.AREA), request.value(routes_filters.POSITION)
    kind, edition = request.value(routes_filters.EVIDENCE), request.value(shared.EDITION)
    selection = routes_filters.of_state(area, kind, edition, position)
    arrows = routes_query.arrows(selection)
    # On the page of the state the title stands above the map: what it shows, in a sentence too long for one line.
    return _routes_plate(request, lang, selection, arrows, titled=_view(request).stage > 0)


def _routes_plate(
    request: FigureRequest,
    lang: Language,
    selection: routes_query.Filter,
    arrows: routes_query.Arrows,
    *,
    badges: bool = False,
    titled: bool = True,
) -> Plate:
    view, cells = _view(request), routes_query.cells(selection)
    title = data_version.titled(lang, routes_words.title(arrows, lang, selection, short=view.close), selection.edition)
    roles = routes_query.with_badge(routes_query.roles(selection.areas, selection.first, selection.last))
    roles = roles.filter(pl.col("area").is_in(selection.areas)) if badges else roles.clear()
    spec = routes_map(
        arrows.shown,
        roles,
        store.basemap(),
        lang,
        evidence="counted" if selection.evidence == "counted" else "stated",
        points=store.points(),
        chosen=selection.areas,
        title=title if titled and not view.close else "",
        notes=[
            *routes_words.years(lang, selection),
            *routes_words.badges(lang, roles),
            *served.notes(lang, cells, selection.edition),
        ],
        empty=_why_empty(lang, selection, arrows),
        palette=view.palette,
        narrow=view.close,
        size=view.size,
        stacked=view.half or (view.narrow and not titled),
    )
    words = (routes_words.under_map if titled else routes_words.arrows)(arrows, lang, selection)
    described = " ".join([words, *routes_words.roles_in_words(lang, roles)])
    plate = _with_finding(spec, title * view.close, described, lang, selection, arrows)
    return plate if titled else plate._replace(heading="")


def _why_empty(lang: Language, selection: routes_query.Filter, arrows: routes_query.Arrows) -> str:
    """The sentence on a map without arrows."""
    if not arrows.every.is_empty():
        return ""
    return routes_words.emptied(lang, routes_query.emptied(selection), routes_filters.CAPTIONS)


def _with_finding(
    spec: dict[str, Any],
    title: str,
    description: str,
    lang: Language,
    selection: routes_query.Filter,
    arrows: routes_query.Arrows,
) -> Plate:
    """The figure under the sentence that says what it shows; `title` follows it where the figure has none."""
    finding = routes_words.finding(arrows, lang, selection)
    heading = "\n".join(filter(None, [finding, title]))
    # What an empty map says is in its description, too.
    described = " ".join(filter(None, [description, _why_empty(lang, selection, arrows)]))
    return Plate(spec, heading, described)


def _of_country(
    draw: Callable[[FigureRequest, Language, View], country.FigureParts], request: FigureRequest, lang: Language
) -> Plate:
    view = _view(request)
    plate = Plate(*draw(request, lang, view))
    return plate if view.stage else plate._replace(notes=())


def _from_parts(
    draw: Callable[[FigureRequest, Language, View], tuple[Any, ...]],
    request: FigureRequest,
    lang: Language,
) -> Plate:
    return Plate(*draw(request, lang, _view(request)))


_DRAW: dict[str, Callable[[FigureRequest, Language], Plate]] = {
    "region_change": partial(_from_parts, home.in_time),
    "region_victims": partial(_from_parts, home.by_group),
    "region_convictions": partial(_from_parts, home.in_time),
    "region": _region,
    "routes": _routes,
    "state_routes": _state_routes,
    "series": partial(_of_country, country.in_time),
    "victims": partial(_of_country, country.victims),
    "coverage_map": partial(_from_parts, coverage.on_map),
    "coverage_matrix": partial(_from_parts, coverage.matrix),
    "revisions": partial(_from_parts, coverage.revised),
    "explore": partial(_from_parts, explore.explored),
    "compare": partial(_from_parts, explore.compared),
    "parties_map": partial(_from_parts, treaties.on_map),
    "parties_chart": partial(_from_parts, treaties.in_time),
    "ledger_matrix": partial(_from_parts, ledger.matrix),
    "ledger_map": partial(_from_parts, ledger.on_map),
    "between": partial(_from_parts, explore.between),
}
