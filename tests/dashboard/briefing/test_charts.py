"""Charts of a briefing: heights match figures, gaps stay gaps, masked figures are bars, true zeros are hollow.

Each specification is checked as drawn on paper, as a native chart on a slide, and by Plotly.
"""

import io
from itertools import pairwise

import plotly.graph_objects as go
import polars as pl
import pytest
from pptx import Presentation

from dashboard.briefing import charts
from dashboard.briefing.slides import charts as native
from dashboard.briefing.slides.page import Page
from dashboard.charts.bars import Bar, Block
from dashboard.charts.render.model import drawing
from dashboard.charts.render.shapes import Mark, Path, Text
from dashboard.charts.render.slide import Box
from data.i18n import language
from tests.dashboard.briefing.paper_samples import briefing, chart, frame

EN = language("en")


def shapes(figure, kind, layer):
    return [shape for shape in drawing(figure.spec).shapes if isinstance(shape, kind) and shape.layer == layer]


def marks(figure, symbol):
    return [mark for mark in shapes(figure, Mark, "mark") if mark.symbol == symbol]


def scale(figure):
    """The heights of the written figures of the scale."""
    return {float(label.plain): label.at[1] for label in shapes(figure, Text, "axis") if label.side == "left"}


def names(figure):
    return [label.plain for label in shapes(figure, Text, "key")]


def test_figures_are_at_the_height_of_the_scale():
    heights = scale(chart())
    assert heights[0] - heights[4] == pytest.approx(charts.TALL)
    circles = marks(chart(), "circle")
    assert [circle.at[1] for circle in circles] == pytest.approx([heights[2], heights[3], heights[0]])
    assert all(second.at[0] > first.at[0] for first, second in pairwise(circles))


def test_only_consecutive_years_are_joined_and_a_missing_year_is_a_band():
    masked, joined = sorted(
        shapes(chart(), Path, "line"), key=lambda path: path.lines[0][0][0] == path.lines[0][-1][0]
    )[::-1][-2:]
    assert len(joined.lines) == 1
    assert len(joined.lines[0]) == 2
    (band,) = shapes(chart(), Path, "ground")
    (year,) = [label for label in shapes(chart(), Text, "axis") if label.plain == "2018"]
    assert band.lines[0][0][0] < year.at[0] < band.lines[0][1][0]
    assert masked.lines[0][0][0] == masked.lines[0][1][0]


def test_a_masked_figure_is_a_bar_over_its_interval_and_a_true_zero_is_hollow():
    heights = scale(chart())
    assert [mark.at[1] for mark in marks(chart(), "line-ew-open")] == pytest.approx([heights[4]])
    bars = [path for path in shapes(chart(), Path, "line") if path.lines[0][0][0] == path.lines[0][-1][0]]
    assert [sorted(y for _, y in path.lines[0]) for path in bars] == [pytest.approx([heights[4], heights[1]])]
    (zero,) = marks(chart(), "diamond")
    assert zero.at[1] == pytest.approx(heights[0])
    assert zero.fill.color == charts.COLORS.surface


def test_a_chart_without_gaps_has_no_band_in_the_key():
    whole = charts.in_time(EN, frame([(2019, "exact", 1.0, 1.0), (2020, "exact", 2.0, 2.0)]), "t")
    assert "No usable figure in this year" not in names(whole)
    assert "No usable figure in this year" in names(chart())


def test_two_directions_have_a_chart_each_and_few_years_none():
    ways = [("USA", "MEX", 3), ("MEX", "USA", 2)]
    rows = pl.concat(
        [
            frame([(2018 + n, "exact", 1.0 + n, 1.0 + n) for n in range(years)]).with_columns(
                start=pl.lit(start), end=pl.lit(end)
            )
            for start, end, years in ways
        ]
    )
    (chart,) = charts.between(EN, rows)
    assert chart.title == "Citizens of the United States detected in Mexico"
    assert [trace["y"] for trace in chart.spec["data"]] == [[1.0, 2.0, 3.0]]


