"""The tables of a pair of states, in words."""

from collections.abc import Mapping

import polars as pl

from dashboard.subjects.treaties import tables as treaties_tables
from dashboard.words import data_version, locators, tables, terms
from dashboard.words.tables import NONE, Columns, Row
from data.i18n import Language


def counted(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Counted records between two states: citizenship, where detected, year, figure, meaning, release, cell."""
    columns: Columns = {
        lang.text("Citizens of"): lambda row: lang.country(row["start"]),
        lang.text("Detected in"): lambda row: lang.country(row["end"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Figure"): lambda row: NONE if row["low"] is None else lang.interval(row["low"], row["high"]),
        lang.text("Data status"): lambda row: terms.term(lang, "status", _state(row)),
        lang.text("Release"): lambda row: data_version.release(lang, row["release"]),
        lang.text("Source cell"): lambda row: locators.cells(lang, row["locator"]),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def _state(row: Row) -> str:
    return "zero" if row["status"] == "exact" and row["high"] == 0 else str(row["status"])


def stated(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Statements between two states: the whole route, report, forms, victims, release, cell."""
    columns: Columns = {
        lang.text("Described route"): lambda row: _route(lang, row),
        lang.text("Report of"): lambda row: str(row["year"]),
        lang.text("Form of exploitation"): lambda row: (
            ", ".join(terms.term(lang, "form", one) for one in row["form"]) or NONE
        ),
        lang.text("Victims"): lambda row: ", ".join(terms.term(lang, "profile", one) for one in row["profile"]) or NONE,
        lang.text("Release"): lambda row: data_version.release(lang, row["release"]),
        lang.text("Source cell"): lambda row: locators.cells(lang, row["locator"]),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def _route(lang: Language, row: Row) -> str:
    """The points of a route by name; a region or an unknown place as printed."""
    points = [
        lang.country(row[point]) if row[point] else row[f"{point}_label"]
        for point in ("origin", "transit", "destination")
    ]
    known = [points[0] or NONE, *([points[1]] if points[1] else []), points[2] or NONE]
    return " → ".join(known)


def treaties(acted: pl.DataFrame, lang: Language, closings: Mapping[str, str]) -> pl.DataFrame:
    """Treaty, state, signature, the binding action, in force since when, cells; derived days are marked."""

    def none(row: Row) -> str:
        return treaties_tables.action(lang, closings, {**row, "action": None})

    columns: Columns = {
        lang.text("Treaty"): lambda row: terms.term(lang, "part", row["instrument"]),
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Signature"): lambda row: lang.date(row["signature"]) if row["signature"] else none(row),
        lang.text("Bound by"): lambda row: _bound(lang, row) if row["action"] else none(row),
        lang.text("In force since"): lambda row: lang.date(row["in_force"]) if row["in_force"] else NONE,
        lang.text("Source cell"): lambda row: locators.cells(lang, locators.BETWEEN.join(row["locators"] or [])),
    }
    return tables.written(acted.iter_rows(named=True), columns)


def _bound(lang: Language, row: Mapping[str, object]) -> str:
    """What bound the state and when, as printed, with any doubt about it."""
    day = lang.date(str(row["deposit"])) if row["deposit"] else lang.text("date unknown")
    deposit = f"{terms.term(lang, 'action', str(row['action']))}, {day}"
    if row["derived"]:
        return lang.text("{day} (calculated)", day=deposit)
    return f"{deposit}. {treaties_tables.basis(lang, row)}" if row["note"] else deposit


def stocks(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """One stock of migrants in every release that we have: release, persons, cell."""
    columns: Columns = {
        lang.text("Release"): lambda row: data_version.release(lang, row["release"]),
        lang.text("Persons"): lambda row: lang.number(row["persons"]),
        lang.text("Source cell"): lambda row: locators.cells(lang, row["locator"]),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def migrants(rows: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """People from one state who live in the other: from, in, year, persons, cell."""
    columns: Columns = {
        lang.text("From"): lambda row: lang.country(row["origin"]),
        lang.text("Living in"): lambda row: lang.country(row["destination"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Persons"): lambda row: lang.number(row["persons"]),
        lang.text("Source cell"): lambda row: locators.cells(lang, row["locator"]),
    }
    return tables.written(rows.iter_rows(named=True), columns)
