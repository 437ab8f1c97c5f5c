from functools import partial

import streamlit as st

from dashboard import (
    choices,
    filters,
    layout,
    ledger_choices,
    ledger_page,
    ledger_paragraph,
    ledger_terms,
    report_preview,
    workplan_part,
)

lang = filters.spoken()
filters.use(*ledger_choices.LEDGER, ledger_choices.ENTRY, ledger_choices.LINE)
layout.header(lang, "ledger")

with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
    number = filters.choose(ledger_choices.PARAGRAPH, lang.text("Paragraph"), partial(ledger_terms.paragraph, lang))
    if number == ledger_choices.ALL:
        theme, every = partial(ledger_terms.theme, lang), lang.text("All themes")
        filters.choose_many(ledger_choices.THEMES, lang.text("Theme"), theme, every)
        told = lang.text("All states")
        filters.choose_many(choices.STATES, lang.text("States"), lang.country, told, alphabetical=True)
    else:
        whose = partial(ledger_terms.every_actor, lang)
        filters.choose(ledger_choices.WHOSE, lang.text("Whose entries"), whose)
    above = st.container(width="content")
with st.expander(lang.text("More filters")):
    if number == ledger_choices.ALL:
        near, every = partial(ledger_terms.objective, lang), lang.text("All objectives")
        filters.choose_many(ledger_choices.OBJECTIVES, lang.text("Objective of the work plan"), near, every)
        whom = partial(ledger_terms.addressed, lang)
        filters.choose(ledger_choices.ADDRESSED, lang.text("Addresses"), whom, segments=True)
    grade, every = partial(ledger_terms.cell, lang), lang.text("All grades")
    filters.choose_many(ledger_choices.GRADES, lang.text("Grade of evidence"), grade, every)
    filters.span_slider(ledger_choices.YEARS, lang.text("Years"))

if number == ledger_choices.ALL:
    ledger_page.matrix(lang, above)
    workplan_part.section(lang)
    report_preview.show(lang)
else:
    ledger_paragraph.show(lang, int(number), above)
