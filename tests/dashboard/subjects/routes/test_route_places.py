import pytest

from dashboard.charts.labels import placed
from dashboard.charts.medium import WALL
from dashboard.charts.panels import sheet
from dashboard.subjects.routes.figures.map import NEAR_DOT, TIED, beside
from tests.dashboard.charts.map_samples import AT, STATES

MAIN = sheet(frozenset(STATES), WALL, notes=1).panels[0]


def label(code):
    (placed_label,) = placed(MAIN, AT, [code], lambda _: "", lambda _: 0)
    return placed_label


def off(placed_label):
    """Pixels right and up of the state's point."""
    return (placed_label.at.x - placed_label.point[0]) / MAIN.scale, (
        placed_label.at.y - placed_label.point[1]
    ) / MAIN.scale


def test_places_belong_to_states():
    assert set(NEAR_DOT) | set(TIED) <= set(STATES)
    assert set(NEAR_DOT).isdisjoint(TIED)


def test_a_label_inside_its_land_makes_room_for_a_ring():
    assert off(beside(label("BRA"), MAIN, 0)) == pytest.approx((7, -13))
    right, up = off(beside(label("BRA"), MAIN, 20))
    assert right > 7
    assert up < -13
    # To the left of the marker it moves to the left.
    assert off(beside(label("PER"), MAIN, 20))[0] < off(beside(label("PER"), MAIN, 0))[0] < 0


def test_a_label_at_sea_has_a_leader_line_and_stays_there():
    bolivia = beside(label("BOL"), MAIN, 0)
    assert (label("BOL").at.away, bolivia.at.away, bolivia.at.side) == (False, True, "left")
    assert bolivia == beside(label("BOL"), MAIN, 20)


def test_a_wide_ring_has_its_label_on_it():
    right, up = off(beside(label("BRA"), MAIN, 40))
    assert (right, beside(label("BRA"), MAIN, 40).at.side) == (0, "center")
    # Above the marker, whose radius is 4.5 pixels, and half of three letters within the ring.
    assert 4.5 + 7 < up < 40 - 7


def test_the_label_of_argentina_is_nearer_to_it_than_the_tip_of_the_continent():
    assert max(map(abs, off(beside(label("ARG"), MAIN, 0)))) < 58


def test_a_label_offset_on_every_map_is_unchanged():
    assert beside(label("URY"), MAIN, 20) == label("URY")


def test_leader_lines_of_guyana_and_suriname_do_not_cross():
    guyana, suriname = (beside(label(code), MAIN, 0) for code in ("GUY", "SUR"))
    assert guyana.at.y < suriname.at.y - 20 * MAIN.scale
    assert guyana.point[0] < suriname.point[0]
