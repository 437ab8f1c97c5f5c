import plotly.graph_objects as go
import polars as pl
import pytest

from dashboard.charts.colors import resolved
from dashboard.charts.look import DASH
from dashboard.charts.medium import PHONE, WALL
from dashboard.subjects.coverage import revisions as coverage_revisions
from dashboard.subjects.coverage.figures.revisions import releases_chart
from data.i18n import language
from tests.dashboard.subjects.coverage.samples import APRIL, OCTOBER, REVISIONS, SNAPSHOT, VICTIMS

EN = language("en")


def releases(area="BOL", joined=REVISIONS, medium=WALL, **options):
    changes = joined.filter(pl.col("area") == area).collect()
    return releases_chart(
        coverage_revisions.releases.of(SNAPSHOT, VICTIMS, area), changes, EN, medium, unit="persons", **options
    )


def marked(drawn):
    return [trace for trace in drawn["data"] if "hovertext" in trace]


@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_plotly_accepts_every_form(medium, palette):
    assert go.Figure(resolved(releases(medium=medium), palette)).data


def test_a_masked_reading_is_a_dashed_outline_and_a_zero_is_a_mark():
    outlines = [trace for trace in marked(releases()) if trace["mode"] == "lines"]
    values = [trace for trace in marked(releases()) if trace["mode"] == "markers"]
    assert [trace["y"] for trace in outlines] == [[0, 0, 4, 4, 0, None] * 2, [1, 1, 4, 4, 1, None]]
    assert {trace["line"]["dash"] for trace in outlines} == {DASH}
    assert [trace["y"] for trace in values] == [[0.0]]
    assert values[0]["hovertext"] == ["<b>2017</b><br>28 October 2025: 0"]
    assert outlines[1]["hovertext"][0] == "<b>2018</b><br>28 October 2025: 1–4 (fewer than five)"


def test_a_line_joins_the_two_readings_of_a_year_that_differ():
    drawn = releases("ARG")
    assert drawn["data"][0]["x"] == [2016.92, 2017.08, None]
    assert drawn["data"][0]["y"] == [9.0, 10.0, None]
    assert releases("ARG", REVISIONS.filter(pl.col("kind") == "convention"))["data"][0]["x"] == []


def test_no_line_leads_to_a_reading_without_a_value():
    assert REVISIONS.filter(pl.col("area") == "CRI").collect().height == 1
    assert releases("CRI")["data"][0]["x"] == []


def test_each_release_has_its_own_symbol_and_color():
    looks = [t["marker"] for t in releases()["data"] if t["xaxis"] == "x9" and t["mode"] == "markers"]
    for key in ("symbol", "color"):
        assert len({value for look in looks for value in look[key]}) == 2
    words = [text for trace in releases()["data"] if trace["mode"] == "text" for text in trace["text"]]
    assert words[1:] == [EN.date(APRIL), EN.date(OCTOBER), "Fewer than five"]


def test_a_state_without_any_total_has_an_empty_chart():
    assert marked(releases("USA")) == []
