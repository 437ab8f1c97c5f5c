"""The passport of an act on a treaty, and of a law that is named; the mark of the address is the last argument."""

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

# The source of the table of treaties; that of the laws, and the part of it that holds them.
DEPOSITARY, TRANSCRIBED, LAWS = "untc", "reference", "laws"


def act(lang: Language, mark: str) -> bool:
    """An act (`BRA.untoc.ratification`), or all that a state did about a treaty (`BRA.untoc`), each with its cell."""
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
        told = treaties_tables.day(lang, row)
        passport.treated(lang, lang.text("Date"), told, treaties_tables.read(lang, closing, row))
        _named_by(lang, treaties_query.texts(row["locator"]) if row["derived"] else [])
        passport.sources(lang, title, told, list(passports_query.cells(row)))


def _unrecorded(lang: Language, area: str, treaty: str) -> bool:
    """Where an act was looked for; False for a treaty or a state that there is not."""
    known = treaties_query.acts(treaties_query.TREATIES).filter(
        pl.col("action").is_null(), area=area, instrument=treaty
    )
    if known.is_empty():
        return False
    done = treaties_tables.action(lang, treaties_query.closing(), known.row(0, named=True))
    title = treaties_tables.titled(lang, area, treaty, done)
    _nothing(lang, title, lang.text("Action"), done, treaties_tables.unread(lang), (DEPOSITARY, treaty))
    return True


def law(lang: Language, mark: str) -> bool:
    """The law that is named for a state, with the way to the text that names it."""
    rows, name = treaties_query.laws().filter(area=mark), lang.text("Law named in our source (may not be the first)")
    for row in rows.filter(pl.col("title").is_null()).iter_rows(named=True):
        title, none = f"{lang.country(row['area'])}, {terms.in_sentence(name)}", lang.text("No law named in our source")
        _nothing(lang, title, name, none, treaties_tables.law_unread(lang), (TRANSCRIBED, LAWS))
    for row in rows.drop_nulls("title").iter_rows(named=True):
        _law(lang, name, row)
    return not rows.is_empty()


def _law(lang: Language, name: str, row: dict[str, Any]) -> None:
    title = f"{lang.country(row['area'])}, {row['title']}"
    with st.container(border=True):
        st.subheader(title, anchor=False)
        year = treaties_tables.year(lang, row)
        blocks.pairs(lang, [(name, row["title"])])
        passport.treated(lang, lang.text("Year"), year, treaties_tables.law_read(lang))
        _named_by(lang, [row["url"]] if row["url"] else [])
        passport.sources(lang, title, year, list(passports_query.cells(row)))


def _named_by(lang: Language, addresses: list[str]) -> None:
    label = lang.text("Open the text that names it")
    for address in addresses:
        st.markdown(f"[{label}]({address})")


def _nothing(lang: Language, title: str, name: str, none: str, why: str, place: tuple[str, str]) -> None:
    """What is not on record, and the file in which it was looked for: of a source and a part."""
    with st.container(border=True):
        st.subheader(title, anchor=False)
        passport.treated(lang, name, none, why)
        passport.sources(lang, title, none, treaties_tables.table_of(store.snapshot().manifest, *place))
