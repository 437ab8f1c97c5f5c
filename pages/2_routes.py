from functools import partial

import streamlit as st

from dashboard import asof, blocks, choices, filters, frame, layout, store, tables, terms
from dashboard.describe import routes as describe
from dashboard.figures.routes_map import routes_map
from dashboard.query import routes

lang = filters.spoken()
filters.use(*choices.ROUTES)
layout.header(lang, "routes")

with st.container(key="controls.routes", horizontal=True, vertical_alignment="bottom"):
    evidence = filters.choose(choices.EVIDENCE, lang.text("Evidence"), partial(terms.evidence, lang), segments=True)
    filters.choose_many(choices.STATES, lang.text("States"), lang.country, lang.text("All states"))
    filters.choose(choices.POSITION, lang.text("Their place"), partial(terms.position, lang))
    filters.choose_many(
        choices.FORMS, lang.text("Form (stated routes only)"), partial(terms.form, lang), lang.text("All forms")
    )
first, last = filters.span_slider(choices.YEARS, lang.text("Years"))
with st.expander(lang.text("More filters")):
    filters.number(choices.MINIMUM, lang.text("At least so many persons or statements"))
    filters.number(choices.ARROWS, lang.text("Arrows drawn at the most, the largest first"))
    filters.toggle(choices.QUESTIONED, lang.text("Draw questioned flows (dashed)"))
st.caption(
    lang.text(
        "Counted victims follow calendar years; stated routes follow report years, which run from April to March."
    )
)

wanted = choices.wanted()
flows = store.table("flows")
arrows = routes.arrows(flows, wanted)
roles = routes.roles(store.table("roles"), wanted.areas, first, last)
view = frame.view()
told = describe.arrows(arrows, lang, wanted)
spec = routes_map(
    arrows.shown,
    roles,
    store.basemap(),
    lang,
    evidence=evidence,
    points=store.points(),
    title=describe.heading(lang, wanted),
    notes=[asof.short(lang, store.snapshot())],
    palette="dark" if view.dark else "light",
    narrow=view.narrow,
)
layout.figure(spec, told, "map.routes", lambda area: layout.go(lang, "country", area=area))
blocks.remarks(describe.hidden(arrows, lang, wanted))

st.subheader(lang.text("The same routes as a table"), anchor=False)
blocks.table(tables.arrows(arrows.every, lang), told, "table.routes")
layout.download(lang, lambda: arrows.every, f"routes_{evidence}_{first}-{last}")
st.subheader(lang.text("Flows that no map can place"), anchor=False)
lost = routes.unlocated(flows, wanted)
blocks.table(
    tables.unlocated(lost, lang),
    lang.text("Flows with an origin or destination that is a region or unknown."),
    "table.lost",
)
st.subheader(lang.text("How complete the lists are"), anchor=False)
covered = routes.coverage(store.table("flow_coverage"), wanted.areas, first, last)
blocks.table(tables.coverage(covered, lang), describe.coverage(covered, lang), "table.coverage")
