import polars as pl
import pytest

from dashboard.charts.colors import COLORS
from dashboard.charts.labels import placed
from dashboard.charts.medium import PHONE, WALL
from dashboard.charts.panels import sheet
from dashboard.subjects.routes.figures.badges import SHAPES, badges, by_area, room, sentences
from tests.dashboard.charts.map_samples import AT, STATES, roles

LIGHT = COLORS
MAIN = sheet(frozenset(STATES), WALL, notes=1).panels[0]
HELD = by_area(
    roles(("CHL", "transit", 2011), ("CHL", "origin", 2009), ("BRA", "internal", 2010)).with_columns(
        silent=pl.when(area="CHL", role="origin").then(3).otherwise(0)
    )
)


def test_roles_have_their_year_and_a_fixed_order():
    assert [(badge.role, badge.year) for badge in HELD["CHL"]] == [("origin", 2009), ("transit", 2011)]


def test_no_roles_no_badges():
    assert by_area(roles()) == {}
    assert badges(MAIN, [], {}, WALL) == []


def corners(trace, label, panel):
    """The position of each shape in pixels from the label's point."""
    places = zip(trace["marker"]["symbol"], trace["x"], trace["y"], strict=True)
    return {symbol: ((x - label.at.x) / panel.scale, (y - label.at.y) / panel.scale) for symbol, x, y in places}


@pytest.mark.parametrize("medium", [WALL, PHONE])
def test_badges_start_where_the_label_ends(medium):
    panel = sheet(frozenset(STATES), medium, notes=1).panels[0]
    labels = placed(panel, AT, ["BRA", "CHL"], lambda _: "", lambda _: 0)
    for label in labels:
        (trace,) = badges(panel, [label], HELD, medium)
        # Chile's label grows to the left; a code takes some 30 pixels.
        way = -1 if label.area == "CHL" else 1
        assert all(way * x - trace["marker"]["size"] / 2 > 30 for x, _ in corners(trace, label, panel).values())


def test_each_role_has_its_own_corner_on_either_side_of_the_label():
    every = by_area(roles(*((code, role, 2011) for code in ("CHL", "URY") for role in SHAPES)))
    for label in placed(MAIN, AT, ["CHL", "URY"], lambda _: "", lambda _: 0):
        (trace,) = badges(MAIN, [label], every, WALL)
        places = corners(trace, label, MAIN)
        origin, transit, destination, internal = (places[symbol] for symbol in SHAPES.values())
        assert origin[0] == pytest.approx(destination[0], abs=0.1)
        assert transit[0] == pytest.approx(internal[0], abs=0.1)
        assert transit[0] - origin[0] >= trace["marker"]["size"]
        assert origin[1] - destination[1] >= trace["marker"]["size"]
        assert origin[1] == pytest.approx(transit[1], abs=0.1)


def test_a_role_that_is_not_stated_leaves_its_corner_empty():
    stated = by_area(roles(*(("URY", role, 2011) for role in ("origin", "destination", "internal"))))
    (label,) = placed(MAIN, AT, ["URY"], lambda _: "", lambda _: 0)
    (trace,) = badges(MAIN, [label], stated, WALL)
    places = corners(trace, label, MAIN)
    assert places["triangle-up"][0] == pytest.approx(places["square"][0], abs=0.1)
    assert places["circle"][0] - places["square"][0] > 9
    assert places["circle"][1] == pytest.approx(places["square"][1], abs=0.1)


@pytest.mark.parametrize(("code", "way"), [("CHL", -1), ("URY", 1)])
def test_one_or_two_roles_are_in_a_row_at_the_code(code, way):
    (label,) = placed(MAIN, AT, [code], lambda _: "", lambda _: 0)
    (single,) = badges(MAIN, [label], by_area(roles((code, "destination", 2011))), WALL)
    (two,) = badges(MAIN, [label], by_area(roles((code, "origin", 2011), (code, "internal", 2011))), WALL)
    assert set(single["y"]) == set(two["y"]) == {round(label.at.y)}
    # A single badge is where the nearer of two would be.
    assert single["x"] == [min(two["x"], key=lambda x: abs(x - label.at.x))]
    assert 30 < way * (single["x"][0] - label.at.x) / MAIN.scale < 50
    assert two["marker"]["symbol"] == ["triangle-up", "circle"]
    assert two["x"][0] < two["x"][1]


def test_each_badge_carries_its_pixel_offset_from_the_label():
    """So that zooming does not separate badges from the code."""
    labels = placed(MAIN, AT, ["BRA", "CHL"], lambda _: "", lambda _: 0)
    (trace,) = badges(MAIN, labels, HELD, WALL)
    offsets = trace["meta"]
    owners = [label for label in labels for _ in HELD[label.area]]
    for axis, pixels in (("x", "right"), ("y", "up")):
        places = [value - step * offsets["scale"] for value, step in zip(trace[axis], offsets[pixels], strict=True)]
        assert places == pytest.approx([getattr(label.at, axis) for label in owners], abs=0.6)


def test_a_role_has_its_own_shape_and_color():
    assert len(set(SHAPES.values())) == len({LIGHT.roles[role] for role in SHAPES}) == 4


def test_only_badges_need_room():
    assert room(HELD["CHL"], WALL) > 20
    assert room([], WALL) == room([], PHONE) == 0


def test_words_name_role_year_and_source_and_say_that_later_reports_are_silent(english):
    text = sentences(HELD["CHL"], english)
    assert text.count("<br>") == 2
    assert text.split("<br>")[1:] == [
        "Origin (2009, R. Frank, Human Trafficking Indicators); not mentioned in the 3 reports since",
        "Transit (2011, R. Frank, Human Trafficking Indicators)",
    ]
