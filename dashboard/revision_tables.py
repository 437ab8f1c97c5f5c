"""Revisions as tables of words. Pure."""

import polars as pl

from dashboard import tables, terms
from dashboard.coverage_tables import NONE, figure
from dashboard.query import revisions as query
from dashboard.store import Tables, cached
from data.i18n import Language

ENDS = ("from", "to")


@cached
def table(snap: Tables, indicator: str, state: str, lang: Language, *, masking: bool) -> tables.Sheet:
    """Every change of a choice as a table."""
    return tables.sheet(revisions(query.rows.of(snap, indicator, state, masking=masking), lang))


def changes(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """How many figures of each state changed, by kind; the result of `dashboard.query.revisions.by_state` in words."""
    columns: tables.Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Change"): lambda row: terms.term(lang, "revision", row["kind"]),
        lang.text("Figures"): lambda row: lang.number(row["figures"]),
        lang.text("of them totals"): lambda row: lang.number(row["totals"]),
    }
    return tables.written(tables.ordered(frame, lang).iter_rows(named=True), columns)


def revisions(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Every change in words: of what, how it read, how it reads, and what kind of change it is."""
    columns: tables.Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Sex"): lambda row: terms.term(lang, "sex", row["sex"]),
        lang.text("Age"): lambda row: terms.term(lang, "age", row["age"]),
        lang.text("Form"): lambda row: terms.term(lang, "form", row["form"]),
        lang.text("Change"): lambda row: terms.term(lang, "revision", row["kind"]),
        lang.text("Earlier release"): lambda row: lang.date(row["release_from"]),
        lang.text("Figure before"): lambda row: _end(lang, row, "from"),
        lang.text("Later release"): lambda row: lang.date(row["release_to"]),
        lang.text("Figure after"): lambda row: _end(lang, row, "to"),
    }
    return tables.written(tables.ordered(frame, lang).iter_rows(named=True), columns)


def _end(lang: Language, row: tables.Row, end: str) -> str:
    status = row[f"status_{end}"]
    if status is None:
        return NONE
    if row[f"low_{end}"] is None:
        return terms.term(lang, "status", status)
    told = figure(lang, row[f"low_{end}"], row[f"high_{end}"])
    masked = terms.in_sentence(lang.text("Masked"))
    return f"{told} ({masked})" if status == "masked" else told
