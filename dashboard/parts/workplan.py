"""The section of page "Declaration" on the work plan: its objectives, and its lines if they are loaded."""

from functools import partial

import polars as pl
import streamlit as st

from dashboard.parts import passport, replies, selected_row
from dashboard.shell import blocks, layout
from dashboard.subjects.ledger import filters as ledger_filters
from dashboard.subjects.ledger import workplan as ledger_workplan
from dashboard.subjects.passports import query as passports_query
from dashboard.subjects.sources import files as sources_files
from dashboard.words import tables, terms
from data.i18n import Language
from data.official_text import LONGEST_TEXT

TABLE, ANCHOR = "workplan_lines", "workplan"


def section(lang: Language) -> None:
    """Show the section."""
    st.header(lang.text("Second Work Plan (2015–2020)"), anchor=ANCHOR)
    lines = ledger_workplan.lines()
    title = lang.text("Lines of action and suggested indicators")
    if lines.is_empty():
        st.markdown(lang.text("We do not have the official text of this plan or of the Third Work Plan (2023–2028)."))
    else:
        st.markdown(lang.text("We do not have the text of the third plan (2023–2028)."))
        _show_lines(lang, lines, title)
    seven = lang.text("The seven objectives")
    with st.expander(seven, key="folded.objectives"):
        st.markdown(lang.text("Summarized by Atalaya. The links to paragraphs are ours."))
        blocks.still(tables.sheet(ledger_workplan.objectives(lines, lang)), seven)


def _show_lines(lang: Language, lines: pl.DataFrame, title: str) -> None:
    st.subheader(title, anchor=False)
    st.markdown(lang.text("Official text. A text not available in your language is in another, which is named."))
    selected = selected_row.SelectedRow(lang, ledger_filters.LINE, partial(line, lang, lines))
    selected_row.hint(lang)
    sheet = tables.sheet(ledger_workplan.lines_table(lines, lang))
    selected.table(sheet, title, "table.workplan", lines, view=sources_files.table(lang, TABLE))
    selected.finish()


def line(lang: Language, lines: pl.DataFrame, number: str) -> bool:
    """Show the passport of the line with a number; returns whether there is one.

    Args:
        lines: the result of `dashboard.subjects.ledger.workplan.lines`.
    """
    rows = lines.filter(pl.col("number") == number)
    for row in rows.iter_rows(named=True):
        title = lang.labelled(terms.term(lang, "line_kind", row["kind"]), number)
        with st.container(border=True):
            st.subheader(title, anchor=False)
            blocks.pairs(lang, ledger_workplan.facts(lang, row))
            st.caption(lang.text("Official text"))
            for language_name, words in ledger_workplan.texts(lang, row):
                st.markdown(f"- {lang.labelled(f'**{language_name}**', layout.plain(words, LONGEST_TEXT))}")
            text = ledger_workplan.text(row, lang)["text"]
            passport.sources(lang, title, text, list(passports_query.cells(row)), quoted=True)
            entries = ledger_workplan.naming(number)
            replies.show(lang, lang.text("Entries of evidence"), entries)
    return not rows.is_empty()
