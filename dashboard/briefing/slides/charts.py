"""Charts that an editor of slides can change: gaps stay gaps, masked figures become error bars."""

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Any

from pptx.chart.data import CategoryChartData
from pptx.enum.chart import (
    XL_CHART_TYPE,
    XL_LABEL_POSITION,
    XL_LEGEND_POSITION,
    XL_MARKER_STYLE,
    XL_TICK_LABEL_POSITION,
)
from pptx.enum.dml import MSO_PATTERN
from pptx.oxml import parse_xml
from pptx.util import Pt

from dashboard.briefing.slides import letters, look
from dashboard.briefing.slides.page import BriefingSlide, Type, describe, mark_language
from dashboard.charts.bars import BarBlock
from dashboard.charts.colors import THEMES
from dashboard.charts.editable import FigureRole, Line, YearChart
from dashboard.charts.figure_words import MARK, may_add
from dashboard.charts.render.slide import EMU, Box
from dashboard.charts.time_plot import STEPS
from data.i18n import Language

SPACES = (
    'xmlns:c="http://schemas.openxmlformats.org/drawingml/2006/chart" '
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main"'
)
PALETTE = THEMES["light"]
# Of lines, by role: the mark and its size; the width of lines and of the bars of masked figures, in points.
MARKS: dict[FigureRole, tuple[Any, int]] = {
    "value": (XL_MARKER_STYLE.CIRCLE, 8),
    "zero": (XL_MARKER_STYLE.DIAMOND, 12),
    "masked": (XL_MARKER_STYLE.DASH, 8),
}
LINE = 2.24
INTERVAL = 3.36
TICKS = 4
# Points between charts of bars; the most share of the width for the words after a bar.
GAP = 16.0
AFTER = 0.62
# The width that the number of a year takes; the fill of a hollow mark.
YEAR = 46
HOLLOW = "f2b48c"
# The most height of a bar with its gap, the size of its words, and the share of the width of the names beside it.
ROW = 126.0
WORDS = 14.0
NAMES = 0.4
# The least height of a bar with its gap for words in two lines, and for large names in three.
TWO_LINES = 42.0
THREE_LINES = 60.0


def put(page: BriefingSlide, content: YearChart, box: Box, *, keyed: bool = True) -> None:
    """Put a chart of years into a box, under its title; `keyed`: with a key, if it has several kinds of figures."""
    data: Any = CategoryChartData(number_format=_written(page.briefing.lang))  # type: ignore[no-untyped-call]
    data.categories = [str(year) for year in content.years]
    for line in content.lines:
        data.add_series(line.name, line.figures)
    kind = XL_CHART_TYPE.COLUMN_STACKED if content.stacked else XL_CHART_TYPE.LINE_MARKERS
    frame = page.slide.shapes.add_chart(kind, *box.emu(), data)
    frame.name = content.title
    describe(frame, content.alt)
    chart = frame.chart
    chart.has_title = True
    _write(chart.chart_title.text_frame, " · ".join(filter(None, [content.title, content.said])), bold=True)
    chart.font.size, chart.font.name = Pt(look.TEXT), look.FONT
    chart.font.color.rgb = look.rgb(look.INK)
    chart.has_legend = keyed and len(content.lines) > 1
    if chart.has_legend:
        chart.legend.position = XL_LEGEND_POSITION.BOTTOM
        chart.legend.include_in_layout = False
        chart.legend.font.size = Pt(look.TEXT)
    _axes(chart, content, box.width / len(content.years))
    chart.value_axis.tick_labels.number_format = _written(page.briefing.lang)
    chart.value_axis.tick_labels.number_format_is_linked = False
    if content.stacked:
        chart.plots[0].gap_width, chart.plots[0].overlap = 30, 100
    each = zip(chart.plots[0].series, content.lines, chart.element.iter("{*}ser"), strict=True)
    for series, line, element in each:
        if content.stacked:
            _fill(series.format.fill, hatched=line.role == "more")
            series.format.line.color.rgb, series.format.line.width = look.rgb(PALETTE.frame), Pt(0.5)
            continue
        _line(series, line.role)
        if line.role == "value":
            _apart(series, content)
            _last(series)
        if any(line.spans):
            element.find("{*}cat").addprevious(_interval(line))
    _marks(chart.plots[0].series, content, page.briefing.lang)
    mark_language(chart.element, page.tag)


