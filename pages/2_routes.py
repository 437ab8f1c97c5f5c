from functools import partial

import streamlit as st

from dashboard import blocks, choices, filters, layout, store, tables, terms
from dashboard.describe import routes as describe
from dashboard.query import routes

lang = filters.spoken()
filters.use(*choices.ROUTES)
layout.header(lang, "routes")

with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
    evidence = filters.choose(choices.EVIDENCE, lang.text("Evidence"), partial(terms.evidence, lang), segments=True)
    filters.choose_many(choices.STATES, lang.text("States"), lang.country, lang.text("All states"), alphabetical=True)
    filters.choose(choices.POSITION, lang.text("Position on the route"), partial(terms.position, lang))
    first, last = filters.span_slider(choices.YEARS, lang.text("Years"))
with st.expander(lang.text("More filters")):
    forms = partial(terms.form, lang)
    filters.choose_many(choices.FORMS, lang.text("Form (stated routes only)"), forms, lang.text("All forms"))
    filters.number(choices.MINIMUM, lang.text("At least so many persons or statements"))
    filters.number(choices.ARROWS, lang.text("Arrows drawn at the most, the largest first"))
    filters.toggle(choices.QUESTIONED, lang.text("Draw questioned flows (dashed)"))

wanted = choices.wanted()
flows = store.table("flows")
arrows = routes.arrows(flows, wanted)
roles = routes.roles(store.table("roles"), wanted.areas, first, last)
covered = routes.coverage(store.table("flow_coverage"), wanted.areas, first, last)
told = blocks.route_map(lang, wanted, (arrows, roles, covered), "map.routes", on_pick=partial(blocks.open_state, lang))

st.header(lang.text("The same routes as a table"), anchor=False)
blocks.table(tables.arrows(arrows.every, lang), told, "table.routes")
layout.download(lang, partial(routes.arrows_file, arrows, wanted), f"routes_{evidence}_{first}-{last}")
with st.expander(lang.text("Flows that no map can place")):
    lost = routes.unlocated(flows, wanted)
    blocks.table(tables.unlocated(lost, lang), lang.text("Flows that no map can place"), "table.lost")
with st.expander(lang.text("How many detected victims have a listed citizenship")):
    blocks.table(tables.coverage(covered, lang), describe.coverage(covered, lang), "table.coverage")
with st.expander(lang.text("Roles that reports state")):
    blocks.table(tables.roles(roles, lang), lang.text("Roles that reports state"), "table.roles")
