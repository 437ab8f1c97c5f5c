"""Lists the replies of states and reviewers to an entry, a figure or a flow, with dates and links."""

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

# The indent of a nested list in Markdown.
INDENT = "    "


def of_figure(lang: Language, key: Iterable[object]) -> None:
    """Replies to a figure and corrections of it; `key` is its indicator, state, year, sex, age and form.

    Replies to a count are shown for its rate too.
    """
    indicator, *parts = map(str, key)
    counts = dict.fromkeys([indicator, indicator.removesuffix(corrections_query.RATE)])
    _show_targets(lang, [":".join(["figure", code, *parts]) for code in counts])


def of_flow(lang: Language, origin: str, destination: str, years: Iterable[int]) -> None:
    """Replies to a flow and corrections of it, in some years."""
    _show_targets(lang, [f"flow:{origin}:{destination}:{year}" for year in years])


def show(lang: Language, label: str, rows: pl.DataFrame) -> None:
    """Entries as a nested list: actor, date, finding, link to the document; nothing if there are no rows."""
    if rows.is_empty():
        return
    st.caption(label)
    st.markdown("\n".join(_line(lang, row) for row in rows.iter_rows(named=True)))


def _line(lang: Language, row: Mapping[str, Any]) -> str:
    """One item of the list, indented by the depth of the reply."""
    parts = [terms.term(lang, "actor", row["actor"]), ledger_words.dated(lang, row), ledger_words.finding(lang, row)]
    label = lang.text("Open the document")
    link = f" [{label}]({row['url']})" if is_web_link(row["url"]) else ""
    return f"{INDENT * row.get('depth', 0)}- {layout.plain('. '.join(filter(None, parts)), 600)}{link}"


def is_web_link(url: str | None) -> bool:
    """Whether a text is a web address without characters that would break a Markdown link."""
    return bool(url) and str(url).startswith(("https://", "http://")) and not set(str(url)) & set(" ()<>[]\"'\\`")


def _show_targets(lang: Language, targets: Iterable[str]) -> None:
    show(lang, lang.text("Replies and corrections"), ledger_query.replies(*targets))
