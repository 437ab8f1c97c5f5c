import itertools

import pytest

from dashboard.charts.labels import LETTER, placed, targets
from dashboard.charts.panels import REGION, WIDE, Box, Panel, sheet

CODES = frozenset({"USA", "URY"})
AT = {"USA": (-1700.0, 3500.0), "URY": (2400.0, -4500.0)}
PANEL = Panel("", REGION, Box(0, 0, REGION.width / 20, REGION.height / 20), CODES)


def label(code, figure="1.5", beside=0.0):
    labels = placed(PANEL, AT, list(CODES), lambda _: figure, lambda _: beside)
    return next(candidate for candidate in labels if candidate.area == code)


def test_a_large_state_carries_its_label_inside_in_two_lines():
    assert label("USA").text == "<b>USA</b><br>1.5"
    assert (label("USA").at.x, label("USA").at.y) == AT["USA"]


def test_a_small_state_carries_it_outside_in_one():
    assert label("URY").text == "<b>URY</b> 1.5"
    assert label("URY").at.away
    assert label("URY").at.x == 2400 + 30 * 20


def test_a_label_is_pulled_back_from_the_edge():
    long = label("URY", "123,456,789,012,345,678", beside=30)
    assert long.at.x + ((4 + 23) * LETTER + 30) * PANEL.scale == pytest.approx(REGION.right)


def test_without_a_figure_only_the_code_is_shown():
    assert label("USA", "").text == "<b>USA</b>"


@pytest.mark.parametrize(("narrow", "pixels"), [(True, 44), (False, 26)])
def test_labels_are_large_enough_to_tap(narrow, pixels):
    trace = targets(PANEL, [label("USA")], lambda code: f"about {code}", narrow=narrow)
    assert trace["marker"]["size"] == pixels
    assert trace["customdata"] == [["USA"]]
    assert trace["hovertext"] == ["about USA"]


def boxes(panel, points, letters):
    """The rectangle of every label in pixels: its words as wide as `letters`, on lines of 16 pixels."""
    figure = "0" * letters
    for spot in placed(panel, points, list(points), lambda _: figure, lambda _: 11):
        x, y = spot.at.x / panel.scale, spot.at.y / panel.scale
        wide, tall = ((4 + letters) * LETTER, 8) if spot.at.away else (3 * LETTER, 16)
        left = {"right": x, "left": x - wide, "center": x - wide / 2}[spot.at.side]
        yield spot.area, (left, y - tall, left + wide, y + tall)


def meet(one, other):
    return not (one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1])


@pytest.mark.parametrize(
    ("size", "narrow", "letters"),
    # The widths of the map on screens of 1366 and 1920 pixels, in print, and on a phone.
    [((1280.0, 678.0), False, 4), ((1840.0, 760.0), False, 4), (WIDE, False, 4), (WIDE, False, 9), (WIDE, True, 3)],
)
def test_no_two_labels_of_the_real_map_collide(published, size, narrow, letters):
    states = frozenset(published.of_kind("state"))
    points = {code: published.points[code] for code in states}
    for panel in sheet(states, narrow=narrow, notes=4, size=size).panels:
        pairs = itertools.combinations(boxes(panel, points, letters), 2)
        assert [(a, b) for (a, one), (b, other) in pairs if meet(one, other)] == []
