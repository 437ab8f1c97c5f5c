from functools import partial

import streamlit as st

from dashboard import asof, blocks, choices, filters, frame, layout, store, tables, terms
from dashboard.describe import observed as describe
from dashboard.figures.region_map import region_map
from dashboard.query import observed

lang = filters.spoken()
filters.use(*choices.REGION)
layout.header(lang, "region")

with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
    indicator = filters.choose(choices.INDICATOR, lang.text("Indicator"), partial(terms.indicator, lang))
    measure = filters.choose(choices.MEASURE, lang.text("Measure"), partial(terms.measure, lang), segments=True)
    chosen = filters.year_slider(choices.YEAR, lang.text("Year"))
    latest = filters.toggle(choices.LATEST, lang.text("Latest figure of each state"))
year = None if latest else chosen

code = observed.measured(indicator, measure)
asked = (store.table("observations"), store.table("areas"), code, year)
rows = observed.region(*asked)
view = frame.view()
told = describe.region(rows, lang, indicator, measure, year)
spec = region_map(
    rows,
    store.basemap(),
    lang,
    indicator=code,
    measure=measure,
    breaks=store.breaks(code),
    largest=store.largest(code),
    title=blocks.heading(describe.heading(lang, code, year, observed.total(rows).reported), narrow=view.narrow),
    notes=[asof.short(lang, store.snapshot())],
    palette=view.palette,
    narrow=view.narrow,
    size=view.size,
)
layout.figure(spec, told, "map.region", partial(blocks.open_state, lang))
st.caption(lang.text("Detected means recorded by the authorities. It is not how many victims there are."))
if measure == "rate":
    blocks.remarks(describe.tiny(observed.tiny(store.table("observations"), rows), lang))
blocks.states(lang)

st.header(lang.text("The same figures as a table"), anchor=False)
blocks.table(tables.figures(rows, lang), told, "table.region")
layout.download(lang, partial(observed.region_file, *asked), f"region_{code}_{year or 'latest'}")