def _written(lang: Language) -> str:
    """The format of whole figures in the language of the briefing: Office's own follows the reader's computer."""
    mark = lang.number(1000)[1:-3]
    return f'[>=1000000]#"{mark}"###"{mark}"##0;[>=1000]#"{mark}"##0;0'


def bars(page: BriefingSlide, blocks: Sequence[BarBlock], alt: str, box: Box) -> None:
    """Put blocks of bars beside each other, each a chart under its heading and what its figures are of."""
    wide = (box.width - GAP * (len(blocks) - 1)) / len(blocks)
    tall = max(letters.height(block.base, wide, look.TEXT) for block in blocks) + 20
    most = max(len(block.bars) for block in blocks)
    rest = max(letters.height("\n".join(block.rest), wide, look.TEXT) if block.rest else 0.0 for block in blocks)
    for number, block in enumerate(blocks):
        left = box.left + number * (wide + GAP)
        page.say(Box(left, box.top, wide, 20), [block.heading], Type(14, look.INK, bold=True), block.heading)
        page.say(Box(left, box.top + 20, wide, tall - 20), [block.base], Type(look.TEXT, look.FAINT), block.base)
        room = min(box.height - tall - rest - 4, ROW * most)
        height = room * len(block.bars) / most
        _block(page, block, alt, Box(left, box.top + tall, wide, height))
        if block.rest:
            below = Box(left, box.top + tall + height + 4, wide, rest)
            page.say(below, block.rest, Type(look.TEXT, look.FAINT), block.rest[0])


def _block(page: BriefingSlide, block: BarBlock, alt: str, box: Box) -> None:
    """A chart of bars: solid up to the least that a figure can be, then hatched up to the most, then its words."""
    data: Any = CategoryChartData(number_format=_written(page.briefing.lang))  # type: ignore[no-untyped-call]
    data.categories = [bar.name for bar in block.bars]
    data.add_series(block.heading, [bar.figure[0] for bar in block.bars])
    data.add_series(may_add(page.briefing.lang), [bar.figure[1] - bar.figure[0] for bar in block.bars])
    frame = page.slide.shapes.add_chart(XL_CHART_TYPE.BAR_STACKED, *box.emu(), data)
    frame.name = block.heading
    describe(frame, f"{alt} {block.heading}")
    chart = frame.chart
    chart.has_title = chart.has_legend = False
    chart.font.name = look.FONT
    chart.font.color.rgb = look.rgb(look.INK)
    plot, up, down = chart.plots[0], chart.value_axis, chart.category_axis
    plot.gap_width, plot.overlap = 40, 100
    # Words stand at the end of the longest bar, too: a share is under its figure where there is room.
    said = [bar.words for bar in block.bars]
    size = WORDS if box.height / len(said) >= THREE_LINES else look.TEXT
    chart.font.size = Pt(size)
    if box.height / len(said) >= TWO_LINES:
        said = [text.replace(" (", "\n(") for text in said]
    longest = max(letters.width(line, size) for text in said for line in text.split("\n"))
    after = min((longest + 8) / (box.width * (1 - NAMES)), AFTER)
    chart.element.find(".//{*}plotArea").insert(0, _placed())
    up.minimum_scale, up.maximum_scale, up.visible = 0, (block.most or 1) / (1 - after), False
    up.has_major_gridlines = False
    down.reverse_order, down.has_major_gridlines = True, False
    down.format.line.fill.background()
    for series, hatched in zip(plot.series, (False, True), strict=True):
        for place, bar in enumerate(block.bars):
            _fill(series.points[place].format.fill, hatched=hatched, gray=not bar.mark)
    for place, text in enumerate(said):
        label = plot.series[1].points[place].data_label
        label.position = XL_LABEL_POSITION.INSIDE_BASE
        _write(label.text_frame, text, size=size)
        label.text_frame.word_wrap = False
    mark_language(chart.element, page.tag)


