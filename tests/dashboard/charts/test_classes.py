import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.look import class_breaks, class_of, decimals


def test_quintiles_rounded_to_plain_numbers():
    # Fifths of 1..101 end at 21, 41, 61 and 81. Of 20, 50 and 100, 61 is nearest to 50 and 81 to 100, by their ratio.
    assert class_breaks(float(n) for n in range(1, 102)) == [20, 50, 100]


def test_nulls_and_zeros_are_ignored():
    assert class_breaks([None, 0.0, 0.0]) == []
    assert class_breaks([None, 0.0, *range(1, 102)]) == class_breaks(range(1, 102))


@pytest.mark.parametrize(("highest", "more"), [(500, []), (501, [200])])
def test_a_last_class_of_more_than_five_times_its_limit_is_cut_once_more(highest, more):
    # Of fifths of 1..101 the last limit is 100; after it come 200 and 500.
    assert class_breaks([*range(1, 102), highest]) == [20, 50, 100, *more]


def test_equal_figures_make_one_class():
    assert class_breaks([3.0, 3.0, 3.0]) == []


@pytest.mark.parametrize(("value", "expected"), [(0.01, 0), (0.2, 0), (0.21, 1), (1.0, 1), (1.1, 2)])
def test_a_limit_belongs_to_the_class_below(value, expected):
    assert class_of(value, [0.2, 1.0]) == expected


@given(st.lists(st.floats(1e-3, 1e6), min_size=1))
def test_every_limit_is_round(values):
    assert all(f"{limit:e}"[0] in "125" and not float(f"{limit:e}".split("e")[0]) % 1 for limit in class_breaks(values))


@given(st.lists(st.floats(1e-3, 1e6), min_size=1))
def test_limits_ascend_and_leave_no_class_beyond_the_figures(values):
    breaks = class_breaks(values)
    assert breaks == sorted(set(breaks))
    assert len(breaks) <= 5
    assert all(min(values) <= limit < max(values) for limit in breaks)


@pytest.mark.parametrize(("limit", "expected"), [(2.0, 0), (0.15, 2), (0.5, 1), (1000.0, 0), (0.001, 3)])
def test_a_limit_is_written_in_full(limit, expected):
    assert decimals(limit) == expected
