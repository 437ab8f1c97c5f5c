"""On the real snapshot: comparing two states, or a state and the region, does not reveal masked figures."""

from collections import defaultdict
from statistics import median

import polars as pl
import pytest

from dashboard import store
from dashboard.editions import NEWEST
from dashboard.subjects.compare import query as compare_query
from dashboard.subjects.pair import query as pair_query
from data import manifest
from data.counting_units import CountingUnits
from data.reviewed import read
from tests.dashboard.test_unmasking import as_it_is, middle, records, totals
from tests.dashboard.unmasking import NOISE, Learned, Sum, editions, learn

UNITS = read(CountingUnits)


def figures(edition, fault):
    """The observations of an edition in memory: hundreds of pairs are compared."""
    return fault(store.tables().observations(edition)).collect().lazy()


def beside(observations, edition, *pair):
    """The rows of a comparison, each with its cells: the state's, and the other state's."""
    rows = compare_query.beside(observations, UNITS, compare_query.Pair(*pair))
    for row in rows.iter_rows(named=True):
        yield row, *((row["indicator"], row[end], row["year"], edition) for end in ("area", "other"))


def sums_of_row(row, mine, theirs):
    """The intervals shown for two states, and those found by adding the difference to either."""
    if None in (row["low"], row["other_low"], row["difference_low"]):
        return
    low, high, least, most = (row[name] for name in ("low", "high", "other_low", "other_high"))
    yield Sum((mine, theirs, "one"), low, high, frozenset([mine]))
    yield Sum((mine, theirs, "other"), least, most, frozenset([theirs]))
    yield Sum((mine, theirs, "one by the other"), row["difference_low"] + most, row["difference_high"] + least, {mine})
    yield Sum((mine, theirs, "other by the one"), high - row["difference_high"], low - row["difference_low"], {theirs})


def compare_pairs(edition, fault, most=None):
    """Every state with a mask beside every other."""
    observations, printed, learned = figures(edition, fault), totals(edition), Learned()
    hiding = sorted({cell[:2] for cell, (low, high) in printed.items() if low < high and "_rate" not in cell[0]})
    for indicator, area in hiding[:most]:
        sums = defaultdict(list)
        for other in sorted({other for code, other, _, _ in printed if code == indicator} - {area}):
            for row, mine, theirs in beside(observations, edition, indicator, area, other):
                sums[row["indicator"], row["year"]] += sums_of_row(row, mine, theirs)
        learned = sum((learn(some, printed) for some in sums.values()), learned)
    return learned


@pytest.mark.long
@pytest.mark.parametrize("edition", editions())
def test_differences_between_two_states_do_not_reveal_masked_figures(edition):
    learned = compare_pairs(edition, as_it_is)
    assert learned.narrower == ()
    assert learned.pairs > 100_000
    assert len(learned.cells) > 300, learned


def test_differences_between_some_states_reveal_a_mask_only_if_it_counts_as_its_middle():
    assert compare_pairs(NEWEST, as_it_is, 4).narrower == ()
    assert compare_pairs(NEWEST, middle, 1).narrower


def is_wide_enough(row, mine, ends):
    """Whether a median and the difference from it are as wide as the states' figures allow."""
    lows, highs = ([interval[end] for interval in ends.values()] for end in (0, 1))
    wide = [row["other_low"] <= median(lows) + NOISE, row["other_high"] >= median(highs) - NOISE]
    if mine in ends:
        # The state's own figure is part of the median, so both move together.
        low, high = ends[mine]
        most = median([*(end[1] for cell, end in ends.items() if cell != mine), low])
        least = median([*(end[0] for cell, end in ends.items() if cell != mine), high])
        wide += [row["difference_low"] <= low - most + NOISE, row["difference_high"] >= high - least - NOISE]
    return all(wide)


def compare_medians(edition, fault, indicators):
    """Every state compared with the region: the years with a masked figure, and those whose median is too narrow."""
    observations, masked_years, narrower = figures(edition, fault), 0, 0
    states, by_year = defaultdict(set), defaultdict(dict)
    for cell, interval in totals(edition).items():
        indicator, area, year, _ = cell
        states[indicator].add(area)
        by_year[indicator, year][cell] = interval
    for indicator in indicators:
        for area in sorted(states[indicator]):
            found = [(row, mine) for row, mine, _ in beside(observations, edition, indicator, area) if row["reporting"]]
            for row, mine in found:
                # The same states in each year that has a median.
                years = [by_year[one[0::2]] for _, one in found if one[0] == mine[0]]
                same = set.intersection(*({cell[1] for cell in year} for year in years))
                ends = {cell: interval for cell, interval in by_year[mine[0::2]].items() if cell[1] in same}
                masked_years += any(low < high for low, high in ends.values())
                narrower += not is_wide_enough(row, mine, ends)
    return masked_years, narrower


@pytest.mark.parametrize("edition", editions())
def test_medians_and_differences_from_them_are_as_wide_as_the_figures_of_all_states_allow(edition):
    masked_years, narrower = compare_medians(edition, as_it_is, manifest.counts())
    assert (masked_years > 1000, narrower) == (True, 0)
    assert compare_medians(edition, middle, ["persons_convicted"])[1] > 0


def test_sums_of_flows_between_two_states_do_not_reveal_masked_figures():
    learned = Learned()
    for edition in editions():
        sums, printed = [], {}
        cells = defaultdict(set)
        for row in records(edition):
            printed[row["locator"]] = row["low"], row["high"]
            if row["status"] != "questioned" and row["origin"] not in {None, row["destination"]}:
                cells[row["origin"], row["destination"]].add(row["locator"])
        for ends, mine in cells.items():
            rows = pair_query.between(*ends, edition).filter(
                pl.col("evidence") == "counted", pl.col("start") == ends[0]
            )
            sums.append(Sum((*ends, edition), *pair_query.total(rows), frozenset(mine)))
        learned += learn(sums, printed)
    assert learned.narrower == ()
    assert len(learned.cells) > 100
