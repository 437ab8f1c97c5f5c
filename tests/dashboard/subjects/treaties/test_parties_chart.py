"""The chart of deposits: Plotly accepts it, it is a step chart on one scale that ends with the depositary's table."""

from datetime import date

import plotly.graph_objects as go
import pytest

from dashboard.charts.colors import resolved
from dashboard.charts.medium import PHONE, WALL
from dashboard.subjects.treaties import query as treaties_query
from dashboard.subjects.treaties.figures import at, parties_chart
from data.i18n import language
from tests.dashboard.subjects.treaties.samples import CLOSING, LAST, PALERMO, SMUGGLING, SNAPSHOT

EN = language("en")


def spec(*treaties, **options):
    steps = treaties_query.steps.of(SNAPSHOT, treaties)
    given = {"states": 35, "medium": WALL}
    return parties_chart(steps, EN, **{"closings": dict.fromkeys(treaties, CLOSING)} | given | options)


def stairs(drawn):
    return [trace for trace in drawn["data"] if trace["mode"] == "lines" and trace["line"]["width"] > 2]


def marked(drawn):
    return [trace for trace in drawn["data"] if "hovertext" in trace]


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
@pytest.mark.parametrize("treaties", [(PALERMO,), treaties_query.TREATIES])
def test_plotly_accepts_every_form(medium, palette, treaties):
    assert go.Figure(resolved(spec(*treaties, medium=medium), palette)).data


@pytest.mark.parametrize(
    ("day", "expected"), [(date(2014, 1, 1), 2014.0), (date(2013, 7, 2), 2013.499), (date(2012, 12, 31), 2012.997)]
)
def test_a_date_is_a_fraction_of_its_year(day, expected):
    assert at(day) == expected


def test_a_treaty_climbs_in_steps_to_the_end_of_the_table():
    (stair,) = stairs(spec(PALERMO))
    first, second = at(date(2002, 11, 19)), at(date(2003, 12, 31))
    assert stair["x"] == [at(date(2000, 12, 12)), first, first, second, second, at(LAST)]
    assert stair["y"] == [0, 0, 2, 2, 3, 3]


def test_each_line_ends_with_its_own_table_and_the_axis_with_the_last_one():
    drawn = spec(closings={SMUGGLING: "2013", PALERMO: CLOSING})
    assert [stair["x"][-1] for stair in stairs(drawn)] == [at(date(2013, 12, 31)), at(LAST)]
    assert drawn["layout"]["xaxis"]["range"] == [at(date(2000, 12, 12)), at(LAST)]
    assert drawn["layout"]["xaxis"]["ticktext"][-1] == "January 2014"


def test_a_treaty_without_deposits_is_a_flat_line():
    (stair,) = stairs(spec(SMUGGLING))
    assert stair["y"] == [0, 0]
    assert marked(spec(SMUGGLING))[0]["hovertext"] == []


@pytest.mark.parametrize("medium", [WALL, PHONE])
def test_the_axis_ends_with_the_table_and_says_so(medium):
    axis = spec(PALERMO, medium=medium)["layout"]["xaxis"]
    assert axis["range"] == [at(date(2000, 12, 12)), at(LAST)]
    assert (axis["tickvals"][-1], axis["ticktext"][-1]) == (at(LAST), "January 2014")
    assert all(value <= at(LAST) for value in axis["tickvals"])


def test_one_and_three_treaties_share_the_scale_of_all_states():
    one, three = spec(PALERMO), spec(*treaties_query.TREATIES)
    assert one["layout"]["yaxis"]["range"] == three["layout"]["yaxis"]["range"]
    low, high = one["layout"]["yaxis"]["range"]
    assert (low, high > 35) == (0, True)


def test_a_step_names_the_depositing_state():
    assert marked(spec(PALERMO))[0]["hovertext"] == [
        "<b>19 November 2002</b><br>Protocol on Trafficking in Persons (2000)<br>2 states have deposited "
        "their instruments<br>+ Argentina and Bolivia",
        "<b>31 December 2003</b><br>Protocol on Trafficking in Persons (2000)<br>3 states have deposited "
        "their instruments<br>+ Costa Rica",
    ]


def test_each_treaty_keeps_its_own_color_dash_and_symbol():
    drawn = spec(*treaties_query.TREATIES[:3])
    assert len({trace["line"]["color"] for trace in stairs(drawn)}) == 3
    assert len({trace["line"]["dash"] for trace in stairs(drawn)}) == 3
    assert len({trace["marker"]["symbol"] for trace in marked(drawn)}) == 3
    assert stairs(spec(SMUGGLING))[0]["line"] == stairs(drawn)[2]["line"]


def test_each_line_has_its_name_with_how_many_of_all_beside_it_and_on_a_phone_in_the_key():
    texts = [trace for trace in spec(PALERMO, SMUGGLING)["data"] if trace["mode"] == "text" and trace["xaxis"] != "x9"]
    places = {
        text.replace("<br>", " "): y for trace in texts for text, y in zip(trace["text"], trace["y"], strict=True)
    }
    # In the order of the ends of the lines, 3 and 0, and apart: in this chart a line of words is as high as 1.6 states.
    first = places["Protocol on Trafficking in Persons (2000): 3 of 35"]
    second = places["Protocol against the Smuggling of Migrants (2000): 0 of 35"]
    assert 0 < second < first - 3.2
    assert "All 35 states" in places
    beside = [trace for trace in spec(PALERMO, SMUGGLING)["data"] if trace["xaxis"] == "x2"]
    assert len({trace["marker"]["symbol"] for trace in beside if "marker" in trace}) == 2
    phone = spec(*treaties_query.TREATIES, medium=PHONE)["data"]
    words = [text for trace in phone if trace["mode"] == "text" for text in trace["text"]]
    assert "Palermo Convention: 0 of 35" in words
