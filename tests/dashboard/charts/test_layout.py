from dashboard.charts.layout import layout
from dashboard.charts.medium import PHONE, WALL
from dashboard.charts.panels import sheet
from tests.dashboard.charts.map_samples import STATES

ALL = frozenset(STATES)


def test_axes_are_fixed_equal_and_invisible():
    place = sheet(ALL, WALL, notes=1)
    drawn = layout(place, ".,")
    for axis in ("", "2"):
        assert drawn[f"yaxis{axis}"]["scaleanchor"] == f"x{axis}"
        for letter in "xy":
            assert drawn[f"{letter}axis{axis}"]["fixedrange"]
            assert not drawn[f"{letter}axis{axis}"]["visible"]
            low, high = drawn[f"{letter}axis{axis}"]["domain"]
            assert 0 <= low < high <= 1


def test_a_figure_has_no_words_of_its_frame():
    assert layout(sheet(ALL, PHONE), ".,")["annotations"] == []
