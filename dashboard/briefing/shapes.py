"""A map's Plotly specification as plain shapes: polygons, lines, markers and words on a sheet of pixels. Pure.

The sheet is `width` by `height` design pixels, from its upper left corner; words and lines are measured in them too.
Whoever draws scales the sheet as a whole. Shapes come from the bottom up; what a panel does not show is cut off.
"""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby
from typing import Any, Literal

from dashboard.briefing.axes import Axes, Point, axes, blank

Layer = Literal["sea", "land", "state", "arrow", "line", "mark", "word", "key", "note"]
Ring = tuple[Point, ...]
ARROW = "→"
KEY = "9"
# What the map's own axes are called in `xaxis`, e.g. `x2`.
FIRST = "x"
_RGBA = re.compile(r"rgba?\(\s*(\d+),\s*(\d+),\s*(\d+)(?:,\s*([\d.]+))?\s*\)")
_TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True)
class Paint:
    """A colour (`#rrggbb`) and how much of it covers the ground, 0 to 1."""

    colour: str
    opacity: float = 1.0


@dataclass(frozen=True)
class Stroke:
    """A line: its colour, its pixels, and `solid`, `dot` or `dash`."""

    paint: Paint
    width: float
    dash: str = "solid"


@dataclass(frozen=True)
class Hatch:
    """A pattern over a ground, of one of Plotly's shapes, every `size` pixels; `solidity` is the ink's share."""

    shape: str
    ink: Paint
    size: float
    solidity: float


@dataclass(frozen=True)
class Polygon:
    """Closed rings of one look: a land with its islands, an arrow, a swatch; `said` is what it says when pointed at."""

    layer: Layer
    rings: tuple[Ring, ...]
    fill: Paint
    stroke: Stroke
    hatch: Hatch | None = None
    name: str = ""
    said: str = ""


@dataclass(frozen=True)
class Line:
    """Open lines of one look."""

    layer: Layer
    parts: tuple[Ring, ...]
    stroke: Stroke


@dataclass(frozen=True)
class Marker:
    """A symbol of Plotly's (`circle`, `diamond-open`, `triangle-up` ...) of `size` pixels, around its middle."""

    layer: Layer
    at: Point
    symbol: str
    size: float
    fill: Paint
    stroke: Stroke


@dataclass(frozen=True)
class Text:
    """Words of one or more lines, each of runs (words, bold); vertically around `at`, or from it upwards (a note).

    `side` says where the words lie, seen from their point.
    """

    layer: Layer
    at: Point
    lines: tuple[tuple[tuple[str, bool], ...], ...]
    side: Literal["left", "right", "center"]
    size: float
    paint: Paint

    @property
    def plain(self) -> str:
        """The words alone."""
        return "\n".join("".join(words for words, _ in line) for line in self.lines)


Shape = Polygon | Line | Marker | Text


@dataclass(frozen=True)
class Drawing:
    """All shapes of a figure, on a sheet of `width` by `height` pixels."""

    width: float
    height: float
    shapes: tuple[Shape, ...]


def drawing(spec: Mapping[str, Any]) -> Drawing:
    """The shapes of a map; its `layout` has `width` and `height`. What only answers to the pointer is left out."""
    layout = spec["layout"]
    held = {trace["xaxis"][len(FIRST) :] for trace in spec["data"]}
    on = {suffix: axes(layout, suffix) for suffix in held}
    shapes: list[Shape] = [*_seas(layout, on)]
    for trace in spec["data"]:
        shapes += _shapes(trace, on[trace["xaxis"][len(FIRST) :]])
    return Drawing(layout["width"], layout["height"] - blank(layout), (*shapes, *_notes(layout)))


def paint(css: str, opacity: float = 1.0) -> Paint:
    """A colour of a specification: `#rrggbb`, `#rrggbbaa` or `rgba(...)`."""
    if found := _RGBA.fullmatch(css):
        red, green, blue = (int(channel) for channel in found.groups()[:3])
        return Paint(f"#{red:02x}{green:02x}{blue:02x}", float(found[4] or 1) * opacity)
    return Paint(css[:7], (int(css[7:9], 16) / 255 if css[7:9] else 1.0) * opacity)


def _seas(layout: Mapping[str, Any], on: Mapping[str, Axes]) -> Iterator[Polygon]:
    for shape in layout.get("shapes", []):
        box = on[shape["xref"].split()[0][len(FIRST) :]]
        corners = [(box.left, box.top), (box.right, box.top), (box.right, box.bottom), (box.left, box.bottom)]
        line = shape["line"]
        stroke = Stroke(paint(line.get("color", shape["fillcolor"])), line["width"])
        yield Polygon("sea", ((*corners, corners[0]),), paint(shape["fillcolor"]), stroke)


