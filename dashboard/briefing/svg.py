"""A drawing as SVG for paper: the same shapes as the slide's, with words that stay words."""

from functools import singledispatchmethod
from math import cos, pi, radians, sin, sqrt
from xml.etree import ElementTree as ET

from dashboard.briefing.fonts import BOLD, PLAIN, SANS, drawable
from dashboard.briefing.shapes import Drawing, Hatch, Line, Marker, Paint, Polygon, Ring, Shape, Stroke, Text
from dashboard.figures.palette import PALETTES

LINE_HEIGHT, BASELINE = 1.3, 0.34
DASHES = {"dot": "1,2.5", "dash": "4,3"}
# Layers whose words stand on the map; a glow of this many pixels on either side parts them from what they cross.
GLOWING, GLOW = {"word"}, 1.6
LIGHT = 160
# Corners of a symbol, as degrees clockwise from the top; squares and crosses are drawn apart.
POLYGONS = {
    "diamond": (0, 90, 180, 270),
    "triangle-up": (0, 120, 240),
    "triangle-down": (60, 180, 300),
    "pentagon": (0, 72, 144, 216, 288),
}
# Plotly's symbols of one size have about one area: how far their corners are from the middle, in halves of the size.
REACH = {"diamond": 1.3, "triangle-up": 1.25, "triangle-down": 1.25}
STROKES = {
    "x": ((-0.707, -0.707, 0.707, 0.707), (-0.707, 0.707, 0.707, -0.707)),
    "cross": ((-1.0, 0.0, 1.0, 0.0), (0.0, -1.0, 0.0, 1.0)),
    "line-ew": ((-1.4, 0.0, 1.4, 0.0),),
    "line-ns": ((0.0, -1.4, 0.0, 1.4),),
}


class Sheet:
    """An SVG that grows, shape after shape.

    Attributes:
        root: the `svg` element; one pixel of the drawing is one unit.
    """

    def __init__(self, width: float, height: float) -> None:
        """Nothing yet, on a sheet of that many pixels."""
        box = f"0 0 {_short(width)} {_short(height)}"
        size = {"width": _short(width), "height": _short(height)}
        self.root = ET.Element("svg", {"xmlns": "http://www.w3.org/2000/svg", "viewBox": box, **size})
        self.patterns: dict[tuple[Hatch, Paint], str] = {}

    def bytes(self) -> bytes:
        """The file."""
        made: bytes = ET.tostring(self.root, encoding="utf-8", xml_declaration=True)
        return made

    @singledispatchmethod
    def draw(self, shape: Shape) -> None:
        """Add a shape on top of all others."""
        raise TypeError(shape)

    @draw.register
    def _polygon(self, shape: Polygon) -> None:
        ground = self._pattern(shape.hatch, shape.fill) if shape.hatch else None
        fill = {"fill": ground} if ground else _fill(shape.fill)
        outline = "".join(f"{_way(ring)}Z" for ring in shape.rings)
        # Islands that a ring encloses are lakes, whichever way round it runs.
        self._add("path", {"d": outline, **fill, "fill-rule": "evenodd", **_stroke(shape.stroke)})

    @draw.register
    def _line(self, shape: Line) -> None:
        self._add("path", {"d": "".join(map(_way, shape.parts)), "fill": "none", **_stroke(shape.stroke)})

    @draw.register
    def _marker(self, shape: Marker) -> None:
        name, radius = shape.symbol.removesuffix("-dot").removesuffix("-open"), shape.size / 2
        hollow = "-open" in shape.symbol or name.startswith("line")
        edge = Stroke(shape.fill, max(shape.stroke.width, 1.0)) if hollow else shape.stroke
        look = {**(_fill(Paint("#ffffff", 0)) if hollow else _fill(shape.fill)), **_stroke(edge)}
        base, _, inside = name.partition("-") if name.startswith(("circle-", "diamond-", "square-")) else (name, "", "")
        if outline := _outline(base, shape.at, radius):
            self._add("path", {"d": outline, **look})
        for x0, y0, x1, y1 in STROKES.get(inside or base, ()):
            ends = [(shape.at[0] + x * radius, shape.at[1] + y * radius) for x, y in ((x0, y0), (x1, y1))]
            self._add("path", {"d": _way(tuple(ends)), "fill": "none", **_stroke(edge)})
        if shape.symbol.endswith("-dot"):
            self._add("path", {"d": _circle(shape.at, radius / 4), **_fill(shape.fill)})

    @draw.register
    def _text(self, shape: Text) -> None:
        high, lines = shape.size * LINE_HEIGHT, len(shape.lines)
        upwards = shape.layer == "note"
        first = shape.at[1] - (lines - 0.7 if upwards else (lines - 1) / 2 - BASELINE / LINE_HEIGHT) * high
        anchor = {"left": "end", "right": "start", "center": "middle"}[shape.side]
        look = {"font-family": SANS, "font-size": _short(shape.size), "text-anchor": anchor, **_fill(shape.paint)}
        if shape.layer in GLOWING:
            look |= _glow(shape.paint)
        for number, runs in enumerate(shape.lines):
            place = {"x": _short(shape.at[0]), "y": _short(first + number * high), "xml:space": "preserve"}
            line = self._add("text", {**place, **look})
            for words, bold in runs:
                weight = {"font-weight": str(BOLD if bold else PLAIN)}
                ET.SubElement(line, "tspan", weight).text = drawable(words)

    def _add(self, tag: str, values: dict[str, str]) -> ET.Element:
        return ET.SubElement(self.root, tag, values)

    def _pattern(self, hatch: Hatch, ground: Paint) -> str:
        """A pattern, made once for each look; what refers to it."""
        key = (hatch, ground)
        if key not in self.patterns:
            self.patterns[key] = f"hatch{len(self.patterns)}"
            size = _short(hatch.size)
            box = {"width": size, "height": size, "patternUnits": "userSpaceOnUse"}
            made = self._add("pattern", {"id": self.patterns[key], **box})
            ET.SubElement(made, "rect", {"width": size, "height": size, **_fill(ground)})
            ET.SubElement(made, "path", _hatching(hatch))
        return f"url(#{self.patterns[key]})"


