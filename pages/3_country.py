from functools import partial

import streamlit as st

from dashboard import store
from dashboard.briefing.formats import briefing
from dashboard.export import downloads, table_views, views
from dashboard.parts import passport, selected_row
from dashboard.parts.ledger import of_state
from dashboard.shell import blocks, choices, filters, layout, page_filters
from dashboard.stage import component
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import tables as routes_tables
from dashboard.subjects.routes import words as routes_words
from dashboard.subjects.states import query as states_query
from dashboard.subjects.states import tables as states_tables
from dashboard.subjects.states import words as states_words
from dashboard.words import data_version, served, terms
from data.i18n import N_

TITLE = N_("Country")
PURPOSE = N_("Everything recorded for one state: its figures in time, its routes, its roles and its gaps.")

lang = filters.spoken()
filters.use(*page_filters.of("country"))
layout.header(lang, "country")
with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
    area = filters.choose(choices.AREA, alphabetical=True)
    edition = filters.choose(choices.EDITION)
    above = st.container(width="content")
    briefing(lang, area)
blocks.edition(lang, edition)
for note in states_words.membership(lang, area):
    st.info(note)

years = choices.flow_years()
figure = selected_row.SelectedRow(
    lang, choices.FIGURE, partial(passport.of_state, lang, area, edition), of={"area": area}
)
figures = selected_row.SelectedRow(
    lang, choices.FIGURES, partial(passport.figures, lang, figure, area, edition), of=figure.of
)
role = selected_row.SelectedRow(lang, choices.ROLE, partial(passport.role, lang, years))

st.header(lang.text("Figures over time"), anchor=False)
to_figure = partial(filters.put, choices.FIGURE)
component.show(lang, "series", filters.values(*choices.COUNTRY), key="series.country", on_open=to_figure)
title, rows = lang.text("Which years are reported"), states_query.state_rows(area, edition)
st.caption(" · ".join([*served.lines(lang, served.served(rows)), data_version.short(lang, store.snapshot())]))
selected_row.hint(lang)
every = rows.select("indicator").unique(maintain_order=True)
figures.table(states_tables.gaps_sheet(area, edition, lang), title, "table.gaps", every)
with blocks.folded(title := lang.text("Every figure with its source"), "series") as opened:
    if opened:
        figure.table(states_tables.series_sheet(area, edition, lang), title, "table.series", rows)
downloads.view(lang, views.state(lang, area, edition))

st.header(title := lang.text("Other counts and surveys: the SDG database"), anchor=False)
rows = states_query.others(area)
sheet = states_tables.others_sheet(area, lang)
figure.table(sheet, title, "table.others", rows, view=table_views.others(lang, area))

for evidence in choices.EVIDENCE.options:
    selection, spec = choices.state_routes_selection(area, evidence, edition), choices.ARROWS_OF[evidence]
    st.header(terms.term(lang, "evidence", evidence), anchor=False)
    values = {choices.EVIDENCE.name: evidence, choices.POSITION.name: "any"} | filters.values(*choices.COUNTRY)
    component.show(lang, "state_routes", values, key=f"map.{evidence}", on_open=partial(blocks.open_arrow, lang, spec))
    blocks.remarks(routes_words.beside_map(lang, selection, choices.ROUTE_CAPTIONS))
    arrows = selected_row.SelectedRow(lang, spec, partial(passport.arrow, lang, selection), above)
    found = routes_query.arrows(selection)
    title, rows = routes_words.heading(lang, selection, area), found.choice
    sheet, view = routes_tables.every_sheet(selection, lang), views.arrows(lang, selection, area)
    arrows.table(sheet, title, f"table.{evidence}", rows, view=view)
    arrows.finish()
st.header(title := lang.text("Roles in reports of the US Department of State and the CIA World Factbook"), anchor=False)
rows = routes_query.roles((area,), *years)
sheet = routes_tables.roles_sheet((area,), *years, lang)
role.table(sheet, title, "table.roles", rows, view=table_views.roles(lang, (area,), years, "country"))
of_state(lang, area)
selected_row.finish(figures, figure, role)
