import itertools
import math
from dataclasses import replace

import pytest
import shapely

from dashboard.charts.labels import AFTER, CODE, DIGIT, SPACE, apart, in_words, placed, targets, untangled
from dashboard.charts.medium import PHONE, WALL, WIDE, Medium
from dashboard.charts.panels import REGION, Panel, Rectangle, sheet
from dashboard.charts.render import metrics
from data.i18n import LANGUAGES, language

CODES = frozenset({"BRA", "URY"})
AT = {"BRA": (-1700.0, 3500.0), "URY": (2400.0, -4500.0)}
PANEL = Panel("", REGION, Rectangle(0, 0, REGION.width / 20, REGION.height / 20), CODES)


def label(code, figure="1.5", beside=0.0):
    labels = placed(PANEL, AT, list(CODES), lambda _: figure, lambda _: beside)
    return next(candidate for candidate in labels if candidate.area == code)


def test_a_large_state_carries_its_label_inside_in_two_lines():
    assert label("BRA").text == "<b>BRA</b><br>1.5"
    assert (label("BRA").at.x, label("BRA").at.y) == AT["BRA"]


def test_a_small_state_carries_it_outside_in_one():
    assert label("URY").text == "<b>URY</b> 1.5"
    assert label("URY").at.away
    assert label("URY").at.x == 2400 + 30 * 20


def test_a_label_is_pulled_back_from_the_edge():
    long = label("URY", "123,456,789,012,345,678", beside=30)
    assert long.at.x + (CODE + AFTER + (SPACE + 23) * DIGIT + 30) * PANEL.scale == pytest.approx(REGION.right)


def test_without_a_figure_only_the_code_is_shown():
    assert label("BRA", "").text == "<b>BRA</b>"


@pytest.mark.parametrize(("medium", "pixels"), [(PHONE, 44), (WIDE, 26)])
def test_labels_are_large_enough_to_tap(medium, pixels):
    trace = targets(PANEL, [label("BRA")], lambda code: f"about {code}", medium=medium, written=[])
    assert trace["marker"]["size"] == pixels
    assert trace["customdata"] == [["BRA"]]
    assert trace["hovertext"] == ["about BRA"]


def test_the_text_of_a_label_answers_as_its_mark_does():
    labels = [label("BRA"), label("URY")]
    trace = targets(PANEL, labels, str, medium=WALL, written=[replace(labels[1], radius=5.5)])
    ((number, x, y, left, bottom, right, top),) = trace["meta"]["words"]
    assert trace["customdata"][number] == ["URY"]
    assert (x, y) == (labels[1].at.x, labels[1].at.y)
    # Beside its symbol, one line high: "URY 1.5" is about eight letters wide.
    assert left == round(5.5 + AFTER)
    assert 45 < right - left < 65
    assert (bottom, top) == (-8, 8)


@pytest.mark.parametrize(("medium", "letters"), [(WIDE, 9), (WALL, 9), (PHONE, 4)])
def test_no_text_that_answers_is_over_the_mark_of_another_state(published, medium, letters):
    states = frozenset(published.of_kind("state"))
    for panel in sheet(states, medium, key=90).panels:
        found = placed(panel, published.points, list(states), lambda _: "0" * letters, lambda _: 11)
        found = untangled(panel, [replace(one, radius=5.5) if one.at.away else one for one in found])
        words = targets(panel, found, str, medium=medium, written=found)["meta"]["words"]
        assert len(words) == len(found) > 3
        for (number, x, y, left, bottom, right, top), (at, mark) in itertools.product(words, enumerate(found)):
            across, up = (mark.at.x - x) / panel.scale, (mark.at.y - y) / panel.scale
            assert number == at or not (left < across < right and bottom < up < top), (found[number].area, mark.area)


