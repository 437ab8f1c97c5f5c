"""The part of page "Ledger" on the work plan: its objectives, and its lines or the word that they are not loaded."""

from functools import partial

import polars as pl
import streamlit as st

from dashboard import blocks, chosen, ledger_choices, tables, workplan_passport, workplan_tables
from dashboard.files import views
from dashboard.query import workplan
from data.i18n import Language

TABLE, ANCHOR = "workplan_lines", "workplan"
COMMAND = "python -m etl workplan load FILE.csv"


def section(lang: Language) -> None:
    """Show the part."""
    st.header(lang.text("Work plan 2015–2020"), anchor=ANCHOR)
    st.markdown(lang.text("The seven objectives, in our words. Which paragraph is near which is our reading."))
    lines = workplan.lines()
    blocks.still(
        tables.sheet(workplan_tables.objectives(lines, lang)), lang.text("The seven objectives of the work plan")
    )
    told = lang.text("Lines of action and suggested indicators")
    st.subheader(told, anchor=False)
    if lines.is_empty():
        _unloaded(lang)
    else:
        _loaded(lang, lines, told)


def _unloaded(lang: Language) -> None:
    st.info(
        lang.text(
            "The official text of the lines of action and of the suggested indicators was not available to this "
            "project and is not loaded. Nothing is written in its place."
        )
    )
    st.markdown(
        lang.text(
            "Who has the text puts it into a CSV file, one line a row, and loads it with this command. It names each "
            "fault by row and column; the next build of the data shows the lines here."
        )
    )
    st.code(COMMAND, language=None)


def _loaded(lang: Language, lines: pl.DataFrame, told: str) -> None:
    st.markdown(
        lang.text(
            "The text is the official one, as loaded. Where it is not at hand in your language it stands in another, "
            "which is named. The counts are of evidence since March 2018 that names the line; none does not mean "
            "“not started”."
        )
    )
    one = chosen.Chosen(lang, ledger_choices.LINE, partial(workplan_passport.line, lang, lines))
    chosen.hint(lang)
    sheet = tables.sheet(workplan_tables.lines(lines, lang))
    one.table(sheet, told, "table.workplan", lines, view=views.table(lang, TABLE))
    one.finish()
