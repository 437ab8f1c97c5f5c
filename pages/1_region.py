from functools import partial

import streamlit as st

from dashboard.briefing.button import briefing
from dashboard.export import downloads
from dashboard.parts import findings, passport, selected_row
from dashboard.shell import blocks, filters, layout, page_filters
from dashboard.stage import component
from dashboard.subjects import shared
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.states import files as states_files
from dashboard.subjects.states import filters as states_filters
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import tables as states_tables
from dashboard.subjects.states import words as states_words
from dashboard.words import tables
from data.i18n import N_

TITLE = N_("Region")
PURPOSE = N_("What the 35 states of the Americas report on trafficking in persons, on one map.")

lang = filters.spoken()
filters.use(*page_filters.of("region"))
layout.header(lang, "region", purpose=findings.finding(lang, "region"))

indicator, measure = filters.value(shared.INDICATOR), filters.value(states_filters.MEASURE)
latest, edition = filters.value(states_filters.LATEST), filters.value(shared.EDITION)
subregion = filters.value(states_filters.SUBREGION)
code = states_query.measured(indicator, measure)
year = None if latest else filters.value(states_filters.YEAR)
controls = st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium")
# Sent first, even before the controls above it: the browser draws the figure while the rest of the page is made.
component.show(
    lang,
    "region",
    filters.values(*states_filters.REGION),
    key="map.region",
    years=None if latest else states_filters.YEAR,
    on_open=partial(blocks.open_state, lang),
)
with controls:
    filters.choose(shared.INDICATOR)
    filters.choose(states_filters.MEASURE, segments=True)
    filters.choose(states_filters.SUBREGION)
    filters.toggle(states_filters.LATEST)
rows = states_query.region(code, year, edition, subregion)
small = states_query.tiny(rows, states_query.small(edition)) if measure == "rate" else []
st.caption(states_words.explained(lang, small))
blocks.edition(lang, edition)
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    blocks.states(lang)
    filters.choose(shared.EDITION)
    briefing(lang)
    blocks.meanings(lang, "formal_contact", "fewer_than_five", "rate", "release")
    above = st.container(width="content")

beside, panel = st.columns([3, 2], gap="medium")
show = partial(passport.of_region, lang, code, year, edition)
figures = selected_row.SelectedRow(lang, row_keys.STATE, show, above, of={"indicator": code}, panel=panel)
heading = states_words.heading(lang, code, year, states_query.total(rows).reported, subregion)
with beside:
    st.header(lang.text("The same figures as a table"), anchor=False)
    sheet = states_tables.region_sheet(code, year, edition, lang, subregion)
    figures.table(sheet, heading, "table.region", tables.ordered(rows, lang))
    downloads.view(lang, states_files.region(lang, code, year, edition, subregion))
figures.finish()