def test_a_text_is_measured_once_for_all_places_that_are_tried(monkeypatch):
    """A document of Region spent a quarter of its time on it."""
    there, measured = label("URY"), []
    monkeypatch.setattr(metrics, "width", lambda text, *_args, **_kinds: measured.append(text) or 50.0)
    # All of the map is taken, so every place is tried.
    everywhere = [(-1000.0, -1000.0, 1000.0, 1000.0)]
    assert apart(PANEL, [replace(there, at=replace(there.at, away=True))], everywhere)[0].at == there.at
    assert 1 < len(measured) < 10


def boxes(panel, points, letters):
    """The rectangles of every label in pixels, one for each line of 15 pixels; its figure as wide as `letters`."""
    wide = (1 + letters) * DIGIT
    for spot in placed(panel, points, list(points), lambda _: "0" * letters, lambda _: 11):
        x, y = spot.at.x / panel.scale, spot.at.y / panel.scale
        beside, below = [(0, CODE + wide)], [(9, CODE), (-9, wide - DIGIT)]
        lines = beside if spot.at.away or not letters else below
        for up, across in lines:
            left = {"right": x, "left": x - across, "center": x - across / 2}[spot.at.side]
            yield spot.area, (left, y + up - 7.5, left + across, y + up + 7.5)


def meet(one, other):
    return not (one[2] <= other[0] or other[2] <= one[0] or one[3] <= other[1] or other[3] <= one[1])


@pytest.mark.parametrize(
    ("medium", "letters"),
    # The map on screens of 1124, 1366 and 1920 pixels, on tablets, and on a phone. On stage names stand in full:
    # tests/dashboard/stage/test_labels_of_maps.py.
    [(Medium(1040), 4), (WIDE, 4), (WALL, 8), (Medium(641), 8), (Medium(1000), 8), (PHONE, 4)],
)
def test_no_two_labels_of_the_real_map_collide(published, medium, letters):
    states = frozenset(published.of_kind("state"))
    points = {code: published.points[code] for code in states}
    for panel in sheet(states, medium, key=90).panels:
        pairs = itertools.combinations(boxes(panel, points, letters), 2)
        assert [(a, b) for (a, one), (b, other) in pairs if a != b and meet(one, other)] == []


@pytest.mark.parametrize("medium", [WIDE, WALL])
def test_symbols_of_neighbors_are_apart_even_where_long_labels_push_them_back(published, medium):
    """The symbols stand at the ends of leader lines, 11 pixels wide; "(2001)" is the longest label of Instruments."""
    states = frozenset(published.of_kind("state"))
    for panel in sheet(states, medium, key=90).panels:
        found = placed(panel, published.points, list(states), lambda _: "(2001)", lambda _: 11)
        away = {one.area: (one.at.x / panel.scale, one.at.y / panel.scale) for one in found if one.at.away}
        near = [(a, b) for a, b in itertools.combinations(away, 2) if math.dist(away[a], away[b]) < 18]
        assert near == []


@pytest.mark.parametrize("height", [308, 332])
def test_codes_alone_do_not_collide_on_a_low_stage(published, height):
    """The map of routes places its names where the codes are."""
    states = frozenset(published.of_kind("state"))
    points = {code: published.points[code] for code in states}
    for panel in sheet(states, Medium(930, height), key=104).panels:
        found = list(boxes(panel, points, 0))
        pairs = itertools.combinations(found, 2)
        assert [(a, b) for (a, one), (b, other) in pairs if a != b and meet(one, other)] == []


@pytest.mark.parametrize("code", LANGUAGES)
def test_on_a_wide_screen_names_outside_their_states_are_on_no_other_one(published, code):
    """Most of them: beside small states that lie between others there is no room."""
    lang, states = language(code), frozenset(published.of_kind("state"))
    astray, named = [], 0
    for panel in sheet(states, WALL, key=90).panels:
        found = placed(panel, published.points, list(states), lambda _: "0.16", lambda _: 11)
        for label in in_words(panel, found, lang.country, [], published.lands):
            named += lang.country(label.area).split()[0] in label.text
            point = shapely.Point(label.at.x, label.at.y)
            on = [one for one, land in published.lands.items() if one != label.area and land.contains(point)]
            astray += [label.area] if label.at.away and on else []
    assert named >= 32
    assert len(astray) <= 1
