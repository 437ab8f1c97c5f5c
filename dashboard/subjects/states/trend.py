"""Whether the yearly figures of a state rise or fall: only as far as its own figures of years in a row say so."""

from dataclasses import dataclass
from itertools import pairwise

import polars as pl

from dashboard.editions import NEWEST
from dashboard.store import Tables, cached
from dashboard.subjects.states import query
from dashboard.subjects.states.victims import Range

# The latest years in a row: with fewer nothing is said, and no more are looked at.
FEWEST, MOST = 3, 5


@dataclass(frozen=True)
class Trend:
    """The figures of the latest years in a row.

    Attributes:
        way: `rise` or `fall` (surely so from each year to the next), `same`, `both` (surely a rise in some years and a
            fall in others), or `neither`.
        years: the first and the last year.
        figures: those of these two years; each exact or masked.
    """

    way: str
    years: tuple[int, int]
    figures: tuple[Range, Range]


@cached
def trend(snap: Tables, area: str, indicator: str, edition: str = NEWEST) -> Trend | None:
    """The trend of an indicator of a state; None with too few years in a row up to its latest figure."""
    return trend_of(query.series.of(snap, area, indicator, edition).filter(pl.col("status").is_in(query.REPORTED)))


def trend_of(rows: pl.DataFrame) -> Trend | None:
    """The trend of figures with year, low and high."""
    rows = rows.sort("year")
    years = rows["year"].to_list()
    gaps = [at for at in range(1, len(years)) if years[at] != years[at - 1] + 1]
    rows = rows[max(gaps, default=0) :].tail(MOST)
    if rows.height < FEWEST:
        return None
    figures: list[Range] = list(rows.select("low", "high").iter_rows())
    rises = [before[1] < after[0] for before, after in pairwise(figures)]
    falls = [before[0] > after[1] for before, after in pairwise(figures)]
    ways = {
        "rise": all(rises),
        "fall": all(falls),
        "same": len(set(figures)) == 1,
        "both": any(rises) and any(falls),
    }
    way = next((name for name, surely in ways.items() if surely), "neither")
    return Trend(way, (rows["year"][0], rows["year"][-1]), (figures[0], figures[-1]))
