from functools import partial

import streamlit as st

from dashboard.briefing.button import page
from dashboard.export import downloads
from dashboard.parts import home
from dashboard.shell import blocks, filters, layout, page_filters, state_picker
from dashboard.stage import component
from dashboard.subjects.home import files as home_files
from dashboard.subjects.home import query as home_query
from dashboard.subjects.home import tables as home_tables
from dashboard.subjects.home import words as home_words
from dashboard.words import tables
from data.i18n import N_

TITLE = N_("Home")
PURPOSE = N_("Trafficking in persons in the Americas: what the 35 states report.")

lang = filters.spoken()
filters.use(*page_filters.of("home"))
layout.warnings(lang)
found, panel, blocks_of = home_query.overview(), home_query.panel(), home_query.breakdowns()
home.headline(lang)
home.facts(lang)
with st.container(key="search", width=720):
    state_picker.search(lang, "search.home", partial(blocks.open_state, lang))

if found:
    st.header(lang.text("Are more victims detected?"), anchor="change")
    home.changing(lang, found)
    component.show(lang, "region_change", {}, key="chart.change", on_open=partial(home.open_year, lang))
    blocks.meanings(lang, "detected", "fewer_than_five")
    with blocks.folded(title := lang.text("The same figures as a table"), "years") as opened:
        if opened:
            st.caption(home_words.rule(lang))
            sheet = tables.sheet(home_tables.by_year(lang, home_query.by_year(), panel, found))
            blocks.table(sheet, title, "table.years")
    downloads.view(lang, home_files.by_year(lang, found))

if found and blocks_of:
    st.header(lang.text("Who are the detected victims?"), anchor="victims")
    st.markdown(home_words.who(lang, blocks_of, found.largest))
    component.show(lang, "region_victims", {}, key="chart.victims")
    with blocks.folded(title := lang.text("These groups as a table"), "groups") as opened:
        if opened:
            blocks.remarks(home_words.groups_remarks(lang, blocks_of))
            blocks.table(tables.sheet(home_tables.groups(lang, blocks_of, found.largest)), title, "table.groups")
    downloads.view(lang, home_files.groups(lang, found))

page(lang)
home.ways(lang)
