from dataclasses import replace

import numpy as np
import pytest
from shapely import Point, Polygon, box

from dashboard.charts.panels import LESSER, Window
from dashboard.subjects.routes.figures.widths import share
from tests.dashboard.subjects.routes.arrow_samples import INSET, MAIN, NODES, canvas, row


def polygon(outline):
    return Polygon(zip(outline.x, outline.y, strict=True))


def test_an_arrow_runs_from_outside_one_marker_to_the_edge_of_the_other():
    shape = polygon(canvas().outline(row("MEX", "USA", 100)))
    assert shape.distance(Point(NODES["USA"])) == pytest.approx(canvas().gap("USA"), rel=0.02)
    assert shape.distance(Point(NODES["MEX"])) > 0


def test_arrows_avoid_the_ring_of_a_state():
    with_ring = canvas(rings={"USA": 10_000.0})
    # 4% of the width of the Americas in kilometers.
    wide = share(10_000.0, "counted") * 10_300
    assert wide == pytest.approx(412)
    assert with_ring.gap("USA") > canvas().gap("USA") + 0.9 * wide
    outer = polygon(with_ring.outline(row("MEX", "USA", 100)))
    assert outer.distance(Point(NODES["USA"])) == pytest.approx(with_ring.gap("USA"), rel=0.02)


def test_a_ring_is_an_open_circle():
    outline = canvas().outline(row("USA", "USA", 100))
    assert outline.x.count(None) == 1
    hole = Polygon(list(zip(outline.x, outline.y, strict=True))[outline.x.index(None) + 1 :])
    assert hole.contains(Point(NODES["USA"]))


def test_a_transit_route_curves_more_than_a_direct_one():
    direct, through = row("MEX", "USA", 9), row("MEX", "USA", 9, leg="to_transit", transit="USA")
    start, end = (np.array(NODES[code]) for code in ("MEX", "USA"))
    off = [np.hypot(*(np.array(canvas().handle(route)) - (start + end) / 2)) for route in (direct, through)]
    assert off[1] > 1.2 * off[0]


def test_arrows_from_the_left_edge_do_not_cross_the_names_there():
    assert canvas().handle(row("CHN", "USA", 9))[0] > (NODES["CHN"][0] + NODES["USA"][0]) / 2
    assert canvas().handle(row("ESP", "PER", 9))[0] < (NODES["ESP"][0] + NODES["PER"][0]) / 2


def test_an_arrow_extends_just_beyond_the_edge_of_an_inset():
    window, wide = INSET.window, INSET.window.width
    shape = polygon(canvas(INSET).outline(row("CHN", "HND", 100)))
    frame = box(window.left, window.bottom, window.right, window.top)
    assert frame.buffer(0.03 * wide, join_style="mitre").contains(shape)
    assert not frame.contains(shape)
    assert Point(NODES["HND"]).distance(shape) == pytest.approx(canvas(INSET).gap("HND"), rel=0.02)
    # The visible part equals that of the same arrow on a larger panel.
    large = replace(INSET.box, width=18_000 / INSET.scale, height=18_000 / INSET.scale)
    whole = replace(INSET, window=Window(-9000.0, -9000.0, 9000.0, 9000.0), box=large)
    far = polygon(canvas(whole).outline(row("CHN", "HND", 100)))
    assert far.area > 1.5 * shape.area
    assert shape.intersection(frame).area == pytest.approx(far.intersection(frame).area, rel=0.001)


def test_an_arrow_that_misses_an_inset_is_not_drawn():
    assert canvas(INSET).outline(row("PER", "ARG", 100)).x == []


def test_kilometers_are_integers_when_a_pixel_spans_several():
    assert MAIN.scale > 3
    assert all(isinstance(value, int) for value in canvas().outline(row("MEX", "USA", 100)).x)
    assert LESSER.width / MAIN.box.width < 3
    near = canvas(replace(MAIN, window=LESSER, axis="2"))
    assert not all(isinstance(value, int) for value in near.outline(row("USA", "PER", 100)).x)


def test_a_hop_between_neighbors_bows_out():
    near = replace(canvas(), nodes={"HTI": (0.0, 0.0), "DOM": (18 * MAIN.scale, 0.0)})
    shape = polygon(near.outline(row("HTI", "DOM", 100)))
    # Two marks 18 pixels apart: a straight arrow between them would be a stub of less than 5 pixels.
    low, high = shape.bounds[1] / MAIN.scale, shape.bounds[3] / MAIN.scale
    assert high - min(low, 0.0) > 12
    assert near.handle(row("HTI", "DOM", 100))[1] / MAIN.scale == pytest.approx(16, abs=1)


def test_heads_end_close_to_their_mark_however_many_there_are():
    crowd = [
        row(code, "USA", 400 - rank) for rank, code in enumerate(["MEX", "HND", "GTM", "CHN", "ESP", "PER", "ARG"])
    ]
    arranged = canvas().arranged(crowd, [])
    for one in crowd:
        tip = polygon(arranged.outline(one)).distance(Point(NODES["USA"])) / MAIN.scale
        # The radius of the mark is 4.5 pixels.
        assert 0 < tip - 4.5 <= 6
