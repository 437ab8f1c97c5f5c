"""A figure's Plotly specification as plain shapes, in the order in which they are drawn.

The specification is the one model of a figure: Plotly draws it in the browser; `svg` and `slide` draw what is made of
it here. What it may hold stands in `dashboard.charts.render.subset`.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import groupby
from typing import Any

from dashboard.charts.colors import INVISIBLE, NAME, Theme, resolved
from dashboard.charts.render import subset
from dashboard.charts.render.axes import FONT_SIZE, TICK_GAP, TICK_LENGTH, Axis, AxisPair, Point, ReadOnlySpec, plots
from dashboard.charts.render.shapes import (
    Hatch,
    Layer,
    Level,
    Mark,
    Paint,
    Path,
    Runs,
    Shape,
    Side,
    Stroke,
    TextShape,
    VectorDrawing,
)

# The axes of the key.
KEY = "x9"
# Plotly's defaults: the colors of text and grid, the sizes of lines and marks.
INK = "#444444"
GRID = "#eeeeee"
LINE_WIDTH = 2.0
MARK_SIZE = 6.0
# Dashes as multiples of the line width, which counts as at least so many pixels; marks of several sizes are paler and
# have an edge.
DASHES = {"solid": (), "dot": (1.0, 1.0), "dash": (3.0, 3.0)}
DASHED = 3.0
BUBBLE = 0.7
BUBBLE_EDGE = {"color": "#ffffff", "width": 1}
# An annotation without an anchor is anchored at an edge of the sheet that it is near.
NEAR = 1 / 3
FAR = 2 / 3
_RGBA = re.compile(r"rgba?\(\s*(\d+),\s*(\d+),\s*(\d+)(?:,\s*([\d.]+))?\s*\)")
_COLOR = re.compile(r"#[0-9a-fA-F]{6,8}|(?:rgba?|var)\([^)]*\)")
_PIXELS = re.compile(r"[\d.]+px(,[\d.]+px)*")
_TAG = re.compile(r"<[^>]*>")


def drawing(
    spec: ReadOnlySpec,
    width: float | None = None,
    *,
    title: str = "",
    alt: str = "",
    targets: bool = False,
    theme: Theme | None = "light",
) -> VectorDrawing:
    """The shapes of a figure.

    Args:
        spec: `data` and `layout`, with a `height`.
        width: pixels; by default the layout's.
        title, alt: of the figure, for writers that have a place for them.
        targets: whether to keep the invisible marks for click, which are on top of all else.
        theme: whose colors it has; None keeps their names, for a place with the style sheet of
            `dashboard.charts.colors`.

    Raises:
        dashboard.charts.render.subset.UnsupportedError: it holds something that only Plotly can draw.
    """
    subset.check(spec)
    spec = resolved(spec, theme) if theme else spec
    layout = spec["layout"]
    wide = float(width if width is not None else layout["width"])
    on = plots(spec, wide)
    shapes = (
        *_rectangles(layout, on),
        *(line for plot in on.values() for line in _grid(layout, plot)),
        *_traces(spec, on),
        *(one for plot in on.values() for axis in (plot.x, plot.y) for one in _scale(layout, axis, plot)),
        *_annotations(layout, on, wide),
    )
    visible = [shape for shape in shapes if shape.layer != "target"]
    above = [shape for shape in shapes if shape.layer == "target"] if targets else []
    return VectorDrawing(wide, float(layout["height"]), (*visible, *above), title, alt)


def paint(css: str, opacity: float = 1.0) -> Paint:
    """A color of a specification: a name of `COLORS`, `#rrggbb`, `#rrggbbaa` or `rgba(...)`."""
    if named := NAME.fullmatch(css):
        return Paint(named[0].removesuffix(named[2] or ""), (int(named[2], 16) / 255 if named[2] else 1.0) * opacity)
    if found := _RGBA.fullmatch(css):
        red, green, blue = (int(channel) for channel in found.groups()[:3])
        return Paint(f"#{red:02x}{green:02x}{blue:02x}", float(found[4] or 1) * opacity)
    return Paint(css[:7], (int(css[7:9], 16) / 255 if css[7:9] else 1.0) * opacity)


def runs(text: str) -> tuple[Runs, ...]:
    """Words with `<b>` and `<br>` as lines of runs."""
    bold, lines = False, []
    for line in text.split("<br>"):
        found: list[tuple[str, bool]] = []
        for part in re.split(r"(</?b>)", line):
            if part in {"<b>", "</b>"}:
                bold = part == "<b>"
            elif part:
                found.append((part, bold))
        lines.append(tuple(found))
    return tuple(lines)


def _stroke(line: ReadOnlySpec, place: str = "line") -> Stroke:
    width = line.get("width", LINE_WIDTH)
    if "color" not in line and width:
        raise subset.UnsupportedError(f"{place}.color is missing: Plotly alone would choose one")
    return Stroke(paint(line.get("color", INK)), width, _dashes(line.get("dash", "solid"), width, place))


def _dashes(dash: str, width: float, place: str) -> tuple[float, ...]:
    """The pixels drawn and left out: of a name, or of a list as in `7px,3px`."""
    if dash in DASHES:
        return tuple(part * max(width, DASHED) for part in DASHES[dash])
    if not _PIXELS.fullmatch(dash):
        raise subset.UnsupportedError(f"{place}.dash = {dash!r} is none of {', '.join(DASHES)}, nor pixels")
    return tuple(float(part.removesuffix("px")) for part in dash.split(","))


def _hatch(pattern: ReadOnlySpec | None) -> Hatch | None:
    if not pattern or not pattern.get("shape"):
        return None
    return Hatch(pattern["shape"], paint(pattern["fgcolor"]), pattern.get("size", 8), pattern.get("solidity", 0.3))


def _font(layout: ReadOnlySpec, font: ReadOnlySpec | None) -> tuple[float, Paint]:
    font_spec = {"size": FONT_SIZE, "color": INK} | layout.get("font", {}) | (font or {})
    return font_spec["size"], paint(font_spec["color"])


# Rectangles and axes


def _rectangles(layout: ReadOnlySpec, on: Mapping[tuple[str, str], AxisPair]) -> Iterator[Path]:
    for shape in layout.get("shapes", []):
        xs = [_pixel(shape[end], shape["xref"], on) for end in ("x0", "x1")]
        ys = [_pixel(shape[end], shape["yref"], on) for end in ("y0", "y1")]
        ring = ((xs[0], ys[1]), (xs[1], ys[1]), (xs[1], ys[0]), (xs[0], ys[0]), (xs[0], ys[1]))
        line = {"color": shape["fillcolor"]} | shape["line"]
        yield Path("ground", (ring,), _stroke(line), paint(shape["fillcolor"]))


def _pixel(value: float, ref: str, on: Mapping[tuple[str, str], AxisPair]) -> float:
    """The pixel of a value on an axis, or of a share of its length."""
    axis = next(axis for plot in on.values() for axis in (plot.x, plot.y) if axis.name == ref.partition(" ")[0])
    return axis.start + value * (axis.end - axis.start) if ref.endswith("domain") else axis.at(value)


def _anchors(axis: Axis, plot: AxisPair) -> bool:
    """Whether an axis is visible and belongs to this plot."""
    other = plot.y if axis is plot.x else plot.x
    named = axis.spec.get("anchor", other.name[0] + axis.name[1:])
    return bool(axis.spec.get("visible", True)) and named == other.name


def _grid(layout: ReadOnlySpec, plot: AxisPair) -> Iterator[Path]:
    """The grid lines of a plot at the ticks of its axes, if the axes have them."""
    left, top, right, bottom = plot.box
    for axis in (plot.x, plot.y):
        if not (_anchors(axis, plot) and axis.spec.get("showgrid", True)):
            continue
        places = [axis.at(value) for value, _ in axis.ticks(layout.get("separators", ".,"))]
        lines = tuple(((at, top), (at, bottom)) if axis is plot.x else ((left, at), (right, at)) for at in places)
        if lines:
            yield Path("axis", lines, Stroke(paint(axis.spec.get("gridcolor", GRID)), 1.0))


def _scale(layout: ReadOnlySpec, axis: Axis, plot: AxisPair) -> Iterator[Shape]:
    """The labels of a visible axis of a plot, and its ticks if it has any."""
    if not _anchors(axis, plot):
        return
    color = {"color": axis.spec["color"]} if "color" in axis.spec else {}
    size, ink = _font(layout, color | axis.spec.get("tickfont", {}))
    length = TICK_LENGTH if axis.spec.get("ticks") == "outside" else 0.0
    angle = float(axis.spec.get("tickangle") or 0)
    ticks = axis.ticks(layout.get("separators", ".,"))
    for value, words in ticks:
        line, at, side, level = _tick(axis, plot, value, length, angle)
        if length:
            yield Path("axis", (line,), Stroke(ink, 1.0))
        yield TextShape("axis", at, runs(words), side, size, ink, level, angle)


def _tick(
    axis: Axis, plot: AxisPair, value: float, length: float, angle: float
) -> tuple[tuple[Point, Point], Point, Side, Level]:
    """The line of a tick, and the place and alignment of its label."""
    left, top, _, bottom = plot.box
    if axis is plot.y:
        y = axis.at(value)
        return ((left, y), (left - length, y)), (left - length - TICK_GAP, y), "left", "middle"
    x, above = axis.at(value), axis.spec.get("side") == "top"
    start, way = (top, -1) if above else (bottom, 1)
    line, at = ((x, start), (x, start + way * length)), (x, start + way * (length + TICK_GAP))
    if angle:
        return line, at, "right" if (angle < 0) == above else "left", "middle"
    return line, at, "center", "bottom" if above else "top"


# Traces


def _traces(spec: ReadOnlySpec, on: Mapping[tuple[str, str], AxisPair]) -> Iterator[Shape]:
    for number, trace in enumerate(spec["data"]):
        plot = on[trace.get("xaxis", "x"), trace.get("yaxis", "y")]
        if any(isinstance(value, str) for value in trace["x"][:1]):
            raise subset.UnsupportedError(f"data[{number}].x holds words: use numbers and `ticktext`")
        yield from _trace(trace, plot, f"data[{number}]")


def _trace(trace: ReadOnlySpec, plot: AxisPair, place: str) -> Iterator[Shape]:
    layer: Layer | None = "key" if plot.x.name == KEY else None
    mode = trace["mode"]
    if trace.get("fill") == "toself":
        yield from _area(trace, plot, layer or "area")
    elif "lines" in mode:
        lines = tuple(cut for line in _points(trace, plot) for cut in plot.trimmed(line))
        stroke = _stroke(trace.get("line", {}), f"{place}.line")
        if lines and stroke.visible:
            yield Path(layer or "line", lines, stroke)
    if "markers" in mode:
        yield from _marks(trace, plot, layer or "mark", place)
        yield from _words(trace, plot)
    if "text" in mode:
        yield from _labels(trace, plot, layer or "label")


def _points(trace: ReadOnlySpec, plot: AxisPair) -> Iterator[list[Point]]:
    """The parts of a trace between its gaps."""
    pairs = zip(trace["x"], trace["y"], strict=True)
    for gap, part in groupby(pairs, lambda pair: None in pair):
        if not gap:
            line = plot.line(part)
            if len(line) > 1:
                yield line


def _area(trace: ReadOnlySpec, plot: AxisPair, layer: Layer) -> Iterator[Path]:
    lines = tuple(cut for ring in _points(trace, plot) for cut in plot.clipped(ring))
    if lines:
        hatch, fill = _hatch(trace.get("fillpattern")), paint(trace["fillcolor"])
        meta = trace.get("meta")
        opens = _mark_of(meta.get("opens")) if isinstance(meta, dict) else ""
        alt = _plain(trace.get("text", ""))
        yield Path(layer, lines, _stroke(trace["line"]), fill, hatch, trace.get("name", ""), alt, opens)


def _plain(text: object) -> str:
    """A text of a trace in one line, without markup; empty if it is a list."""
    return _TAG.sub("", text.replace("<br>", "; ")) if isinstance(text, str) else ""


def _mark_of(parts: object) -> str:
    """What a click opens, as the stage sends it: an id, or parts joined by points."""
    if isinstance(parts, list | tuple):
        return ".".join(str(part or "") for part in parts)
    return str(parts or "")


def _marks(trace: ReadOnlySpec, plot: AxisPair, layer: Layer, place: str) -> Iterator[Mark]:
    marker = trace.get("marker", {})
    for number, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        if x is None or y is None:
            continue
        at = plot.place(x, y)
        alt, opens = _answer(trace, number)
        mark = replace(_mark(marker, number, layer, at, place), alt=alt, opens=opens)
        if mark.fill.opacity or mark.stroke.visible:
            if plot.holds(at):
                yield mark
        elif mark.opens:
            # A link is needed even where a label is cut off.
            yield replace(mark, layer="target")


def _words(trace: ReadOnlySpec, plot: AxisPair) -> Iterator[Path]:
    """The boxes of the texts that answer as marks of the trace do (`dashboard.charts.labels.targets`)."""
    meta = trace.get("meta")
    for number, x, y, left, bottom, right, top in meta.get("words", []) if isinstance(meta, dict) else []:
        across, down = plot.place(x, y)
        west, north, east, south = across + left, down - top, across + right, down - bottom
        box = ((west, north), (east, north), (east, south), (west, south))
        alt, opens = _answer(trace, number)
        yield Path("target", (box,), Stroke(paint(INVISIBLE), 0), paint(INVISIBLE), alt=alt, opens=opens)


def _answer(trace: ReadOnlySpec, number: int) -> tuple[str, str]:
    """What one of a trace's points says when pointed at, and what a click on it opens; both empty if nothing."""
    data = trace.get("customdata")
    opens = _mark_of(data[number]) if data else ""
    return (_plain(_each(trace.get("hovertext"), number)), opens) if opens else ("", "")


