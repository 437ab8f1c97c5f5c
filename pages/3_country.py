from functools import partial

import streamlit as st

from dashboard import answers, asof, blocks, choices, filters, layout, passport, store, tables, terms
from dashboard.plates import stage
from dashboard.query import observed
from dashboard.query.passport import FIGURE_KEY, Figure

lang = filters.spoken()
filters.use(*choices.COUNTRY)
layout.header(lang, "country")
with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
    area = filters.choose(choices.AREA, lang.text("State"), lang.country, alphabetical=True)
    edition = filters.choose(choices.EDITION, lang.text("Release shown"), partial(terms.edition, lang))
blocks.edition(lang, edition)
for note in answers.membership(area, lang):
    st.info(note)

passport.asked_figure(lang, area, edition)

st.header(lang.text("Figures over time"), anchor=False)
stage.show(lang, "series", filters.values(*choices.COUNTRY), key="series.country")
st.caption(asof.short(lang, store.snapshot()))
blocks.table(answers.gaps_table(area, lang, edition), lang.text("Which years are reported"), "table.gaps")
with blocks.folded(lang.text("Every figure with its source"), "series") as opened:
    if opened:
        passport.hint(lang)
        told = lang.text("Every figure with its source")
        chosen = blocks.choice(answers.series_table(area, lang, edition), told, "table.series")
        if found := passport.picked(tables.in_time(answers.state(area, edition)), chosen):
            passport.figure(lang, Figure(found["indicator"], area, found["year"]), edition)
layout.download(
    lang,
    partial(observed.state_file, store.observations(edition), area),
    choices.file_name(f"figures_{area}"),
)

told = lang.text("Other counts and surveys: the SDG database")
st.header(told, anchor=False)
chosen = blocks.choice(answers.others_table(area, lang), told, "table.others")
if found := passport.picked(answers.others(area), chosen):
    passport.figure(lang, Figure(*(found[name] for name in FIGURE_KEY)), edition)

for evidence in choices.EVIDENCE.options:
    wanted = choices.of_state(area, evidence, edition)
    st.header(terms.evidence(lang, evidence), anchor=False)
    values = {choices.EVIDENCE.name: evidence} | filters.values(*choices.COUNTRY)
    stage.show(lang, "state_routes", values, key=f"map.{evidence}")
    blocks.remarks(answers.remarks(wanted, lang))
    told = answers.heading(wanted, lang, area)
    chosen = blocks.choice(answers.arrows_table(wanted, lang), told, f"table.{evidence}")
    if found := passport.picked(answers.arrows(wanted).every, chosen):
        passport.arrow(lang, wanted, found)
st.header(lang.text("Roles that reports state"), anchor=False)
roles = answers.roles_table((area,), choices.flow_years(), lang)
blocks.table(roles, lang.text("Roles that reports state"), "table.roles")
