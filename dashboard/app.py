"""The entry script: language, navigation, the page, the footer. Runs from top to bottom on every interaction."""

import logging
import sys
from pathlib import Path

# `streamlit run dashboard/app.py` puts this folder on the path, not the project's.
sys.path.insert(0, str(Path(__file__).parent.parent))

import streamlit as st

from dashboard import menu, store
from dashboard.present import board
from dashboard.shell import filters, layout, navigation, run

LOG = logging.getLogger("atalaya.desk")

try:
    with run.turn():
        store.begin()
        lang = filters.begin()
        pages = {slug: navigation.page(slug, lang) for slug in menu.scripts()}
        chosen = st.navigation([*pages.values(), *navigation.aliases(lang)], position="top")
        slug = menu.current(chosen.url_path)
        moved = menu.current(chosen.url_path, st.query_params)
        if moved != slug:
            st.switch_page(pages[moved], query_params=st.query_params.to_dict())
        filters.arrive(slug)
        layout.frame(lang, chosen.title)
        chosen.run()
        filters.finish()
        board.add_button(lang, slug)
        layout.footer(lang)
# Streamlit's own signals, such as that of a page that is left, are no Exceptions.
except Exception:
    LOG.exception("a page failed")
    layout.apology(filters.spoken())
