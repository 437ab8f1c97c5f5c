from functools import partial

import streamlit as st

from dashboard import asof, blocks, choices, filters, frame, layout, store, tables, terms
from dashboard.describe import observed as describe
from dashboard.figures.series import series
from dashboard.query import observed, routes

lang = filters.spoken()
filters.use(*choices.COUNTRY)
layout.header(lang, "country")
area = filters.choose(choices.AREA, lang.text("State"), lang.country, alphabetical=True)
for note in describe.membership(store.table("areas"), lang, area):
    st.info(note)

view, observations, flows = frame.view(), store.table("observations"), store.table("flows")
first, last = choices.flow_years()
frames = {code: observed.series(observations, area, code) for code in observed.COUNTS}
told = describe.state(frames, lang, area)
st.header(lang.text("Figures in time"), anchor=False)
layout.figure(series(frames, lang, palette=view.palette, narrow=view.narrow), told, "series.country")
st.caption(asof.short(lang, store.snapshot()))
blocks.table(tables.gaps(frames, lang), lang.text("Which years are reported"), "table.gaps")
with st.expander(lang.text("Every figure with its source")):
    blocks.table(tables.series(frames, lang), lang.text("Every figure with its source"), "table.series")
layout.download(lang, partial(observed.state_file, observations, area), f"figures_{area}")

roles = routes.roles(store.table("roles"), (area,), first, last)
for evidence in choices.EVIDENCE.options:
    wanted = routes.Filter(evidence=evidence, areas=(area,), first=first, last=last)
    arrows = routes.arrows(flows, wanted)
    covered = routes.coverage(store.table("flow_coverage"), wanted.areas, first, last)
    st.header(terms.evidence(lang, evidence), anchor=False)
    said = blocks.route_map(lang, wanted, (arrows, roles, covered), f"map.{evidence}", area)
    blocks.table(tables.arrows(arrows.every, lang), said, f"table.{evidence}")
st.header(lang.text("Roles that reports state"), anchor=False)
blocks.table(tables.roles(roles, lang), lang.text("Roles that reports state"), "table.roles")
