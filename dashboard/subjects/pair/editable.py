"""The figure of two states as charts that an editor of slides can change."""

import polars as pl

from dashboard.charts.editable import REPORTED, YearChart, by_year
from dashboard.subjects.routes import words as routes_words
from data.i18n import Language

# The least years of a chart: fewer are said in a sentence.
FEWEST = 3


def between(lang: Language, rows: pl.DataFrame) -> list[YearChart]:
    """The victims counted each way between two states, by year, each in a chart; none for a way of few years.

    Args:
        rows: the result of `dashboard.subjects.pair.query.yearly`.
    """
    found = []
    for way in rows.partition_by("start", maintain_order=True):
        title = routes_words.group(lang, {"origin": way["start"][0], "destination": way["end"][0]})
        if way.filter(pl.col("status").is_in(REPORTED)).height >= FEWEST:
            found.append(by_year(lang, way, title))
    return [one for one in found if one]