def _placed() -> Any:  # noqa: ANN401 - lxml
    """The place of the bars: without it each program gives the names as much of the width as they take in one line."""
    return parse_xml(
        f'<c:layout {SPACES}><c:manualLayout><c:layoutTarget val="inner"/><c:xMode val="edge"/><c:yMode val="edge"/>'
        f'<c:x val="{NAMES}"/><c:y val="0.02"/><c:w val="{1 - NAMES}"/><c:h val="0.96"/></c:manualLayout></c:layout>'
    )


def _fill(fill: Any, *, hatched: bool, gray: bool = False) -> None:  # noqa: ANN401 - python-pptx
    """The fill of a bar: as on the pages."""
    if hatched:
        fill.patterned()
        fill.pattern = MSO_PATTERN.WIDE_UPWARD_DIAGONAL
        fill.fore_color.rgb, fill.back_color.rgb = look.rgb(PALETTE.hatch), look.rgb(PALETTE.surface)
    else:
        fill.solid()
        fill.fore_color.rgb = look.rgb(PALETTE.unreported if gray else look.COUNTED)


def _last(series: Any) -> None:  # noqa: ANN401 - python-pptx
    """Write the last figure of a line beside it."""
    values = list(series.values)
    last = max(place for place, value in enumerate(values) if value is not None)
    label = series.points[last].data_label
    label.position = XL_LABEL_POSITION.ABOVE
    label.has_text_frame = False
    label.font.size, label.font.bold = Pt(look.TEXT), True
    element = label._get_or_add_dLbl()  # noqa: SLF001 - python-pptx can show the value of all points of a series only
    for name in ("showLegendKey", "showVal", "showCatName", "showSerName", "showPercent", "showBubbleSize"):
        for one in element.iterfind(f"{{*}}{name}"):
            one.set("val", "1" if name == "showVal" else "0")


def _marks(every: Any, content: YearChart, lang: Language) -> None:  # noqa: ANN401 - python-pptx
    """Write the mark of totals that their parts contradict beside each, after the last figure where that has words."""
    for place, year in enumerate(content.years):
        at = next((n for n, line in enumerate(content.lines) if line.figures[place] is not None), None)
        if year not in content.marked or at is None:
            continue
        line, label = content.lines[at], every[at].points[place].data_label
        last = line.role == "value" and not any(figure is not None for figure in line.figures[place + 1 :])
        label.position = XL_LABEL_POSITION.INSIDE_END if content.stacked else XL_LABEL_POSITION.ABOVE
        _write(label.text_frame, f"{lang.number(line.figures[place])}{MARK}" if last else MARK, bold=last)


def _write(frame: Any, text: str, *, bold: bool = False, size: float = look.TEXT) -> None:  # noqa: ANN401 - python-pptx
    frame.text = text
    for paragraph in frame.paragraphs:
        run = paragraph.runs[0]
        run.font.size, run.font.bold = Pt(size + 2 * bold), bold


