"""The passport of a figure of migrant stock: people of one state who live in another."""

import streamlit as st

from dashboard import passport, store
from dashboard.query import locators
from data.i18n import Language


def stock(lang: Language, mark: str) -> bool:
    """Where the figure of `BOL.ARG.2020` comes from; False where none is printed."""
    origin, destination, year = mark.split(".")
    rows = (
        store.tables().table("migrant_stock").filter(origin=origin, destination=destination, year=int(year)).collect()
    )
    for row in rows.iter_rows(named=True):
        ends = {lang.text("From"): origin, lang.text("Living in"): destination}
        title = ", ".join([*(lang.labelled(name, lang.country(area)) for name, area in ends.items()), year])
        with st.container(border=True):
            st.subheader(title, anchor=False)
            told = lang.number(row["persons"])
            passport.treated(lang, lang.text("Persons"), told, lang.text("Nothing: as printed."))
            passport.sources(lang, title, told, list(locators.cells(row)))
    return not rows.is_empty()
