from functools import partial

import streamlit as st

from dashboard import answers, blocks, choices, filters, layout, store, terms
from dashboard.describe import observed as describe
from dashboard.plates import stage
from dashboard.query import observed

lang = filters.spoken()
filters.use(*choices.REGION)
layout.header(lang, "region")

with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
    indicator = filters.choose(choices.INDICATOR, lang.text("Indicator"), partial(terms.indicator, lang))
    measure = filters.choose(choices.MEASURE, lang.text("Measure"), partial(terms.measure, lang), segments=True)
    latest = filters.toggle(choices.LATEST, lang.text("Latest figure of each state"))
year = None if latest else filters.value(choices.YEAR)
stage.show(
    lang,
    "region",
    filters.values(*choices.REGION),
    key="map.region",
    years=None if latest else choices.YEAR,
    on_open=partial(blocks.open_state, lang),
)
code = observed.measured(indicator, measure)
rows = answers.region(code, year)
st.caption(lang.text("Detected means recorded by the authorities. It is not how many victims there are."))
if measure == "rate":
    blocks.remarks(describe.tiny(answers.tiny(code, year), lang))
blocks.states(lang)

st.header(lang.text("The same figures as a table"), anchor=False)
told = describe.heading(lang, code, year, observed.total(rows).reported)
blocks.table(answers.region_table(code, year, lang), told, "table.region")
layout.download(
    lang,
    partial(observed.region_file, store.table("observations"), store.table("areas"), code, year),
    f"region_{code}_{year or 'latest'}",
)
