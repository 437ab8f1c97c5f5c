import pytest

from dashboard.charts.panels import Window


@pytest.mark.parametrize(
    ("other", "expected"), [(Window(5, 5, 20, 20), True), (Window(11, 0, 20, 10), False), (Window(0, 11, 9, 20), False)]
)
def test_windows_meet(other, expected):
    assert Window(0, 0, 10, 10).meets(other) is expected
