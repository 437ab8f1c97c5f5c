"""The one rule of widths: square root, the same share of the map everywhere, never below the least."""

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from dashboard.charts.medium import PHONE, WALL
from dashboard.charts.panels import sheet
from dashboard.subjects.routes.figures.widths import LEAST, Widths, least_figure, share
from tests.dashboard.charts.map_samples import STATES

figures = st.floats(0, 1e6)


@given(figures, figures, st.sampled_from(["counted", "stated"]))
def test_a_larger_figure_is_never_thinner(one, other, evidence):
    low, high = sorted([one, other])
    assert LEAST <= share(low, evidence) <= share(high, evidence)


@pytest.mark.parametrize(("evidence", "figure"), [("counted", 400), ("counted", 10_000), ("stated", 4), ("stated", 25)])
def test_four_times_the_figure_is_twice_the_width(evidence, figure):
    assert share(4 * figure, evidence) == pytest.approx(2 * share(figure, evidence))


def test_the_rule_is_the_published_one():
    """docs/method.md: 4% of the map's width for 10,000 persons, 2.5% for 25 statements, at least 0.4%."""
    assert share(10_000, "counted") == pytest.approx(0.04)
    assert share(25, "stated") == pytest.approx(0.025)
    assert share(1, "counted") == share(100, "counted") == pytest.approx(0.004)
    assert share(1, "stated") == pytest.approx(0.025 / math.sqrt(25))
    assert share(1, "stated") < share(2, "stated")
    assert (least_figure("counted"), least_figure("stated")) == (100, 1)


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("notes", [1, 6])
def test_widths_are_shares_of_the_americas_on_every_sheet(medium, notes):
    place = sheet(frozenset(STATES), medium, notes=notes)
    widths = Widths.on(place, "stated")
    assert widths.pixels(25) / (10_300 / place.panels[0].scale) == pytest.approx(0.025)
    least, large = widths.examples()
    assert least == 1
    # Its head fits a row of the key.
    assert 1 < large <= 25
    assert widths.pixels(large) <= 10
