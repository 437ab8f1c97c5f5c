"""On the real snapshot: the difference between a total and its parts reveals no masked figure."""

from collections import defaultdict

import polars as pl
import pytest

from dashboard import store
from dashboard.subjects.explore import query as explore_query
from tests.dashboard.test_unmasking import as_it_is, middle
from tests.dashboard.unmasking import AsOf, Learned, Sum, editions, learn


def printed_figures(edition):
    """The interval of every printed figure by its key."""
    rows = store.tables().observations(edition).filter(pl.col("low").is_not_null(), ~pl.col("derived")).collect()
    return {
        tuple(row[name] for name in explore_query.KEY): (row["low"], row["high"]) for row in rows.iter_rows(named=True)
    }


def parts(row, printed):
    """The cells of a total's parts; victims of unknown sex and age are printed once."""
    for part in row["parts"]:
        key = {name: row[name] for name in explore_query.KEY} | {row["by"]: part}
        nobody = key | {"sex": "unknown", "age": "unknown"}
        yield next(cell for cell in (tuple(key.values()), tuple(nobody.values())) if cell in printed)


def sums_of_row(row, printed):
    """The intervals of a row for the total and its parts, and those found by adding the difference to either."""
    whole, cells = tuple(row[name] for name in explore_query.KEY), frozenset(parts(row, printed))
    name = (*whole, row["by"])
    yield Sum((*name, "parts"), row["parts_low"], row["parts_high"], cells)
    yield Sum((*name, "whole"), row["low"], row["high"], frozenset([whole]))
    yield Sum((*name, "whole less more"), row["high"] - row["more_high"], row["low"] - row["more_low"], cells)
    total = row["parts_high"] + row["more_low"], row["parts_low"] + row["more_high"]
    yield Sum((*name, "parts and more"), *total, frozenset([whole]))


@pytest.mark.parametrize("fault", [as_it_is, middle])
def test_differences_between_totals_and_parts_do_not_reveal_masked_figures(fault):
    learned = Learned()
    for edition in editions():
        printed, sums = printed_figures(edition), defaultdict(list)
        for row in explore_query.summed.of(
            AsOf({"observations": fault(store.tables().observations(edition))}), edition
        ).iter_rows(named=True):
            # Only sums of the same indicator, state and year share cells.
            sums[row["indicator"], row["area"], row["year"]] += sums_of_row(row, printed)
        learned = sum((learn(mine, printed) for mine in sums.values()), learned)
    assert learned.pairs > 100_000
    assert len(learned.cells) > 500, learned
    assert bool(learned.narrower) == (fault is middle), learned.narrower[:5]
