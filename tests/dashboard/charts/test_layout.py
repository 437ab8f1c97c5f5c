import pytest

from dashboard.charts.layout import layout, without_long_title
from dashboard.charts.medium import PHONE, WALL, WIDE
from dashboard.charts.panels import sheet
from tests.dashboard.charts.map_samples import STATES

ALL = frozenset(STATES)


def test_axes_are_fixed_equal_and_invisible():
    place = sheet(ALL, WALL, notes=1)
    drawn = layout(place, "Title", ".,")
    for axis in ("", "2"):
        assert drawn[f"yaxis{axis}"]["scaleanchor"] == f"x{axis}"
        for letter in "xy":
            assert drawn[f"{letter}axis{axis}"]["fixedrange"]
            assert not drawn[f"{letter}axis{axis}"]["visible"]
            low, high = drawn[f"{letter}axis{axis}"]["domain"]
            assert 0 <= low < high <= 1
    assert drawn["annotations"][0]["text"] == "<b>Title</b>"


def test_an_empty_title_is_omitted():
    assert layout(sheet(ALL, PHONE), "", ".,")["annotations"] == []


@pytest.mark.parametrize(("words", "above"), [(4, False), (24, False), (60, True)])
def test_a_title_longer_than_two_lines_leaves_the_figure_for_its_heading(words, above):
    title = " ".join(["trafficking"] * words)
    place = sheet(ALL, WIDE, notes=1)
    spec = {"data": [], "layout": layout(place, title, ".,")}
    found, moved = without_long_title(spec)
    assert moved == (title if above else "")
    assert bool(found["layout"]["annotations"]) is not above
    assert spec["layout"]["annotations"]
