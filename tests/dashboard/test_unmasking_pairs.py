"""On the real snapshot: no difference or median of the comparison narrows a masked figure."""

import statistics
from collections import defaultdict

import polars as pl
import pytest

from dashboard import store
from dashboard.editions import NEWEST
from dashboard.subjects import shared
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.compare.query import REGION, Pair
from data.counting_units import counting_units
from data.manifest import counts as counts_of_authorities
from tests.dashboard.test_unmasking import as_it_is, middle, read_once, totals

EXACT = 1e-9


def comparisons(edition, fault):
    """Every state compared with the region and with the next state of the list."""
    counts = fault(store.tables().observations(edition)).filter(pl.col("indicator").is_in(counts_of_authorities()))
    observations, areas = read_once(counts), store.areas()
    for code in counts_of_authorities():
        for area, following in zip(areas, (*areas[1:], areas[0]), strict=True):
            for other in (REGION, following):
                found = compare_query.beside(observations, counting_units(), Pair(code, area, other))
                for mine in found.partition_by("indicator"):
                    yield [*mine.iter_rows(named=True)]


def same_states(rows, printed):
    """The states with a figure in each year that has a median."""
    every = [set(printed[row["indicator"], row["year"]]) for row in rows if row["reporting"]]
    return set.intersection(*every) if every else set()


@pytest.mark.parametrize(
    ("edition", "fault"),
    # One release with the fault is enough to see that it would be found.
    [*((edition, as_it_is) for edition in shared.edition_ids()), (NEWEST, middle)],
)
def test_whoever_knows_all_printed_figures_learns_nothing_from_a_comparison(edition, fault):
    printed, narrower, hidden = defaultdict(dict), 0, 0
    for (code, area, year, _), ends in totals(edition).items():
        printed[code, year][area] = ends
    for row, same in ((row, same_states(rows, printed)) for rows in comparisons(edition, fault) for row in rows):
        of = printed[row["indicator"], row["year"]]
        theirs = of.get(row["other"])
        if row["other"] == REGION and row["reporting"]:
            theirs = tuple(statistics.median(part) for part in zip(*(of[area] for area in same), strict=True))
            narrower += row["other_low"] > theirs[0] + EXACT or row["other_high"] < theirs[1] - EXACT
        own = of.get(row["area"])
        if own and theirs and own[0] < own[1]:
            hidden += 1
            # A reader who knows how the ends are computed can do this.
            low, high = row["difference_low"] + theirs[1], row["difference_high"] + theirs[0]
            narrower += low > own[0] + EXACT or high < own[1] - EXACT
    assert hidden > 200
    assert bool(narrower) == (fault is middle)