def test_sums_are_stacked_with_what_masked_figures_may_add():
    cells = [("others", 2020, 5.0, 9.0), ("largest", 2020, 7.0, 7.0), ("others", 2021, 3.0, 3.0)]
    rows = pl.DataFrame(cells, ["part", "year", "low", "high"], orient="row")
    made = charts.sums(EN, rows, "Sums", "USA")
    assert {trace["name"]: trace["y"] for trace in made.spec["data"]} == {
        "All other states": [5.0, 3.0],
        "United States": [7.0, 0.0],
        "Range due to figures of fewer than five": [4.0, 0],
    }
    assert "12–16 in 2020, 3 in 2021" in made.alt


@pytest.mark.parametrize("most", [0.05, 0.3, 1, 4, 7, 35, 90, 101, 999, 1000, 35602])
def test_scales_are_round_start_at_zero_and_include_the_maximum(most):
    marked = charts._ticks(most, whole=False)
    assert marked[0] == 0
    assert marked[-2] < most <= marked[-1] * 1.001
    assert 2 <= len(marked) <= 6
    step = f"{marked[1]:.10e}".split("e")[0].rstrip("0").rstrip(".")
    assert step in {"1", "2", "5"}


def test_scales_of_persons_have_no_fractions():
    assert charts._ticks(1, whole=True) == [0, 1]
    assert charts._ticks(1, whole=False) == [0, 0.5, 1]


def test_the_key_stays_on_the_sheet_above_the_plot():
    traces = [charts._trace("value", f"Citizens of a state detected in another one {n}") for n in range(9)]
    spec = charts._lines(EN, [2019, 2020], "persons", [trace | {"x": [2019, 2020], "y": [1, 2]} for trace in traces])
    sheet = drawing(spec)
    key = [entry for entry in sheet.shapes if isinstance(entry, Text) and entry.layer == "key"]
    assert len({entry.at[1] for entry in key}) > 3
    assert min(entry.at[1] - entry.size / 2 for entry in key) >= 0
    assert max(entry.at[1] + entry.size / 2 for entry in key) <= spec["layout"]["margin"]["t"]
    assert max(entry.at[0] + len(entry.plain) * 4.2 for entry in key) <= charts.WIDE


def native_chart(spec):
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    figure = charts.Figure(spec, "alt", "title")
    native.put(Page(slide, briefing()), figure, Box(0, 0, 600, 300))
    written = io.BytesIO()
    deck.save(written)
    return next(shape.chart for shape in Presentation(written).slides[0].shapes if shape.has_chart)


def test_the_native_slide_chart_has_the_same_figures_styles_and_intervals():
    spec = chart().spec
    made = native_chart(spec)
    traces = {trace["name"]: trace for trace in spec["data"] if any(value is not None for value in trace["y"])}
    assert [series.name for series in made.plots[0].series] == list(traces)
    assert list(made.plots[0].categories) == ["2016", "2017", "2018", "2019", "2020"]
    for series in made.plots[0].series:
        trace = traces[series.name]
        assert list(series.values) == trace["y"]
        hollow = trace["marker"]["color"] == charts.COLORS.surface
        fill = native.HOLLOW if hollow else trace["marker"]["color"][1:]
        assert str(series.marker.format.fill.fore_color.rgb) == fill.upper()
        if "lines" in trace["mode"]:
            assert str(series.format.line.color.rgb) == trace["line"]["color"][1:].upper()
    space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    (bars,) = made.element.iterfind(".//c:errBars", space)
    assert [float(point.text) for point in bars.iterfind(".//c:minus//c:v", space)] == [3.0]
    assert made.value_axis.axis_title.text_frame.text == "Number"


def test_a_native_chart_of_bars_has_the_least_the_rest_and_the_words():
    blocks = (
        Block("Sex", "Sex known: 5–9", [Bar("Female", (5.0, 9.0), "5–9", "id"), Bar("Unknown", (2.0, 2.0), "2")], 9.0),
    )
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    native.bars(Page(slide, briefing()), blocks, "alt", Box(0, 0, 400, 300))
    (made,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert list(made.plots[0].categories) == ["Female", "Unknown"]
    assert [list(series.values) for series in made.plots[0].series] == [[5.0, 2.0], [4.0, 0.0]]
    last = made.plots[0].series[1]
    assert [last.points[n].data_label.text_frame.text for n in range(2)] == ["5–9", "2"]
    assert [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame] == ["Sex", "Sex known: 5–9"]


def test_plotly_accepts_the_specification():
    spec = chart().spec
    assert len(go.Figure(spec).data) == len(spec["data"])
