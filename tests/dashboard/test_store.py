"""What a process holds of its snapshot."""

import polars as pl

from dashboard import store
from dashboard.store import Tables, cached
from dashboard.subjects.states import query as states_query


def test_the_scales_never_move_with_the_year():
    breaks = states_query.breaks("detected_victims_rate")
    assert list(breaks) == sorted(breaks)
    assert 1 <= len(breaks) <= 4


def test_the_largest_circle_is_the_largest_figure_of_any_year():
    rows = states_query.whole(store.tables().table("observations"), "detected_victims").collect()
    assert states_query.largest("detected_victims") == max(rows["high"].drop_nulls())
    assert states_query.largest("nothing") == 1.0


def test_every_outside_country_of_a_flow_has_a_place():
    flows = store.tables().table("flows").select("origin", "destination").collect()
    codes = set(flows["origin"]) | set(flows["destination"])
    assert codes - {None} <= set(store.points()["area"])


@cached
def first(snap: Tables, name: str) -> tuple[str, ...]:
    """The areas of a table."""
    return tuple(snap.table(name).collect()["area"])


def test_a_result_is_remembered_for_its_tables_and_arguments(monkeypatch):
    one, other = (Tables({"areas": pl.LazyFrame({"area": [area]})}) for area in ("ARG", "BOL"))
    assert (first.of(one, "areas"), first.of(other, "areas")) == (("ARG",), ("BOL",))
    assert first.of(one, "areas") is first.of(one, "areas")
    monkeypatch.setattr(store, "tables", lambda: other)
    assert first("areas") is first.of(other, "areas")


def test_the_least_recently_used_result_goes_first():
    held = [Tables({"areas": pl.LazyFrame({"area": [str(place)]})}) for place in range(store.MOST_RESULTS + 1)]
    results = [first.of(snap, "areas") for snap in held]
    assert first.of(held[-1], "areas") is results[-1]
    assert first.of(held[0], "areas") is not results[0]


def test_a_table_can_be_replaced():
    snap = Tables({"areas": pl.LazyFrame({"area": ["ARG"]})})
    assert snap.replaced(areas=pl.LazyFrame({"area": ["BOL"]})).table("areas").collect()["area"].to_list() == ["BOL"]
