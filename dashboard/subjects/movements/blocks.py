"""People who moved, as blocks of other pages: between two states, and with one state."""

from collections.abc import Iterator
from dataclasses import replace

import polars as pl

from dashboard.subjects.movements import files, query, tables, words
from dashboard.subjects.passports import keys
from dashboard.views.filters import Spec
from dashboard.views.page import Block, Files, Fold, Link, Remarks, Table, Text
from dashboard.words.tables import sheet
from data.i18n import Language


def pair(lang: Language, one: str, other: str, specs: tuple[Spec[str], ...], page: str = "pair") -> Iterator[Block]:
    """What is known of people who moved between two states; `specs` are the filters that name them on the page."""
    rows = query.between(one, other)
    if said := [*words.between(lang, rows)]:
        yield Remarks(said)
    yield _fold(lang, rows, page, specs, one, other)


def state(lang: Language, area: str, specs: tuple[Spec[str], ...]) -> Iterator[Block]:
    """The largest movements of a state with others, in one folded part."""
    fold, crossed = _fold(lang, query.of_state(area), "country", specs, area), words.crossed(lang, area)
    yield replace(fold, title=words.title(lang), blocks=lambda: (Text([*filter(None, [crossed])]), *fold.blocks()))


def _fold(
    lang: Language, rows: pl.DataFrame, page: str, specs: tuple[Spec[str], ...], one: str, other: str = ""
) -> Fold:
    """The table, folded: it is context."""

    def content() -> tuple[Block, ...]:
        if rows.is_empty():
            return (Remarks([*words.context(lang), lang.text("The sources list no one for these states.")]),)
        links = [Link(keys.PAGE, "", keys.texts(row["table"], row)) for row in rows.iter_rows(named=True)]
        table = Table("movements", words.title(lang), sheet(tables.moved(rows, lang)), links=links)
        return Remarks(words.context(lang)), table, Files(files.moved(lang, page, specs, one, other))

    return Fold("movements", lang.text("Migrants, refugees and crossings: figures and sources"), content)
