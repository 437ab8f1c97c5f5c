"""Sentences and tables for several parts of a briefing. Pure."""

from collections.abc import Iterable

import polars as pl
from babel.core import get_global

from dashboard.briefing.content import Fact, Table
from dashboard.words import tables
from data.i18n import Language


def heading(sentence: str) -> str:
    """A sentence as a title, without its full stop."""
    return sentence.removesuffix(".")


def sentence(heading: str) -> str:
    """A title as a sentence, with a full stop."""
    return heading if heading.endswith(".") else f"{heading}."


def table(frame: pl.DataFrame, alt: str) -> Table:
    """A table of words (`dashboard.words.tables.written`) as a table of a briefing."""
    return Table(tuple(frame.columns), tuple(tuple(map(str, row)) for row in frame.iter_rows()), alt)


def from_screen(sheet: tables.Sheet, alt: str) -> Table:
    """A table of a page as a table of a briefing."""
    rows = zip(*(column.to_pylist() for column in sheet.rows.columns), strict=True)
    return Table(tuple(sheet.rows.column_names), tuple(tuple(map(str, row)) for row in rows), alt)


def without(original: Table, headings: Iterable[str]) -> Table:
    """The table without some of its columns."""
    places = [place for place, heading in enumerate(original.head) if heading not in set(headings)]
    rows = tuple(tuple(row[place] for place in places) for row in original.rows)
    return Table(tuple(original.head[place] for place in places), rows, original.alt)


def filled(original: Table) -> Table:
    """The table without its empty columns."""
    blank = {"", tables.NONE}
    return without(
        original, [name for place, name in enumerate(original.head) if {row[place] for row in original.rows} <= blank]
    )


def lines(lang: Language, original: Table) -> list[str]:
    """The rows of a table for the speaker's notes, each under its first word."""
    return [lang.labeled(row[0], " · ".join(row[1:])) for row in original.rows]


def spoken(lang: Language, facts: Iterable[Fact]) -> list[str]:
    """Figures as sentences for the speaker's notes."""
    return [f"{lang.labeled(fact.label, fact.figure)} ({fact.note})." for fact in facts]


def territory(lang: Language) -> str:
    """The country or region whose usage the numbers and words follow, e.g. `GB` or `419`."""
    likely = str(get_global("likely_subtags").get(lang.code, ""))
    return lang.locale.territory or likely.rpartition("_")[2]


def language_tag(lang: Language) -> str:
    """The language tag for files, e.g. `pt-BR`."""
    return "-".join(filter(None, (lang.code, territory(lang))))
