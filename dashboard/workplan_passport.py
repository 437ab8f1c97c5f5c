"""The passport of a line of the work plan: its text in every language at hand, its place, what names it."""

import polars as pl
import streamlit as st

from dashboard import blocks, heard, layout, passport, terms, workplan_tables
from dashboard.query import locators, workplan
from data.i18n import Language
from data.workplan import LONGEST_TEXT


def line(lang: Language, lines: pl.DataFrame, number: str) -> bool:
    """Show it, of the line with a number; whether there is one.

    Args:
        lines: the answer of `dashboard.query.workplan.lines`.
    """
    rows = lines.filter(pl.col("number") == number)
    for row in rows.iter_rows(named=True):
        title = lang.labelled(terms.term(lang, "line_kind", row["kind"]), number)
        with st.container(border=True):
            st.subheader(title, anchor=False)
            blocks.pairs(lang, workplan_tables.facts(lang, row))
            st.caption(lang.text("Official text"))
            for speech, words in workplan_tables.texts(lang, row):
                st.markdown(f"- {lang.labelled(f'**{speech}**', layout.plain(words, LONGEST_TEXT))}")
            text = workplan_tables.text(row, lang)["text"]
            passport.sources(lang, title, text, list(locators.cells(row)), quoted=True)
            named = workplan.naming(number)
            heard.beside(lang, lang.text("Entries of evidence"), named)
    return not rows.is_empty()
