import pytest

from dashboard.figures.badges import SHAPES, badges, by_area, room, sentences
from dashboard.figures.labels import placed
from dashboard.figures.palette import PALETTES
from dashboard.figures.panels import sheet
from tests.dashboard.figures.map_samples import AT, STATES, roles

LIGHT = PALETTES["light"]
MAIN = sheet(frozenset(STATES), narrow=False, notes=1).panels[0]
HELD = by_area(
    roles(("CHL", "transit", 2011), ("CHL", "origin", 2009), ("CHL", "origin", 2011), ("BRA", "internal", 2010))
)


def test_each_role_once_with_its_latest_year_in_a_fixed_order():
    assert [(one.role, one.year) for one in HELD["CHL"]] == [("origin", 2011), ("transit", 2011)]


def test_no_roles_no_badges():
    assert by_area(roles()) == {}
    assert badges(MAIN, [], {}, LIGHT, narrow=False) == []


def test_badges_go_on_where_the_label_ends():
    labels = placed(MAIN, AT, ["BRA", "CHL"], lambda _: "", lambda _: 0)
    (trace,) = badges(MAIN, labels, HELD, LIGHT, narrow=False)
    spots = dict(zip(zip(trace["marker"]["symbol"], trace["y"], strict=True), trace["x"], strict=True))
    chile = next(label for label in labels if label.area == "CHL").at
    left = [x for (symbol, _), x in spots.items() if symbol in {"triangle-up", "diamond"}]
    # Chile's label grows to the left, so that its badges lie further left, one beside the other.
    assert all(x < chile.x - 30 * MAIN.scale for x in left)
    assert max(left) - min(left) == pytest.approx(14 * MAIN.scale, abs=0.2)


def test_on_a_phone_they_lie_under_the_label():
    labels = placed(MAIN, AT, ["BRA"], lambda _: "", lambda _: 0)
    (trace,) = badges(MAIN, labels, HELD, LIGHT, narrow=True)
    assert trace["y"][0] < labels[0].at.y


def test_a_role_is_known_by_its_shape_and_by_its_colour():
    assert len(set(SHAPES.values())) == len({LIGHT.roles[role] for role in SHAPES}) == 4


def test_more_badges_need_more_room():
    assert room(HELD["CHL"], narrow=False) > room(HELD["BRA"], narrow=False) > 0
    assert room(HELD["BRA"], narrow=True) == 0


def test_words_name_role_year_and_source(english):
    said = sentences(HELD["CHL"], english)
    assert said.count("<br>") == 2
    assert "Origin: stated in 2011" in said
