"""The two years that most states reported, recounted row by row."""

import pytest

from dashboard import store
from dashboard.subjects.explore import query as explore_query

TOTAL = {"total"}


@pytest.mark.parametrize("indicator", ["detected_victims", "persons_convicted", "persons_prosecuted", "offences"])
def test_no_two_years_have_more_states(indicator):
    states = {}
    for row in store.tables().table("observations").collect().iter_rows(named=True):
        if row["indicator"] == indicator and {row["sex"], row["age"], row["form"]} == TOTAL and row["low"] is not None:
            states.setdefault(row["year"], set()).add(row["area"])
    shared = {(a, b): len(states[a] & states[b]) for a in states for b in states if a < b}
    first, last, n = explore_query.shared_years(indicator)
    assert shared[first, last] == n == max(shared.values())
    alike = [pair for pair, count in shared.items() if count == n]
    assert (first, last) == max(alike, key=lambda pair: (pair[1] - pair[0], pair[1]))


def test_an_indicator_without_rows_has_no_years():
    assert explore_query.shared_years("no_such_indicator") is None
