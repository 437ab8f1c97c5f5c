from functools import partial

import streamlit as st

from dashboard import asof, blocks, choices, filters, frame, layout, store, tables, terms
from dashboard.describe import observed as describe
from dashboard.describe import routes as describe_routes
from dashboard.figures.routes_map import routes_map
from dashboard.figures.series import series
from dashboard.query import observed, routes

lang = filters.spoken()
filters.use(*choices.COUNTRY)
layout.header(lang, "country")
area = filters.choose(choices.AREA, lang.text("State"), lang.country)
for note in describe.membership(store.table("areas"), lang, area):
    st.info(note)

view = frame.view()
palette = "dark" if view.dark else "light"
observations = store.table("observations")
frames = {code: observed.series(observations, area, code) for code in observed.COUNTS}
told = describe.state(frames, lang, area)
st.subheader(lang.text("Figures in time"), anchor=False)
layout.figure(series(frames, lang, dark=view.dark, narrow=view.narrow), told, "series.country")
with st.expander(lang.text("Every figure with its source")):
    blocks.table(tables.series(frames, lang), told, "table.series")
layout.download(lang, partial(observed.every, observations, area), f"figures_{area}")

flows = store.table("flows")
for evidence in choices.EVIDENCE.options:
    wanted = routes.Filter(evidence=evidence, areas=(area,))
    arrows = routes.arrows(flows, wanted)
    st.subheader(terms.evidence(lang, evidence), anchor=False)
    spec = routes_map(
        arrows.shown,
        routes.roles(store.table("roles"), (area,), 1900, 2100),
        store.basemap(),
        lang,
        evidence=evidence,
        points=store.points(),
        title=describe_routes.heading(lang, wanted, area),
        notes=[asof.short(lang, store.snapshot())],
        palette=palette,
        narrow=view.narrow,
    )
    layout.figure(spec, describe_routes.arrows(arrows, lang, wanted), f"map.{evidence}")
    blocks.remarks(describe_routes.hidden(arrows, lang, wanted))
    blocks.table(tables.arrows(arrows.every, lang), describe_routes.arrows(arrows, lang, wanted), f"table.{evidence}")
