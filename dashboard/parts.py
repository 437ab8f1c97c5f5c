"""A part of a page that has a heading, says what it shows, shows a table of it, and hands over its rows."""

from collections.abc import Callable, Iterable, Mapping

import polars as pl
import streamlit as st

from dashboard import blocks, layout, tables
from dashboard.i18n import Language

Rows = Callable[[], pl.DataFrame]


def contents(titles: Mapping[str, str]) -> None:
    """The way to each part of a long page: its headings, by anchor, as links."""
    st.markdown(" · ".join(f"[{layout.plain(title, 100)}](#{anchor})" for anchor, title in titles.items()))


def part(
    lang: Language,
    anchor: str,
    title: str,
    sentences: Iterable[str] = (),
    sheet: tables.Sheet | None = None,
    rows: Rows | None = None,
) -> None:
    """Show a part.

    Args:
        anchor: its name in the address, unique on the page.
        title: its heading, and what its table is called for a reader who cannot see it.
        sentences: what must be known before the table is read; foreign words in them mean nothing to Markdown.
        sheet: the table; without rows it leaves no trace.
        rows: what the file of the part holds; without it there is no file.
    """
    st.header(title, anchor=anchor)
    for sentence in sentences:
        st.markdown(layout.plain(sentence, 600))
    if sheet:
        blocks.table(sheet, title, anchor)
    if rows:
        layout.download(lang, rows, anchor)
