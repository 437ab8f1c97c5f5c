import itertools
from dataclasses import replace

import numpy as np
import pytest
from shapely import LineString, Polygon, box

from dashboard.subjects.routes.figures.lanes import APART, SIDES, Obstacle, UnplacedArrow, sides
from dashboard.subjects.routes.figures.ribbons import along, ribbon

REACH, FRAME = 300.0, (-400.0, -400.0, 400.0, 400.0)


def run(ends, start, end, *, wide=3.0, head=9.0, some=SIDES):
    return UnplacedArrow(
        ends, np.array(start, float), np.array(end, float), (8.0, 8.0), wide, head, REACH, 0.0, 1.0, (1.0, *some)
    )


def shape(arrow, side):
    return Polygon(ribbon(arrow.start, arrow.end, arrow.wide, gaps=arrow.gaps, reach=REACH, side=side, head=arrow.head))


def head(arrow, side):
    """The triangle of the head: the three points in the middle of the outline."""
    points = ribbon(arrow.start, arrow.end, arrow.wide, gaps=arrow.gaps, reach=REACH, side=side, head=arrow.head)
    tip = len(points) // 2 - 1
    return Polygon(points[tip - 1 : tip + 2])


def test_a_single_arrow_takes_its_preferred_side():
    assert sides([run("AB", (0, 0), (200, 0))], [], FRAME) == [1.0]
    assert sides([], [], FRAME) == []


@pytest.mark.parametrize("place", [(100, 48), (60, 40), (150, 25)])
def test_an_arrow_avoids_the_mark_of_another_state(place):
    arrow, (x, y) = run("AB", (0, 0), (200, 0)), place
    badge = (x - 12.0, y - 12.0, x + 12.0, y + 12.0)
    assert shape(arrow, 1.0).intersects(box(*badge))
    (side,) = sides([arrow], [Obstacle("C", badge)], FRAME)
    assert not shape(arrow, side).intersects(box(*badge))


def test_an_arrow_does_not_avoid_the_marker_at_its_end():
    assert sides([run("AB", (0, 0), (200, 0))], [Obstacle("B", (195.0, -5.0, 205.0, 5.0), own=0.0)], FRAME) == [1.0]


def test_heads_that_would_overlap_are_side_by_side():
    # From one direction, one behind the other: alone, they would overlap at the end.
    runs = [run("AZ", (0, 0), (200, 0)), run("BZ", (-30, 0), (200, 0)), run("CZ", (-60, 0), (200, 0))]
    assert head(runs[0], 1.0).intersects(head(runs[1], 1.0))
    chosen = sides(runs, [], FRAME)
    heads = [head(arrow, side) for arrow, side in zip(runs, chosen, strict=True)]
    for at, arrow in enumerate(heads):
        for other in heads[at + 1 :]:
            assert arrow.intersection(other).area < 0.1 * arrow.area


def test_both_directions_stay_apart_around_any_obstacle():
    there, back = run("AB", (0, 0), (200, 0), some=APART), run("BA", (200, 0), (0, 0), some=APART)
    wall = Obstacle("C", (50.0, 10.0, 150.0, 120.0))
    chosen = sides([there, back], [wall], FRAME)
    assert min(chosen) > 0
    assert not shape(there, chosen[0]).intersects(shape(back, chosen[1]))


def test_an_arrow_stays_on_the_panel():
    arrow = run("AB", (-390, 380), (390, 380))
    (side,) = sides([arrow], [], FRAME)
    points = shape(arrow, side).bounds
    assert shape(arrow, 1.0).bounds[3] > 500
    assert points[3] < 420


def test_the_layout_of_arrows_is_reproducible():
    rng = np.random.default_rng(3)
    places = rng.uniform(-300, 300, (8, 2))
    runs = [run((str(a), str(b)), places[a], places[b]) for a in range(8) for b in range(8) if a < b]
    marks = [Obstacle(str(at), (x - 10, y - 10, x + 30, y + 10)) for at, (x, y) in enumerate(places)]
    assert sides(runs, marks, FRAME) == sides(list(runs), list(marks), FRAME)


def test_many_arrows_cover_fewer_marks_than_without_avoidance():
    rng = np.random.default_rng(7)
    places = rng.uniform(-300, 300, (16, 2))
    pairs = [(a, b) for a in range(16) for b in range(a + 1, 16) if (a + b) % 4 == 1]
    runs = [run((str(a), str(b)), places[a], places[b]) for a, b in pairs]
    marks = [Obstacle(str(at), (x + 8, y - 10, x + 60, y + 10)) for at, (x, y) in enumerate(places)]

    def covered(chosen):
        """Square pixels of other states' marks under arrows."""
        return sum(
            shape(arrow, side).intersection(box(*mark.box)).area
            for arrow, side in zip(runs, chosen, strict=True)
            for mark in marks
            if mark.area not in arrow.ends
        )

    assert covered(sides(runs, marks, FRAME)) < 0.5 * covered([1.0] * len(runs))


def test_arrows_of_neighbors_to_one_place_do_not_cross():
    # Each would bow over the others.
    usual = {"A": (25.0, 1.5), "B": (0.0, 0.5), "C": (-25.0, -1.6)}
    runs = [replace(run((code, "Z"), (x, 0), (0, 120)), default=bows) for code, (x, bows) in usual.items()]
    assert crossings(runs, [one.default for one in runs]) > 1
    assert crossings(runs, sides(runs, [], FRAME)) == 0


def crossings(runs, chosen):
    """How often the middle lines of arrows cross away from their ends, from their curves as drawn without a width."""
    lines = [
        LineString(along(arrow.start, arrow.end, np.linspace(0.05, 0.95, 200), reach=REACH, side=side))
        for arrow, side in zip(runs, chosen, strict=True)
    ]
    return sum(one.crosses(other) for one, other in itertools.combinations(lines, 2))


def test_an_arrow_that_leaves_the_panel_avoids_a_small_mark_near_its_start():
    # Its end is so far away that samples of all of its way would be further apart than the mark is wide.
    far, frame = run("AB", (-150, 0), (4000, 0)), (-200.0, -150.0, 200.0, 150.0)
    (x, y), _ = along(far.start, far.end, np.array([0.012, 1.0]), reach=REACH)
    mark = (x - 5.0, y - 5.0, x + 5.0, y + 5.0)
    assert shape(far, 1.0).intersects(box(*mark))
    assert sides([far], [], frame) == [1.0]
    (side,) = sides([far], [Obstacle("C", mark)], frame)
    assert not shape(far, side).intersects(box(*mark))
