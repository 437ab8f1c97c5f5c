from functools import partial

import streamlit as st

from dashboard.export import downloads
from dashboard.parts import findings, passport, selected_row
from dashboard.shell import blocks, filters, layout, page_filters
from dashboard.stage import component
from dashboard.subjects import shared
from dashboard.subjects.about import words as about_words
from dashboard.subjects.passports import filters as row_keys
from dashboard.subjects.routes import files as routes_files
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes import tables as routes_tables
from dashboard.subjects.routes import words as routes_words
from data.i18n import N_

TITLE = N_("Routes")
PURPOSE = N_(
    "An arrow joins the country of victims’ citizenship to the state that detected them; it is not the way they took."
)

lang = filters.spoken()
filters.use(*page_filters.of("routes"))
layout.header(lang, "routes", purpose=findings.of_routes(lang, filters.value(routes_filters.EVIDENCE)))

controls = st.container(key="controls", horizontal=True, vertical_alignment="top", gap="medium")
more = st.expander(lang.text("More filters"), key="more")
selection = routes_filters.selection(filters.value)
years, values = (selection.first, selection.last), filters.values(*routes_filters.ROUTES)
to_arrow = partial(blocks.open_arrow, lang, row_keys.ARROW)
# Sent first, even before the controls above it: the browser draws the figure while the rest of the page is made.
component.show(lang, "routes", values, key="map.routes", years=routes_filters.YEARS, on_open=to_arrow)

with controls:
    filters.choose(routes_filters.EVIDENCE, segments=True)
    filters.choose(routes_filters.PICTURE, segments=True)
    filters.choose_many(shared.STATES, lang.text("All states"), alphabetical=True)
    filters.choose(routes_filters.POSITION)
    above = st.container(width="content")
with more:
    filters.choose_many(routes_filters.FORMS, lang.text("All forms"))
    filters.number(routes_filters.MINIMUM)
    filters.number(routes_filters.ARROWS)
    filters.toggle(routes_filters.TRANSIT)
    filters.toggle(routes_filters.BADGES)
    filters.choose(shared.EDITION)
    filters.toggle(routes_filters.QUESTIONED)

blocks.edition(lang, selection.edition)
arrows = selected_row.SelectedRow(lang, row_keys.ARROW, partial(passport.arrow, lang, selection), above)
lost = selected_row.SelectedRow(
    lang, row_keys.UNLOCATED_RECORDS[selection.evidence], partial(passport.lost, lang, selection), above
)
listed = selected_row.SelectedRow(lang, row_keys.CITIZENSHIPS, partial(passport.listed, lang, selection.edition), above)
roles = selected_row.SelectedRow(lang, row_keys.ROLE, partial(passport.role, lang, years), above)
with blocks.folded(lang.text("About this map"), "about") as opened:
    if opened:
        blocks.remarks([*routes_words.about(lang, selection), about_words.explained(lang, "citizenship")])

st.header(lang.text("The same arrows as a table"), anchor=False)
found = routes_query.arrows(selection)
title = routes_words.heading(lang, selection)
selected_row.hint(lang)
arrows.table(routes_tables.shown_sheet(selection, lang), title, "table.drawn", found.shown)
with blocks.folded(title := lang.text("All selected arrows, including those not drawn"), "routes") as opened:
    if opened:
        arrows.table(routes_tables.every_sheet(selection, lang), title, "table.routes", found.choice)
downloads.view(lang, routes_files.arrows(lang, selection))
with blocks.folded(title := lang.text("Flows that are not on the map"), "lost") as opened:
    if opened:
        rows = routes_query.unlocated(selection)
        sheet = routes_tables.unlocated_sheet(selection, lang)
        lost.table(sheet, title, "table.lost", rows, view=routes_files.lost(lang, selection))
with blocks.folded(lang.text("Number of detected victims whose citizenship UNODC lists"), "coverage") as opened:
    if opened:
        rows = routes_query.coverage(selection.areas, selection.first, selection.last, selection.edition)
        sheet = routes_tables.coverage_sheet(selection, lang)
        listed.table(
            sheet, routes_words.coverage(rows, lang), "table.coverage", rows, view=routes_files.listed(lang, selection)
        )
with blocks.folded(title := lang.text("Roles in US government reports"), "roles") as opened:
    if opened:
        rows = routes_query.roles(selection.areas, *years)
        sheet = routes_tables.roles_sheet(selection.areas, *years, lang)
        roles.table(sheet, title, "table.roles", rows, view=routes_files.roles(lang, selection.areas, years, "routes"))
selected_row.finish(arrows, lost, listed, roles)
