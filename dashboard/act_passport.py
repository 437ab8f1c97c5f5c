"""The passport of an act on a treaty, and of a law that is named; the mark of the address is the last argument."""

from typing import Any

import polars as pl
import streamlit as st

from dashboard import blocks, passport, store, terms
from dashboard.describe import acts as describe
from dashboard.query import instruments, locators
from dashboard.query import passport as query
from data.i18n import Language

# The source of the table of treaties; that of the laws, and the part of it that holds them.
DEPOSITARY, TRANSCRIBED, LAWS = "untc", "reference", "laws"


def act(lang: Language, mark: str) -> bool:
    """An act (`BRA.untoc.ratification`), or all that a state did about a treaty (`BRA.untoc`), each with its cell."""
    rows = query.acts(mark.removesuffix("."))
    for row in rows.iter_rows(named=True):
        _act(lang, row)
    area, treaty = mark.split(".")[:2]
    return not rows.is_empty() or _unrecorded(lang, area, treaty)


def _act(lang: Language, row: dict[str, Any]) -> None:
    closing = instruments.closing()
    title = describe.titled(lang, row["area"], row["instrument"], describe.action(lang, closing, row))
    with st.container(border=True):
        st.subheader(title, anchor=False)
        told = describe.day(lang, row)
        passport.treated(lang, lang.text("Date"), told, describe.read(lang, closing, row))
        _named_by(lang, instruments.texts(row["locator"]) if row["derived"] else [])
        passport.sources(lang, title, told, list(locators.cells(row)))


def _unrecorded(lang: Language, area: str, treaty: str) -> bool:
    """Where an act was looked for; False for a treaty or a state that there is not."""
    known = instruments.acts(instruments.TREATIES).filter(pl.col("action").is_null(), area=area, instrument=treaty)
    if known.is_empty():
        return False
    done = describe.action(lang, instruments.closing(), known.row(0, named=True))
    title = describe.titled(lang, area, treaty, done)
    _nothing(lang, title, lang.text("Action"), done, describe.unread(lang), (DEPOSITARY, treaty))
    return True


def law(lang: Language, mark: str) -> bool:
    """The law that is named for a state, with the way to the text that names it."""
    rows, name = instruments.laws().filter(area=mark), lang.text("Law named in our source (may not be the first)")
    for row in rows.filter(pl.col("title").is_null()).iter_rows(named=True):
        title, none = f"{lang.country(row['area'])}, {terms.in_sentence(name)}", lang.text("No law named in our source")
        _nothing(lang, title, name, none, describe.law_unread(lang), (TRANSCRIBED, LAWS))
    for row in rows.drop_nulls("title").iter_rows(named=True):
        _law(lang, name, row)
    return not rows.is_empty()


def _law(lang: Language, name: str, row: dict[str, Any]) -> None:
    title = f"{lang.country(row['area'])}, {row['title']}"
    with st.container(border=True):
        st.subheader(title, anchor=False)
        year = describe.year(lang, row)
        blocks.pairs(lang, [(name, row["title"])])
        passport.treated(lang, lang.text("Year"), year, describe.law_read(lang))
        _named_by(lang, [row["url"]] if row["url"] else [])
        passport.sources(lang, title, year, list(locators.cells(row)))


def _named_by(lang: Language, addresses: list[str]) -> None:
    label = lang.text("Open the text that names it")
    for address in addresses:
        st.markdown(f"[{label}]({address})")


def _nothing(lang: Language, title: str, name: str, none: str, why: str, place: tuple[str, str]) -> None:
    """What is not on record, and the file in which it was looked for: of a source and a part."""
    with st.container(border=True):
        st.subheader(title, anchor=False)
        passport.treated(lang, name, none, why)
        passport.sources(lang, title, none, describe.table_of(store.snapshot().manifest, *place))
