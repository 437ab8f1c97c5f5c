"""The figure of page "Routes"; that of the flows of a state is drawn in the same way."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

import polars as pl

from dashboard import store
from dashboard.charts.bars import Bar, BarBlock
from dashboard.charts.medium import Medium
from dashboard.subjects.about import words as about_words
from dashboard.subjects.movements import query as movements_query
from dashboard.subjects.movements import words as movements_words
from dashboard.subjects.routes import query, words
from dashboard.subjects.routes.figures import lines
from dashboard.subjects.routes.figures.columns import WIDEST, RouteColumns, columns_alone, titles
from dashboard.subjects.routes.figures.counted import counted_map
from dashboard.subjects.routes.figures.described import also, described_map, drawable
from dashboard.subjects.routes.figures.ledger_map import sentence_alone
from dashboard.subjects.routes.figures.matrix import flow_matrix
from dashboard.subjects.routes.figures.moved import Moved
from dashboard.subjects.routes.filters import CAPTIONS, MOVED, PICTURE, ROUTES, SORTED, of_state, selection
from dashboard.views.figure import Drawn, Figure, Values
from dashboard.words import served
from data.i18n import Language, capitalized


def _routes(values: Values, lang: Language, medium: Medium) -> Drawn:
    """Arrows on a map, as a matrix, or in order from origin to destination."""
    chosen, picture = selection(values.value), values.value(PICTURE)
    arrows = query.arrows(chosen)
    if picture == "map":
        return on_map(chosen, arrows, lang, medium, moved=values.value(MOVED))
    matrix, by_size = picture == "matrix", values.value(SORTED) == "size"
    if matrix:
        opens = frozenset(store.areas())
        spec = flow_matrix(arrows.shown, lang, medium, evidence=chosen.evidence, opens=opens, by_size=by_size)
    else:
        spec = _columns(chosen, arrows, lang, medium, by_size=by_size)
    # In columns, described routes with and without transit are counted apart.
    apart = chosen.evidence == "stated" and not matrix
    made = framed(chosen, arrows, lang, spec)
    said = words.order(arrows, lang)
    return made._replace(description=said, measure=words.heading(lang, chosen)) if apart else made


def _columns(
    chosen: query.FlowFilter, arrows: query.Arrows, lang: Language, medium: Medium, *, by_size: bool
) -> dict[str, Any]:
    """The routes in columns, without a map: states in alphabetical order, or by size."""
    if empty := _why_empty(lang, chosen, arrows)[1]:
        return sentence_alone(empty, lang, medium)
    stated, rows = chosen.evidence == "stated", arrows.shown
    pairs = zip(lines.of_pairs(rows, lang), rows["questioned"], strict=True)
    dashed = [replace(one, few=one.few or doubtful) for one, doubtful in pairs]
    every = lines.of_routes(rows, chosen.areas, lang) if stated else dashed
    every = lines.agreeing(every, query.named_by_both(chosen.edition)) if stated else every
    states = lang.sorted_countries({str(code) for one in every for code in one.opens[1:3]})
    columns = RouteColumns(
        every,
        min(medium.across, WIDEST),
        lang,
        titles if stated else lambda other: (other.text("Citizenship"), "", other.text("Detected in")),
        query.paths(chosen) if stated else (),
        () if by_size else states,
        chosen.areas,
        narrow=medium.narrow,
        heads=stated,
    )
    return columns_alone(columns, medium, lambda other: also(every, other))


def on_map(chosen: query.FlowFilter, arrows: query.Arrows, lang: Language, medium: Medium, *, moved: str = "") -> Drawn:
    """The ledger and the map of one kind of evidence: circles for counted victims, arrows for described routes.

    Args:
        moved: the kind of people who moved that stand beside one state's counted victims, as context.
    """
    counted = chosen.evidence == "counted" and not arrows.every.is_empty()
    beside = movements_query.current(moved) if counted and len(chosen.areas) == 1 else pl.DataFrame()
    people = Moved(beside) if beside.height else None
    made = framed(chosen, arrows, lang, flow_map(chosen, arrows, lang, medium, people))
    if chosen.evidence == "stated" and mapped(arrows.shown):
        return made._replace(marks=[words.apart(lang)] if crossing(arrows.shown) else [])
    circles = [words.joined(lang)] * (counted and (len(chosen.areas) != 1 or mapped(arrows.every)))
    if people is None:
        return made._replace(notes=circles)
    notes = [*circles, movements_words.beside(lang, beside)]
    return made._replace(notes=notes, releases=(*made.releases, *served.served(beside)))


def mapped(rows: pl.DataFrame) -> bool:
    """Whether some of a state's flows, as in `query.Arrows`, are on a map: between two countries of the region."""
    basemap = store.basemap()
    inside = pl.all_horizontal(pl.col("origin", "destination").is_in(list(basemap.points)))
    found = rows.filter(words.BETWEEN & inside)
    stated = found.filter(evidence="stated").select("origin", "destination").iter_rows()
    return found.filter(evidence="counted").height > 0 or any(drawable(basemap, *ends) for ends in stated)


def crossing(rows: pl.DataFrame) -> bool:
    """Whether the map leaves out an arrow of described routes, as in `query.Arrows`: it would cross another state."""
    basemap = store.basemap()
    inside = pl.all_horizontal(pl.col("origin", "destination").is_in(list(basemap.points)))
    ends = rows.filter(words.BETWEEN & inside).select("origin", "destination").iter_rows()
    return not all(drawable(basemap, *one) for one in ends)


