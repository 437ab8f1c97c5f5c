"""The tables of page "Coverage": what each state reports, changes by state, every change."""

from typing import Any

import polars as pl

from dashboard.store import Tables, cached
from dashboard.subjects.coverage import revisions
from dashboard.subjects.coverage.query import KINDS
from dashboard.subjects.coverage.words import kind_word, masked_word
from dashboard.words import tables, terms
from dashboard.words.locators import BETWEEN
from data.i18n import Language

NONE = tables.NONE


def states(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """For each state the number of years with a usable reading, the first and last of them, and the cells of each kind
    that occurs.

    Args:
        frame: the result of `dashboard.subjects.coverage.query.states`.
    """
    columns: tables.Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Years with a figure"): lambda row: lang.number(row["years"]),
        lang.text("Years in all"): lambda row: lang.number(row["span"]),
        lang.text("First year"): lambda row: NONE if row["first"] is None else str(row["first"]),
        lang.text("Last year"): lambda row: NONE if row["last"] is None else str(row["last"]),
    }
    kinds = {kind_word(lang, kind): _number(lang, kind) for kind in KINDS if frame[kind].sum()}
    return tables.written(tables.ordered(frame, lang).iter_rows(named=True), {**columns, **kinds})


def _number(lang: Language, kind: str) -> Any:  # noqa: ANN401 - a column's function
    return lambda row: lang.number(row[kind])


def cells(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """A state's figures of an indicator, year by year, in words; rows of `dashboard.subjects.coverage.query.cells`."""
    columns: tables.Columns = {
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Figure"): lambda row: figure(lang, row["low"], row["high"]),
        lang.text("Data status"): lambda row: kind_word(lang, row["kind"]),
        lang.text("Release"): lambda row: lang.date(row["release"]) if row["release"] else NONE,
    }
    return tables.written(frame.iter_rows(named=True), columns)


def releases(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """A state's totals in every release; the result of `dashboard.subjects.coverage.revisions.releases` in words."""
    columns: tables.Columns = {
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Release"): lambda row: lang.date(row["release"]),
        lang.text("Figure"): lambda row: figure(lang, row["low"], row["high"]),
        lang.text("Data status"): lambda row: terms.term(lang, "status", state(row["status"], row["high"])),
    }
    return tables.written(frame.iter_rows(named=True), columns)


def state(status: str, high: float | None) -> str:
    """The state of a number, with printed zeros distinguished from values."""
    return "zero" if status == "exact" and high == 0 else status


def figure(lang: Language, low: float | None, high: float | None) -> str:
    """A figure as an interval; a sign if there is none."""
    if low is None or high is None:
        return NONE
    return lang.interval(low, high, int(not (low.is_integer() and high.is_integer())))


@cached
def table(snap: Tables, indicator: str, state: str, lang: Language, *, masking: bool, since: str = "") -> tables.Sheet:
    """The table of every change of an indicator and state; `since` as in `revisions.rows`."""
    return tables.sheet(revisions_table(revisions.rows.of(snap, indicator, state, masking=masking, since=since), lang))


def changes(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """How many figures of each state changed, by kind, in words; rows of `revisions.by_state`."""
    columns: tables.Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Change"): lambda row: terms.term(lang, "revision", row["kind"]),
        lang.text("Figures"): lambda row: lang.number(row["figures"]),
        lang.text("Totals among them"): lambda row: lang.number(row["totals"]),
    }
    return tables.written(tables.ordered(frame, lang).iter_rows(named=True), columns)


def revisions_table(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """Every change in words: state, year, breakdown, kind of change, the reading before and after."""
    columns: tables.Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Sex"): lambda row: terms.term(lang, "sex", row["sex"]),
        lang.text("Age"): lambda row: terms.term(lang, "age", row["age"]),
        lang.text("Form"): lambda row: terms.term(lang, "form", row["form"]),
        lang.text("Change"): lambda row: terms.term(lang, "revision", row["kind"]),
        lang.text("Earlier release"): lambda row: lang.date(row["release_from"]),
        lang.text("Figure before"): lambda row: reading(lang, row, "from"),
        lang.text("Later release"): lambda row: lang.date(row["release_to"]),
        lang.text("Figure after"): lambda row: reading(lang, row, "to"),
    }
    return tables.written(tables.ordered(frame, lang).iter_rows(named=True), columns)


def reading(lang: Language, row: tables.Row, end: str) -> str:
    """The figure of a change in its earlier (`from`) or later (`to`) release, in words."""
    status = row[f"status_{end}"]
    if status is None:
        return NONE
    if row[f"low_{end}"] is None:
        meaning, printed = terms.term(lang, "status", status), row.get(f"printed_{end}")
        # Snapshots from before November 2026 do not have the printed texts.
        return lang.labeled(meaning, lang.joined(printed.split(BETWEEN))) if printed else meaning
    reading = figure(lang, row[f"low_{end}"], row[f"high_{end}"])
    if status != "masked":
        return reading
    return f"{reading} ({terms.in_sentence(masked_word(lang, row[f'high_{end}']))})"
