"""Treaty acts and laws in words: rows of tables and parts of passports. Pure."""

import re
from collections.abc import Mapping
from functools import partial
from typing import Any

import polars as pl

from dashboard.subjects.passports.query import Cell
from dashboard.subjects.treaties.query import SIGNATURE, end
from dashboard.words import locators, tables, terms
from dashboard.words.tables import NONE, Row
from data.columns import UNSPECIFIED
from data.i18n import Language

# The end of the table of each treaty (`dashboard.subjects.treaties.query.closings`).
Closings = Mapping[str, str]


def standing(lang: Language, code: str, closing: str) -> str:
    """The words for one of `dashboard.subjects.treaties.query.STANDINGS`; `closing`: the last release of the table."""
    if code == "none":
        return lang.text("No action recorded as of {date}", date=lang.date(closing))
    return terms.term(lang, "standing", code)


def acts(rows: pl.DataFrame, lang: Language, closings: Closings) -> pl.DataFrame:
    """State, treaty, action, date, source, remark, cell; rows of `dashboard.subjects.treaties.query.acts`."""
    columns: tables.Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Treaty"): lambda row: terms.term(lang, "part", row["instrument"]),
        lang.text("Action"): partial(action, lang, closings),
        lang.text("Date"): partial(day, lang),
        lang.text("Source"): lambda row: terms.term(lang, "source", row["source"]) if row["source"] else NONE,
        lang.text("Remark"): partial(remark, lang, closings),
        lang.text("Source cell"): lambda row: locators.cells(lang, row["locator"]),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def action(lang: Language, closings: Closings, row: Row) -> str:
    """The act in words, or that no action is recorded."""
    if row["action"]:
        return terms.term(lang, "action", row["action"])
    return standing(lang, "unseen" if row.get("unseen") else "none", closings[row["instrument"]])


def day(lang: Language, row: Row) -> str:
    """The date of an act as exactly as we know it, marked if it is derived."""
    if not row["date"]:
        return lang.text("date unknown") if row["action"] else NONE
    if row["date_precision"] == "year":
        return str(row["date"].year)
    date_text = lang.date(row["date"])
    return lang.text("{day} (calculated)", day=date_text) if row["derived"] else date_text


def remark(lang: Language, closings: Closings, row: Row) -> str:
    """What to know of an act: how its date was obtained, doubts, reservations, other sources, and if it is too late."""
    sentences = [basis(lang, row)] if row["derived"] or row["note"] else []
    if row["reservation"]:
        sentences.append(reservation(lang, row))
    if row.get("differs"):
        sentences.append(lang.text("Sources differ: one row for each."))
    if row["transcribed"]:
        sentences.append(lang.text("Transcribed by one person; not yet checked by a second."))
    if row["date"] and row["date"] > end(closings[row["instrument"]]):
        sentences.append(lang.text("After the end of our data."))
    return " ".join(sentences)


def reservation(lang: Language, row: Row) -> str:
    """That a state made a reservation or a declaration, and the articles that it names."""
    if row["reservation"] == UNSPECIFIED:
        return lang.text("Reservation or declaration; it names no article.")
    return lang.text("Reservation or declaration on: {articles}.", articles=articles(lang, row))


def articles(lang: Language, row: Row) -> str:
    """The articles that a reservation or declaration names."""
    if row["reservation"] == UNSPECIFIED:
        return terms.term(lang, "reserved", UNSPECIFIED)
    named = re.split("[,;] ", row["reservation"])
    return lang.plural("article {numbers}", "articles {numbers}", len(named), numbers=lang.listing(named))


def reservations(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """State, articles named, act, cells; rows of `dashboard.subjects.treaties.query.reservations`."""
    columns: tables.Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Articles named"): lambda row: articles(lang, row),
        lang.text("Made with"): lambda row: f"{terms.term(lang, 'action', row['action'])}, {day(lang, row)}",
        lang.text("Source cell"): lambda row: (
            locators.cells(lang, row["inputs"][-1]["locator"])
            if row["inputs"]
            else locators.cells(lang, row["locator"])
        ),
    }
    return tables.written(rows.iter_rows(named=True), columns)