def framed(chosen: query.FlowFilter, arrows: query.Arrows, lang: Language, spec: dict[str, Any]) -> Drawn:
    """A figure of the flows of a selection, with all that stands around it."""
    title, empty = _why_empty(lang, chosen, arrows)
    whole = not chosen.areas and chosen.agreement == "any" and chosen.evidence == "counted"
    return Drawn(
        spec,
        title or (whole and words.at_home(arrows, lang, store.areas())) or words.claim(arrows, lang, chosen),
        words.title(arrows, lang, chosen),
        " ".join(filter(None, [words.finding(arrows, lang, chosen), words.under_map(arrows, lang, chosen), empty])),
        served.served(query.cells(chosen)),
        about=[
            *filter(None, [words.finding(arrows, lang, chosen)]),
            *words.years(lang, chosen),
            *([about_words.explained(lang, "statement"), words.coding(lang)] if chosen.evidence == "stated" else []),
            *words.about(lang, chosen),
        ],
    )


def flow_map(
    chosen: query.FlowFilter,
    arrows: query.Arrows,
    lang: Language,
    medium: Medium,
    moved: Moved | None = None,
) -> dict[str, Any]:
    """A Plotly spec of the flows of a selection; a sentence where there are none.

    Of counted victims it shows whose citizens were detected where: of one state in one direction, or of the region by
    detecting state. Of described routes it shows those of `arrows` that are drawn. `moved` is context, beside the
    figures of one state.
    """
    basemap, areas = store.basemap(), chosen.areas
    if empty := _why_empty(lang, chosen, arrows)[1]:
        return sentence_alone(empty, lang, medium)
    # A slide has no ledger that could have marks.
    both = frozenset() if medium.slide else query.named_by_both(chosen.edition)
    if chosen.evidence == "stated":
        paths = query.paths(chosen)
        return described_map(arrows.shown, basemap, lang, medium, chosen=areas, both=both, paths=paths)
    every, beyond = _lines(chosen, arrows, lang)
    state = areas[0] if len(areas) == 1 else ""
    every = lines.agreeing(every, both) if state else every
    most = _most_of_state(chosen) if state else 0.0
    return counted_map(every, basemap, lang, medium, state=state, beyond=beyond, moved=moved, most=most)


def _most_of_state(chosen: query.FlowFilter) -> float:
    """The largest figure between a state and another country, in both directions: their maps stand side by side."""
    rows = query.arrows(replace(chosen, position="any")).every
    return max(rows.filter(words.BETWEEN)["high"], default=0.0)


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


def _why_empty(lang: Language, chosen: query.FlowFilter, arrows: query.Arrows) -> tuple[str, str]:
    """The title and the sentence in place of a figure without rows; both empty if there are rows."""
    if not arrows.every.is_empty():
        return "", ""
    if len(chosen.areas) == 1 and chosen == of_state(chosen.areas[0], "counted", chosen.edition):
        return words.unlisted(lang, chosen.areas[0])
    return lang.text("No flow fits these filters"), words.emptied(lang, query.emptied(chosen), CAPTIONS)


# The bars of a card.
ON_CARD = 3


def card(chosen: query.FlowFilter, lang: Language) -> list[BarBlock]:
    """The largest flows between two countries, of which the first is that of the title; none if there are none."""
    arrows = query.arrows(chosen)
    every = arrows.every.filter(words.BETWEEN)
    rows = every.head(ON_CARD)
    if rows.is_empty():
        return []
    drawn = words.limited(lang, replace(arrows, shown=rows, every=every))
    if chosen.evidence == "stated":
        return [card_bars(lines.of_routes(rows, chosen.areas, lang), lang, drawn, words.heading(lang, chosen))]
    named = " · ".join(filter(None, [words.heading(lang, chosen), drawn]))
    pairs = lines.of_pairs(rows, lang, lambda other, row: capitalized(words.citizens(other, row)))
    return [card_bars(pairs, lang, named)]


def number(rows: pl.DataFrame, lang: Language) -> tuple[str, str] | None:
    """The number of a card, and what it counts: of counted victims the largest group, of routes the most statements."""
    return words.largest(rows, lang) or words.most_described(rows, lang)


def card_of_state(chosen: query.FlowFilter, lang: Language) -> list[BarBlock]:
    """The largest counted flows of a state in one direction, own citizens first; of described routes as `card`."""
    if chosen.evidence == "stated":
        return card(chosen, lang)
    arrows = query.arrows(chosen)
    every = lines.largest(_lines(chosen, arrows, lang)[0], ON_CARD)
    return [card_bars(every, lang, words.heading(lang, chosen))] if every else []


def card_bars(every: Sequence[lines.CountryLine], lang: Language, named: str = "", heading: str = "") -> BarBlock:
    """The figures of some lines as bars; `named` says what they are."""
    each = [Bar(one.name(lang), (one.low, one.high), one.on_map(lang), one.code, one.shares[0].color) for one in every]
    return BarBlock(heading, named, each, max(one.high for one in every))


MAP = Figure(
    name="routes",
    page="routes",
    draw=_routes,
    filters=ROUTES,
    rows=lambda values: query.arrows(selection(values.value)).shown,
    kind="routes",
    card=lambda values, lang: card(selection(values.value), lang),
    number=lambda values, lang: number(query.arrows(selection(values.value)).every, lang),
    stage_height=332,
)
