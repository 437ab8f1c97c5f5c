import streamlit as st

from dashboard.parts import ledger, reports, workplan
from dashboard.shell import choices, filters, layout, ledger_choices, page_filters
from data.i18n import N_

TITLE = N_("Declaration")
PURPOSE = N_("The declaration paragraph by paragraph, with the evidence for each state.")

lang = filters.spoken()
filters.use(*page_filters.of("declaration"))
layout.header(lang, "declaration")

with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
    number = filters.choose(ledger_choices.PARAGRAPH)
    if number == ledger_choices.ALL:
        filters.choose_many(ledger_choices.THEMES, lang.text("All themes"))
        filters.choose_many(choices.STATES, lang.text("All states"), alphabetical=True)
    else:
        filters.choose(ledger_choices.ACTOR)
    above = st.container(width="content")
with st.expander(lang.text("More filters"), key="more"):
    if number == ledger_choices.ALL:
        filters.choose_many(ledger_choices.OBJECTIVES, lang.text("All objectives"))
        filters.choose(ledger_choices.ADDRESSEE, segments=True)
    filters.choose_many(ledger_choices.GRADES, lang.text("All grades"))
    filters.span_slider(ledger_choices.YEARS)

if number == ledger_choices.ALL:
    ledger.matrix(lang, above)
    workplan.section(lang)
    reports.show(lang)
else:
    ledger.show(lang, int(number), above)