# Parts of a note: `<code>: <printed date>`.
SEPARATOR = "; "


def basis(lang: Language, row: Row) -> str:
    """How a derived date was obtained, and each doubt about the act as printed, from its note."""
    notes = [_noted(lang, note) for note in (row["note"] or "").split(SEPARATOR) if note]
    return " ".join(notes) or lang.text("Date calculated.")


def _noted(lang: Language, note: str) -> str:
    """One part of a note in words."""
    code, _, printed = note.partition(": ")
    day = lang.date(printed) if printed else ""
    bases = {
        "ratified_without_signature": lang.text(
            "Doubtful: published as a ratification, although no signature is published."
        ),
        "deposited_before_signature": lang.text(
            "Doubtful: the signature is published as {day}, after this act.", day=day
        ),
        "in_force_before_deposit": lang.text(
            "Doubtful: the entry into force for this state is published as {day}, before this act.", day=day
        ),
        "thirty_days_before_entry_into_force": lang.text(
            "Date calculated: 30 days before entry into force, {day}.", day=day
        ),
        "deposited_with_palermo_protocol": lang.text(
            "Date calculated: deposited with the Protocol on Trafficking in Persons on {day}.", day=day
        ),
    }
    return bases.get(code, note)


def laws(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """State, law, year, cell; rows of `dashboard.subjects.treaties.query.laws`."""
    none = lang.text("No law cited")
    columns: tables.Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Year"): partial(year, lang),
        lang.text("Law cited"): lambda row: row["title"] or none,
        lang.text("Source cell"): lambda row: locators.cells(lang, row["locator"]),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def year(lang: Language, row: Row) -> str:
    """The year of a law, or that it is not known; a dash if no law is named."""
    if not row["title"]:
        return NONE
    return str(row["year"]) if row["year"] else lang.text("not known")


def titled(lang: Language, area: str, treaty: str, done: str) -> str:
    """The title of an act's passport: state, treaty, act."""
    return f"{lang.country(area)}, {terms.term(lang, 'part', treaty)}, {terms.in_sentence(done)}"


def read(lang: Language, closings: Closings, row: Row) -> str:
    """How the act was read from the printed cell."""
    if row["derived"]:
        note = lang.text("The texts are cited in the file, column “citation”.")
        return f"{remark(lang, closings, row)} {note}"
    return " ".join(filter(None, [_as_printed(lang, row), remark(lang, closings, row)]))


def _as_printed(lang: Language, row: Row) -> str:
    """How the date of an act was read that is not derived."""
    if row["date_precision"] == "none":
        return lang.text("The source lists the state as a party, without a date.")
    if row["date_precision"] == "year":
        return lang.text("The source publishes the year only.")
    if row["action"] == SIGNATURE:
        return lang.text("Unchanged from source, column of signatures.")
    return lang.text("Unchanged from source, column of deposits; a date without a mark is a ratification.")


def unread(lang: Language) -> str:
    """The explanation for an act that is not recorded."""
    return lang.text("Our copy of the treaty’s table has no act of this state.")


def table_of(manifest: Mapping[str, Any], source: str, part: str) -> list[Cell]:
    """The newest file of a part of a source, as the cell to cite when nothing was found in it."""
    found_source = next(entry for entry in manifest["sources"] if entry["name"] == source)
    newest = [release for release in found_source["releases"] if (release.get("part") or part) == part][-1:]
    return [Cell(source, release["release"], release["file"], NONE) for release in newest]


def law_read(lang: Language) -> str:
    """How a law was read from the text that names it."""
    return lang.text("Name and year from the text cited. The law itself was not examined.")


def law_unread(lang: Language) -> str:
    """The explanation for a law that is not named."""
    return lang.text("No law of this state in our sources; one may exist.")
