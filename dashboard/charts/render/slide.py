"""A drawing as editable shapes of a slide (DrawingML): free forms, symbols and words, named, in groups.

The file's XML is written whole: python-pptx has no names for transparency, glow, alternative texts and free forms of
several rings, and measures a group again for each added shape.
"""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from math import cos, radians, sin
from xml.sax.saxutils import escape, quoteattr

from dashboard.charts.render import metrics, symbols
from dashboard.charts.render.axes import Point
from dashboard.charts.render.shapes import Hatch, Mark, Paint, Path, Runs, Shape, Stroke, TextShape, VectorDrawing

SPACES = (
    'xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" '
    'xmlns:r="http://schemas.openxmlformats.org/officeDocument/2006/relationships" '
    'xmlns:p="http://schemas.openxmlformats.org/presentationml/2006/main"'
)
DECORATIVE = (
    '<a:extLst><a:ext uri="{C183D7F6-B498-43B3-948B-1728B52AA6E4}"><adec:decorative '
    'xmlns:adec="http://schemas.microsoft.com/office/drawing/2017/decorative" val="1"/></a:ext></a:extLst>'
)
HATCHES = {"/": "wdUpDiag", "\\": "wdDnDiag", "x": "diagCross", ".": "dotGrid", "-": "ltHorz"}
# Preset shapes for symbols; symbols without one are free forms.
PRESETS = {
    "circle": "ellipse",
    "square": "rect",
    "diamond": "diamond",
    "triangle-up": "triangle",
    "circle-x": "flowChartSummingJunction",
    "diamond-cross": "flowChartSort",
}
# EMU per point, units of a free form per point, units of an angle per degree.
EMU = 12_700
FINE = 100
DEGREE = 60_000
# A dash of at most so many line widths is a dot.
DOT = 1.5
# The least line width of open symbols in pixels; the size of a glow in points.
THIN = 1.2
GLOW = 1.5
NOTHING = Stroke(Paint("#000000", 0.0), 0.0)


@dataclass(frozen=True)
class Box:
    """A rectangle of a slide, in points from its upper left corner."""

    left: float
    top: float
    width: float
    height: float

    @property
    def bottom(self) -> float:
        """Its lower edge."""
        return self.top + self.height

    def emu(self) -> tuple[int, int, int, int]:
        """Left, top, width and height in EMU."""
        left, top, width, height = (round(value * EMU) for value in (self.left, self.top, self.width, self.height))
        return left, top, width, height


@dataclass(frozen=True)
class Names:
    """What an editor of slides lists.

    Attributes:
        group: the name of a shape's group; neighbors of one name are one group.
        shape: the name of a shape.
        tag: the language of all words, e.g. `pt-BR`.
    """

    group: Callable[[Shape], str]
    shape: Callable[[Shape], str]
    tag: str