def _mark(marker: ReadOnlySpec, number: int, layer: Layer, at: Point, place: str = "data") -> Mark:
    """The mark of one of a trace's points."""
    several = isinstance(marker.get("size"), list)
    opacity = float(_each(marker.get("opacity", BUBBLE if several else 1), number))
    line = (BUBBLE_EDGE if several else {}) | marker.get("line", {})
    if opacity and "color" not in marker:
        raise subset.UnsupportedError(f"{place}.marker.color is missing: Plotly alone would choose one")
    fill = paint(_each(marker.get("color", INK), number), opacity)
    edge = paint(_each(line.get("color", fill.color), number), opacity)
    stroke = Stroke(edge, _each(line.get("width", 0), number))
    symbol, size = _each(marker.get("symbol", "circle"), number), _each(marker.get("size", MARK_SIZE), number)
    return Mark(layer, at, symbol, size, fill, stroke)


def _each(value: Any, number: int) -> Any:  # noqa: ANN401 - Plotly's own: one for all, or a list
    return value[number] if isinstance(value, list | tuple) else value


def _labels(trace: ReadOnlySpec, plot: AxisPair, layer: Layer) -> Iterator[TextShape]:
    font, sides = trace["textfont"], trace.get("textposition", "middle center")
    ink, shadow = paint(font["color"]), _COLOR.findall(font.get("shadow", ""))
    halo = paint(shadow[0]) if shadow and layer == "label" else None
    for number, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        side = _each(sides, number).rpartition(" ")[2]
        if (text := _each(trace["text"], number)) and x is not None:
            yield TextShape(layer, plot.place(x, y), runs(text), side, font["size"], ink, halo=halo)


