"""Corrections in words: who disputes which figure, since when, and what the state says. Pure."""

import polars as pl

from dashboard.subjects.passports import words as passports_words
from dashboard.subjects.passports.query import FigureKey, Row
from dashboard.words import locators, tables, terms
from data.i18n import Language

# Marks a disputed figure in a table and the correction in its column.
MARK = "‡"


def heading(lang: Language) -> str:
    """The title of the column, the sheet and the section."""
    return lang.text("Disputed by a state")


def sentence(lang: Language, row: Row) -> str:
    """Who disputes a figure, since when and why, e.g. `Costa Rica disputes this figure (2 May 2024): ...`."""
    values = {"state": lang.country(row["actor"]), "date": _date(lang, row), "finding": row["finding"]}
    if row.get("of_count"):
        return lang.text("{state} disputes the count behind this rate ({date}): {finding}", **values)
    if row["what"] == "flow":
        values["year"] = str(row["year"])
        return lang.text("{state} disputes the figure of {year} in this flow ({date}): {finding}", **values)
    return lang.text("{state} disputes this figure ({date}): {finding}", **values)


def named(lang: Language, row: Row) -> str:
    """The `sentence`, with the name of the figure before it."""
    return lang.labeled(figure(lang, row), sentence(lang, row))


def figure(lang: Language, row: Row) -> str:
    """The name of the disputed figure or flow."""
    if row["what"] == "flow":
        return f"{lang.country(row['origin'])} → {lang.country(row['destination'])}, {row['year']}"
    key = (row[name] for name in ("indicator", "area", "year", "sex", "age", "form"))
    return passports_words.name(lang, FigureKey(*key))


def shown(lang: Language, figures: int) -> list[str]:
    """The sentence under a map or chart with the number of disputed figures; empty if there are none."""
    text = lang.plural(
        "{n} figure shown here is disputed by a state; see the table.",
        "{n} figures shown here are disputed by a state; see the table.",
        figures,
    )
    return [text] if figures else []


def enclosed(lang: Language, figures: int) -> list[str]:
    """The sentence next to the downloads with the number of disputed figures; empty if there are none."""
    text = lang.plural(
        "{n} of these figures is disputed by a state; see the Excel and ZIP files.",
        "{n} of these figures are disputed by a state; see the Excel and ZIP files.",
        figures,
    )
    return [text] if figures else []


def standing(lang: Language) -> str:
    """What a correction changes: nothing in the figure itself."""
    return lang.text("Figures are shown unchanged, with the state’s statement and its date.")


def table(lang: Language, rows: pl.DataFrame) -> pl.DataFrame:
    """A table of corrections: figure, state, date, what it says, document, source."""
    columns: tables.Columns = {
        lang.text("Figure"): lambda row: figure(lang, row),
        lang.text("State"): lambda row: lang.country(row["actor"]),
        lang.text("Date"): lambda row: _date(lang, row),
        lang.text("Statement of the state"): lambda row: row["finding"],
        lang.text("Document"): lambda row: ", ".join(filter(None, [row["title"], row["url"]])),
        lang.text("Source"): lambda row: terms.term(lang, "source", row["source"]),
        lang.text("Source cell"): lambda row: locators.cells(lang, row["locator"]),
        lang.text("Entry"): lambda row: f"{row['id']}, {row['version']}",
    }
    return tables.written(rows.iter_rows(named=True), columns)


def _date(lang: Language, row: Row) -> str:
    return lang.date(row["date"].isoformat()) if row["date"] else lang.text("undated")
