"""The passports of treaty acts and of laws, as blocks; the mark of the address is the last argument."""

from collections.abc import Iterable
from typing import Any

import polars as pl

from dashboard import store
from dashboard.subjects.passports import keys, query
from dashboard.subjects.passports.blocks import Blocks, sources, value_and_treatment
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties import tables as treaties_tables
from dashboard.views.page import Heading, Pairs
from dashboard.words import terms
from data import manifest
from data.i18n import Language

# The source of laws and its part.
TRANSCRIBED = "reference"
LAWS = "laws"


def act(lang: Language, mark: str) -> Blocks:
    """An act (`BRA.untoc.ratification`), or all acts of a state on a treaty (`BRA.untoc`), each with its cell."""
    rows = query.acts(mark.removesuffix("."))
    if rows.is_empty():
        area, treaty = mark.split(".")[:2]
        return _unrecorded(lang, area, treaty)
    return of_rows(lang, rows)


def of_rows(lang: Language, rows: pl.DataFrame) -> Blocks:
    """The passports of rows of `instruments`."""
    return tuple(block for row in rows.iter_rows(named=True) for block in _act(lang, row))


def _act(lang: Language, row: dict[str, Any]) -> Blocks:
    closings = treaties_query.closings()
    title = treaties_tables.titled(lang, row["area"], row["instrument"], treaties_tables.action(lang, closings, row))
    day = treaties_tables.day(lang, row)
    return (
        Heading(title),
        value_and_treatment(lang, lang.text("Date"), day, treaties_tables.read(lang, closings, row)),
        *_text_links(lang, treaties_query.texts(row["locator"]) if row["derived"] else []),
        *depositary(lang, row["instrument"]),
        *sources(lang, title, day, list(query.cells(row))),
        keys.link(lang, "instruments", row),
    )


def _unrecorded(lang: Language, area: str, treaty: str) -> Blocks:
    """The passport of a missing act: where it was looked for; nothing for an unknown treaty or state."""
    rows = treaties_query.acts(treaties_query.shown()).filter(pl.col("action").is_null(), area=area, instrument=treaty)
    if rows.is_empty():
        return ()
    action = treaties_tables.action(lang, treaties_query.closings(), rows.row(0, named=True))
    title = treaties_tables.titled(lang, area, treaty, action)
    where = (treaties_query.newest()[treaty][0], treaty)
    found = _not_recorded(lang, title, (lang.text("Action"), action), treaties_tables.unread(lang), where)
    return (*found[:2], *depositary(lang, treaty), *found[2:])


def depositary(lang: Language, treaty: str) -> Blocks:
    """The link to the page of a treaty on the site of its depositary; nothing if no source declares one."""
    page = manifest.treaty_pages().get(treaty, "")
    return (Pairs((), page, lang.text("Page of the treaty on the site of its depositary")),) if page else ()


def law(lang: Language, mark: str) -> Blocks:
    """The laws named for a state, with links to the texts that name them."""
    rows = treaties_query.laws().filter(area=mark)
    return tuple(block for row in rows.iter_rows(named=True) for block in _law(lang, row))


def _law(lang: Language, row: dict[str, Any]) -> Blocks:
    name = lang.text("Law cited")
    if row["title"] is None:
        title, none = f"{lang.country(row['area'])}, {terms.in_sentence(name)}", lang.text("No law cited")
        return _not_recorded(lang, title, (name, none), treaties_tables.law_unread(lang), (TRANSCRIBED, LAWS))
    title, year = f"{lang.country(row['area'])}, {row['title']}", treaties_tables.year(lang, row)
    return (
        Heading(title),
        Pairs([(name, row["title"])]),
        value_and_treatment(lang, lang.text("Year"), year, treaties_tables.law_read(lang)),
        *_text_links(lang, [row["url"]] if row["url"] else []),
        *sources(lang, title, year, list(query.cells(row))),
        keys.link(lang, "evidence", row),
    )


def _text_links(lang: Language, addresses: Iterable[str]) -> Blocks:
    return tuple(Pairs((), address, lang.text("Open the text cited")) for address in addresses)


def _not_recorded(
    lang: Language, title: str, said: tuple[str, str], explanation: str, source_part: tuple[str, str]
) -> Blocks:
    """The passport of something not recorded, and the file of a source and part in which it was looked for."""
    cells = treaties_tables.table_of(store.snapshot().manifest, *source_part)
    return (Heading(title), value_and_treatment(lang, *said, explanation), *sources(lang, title, said[1], cells))
