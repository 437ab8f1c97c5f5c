import pytest

from dashboard.charts.labels import placed
from dashboard.charts.medium import PHONE, WALL
from dashboard.charts.panels import sheet
from dashboard.subjects.routes.figures.badges import badges, by_area
from dashboard.subjects.routes.figures.margin import Outsider, obstacles
from tests.dashboard.charts.map_samples import AT, STATES, roles

MAIN, _ = sheet(frozenset(STATES), WALL, notes=1).panels
HELD = by_area(roles(("CHL", "transit", 2011), ("CHL", "origin", 2009), ("CHL", "internal", 2011)))
SPAIN = Outsider("ESP", 5300.0, 3500.0, "right")


def placed_obstacles(areas=("BRA", "CHL"), outsiders=()):
    labels = placed(MAIN, AT, areas, lambda _: "", lambda _: 0)
    return labels, obstacles(MAIN, labels, HELD, outsiders, {"ESP": "Spain"}, WALL)


def test_a_state_has_a_marker_and_a_code_and_one_with_roles_has_badges():
    _, marks = placed_obstacles()
    assert [mark.area for mark in marks] == ["BRA", "BRA", "CHL", "CHL", "CHL"]


@pytest.mark.parametrize("medium", [WALL, PHONE])
def test_the_badges_are_inside_their_rectangle(medium):
    panel = sheet(frozenset(STATES), medium, notes=1).panels[0]
    labels = placed(panel, AT, ["CHL"], lambda _: "", lambda _: 0)
    *_, (left, bottom, right, top) = (mark.box for mark in obstacles(panel, labels, HELD, (), {}, medium))
    (trace,) = badges(panel, labels, HELD, medium)
    for x, y in zip(trace["x"], trace["y"], strict=True):
        assert left < x / panel.scale < right
        assert bottom < y / panel.scale < top


def test_the_marker_is_on_the_place_and_the_code_beside_it():
    _, (dot, code, *_) = placed_obstacles(["BRA"])
    x, y = (value / MAIN.scale for value in AT["BRA"])
    assert dot.box[0] < x < dot.box[2]
    assert dot.box[1] < y < dot.box[3]
    assert code.box[2] - code.box[0] == 30


def test_arrows_of_the_state_itself_may_touch_its_marker():
    _, (dot, code, *_) = placed_obstacles(["BRA"])
    assert dot.own == 0 < code.own


def test_a_name_at_the_edge_is_as_long_as_its_letters():
    _, marks = placed_obstacles([], [SPAIN])
    assert [mark.area for mark in marks] == ["ESP", "ESP"]
    left, _, right, _ = marks[1].box
    assert left > SPAIN.x / MAIN.scale
    assert 30 < right - left < 60
