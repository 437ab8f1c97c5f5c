from functools import partial

import streamlit as st

from dashboard import act_passport, blocks, choices, chosen, filters, layout, tables
from dashboard.describe import acts
from dashboard.describe import instruments as describe
from dashboard.files import offer
from dashboard.files import treaties as treaty_views
from dashboard.plates import stage
from dashboard.query import instruments

lang = filters.spoken()
filters.use(*choices.INSTRUMENTS, choices.ACT, choices.LAW)
layout.header(lang, "instruments")

with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium", width=900):
    treaty = filters.choose(choices.TREATY, lang.text("Treaty"))
    every = filters.toggle(choices.ALL_TREATIES, lang.text("All three treaties in chart and table"))
    above = st.container(width="content")
year = filters.value(choices.YEAR_END)
wanted = instruments.chosen(treaty, every=every)
values, to_acts = filters.values(*choices.INSTRUMENTS), partial(blocks.open_acts, treaty)
stage.show(lang, "parties_map", values, key="map.parties", years=choices.YEAR_END, on_open=to_acts)
act = chosen.Chosen(lang, choices.ACT, partial(act_passport.act, lang), above)
law = chosen.Chosen(lang, choices.LAW, partial(act_passport.law, lang), above)
blocks.remarks(describe.beside_map(lang, treaty))
blocks.states(lang)
offer.view(lang, treaty_views.standings(lang, treaty, year))

st.header(lang.text("Parties in time"), anchor="time")
stage.show(lang, "parties_chart", values, key="chart.parties")

st.header(describe.acts_heading(lang, wanted), anchor="acts")
chosen.hint(lang)
rows = tables.ordered(instruments.acts(wanted), lang)
sheet = tables.sheet(acts.acts(rows, lang, instruments.closing()))
act.table(sheet, describe.acts_heading(lang, wanted), "table.acts", rows, searched=True)
offer.view(lang, treaty_views.acts(lang, wanted))

st.header(told := describe.laws_heading(lang), anchor="laws")
rows = tables.ordered(instruments.laws(), lang)
blocks.remarks(describe.laws(lang, rows))
law.table(tables.sheet(acts.laws(rows, lang)), told, "table.laws", rows)
offer.view(lang, treaty_views.laws(lang))

st.header(lang.text("How some states stand to the OAS and to the declaration"), anchor="standing")
blocks.remarks(describe.standing(lang))
layout.link(lang, "ledger", lang.text("Paragraph 30 of the declaration, in the ledger"), paragraph="30")
chosen.finish(act, law)