@dataclass(frozen=True)
class Writer:
    """Converts pixels of a drawing to a slide, and numbers its shapes.

    Attributes:
        scale: the points of a pixel; left, top: the position of the drawing's upper left corner.
        numbers: of the shapes, none of which the slide has yet.
    """

    scale: float
    left: float
    top: float
    names: Names
    numbers: Iterator[int]

    def place(self, point: Point) -> Point:
        """A point of the drawing on the slide."""
        return self.left + point[0] * self.scale, self.top + point[1] * self.scale

    def shape(self, shape: Shape) -> str:
        """The XML of a shape."""
        if isinstance(shape, Path):
            fill = _fill(shape.fill, shape.hatch)
            return self._free(self.names.shape(shape), shape.alt, shape.lines, fill, shape.stroke)
        return self._mark(shape) if isinstance(shape, Mark) else self._text(shape)

    def _free(self, name: str, alt: str, lines: Sequence[Sequence[Point]], fill: str, stroke: Stroke) -> str:
        """A free form of several rings or lines; only filled ones are closed."""
        placed = [[self.place(point) for point in line] for line in lines]
        xs, ys = [x for line in placed for x, _ in line], [y for line in placed for _, y in line]
        box = Box(min(xs), min(ys), max(max(xs) - min(xs), 0.01), max(max(ys) - min(ys), 0.01))
        path = "".join(drawn_path(line, box, closed=fill != _fill(None)) for line in placed)
        size = f'w="{round(box.width * FINE)}" h="{round(box.height * FINE)}"'
        geometry = (
            '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
            f"<a:path {size}>{path}</a:path></a:pathLst></a:custGeom>"
        )
        return self._sp(name, alt, box, geometry + fill + self._stroke(stroke))

    def _mark(self, mark: Mark) -> str:
        """A symbol; open ones have their color as their line."""
        base, name = symbols.base(mark.symbol), self.names.shape(mark)
        outline = symbols.OUTLINES[base]
        hollow = "-open" in mark.symbol or not outline
        stroke = Stroke(mark.fill, max(mark.stroke.width, THIN)) if hollow else mark.stroke
        fill = _fill(None if hollow else mark.fill)
        made = ""
        if base in PRESETS:
            made += self._preset(name, mark.at, outline, mark.size, PRESETS[base], fill + self._stroke(stroke))
        else:
            made += self._free(name, "", [_around(outline, mark)], fill, stroke) if outline else ""
            ways = [_around(line, mark) for line in symbols.STROKES.get(base, ())]
            made += self._free(name, "", ways, _fill(None), stroke) if ways else ""
        if mark.symbol.endswith("-dot"):
            look = _fill(mark.fill) + self._stroke(NOTHING)
            made += self._preset(name, mark.at, symbols.CIRCLE, mark.size * symbols.DOT, "ellipse", look)
        return made

    def _preset(self, name: str, at: Point, outline: symbols.SymbolOutline, size: float, preset: str, look: str) -> str:
        """A preset shape in the box of an outline."""
        radius = size * self.scale / 2
        x, y = self.place(at)
        xs, ys = [px for px, _ in outline], [py for _, py in outline]
        box = Box(
            x + min(xs) * radius, y + min(ys) * radius, (max(xs) - min(xs)) * radius, (max(ys) - min(ys)) * radius
        )
        return self._sp(name, "", box, f'<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>{look}')

    def _text(self, text: TextShape) -> str:
        """Text in a box of its width, rotated around its point."""
        size = text.size * self.scale
        bold = any(heavy for line in text.lines for _, heavy in line)
        wide = max(metrics.width(line, size, bold=bold, face="arial") for line in text.plain.split("\n")) + 2
        tall = len(text.lines) * metrics.LEADING * size
        across = {"right": wide / 2, "left": -wide / 2, "center": 0.0}[text.side]
        down = {"top": tall / 2, "bottom": -tall / 2, "middle": 0.0}[text.level]
        (x, y), turn = self.place(text.at), radians(text.angle)
        middle = (x + across * cos(turn) - down * sin(turn), y + across * sin(turn) + down * cos(turn))
        box = Box(middle[0] - wide / 2, middle[1] - tall / 2, wide, tall)
        look = f"<a:solidFill>{_color(Paint(text.paint.color))}</a:solidFill>{_glow(text.halo)}"
        align = {"right": "l", "left": "r", "center": "ctr"}[text.side]
        lines = "".join(self._paragraph(line, align, size, look) for line in text.lines)
        body = (
            '<p:txBody><a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></a:bodyPr>'
            f"<a:lstStyle/>{lines}</p:txBody>"
        )
        geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
        alt = text.plain if text.layer == "note" else ""
        return self._sp(text.plain.replace("\n", " "), alt, box, geometry, body, angle=text.angle)

    def _paragraph(self, line: Runs, align: str, size: float, look: str) -> str:
        runs = "".join(
            f'<a:r><a:rPr lang="{self.names.tag}" sz="{round(size * 100)}" b="{int(bold)}">{look}</a:rPr>'
            f"<a:t>{escape(words)}</a:t></a:r>"
            for words, bold in line
        )
        return f'<a:p><a:pPr algn="{align}"/>{runs}</a:p>'

    def _sp(self, name: str, alt: str, box: Box, look: str, body: str = "", *, angle: float = 0.0) -> str:
        """A shape of the slide; one without text is decorative."""
        about = f" descr={quoteattr(alt)}/>" if alt else f">{DECORATIVE}</p:cNvPr>"
        kind = ' txBox="1"' if body else ""
        head = f'<p:cNvPr id="{next(self.numbers)}" name={quoteattr(name)}{about}<p:cNvSpPr{kind}/><p:nvPr/>'
        left, top, width, height = box.emu()
        turn = f' rot="{round(angle * DEGREE)}"' if angle else ""
        at = f'<a:xfrm{turn}><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'
        return f"<p:sp><p:nvSpPr>{head}</p:nvSpPr><p:spPr>{at}{look}</p:spPr>{body}</p:sp>"

    def _stroke(self, stroke: Stroke) -> str:
        if not stroke.visible:
            return "<a:ln><a:noFill/></a:ln>"
        dotted = bool(stroke.dash) and stroke.dash[0] <= DOT * max(stroke.width, 2)
        dash = f'<a:prstDash val="{"sysDot" if dotted else "dash"}"/>' if stroke.dash else ""
        width = max(round(stroke.width * self.scale * EMU), 1)
        return f'<a:ln w="{width}"><a:solidFill>{_color(stroke.paint)}</a:solidFill>{dash}<a:round/></a:ln>'


