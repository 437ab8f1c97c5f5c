from functools import partial

import streamlit as st

from dashboard import answers, blocks, choices, filters, layout, passport, terms
from dashboard.describe import routes as describe
from dashboard.plates import stage
from dashboard.query import routes

lang = filters.spoken()
filters.use(*choices.ROUTES, choices.ARROW)
layout.header(lang, "routes")

with st.container(key="controls", horizontal=True, vertical_alignment="bottom", gap="medium"):
    evidence = filters.choose(choices.EVIDENCE, lang.text("Evidence"), partial(terms.evidence, lang), segments=True)
    filters.choose_many(choices.STATES, lang.text("States"), lang.country, lang.text("All states"), alphabetical=True)
    filters.choose(choices.POSITION, lang.text("Position on the route"), partial(terms.position, lang))
with st.expander(lang.text("More filters")):
    forms = partial(terms.form, lang)
    filters.choose_many(choices.FORMS, lang.text("Form (stated routes only)"), forms, lang.text("All forms"))
    filters.number(choices.MINIMUM, lang.text("Minimum number of persons or statements"))
    filters.number(choices.ARROWS, lang.text("Maximum number of arrows, largest first"))
    filters.choose(choices.EDITION, lang.text("Release shown"), partial(terms.edition, lang))
    filters.toggle(choices.QUESTIONED, lang.text("Draw questioned flows (dashed)"))

wanted = choices.wanted()
years, values = (wanted.first, wanted.last), filters.values(*choices.ROUTES)
to_arrow = partial(blocks.open_arrow, lang)
stage.show(lang, "routes", values, key="map.routes", years=choices.YEARS, on_open=to_arrow)
blocks.edition(lang, wanted.edition)
passport.asked_arrow(lang, wanted)
blocks.remarks(answers.remarks(wanted, lang))

st.header(lang.text("The same routes as a table"), anchor=False)
told = answers.heading(wanted, lang)
passport.hint(lang)
chosen = blocks.choice(answers.drawn_table(wanted, lang), told, "table.drawn")
if found := passport.picked(answers.arrows(wanted).shown, chosen):
    passport.arrow(lang, wanted, found)
with blocks.folded(lang.text("All routes of this choice, also those not drawn"), "routes") as opened:
    if opened:
        blocks.table(answers.arrows_table(wanted, lang), told, "table.routes")
file = partial(routes.arrows_file, answers.arrows(wanted), wanted)
layout.download(lang, file, choices.file_name(f"routes_{evidence}_{wanted.first}-{wanted.last}"))
with blocks.folded(lang.text("Flows that no map can place"), "lost") as opened:
    if opened:
        blocks.table(answers.unlocated_table(wanted, lang), lang.text("Flows that no map can place"), "table.lost")
with blocks.folded(lang.text("How many detected victims have a listed citizenship"), "coverage") as opened:
    if opened:
        covered = describe.coverage(answers.coverage(wanted.areas, years, wanted.edition), lang)
        blocks.table(answers.coverage_table(wanted.areas, years, lang, wanted.edition), covered, "table.coverage")
with blocks.folded(lang.text("Roles that reports state"), "roles") as opened:
    if opened:
        roles = answers.roles_table(wanted.areas, years, lang)
        blocks.table(roles, lang.text("Roles that reports state"), "table.roles")
