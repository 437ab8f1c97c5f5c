"""What a process holds of its snapshot."""

from dashboard import store
from dashboard.query import observed


def test_the_scales_never_move_with_the_year():
    breaks = observed.breaks("detected_victims_rate")
    assert list(breaks) == sorted(breaks)
    assert 1 <= len(breaks) <= 4


def test_the_largest_circle_is_the_largest_figure_of_any_year():
    rows = observed.whole(store.table("observations"), "detected_victims").collect()
    assert observed.largest("detected_victims") == max(rows["high"].drop_nulls())
    assert observed.largest("nothing") == 1.0


def test_every_outside_country_of_a_flow_has_a_place():
    flows = store.table("flows").select("origin", "destination").collect()
    codes = set(flows["origin"]) | set(flows["destination"])
    assert codes - {None} <= set(store.points()["area"])