def group(drawing: VectorDrawing, box: Box, names: Names, first: int) -> str:
    """A drawing, as large as fits a box: one group with the title and the alternative text.

    Args:
        first: a number from which on no shape of the slide has one.
    """
    scale = min(box.width / drawing.width, box.height / drawing.height)
    left = box.left + (box.width - drawing.width * scale) / 2
    whole = Box(left, box.top, drawing.width * scale, drawing.height * scale)
    numbers = count(first)
    writer = Writer(scale, left, box.top, names, numbers)
    number, inner = next(numbers), ""
    for name, shapes in groupby(drawing.shapes, names.group):
        own = next(numbers)
        inner += _group(own, name, name, whole, "".join(map(writer.shape, shapes)))
    return _group(number, drawing.title, drawing.alt, whole, inner)


def _group(number: int, name: str, alt: str, box: Box, inner: str) -> str:
    left, top, width, height = box.emu()
    at = f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>'
    child = f'<a:chOff x="{left}" y="{top}"/><a:chExt cx="{width}" cy="{height}"/>'
    return (
        f'<p:grpSp {SPACES}><p:nvGrpSpPr><p:cNvPr id="{number}" name={quoteattr(name)} '
        f"descr={quoteattr(alt)}/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>{at}{child}</a:xfrm>"
        f"</p:grpSpPr>{inner}</p:grpSp>"
    )


def _around(outline: symbols.SymbolOutline, mark: Mark) -> list[Point]:
    radius = mark.size / 2
    return [(mark.at[0] + x * radius, mark.at[1] + y * radius) for x, y in outline]


def drawn_path(points: Sequence[Point], box: Box, *, closed: bool) -> str:
    """The path of a line in a free form that fills a box."""
    placed = [f'<a:pt x="{round((x - box.left) * FINE)}" y="{round((y - box.top) * FINE)}"/>' for x, y in points]
    lines = "".join(f"<a:lnTo>{point}</a:lnTo>" for point in placed[1:])
    return f"<a:moveTo>{placed[0]}</a:moveTo>{lines}{'<a:close/>' if closed else ''}"


def _color(paint: Paint) -> str:
    alpha = f'<a:alpha val="{round(paint.opacity * 100_000)}"/>' if paint.opacity < 1 else ""
    return f'<a:srgbClr val="{paint.color[1:]}">{alpha}</a:srgbClr>'


def _fill(paint: Paint | None, hatch: Hatch | None = None) -> str:
    if paint is None or not (paint.opacity or hatch):
        return "<a:noFill/>"
    if hatch is None:
        return f"<a:solidFill>{_color(paint)}</a:solidFill>"
    ink, ground = _color(hatch.ink), _color(paint)
    return f'<a:pattFill prst="{HATCHES[hatch.shape]}"><a:fgClr>{ink}</a:fgClr><a:bgClr>{ground}</a:bgClr></a:pattFill>'


def _glow(paint: Paint | None) -> str:
    if paint is None:
        return ""
    return f'<a:effectLst><a:glow rad="{round(GLOW * EMU)}">{_color(paint)}</a:glow></a:effectLst>'
