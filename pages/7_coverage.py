from functools import partial

import streamlit as st

from dashboard import blocks, choices, covered, filters, layout, passport, store, tables, terms
from dashboard.describe import coverage as describe
from dashboard.describe import revisions as describe_revisions
from dashboard.plates import stage
from dashboard.query import coverage, revisions
from dashboard.query.passport import FIGURE_KEY, Figure

lang = filters.spoken()
filters.use(*choices.COVERAGE)
layout.header(lang, "coverage")

with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium", width=760):
    indicator = filters.choose(choices.COVERED, lang.text("Indicator"), partial(terms.indicator, lang))
    edition = filters.choose(choices.EDITION, lang.text("Release shown"), partial(terms.edition, lang))
blocks.edition(lang, edition)
years, states = covered.span(indicator, edition), covered.states(indicator, edition)
asked, to_state = filters.values(choices.COVERED, choices.EDITION), partial(blocks.open_state, lang)
stage.show(lang, "coverage_map", asked, key="map.coverage", on_open=to_state)
st.caption(lang.text("A usable reading is a value, a true zero or a masked figure. A year without one is not a zero."))
blocks.states(lang)

st.header(lang.text("State by state, year by year"), anchor="matrix")
to_figure = partial(blocks.open_figure, lang, indicator, None, edition)
stage.show(lang, "coverage_matrix", asked, key="matrix.coverage", on_open=to_figure)
st.header(lang.text("The same as a table"), anchor=False)
told = describe.heading(lang, indicator, states, years)
blocks.table(covered.states_table(indicator, lang, edition), told, "table.coverage")
file = partial(coverage.file, covered.cells(indicator, edition), indicator)
layout.download(lang, file, choices.file_name(f"coverage_{indicator}"))

st.header(lang.text("What publishers revised"), anchor="revisions")
blocks.remarks(describe_revisions.of_totals(lang, covered.steps_of_totals()))
with st.container(key="revised.controls", horizontal=True, vertical_alignment="bottom", gap="medium", width=640):
    every = partial(terms.every_state, lang)
    state = filters.choose(choices.REVISED, lang.text("State"), every, alphabetical=True)
    masking = filters.toggle(choices.MASKING, lang.text("Include changes of masking"))
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
chosen = blocks.choice(covered.changes_table(indicator, state, masking, lang), told, "table.revisions")
if found := passport.picked(tables.ordered(changes, lang), chosen):
    passport.figure(lang, Figure(*(found[name] for name in FIGURE_KEY)), edition)
file = partial(revisions.rows, store.table("revisions"), indicator, state, masking=masking)
layout.download(lang, file, f"revisions_{indicator}_{state}{'_masking' * masking}")
