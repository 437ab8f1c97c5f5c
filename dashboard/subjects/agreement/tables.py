"""The tables of agreement, in words: a row of marks for each pair, route or role."""

from functools import partial

import polars as pl

from dashboard.subjects.agreement import query, words
from dashboard.words import tables, terms
from dashboard.words.tables import Columns
from data.i18n import Language


def _marks(lang: Language) -> Columns:
    marks: Columns = {words.kind(lang, code): partial(words.mark, lang, code) for code in query.BOTH}
    return {**marks, lang.text("Agreement"): partial(words.found, lang)}


def pairs(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Pairs and described routes: their states, and a mark with years for each kind of evidence."""
    columns: Columns = {lang.text("Pair or route"): partial(words.route, lang)}
    return tables.written(rows.iter_rows(named=True), {**columns, **_marks(lang)})


def between(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Both directions of a pair: their marks, and what remains when one kind of evidence is left out."""
    remains = tables.written(
        rows.iter_rows(named=True), {lang.text("If one kind is left out"): partial(words.remains, lang)}
    )
    return pairs(rows, lang).hstack(remains)


def roles(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Roles of a state, and a mark with years for each kind of evidence."""
    columns: Columns = {lang.text("Role"): lambda row: terms.term(lang, "role", row["role"])}
    return tables.written(rows.iter_rows(named=True), {**columns, **_marks(lang)})
