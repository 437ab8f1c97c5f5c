"""A place for a figure: its size and its theme."""

import pytest

from dashboard.charts.medium import Medium


@pytest.mark.parametrize(
    ("width", "narrow", "height"), [(640, True, 520.0), (1280, False, 678.4), (1680, False, 760.0)]
)
def test_a_wide_map_fits_on_a_screen(width, narrow, height):
    view = Medium(width, dark=False)
    assert view.narrow is narrow
    assert view.size == (width, pytest.approx(height))
    assert view.theme == "light"


@pytest.mark.parametrize(
    ("width", "stage", "half"),
    [(640, 0, False), (641, 0, True), (840, 0, True), (880, 0, True), (1280, 0, False), (840, 700, False)],
)
def test_a_map_on_half_of_a_wide_screen_or_on_a_tablet_is_stacked(width, stage, half):
    assert Medium(width, dark=False, stage=stage).half is half
