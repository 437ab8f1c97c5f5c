"""Charts that an editor of slides can change: gaps stay gaps, masked figures are bars, true zeros are hollow."""

import io
from dataclasses import replace

import polars as pl
import pytest
from pptx import Presentation

from dashboard.briefing.slides import charts as native
from dashboard.briefing.slides.page import BriefingSlide
from dashboard.charts.bars import Bar, BarBlock
from dashboard.charts.editable import by_year
from dashboard.charts.render.slide import Box
from dashboard.subjects.home import editable as of_region
from dashboard.subjects.pair import editable as of_pair
from data.i18n import language
from tests.dashboard.briefing.paper_samples import briefing, chart, frame

EN = language("en")


def test_a_gap_stays_a_gap_and_a_masked_figure_goes_down_to_its_least():
    assert chart().years == [2016, 2017, 2018, 2019, 2020]
    assert [(line.role, list(line.figures), list(line.spans)) for line in chart().lines] == [
        ("value", [2.0, 3.0, None, None, 0.0], []),
        ("zero", [None, None, None, None, 0.0], []),
        ("masked", [None, None, None, 4.0, None], [0, 0, 0, 3.0, 0]),
    ]


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
    (found,) = of_pair.between(EN, rows)
    assert found.title == "Citizens of the United States detected as victims in Mexico"
    assert [list(line.figures) for line in found.lines] == [[1.0, 2.0, 3.0]]


def test_sums_are_stacked_with_what_masked_figures_may_add():
    columns = ["year", "low", "high", "contradicted"]
    rows = pl.DataFrame([(2020, 12.0, 16.0, True), (2021, 3.0, 3.0, False)], columns, orient="row")
    made = of_region.sums(EN, rows, "Sums", "Some states")
    assert made.stacked
    assert {line.name: line.figures for line in made.lines} == {
        "Some states": [12.0, 3.0],
        "Range due to figures of fewer than five": [4.0, 0],
    }
    assert "12–16* in 2020, 3 in 2021" in made.alt
    assert made.marked == [2020]


@pytest.mark.parametrize("most", [0.05, 0.3, 1, 4, 7, 35, 90, 101, 999, 1000, 35602])
def test_scales_are_round_start_at_zero_and_include_the_maximum(most):
    marked = native.ticks(most, whole=False)
    assert marked[0] == 0
    assert marked[-2] < most <= marked[-1] * 1.001
    assert 2 <= len(marked) <= 6
    step = f"{marked[1]:.10e}".split("e")[0].rstrip("0").rstrip(".")
    assert step in {"1", "2", "5"}


def test_scales_of_persons_have_no_fractions():
    assert native.ticks(1, whole=True) == [0, 1]
    assert native.ticks(1, whole=False) == [0, 0.5, 1]


def native_chart(content, wide=600):
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    native.put(BriefingSlide(slide, briefing()), content, Box(0, 0, wide, 300))
    written = io.BytesIO()
    deck.save(written)
    return next(shape.chart for shape in Presentation(written).slides[0].shapes if shape.has_chart)


def test_the_native_slide_chart_has_the_same_figures_styles_and_intervals():
    made, lines = native_chart(chart()), {line.name: line for line in chart().lines}
    assert [series.name for series in made.plots[0].series] == list(lines)
    assert list(made.plots[0].categories) == ["2016", "2017", "2018", "2019", "2020"]
    counted = native.PALETTE.arrows["counted"][1:].upper()
    colors = {"value": counted, "zero": native.HOLLOW.upper(), "masked": counted}
    for series in made.plots[0].series:
        line = lines[series.name]
        assert list(series.values) == list(line.figures)
        assert str(series.marker.format.fill.fore_color.rgb) == colors[line.role]
        if line.role == "value":
            assert str(series.format.line.color.rgb) == counted
    space = {"c": "http://schemas.openxmlformats.org/drawingml/2006/chart"}
    (bars,) = made.element.iterfind(".//c:errBars", space)
    assert [float(point.text) for point in bars.iterfind(".//c:minus//c:v", space)] == [3.0]
    assert not made.value_axis.has_title


def test_years_that_have_no_room_have_no_label():
    """Five years in 600 points have room; in 120 points every second one has."""
    assert [native_chart(chart(), wide).element.find(".//{*}tickLblSkip").get("val") for wide in (600, 120)] == [
        "1",
        "2",
    ]


def test_a_native_chart_of_bars_has_the_least_the_rest_and_the_words():
    blocks = (
        BarBlock(
            "Sex", "Sex known: 5–9", [Bar("Female", (5.0, 9.0), "5–9", "id"), Bar("Unknown", (2.0, 2.0), "2")], 9.0
        ),
    )
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    native.bars(BriefingSlide(slide, briefing()), blocks, "alt", Box(0, 0, 400, 300))
    (made,) = [shape.chart for shape in slide.shapes if shape.has_chart]
    assert list(made.plots[0].categories) == ["Female", "Unknown"]
    assert [list(series.values) for series in made.plots[0].series] == [[5.0, 2.0], [4.0, 0.0]]
    last = made.plots[0].series[1]
    assert [last.points[n].data_label.text_frame.text for n in range(2)] == ["5–9", "2"]
    assert [shape.text_frame.text for shape in slide.shapes if shape.has_text_frame] == ["Sex", "Sex known: 5–9"]


def test_no_line_leads_to_a_contradicted_total_from_it_or_over_a_break():
    figures = [(year, float(year - 2010), year == 2013) for year in range(2011, 2019)]
    rows = pl.DataFrame(figures, ["year", "high", "contradicted"], orient="row").with_columns(low="high")
    content = by_year(EN, rows.with_columns(status=pl.lit("exact")), "Sums")
    made = native_chart(replace(content, broken=2017, said="Break, 2016/2017"))
    assert made.chart_title.text_frame.text == "Sums · Break, 2016/2017"
    (series,) = made.plots[0].series
    points = {point.find("{*}idx").get("val"): point for point in series._element.iterfind("{*}dPt")}
    # 2013, 2014 and 2017.
    assert {*points} == {"2", "3", "6"}
    for point in points.values():
        assert point.find("{*}spPr/{*}ln/{*}noFill") is not None
        assert point.find("{*}marker/{*}symbol") is not None


def test_a_native_chart_writes_the_mark_of_contradicted_totals():
    figures = [(2020, 9.0, True), (2021, 12.0, False), (2022, 7.0, True)]
    rows = pl.DataFrame(figures, ["year", "high", "contradicted"], orient="row").with_columns(low="high")
    content = by_year(EN, rows.with_columns(status=pl.lit("exact")), "Sums")
    xml = native_chart(content).element.xml
    # The last figure is written beside its point, so the mark stands after it.
    assert (xml.count(">*<"), xml.count(">7*<")) == (1, 1)
