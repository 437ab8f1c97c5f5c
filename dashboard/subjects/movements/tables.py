"""The tables of people who moved, in words."""

import polars as pl

from dashboard.subjects.movements import words
from dashboard.words import data_version, locators, tables, terms
from dashboard.words.tables import NONE, Columns
from data.i18n import Language


def moved(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """People who moved: from, in, what is counted, when, figure, source and release."""
    columns: Columns = {
        lang.text("From"): lambda row: lang.country(row["origin"]) if row["origin"] else NONE,
        lang.text("In"): lambda row: lang.country(row["destination"]),
        lang.text("What is counted"): lambda row: terms.term(lang, "movement", row["kind"]),
        lang.text("Year"): lambda row: words.period(lang, row["year"], row["month"]),
        lang.text("Figure"): lambda row: lang.interval(row["low"], row["high"]),
        lang.text("Source"): lambda row: terms.term(lang, "source", row["source"]),
        lang.text("Release"): lambda row: data_version.release(lang, row["release"]),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def stocks(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """One stock of migrants in every release that we have: release, persons, cell."""
    columns: Columns = {
        lang.text("Release"): lambda row: data_version.release(lang, row["release"]),
        lang.text("Persons"): lambda row: lang.number(row["persons"]),
        lang.text("Source cell"): lambda row: locators.cells(lang, row["locator"]),
    }
    return tables.written(rows.iter_rows(named=True), columns)