# Annotations


def _annotations(layout: ReadOnlySpec, on: Mapping[tuple[str, str], AxisPair], width: float) -> Iterator[TextShape]:
    for note in layout.get("annotations", []):
        size, ink = _font(layout, note.get("font"))
        xref, yref = note.get("xref", "paper"), note.get("yref", "paper")
        x = note["x"] * width if xref == "paper" else _pixel(note["x"], xref, on)
        y = layout["height"] * (1 - note["y"]) if yref == "paper" else _pixel(note["y"], yref, on)
        level: Level = note.get("yanchor") or _near(note["y"], "bottom", "middle", "top")
        side = _SIDES[note.get("xanchor") or _near(note["x"], "left", "center", "right")]
        at_foot = yref == "paper" and level == "bottom" and note["y"] <= 0
        layer: Layer = "note" if at_foot else "heading"
        # A line of text needs no box: a halo parts it as well from what it crosses.
        halo = paint(note["bgcolor"]) if "bgcolor" in note else None
        yield TextShape(layer, (x, y - note.get("yshift", 0)), runs(note["text"]), side, size, ink, level, halo=halo)


# A text anchored at its left is to the right of its point.
_SIDES: Mapping[str, Side] = {"left": "right", "right": "left", "center": "center"}


def _near(share: float, low: str, middle: str, high: str) -> Any:  # noqa: ANN401 - one of the three
    return low if share < NEAR else high if share > FAR else middle
