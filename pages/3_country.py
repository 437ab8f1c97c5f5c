from functools import partial

import streamlit as st

from dashboard import answers, asof, blocks, choices, chosen, filters, layout, passport, store, terms
from dashboard.briefing.forms import briefing
from dashboard.files import lists, offer, views
from dashboard.ledger_page import of_state
from dashboard.plates import stage

lang = filters.spoken()
filters.use(*choices.COUNTRY, choices.FIGURE, choices.FIGURES, choices.ROLE, *choices.ARROWS_OF.values())
layout.header(lang, "country")
with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
    area = filters.choose(choices.AREA, lang.text("State"), lang.country, alphabetical=True)
    edition = filters.choose(choices.EDITION, lang.text("Release shown"), partial(terms.edition, lang))
    above = st.container(width="content")
    briefing(lang, area)
blocks.edition(lang, edition)
for note in answers.membership(area, lang):
    st.info(note)

years = choices.flow_years()
figure = chosen.Chosen(lang, choices.FIGURE, partial(passport.of_state, lang, area, edition), of={"area": area})
figures = chosen.Chosen(lang, choices.FIGURES, partial(passport.figures, lang, figure, area, edition), of=figure.of)
role = chosen.Chosen(lang, choices.ROLE, partial(passport.role, lang, years))

st.header(lang.text("Figures over time"), anchor=False)
to_figure = partial(filters.put, choices.FIGURE)
stage.show(lang, "series", filters.values(*choices.COUNTRY), key="series.country", on_open=to_figure)
st.caption(asof.short(lang, store.snapshot()))
chosen.hint(lang)
told, rows = lang.text("Which years are reported"), answers.state_in_time(area, edition)
gaps, every = answers.gaps_table(area, lang, edition), answers.indicators_in_time(area, edition)
figures.table(gaps, told, "table.gaps", every)
with blocks.folded(told := lang.text("Every figure with its source"), "series") as opened:
    if opened:
        figure.table(answers.series_table(area, lang, edition), told, "table.series", rows)
offer.view(lang, views.state(lang, area, edition))

st.header(told := lang.text("Other counts and surveys: the SDG database"), anchor=False)
sheet, rows = answers.others_table(area, lang), answers.others(area)
figure.table(sheet, told, "table.others", rows, view=lists.others(lang, area))

for evidence in choices.EVIDENCE.options:
    wanted, spec = choices.of_state(area, evidence, edition), choices.ARROWS_OF[evidence]
    st.header(terms.evidence(lang, evidence), anchor=False)
    values = {choices.EVIDENCE.name: evidence} | filters.values(*choices.COUNTRY)
    stage.show(lang, "state_routes", values, key=f"map.{evidence}", on_open=partial(blocks.open_arrow, lang, spec))
    blocks.remarks(answers.remarks(wanted, lang))
    arrows = chosen.Chosen(lang, spec, partial(passport.arrow, lang, wanted), above)
    told, rows = answers.heading(wanted, lang, area), answers.arrows(wanted).every
    sheet, view = answers.arrows_table(wanted, lang), views.arrows(lang, wanted, area)
    arrows.table(sheet, told, f"table.{evidence}", rows, view=view)
    arrows.finish()
st.header(told := lang.text("Roles that reports state"), anchor=False)
sheet, rows = answers.roles_table((area,), years, lang), answers.roles((area,), years)
role.table(sheet, told, "table.roles", rows, view=lists.roles(lang, (area,), years, "country"))
of_state(lang, area)
chosen.finish(figures, figure, role)
