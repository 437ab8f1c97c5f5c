import streamlit as st

from dashboard import blocks, choices, filters, layout, provenance, store, tables, terms
from dashboard.query import routes

lang = filters.spoken()
filters.use()
layout.header(lang, "sources")

snapshot = store.snapshot()
for source in snapshot.manifest["sources"]:
    name = source["name"]
    st.subheader(terms.source(lang, name), anchor=name)
    blocks.facts(provenance.facts(source, lang), source["path"], lang.text("Open the publisher's page"))
    blocks.table(provenance.releases(source, lang), lang.text("The releases held of this source."), f"releases.{name}")
    reasons = provenance.reasons(source, lang)
    if reasons.height:
        blocks.table(reasons, lang.text("Rows set aside or marked, with the reason."), f"reasons.{name}")

flows = store.table("flows")
st.subheader(lang.text("Questioned flows"), anchor="questioned")
st.markdown(lang.text("The figure stands as its publisher printed it; the map draws it dashed, and only on request."))
doubted = routes.questioned(flows)
blocks.table(provenance.questioned(doubted, lang), lang.text("Questioned flows with their reasons."), "questioned")
layout.download(lang, lambda: doubted, "questioned_flows")

st.subheader(lang.text("Flows that no map can place"), anchor="unlocated")
st.markdown(lang.text("Labels are shown as printed. A region is never drawn as a country, and nothing is guessed."))
for evidence in choices.EVIDENCE.options:
    lost = routes.unlocated(flows, routes.Filter(evidence=evidence))
    blocks.table(tables.unlocated(lost, lang), terms.evidence(lang, evidence), f"unlocated.{evidence}")
