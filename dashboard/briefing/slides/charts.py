"""Turn a chart's specification into an editable chart: gaps stay gaps, masked figures become error bars."""

from collections.abc import Mapping, Sequence
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.util import Pt

from dashboard.briefing.content import Figure
from dashboard.briefing.slides import look
from dashboard.briefing.slides.page import Page, describe, mark_language
from dashboard.charts.render.slide import EMU, Box
from dashboard.charts.render.subset import UnsupportedError

SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
# Points on a slide for a pixel of the specification: slides are read from further away than paper.
SCALE = 1.6
# PowerPoint's minimum size of a marker.
LEAST = 2
SYMBOLS = {
    "circle": XL_MARKER_STYLE.CIRCLE,
    "square": XL_MARKER_STYLE.SQUARE,
    "diamond": XL_MARKER_STYLE.DIAMOND,
    "triangle-up": XL_MARKER_STYLE.TRIANGLE,
    "pentagon": XL_MARKER_STYLE.STAR,
    "line-ew-open": XL_MARKER_STYLE.DASH,
}
PATTERNS = {"/": MSO_PATTERN.WIDE_UPWARD_DIAGONAL, "x": MSO_PATTERN.DIAGONAL_CROSS}
Trace = Mapping[str, Any]


def put(page: Page, figure: Figure, box: Box, title: str = "") -> None:
    """Put a chart into a box, with a title if one is given.

    Raises:
        dashboard.charts.render.subset.UnsupportedError: a marker or pattern that PowerPoint charts do not have.
    """
    layout = figure.spec["layout"]
    # Traces without values are only entries of the key, for bands that PowerPoint charts do not have.
    traces = [trace for trace in figure.spec["data"] if any(value is not None for value in trace["y"])]
    data: Any = CategoryChartData(number_format="#,##0")  # type: ignore[no-untyped-call]
    years = sorted({year for trace in traces for year in trace["x"]})
    data.categories = [str(year) for year in years]
    for trace in traces:
        values = dict(zip(trace["x"], trace["y"], strict=True))
        data.add_series(trace["name"], [values.get(year) for year in years])
    bars = traces[0]["type"] == "bar"
    kind = XL_CHART_TYPE.COLUMN_STACKED if bars else XL_CHART_TYPE.LINE_MARKERS
    frame = page.slide.shapes.add_chart(kind, *box.emu(), data)
    frame.name = figure.title
    describe(frame, figure.alt)
    chart = frame.chart
    chart.has_title = bool(title)
    if title:
        _write(chart.chart_title.text_frame, title, bold=True)
    chart.font.size, chart.font.name = Pt(look.TEXT), look.FONT
    chart.font.color.rgb = look.rgb(look.INK)
    _legend(chart)
    highest = max(value for trace in traces for value in trace["y"] if value is not None)
    _axes(chart, layout, highest, whole=bars)
    if bars:
        chart.plots[0].gap_width, chart.plots[0].overlap = 30, 100
    for series, trace, element in zip(chart.plots[0].series, traces, chart.element.iter("{*}ser"), strict=True):
        (_bar if bars else _line)(series, trace)
        errors = trace.get("error_y")
        if errors and any(errors["arrayminus"]):
            element.find("{*}cat").addprevious(_interval(trace["y"], errors))
    mark_language(chart.element, page.tag)


def _legend(chart: Any) -> None:  # noqa: ANN401 - python-pptx
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(look.TEXT)


def _write(frame: Any, text: str, *, bold: bool = False) -> None:  # noqa: ANN401 - python-pptx
    frame.text = text
    run = frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = Pt(look.TEXT + 2 * bold), bold


def _axes(chart: Any, layout: Mapping[str, Any], highest: float, *, whole: bool) -> None:  # noqa: ANN401 - python-pptx
    """Years under the chart, the unit at its side, pale grid lines; the scale starts at zero."""
    up, across = chart.value_axis, chart.category_axis
    up.minimum_scale = 0
    if highest <= 1:
        # Ticks at halves would be printed as whole numbers.
        up.maximum_scale = up.major_unit = 1
    up.has_title = True
    _write(up.axis_title.text_frame, layout["yaxis"]["title"]["text"])
    if whole:
        up.maximum_scale = layout["yaxis"]["range"][1]
    up.major_gridlines.format.line.color.rgb = look.rgb(look.RULE)
    up.major_gridlines.format.line.width = Pt(0.5)
    up.format.line.fill.background()
    up.tick_labels.number_format, up.tick_labels.number_format_is_linked = "#,##0", False
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.format.line.color.rgb = look.rgb(look.FAINT)
    across.has_major_gridlines = False


def _line(series: Any, trace: Trace) -> None:  # noqa: ANN401 - python-pptx
    """A line with its marks, or only marks."""
    series.smooth = False
    line = trace.get("line") if "lines" in trace["mode"] else None
    if line:
        series.format.line.color.rgb, series.format.line.width = look.rgb(line["color"]), Pt(line["width"] * SCALE)
        if line["dash"] != "solid":
            series.format.line.dash_style = MSO_LINE.DASH
    else:
        series.format.line.fill.background()
    marker, mark = trace["marker"], series.marker
    if marker["symbol"] not in SYMBOLS:
        raise UnsupportedError(f"marker.symbol = {marker['symbol']!r}: a chart of a slide has no such mark")
    mark.style, mark.size = SYMBOLS[marker["symbol"]], max(round(marker["size"] * SCALE), LEAST)
    mark.format.fill.solid()
    mark.format.fill.fore_color.rgb = look.rgb(marker["color"])
    mark.format.line.color.rgb = look.rgb(marker.get("line", marker)["color"])


def _interval(values: Sequence[float | None], bars: Mapping[str, Any]) -> Any:  # noqa: ANN401 - lxml
    """Bars downwards from each figure; python-pptx has no error bars."""
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{length:g}</c:v></c:pt>'
        for place, (length, value) in enumerate(zip(bars["arrayminus"], values, strict=True))
        if value is not None
    )
    width = round(bars["thickness"] * SCALE * EMU)
    return parse_xml(
        f'<c:errBars {SPACES}><c:errDir val="y"/><c:errBarType val="minus"/><c:errValType val="cust"/>'
        '<c:noEndCap val="1"/><c:minus><c:numLit><c:formatCode>General</c:formatCode>'
        f'<c:ptCount val="{len(values)}"/>{points}</c:numLit></c:minus><c:spPr><a:ln w="{width}"><a:solidFill>'
        f'<a:srgbClr val="{bars["color"][1:]}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )


def _bar(series: Any, trace: Trace) -> None:  # noqa: ANN401 - python-pptx
    marker, fill = trace["marker"], series.format.fill
    if pattern := marker.get("pattern"):
        fill.patterned()
        fill.pattern = PATTERNS[pattern["shape"]]
        fill.fore_color.rgb, fill.back_color.rgb = look.rgb(pattern["fgcolor"]), look.rgb(pattern["bgcolor"])
    else:
        fill.solid()
        fill.fore_color.rgb = look.rgb(marker["color"])
    series.format.line.color.rgb, series.format.line.width = look.rgb(marker["line"]["color"]), Pt(0.5)
