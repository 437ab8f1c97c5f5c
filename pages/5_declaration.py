import streamlit as st

from dashboard.parts import findings, ledger, reports, workplan
from dashboard.shell import filters, layout, ledger_scope, page_filters
from dashboard.subjects import shared
from dashboard.subjects.ledger import filters as ledger_filters
from data.i18n import N_

TITLE = N_("Declaration")
PURPOSE = N_("What we found for each paragraph of the Declaration of Mexico (2018).")

lang = filters.spoken()
ledger_scope.use(*page_filters.of("declaration"))
layout.header(lang, "declaration", purpose=findings.finding(lang, "declaration"))

with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
    scope = filters.choose(ledger_filters.SCOPE, segments=True)
    if scope == ledger_filters.STATE:
        filters.choose(shared.AREA, alphabetical=True)
    number = filters.choose(ledger_filters.PARAGRAPH)
    above = st.container(width="content")
with st.expander(lang.text("More filters"), key="more"):
    if scope == ledger_filters.REGION and number == ledger_filters.ALL:
        filters.choose_many(ledger_filters.THEMES, lang.text("All themes"))
        filters.choose_many(ledger_filters.STATES, lang.text("All states"), alphabetical=True)
        filters.choose_many(ledger_filters.OBJECTIVES, lang.text("All objectives"))
        filters.choose(ledger_filters.ADDRESSEE, segments=True)
    elif scope == ledger_filters.REGION:
        filters.choose(ledger_filters.ACTOR)
    filters.choose_many(ledger_filters.GRADES, lang.text("All types of source"))
    filters.span_slider(ledger_filters.YEARS)

reports.show(lang)
if number == ledger_filters.ALL:
    ledger.show_all(lang, above)
    workplan.section(lang)
else:
    ledger.show(lang, int(number), above)
