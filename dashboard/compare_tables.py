"""The tables of a comparison and of the sheet of two states, in words. Pure."""

import polars as pl

from dashboard import tables, terms
from dashboard.describe import compare as describe
from dashboard.describe.observed import STATES
from dashboard.figures.figure_words import place
from dashboard.query.compare import REGION, Pair
from dashboard.tables import Columns, Row
from data.i18n import Language


def compared(rows: pl.DataFrame, lang: Language, wanted: Pair) -> pl.DataFrame:
    """Indicator, year, both figures, for a median how many states it rests on, the first less the second."""
    codes = [code if code != REGION else terms.in_sentence(lang.text("Median")) for code in (wanted.one, wanted.other)]
    less = lang.text("Difference ({first} − {second})", first=codes[0], second=codes[1])
    columns: Columns = {
        lang.text("Indicator"): lambda row: terms.indicator(lang, row["indicator"]),
        lang.text("Year"): lambda row: str(row["year"]),
        lang.country(wanted.one): lambda row: describe.figure(lang, row),
        place(wanted.other, lang): lambda row: describe.figure(lang, row, describe.OTHER),
        **({lang.text("States in the median"): lambda row: _share(lang, row)} if wanted.other == REGION else {}),
        less: lambda row: describe.difference(lang, row),
    }
    return tables.written(rows.iter_rows(named=True), columns)


def _share(lang: Language, row: Row) -> str:
    return lang.text("{n} of {states}", n=row["reporting"] or 0, states=STATES)
