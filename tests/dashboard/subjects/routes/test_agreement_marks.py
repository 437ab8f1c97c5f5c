"""The mark of pairs that both kinds of evidence name, in ledgers of page "Routes", against the table `agreement`."""

import polars as pl
import pytest
import shapely

from dashboard import store
from dashboard.charts.medium import PHONE, SLIDE, WALL
from dashboard.subjects.routes.figures.ledger import BOTH
from tests.dashboard.subjects.routes.read_map import STATES, Plane, columns, drawn, in_each_language, ledger, words

KEYS = {"counted": "Also named by a described route", "stated": "Also among the counted victims"}
MEDIA = {"wall": WALL, "phone": PHONE}


def both() -> set[tuple[str, str]]:
    """The pairs of two countries that the table names by counted victims and by described routes."""
    rows = store.tables().table("agreement").filter(pl.col("transit").is_null(), pl.col("area").is_null()).collect()
    kinds = rows.filter(pl.col("origin") != pl.col("destination")).group_by("origin", "destination").agg("kind")
    return {(one, other) for one, other, named in kinds.iter_rows() if {"counted", "described"} <= {*named}}


def marked(spec, medium):
    """What each mark opens, and where it is."""
    plane = Plane(spec, "x9", medium)
    found = [trace for trace in plane.traces if trace.get("marker", {}).get("symbol") == BOTH["symbol"]]
    return [
        (tuple(opens[1:3]), at)
        for trace in found
        if "customdata" in trace
        for opens, at in zip(trace["customdata"], plane.points(trace), strict=True)
    ]


@pytest.mark.parametrize("name", MEDIA)
@pytest.mark.parametrize("evidence", KEYS)
@pytest.mark.parametrize("position", ["origin", "destination"])
def test_a_pair_has_a_mark_if_both_kinds_name_it_and_no_other_has_one(position, evidence, name):
    medium, pairs, seen = MEDIA[name], both(), 0
    for area in STATES:
        spec = drawn("en", medium, state=area, evidence=evidence, position=position)
        if "xaxis" not in spec["layout"]:
            continue
        lines, _ = (ledger if evidence == "counted" else columns)(spec, medium)
        found = [pair for pair, _ in marked(spec, medium)]
        expected = [tuple(one.opens[1:3]) for one in lines if one.opens[3] == "direct"]
        assert found == [pair for pair in expected if pair in pairs], area
        assert (KEYS[evidence] in str(spec)) == bool(found), area
        seen += len(found)
    assert seen > 20


@pytest.mark.parametrize("name", MEDIA)
@pytest.mark.parametrize("evidence", KEYS)
def test_a_mark_stands_in_the_figure_and_covers_no_word_in_any_language(evidence, name):
    medium = MEDIA[name]
    for area in ("CRI", "HTI", "USA", "COL"):
        specs = in_each_language(medium, state=area, evidence=evidence)
        places = [[at for _, at in marked(spec, medium)] for spec in specs.values()]
        assert places[0]
        assert all(one == places[0] for one in places)
        boxes = [box for _, box in words(specs, medium, "x9")]
        for x, y in places[0]:
            mark = shapely.box(x - 3, y - 3, x + 3, y + 3)
            assert 0 < x - 3 < x + 3 <= medium.across
            assert not any(mark.intersects(box) for box in boxes), area


def test_where_there_is_no_ledger_there_is_no_key_of_its_mark():
    assert KEYS["counted"] not in str(drawn("en", SLIDE, state="CRI"))
    assert KEYS["stated"] not in str(drawn("en", SLIDE, state="CRI", evidence="stated"))
    # The region has states, no pairs.
    assert KEYS["counted"] not in str(drawn("en", WALL))
