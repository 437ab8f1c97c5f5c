import json

import pytest
from plotly.graph_objects import Figure

from dashboard.charts.colors import resolved
from dashboard.charts.medium import PHONE, WALL
from dashboard.subjects.states.figures.region_map import region_map
from data.i18n import language
from tests.dashboard.charts.map_samples import figure, region
from tests.dashboard.subjects.states.region_samples import printed, spec


@pytest.mark.parametrize("measure", ["rate", "count"])
@pytest.mark.parametrize("medium", [WALL, PHONE])
@pytest.mark.parametrize("palette", ["light", "dark"])
def test_plotly_accepts_every_form(basemap, english, measure, medium, palette):
    drawn = resolved(spec(basemap, english, measure, medium=medium), palette)
    assert len(Figure(drawn).data) == len(drawn["data"])
    assert json.loads(json.dumps(drawn)) == drawn


def test_the_map_loads_nothing_from_the_network(basemap, english):
    kinds = {trace["type"] for trace in spec(basemap, english)["data"]}
    assert kinds == {"scatter"}
    assert "http" not in json.dumps(spec(basemap, english))


def test_the_phone_is_narrow_and_tall(basemap, english):
    wide, narrow = (spec(basemap, english, medium=medium)["layout"] for medium in (WALL, PHONE))
    assert narrow["height"] > wide["height"]
    assert {"xaxis", "xaxis2", "xaxis3"} <= set(narrow)


def counted(basemap, most=1234.0):
    rows, portuguese = region(figure("BRA", 1234.0, 1234.0)), language("pt")
    return region_map(rows, basemap, portuguese, WALL, indicator="detected_victims", breaks=None, largest=most)


def test_numbers_and_names_follow_the_language(basemap):
    drawn = counted(basemap)
    assert "<b>Brasil</b><br>1.234" in printed(drawn)
    assert drawn["layout"]["separators"] == ",."


def test_no_text_is_on_the_edge_of_a_circle(basemap):
    drawn = counted(basemap, 9000.0)
    x, y = basemap.points["BRA"]
    circle = next(
        size
        for trace in drawn["data"]
        if trace["mode"] == "markers" and isinstance(trace["marker"]["size"], list)
        for at, size in zip(zip(trace["x"], trace["y"], strict=True), trace["marker"]["size"], strict=True)
        if at == pytest.approx((x, y), abs=1)
    )
    heights = {
        text: height
        for trace in drawn["data"]
        if trace["mode"] == "text"
        for text, height in zip(trace["text"], trace["y"], strict=True)
    }
    layout = drawn["layout"]
    kilometres = (layout["yaxis"]["range"][1] - layout["yaxis"]["range"][0]) / (
        (layout["yaxis"]["domain"][1] - layout["yaxis"]["domain"][0]) * layout["height"]
    )
    off = [abs(heights[text] - y) / kilometres for text in ("<b>Brasil</b>", "1.234")]
    assert min(off) == pytest.approx(circle / 2 + 7, abs=0.5)


def test_a_year_without_figures_is_drawn_as_a_map(basemap, english):
    empty = region_map(region(), basemap, english, WALL, indicator="detected_victims", breaks=None, largest=1.0)
    assert "No figure (35)" in printed(empty)


def test_the_real_map_stays_small(published, english):
    drawn = spec(published, english)
    assert len(json.dumps(drawn, separators=(",", ":"))) < 260_000


def test_the_key_has_the_words_of_the_labels(basemap, english):
    # One state is "<5": its count is written as published, its rate as a range.
    count, rate = (printed(spec(basemap, english, measure)) for measure in ("count", "rate"))
    assert "<5: fewer than five (1)" in count
    assert "<5" in count
    assert "0–4" not in " ".join(count)
    assert "Range due to “<5” (1)" in rate
    # Only in the key.
    assert " ".join(rate).count("<5") == 1
