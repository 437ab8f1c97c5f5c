"""The entry script: language, frame, navigation, the page, the footer. Runs from top to bottom on every interaction."""

import sys
from pathlib import Path

# `streamlit run dashboard/app.py` puts this folder on the path, not the project's.
sys.path.insert(0, str(Path(__file__).parent.parent))

import streamlit as st

from dashboard import static, store
from dashboard.present import board
from dashboard.shell import address, filters, filters_button, frame, layout, navigation, run

# The desk (`dashboard.desk`) shows new snapshots too; our own server looks for them itself.
if "--follow" in sys.argv:
    store.keep_up()
with run.turn() as running:
    store.begin()
    lang = filters.begin(frame.history_step())
    pages = navigation.pages(lang)
    chosen = st.navigation([*pages.values(), *navigation.aliases(lang)], position="top")
    slug = running.page = navigation.current(chosen.url_path)
    moved = navigation.current(chosen.url_path, st.query_params)
    # Our own server redirects old addresses before it comes to this.
    if moved != slug and not static.served():
        st.switch_page(pages[moved], query_params=st.query_params.to_dict())
    filters.arrive(slug)
    st.set_page_config(
        page_title=f"{chosen.title} · Atalaya", page_icon=str(layout.ASSETS / "favicon.svg"), layout="wide"
    )
    st.logo(str(layout.ASSETS / "logo.svg"), size="large")
    layout.style()
    frame.mount(lang, navigation.paths(slug))
    # The style sheets know the page by the name of this container.
    with st.container(key="page"):
        layout.languages(lang)
        chosen.run()
        filters.finish()
        address.complete(navigation.paths(slug))
        filters_button.show(lang)
        board.add_button(lang, slug)
        layout.footer(lang)
