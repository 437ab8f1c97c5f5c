"""Shows the passports of treaty acts and of laws; the mark of the address is the last argument."""

from typing import Any

import polars as pl
import streamlit as st

from dashboard import store
from dashboard.parts import passport
from dashboard.shell import blocks
from dashboard.subjects.passports import query as passports_query
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import tables as treaties_tables
from dashboard.words import terms
from data.i18n import Language

# The source of treaty acts; the source of laws and its part.
DEPOSITARY, TRANSCRIBED, LAWS = "untc", "reference", "laws"


def act(lang: Language, mark: str) -> bool:
    """An act (`BRA.untoc.ratification`), or all acts of a state on a treaty (`BRA.untoc`), each with its cell."""
    rows = passports_query.acts(mark.removesuffix("."))
    for row in rows.iter_rows(named=True):
        _act(lang, row)
    area, treaty = mark.split(".")[:2]
    return not rows.is_empty() or _unrecorded(lang, area, treaty)


def _act(lang: Language, row: dict[str, Any]) -> None:
    closing = treaties_query.closing()
    title = treaties_tables.titled(lang, row["area"], row["instrument"], treaties_tables.action(lang, closing, row))
    with st.container(border=True):
        st.subheader(title, anchor=False)
        date_text = treaties_tables.day(lang, row)
        passport.treatment(lang, lang.text("Date"), date_text, treaties_tables.read(lang, closing, row))
        _text_links(lang, treaties_query.texts(row["locator"]) if row["derived"] else [])
        passport.sources(lang, title, date_text, list(passports_query.cells(row)))


def _unrecorded(lang: Language, area: str, treaty: str) -> bool:
    """The passport of a missing act: where it was looked for; False for an unknown treaty or state."""
    rows = treaties_query.acts(treaties_query.TREATIES).filter(pl.col("action").is_null(), area=area, instrument=treaty)
    if rows.is_empty():
        return False
    action = treaties_tables.action(lang, treaties_query.closing(), rows.row(0, named=True))
    title = treaties_tables.titled(lang, area, treaty, action)
    _not_recorded(lang, title, lang.text("Action"), action, treaties_tables.unread(lang), (DEPOSITARY, treaty))
    return True


def law(lang: Language, mark: str) -> bool:
    """The laws named for a state, with links to the texts that name them."""
    rows, name = treaties_query.laws().filter(area=mark), lang.text("Law cited")
    for row in rows.filter(pl.col("title").is_null()).iter_rows(named=True):
        title, none = f"{lang.country(row['area'])}, {terms.in_sentence(name)}", lang.text("No law cited")
        _not_recorded(lang, title, name, none, treaties_tables.law_unread(lang), (TRANSCRIBED, LAWS))
    for row in rows.drop_nulls("title").iter_rows(named=True):
        _law(lang, name, row)
    return not rows.is_empty()


def _law(lang: Language, name: str, row: dict[str, Any]) -> None:
    title = f"{lang.country(row['area'])}, {row['title']}"
    with st.container(border=True):
        st.subheader(title, anchor=False)
        year = treaties_tables.year(lang, row)
        blocks.pairs(lang, [(name, row["title"])])
        passport.treatment(lang, lang.text("Year"), year, treaties_tables.law_read(lang))
        _text_links(lang, [row["url"]] if row["url"] else [])
        passport.sources(lang, title, year, list(passports_query.cells(row)))


def _text_links(lang: Language, addresses: list[str]) -> None:
    label = lang.text("Open the text cited")
    for address in addresses:
        st.markdown(f"[{label}]({address})")


def _not_recorded(
    lang: Language, title: str, name: str, words: str, explanation: str, source_part: tuple[str, str]
) -> None:
    """The passport of something not recorded, and the file of a source and part in which it was looked for."""
    with st.container(border=True):
        st.subheader(title, anchor=False)
        passport.treatment(lang, name, words, explanation)
        passport.sources(lang, title, words, treaties_tables.table_of(store.snapshot().manifest, *source_part))
