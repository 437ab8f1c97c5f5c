"""Corrections in words: which state disputes which figure, since when, and what it says. Pure."""

import polars as pl

from dashboard.subjects.passports import words as passports_words
from dashboard.subjects.passports.query import Figure, Row
from dashboard.words import tables, terms
from data.i18n import Language

# Before what a state says, in a cell; the sentence says the same without it.
MARK = "‡"


def heading(lang: Language) -> str:
    """What the column, the sheet and the part are called."""
    return lang.text("Disputed by a state")


def sentence(lang: Language, row: Row) -> str:
    """Who disputes a figure, since when, and what is said, e.g. `Costa Rica disputes this figure (2 May 2024): ...`."""
    said = {"state": lang.country(row["actor"]), "date": _date(lang, row), "finding": row["finding"]}
    if row.get("of_count"):
        return lang.text("{state} disputes the count of which this rate is made ({date}): {finding}", **said)
    if row["what"] == "flow":
        said["year"] = str(row["year"])
        return lang.text("{state} disputes the figure of {year} in this flow ({date}): {finding}", **said)
    return lang.text("{state} disputes this figure ({date}): {finding}", **said)


def named(lang: Language, row: Row) -> str:
    """The same with the name of the figure before it."""
    return lang.labelled(figure(lang, row), sentence(lang, row))


def figure(lang: Language, row: Row) -> str:
    """The name of what is disputed."""
    if row["what"] == "flow":
        return f"{lang.country(row['origin'])} → {lang.country(row['destination'])}, {row['year']}"
    key = (row[name] for name in ("indicator", "area", "year", "sex", "age", "form"))
    return passports_words.name(lang, Figure(*key))


def shown(lang: Language, figures: int) -> list[str]:
    """The sentence under a map or a chart some of whose figures are disputed; none where none is."""
    told = lang.plural(
        "{n} figure shown here is disputed by a state; the table says which.",
        "{n} figures shown here are disputed by a state; the table says which.",
        figures,
    )
    return [told] if figures else []


def enclosed(lang: Language, figures: int) -> list[str]:
    """The sentence beside the files of rows of which some are disputed; none where none is."""
    told = lang.plural(
        "{n} figure of these rows is disputed by a state: Excel and ZIP hold what it says.",
        "{n} figures of these rows are disputed by a state: Excel and ZIP hold what is said.",
        figures,
    )
    return [told] if figures else []


def standing(lang: Language) -> str:
    """What a correction does, and what it does not."""
    return lang.text(
        "The figure stands as its publisher printed it; what the state says stands beside it, with its date."
    )


def table(lang: Language, rows: pl.DataFrame) -> pl.DataFrame:
    """Every correction: figure, who disputes it, when, what is said, where that stands."""
    columns: tables.Columns = {
        lang.text("Figure"): lambda row: figure(lang, row),
        lang.text("State"): lambda row: lang.country(row["actor"]),
        lang.text("Date"): lambda row: _date(lang, row),
        lang.text("What the state says"): lambda row: row["finding"],
        lang.text("Document"): lambda row: ", ".join(filter(None, [row["title"], row["url"]])),
        lang.text("Source"): lambda row: terms.term(lang, "source", row["source"]),
        lang.text("Source cell"): lambda row: row["locator"],
        lang.text("Entry"): lambda row: f"{row['id']}, {row['version']}",
    }
    return tables.written(rows.iter_rows(named=True), columns)


def _date(lang: Language, row: Row) -> str:
    return lang.date(row["date"].isoformat()) if row["date"] else lang.text("undated")
