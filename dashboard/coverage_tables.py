"""The tables of page "Coverage": what each state reports, the changes of each state, every change. Pure."""

from typing import Any

import polars as pl

from dashboard import tables, terms
from dashboard.figures.coverage_matrix import word
from dashboard.query.coverage import KINDS
from data.i18n import Language

NONE = tables.NONE


def states(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """For each state the years with a usable reading, the first, the last, and how many cells of each kind.

    Args:
        frame: the result of `dashboard.query.coverage.states`.
    """
    columns: tables.Columns = {
        lang.text("State"): lambda row: lang.country(row["area"]),
        lang.text("Years with a usable reading"): lambda row: lang.number(row["years"]),
        lang.text("Years in all"): lambda row: lang.number(row["span"]),
        lang.text("First year"): lambda row: NONE if row["first"] is None else str(row["first"]),
        lang.text("Last year"): lambda row: NONE if row["last"] is None else str(row["last"]),
    }
    kinds = {word(lang, kind): _number(lang, kind) for kind in KINDS}
    return tables.written(tables.ordered(frame, lang).iter_rows(named=True), {**columns, **kinds})


def _number(lang: Language, kind: str) -> Any:  # noqa: ANN401 - a column's function
    return lambda row: lang.number(row[kind])


def cells(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """A state's figures of an indicator, year by year; rows of the result of `dashboard.query.coverage.cells`."""
    columns: tables.Columns = {
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Figure"): lambda row: figure(lang, row["low"], row["high"]),
        lang.text("Meaning"): lambda row: word(lang, row["kind"]),
        lang.text("Release"): lambda row: lang.date(row["release"]) if row["release"] else NONE,
    }
    return tables.written(frame.iter_rows(named=True), columns)


def releases(frame: pl.DataFrame, lang: Language) -> pl.DataFrame:
    """A state's totals in every release; the result of `dashboard.query.revisions.releases` in words."""
    columns: tables.Columns = {
        lang.text("Year"): lambda row: str(row["year"]),
        lang.text("Release"): lambda row: lang.date(row["release"]),
        lang.text("Figure"): lambda row: figure(lang, row["low"], row["high"]),
        lang.text("Meaning"): lambda row: terms.term(lang, "status", state(row["status"], row["high"])),
    }
    return tables.written(frame.iter_rows(named=True), columns)


def state(status: str, high: float | None) -> str:
    """The state of a number: a printed zero is told from a value."""
    return "zero" if status == "exact" and high == 0 else status


def figure(lang: Language, low: float | None, high: float | None) -> str:
    """A figure as an interval; a sign where there is none."""
    if low is None or high is None:
        return NONE
    return lang.interval(low, high, int(not (low.is_integer() and high.is_integer())))
