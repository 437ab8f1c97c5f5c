import pytest

from dashboard.charts.labels import PLACES, place
from dashboard.charts.panels import REGION, Panel, Rectangle
from tests.dashboard.charts.map_samples import STATES

# Twenty kilometres to a pixel.
PANEL = Panel("", REGION, Rectangle(0, 0, REGION.width / 20, REGION.height / 20), frozenset(STATES))


def test_offsets_are_pixels_of_the_panel():
    spot = place(PANEL, "URY", (2400.0, -4500.0))
    assert (spot.x, spot.y, spot.side, spot.away) == (3000.0, -5100.0, "right", True)


def test_a_state_without_an_offset_keeps_its_label_point():
    spot = place(PANEL, "BRA", (-1700.0, 3500.0))
    assert (spot.x, spot.y, spot.side, spot.away) == (-1700.0, 3500.0, "center", False)


@pytest.mark.parametrize(("area", "edge"), [("URY", REGION.right), ("CHL", REGION.left)])
def test_a_label_at_an_edge_is_pulled_back_by_its_room(area, edge):
    spot = place(PANEL, area, (edge, 0.0), room=100)
    assert abs(spot.x - edge) == pytest.approx(2000)
    assert REGION.left < spot.x < REGION.right


def test_offsets_are_of_states():
    assert [*PLACES] == ["usual", "staged", "named"]
    assert {area for places in PLACES.values() for area in places} <= set(STATES)


def test_a_label_at_the_lower_edge_is_whole():
    # Letters of 14 pixels, 20 kilometers a pixel.
    spot = place(PANEL, "URY", (2400.0, REGION.bottom))
    assert spot.y >= REGION.bottom + 7 * 20
