"""A drawing as SVG: for paper, and inline in a web page. Text stays text."""

from collections.abc import Iterator
from functools import singledispatchmethod
from math import pi, sqrt
from xml.etree import ElementTree as ET

from dashboard.charts.render import symbols
from dashboard.charts.render.axes import Point
from dashboard.charts.render.shapes import (
    LINE_HEIGHT,
    Hatch,
    Mark,
    Paint,
    Path,
    Shape,
    Stroke,
    TextShape,
    VectorDrawing,
)

FONT = '"Source Sans", "Source Sans 3", sans-serif'
PLAIN = 400
BOLD = 700
# From the middle of a line of text down to its baseline, and the width of a halo, as multiples of the font size.
BASELINE = 0.34
HALO = 1.6
# The least line width of open symbols, in pixels.
THIN = 1.0


class SvgSheet:
    """An SVG under construction, shape by shape.

    Attributes:
        root: the `svg` element; one pixel of the drawing is one unit.
    """

    def __init__(self, drawing: VectorDrawing, font: str, prefix: str) -> None:
        """Nothing but title and description, on a sheet as large as the drawing.

        Args:
            font: families of the words.
            prefix: begins every id, so that several drawings may stand in one page.
        """
        self.font, self.prefix = font, prefix
        self.patterns: dict[tuple[Hatch, Paint], str] = {}
        size = {"width": _short(drawing.width), "height": _short(drawing.height)}
        box = f"0 0 {size['width']} {size['height']}"
        self.root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": box, **size})
        about = {"title": drawing.title, "desc": drawing.alt}
        named = {tag: f"{prefix}-{tag}" for tag, words in about.items() if words}
        if named:
            self.root.attrib |= {"role": "img", "aria-labelledby": " ".join(named.values())}
        for tag, name in named.items():
            self._add(tag, {"id": name}).text = about[tag]

    @singledispatchmethod
    def draw(self, shape: Shape) -> None:
        """Add a shape on top of all others."""
        raise TypeError(shape)

    @draw.register
    def _path(self, shape: Path) -> None:
        if shape.fill is None:
            self._add("path", {"d": "".join(map(self.pen, shape.lines)), "fill": "none", **_stroke(shape.stroke)})
            return
        fill = {"fill": self._pattern(shape.hatch, shape.fill)} if shape.hatch else _fill(shape.fill)
        # Islands that a ring encloses are lakes, in either direction.
        look = {**fill, "fill-rule": "evenodd", **_stroke(shape.stroke)}
        self._add("path", {"d": "".join(f"{self.pen(ring)}Z" for ring in shape.lines), **look})

    @draw.register
    def _mark(self, shape: Mark) -> None:
        name, radius = symbols.base(shape.symbol), shape.size / 2
        outline, strokes = symbols.OUTLINES[name], symbols.STROKES.get(name, ())
        hollow = "-open" in shape.symbol or not outline
        edge = Stroke(shape.fill, max(shape.stroke.width, THIN)) if hollow else shape.stroke
        closed = "" if not outline else f"{_placed(outline, shape.at, radius)}Z"
        closed = _circle(shape.at, radius) if outline is symbols.CIRCLE else closed
        opened = "".join(_placed(line, shape.at, radius) for line in strokes)
        fill = {"fill": "none"} if hollow else _fill(shape.fill)
        self._add("path", {"class": "mark", "d": closed + opened, **fill, **_stroke(edge)})
        if shape.symbol.endswith("-dot"):
            self._add("path", {"d": _circle(shape.at, radius * symbols.DOT), **_fill(shape.fill)})

    @draw.register
    def _text(self, shape: TextShape) -> None:
        x, y = shape.at
        anchor = {"left": "end", "right": "start", "center": "middle"}[shape.side]
        look = {"font-family": self.font, "font-size": _short(shape.size), "text-anchor": anchor, **_fill(shape.paint)}
        look |= _halo(shape.halo) if shape.halo else {}
        look |= {"transform": f"rotate({_short(shape.angle)} {_short(x)} {_short(y)})"} if shape.angle else {}
        for level, runs in zip(_baselines(shape), shape.lines, strict=True):
            place = {"x": _short(x), "y": _short(level)}
            # A line without words keeps others at their level.
            if not runs:
                continue
            first, heavy = runs[0]
            if len(runs) <= 1 and first == first.strip(" ") and "  " not in first:
                self._add("text", {**place, **look, "font-weight": _weight(heavy)}).text = first
                continue
            line = self._add("text", {**place, "xml:space": "preserve", **look})
            for words, bold in runs:
                self._add("tspan", {"font-weight": _weight(bold)}, line).text = words

    def pen(self, points: tuple[Point, ...]) -> str:
        """The line through some points, as path data."""
        return _line(points)

    def _add(self, tag: str, values: dict[str, str], into: ET.Element | None = None) -> ET.Element:
        """A new element at the end of another one, by default of the root."""
        return ET.SubElement(self.root if into is None else into, tag, values)

    def _pattern(self, hatch: Hatch, ground: Paint) -> str:
        """A reference to a pattern, which is defined once per look."""
        key = (hatch, ground)
        if key not in self.patterns:
            self.patterns[key] = f"{self.prefix}-hatch{len(self.patterns)}"
            size = _short(_tile(hatch))
            box = {"width": size, "height": size, "patternUnits": "userSpaceOnUse"}
            made = self._add("pattern", {"id": self.patterns[key], **box})
            self._add("rect", {"width": size, "height": size, **_fill(ground)}, made)
            self._add("path", _hatching(hatch), made)
        return f"url(#{self.patterns[key]})"


