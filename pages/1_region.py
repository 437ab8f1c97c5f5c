from functools import partial

import streamlit as st

from dashboard import blocks, choices, chosen, filters, layout, passport, tables
from dashboard.briefing.forms import briefing
from dashboard.describe import observed as describe
from dashboard.files import offer, views
from dashboard.plates import stage
from dashboard.query import observed

lang = filters.spoken()
filters.use(*choices.REGION, choices.STATE)
layout.header(lang, "region")

with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
    indicator = filters.choose(choices.INDICATOR, lang.text("Indicator"))
    measure = filters.choose(choices.MEASURE, lang.text("Measure"), segments=True)
    latest = filters.toggle(choices.LATEST, lang.text("Latest figure of each state"))
    above = st.container(width="content")
edition = filters.value(choices.EDITION)
code = observed.measured(indicator, measure)
year = None if latest else filters.value(choices.YEAR)
stage.show(
    lang,
    "region",
    filters.values(*choices.REGION),
    key="map.region",
    years=None if latest else choices.YEAR,
    on_open=partial(blocks.open_figure, lang, code, year, edition),
)
show = partial(passport.of_region, lang, code, year, edition)
figures = chosen.Chosen(lang, choices.STATE, show, above, of={"indicator": code})
rows = observed.region(code, year, edition)
st.caption(lang.text("Detected means recorded by the authorities. It is not how many victims there are."))
if measure == "rate":
    blocks.remarks(describe.tiny(observed.tiny(rows, observed.small(edition)), lang))
blocks.edition(lang, edition)
with st.container(horizontal=True, vertical_alignment="bottom", gap="medium"):
    blocks.states(lang)
    filters.choose(choices.EDITION, lang.text("Release shown"))
    briefing(lang)

st.header(lang.text("The same figures as a table"), anchor=False)
told = describe.heading(lang, code, year, observed.total(rows).reported)
chosen.hint(lang)
sheet, by_name = tables.sheet(tables.figures(rows, lang)), tables.ordered(rows, lang)
figures.table(sheet, told, "table.region", by_name)
figures.finish()
offer.view(lang, views.region(lang, code, year, edition))
