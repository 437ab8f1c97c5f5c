import itertools

import pytest
from plotly import graph_objects as go

from dashboard import store
from dashboard.stage.drawn import drawn
from tests.dashboard.stage.test_wire import request_for

GUATEMALA = "GTM"


def ends(evidence):
    """The legs of the records that name Guatemala, read row by row."""
    for row in store.tables().table("flows").collect().iter_rows(named=True):
        points = [row["origin"], row["transit"], row["destination"]]
        counts = row["evidence"] == evidence and row["repeat_of"] is None and row["status"] != "questioned"
        unread = row["transit_label"] and not row["transit"]
        if counts and GUATEMALA in points and row["high"] and not unread:
            route = [points[0], *filter(None, points[1:2]), points[2]]
            yield from (leg for leg in itertools.pairwise(route) if None not in leg)


@pytest.mark.parametrize("picture", ["matrix", "order"])
@pytest.mark.parametrize("evidence", ["counted", "stated"])
def test_the_other_readings_of_routes_show_the_arrows_of_the_view(picture, evidence):
    filters = {"picture": picture, "evidence": evidence, "state": [GUATEMALA], "years": (2007, 2023), "arrows": 100}
    plate = drawn(request_for("routes", **filters))
    assert go.Figure(plate.spec).data
    marked, *_ = [trace for trace in plate.spec["data"] if trace.get("customdata")]
    assert {(data[1], data[2]) for data in marked["customdata"]} == set(ends(evidence))
