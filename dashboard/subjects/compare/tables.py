"""The tables of a comparison and of a survey, in words."""

from functools import partial

import polars as pl

from dashboard.charts.figure_words import BREAKDOWN, area_name, marked
from dashboard.subjects.compare import words
from dashboard.subjects.compare.query import GROUP, REGION, Pair
from dashboard.subjects.states.words import STATES
from dashboard.words import data_version, tables, terms
from dashboard.words.tables import Columns, Row
from data.i18n import Language
from data.releases import ordered

# The breakdown of a survey.
GROUPS = {name: BREAKDOWN[name] for name in GROUP}


def compared(rows: pl.DataFrame, lang: Language, pair: Pair) -> pl.DataFrame:
    """Indicator, year, both figures, the states in the median if there is one, the difference, and the releases."""
    codes = [code if code != REGION else terms.in_sentence(lang.text("Median")) for code in (pair.one, pair.other)]
    difference = lang.text("Difference ({first} − {second})", first=codes[0], second=codes[1])
    columns: Columns = {
        lang.text("Indicator"): lambda row: terms.term(lang, "indicator", row["indicator"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.country(pair.one): lambda row: words.figure(lang, row),
        area_name(pair.other, lang): lambda row: words.figure(lang, row, words.OTHER),
        **({lang.text("States in the median"): lambda row: _share(lang, row)} if pair.other == REGION else {}),
        difference: lambda row: _difference(lang, row),
        lang.text("Release"): lambda row: _releases(lang, row),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def _difference(lang: Language, row: Row) -> str:
    """The difference, with a mark if either figure has one."""
    doubted = row["difference_low"] is not None and (row["contradicted"] or row["other_contradicted"])
    return marked({"contradicted": doubted}, words.difference(lang, row))


def surveyed(rows: pl.DataFrame, lang: Language, pair: Pair) -> pl.DataFrame:
    """The figures of a survey: a row per group, a column per state.

    Args:
        rows: the figures of both states (`dashboard.subjects.explore.query.rows`).
    """
    columns: Columns = {
        lang.text("Group"): lambda row: ", ".join(word(lang, row[name]) for name, (word, _) in GROUPS.items()),
        **{lang.country(area): partial(_survey_figures, lang, rows, area) for area in pair.states},
    }
    return tables.written(survey_groups(rows).iter_rows(named=True), columns)


def survey_groups(rows: pl.DataFrame) -> pl.DataFrame:
    """The groups of two states' surveys, in the order of the rows of `surveyed`."""
    return rows.select(*GROUPS).unique().sort(*GROUPS)


def _survey_figures(lang: Language, rows: pl.DataFrame, area: str, group: Row) -> str:
    """All figures of a state for one group, each with its year."""
    mine = rows.filter(pl.col("area") == area, *(pl.col(name) == code for name, code in group.items()))
    figures = [f"{words.figure(lang, row)} ({row['year']})" for row in mine.iter_rows(named=True)]
    return ", ".join(figures) or tables.NONE


def _releases(lang: Language, row: Row) -> str:
    """The releases of all figures that a row is computed from, the oldest first."""
    return lang.listing(data_version.release(lang, one) for one in ordered(row["releases"])) or tables.NONE


def _share(lang: Language, row: Row) -> str:
    return lang.text("{n} of {states}", n=row["reporting"] or 0, states=STATES)
