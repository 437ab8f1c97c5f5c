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


def between():
    """Two directions: one with a masked figure."""
    both = [
        frame([(2019, "exact", 1.0, 1.0), (2020, "masked", 1.0, 4.0)]),
        frame([(2019, "exact", 3.0, 3.0), (2020, "exact", 3.0, 3.0)]),
    ]
    ends = [("USA", "MEX"), ("MEX", "USA")]
    rows = [
        figures.with_columns(start=pl.lit(start), end=pl.lit(end))
        for figures, (start, end) in zip(both, ends, strict=True)
    ]
    traces = [
        part
        for rank, figures in enumerate(rows)
        for part in charts._parts(EN, figures, rank, charts._color(rank), f"way {rank}")
    ]
    return charts._lines(EN, [2019, 2020], "persons", traces)


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
    assert sorted(mark.at[1] for mark in marks(chart(), "line-ew-open")) == pytest.approx([heights[4], heights[1]])
    bars = [path for path in shapes(chart(), Path, "line") if path.lines[0][0][0] == path.lines[0][-1][0]]
    assert [sorted(y for _, y in path.lines[0]) for path in bars] == [pytest.approx([heights[4], heights[1]])] * 2
    (zero,) = marks(chart(), "diamond")
    assert zero.at[1] == pytest.approx(heights[0])
    assert zero.fill.color == charts.COLORS.surface


def test_a_chart_without_gaps_has_no_band_in_the_key():
    whole = charts.in_time(EN, frame([(2019, "exact", 1.0, 1.0), (2020, "exact", 2.0, 2.0)]), "t")
    assert "No usable figure in this year" not in names(whole)
    assert "No usable figure in this year" in names(chart())


def test_the_states_that_report_are_stacked_and_look_different():
    figure = charts.reporting(EN, "detected_victims")
    heights, unit = scale(figure), None
    unit = (heights[0] - heights[10]) / 10
    boxes = shapes(figure, Path, "area")
    columns = {}
    for box in boxes:
        (left, top), (_, bottom) = box.lines[0][0], box.lines[0][2]
        columns.setdefault(round(left, 2), []).append((top, bottom))
    for stack in columns.values():
        assert sum(bottom - top for top, bottom in stack) == pytest.approx(35 * unit)
        assert all(upper[1] == pytest.approx(lower[0]) for lower, upper in pairwise(stack))
    looks = {box.name: (box.fill.color, box.hatch) for box in boxes}
    assert len(set(looks.values())) == len(looks) > 2


def test_two_directions_differ_in_color_symbol_and_dash():
    spec = between()
    assert [trace["name"] for trace in spec["data"]][::3] == ["way 0", "way 1"]
    lines = [trace for trace in spec["data"] if "line" in trace]
    for look in (lambda t: t["line"]["color"], lambda t: t["line"]["dash"], lambda t: t["marker"]["symbol"]):
        assert len(set(map(look, lines))) == 2


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
    traces = [charts._trace("value", f"Citizens of a state detected in another one {n}", n, "") for n in range(9)]
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
    spec = between()
    made = native_chart(spec)
    traces = {trace["name"]: trace for trace in spec["data"]}
    assert [series.name for series in made.plots[0].series] == list(traces)
    assert list(made.plots[0].categories) == ["2019", "2020"]
    for series in made.plots[0].series:
        trace = traces[series.name]
        assert list(series.values) == trace["y"]
        assert str(series.marker.format.fill.fore_color.rgb) == trace["marker"]["color"][1:].upper()
        if "lines" in trace["mode"]:
            assert str(series.format.line.color.rgb) == trace["line"]["color"][1:].upper()
    space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    (bars,) = made.element.iterfind(".//c:errBars", space)
    assert [float(point.text) for point in bars.iterfind(".//c:minus//c:v", space)] == [3.0]
    assert made.value_axis.axis_title.text_frame.text == "persons"


@pytest.mark.parametrize("spec", [chart().spec, between(), charts.reporting(EN, "detected_victims").spec])
def test_plotly_accepts_the_specification(spec):
    assert len(go.Figure(spec).data) == len(spec["data"])
