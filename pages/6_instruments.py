from functools import partial

import streamlit as st

from dashboard.export import downloads
from dashboard.parts import act_passport, findings, selected_row
from dashboard.shell import blocks, filters, layout, page_filters
from dashboard.stage import component
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.treaties import files as treaties_files
from dashboard.subjects.treaties import filters as treaties_filters
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import tables as treaties_tables
from dashboard.subjects.treaties import words as treaties_words
from dashboard.words import tables
from data.i18n import N_

TITLE = N_("Instruments")
PURPOSE = N_("Treaties and laws against trafficking in persons.")

lang = filters.spoken()
filters.use(*page_filters.of("instruments"))
layout.header(lang, "instruments", purpose=findings.finding(lang, "instruments"))

with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium", width=900):
    treaty = filters.choose(treaties_filters.TREATY)
    every = filters.toggle(treaties_filters.ALL_TREATIES)
    above = st.container(width="content")
year = filters.value(treaties_filters.YEAR_END)
treaties = treaties_query.chosen(treaty, every=every)
values, to_acts = filters.values(*treaties_filters.INSTRUMENTS), partial(blocks.open_acts, treaty)
component.show(lang, "parties_map", values, key="map.parties", years=treaties_filters.YEAR_END, on_open=to_acts)
act = selected_row.SelectedRow(lang, row_keys.ACT, partial(act_passport.act, lang), above)
law = selected_row.SelectedRow(lang, row_keys.LAW, partial(act_passport.law, lang), above)
blocks.remarks(treaties_words.beside_map(lang, treaty))
blocks.states(lang)
downloads.view(lang, treaties_files.standings(lang, treaty, year))

st.header(lang.text("Parties over time"), anchor="time")
component.show(lang, "parties_chart", values, key="chart.parties")

st.header(treaties_words.acts_heading(lang, treaties), anchor="acts")
selected_row.hint(lang)
rows = tables.ordered(treaties_query.acts(treaties), lang)
sheet = tables.sheet(treaties_tables.acts(rows, lang, treaties_query.closing()))
act.table(sheet, treaties_words.acts_heading(lang, treaties), "table.acts", rows, searched=True)
downloads.view(lang, treaties_files.acts(lang, treaties))

st.header(title := treaties_words.laws_heading(lang), anchor="laws")
rows = tables.ordered(treaties_query.laws(), lang)
blocks.remarks(treaties_words.laws(lang, rows))
law.table(tables.sheet(treaties_tables.laws(rows, lang)), title, "table.laws", rows)
downloads.view(lang, treaties_files.laws(lang))

with st.expander(lang.text("OAS membership and the Declaration"), key="folded.standing"):
    blocks.remarks(treaties_words.standing(lang))
    layout.link(lang, "declaration", lang.text("Paragraph 30 of the Declaration"), paragraph="30")
selected_row.finish(act, law)
