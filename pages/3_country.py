from functools import partial

import streamlit as st

from dashboard import answers, asof, blocks, choices, filters, layout, store, terms
from dashboard.plates import stage
from dashboard.query import observed

lang = filters.spoken()
filters.use(*choices.COUNTRY)
layout.header(lang, "country")
area = filters.choose(choices.AREA, lang.text("State"), lang.country, alphabetical=True)
for note in answers.membership(area, lang):
    st.info(note)

st.header(lang.text("Figures in time"), anchor=False)
stage.show(lang, "series", {choices.AREA.name: area}, key="series.country")
st.caption(asof.short(lang, store.snapshot()))
blocks.table(answers.gaps_table(area, lang), lang.text("Which years are reported"), "table.gaps")
with blocks.folded(lang.text("Every figure with its source"), "series") as opened:
    if opened:
        blocks.table(answers.series_table(area, lang), lang.text("Every figure with its source"), "table.series")
layout.download(lang, partial(observed.state_file, store.table("observations"), area), f"figures_{area}")

for evidence in choices.EVIDENCE.options:
    wanted = choices.of_state(area, evidence)
    st.header(terms.evidence(lang, evidence), anchor=False)
    values = {choices.AREA.name: area, choices.EVIDENCE.name: evidence}
    stage.show(lang, "state_routes", values, key=f"map.{evidence}")
    blocks.remarks(answers.remarks(wanted, lang))
    blocks.table(answers.arrows_table(wanted, lang), answers.heading(wanted, lang, area), f"table.{evidence}")
st.header(lang.text("Roles that reports state"), anchor=False)
roles = answers.roles_table((area,), choices.flow_years(), lang)
blocks.table(roles, lang.text("Roles that reports state"), "table.roles")
