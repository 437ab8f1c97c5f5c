"""The figures of page "Routes", and the maps of flows of page "Country"."""

from functools import partial
from typing import Any

import polars as pl

from dashboard import store
from dashboard.charts.medium import Medium
from dashboard.subjects.routes import query, words
from dashboard.subjects.routes.figures.map import routes_map
from dashboard.subjects.routes.figures.matrix import flow_matrix
from dashboard.subjects.routes.figures.order import flow_order
from dashboard.subjects.routes.filters import (
    BADGES,
    CAPTIONS,
    EVIDENCE,
    PICTURE,
    POSITION,
    ROUTES,
    of_state,
    selection,
)
from dashboard.subjects.shared import AREA, EDITION
from dashboard.views.figure import Drawn, Figure, Values, placed
from dashboard.words import data_version, served
from data.i18n import Language


def _routes(values: Values, lang: Language, medium: Medium) -> Drawn:
    """Arrows on a map, as a matrix, or in order from origin to destination."""
    chosen, picture = selection(values.value), values.value(PICTURE)
    arrows = query.arrows(chosen)
    if picture == "map":
        badges = values.value(BADGES) and chosen.evidence == "stated" and bool(chosen.areas)
        return on_map(chosen, arrows, lang, medium, badges=badges)
    cells, matrix = query.cells(chosen), picture == "matrix"
    # In columns, described routes with and without transit are counted apart, in the description.
    apart = chosen.evidence == "stated" and not matrix
    words_of = (words.heading if apart else partial(words.title, arrows))(lang, chosen, short=medium.narrow)
    title, heading = placed(data_version.titled(lang, words_of, chosen.edition), above=medium.narrow)
    spec = (flow_matrix if matrix else flow_order)(
        arrows.shown if matrix else query.in_order(arrows, chosen.limit),
        lang,
        medium,
        evidence="counted" if chosen.evidence == "counted" else "stated",
        opens=frozenset(store.areas()),
        title=title,
        notes=[*words.years(lang, chosen), *served.notes(lang, cells, chosen.edition)],
    )
    describe = words.order if apart else words.under_map
    return _with_finding(spec, heading, describe(arrows, lang, chosen), lang, chosen, arrows)


def _of_state(values: Values, lang: Language, medium: Medium) -> Drawn:
    """The arrows of one state on a map."""
    chosen = _selection(values)
    # On the page of the state the title stands above the map: what it shows, in a sentence too long for one line.
    return on_map(chosen, query.arrows(chosen), lang, medium, titled=medium.staged)


def _selection(values: Values) -> query.FlowFilter:
    return of_state(*map(values.value, (AREA, EVIDENCE, EDITION, POSITION)))


def on_map(
    chosen: query.FlowFilter,
    arrows: query.Arrows,
    lang: Language,
    medium: Medium,
    *,
    badges: bool = False,
    titled: bool = True,
) -> Drawn:
    """The arrows of a selection on a map; on a slide its notes stand beside it.

    Args:
        badges: whether the chosen states have their roles.
        titled: whether the map has its title and finding; else they stand above it.
    """
    cells = query.cells(chosen)
    words_of = data_version.titled(lang, words.title(arrows, lang, chosen, short=medium.close), chosen.edition)
    title, heading = placed(words_of, above=medium.close)
    roles = query.with_badge(query.roles(chosen.areas, chosen.first, chosen.last))
    roles = roles.filter(pl.col("area").is_in(chosen.areas)) if badges else roles.clear()
    notes = [*words.years(lang, chosen), *words.badges(lang, roles), *served.notes(lang, cells, chosen.edition)]
    spec = routes_map(
        arrows.shown,
        roles,
        store.basemap(),
        lang,
        medium,
        evidence="counted" if chosen.evidence == "counted" else "stated",
        points=store.points(),
        chosen=chosen.areas,
        title=title if titled else "",
        notes=[] if medium.slide else notes,
        empty=_why_empty(lang, chosen, arrows),
        needed=not titled,
    )
    described = (words.under_map if titled else words.arrows)(arrows, lang, chosen)
    described = " ".join([described, *words.roles_in_words(lang, roles)])
    drawn = _with_finding(spec, heading, described, lang, chosen, arrows)
    return drawn if titled else drawn._replace(heading="")


def _why_empty(lang: Language, chosen: query.FlowFilter, arrows: query.Arrows) -> str:
    """The sentence on a map without arrows."""
    return words.emptied(lang, query.emptied(chosen), CAPTIONS) if arrows.every.is_empty() else ""


def _with_finding(
    spec: dict[str, Any], title: str, description: str, lang: Language, chosen: query.FlowFilter, arrows: query.Arrows
) -> Drawn:
    """The figure under the sentence that says what it shows; `title` follows it where the figure has none."""
    heading = "\n".join(filter(None, [words.finding(arrows, lang, chosen), title]))
    # What an empty map says is in its description, too.
    return Drawn(spec, heading, " ".join(filter(None, [description, _why_empty(lang, chosen, arrows)])))


MAP = Figure(
    name="routes",
    page="routes",
    draw=_routes,
    filters=ROUTES,
    rows=lambda values: query.arrows(selection(values.value)).shown,
    kind="routes",
    card_width=760,
    stage_height=356,
)
OF_STATE = Figure(
    name="state_routes",
    page="country",
    draw=_of_state,
    filters=(AREA, EVIDENCE, POSITION, EDITION),
    rows=lambda values: query.arrows(_selection(values)).shown,
    kind="routes",
    card_width=760,
    stage_height=356,
)
