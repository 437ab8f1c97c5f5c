import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely import LineString, Point, Polygon

from dashboard.subjects.routes.figures.ribbons import bow, middle, ribbon, ring

REACH = 6000.0
place = st.tuples(st.floats(-5000, 5000), st.floats(-5000, 5000)).map(np.array)
bearing = st.floats(0, 2 * np.pi)


def end_of(start: np.ndarray, angle: float, distance: float) -> np.ndarray:
    return start + distance * np.array([np.cos(angle), np.sin(angle)])


@given(place, bearing, st.floats(100, 9000), st.floats(1, 20))
def test_a_ribbon_is_a_closed_finite_outline(start, angle, distance, wide):
    points = ribbon(start, end_of(start, angle, distance), wide, gaps=(20, 30), reach=REACH)
    assert np.isfinite(points).all()
    assert (points[0] == points[-1]).all()
    assert Polygon(points).area > 0


@given(place, bearing, st.floats(100, 9000), st.floats(1, 20))
def test_the_tip_touches_the_destination_and_nothing_enters_the_circles(start, angle, distance, wide):
    end = end_of(start, angle, distance)
    points = ribbon(start, end, wide, gaps=(20, 30), reach=REACH)
    from_end = np.hypot(*(points - end).T)
    assert from_end.min() == pytest.approx(30, rel=1e-6)
    outline = Polygon(points)
    assert outline.distance(Point(*end)) == pytest.approx(30, rel=1e-6)
    assert outline.distance(Point(*start)) > 20 - wide


@given(place, bearing, st.floats(200, 9000), st.floats(0.01, 0.05))
def test_both_directions_stay_apart(start, angle, distance, share):
    end, gap = end_of(start, angle, distance), distance * 0.12
    there = ribbon(start, end, distance * share, gaps=(gap, gap), reach=REACH)
    back = ribbon(end, start, distance * share, gaps=(gap, gap), reach=REACH)
    assert Polygon(there).buffer(0).intersection(Polygon(back).buffer(0)).area == 0


def test_a_ribbon_leaves_on_the_left():
    there = middle(np.array([0.0, 0.0]), np.array([1000.0, 0.0]), REACH)
    assert there[1] > 0
    assert middle(np.array([0.0, 0.0]), np.array([1000.0, 0.0]), REACH, side=-1)[1] == pytest.approx(-there[1])


@given(st.floats(1, 20_000), st.floats(1.01, 3))
def test_long_flows_bow_more(distance, factor):
    assert bow(distance * factor, REACH) > bow(distance, REACH)
    assert bow(distance * factor, REACH) / (distance * factor) >= bow(distance, REACH) / distance - 1e-12


def test_a_thin_ribbon_still_has_a_head():
    points = ribbon(np.array([0.0, 0.0]), np.array([1000.0, 0.0]), 3, gaps=(10, 10), reach=REACH, head=30)
    tip = int(np.argmax(points[:, 0]))
    assert np.hypot(*(points[tip - 1] - points[tip + 1])) == pytest.approx(30)


@pytest.mark.parametrize(("wide", "tail", "expected"), [(3, 2, 2), (3, 9, 3), (20, 2, 10)])
def test_a_tail_is_half_as_wide_as_the_head_or_as_wide_as_wanted_and_never_wider_than_the_ribbon(wide, tail, expected):
    points = ribbon(np.array([0.0, 0.0]), np.array([1000.0, 0.0]), wide, gaps=(10, 10), reach=REACH, tail=tail)
    assert np.hypot(*(points[0] - points[-2])) == pytest.approx(expected)


def test_an_edge_widens_the_outline_and_leaves_the_tip_where_it_is():
    start, end = np.array([0.0, 0.0]), np.array([1000.0, 0.0])
    plain, edged = (ribbon(start, end, 20, gaps=(10, 10), reach=REACH, edge=edge) for edge in (0.0, 5.0))
    tail = [np.hypot(*(points[0] - points[-2])) for points in (plain, edged)]
    assert tail == pytest.approx([10, 20])
    tip = [min(np.hypot(*(points - end).T)) for points in (plain, edged)]
    assert tip == pytest.approx([10, 10])
    # Inside the edge the shaft is as wide as without an edge.
    assert Polygon(plain).buffer(5).difference(Polygon(edged).buffer(3)).area < 0.05 * Polygon(edged).area


def test_a_ring_has_a_hole():
    outer, inner = ring(np.array([5.0, 5.0]), 4, 10)
    washer = Polygon(outer, [inner])
    assert washer.area == pytest.approx(np.pi * (14**2 - 10**2), rel=0.01)
    # Drawn in opposite directions so that the hole stays open in one path.
    assert Polygon(outer).exterior.is_ccw != Polygon(inner).exterior.is_ccw


@given(place, bearing, st.floats(300, 9000), st.floats(3, 20))
def test_ribbons_follow_their_curve_within_a_sixth_of_a_pixel(start, angle, distance, pixel):
    end = end_of(start, angle, distance)
    rough = ribbon(start, end, 1, gaps=(20, 30), reach=REACH, pixel=pixel)
    fine = ribbon(start, end, 1, gaps=(20, 30), reach=REACH, pixel=pixel / 400)
    assert len(rough) < len(fine) / 8
    assert LineString(rough).hausdorff_distance(LineString(fine)) < pixel / 6 + 1


def test_a_ring_is_as_large_as_its_circles():
    outer, inner = ring(np.array([5.0, 5.0]), 4, 10)
    assert Polygon(outer).area == pytest.approx(np.pi * 14**2)
    assert Polygon(inner).area == pytest.approx(np.pi * 10**2)