def svg(drawing: VectorDrawing, *, font: str = FONT, prefix: str = "figure", kind: type[SvgSheet] = SvgSheet) -> str:
    """A drawing as an `svg` element.

    Args:
        font: families of the words, as CSS has them.
        prefix: begins every id, so that several drawings may stand in one page.
        kind: what draws.
    """
    sheet = kind(drawing, font, prefix)
    for shape in drawing.shapes:
        sheet.draw(shape)
    return ET.tostring(sheet.root, encoding="unicode")


def _baselines(text: TextShape) -> Iterator[float]:
    """The place of each line of text."""
    high, many = text.size * LINE_HEIGHT, len(text.lines)
    middle = {"top": many / 2, "middle": 0.0, "bottom": -many / 2}[text.level] * high
    for number in range(many):
        yield text.at[1] + middle + (number - (many - 1) / 2) * high + BASELINE * text.size


def _tile(hatch: Hatch) -> float:
    """The side of the repeated tile in pixels; diagonal lines are `size` apart."""
    return hatch.size if hatch.shape in {".", "-"} else hatch.size * sqrt(2)


def _hatching(hatch: Hatch) -> dict[str, str]:
    """The repeated tile: lines across the corners of a square, or a dot or a level line in its middle."""
    size, ink = _tile(hatch), hatch.ink
    if hatch.shape == ".":
        return {"d": _circle((size / 2, size / 2), sqrt(hatch.solidity * size * size / pi)), **_fill(ink)}
    if hatch.shape == "-":
        return {
            "d": _line(((0, size / 2), (size, size / 2))),
            "fill": "none",
            **_stroke(Stroke(ink, hatch.solidity * size)),
        }
    # Each line is drawn once more over two corners, so that it goes on in the next square.
    rising = [((-1, size + 1), (size + 1, -1)), ((-1, 1), (1, -1)), ((size - 1, size + 1), (size + 1, size - 1))]
    falling = [((size - x0, y0), (size - x1, y1)) for (x0, y0), (x1, y1) in rising]
    lines = {"/": rising, "\\": falling, "x": rising + falling}[hatch.shape]
    share = 1 - sqrt(1 - hatch.solidity) if hatch.shape == "x" else hatch.solidity
    return {"d": "".join(map(_line, lines)), "fill": "none", **_stroke(Stroke(ink, share * hatch.size))}


def _placed(outline: symbols.SymbolOutline, at: Point, radius: float) -> str:
    return _line(tuple((at[0] + x * radius, at[1] + y * radius) for x, y in outline))


def _circle(at: Point, radius: float) -> str:
    left, size, across = f"{_short(at[0] - radius)},{_short(at[1])}", _short(radius), _short(2 * radius)
    return f"M{left}a{size},{size} 0 1,0 {across},0 {size},{size} 0 1,0-{across},0Z"


def _line(points: tuple[Point, ...]) -> str:
    return "M" + "L".join(f"{_short(x)},{_short(y)}" for x, y in points)


def _weight(bold: bool) -> str:
    return str(BOLD if bold else PLAIN)


def _fill(paint: Paint) -> dict[str, str]:
    if not paint.opacity:
        return {"fill": "none"}
    return {"fill": paint.color} | ({"fill-opacity": _short(paint.opacity)} if paint.opacity < 1 else {})


def _stroke(stroke: Stroke) -> dict[str, str]:
    if not stroke.visible:
        return {}
    look = {"stroke": stroke.paint.color, "stroke-width": _short(stroke.width), "stroke-linejoin": "round"}
    look |= {"stroke-opacity": _short(stroke.paint.opacity)} if stroke.paint.opacity < 1 else {}
    return look | ({"stroke-dasharray": ",".join(map(_short, stroke.dash))} if stroke.dash else {})


def _halo(paint: Paint) -> dict[str, str]:
    """Text with a halo below its letters."""
    edge = {"stroke": paint.color, "stroke-opacity": _short(paint.opacity), "stroke-width": _short(2 * HALO)}
    return edge | {"stroke-linejoin": "round", "paint-order": "stroke"}


def _short(value: float) -> str:
    """A number in hundredths of a pixel, which is enough for print."""
    return f"{round(value, 2):g}"
