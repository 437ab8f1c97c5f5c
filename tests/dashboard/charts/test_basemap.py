import orjson
from shapely import Polygon

from dashboard.charts.panels import CARIBBEAN, INSET_STATES, REGION


def rings(outline):
    """The rings of an outline as lists of points."""
    loops = [[]]
    for x, y in zip(outline.x, outline.y, strict=True):
        if x is None:
            loops.append([])
        else:
            loops[-1].append((x, y))
    return loops


def test_outlines_are_cut_to_their_windows(basemap):
    assert "USA" in basemap.main
    assert "USA" not in basemap.inset
    assert set(basemap.inset) >= INSET_STATES


def test_a_square_stays_a_square(basemap):
    (ring,) = rings(basemap.main["USA"])
    assert Polygon(ring).bounds == (-2000, 3200, -1400, 3800)


def test_kinds_of_areas_are_separate(basemap):
    assert len(basemap.of_kind("state")) == 35
    assert basemap.of_kind("dependency") == ["GRL"]
    assert basemap.of_kind("disputed") == ["disputed:essequibo"]


def test_every_state_of_the_snapshot_is_inside_the_picture(published):
    for code in published.of_kind("state"):
        x, y = published.points[code]
        window = CARIBBEAN if code in INSET_STATES else REGION
        assert window.left < x < window.right, code
        assert window.bottom < y < window.top, code


def test_the_outlines_are_small(published):
    mainland = [published.main[code] for code in published.of_kind("state")]
    assert len(orjson.dumps([[outline.x, outline.y] for outline in mainland])) < 120_000


def test_no_state_is_lost_by_rounding(published):
    assert set(published.of_kind("state")) <= set(published.main)
    for code in INSET_STATES:
        assert sum(Polygon(ring).area for ring in rings(published.inset[code])) > 100, code
