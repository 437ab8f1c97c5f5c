"""The figures of page "Coverage": each as specification, heading and description, as `drawn` takes them."""

from typing import Any

from dashboard import asof, choices, store, terms
from dashboard.describe import coverage as describe
from dashboard.describe import editions
from dashboard.describe import revisions as describe_revisions
from dashboard.figures.coverage_map import coverage_map
from dashboard.figures.coverage_matrix import coverage_matrix
from dashboard.figures.releases_chart import releases_chart
from dashboard.figures.revisions_chart import changes_chart
from dashboard.plates.asked import Asked
from dashboard.query import coverage, revisions
from dashboard.shell.frame import View
from data.i18n import Language

Told = tuple[dict[str, Any], str, str]


def on_map(asked: Asked, lang: Language, look: View) -> Told:
    """In how many years each state gave a usable reading."""
    code, edition = asked.value(choices.COVERED), asked.value(choices.EDITION)
    states, years = coverage.states(code, edition), coverage.span(code, edition)
    heading = editions.titled(lang, describe.heading(lang, code, states, years), edition)
    spec = coverage_map(
        states,
        store.basemap(),
        lang,
        indicator=terms.term(lang, "indicator", code),
        title="" if look.close else heading,
        notes=editions.notes(lang, store.snapshot(), edition),
        palette=look.palette,
        narrow=look.close,
        size=look.size,
    )
    return spec, heading * look.close, describe.on_map(lang, code, states, years)


def matrix(asked: Asked, lang: Language, look: View) -> Told:
    """Every state and year."""
    code, edition = asked.value(choices.COVERED), asked.value(choices.EDITION)
    cells, years = coverage.cells(code, edition), coverage.span(code, edition)
    heading = editions.titled(lang, f"{terms.term(lang, 'indicator', code)}, {describe.span(years)}", edition)
    notes = editions.notes(lang, store.snapshot(), edition)
    spec = coverage_matrix(cells, lang, title="" if look.narrow else heading, notes=notes, **_arranged(look))
    return spec, heading * look.narrow, describe.in_matrix(lang, code, cells, years)


def revised(asked: Asked, lang: Language, look: View) -> Told:
    """The changes of every state, or the releases of one."""
    code, state = asked.value(choices.COVERED), asked.value(choices.REVISED)
    changes = revisions.rows(code, state, masking=asked.value(choices.MASKING))
    heading = describe_revisions.heading(lang, code, state)
    given = {"title": "" if look.narrow else heading, "notes": [asof.short(lang, store.snapshot())]} | _arranged(look)
    if state == revisions.ALL:
        kinds = revisions.kinds(masking=asked.value(choices.MASKING))
        spec = changes_chart(revisions.by_state(changes), store.areas(), lang, kinds=kinds, **given)
        return spec, heading * look.narrow, describe_revisions.changes(lang, revisions.steps(code, state), code)
    readings = revisions.releases(code, state)
    joined = revisions.joined(changes)
    unit = terms.term(lang, "unit", "persons" if readings.is_empty() else readings["unit"][0])
    spec = releases_chart(readings, joined, lang, unit=unit, **given)
    return spec, heading * look.narrow, describe_revisions.releases(lang, readings, joined.height, code, state)


def _arranged(look: View) -> dict[str, Any]:
    return {"palette": look.palette, "narrow": look.narrow, "width": look.size[0]}
