"""How the yearly figures of a state spread, in words."""

import polars as pl
import pytest

from dashboard.subjects.states import spread, spread_words
from dashboard.subjects.states.words import reading
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
    return spread_words.changing(EN, found("detected_victims", *figures), None)[0]


@pytest.mark.parametrize(
    ("figures", "words"),
    [
        ((5, 7, 9), "the latest figure is the highest of the 3 reported from 2010 to 2012; the lowest is 5 (2010)."),
        ((9, 7, 5), "the latest figure is the lowest of the 3 reported from 2010 to 2012; the highest is 9 (2010)."),
        ((5, 9, 7), "the 3 figures reported from 2010 to 2012 range from 5 (2010) to 9 (2011)."),
        # As high as an earlier one is not the highest.
        ((9, 5, 9), "the 3 figures reported from 2010 to 2012 range from 5 (2011) to 9 (2010, 2012)."),
        (
            (MASK, 9, 7, MASK),
            "the 4 figures reported from 2010 to 2013 range from fewer than five (2010, 2013) to 9 (2011).",
        ),
        # A masked figure may be 3; a zero is surely less.
        (
            (MASK, 3, 7, 6),
            "the 4 figures reported from 2010 to 2013 range from fewer than five (2010–2011) to 7 (2012).",
        ),
        ((MASK, 0, 7, 6), "the 4 figures reported from 2010 to 2013 range from 0 (2011) to 7 (2012)."),
        # Where the mask may be a zero, no zero is less.
        (
            ((0, 4), 0, 7),
            "the latest figure is the highest of the 3 reported from 2010 to 2012; "
            "the lowest is fewer than five (2010–2011).",
        ),
        ((0, 0, 0), "0 in each of the 3 years reported from 2010 to 2012."),
        ((MASK, MASK, MASK), "fewer than five in each of the 3 years reported from 2010 to 2012."),
    ],
)
def test_the_highest_and_the_lowest_figure_are_named_where_they_are_certain(figures, words):
    assert said(*figures) == f"Detected victims: {words}"


def test_one_or_two_years_show_no_change():
    assert said(9) == "1 reported year does not show whether the number of victims rises or falls."
    assert said(9, 90) == "2 reported years do not show whether the number of victims rises or falls."
    assert spread_words.changing(EN, None, found("persons_convicted", 1, 2, 3)) == []


def test_what_a_change_can_mean_is_said_once_and_only_of_a_change():
    victims, convicted = found("detected_victims", 1, 2, 3), found("persons_convicted", 5, 4, 6)
    lines = spread_words.changing(EN, victims, convicted)
    assert lines[2:] == [reading(EN)]
    assert lines[1].startswith("Persons convicted: the latest figure is the highest")
    assert reading(EN) not in spread_words.changing(EN, found("detected_victims", 0, 0, 0), None)
