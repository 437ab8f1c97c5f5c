import streamlit as st

from dashboard import site
from dashboard.shell import blocks, filters, layout, page_filters
from dashboard.subjects.about import words
from data.i18n import N_

TITLE = N_("About and method")
PURPOSE = N_("What the figures mean, and what we do with them.")

lang = filters.spoken()
filters.use(*page_filters.of("about"))
layout.header(lang, "about")
for section in words.sections(lang, site.contact()):
    st.header(section.heading, anchor=section.anchor)
    blocks.remarks(section.sentences)
st.header(lang.text("Glossary"), anchor="glossary")
blocks.remarks(words.terms(lang))
layout.link(lang, "sources", lang.text("Sources and licenses"))
