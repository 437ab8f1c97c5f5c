"""Acts on treaties and laws that are named, row by row: as tables of words, and as a passport tells them. Pure."""

from collections.abc import Mapping
from functools import partial
from typing import Any

import polars as pl

from dashboard.subjects.passports.query import Cell
from dashboard.subjects.treaties.query import SIGNATURE, end
from dashboard.words import tables, terms
from dashboard.words.tables import NONE, Row
from data.i18n import Language


def acts(rows: pl.DataFrame, lang: Language, closing: str) -> pl.DataFrame:
    """State, treaty, action, date, source, remark, cell; rows of `dashboard.subjects.treaties.query.acts`."""
    columns: tables.Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Treaty"): lambda row: terms.term(lang, "part", row["instrument"]),
        lang.text("Action"): partial(action, lang, closing),
        lang.text("Date"): partial(day, lang),
        lang.text("Source"): lambda row: terms.term(lang, "source", row["source"]) if row["source"] else NONE,
        lang.text("Remark"): partial(remark, lang, closing),
        lang.text("Source cell"): lambda row: row["locator"] or NONE,
    }
    return tables.written(rows.iter_rows(named=True), columns)


def action(lang: Language, closing: str, row: Row) -> str:
    """What a state did, or that nothing is recorded."""
    if row["action"]:
        return terms.term(lang, "action", row["action"])
    return lang.text("No action recorded as of {date}", date=lang.date(closing))


def day(lang: Language, row: Row) -> str:
    """The day of an act, marked where it is derived."""
    if not row["date"]:
        return NONE
    told = lang.date(row["date"])
    return lang.text("{day} (derived)", day=told) if row["derived"] else told


def remark(lang: Language, closing: str, row: Row) -> str:
    """On what a derived day rests, and what is made of a day after the table's end."""
    told = [basis(lang, row)] if row["derived"] else []
    if row["date"] and row["date"] > end(closing):
        told.append(lang.text("After the table’s end: not counted in the chart or on the map."))
    return " ".join(told)


def basis(lang: Language, row: Row) -> str:
    """From what a derived day follows: its note is a stable code and the day that was printed."""
    code, _, printed = (row["note"] or "").partition(": ")
    told = {
        "thirty_days_before_entry_into_force": lang.text(
            "Derived: thirty days before the entry into force for this state, printed as {day}.", day=lang.date(printed)
        ),
        "deposited_with_palermo_protocol": lang.text(
            "Derived: deposited together with the Protocol on trafficking in persons, on {day}.", day=lang.date(printed)
        ),
    }
    return told.get(code, row["note"] or lang.text("Derived."))


def laws(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """State, law, year, cell; rows of `dashboard.subjects.treaties.query.laws`."""
    none = lang.text("No law named in our source")
    columns: tables.Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Year"): partial(year, lang),
        lang.text("Law named in our source (may not be the first)"): lambda row: row["title"] or none,
        lang.text("Source cell"): lambda row: row["locator"] or NONE,
    }
    return tables.written(rows.iter_rows(named=True), columns)


def year(lang: Language, row: Row) -> str:
    """The year of a law, which may not be known; a sign where no law is named."""
    if not row["title"]:
        return NONE
    return str(row["year"]) if row["year"] else lang.text("not known")


def titled(lang: Language, area: str, treaty: str, done: str) -> str:
    """What a passport of an act is called: state, treaty, act."""
    return f"{lang.country(area)}, {terms.term(lang, 'part', treaty)}, {terms.in_sentence(done)}"


def read(lang: Language, closing: str, row: Row) -> str:
    """What was done between the printed cell and the act shown."""
    if row["derived"]:
        named = lang.text("The texts it was taken from are named in the file, column “citation”.")
        return f"{remark(lang, closing, row)} {named}"
    if row["action"] == SIGNATURE:
        return lang.text("Nothing: the day as printed in the column of signatures.")
    return lang.text(
        "The day as printed in the column of deposits; a mark after it says which act it was, none means ratification."
    )


def unread(lang: Language) -> str:
    """What stands behind an act that is not recorded."""
    return lang.text("The treaty’s table has no act of this state. It says nothing of what was done later.")


def table_of(manifest: Mapping[str, Any], source: str, part: str) -> list[Cell]:
    """The newest file of a part of a source, as the place in which nothing was found."""
    held = next(told for told in manifest["sources"] if told["name"] == source)
    newest = [one for one in held["releases"] if one.get("part") == part][-1:]
    return [Cell(source, one["release"], one["file"], NONE) for one in newest]


def law_read(lang: Language) -> str:
    """What was done between a text that names a law and its row."""
    return lang.text(
        "Name and year as given by the text that names it. It may not be the first; what it says was not examined."
    )


def law_unread(lang: Language) -> str:
    """What stands behind a law that is not named."""
    return lang.text("The file names no law of this state, which does not mean that there is none.")