def _axes(chart: Any, content: YearChart, wide: float) -> None:  # noqa: ANN401 - python-pptx
    """Years under the chart, pale grid lines; the scale starts at zero.

    Args:
        wide: points between two years.
    """
    up, across = chart.value_axis, chart.category_axis
    up.minimum_scale = 0
    figures = [figure for line in content.lines for figure in line.figures if figure is not None]
    if max(figures) <= 1:
        # Ticks at halves would be printed as whole numbers.
        up.maximum_scale = up.major_unit = 1
    else:
        tops = (sum(column) for column in zip(*(line.figures for line in content.lines), strict=True))
        marked = ticks(max(tops) if content.stacked else max(figures), whole=all(n == round(n) for n in figures))
        up.maximum_scale, up.major_unit = marked[-1], marked[1]
    up.has_title = False
    up.major_gridlines.format.line.color.rgb = look.rgb(look.RULE)
    up.major_gridlines.format.line.width = Pt(0.5)
    up.format.line.fill.background()
    across.tick_label_position = XL_TICK_LABEL_POSITION.LOW
    across.format.line.color.rgb = look.rgb(look.FAINT)
    across.has_major_gridlines = False
    across.tick_labels.font.size = Pt(look.TEXT)
    # Some years have no label, so that none is turned. LibreOffice breaks labels of no angle into lines of two digits.
    across._element.find("{*}txPr").find("{*}bodyPr").set("rot", "1")  # noqa: SLF001 - python-pptx has no angle
    skipped = parse_xml(f'<c:tickLblSkip {SPACES} val="{ceil(YEAR / wide)}"/>')
    across._element.find("{*}noMultiLvlLbl").addprevious(skipped)  # noqa: SLF001


def ticks(most: float, *, whole: bool) -> list[float]:
    """Round tick values from 0 to the first that is not below `most`; no fractions if figures are whole."""
    power = 10.0 ** floor(log10(most / TICKS))
    step = next(step * power for step in STEPS if step * power * TICKS >= most * 0.999)
    step = max(step, 1.0) if whole else step
    return [round(step * rank, 9) for rank in range(ceil(most / step - 0.001) + 1)]


def _line(series: Any, role: FigureRole) -> None:  # noqa: ANN401 - python-pptx
    """Values joined by a line, true zeros hollow, masked figures with a cap only."""
    series.smooth = False
    if role == "value":
        series.format.line.color.rgb, series.format.line.width = look.rgb(look.COUNTED), Pt(LINE)
    else:
        series.format.line.fill.background()
    _mark(series.marker, role)


def _mark(mark: Any, role: FigureRole) -> None:  # noqa: ANN401 - python-pptx
    style, size = MARKS[role]
    mark.style, mark.size = style, size
    mark.format.fill.solid()
    # LibreOffice draws no edge around a mark: a white one would not be seen.
    mark.format.fill.fore_color.rgb = look.rgb(HOLLOW if role == "zero" else look.COUNTED)
    mark.format.line.color.rgb = look.rgb(look.COUNTED)


def _apart(series: Any, content: YearChart) -> None:  # noqa: ANN401 - python-pptx
    """Leave out the line that leads to some years."""
    for place, year in enumerate(content.years):
        if year in content.apart:
            point = series.points[place]
            point.format.line.fill.background()
            _mark(point.marker, "value")


def _interval(line: Line) -> Any:  # noqa: ANN401 - lxml
    """Bars downwards from each figure; python-pptx has no error bars."""
    points = "".join(
        f'<c:pt idx="{place}"><c:v>{length:g}</c:v></c:pt>'
        for place, (length, figure) in enumerate(zip(line.spans, line.figures, strict=True))
        if figure is not None
    )
    width = round(INTERVAL * EMU)
    return parse_xml(
        f'<c:errBars {SPACES}><c:errDir val="y"/><c:errBarType val="minus"/><c:errValType val="cust"/>'
        '<c:noEndCap val="1"/><c:minus><c:numLit><c:formatCode>General</c:formatCode>'
        f'<c:ptCount val="{len(line.figures)}"/>{points}</c:numLit></c:minus><c:spPr><a:ln w="{width}"><a:solidFill>'
        f'<a:srgbClr val="{look.COUNTED}"/></a:solidFill></a:ln></c:spPr></c:errBars>'
    )
