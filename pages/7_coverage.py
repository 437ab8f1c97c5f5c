from functools import partial

import streamlit as st

from dashboard import blocks, choices, covered, filters, layout, store, terms
from dashboard.describe import coverage as describe
from dashboard.describe import revisions as describe_revisions
from dashboard.plates import stage
from dashboard.query import coverage, revisions

lang = filters.spoken()
filters.use(*choices.COVERAGE)
layout.header(lang, "coverage")

with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium", width=480):
    indicator = filters.choose(choices.COVERED, lang.text("Indicator"), partial(terms.indicator, lang))
years, states = covered.span(indicator), covered.states(indicator)
asked, to_state = {choices.COVERED.name: indicator}, partial(blocks.open_state, lang)
stage.show(lang, "coverage_map", asked, key="map.coverage", on_open=to_state)
st.caption(lang.text("A usable reading is a value, a true zero or a masked figure. A year without one is not a zero."))
blocks.states(lang)

st.header(lang.text("State by state, year by year"), anchor="matrix")
stage.show(lang, "coverage_matrix", asked, key="matrix.coverage", on_open=to_state)
st.header(lang.text("The same as a table"), anchor=False)
told = describe.heading(lang, indicator, states, years)
blocks.table(covered.states_table(indicator, lang), told, "table.coverage")
layout.download(lang, partial(coverage.file, covered.cells(indicator), indicator), f"coverage_{indicator}")

st.header(lang.text("What publishers revised"), anchor="revisions")
blocks.remarks(describe_revisions.of_totals(lang, covered.steps_of_totals()))
with st.container(key="revised.controls", horizontal=True, vertical_alignment="bottom", gap="medium", width=640):
    every = partial(terms.every_state, lang)
    state = filters.choose(choices.REVISED, lang.text("State"), every, alphabetical=True)
    masking = filters.toggle(choices.MASKING, lang.text("Also changes of masking"))
changes = covered.changes(indicator, state, masking)
if state != revisions.ALL or not changes.is_empty():
    stage.show(lang, "revisions", filters.values(*choices.COVERAGE), key="chart.revisions", on_open=to_state)
# The chart of all states says so itself.
if state != revisions.ALL or changes.is_empty():
    blocks.remarks(describe_revisions.of_choice(lang, covered.steps(indicator, state), indicator, state))
heading = describe_revisions.heading(lang, indicator, state)
blocks.table(covered.drawn_table(indicator, state, masking, lang), heading, "table.drawn")

st.header(lang.text("Every change"), anchor=False)
if changes.is_empty():
    st.markdown(lang.text("Between the releases held nothing changed here."))
told = describe_revisions.every(lang, indicator, state)
blocks.table(covered.changes_table(indicator, state, masking, lang), told, "table.revisions")
file = partial(revisions.rows, store.table("revisions"), indicator, state, masking=masking)
layout.download(lang, file, f"revisions_{indicator}_{state}{'_masking' * masking}")
