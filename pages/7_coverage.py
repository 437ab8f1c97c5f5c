from functools import partial

import streamlit as st

from dashboard.export import downloads
from dashboard.parts import findings, passport, selected_row
from dashboard.shell import blocks, filters, layout, page_filters
from dashboard.stage import component
from dashboard.subjects import shared
from dashboard.subjects.coverage import files as coverage_files
from dashboard.subjects.coverage import filters as coverage_filters
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.coverage import revisions as coverage_revisions
from dashboard.subjects.coverage import tables as coverage_tables
from dashboard.subjects.coverage import words as coverage_words
from dashboard.subjects.passports import filters as row_keys
from dashboard.words import tables
from data.i18n import N_

TITLE = N_("Coverage")
PURPOSE = N_("Who reports what, since when, and what was revised.")

lang = filters.spoken()
filters.use(*page_filters.of("coverage"))
layout.header(lang, "coverage", purpose=findings.finding(lang, "coverage"))

with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium", width=760):
    indicator = filters.choose(coverage_filters.INDICATOR)
    edition = filters.choose(shared.EDITION)
blocks.edition(lang, edition)
years, states = coverage_query.span(indicator, edition), tables.ordered(coverage_query.states(indicator, edition), lang)
values, masking = filters.values(coverage_filters.INDICATOR, shared.EDITION), filters.value(coverage_filters.MASKING)
of, show = {"indicator": indicator}, partial(passport.of_indicator, lang, indicator, edition)
cell = selected_row.SelectedRow(lang, row_keys.CELL, show, of=of)
cells = selected_row.SelectedRow(lang, row_keys.CELLS, partial(passport.cells, lang, cell, indicator, edition), of=of)
changed = selected_row.SelectedRow(lang, row_keys.CHANGES, partial(passport.changes, lang, cell, indicator, masking))
to_figures, to_state = partial(blocks.open_figures, lang, indicator, edition), partial(blocks.open_state, lang)
component.show(lang, "coverage_map", values, key="map.coverage", on_open=to_figures)
st.caption(
    lang.text("Years with an exact figure, a zero or “fewer than five” are counted. A missing figure is not a zero.")
)
blocks.states(lang)

st.header(lang.text("State by state, year by year"), anchor="matrix")
component.show(lang, "coverage_matrix", values, key="matrix.coverage", on_open=to_figures)
st.header(lang.text("As a table"), anchor=False)
selected_row.hint(lang)
title = coverage_words.heading(lang, indicator, states, years)
cells.table(tables.sheet(coverage_tables.states(states, lang)), title, "table.coverage", states)
downloads.view(lang, coverage_files.reported(lang, indicator, edition))
blocks.meanings(lang, "not_reported", "fewer_than_five", "release")

st.header(lang.text("Revisions"), anchor="revisions")
with st.container(key="revised.controls", horizontal=True, vertical_alignment="bottom", gap="medium", width=640):
    state = filters.choose(coverage_filters.REVISIONS_STATE, alphabetical=True)
    masking = filters.toggle(coverage_filters.MASKING)
changes = tables.ordered(coverage_revisions.rows(indicator, state, masking=masking), lang)
if state != coverage_revisions.ALL or not changes.is_empty():
    component.show(
        lang, "revisions", filters.values(*coverage_filters.COVERAGE), key="chart.revisions", on_open=to_state
    )
# The chart of all states says so itself.
if state != coverage_revisions.ALL or changes.is_empty():
    blocks.remarks(coverage_words.of_choice(lang, coverage_revisions.steps(indicator, state), indicator, state))
heading = coverage_words.revisions_heading(lang, indicator, state)
rows = tables.ordered(coverage_revisions.figure_rows(indicator, state, masking=masking), lang)
sheet = tables.sheet(
    (coverage_tables.changes if state == coverage_revisions.ALL else coverage_tables.releases)(rows, lang)
)
(changed if state == coverage_revisions.ALL else cell).table(sheet, heading, f"table.drawn.{state}", rows)

st.header(lang.text("All changes"), anchor=False)
if changes.is_empty():
    st.markdown(lang.text("No changes between the available releases."))
title = coverage_words.every(lang, indicator, state)
cell.table(coverage_tables.table(indicator, state, lang, masking=masking), title, "table.revisions", changes)
selected_row.finish(cells, changed, cell)
downloads.view(lang, coverage_files.revised(lang, indicator, state, masking=masking))
