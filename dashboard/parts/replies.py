"""What states and reviewers say of an entry, a figure or a flow, beside it: dated, with the way to their document."""

from collections.abc import Iterable, Mapping
from typing import Any

import polars as pl
import streamlit as st

from dashboard.shell import layout
from dashboard.subjects.corrections import query as corrections_query
from dashboard.subjects.ledger import query as ledger_query
from dashboard.subjects.ledger import words as ledger_words
from dashboard.words import terms
from data.i18n import Language

# What Markdown takes for a list in a list.
INDENT = "    "


def of_figure(lang: Language, key: Iterable[object]) -> None:
    """Replies to a figure and corrections of it; `key` is its indicator, state, year, sex, age and form.

    What is said of a count is said of its rate too.
    """
    indicator, *rest = map(str, key)
    counts = dict.fromkeys([indicator, indicator.removesuffix(corrections_query.RATE)])
    _of(lang, [":".join(["figure", code, *rest]) for code in counts])


def of_flow(lang: Language, origin: str, destination: str, years: Iterable[int]) -> None:
    """The same of a flow, year by year."""
    _of(lang, [f"flow:{origin}:{destination}:{year}" for year in years])


def beside(lang: Language, label: str, rows: pl.DataFrame) -> None:
    """Entries as a list: who, when, what, and the document; answers under what they answer; nothing where none is."""
    if rows.is_empty():
        return
    st.caption(label)
    st.markdown("\n".join(_line(lang, row) for row in rows.iter_rows(named=True)))


def _line(lang: Language, row: Mapping[str, Any]) -> str:
    """One of them, under what it answers."""
    parts = [terms.term(lang, "actor", row["actor"]), ledger_words.dated(lang, row), ledger_words.finding(lang, row)]
    opened = lang.text("Open the document")
    way = f" [{opened}]({row['url']})" if leads(row["url"]) else ""
    return f"{INDENT * row.get('depth', 0)}- {layout.plain('. '.join(filter(None, parts)), 600)}{way}"


def leads(url: str | None) -> bool:
    """Whether an address may be followed: one of the web, without signs that would end a link."""
    return bool(url) and str(url).startswith(("https://", "http://")) and not set(str(url)) & set(" ()<>[]\"'\\`")


def _of(lang: Language, targets: Iterable[str]) -> None:
    beside(lang, lang.text("Replies and corrections"), ledger_query.replies(*targets))
