"""Charts of the file's own, to be edited: lines whose gaps stay gaps, masked figures as bars, stacked bars."""

from collections.abc import Iterator, Sequence
from itertools import pairwise
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import XL_CHART_TYPE, XL_LEGEND_POSITION, XL_MARKER_STYLE, XL_TICK_LABEL_POSITION
from pptx.enum.dml import MSO_LINE, MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.util import Pt

from dashboard.briefing.content import Chart, Role
from dashboard.briefing.slides import look
from dashboard.briefing.slides.look import Box
from dashboard.briefing.slides.page import Page, describe

SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
ORDER: tuple[Role, ...] = ("value", "zero", "least", "most")
# The lines of several directions: colour, and a shape that tells them apart in grey print.
WAYS = ((look.FIGURE, XL_MARKER_STYLE.CIRCLE, None), ("8030f0", XL_MARKER_STYLE.SQUARE, MSO_LINE.DASH))
BARS: dict[Role, tuple[str, Any]] = {
    "value": (look.FIGURE, None),
    "zero": ("ffffff", None),
    "masked": (look.MASKED, MSO_PATTERN.WIDE_UPWARD_DIAGONAL),
    "unusable": (look.FAINT, MSO_PATTERN.DIAGONAL_CROSS),
    "missing": ("d5dade", None),
}


def put(page: Page, held: Chart, box: Box, title: str = "") -> None:
    """Put a chart into a box, under a title where it is not the slide's."""
    data: Any = CategoryChartData(number_format="#,##0")  # type: ignore[no-untyped-call]
    data.categories = held.categories
    for name, values in held.series:
        data.add_series(name, values)
    kind = XL_CHART_TYPE.LINE_MARKERS if held.kind == "line" else XL_CHART_TYPE.COLUMN_STACKED
    frame = page.slide.shapes.add_chart(kind, *box.emu(), data)
    frame.name = held.title
    describe(frame, held.alt)
    chart = frame.chart
    chart.has_title = bool(title)
    if title:
        _said(chart.chart_title.text_frame, title, page.tag, bold=True)
    chart.font.size, chart.font.name = Pt(look.TEXT), look.FONT
    chart.font.color.rgb = look.rgb(look.INK)
    _legend(chart)
    _axes(chart, held, page.tag)
    if held.kind == "line":
        _lines(chart, held)
    else:
        _bars(chart, held)


def _legend(chart: Any) -> None:  # noqa: ANN401 - python-pptx
    chart.has_legend = True
    chart.legend.position = XL_LEGEND_POSITION.BOTTOM
    chart.legend.include_in_layout = False
    chart.legend.font.size = Pt(look.TEXT)


def _said(frame: Any, text: str, tag: str, *, bold: bool = False) -> None:  # noqa: ANN401 - python-pptx
    frame.text = text
    run = frame.paragraphs[0].runs[0]
    run.font.size, run.font.bold = Pt(look.TEXT + 2 * bold), bold
    run.font._rPr.set("lang", tag)  # noqa: SLF001 - python-pptx knows its own list of languages only


def _axes(chart: Any, held: Chart, tag: str) -> None:  # noqa: ANN401 - python-pptx
    """Years under the chart, the unit beside it, pale lines across; figures begin at zero."""
    up, across = chart.value_axis, chart.category_axis
    up.minimum_scale = 0
    up.has_title = True
    _said(up.axis_title.text_frame, held.unit, tag)
    if held.kind == "bar":
        up.maximum_scale = max(map(sum, zip(*(map(_counted, values) for _, values in held.series), strict=True)))
    up.major_gridlines.format.line.color.rgb = look.rgb(look.RULE)
    up.major_gridlines.format.line.width = Pt(0.5)
    up.format.line.fill.background()
    up.tick_labels.number_format, up.tick_labels.number_format_is_linked = "#,##0", False
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.format.line.color.rgb = look.rgb(look.FAINT)
    across.has_major_gridlines = False


