"""The figures of page "Routes", and the maps of flows of page "Country"."""

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

from dashboard import store
from dashboard.charts.bars import Bar, BarBlock
from dashboard.charts.medium import Medium
from dashboard.subjects.routes import query, words
from dashboard.subjects.routes.figures import lines
from dashboard.subjects.routes.figures.counted import counted_map
from dashboard.subjects.routes.figures.described import described_map
from dashboard.subjects.routes.figures.ledger_map import sentence_alone
from dashboard.subjects.routes.figures.matrix import flow_matrix
from dashboard.subjects.routes.figures.order import flow_order
from dashboard.subjects.routes.filters import (
    CAPTIONS,
    EVIDENCE,
    PICTURE,
    POSITION,
    ROUTES,
    SORTED,
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
        return on_map(chosen, arrows, lang, medium)
    cells, matrix = query.cells(chosen), picture == "matrix"
    # In columns, described routes with and without transit are counted apart, in the description.
    apart = chosen.evidence == "stated" and not matrix
    words_of = (words.heading if apart else partial(words.title, arrows))(lang, chosen, short=medium.narrow)
    title, heading = placed(data_version.titled(lang, words_of, chosen.edition), above=medium.narrow)
    spec = (flow_matrix if matrix else flow_order)(
        arrows.shown,
        lang,
        medium,
        evidence="counted" if chosen.evidence == "counted" else "stated",
        opens=frozenset(store.areas()),
        by_size=values.value(SORTED) == "size",
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
    chosen: query.FlowFilter, arrows: query.Arrows, lang: Language, medium: Medium, *, titled: bool = True
) -> Drawn:
    """The ledger and the map of one kind of evidence: circles for counted victims, arrows for described routes."""
    words_of = data_version.titled(lang, words.title(arrows, lang, chosen, short=medium.close), chosen.edition)
    title, heading = placed(words_of, above=medium.close)
    counted = chosen.evidence == "counted" and not arrows.every.is_empty()
    notes = [
        *words.years(lang, chosen),
        *([words.joined(lang)] if counted else []),
        *served.notes(lang, query.cells(chosen), chosen.edition),
    ]
    spec = flow_map(chosen, arrows, lang, medium, title=title * titled, notes=notes)
    described = (words.under_map if titled else words.arrows)(arrows, lang, chosen)
    drawn = _with_finding(spec, heading, described, lang, chosen, arrows)
    return drawn if titled else drawn._replace(heading="")


def flow_map(
    chosen: query.FlowFilter,
    arrows: query.Arrows,
    lang: Language,
    medium: Medium,
    *,
    title: str = "",
    notes: Sequence[str] = (),
) -> dict[str, Any]:
    """A Plotly spec of the flows of a selection; a sentence where there are none.

    Of counted victims it shows whose citizens were detected where: of one state in one direction, or of the region by
    detecting state. Of described routes it shows those of `arrows` that are drawn.
    """
    basemap, areas = store.basemap(), chosen.areas
    if empty := _why_empty(lang, chosen, arrows):
        return sentence_alone(empty, lang, medium)
    if chosen.evidence == "stated":
        return described_map(arrows.shown, basemap, lang, medium, chosen=areas, title=title, notes=notes)
    every, beyond = _lines(chosen, arrows, lang)
    state = areas[0] if len(areas) == 1 else ""
    return counted_map(every, basemap, lang, medium, state=state, beyond=beyond, title=title, notes=notes)


def _lines(
    chosen: query.FlowFilter, arrows: query.Arrows, lang: Language
) -> tuple[list[lines.CountryLine], list[lines.CountryLine]]:
    """The lines of the ledger, and those of countries outside the region that it does not have."""
    if chosen.evidence == "stated":
        return lines.of_routes(arrows.shown, chosen.areas, lang), []
    if len(chosen.areas) == 1:
        area = chosen.areas[0]
        return lines.of_state(query.in_direction(arrows.every, area, chosen.position), area, lang), []
    inside, outside = lines.of_region(arrows.every, store.areas(), lang)
    return (inside, outside) if inside else (outside, [])


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


# How many bars a social card has: fewer words, that are read in a message.
ON_CARD = 3


def _card(selected: Callable[[Values], query.FlowFilter], values: Values, lang: Language) -> list[BarBlock]:
    """The largest figures of a map as bars; none if there are none."""
    chosen = selected(values)
    arrows = query.arrows(chosen)
    if arrows.every.is_empty():
        return []
    named = words.title(arrows, lang, chosen, short=True)
    return [card_bars(_lines(chosen, arrows, lang)[0][:ON_CARD], lang, named)]


def card_bars(every: Sequence[lines.CountryLine], lang: Language, named: str = "") -> BarBlock:
    """The figures of some lines as bars; `named` says what they are."""
    bars = [Bar(one.name(lang), (one.low, one.high), one.on_map(lang), one.code) for one in every]
    return BarBlock("", named, bars, max(one.high for one in every))


MAP = Figure(
    name="routes",
    page="routes",
    draw=_routes,
    filters=ROUTES,
    rows=lambda values: query.arrows(selection(values.value)).shown,
    kind="routes",
    card=partial(_card, lambda values: selection(values.value)),
    stage_height=332,
)
OF_STATE = Figure(
    name="state_routes",
    page="country",
    draw=_of_state,
    filters=(AREA, EVIDENCE, POSITION, EDITION),
    rows=lambda values: query.arrows(_selection(values)).shown,
    kind="routes",
    card=partial(_card, _selection),
    stage_height=332,
)