def _shapes(trace: Mapping[str, Any], on: Axes) -> Iterator[Shape]:
    in_key = trace["xaxis"] == FIRST + KEY
    if trace.get("fill") == "toself":
        yield from _polygon(trace, on, "key" if in_key else _layer(trace))
    elif trace["mode"] == "lines":
        parts = tuple(cut for line in _rings(trace, on) for cut in on.trimmed(line))
        if parts:
            yield Line("line", parts, _stroke(trace["line"]))
    elif trace["mode"] == "markers":
        yield from _markers(trace, on, "key" if in_key else "mark")
    else:
        yield from _words(trace, on, "key" if in_key else "word")


def _layer(trace: Mapping[str, Any]) -> Layer:
    name = trace.get("name", "")
    return "arrow" if ARROW in name else "state" if name else "land"


def _polygon(trace: Mapping[str, Any], on: Axes, layer: Layer) -> Iterator[Polygon]:
    rings = tuple(cut for ring in _rings(trace, on) for cut in on.clipped(ring))
    if rings:
        fill, hatch = paint(trace["fillcolor"]), trace.get("fillpattern")
        made = hatch and Hatch(hatch["shape"], paint(hatch["fgcolor"]), hatch["size"], hatch["solidity"])
        said = _TAG.sub("", trace.get("text", "").replace("<br>", "; "))
        yield Polygon(layer, rings, fill, _stroke(trace["line"]), made, trace.get("name", ""), said)


def _stroke(line: Mapping[str, Any]) -> Stroke:
    dash = line.get("dash", "solid")
    return Stroke(paint(line["color"]), line["width"], dash if dash in {"solid", "dot"} else "dash")


def _rings(trace: Mapping[str, Any], on: Axes) -> Iterator[list[Point]]:
    """The parts of a trace between its gaps."""
    pairs = zip(trace["x"], trace["y"], strict=True)
    for drawn, part in groupby(pairs, lambda pair: pair[0] is not None):
        if drawn:
            yield [on.place(x, y) for x, y in part]


def _markers(trace: Mapping[str, Any], on: Axes, layer: Layer) -> Iterator[Marker]:
    marker = trace["marker"]
    line = marker.get("line", {"width": 0})
    for number, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        fill = paint(_each(marker["color"], number), float(_each(marker.get("opacity", 1), number)))
        at = on.place(x, y)
        if fill.opacity and on.holds(at):
            edge = Stroke(paint(_each(line.get("color", fill.colour), number)), _each(line["width"], number))
            symbol = _each(marker.get("symbol", "circle"), number)
            yield Marker(layer, at, symbol, _each(marker["size"], number), fill, edge)


def _each(value: Any, number: int) -> Any:  # noqa: ANN401 - Plotly's own: one for all, or a list
    return value[number] if isinstance(value, list) else value


def _words(trace: Mapping[str, Any], on: Axes, layer: Layer) -> Iterator[Text]:
    font, sides = trace["textfont"], trace["textposition"]
    for number, (x, y) in enumerate(zip(trace["x"], trace["y"], strict=True)):
        side = _each(sides, number).rpartition(" ")[2]
        if text := trace["text"][number]:
            yield Text(layer, on.place(x, y), _lines(text), side, font["size"], paint(font["color"]))


def _lines(text: str) -> tuple[tuple[tuple[str, bool], ...], ...]:
    """Words with `<b>` and `<br>` as lines of runs."""
    return tuple(tuple(_runs(line)) for line in text.split("<br>"))


def _runs(line: str) -> Iterator[tuple[str, bool]]:
    bold = False
    for part in re.split(r"(</?b>)", line):
        if part in {"<b>", "</b>"}:
            bold = part == "<b>"
        elif part:
            yield part, bold


def _notes(layout: Mapping[str, Any]) -> Iterator[Text]:
    """The notes at the foot, among them the boundary disclaimer: words from the lower left corner upwards."""
    for note in layout.get("annotations", []):
        font: Mapping[str, Any] = note["font"]
        foot: Sequence[float] = (note["x"] * layout["width"], (1 - note["y"]) * layout["height"] - blank(layout))
        yield Text("note", (foot[0], foot[1]), _lines(note["text"]), "right", font["size"], paint(font["color"]))
