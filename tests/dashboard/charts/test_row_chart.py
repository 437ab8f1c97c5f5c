import pytest

from dashboard.charts.key import Item
from dashboard.charts.medium import PHONE, WALL, Medium
from dashboard.charts.render.axes import Axis
from dashboard.charts.row_chart import AS_WRITTEN, Chart, blank, chart, rows_of
from data.i18n import language

EN = language("en")
SCREEN = Medium(1600)


def shape(states, *, medium=SCREEN):
    return Chart(rows_of(states, EN), [Item("one", "#fff")], EN, medium, 20.0, 30.0)


def test_a_chart_grows_with_its_rows():
    two = chart(shape(["ARG", "BOL"]), heading="H")["layout"]["height"]
    four = chart(shape(["ARG", "BOL", "CHL", "PER"]), heading="H")["layout"]["height"]
    assert four - two == 40


def test_rows_run_from_the_top():
    axis = chart(shape(["BOL", "ARG"]), heading="H")["layout"]["yaxis"]
    assert axis["ticktext"] == ["Argentina", "Bolivia"]
    assert axis["range"][0] > axis["range"][1]


@pytest.mark.parametrize("medium", [WALL, PHONE])
def test_nothing_overlaps_the_key(medium):
    layout = chart(shape(["ARG"], medium=medium), heading="H")["layout"]
    assert 0 < layout["yaxis"]["domain"][0] < layout["yaxis"]["domain"][1] < layout["yaxis9"]["domain"][0]


def test_a_chart_without_rows_keeps_its_plot_area():
    layout = blank(shape(["ARG"]), heading="H")["layout"]
    assert layout["xaxis"]["domain"] == [0.04, 1]
    assert "ticktext" not in layout["yaxis"]


@pytest.mark.parametrize(
    ("code", "labels"),
    [
        ("en", ["0", "5,000", "10,000", "15,000"]),
        ("es", ["0", "5\u202f000", "10\u202f000", "15\u202f000"]),
        ("pt", ["0", "5.000", "10.000", "15.000"]),
        ("fr", ["0", "5\u202f000", "10\u202f000", "15\u202f000"]),
    ],
)
def test_an_axis_of_numbers_writes_them_in_full_as_the_language_does(code, labels):
    axis = Axis("y", AS_WRITTEN | {"dtick": 5000}, 0, 15_000, 300, 0)
    assert [text for _, text in axis.ticks(language(code).separators)] == labels
