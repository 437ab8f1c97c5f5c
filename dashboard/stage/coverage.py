"""Draws the figures of page "Coverage" for `drawn`."""

from typing import Any

from dashboard import store
from dashboard.shell.frame import View
from dashboard.stage.request import FigureRequest
from dashboard.subjects import shared
from dashboard.subjects.coverage import filters as coverage_filters
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.coverage import revisions as coverage_revisions
from dashboard.subjects.coverage import words as coverage_words
from dashboard.subjects.coverage.figures.coverage import coverage_map, coverage_matrix
from dashboard.subjects.coverage.figures.revisions import changes_chart, releases_chart
from dashboard.words import data_version, served, terms
from data.i18n import Language

# Specification, heading (empty where the figure includes it) and description.
FigureParts = tuple[dict[str, Any], str, str]


def on_map(request: FigureRequest, lang: Language, view: View) -> FigureParts:
    """A map of the number of years with a usable reading, by state."""
    code, edition = request.value(coverage_filters.INDICATOR), request.value(shared.EDITION)
    states, years = coverage_query.states(code, edition), coverage_query.span(code, edition)
    cells = coverage_query.cells(code, edition)
    heading = data_version.titled(lang, coverage_words.heading(lang, code, states, years), edition)
    spec = coverage_map(
        states,
        store.basemap(),
        lang,
        indicator=terms.term(lang, "indicator", code),
        title="" if view.close else heading,
        notes=served.notes(lang, cells, edition),
        palette=view.palette,
        narrow=view.close,
        stacked=view.half,
        size=view.size,
    )
    description = coverage_words.on_map(lang, states)
    return spec, heading * view.close, description


def matrix(request: FigureRequest, lang: Language, view: View) -> FigureParts:
    """A matrix of states and years with the status of each cell."""
    code, edition = request.value(coverage_filters.INDICATOR), request.value(shared.EDITION)
    cells, years = coverage_query.cells(code, edition), coverage_query.span(code, edition)
    heading = f"{terms.term(lang, 'indicator', code)}, {lang.span(years)}"
    if view.stage:
        # Away from the page, where the map says it.
        heading = f"{coverage_words.heading(lang, code, coverage_query.states(code, edition), years)}\n{heading}"
    heading = data_version.titled(lang, heading, edition)
    notes = served.notes(lang, cells, edition)
    spec = coverage_matrix(cells, lang, title="" if view.close else heading, notes=notes, **_look(view))
    description = coverage_words.in_matrix(lang, cells)
    return spec, heading * view.close, description


def revised(request: FigureRequest, lang: Language, view: View) -> FigureParts:
    """Revisions: the number of changes by state, or the successive releases of one state."""
    code, state = request.value(coverage_filters.INDICATOR), request.value(coverage_filters.REVISIONS_STATE)
    changes = coverage_revisions.rows(code, state, masking=request.value(coverage_filters.MASKING))
    heading, every = coverage_words.revisions_heading(lang, code, state), state == coverage_revisions.ALL
    readings = coverage_revisions.releases(code, state)
    cells = coverage_revisions.cells(changes) if every else readings
    notes = served.notes(lang, cells)
    options = {"title": "" if view.narrow else heading, "notes": notes} | _look(view)
    if every:
        kinds = coverage_revisions.kinds(masking=request.value(coverage_filters.MASKING))
        spec = changes_chart(coverage_revisions.by_state(changes), store.areas(), lang, kinds=kinds, **options)
        description = coverage_words.changes(lang, coverage_revisions.steps(code, state), code)
        return spec, heading * view.narrow, description
    joined = coverage_revisions.joined(changes)
    survey = not readings.is_empty() and readings["unit"][0] == "percent"
    unit = terms.term(lang, "unit", "percent") if survey else lang.text("Number")
    options |= {"years": coverage_query.span(code), "states": store.areas()}
    spec = releases_chart(readings, joined, lang, unit=unit, **options)
    description = coverage_words.releases(lang, readings, joined.height, code, state)
    return spec, heading * view.narrow, description


def _look(view: View) -> dict[str, Any]:
    return {"palette": view.palette, "narrow": view.narrow, "width": view.size[0]}
