"""The entry script: language, frame, navigation, the page, the footer. Runs from top to bottom on every interaction."""

import sys
from pathlib import Path

# `streamlit run dashboard/app.py` puts this folder on the path, not the project's.
sys.path.insert(0, str(Path(__file__).parent.parent))

import streamlit as st

from dashboard.present import board
from dashboard.shell import filters, filters_button, frame, layout, navigation

lang = filters.begin(frame.history_step())
pages = navigation.pages(lang)
chosen = st.navigation([*pages.values(), navigation.alias(lang)], position="top")
slug = next((slug for slug, page in pages.items() if page == chosen), next(iter(pages)))
filters.arrive(slug)
st.set_page_config(page_title=f"{chosen.title} · Atalaya", page_icon=str(layout.ASSETS / "favicon.svg"), layout="wide")
st.logo(str(layout.ASSETS / "logo.svg"), size="large")
layout.style()
frame.mount(lang, navigation.paths(slug))
# The style sheets know the page by the name of this container.
with st.container(key="page"):
    layout.languages(lang)
    chosen.run()
    filters.finish()
    filters_button.show(lang)
    board.add_button(lang, slug)
    layout.footer(lang)
