"""The passport of an entry of the ledger: what it says, its document, the cell it rests on, what answers it."""

from typing import Any

import polars as pl
import streamlit as st

from dashboard import blocks, heard, ledger_tables, ledger_terms, passport, terms
from dashboard.describe import acts
from dashboard.describe import ledger as describe
from dashboard.query import ledger, locators
from data.i18n import Language

# What stands before the ages that a survey's figure is of.
AGES = "age: "


def entry(lang: Language, mark: str) -> bool:
    """An entry by its id: its latest version; under it what answers it, and what its earlier versions said."""
    rows = ledger.versions(mark)
    for row in rows.head(1).iter_rows(named=True):
        title = f"{terms.term(lang, 'actor', row['actor'])}, {terms.term(lang, 'any_paragraph', str(row['paragraph']))}"
        with st.container(border=True):
            st.subheader(title, anchor=False)
            blocks.pairs(lang, facts(lang, row))
            if heard.leads(row["url"]):
                told = lang.text("Open the document")
                st.markdown(f"[{told}]({row['url']})")
            said, quoted = describe.finding(lang, row), row["kind"] in describe.QUOTED
            passport.sources(lang, title, said, list(locators.cells(row)), quoted=quoted)
            heard.beside(lang, lang.text("Replies, reviews and corrections"), ledger.replies(mark))
            heard.beside(lang, lang.text("Earlier versions"), rows.slice(1))
            about = _about(row)
            heard.beside(lang, lang.text("What it answers"), about)
    return not rows.is_empty()


def facts(lang: Language, row: dict[str, Any]) -> list[tuple[str, str]]:
    """What an entry says, label and words."""
    told = [
        (lang.text("Finding"), describe.finding(lang, row)),
        (lang.text("Grade of evidence"), ledger_terms.graded(lang, row)),
        (lang.text("Kind"), terms.term(lang, "entry_kind", row["kind"])),
        (lang.text("Status"), _status(lang, row)),
        (lang.text("Period or date"), describe.period(lang, row)),
        (lang.text("Document"), describe.subject(lang, row)),
        (lang.text("Issued by"), ledger_tables.issuer(lang, row)),
        (lang.text("Day of the document"), describe.dated(lang, row)),
        (lang.text("Line of action"), row.get("line") or ""),
        (lang.text("Remark"), _note(lang, row)),
        (lang.text("Reservation"), terms.term(lang, "reservation", row["actor"])),
        (lang.text("Version"), lang.number(row["version"]) if row["version"] > 1 else ""),
    ]
    return [(label, words) for label, words in told if words]


def _status(lang: Language, row: dict[str, Any]) -> str:
    return terms.term(lang, "progress", row["status"]) if row["status"] else lang.text("no cited document states one")


def _note(lang: Language, row: dict[str, Any]) -> str:
    """A remark: on what a derived day rests, of which ages a figure is, or the words of who sent a report in."""
    note = str(row.get("note") or "")
    if note and row["kind"] == "treaty":
        return acts.basis(lang, row)
    ages = note.removeprefix(AGES)
    if note.startswith(AGES):
        return lang.labelled(lang.text("Age"), ", ".join(terms.term(lang, "age", age) for age in ages.split("; ")))
    return terms.term(lang, "reason", note) if note else ""


def _about(row: dict[str, Any]) -> pl.DataFrame:
    return ledger.versions(row["replies_to"] or "").head(1)
