"""The order of releases in time, which differs from the alphabetical order of their names."""

from datetime import date
from itertools import permutations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.releases import first_day, latest, moment, order, ordered

# In the order of publication, as the publishers state it.
IN_TIME = ["undated", "2013.1", "2013.2", "2013.10", "2019", "2020-10", "2025.Q4.G.01", "2025-10-28", "2026.Q1"]
IN_TIME += ["2026.Q1.G.2", "2026.Q1.G.10", "2026-01-22", "2026-03", "2026-03-24", "2026-10-08"]


def test_releases_of_every_form_sort_by_time():
    assert ordered(reversed(IN_TIME)) == IN_TIME
    assert ordered([*IN_TIME, *IN_TIME]) == IN_TIME
    assert sorted(IN_TIME) != IN_TIME


@pytest.mark.parametrize(
    ("release", "day"),
    [
        ("2025-10-28", date(2025, 10, 28)),
        ("2026-03", date(2026, 3, 1)),
        ("2026.Q1", date(2026, 1, 1)),
        ("2025.Q4.G.01", date(2025, 10, 1)),
        ("2013.1", date(2013, 1, 1)),
        ("2008", date(2008, 1, 1)),
        ("undated", None),
        ("version 2", None),
    ],
)
def test_the_first_possible_day_of_a_release(release, day):
    assert first_day(release) == day


@pytest.mark.parametrize("release", ["2026-13", "2026-00", "2025-02-29", "0000"])
def test_an_impossible_date_is_an_error(release):
    with pytest.raises(ValueError, match=r"must be in|out of range"):
        first_day(release)


@given(st.dates(), st.dates())
def test_days_sort_as_days(day, other):
    moments = moment(day.isoformat()), moment(other.isoformat())
    assert (moments[0] < moments[1], moments[0] == moments[1]) == (day < other, day == other)


@pytest.mark.parametrize("names", [*permutations(["2026.Q1", "2026-10-08", "undated"])])
def test_a_column_of_releases_sorts_by_time(names):
    frame = pl.DataFrame({"place": ["a"] * 3, "release": names})
    assert frame.group_by("place").agg(latest()).rows() == [("a", "2026-10-08")]
    assert frame.select(latest().over("place")).to_series().to_list() == ["2026-10-08"] * 3
    assert frame.lazy().sort(order()).collect()["release"].to_list() == ["undated", "2026.Q1", "2026-10-08"]
    assert set(frame.filter(order() <= moment("2026.Q1"))["release"]) == {"undated", "2026.Q1"}


def test_a_missing_release_has_no_moment():
    frame = pl.DataFrame({"later": [None, "2020"], "release": ["2019", "2019"]}, schema_overrides={"later": pl.String})
    assert frame.select(order("later") > order()).to_series().to_list() == [None, True]
    assert frame.clear().select(latest()).item() is None
