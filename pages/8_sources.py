from functools import partial

import streamlit as st

from dashboard import answers, blocks, choices, filters, layout, provenance, store, terms
from dashboard.query import routes

lang = filters.spoken()
filters.use()
layout.header(lang, "sources")

for source in store.snapshot().manifest["sources"]:
    name = terms.source(lang, source["name"])
    st.header(name, anchor=source["name"])
    blocks.facts(lang, provenance.facts(source, lang), source["path"], lang.text("Open the publisher's page"))
    held, reasons = answers.releases_table(source["name"], lang), answers.reasons_table(source["name"], lang)
    blocks.table(held, lang.text("{source}: releases held", source=name), f"releases.{source['name']}")
    blocks.table(reasons, lang.text("{source}: rows set aside or marked", source=name), f"reasons.{source['name']}")

st.header(lang.text("Questioned flows"), anchor="questioned")
st.markdown(lang.text("The figure stands as its publisher printed it; the map draws it dashed, and only on request."))
blocks.table(answers.questioned_table(lang), lang.text("Questioned flows"), "questioned")
layout.download(lang, answers.questioned, "questioned_flows")

st.header(lang.text("Flows that no map can place"), anchor="unlocated")
st.markdown(lang.text("Labels are shown as printed. A region is never drawn as a country, and nothing is guessed."))
for evidence in choices.EVIDENCE.options:
    lost = answers.unlocated_table(routes.Filter(evidence=evidence), lang)
    blocks.table(lost, terms.evidence(lang, evidence), f"unlocated.{evidence}")
    layout.download(lang, partial(routes.unlocated_file, store.table("flows"), evidence), f"unlocated_{evidence}")