def _counted(value: float | None) -> float:
    return value or 0.0


def _lines(chart: Any, held: Chart) -> None:  # noqa: ANN401 - python-pptx
    for series, (role, way), (_, values) in zip(chart.plots[0].series, _ways(held.roles), held.series, strict=True):
        series.smooth = False
        colour, shape, dash = WAYS[way % len(WAYS)]
        {"value": _value, "zero": _zero, "least": _end, "most": _end}[role](series, colour, shape, dash)
        if role == "most":
            least = held.series[[*held.series].index((series.name, values)) - 1][1]
            series._element.insert_element_before(_interval(values, least, colour), "c:cat")  # noqa: SLF001 - python-pptx has no error bars


def _ways(roles: Sequence[Role]) -> Iterator[tuple[Role, int]]:
    """Each role with the number of its direction: the next one begins where the order of roles begins anew."""
    way = 0
    for before, role in pairwise(("value", *roles)):
        if (before != role and ORDER.index(role) < ORDER.index(before)) or (before == role and role != "value"):
            way += 1
        yield role, way


def _value(series: Any, colour: str, shape: Any, dash: Any) -> None:  # noqa: ANN401 - python-pptx
    series.format.line.color.rgb, series.format.line.width = look.rgb(colour), Pt(2.25)
    if dash:
        series.format.line.dash_style = dash
    _mark(series, shape, 8, colour, colour)


def _zero(series: Any, colour: str, _shape: Any, _dash: Any) -> None:  # noqa: ANN401 - python-pptx
    series.format.line.fill.background()
    _mark(series, XL_MARKER_STYLE.DIAMOND, 12, "ffffff", colour)


def _end(series: Any, colour: str, _shape: Any, _dash: Any) -> None:  # noqa: ANN401 - python-pptx
    series.format.line.fill.background()
    _mark(series, XL_MARKER_STYLE.DASH, 10, look.MASKED if colour == look.FIGURE else colour, colour)


def _mark(series: Any, shape: Any, size: int, fill: str, line: str) -> None:  # noqa: ANN401 - python-pptx
    marker = series.marker
    marker.style, marker.size = shape, size
    marker.format.fill.solid()
    marker.format.fill.fore_color.rgb = look.rgb(fill)
    marker.format.line.color.rgb = look.rgb(line)


def _interval(most: Sequence[float | None], least: Sequence[float | None], colour: str) -> Any:  # noqa: ANN401 - lxml
    """Bars from the most of each masked figure down to its least."""
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{high - low:g}</c:v></c:pt>'
        for place, (high, low) in enumerate(zip(most, least, strict=True))
        if high is not None and low is not None
    )
    shown = look.MASKED if colour == look.FIGURE else colour
    return parse_xml(
        f'<c:errBars {SPACES}><c:errDir val="y"/><c:errBarType val="minus"/><c:errValType val="cust"/>'
        '<c:noEndCap val="1"/><c:minus><c:numLit><c:formatCode>General</c:formatCode>'
        f'<c:ptCount val="{len(most)}"/>{points}</c:numLit></c:minus>'
        f'<c:spPr><a:ln w="28575"><a:solidFill><a:srgbClr val="{shown}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )


def _bars(chart: Any, held: Chart) -> None:  # noqa: ANN401 - python-pptx
    plot = chart.plots[0]
    plot.gap_width, plot.overlap = 30, 100
    for series, role in zip(plot.series, held.roles, strict=True):
        colour, pattern = BARS[role]
        fill = series.format.fill
        if pattern:
            fill.patterned()
            fill.pattern = pattern
            fill.fore_color.rgb, fill.back_color.rgb = look.rgb(colour), look.rgb("ffffff")
        else:
            fill.solid()
            fill.fore_color.rgb = look.rgb(colour)
        series.format.line.color.rgb, series.format.line.width = look.rgb(look.FAINT), Pt(0.5)
