"""The tables of a comparison and of the sheet of two states, in words. Pure."""

from functools import partial

import polars as pl

from dashboard.charts.figure_words import BREAKDOWN, area_name
from dashboard.subjects.compare import words
from dashboard.subjects.compare.query import GROUP, REGION, Pair
from dashboard.subjects.states.words import STATES
from dashboard.words import tables, terms
from dashboard.words.tables import Columns, Row
from data.i18n import Language

# Of whom a survey is.
ASKED = {name: BREAKDOWN[name] for name in GROUP}


def compared(rows: pl.DataFrame, lang: Language, wanted: Pair) -> pl.DataFrame:
    """Indicator, year, both figures, for a median how many states it rests on, the first less the second."""
    codes = [code if code != REGION else terms.in_sentence(lang.text("Median")) for code in (wanted.one, wanted.other)]
    less = lang.text("Difference ({first} − {second})", first=codes[0], second=codes[1])
    columns: Columns = {
        lang.text("Indicator"): lambda row: terms.term(lang, "indicator", row["indicator"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.country(wanted.one): lambda row: words.figure(lang, row),
        area_name(wanted.other, lang): lambda row: words.figure(lang, row, words.OTHER),
        **({lang.text("States in the median"): lambda row: _share(lang, row)} if wanted.other == REGION else {}),
        less: lambda row: words.difference(lang, row),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def surveyed(rows: pl.DataFrame, lang: Language, wanted: Pair) -> pl.DataFrame:
    """Of whom, and what the survey of each state found in which year.

    Args:
        rows: those of both states (`dashboard.subjects.explore.query.rows`).
    """
    columns: Columns = {
        lang.text("Of whom"): lambda row: ", ".join(say(lang, row[name]) for name, (say, _) in ASKED.items()),
        **{lang.country(area): partial(_found, lang, rows, area) for area in wanted.states},
    }
    return tables.written(whom(rows).iter_rows(named=True), columns)


def whom(rows: pl.DataFrame) -> pl.DataFrame:
    """The groups that the surveys of two states speak of, as `surveyed` tells them."""
    return rows.select(*ASKED).unique().sort(*ASKED)


def _found(lang: Language, rows: pl.DataFrame, area: str, whom: Row) -> str:
    """Every figure of a state of one group, each with its year."""
    mine = rows.filter(pl.col("area") == area, *(pl.col(name) == code for name, code in whom.items()))
    told = [f"{words.figure(lang, row)} ({row['year']})" for row in mine.iter_rows(named=True)]
    return ", ".join(told) or tables.NONE


def _share(lang: Language, row: Row) -> str:
    return lang.text("{n} of {states}", n=row["reporting"] or 0, states=STATES)
