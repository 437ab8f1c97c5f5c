"""How the yearly figures of a state spread, in words."""

import polars as pl
import pytest

from dashboard.subjects.states import spread, spread_words
from dashboard.subjects.states.words import explained, reading
from data.i18n import language

EN = language("en")
MASK = (1, 4)


def found(indicator: str, *figures: int | tuple[int, int]) -> spread.Spread:
    """The figures of years from 2010 on; a masked one is an interval."""
    ends = [one if isinstance(one, tuple) else (one, one) for one in figures]
    rows = [(2010 + at, low, high, "exact" if low == high else "masked") for at, (low, high) in enumerate(ends)]
    frame = pl.DataFrame(rows, schema=["year", "low", "high", "status"], orient="row")
    return spread.spread_of(indicator, frame)


def said(*figures: int | tuple[int, int]) -> str:
    return spread_words.since(EN, found("detected_victims", *figures))


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((5, 7, 9), "5 to 9 a year"),
        ((9, 5, 7), "5 to 9 a year"),
        ((MASK, 9, 7, MASK), "fewer than five to 9 a year"),
        # A masked figure may be 3; a zero is surely less.
        ((MASK, 3, 7, 6), "fewer than five to 7 a year"),
        ((MASK, 0, 7, 6), "0 to 7 a year"),
        # Where the mask may be a zero, no zero is less.
        (((0, 4), 0, 7), "fewer than five to 7 a year"),
        ((MASK, MASK, MASK), "fewer than five in each year reported"),
    ],
)
def test_the_lowest_and_the_highest_figure_are_named_where_they_are_certain(figures, words):
    assert said(*figures) == f"since 2010: {words}"


def test_one_number_in_each_year_is_said_once():
    assert said(0, 0, 0) == ""
    same = "in 2012; the same in each year reported since 2010"
    assert spread_words.unchanged(EN, found("detected_victims", 0, 0, 0), 2012) == same
    # Figures of fewer than five need not be the same, and two years show nothing.
    for some in ((MASK, MASK, MASK), (0, 0, 1), (7, 7)):
        assert spread_words.unchanged(EN, found("detected_victims", *some), 2012) == ""
    assert spread_words.unchanged(EN, None, 2012) == ""


def test_one_or_two_years_show_no_change():
    assert said(9, 90) == spread_words.since(EN, None) == ""
    assert spread_words.caution(EN, found("detected_victims", 9)) == explained(EN, [])


def test_what_a_change_can_mean_is_said_only_of_a_change():
    assert spread_words.caution(EN, found("detected_victims", 1, 2, 3)) == f"{explained(EN, [])} {reading(EN)}"
    assert spread_words.caution(EN, found("detected_victims", 0, 0, 0)) == explained(EN, [])
    assert spread_words.caution(EN, None) == explained(EN, [])
