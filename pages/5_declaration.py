import streamlit as st

from dashboard.parts import findings, ledger, reports, workplan
from dashboard.shell import choices, filters, layout, ledger_choices, page_filters
from data.i18n import N_

TITLE = N_("Declaration")
PURPOSE = N_("What we found for each paragraph of the Declaration of Mexico (2018).")

lang = filters.spoken()
ledger_choices.use(*page_filters.of("declaration"))
layout.header(lang, "declaration", purpose=findings.finding(lang, "declaration"))

with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
    scope = filters.choose(ledger_choices.SCOPE, segments=True)
    if scope == ledger_choices.STATE:
        filters.choose(choices.AREA, alphabetical=True)
    number = filters.choose(ledger_choices.PARAGRAPH)
    above = st.container(width="content")
with st.expander(lang.text("More filters"), key="more"):
    if scope == ledger_choices.REGION and number == ledger_choices.ALL:
        filters.choose_many(ledger_choices.THEMES, lang.text("All themes"))
        filters.choose_many(ledger_choices.STATES, lang.text("All states"), alphabetical=True)
        filters.choose_many(ledger_choices.OBJECTIVES, lang.text("All objectives"))
        filters.choose(ledger_choices.ADDRESSEE, segments=True)
    elif scope == ledger_choices.REGION:
        filters.choose(ledger_choices.ACTOR)
    filters.choose_many(ledger_choices.GRADES, lang.text("All types of source"))
    filters.span_slider(ledger_choices.YEARS)

reports.show(lang)
if number == ledger_choices.ALL:
    ledger.show_all(lang, above)
    workplan.section(lang)
else:
    ledger.show(lang, int(number), above)
