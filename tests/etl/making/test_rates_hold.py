"""A rate multiplied by the population gives an interval no narrower than the publisher's mask."""

from fractions import Fraction

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data import intervals

RATES = pl.col("derived") & (pl.col("low") < pl.col("high"))


def back(rate: float, people: int) -> Fraction:
    """A rate as it is written, multiplied without any loss."""
    return Fraction(str(rate)) * people / 100_000


@given(st.integers(1, 400_000_000), st.sampled_from([0, 1]))
def test_a_rate_divided_back_holds_its_mask(people, least):
    ends = pl.DataFrame({"low": [100_000 * least / people], "high": [100_000 * 4 / people]})
    low, high = ends.select(*intervals.outwards(pl.col("low"), pl.col("high"))).row(0)
    assert back(low, people) <= least
    assert back(high, people) >= 4
    # By less than two steps of the last decimal: no wider than it must be.
    assert back(low + 2e-6, people) > least
    assert back(high - 2e-6, people) < 4


@pytest.mark.real
@pytest.mark.parametrize("table", ["observations", "vintages"])
def test_every_real_rate_of_a_mask_divided_back_holds_it(real_snapshot, table):
    figures = real_snapshot.table(table).collect()
    people = {
        row[:2]: int(row[2]) for row in figures.filter(indicator="population").select("area", "year", "low").rows()
    }
    masks = figures.filter(~pl.col("derived"), sex="total", age="total", form="total", status="masked")
    mask_ends = {row[:4]: row[4:] for row in masks.select("indicator", "area", "year", "release", "low", "high").rows()}
    rates = figures.filter(RATES).select("indicator", "area", "year", "release", "low", "high").rows()
    assert len(rates) == {"observations": 184, "vintages": 503}[table]
    for indicator, area, year, release, low, high in rates:
        least, most = mask_ends[indicator.removesuffix("_rate"), area, year, release]
        assert back(low, people[area, year]) <= least < most <= back(high, people[area, year])
