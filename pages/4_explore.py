from contextlib import nullcontext
from functools import partial

import streamlit as st

from dashboard.export import downloads
from dashboard.parts import compare, passport, selected_row
from dashboard.shell import blocks, filters, layout, page_filters
from dashboard.stage import component
from dashboard.subjects import shared
from dashboard.subjects.explore import files as explore_files
from dashboard.subjects.explore import filters as explore_filters
from dashboard.subjects.explore import query as explore_query
from dashboard.subjects.explore import summary as explore_summary
from dashboard.subjects.explore import tables as explore_tables
from dashboard.subjects.passports import filters as row_keys
from dashboard.words import tables
from data.i18n import N_

TITLE = N_("Explore")
PURPOSE = N_("Compare indicators, states and years.")

lang = filters.spoken()
filters.use(*page_filters.of("explore"))
layout.header(lang, "explore")
controls = st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium")
with controls:
    desk = filters.choose(explore_filters.TASK, segments=True)

if desk == "explore":
    with controls:
        reading = filters.choose(explore_filters.READING, segments=True)
        filters.choose_many(explore_filters.INDICATORS, lang.text("No indicator"))
        every = lang.text("All states")
        filters.choose_many(shared.STATES, every, alphabetical=True)
        above = st.container(width="content")
    with st.container(key="groups", horizontal=True, vertical_alignment="bottom", gap="medium"):
        every = lang.text("Total and all groups")
        filters.choose_many(explore_filters.SEXES, every)
        filters.choose_many(explore_filters.AGES, every)
        filters.choose_many(explore_filters.EXPLOITATION, every)
        filters.choose(shared.EDITION)
        if reading == "multiples":
            filters.toggle(explore_filters.ONE_SCALE)
    selection, edition = explore_filters.selection(filters.value), filters.value(shared.EDITION)
    heading, rows = explore_summary.heading(selection, edition, lang), explore_summary.ordered(selection, edition, lang)
    listed = reading == "table"
    if listed:
        filters.span_slider(explore_filters.PERIOD)
        if rows.is_empty():
            st.header(heading, anchor=False)
    else:
        values, to_row = filters.values(*explore_filters.EXPLORE), partial(filters.put, row_keys.ROW)
        component.show(lang, "explore", values, key="chart.explore", years=explore_filters.PERIOD, on_open=to_row)
    blocks.edition(lang, edition)
    # The first rows of a table are seen without scrolling; its explanations are below it.
    first, second = st.container(), st.container()
    with second if listed else first:
        if listed and not rows.is_empty():
            st.markdown(explore_summary.description(selection, edition, lang, whole=True))
        blocks.meanings(lang, "detected", "formal_contact", "fewer_than_five", "rate", "release")
        figure = selected_row.SelectedRow(lang, row_keys.ROW, partial(passport.of_any, lang, edition), above)
        blocks.remarks(explore_summary.remarks(selection, edition, lang))
    if not rows.is_empty():
        with first if listed else second:
            title, beside = lang.text("The same figures as a table"), heading if listed else ""
            with nullcontext(enter_result=True) if listed else blocks.folded(title, "explored") as seen:
                if seen:
                    sheet = explore_summary.table(selection, edition, lang)
                    figure.table(sheet, heading, "table.explore", rows, searched=True, title=beside)
                    selected_row.hint(lang)
            downloads.view(lang, explore_files.explored(heading, selection, edition, explore_filters.EXPLORE))
    title = lang.text("Totals that differ from the sum of their parts")
    parts = tables.ordered(explore_query.unsummed(explore_query.sums(selection, edition)), lang)
    if not parts.is_empty():
        with blocks.folded(title, "unsummed") as seen:
            if seen:
                view = explore_files.unsummed(lang, selection, edition, parts)
                sheet = tables.sheet(explore_tables.unsummed(parts, lang))
                figure.table(sheet, title, "table.unsummed", parts, view=view)
    figure.finish()
else:
    compare.show(lang, controls)
