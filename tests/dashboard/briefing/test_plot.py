"""Charts on paper: heights as the figures are, gaps as gaps, masked figures as bars, true zeros hollow."""

from itertools import pairwise

import pytest

from dashboard.briefing import plot_key
from dashboard.briefing.content import Chart
from dashboard.briefing.plot import TALL, _ticks, plot
from dashboard.briefing.shapes import Line, Marker, Polygon, Text
from data.i18n import language
from tests.dashboard.briefing.paper_samples import chart

EN = language("en")


def lines(drawn, colour=plot_key.COLOURS.series[0]):
    return [
        part
        for one in drawn.shapes
        if isinstance(one, Line) and one.stroke.paint.colour == colour and one.layer == "line"
        for part in one.parts
    ]


def marks(drawn, symbol):
    """Of the plot, not of its key, which stands over the scale."""
    return [one for one in drawn.shapes if isinstance(one, Marker) and one.symbol == symbol and one.at[1] > 30]


def scale(drawn):
    """The heights of the written figures of the scale."""
    held = [one for one in drawn.shapes if isinstance(one, Text) and one.side == "left"]
    return {float(one.plain): one.at[1] for one in held}


def test_figures_stand_as_high_as_the_scale_says():
    drawn = plot(chart(), EN)
    heights = scale(drawn)
    assert heights[0] - heights[4] == pytest.approx(TALL)
    found = marks(drawn, "circle")
    assert [one.at[1] for one in found] == pytest.approx([heights[2], heights[3], heights[0]])
    assert all(second.at[0] > first.at[0] for first, second in pairwise(found))


def test_only_neighbours_are_joined_and_a_year_without_a_figure_is_a_band():
    drawn = plot(chart(), EN)
    joined, masked = sorted(lines(drawn)[:2], key=lambda part: part[0][0] == part[-1][0])
    assert len(joined) == 2
    assert masked[0][0] == masked[1][0]
    bands = [one for one in drawn.shapes if isinstance(one, Polygon) and one.rings[0][0][1] > 30]
    (year,) = [one for one in drawn.shapes if isinstance(one, Text) and one.plain == "2018"]
    assert len(bands) == 1
    assert bands[0].rings[0][0][0] < year.at[0] < bands[0].rings[0][1][0]


def test_a_masked_figure_is_a_bar_over_its_interval_and_a_true_zero_is_hollow():
    drawn = plot(chart(), EN)
    heights = scale(drawn)
    assert sorted(one.at[1] for one in marks(drawn, "line-ew-open"))[:2] == pytest.approx([heights[4], heights[1]])
    (zero,) = marks(drawn, "diamond")
    assert zero.at[1] == pytest.approx(heights[0])
    assert zero.fill.colour == plot_key.COLOURS.surface


def test_a_chart_without_gaps_explains_no_band():
    whole = Chart("line", "t", "u", ("1", "2"), (("a", (1.0, 2.0)),), "alt")
    assert "No usable figure in this year" not in [one.plain for one in plot(whole, EN).shapes if isinstance(one, Text)]
    assert "No usable figure in this year" in [one.plain for one in plot(chart(), EN).shapes if isinstance(one, Text)]


def test_bars_are_stacked_in_the_order_of_the_key_and_look_different():
    series = (("a", (1.0, 0.0)), ("b", (2.0, 3.0)), ("c", (1.0, 1.0)))
    told = Chart("bar", "t", "states", ("2001", "2002"), series, "alt", (), ("value", "masked", "missing"))
    drawn = plot(told, EN)
    heights = scale(drawn)
    boxes = [one for one in drawn.shapes if isinstance(one, Polygon) and one.rings[0][0][1] > 25]
    tall = [one.rings[0][2][1] - one.rings[0][0][1] for one in boxes]
    unit = (heights[0] - heights[4]) / 4
    assert tall == pytest.approx([unit, 2 * unit, unit, 3 * unit, unit])
    assert boxes[0].rings[0][0][1] == pytest.approx(boxes[1].rings[0][2][1])
    assert len({(one.fill.colour, one.hatch) for one in boxes[:3]}) == 3


def test_two_subjects_have_colours_and_symbols_of_their_own():
    series = (("a", (1.0, 2.0)), ("a least", (None, 1.0)), ("a most", (None, 4.0)), ("b", (3.0, 3.0)))
    told = Chart("line", "t", "u", ("1", "2"), series, "alt", (), ("value", "least", "most", "value"))
    first, second = plot_key.groups(told)
    assert (list(first.names), list(second.names)) == (["value", "least", "most"], ["value"])
    assert first.colour != second.colour
    assert first.marker((0, 0)).symbol != second.marker((0, 0)).symbol


@pytest.mark.parametrize("most", [0.05, 0.3, 1, 4, 7, 35, 90, 101, 999, 1000, 35602])
def test_scales_are_round_begin_at_zero_and_hold_the_most(most):
    marked = _ticks(most, whole=False)
    assert marked[0] == 0
    assert marked[-2] < most <= marked[-1] * 1.001
    assert 2 <= len(marked) <= 6
    step = f"{marked[1]:.10e}".split("e")[0].rstrip("0").rstrip(".")
    assert step in {"1", "2", "5"}


def test_the_key_stays_on_the_sheet():
    names = tuple((f"Citizens of a state detected in another one {n}", (1.0,)) for n in range(9))
    shapes, high = plot_key.flow(plot_key.entries(Chart("line", "t", "u", ("1",), names, "alt")))
    rows = {one.at[1] for one in shapes if isinstance(one, Text)}
    assert len(rows) == high / plot_key.ROW > 3
    assert max(one.at[0] + len(one.plain) * plot_key.LETTER for one in shapes if isinstance(one, Text)) <= plot_key.WIDE


def test_persons_are_not_halved():
    assert _ticks(1, whole=True) == [0, 1]
    assert _ticks(1, whole=False) == [0, 0.5, 1]
