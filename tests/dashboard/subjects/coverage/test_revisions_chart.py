import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard.charts.colors import resolved
from dashboard.charts.medium import PHONE, WALL
from dashboard.subjects.coverage.figures.revisions import changes_chart
from data.i18n import language

EN = language("en")
KINDS = ("revised", "new", "withdrawn", "convention")
COUNTS = pl.DataFrame(
    [("BOL", "revised", 2, 1), ("BOL", "new", 2, 0), ("USA", "convention", 30, 3)],
    schema={"area": pl.String, "kind": pl.String, "figures": pl.Int64, "totals": pl.Int64},
    orient="row",
)


def changes(counts=COUNTS, medium=WALL, **options):
    return changes_chart(counts, ["USA", "BOL", "ARG"], EN, medium, kinds=KINDS, **options)


def marked(drawn):
    return [trace for trace in drawn["data"] if "hovertext" in trace]


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_plotly_accepts_every_form(medium, palette):
    assert go.Figure(resolved(changes(medium=medium), palette)).data


def test_states_are_ordered_by_name_not_by_number():
    assert changes()["layout"]["yaxis"]["ticktext"] == ["Argentina", "Bolivia", "United States"]


def test_marks_with_equal_numbers_do_not_overlap():
    places = {trace["hovertext"][0]: (trace["x"], trace["y"]) for trace in marked(changes())}
    assert places == {
        "<b>Bolivia</b><br>New: 2 figures": ([2], [0.8]),
        "<b>Bolivia</b><br>Revised: 2 figures, including 1 total": ([2], [1.2]),
        "<b>United States</b><br>Change in how “<5” is published: 30 figures, including 3 totals": ([30], [2]),
    }


def test_few_changes_are_marked_at_whole_numbers():
    assert changes(COUNTS.head(2))["layout"]["xaxis"]["dtick"] == 1
    assert "dtick" not in changes()["layout"]["xaxis"]


def test_without_changes_there_is_still_a_chart():
    drawn = changes(COUNTS.clear())
    assert marked(drawn) == []
    assert len(drawn["layout"]["yaxis"]["ticktext"]) == 3
