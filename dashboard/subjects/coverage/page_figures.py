"""The figures of page "Coverage"."""

from collections import Counter

import polars as pl

from dashboard import store
from dashboard.charts.bars import BarBlock, counted
from dashboard.charts.medium import Medium
from dashboard.subjects.coverage import query, revisions, words
from dashboard.subjects.coverage.figures.coverage import classes, coverage_map, coverage_matrix, no_year
from dashboard.subjects.coverage.figures.revisions import changes_chart, releases_chart
from dashboard.subjects.coverage.filters import INDICATOR, MASKING, REVISIONS_STATE
from dashboard.subjects.shared import EDITION
from dashboard.views.figure import Drawn, Figure, Values
from dashboard.words import served, terms
from data.i18n import Language


def _on_map(values: Values, lang: Language, medium: Medium) -> Drawn:
    """A map of the number of years with a usable reading, by state."""
    code, edition = values.value(INDICATOR), values.value(EDITION)
    states, years = query.states(code, edition), query.span(code, edition)
    spec = coverage_map(states, store.basemap(), lang, medium, indicator=terms.term(lang, "indicator", code))
    return Drawn(
        spec,
        words.claim(lang, code, states),
        words.measured(lang, code, years),
        words.on_map(lang, states),
        served.served(query.cells(code, edition)),
        about=[words.on_map(lang, states), words.counted(lang)],
    )


def _by_years(values: Values, lang: Language) -> list[BarBlock]:
    """How many states are in each class of the map."""
    states = query.states(values.value(INDICATOR), values.value(EDITION))
    years = states["years"].to_list()
    found = classes(lang, years, max(states["span"], default=1))
    kinds = {name: (name, n) for name, n in found.items()} | {no_year(lang): ("none", years.count(0))}
    return [BarBlock("", lang.text("Number of states"), counted(lang, kinds), max(n for _, n in kinds.values()))]


def _matrix(values: Values, lang: Language, medium: Medium) -> Drawn:
    """A matrix of states and years with the status of each cell."""
    code, edition = values.value(INDICATOR), values.value(EDITION)
    cells, years = query.cells(code, edition), query.span(code, edition)
    return Drawn(
        coverage_matrix(cells, lang, medium),
        words.lacking(lang, cells),
        words.measured(lang, code, years),
        words.in_matrix(lang, cells),
        served.served(cells),
        about=[words.counted(lang)],
    )


def _by_kind(values: Values, lang: Language) -> list[BarBlock]:
    """How many cells of the matrix there are of each kind."""
    found = Counter(query.cells(values.value(INDICATOR), values.value(EDITION))["kind"])
    kinds = {words.kind_word(lang, kind): (kind, found[kind]) for kind in query.KINDS if found[kind]}
    return [BarBlock("", words.each_year(lang), counted(lang, kinds), max(found.values()))] if kinds else []


def _cells(values: Values) -> pl.DataFrame:
    code = values.value(INDICATOR)
    return query.cells(code, values.value(EDITION)).with_columns(indicator=pl.lit(code))


def _revised(values: Values, lang: Language, medium: Medium) -> Drawn:
    """Revisions: the number of changes by state, or the successive releases of one state."""
    code, state = values.value(INDICATOR), values.value(REVISIONS_STATE)
    masking = values.value(MASKING)
    changes = revisions.rows(code, state, masking=masking)
    every, readings = state == revisions.ALL, revisions.releases(code, state)
    steps = revisions.steps(code, state)
    title = words.revised(lang, steps, masking=masking)
    if not every and readings.is_empty():
        title = lang.text("No total in any release")
    measure = words.revisions_measured(lang, code, state, steps)
    found = served.served(revisions.cells(changes) if every else readings)
    about = [_described(values, lang)]
    if every:
        kinds, counts = revisions.kinds(masking=masking), revisions.by_state(changes)
        spec = changes_chart(counts, store.areas(), lang, medium, kinds=kinds)
        return Drawn(spec, title, measure, _described(values, lang), found, about=about)
    survey = not readings.is_empty() and readings["unit"][0] == "percent"
    spec = releases_chart(
        readings,
        revisions.joined(changes),
        lang,
        medium,
        unit=terms.term(lang, "unit", "percent") if survey else lang.text("Number"),
        years=query.span(code),
        states=store.areas(),
    )
    return Drawn(spec, title, measure, _described(values, lang), found, about=about)


def _described(values: Values, lang: Language) -> str:
    code, state = values.value(INDICATOR), values.value(REVISIONS_STATE)
    if state == revisions.ALL:
        return words.changes(lang, revisions.steps(code, state), code)
    joined = revisions.joined(revisions.rows(code, state, masking=values.value(MASKING)))
    return words.releases(lang, revisions.releases(code, state), joined.height, code, state)


MAP = Figure(
    name="coverage_map",
    page="coverage",
    draw=_on_map,
    filters=(INDICATOR, EDITION),
    rows=_cells,
    kind="states",
    card=_by_years,
)
MATRIX = Figure(
    name="coverage_matrix",
    page="coverage",
    draw=_matrix,
    filters=(INDICATOR, EDITION),
    rows=_cells,
    card=_by_kind,
)
REVISIONS = Figure(
    name="revisions",
    page="coverage",
    draw=_revised,
    filters=(INDICATOR, REVISIONS_STATE, MASKING),
)
