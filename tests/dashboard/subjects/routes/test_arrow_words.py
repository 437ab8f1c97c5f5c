import pytest

from dashboard.subjects.routes.figures.arrows import sentence
from data.i18n import language
from tests.dashboard.charts.map_samples import arrow


def test_text_of_a_counted_arrow(english):
    text = sentence(arrow("COL", "ESP", 12, 24, years=[2014, 2015, 2016, 2019]), english)
    assert text == "Citizens of <b>Colombia</b> detected in <b>Spain</b>: 12–24<br>2014–2016, 2019"


def test_text_of_an_internal_flow(english):
    assert "Citizens of <b>Colombia</b> detected at home: 7" in sentence(arrow("COL", "COL", 7), english)


@pytest.mark.parametrize(
    ("leg", "expected"),
    [
        ("direct", "Routes from <b>Nicaragua</b> to <b>Panama</b>"),
        ("to_transit", "Routes from <b>Nicaragua</b> through <b>Panama</b>"),
        ("from_transit", "Routes through <b>Nicaragua</b> to <b>Panama</b>"),
    ],
)
def test_text_of_a_stated_arrow(english, leg, expected):
    text = sentence(arrow("NIC", "PAN", 3, leg=leg, evidence="stated"), english)
    whose = "Reports of the US Department of State, coded by the University of Denver"
    assert text == f"{expected}<br>3 statements<br>{whose}<br>2015"


def test_a_questioned_arrow_says_that_it_is(english):
    assert "Questioned" in sentence(arrow("BWA", "USA", 213, questioned=True), english)


def test_an_arrow_says_what_its_sum_lacks(english):
    lacking = arrow("PER", "PER", 1522, left_out=[{"year": 2014, "low": 253.0, "high": 253.0}])
    assert sentence(lacking, english).endswith("Left out because we doubt it: 253 (2014)")
    lacking = arrow(
        "PER", "PER", 1522, left_out=[{"year": y, "low": n, "high": n} for y, n in ((2014, 253.0), (2016, 7.0))]
    )
    assert sentence(lacking, english).endswith("Left out because we doubt it: 260 (2014: 253; 2016: 7)")


def test_an_arrow_says_why_its_sum_lacks_a_figure(english):
    """Each reason by itself: figures with different reasons have no common sum."""
    some = [("larger_than_total", 2014, 253.0), ("larger_than_total", 2016, 7.0), ("listed_by_review", 2015, 61.0)]
    lacking = arrow(
        "PER", "PER", 1522, left_out=[{"year": year, "low": n, "high": n, "note": note} for note, year, n in some]
    )
    assert sentence(lacking, english).endswith(
        "Left out because larger than the total of all victims detected there: 260 (2014: 253; 2016: 7); Left out "
        "because our review questions it, as unusually high for this citizenship: 61 (2015)"
    )


def test_words_follow_the_language():
    assert "Colombie" in sentence(arrow("COL", "ESP", 12), language("fr"))


@pytest.mark.parametrize(
    ("code", "words"),
    [
        ("en", "fewer than five"),
        ("es", "menos de cinco"),
        ("pt", "menos de cinco"),
        ("fr", "moins de cinq"),
    ],
)
def test_a_masked_arrow_says_fewer_than_five(code, words):
    """UNODC prints "<5"; of several years each is fewer than five, not their sum."""
    for low in (0, 1):
        one = sentence(arrow("COL", "ESP", low, 4), language(code))
        assert words in one
        assert "4" not in one
    two = sentence(arrow("COL", "ESP", 0, 8, records=2, years=[2014, 2015]), language(code))
    assert words in two
    assert "8" not in two
    # Two records of one year may be more than five together.
    assert language(code).interval(0, 8) in sentence(arrow("COL", "ESP", 0, 8, records=2, years=[2015]), language(code))
