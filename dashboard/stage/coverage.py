"""The figures of page "Coverage": each as specification, heading and description, as `drawn` takes them."""

from typing import Any

from dashboard import store
from dashboard.shell import choices
from dashboard.shell.frame import View
from dashboard.stage.request import FigureRequest
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.coverage import revisions as coverage_revisions
from dashboard.subjects.coverage import words as coverage_words
from dashboard.subjects.coverage.figures.coverage import coverage_map, coverage_matrix
from dashboard.subjects.coverage.figures.revisions import changes_chart, releases_chart
from dashboard.words import asof, terms
from data.i18n import Language

Told = tuple[dict[str, Any], str, str]


def on_map(asked: FigureRequest, lang: Language, look: View) -> Told:
    """In how many years each state gave a usable reading."""
    code, edition = asked.value(choices.COVERED), asked.value(choices.EDITION)
    states, years = coverage_query.states(code, edition), coverage_query.span(code, edition)
    heading = asof.titled(lang, coverage_words.heading(lang, code, states, years), edition)
    spec = coverage_map(
        states,
        store.basemap(),
        lang,
        indicator=terms.term(lang, "indicator", code),
        title="" if look.close else heading,
        notes=asof.notes(lang, store.snapshot(), edition),
        palette=look.palette,
        narrow=look.close,
        size=look.size,
    )
    return spec, heading * look.close, coverage_words.on_map(lang, code, states, years)


def matrix(asked: FigureRequest, lang: Language, look: View) -> Told:
    """Every state and year."""
    code, edition = asked.value(choices.COVERED), asked.value(choices.EDITION)
    cells, years = coverage_query.cells(code, edition), coverage_query.span(code, edition)
    heading = asof.titled(lang, f"{terms.term(lang, 'indicator', code)}, {coverage_words.span(years)}", edition)
    notes = asof.notes(lang, store.snapshot(), edition)
    spec = coverage_matrix(cells, lang, title="" if look.narrow else heading, notes=notes, **_arranged(look))
    return spec, heading * look.narrow, coverage_words.in_matrix(lang, code, cells, years)


def revised(asked: FigureRequest, lang: Language, look: View) -> Told:
    """The changes of every state, or the releases of one."""
    code, state = asked.value(choices.COVERED), asked.value(choices.REVISED)
    changes = coverage_revisions.rows(code, state, masking=asked.value(choices.MASKING))
    heading = coverage_words.revisions_heading(lang, code, state)
    given = {"title": "" if look.narrow else heading, "notes": [asof.short(lang, store.snapshot())]} | _arranged(look)
    if state == coverage_revisions.ALL:
        kinds = coverage_revisions.kinds(masking=asked.value(choices.MASKING))
        spec = changes_chart(coverage_revisions.by_state(changes), store.areas(), lang, kinds=kinds, **given)
        return spec, heading * look.narrow, coverage_words.changes(lang, coverage_revisions.steps(code, state), code)
    readings = coverage_revisions.releases(code, state)
    joined = coverage_revisions.joined(changes)
    unit = terms.term(lang, "unit", "persons" if readings.is_empty() else readings["unit"][0])
    spec = releases_chart(readings, joined, lang, unit=unit, **given)
    return spec, heading * look.narrow, coverage_words.releases(lang, readings, joined.height, code, state)


def _arranged(look: View) -> dict[str, Any]:
    return {"palette": look.palette, "narrow": look.narrow, "width": look.size[0]}
