"""The figure of two states as charts that an editor of slides can change."""

import polars as pl

from dashboard.charts.editable import REPORTED, YearChart, by_year
from dashboard.words import countries
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
        title = lang.text(
            "Citizens {of_origin} detected as victims {in_destination}",
            of_origin=countries.of(lang, way["start"][0]),
            in_destination=countries.inside(lang, way["end"][0]),
        )
        if way.filter(pl.col("status").is_in(REPORTED)).height >= FEWEST:
            found.append(by_year(lang, way, title))
    return [one for one in found if one]
