import streamlit as st

from dashboard.parts import ledger, reports, workplan
from dashboard.shell import choices, filters, layout, ledger_choices
from data.i18n import N_

TITLE = N_("Ledger")
PURPOSE = N_("The declaration paragraph by paragraph, with the evidence for each state.")

lang = filters.spoken()
filters.use(*ledger_choices.LEDGER, ledger_choices.ENTRY, ledger_choices.LINE)
layout.header(lang, "ledger")

with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
    number = filters.choose(ledger_choices.PARAGRAPH, lang.text("Paragraph"))
    if number == ledger_choices.ALL:
        filters.choose_many(ledger_choices.THEMES, lang.text("Theme"), lang.text("All themes"))
        filters.choose_many(choices.STATES, lang.text("States"), lang.text("All states"), alphabetical=True)
    else:
        filters.choose(ledger_choices.WHOSE, lang.text("Whose entries"))
    above = st.container(width="content")
with st.expander(lang.text("More filters")):
    if number == ledger_choices.ALL:
        near = lang.text("Objective of the work plan")
        filters.choose_many(ledger_choices.OBJECTIVES, near, lang.text("All objectives"))
        filters.choose(ledger_choices.ADDRESSED, lang.text("Addresses"), segments=True)
    filters.choose_many(ledger_choices.GRADES, lang.text("Grade of evidence"), lang.text("All grades"))
    filters.span_slider(ledger_choices.YEARS, lang.text("Years"))

if number == ledger_choices.ALL:
    ledger.matrix(lang, above)
    workplan.section(lang)
    reports.show(lang)
else:
    ledger.show(lang, int(number), above)
