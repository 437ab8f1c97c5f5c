from dashboard.charts.panels import Outline
from dashboard.subjects.routes.figures.arrow_traces import levels


def square(left, bottom, size=10):
    right, top = left + size, bottom + size
    return Outline([left, right, right, left, left], [bottom, bottom, top, top, bottom])


def test_separate_shapes_share_one_layer():
    assert levels([square(0, 0), square(20, 0), square(0, 20)], 1) == [0, 0, 0]
    assert levels([], 1) == []


def test_a_later_shape_is_above_everything_it_touches():
    # The third touches both others, the fourth only the third; the fifth touches nothing and can be at the bottom.
    assert levels([square(0, 0), square(5, 5), square(12, 12), square(21, 21), square(90, 90)], 0.1) == [0, 1, 2, 3, 0]


def test_edges_need_room():
    assert levels([square(0, 0), square(13, 0)], 1) == [0, 0]
    assert levels([square(0, 0), square(13, 0)], 2) == [0, 1]


def test_the_parts_of_a_shape_cut_by_an_inset_count_together():
    far = square(50, 50)
    parts = Outline([*square(0, 0).x, None, *far.x], [*square(0, 0).y, None, *far.y])
    assert levels([parts, square(55, 55), square(25, 25)], 1) == [0, 1, 0]
