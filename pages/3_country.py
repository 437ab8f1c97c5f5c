from functools import partial

import streamlit as st

from dashboard.briefing.button import briefing, page
from dashboard.parts import country, passport, selected_row
from dashboard.shell import blocks, filters, layout, page_filters
from dashboard.subjects import shared
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.states import words as states_words
from data.i18n import N_

TITLE = N_("Country")
PURPOSE = N_("One state: its figures, where its citizens are detected, its treaties and laws, and what it reports.")

lang = filters.spoken()
filters.use(*page_filters.of("country"))
area, edition = filters.value(shared.AREA), filters.value(shared.EDITION)
layout.header(lang, "country", lang.country(area), country.opening(lang, area, edition).replace("\n", "  \n"))
with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
    filters.choose(shared.AREA, alphabetical=True)
    filters.choose(shared.EDITION)
blocks.edition(lang, edition)
country.key_figures(lang, area, edition)
of = {"area": area}
figure = selected_row.SelectedRow(lang, row_keys.FIGURE, partial(passport.of_state, lang, area, edition), of=of)
figures = selected_row.SelectedRow(
    lang, row_keys.FIGURES, partial(passport.figures, lang, figure, area, edition), of=of
)
role = selected_row.SelectedRow(lang, row_keys.ROLE, partial(passport.role, lang, routes_filters.years()))
country.contents(lang)
with st.container(horizontal=True, gap="medium"):
    briefing(lang, area)
    page(lang, area)
    blocks.meanings(lang, "formal_contact", "fewer_than_five", "release")
for note in states_words.membership(lang, area):
    st.info(note)
country.victims(lang, area, edition)
country.flows(lang, area, edition)
country.described(lang, area, edition)
country.roles(lang, area, role)
country.response(lang, area, edition, figure, figures)
country.treaties(lang, area)
country.declaration(lang, area)
country.record(lang, area, edition)
country.sources(lang, area, edition)
selected_row.finish(figures, figure, role)