def picture(drawn: Drawing) -> bytes:
    """A map as an SVG file."""
    sheet = Sheet(drawn.width, drawn.height)
    for shape in drawn.shapes:
        sheet.draw(shape)
    return sheet.bytes()


def _hatching(hatch: Hatch) -> dict[str, str]:
    """What is repeated: lines across the corners of a square, or a dot in its middle."""
    size, ink = hatch.size, hatch.ink
    if hatch.shape == ".":
        return {"d": _circle((size / 2, size / 2), sqrt(hatch.solidity * size * size / pi)), **_fill(ink)}
    # Each line is drawn once more over two corners, so that it goes on in the next square.
    rising = [((-1, size + 1), (size + 1, -1)), ((-1, 1), (1, -1)), ((size - 1, size + 1), (size + 1, size - 1))]
    falling = [((size - x0, y0), (size - x1, y1)) for (x0, y0), (x1, y1) in rising]
    drawn = {"/": rising, "\\": falling, "x": rising + falling}[hatch.shape]
    width = hatch.solidity * size / sqrt(2) / (2 if hatch.shape == "x" else 1)
    return {"d": "".join(map(_way, drawn)), "fill": "none", **_stroke(Stroke(ink, width))}


def _outline(name: str, at: tuple[float, float], radius: float) -> str:
    if name == "circle":
        return _circle(at, radius)
    if name == "square":
        corners = [(-1, -1), (1, -1), (1, 1), (-1, 1)]
        return _way(tuple((at[0] + x * radius, at[1] + y * radius) for x, y in corners)) + "Z"
    reach = radius * REACH.get(name, 1.0)
    turns = [radians(angle) for angle in POLYGONS.get(name, ())]
    return _way(tuple((at[0] + sin(turn) * reach, at[1] - cos(turn) * reach) for turn in turns)) + "Z" if turns else ""


def _circle(at: tuple[float, float], radius: float) -> str:
    left, size, across = f"{_short(at[0] - radius)},{_short(at[1])}", _short(radius), _short(2 * radius)
    return f"M{left}a{size},{size} 0 1,0 {across},0a{size},{size} 0 1,0 -{across},0Z"


def _way(points: Ring) -> str:
    return "M" + "L".join(f"{_short(x)},{_short(y)}" for x, y in points)


def _fill(paint: Paint) -> dict[str, str]:
    if not paint.opacity:
        return {"fill": "none"}
    return {"fill": paint.colour} | ({"fill-opacity": _short(paint.opacity)} if paint.opacity < 1 else {})


def _stroke(stroke: Stroke) -> dict[str, str]:
    if not stroke.width or not stroke.paint.opacity:
        return {}
    look = {"stroke": stroke.paint.colour, "stroke-width": _short(stroke.width), "stroke-linejoin": "round"}
    look |= {"stroke-opacity": _short(stroke.paint.opacity)} if stroke.paint.opacity < 1 else {}
    return look | ({"stroke-dasharray": DASHES[stroke.dash]} if stroke.dash in DASHES else {})


def _glow(paint: Paint) -> dict[str, str]:
    """The light edge of dark words, the dark one of light words."""
    channels = [int(paint.colour[at : at + 2], 16) for at in (1, 3, 5)]
    colour = PALETTES["light"].ink if sum(channels) / 3 > LIGHT else "#ffffff"
    width = {"stroke-width": _short(2 * GLOW), "stroke-linejoin": "round", "stroke-opacity": "0.85"}
    return {"stroke": colour, "paint-order": "stroke", **width}


def _short(value: float) -> str:
    """A number of an SVG: hundredths of a pixel are finer than any printer."""
    return f"{round(value, 2):g}"
