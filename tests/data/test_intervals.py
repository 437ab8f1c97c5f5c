"""What is divided has every value that its parts allow."""

from fractions import Fraction

import polars as pl
from hypothesis import given
from hypothesis import strategies as st

from data.intervals import quotient

STEP = Fraction(1, 10**6)


@st.composite
def intervals(draw, least=0):
    low, width = draw(st.integers(least, 3000)), draw(st.integers(0, 40))
    return low, low + width, low + draw(st.integers(0, width))


@given(intervals(), intervals(least=1), st.sampled_from([1, 100, 100_000]))
def test_a_quotient_holds_every_value_of_its_parts_and_little_more(part, whole, times):
    row = pl.DataFrame({"a": part[0], "b": part[1], "c": whole[0], "d": whole[1]}).cast(pl.Float64)
    low, high = quotient((pl.col("a"), pl.col("b")), (pl.col("c"), pl.col("d")), times)
    low, high = (Fraction(str(end)) for end in row.select(low=low, high=high).row(0))
    known = part[0] == part[1] and whole[0] == whole[1]
    slack = STEP / 2 if known else 0
    assert low - slack <= Fraction(times * part[2], whole[2]) <= high + slack
    assert low > Fraction(times * part[0], whole[1]) - 2 * STEP
    assert high < Fraction(times * part[1], whole[0]) + 2 * STEP
    assert (low == high) >= known
