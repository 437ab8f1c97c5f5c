"""A drawing as editable shapes of a slide: free forms, lines, symbols and words, named and grouped by what they are."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import count, groupby
from xml.sax.saxutils import escape, quoteattr

from pptx.oxml import parse_xml

from dashboard.briefing import shapes
from dashboard.briefing.axes import Point
from dashboard.briefing.shapes import Drawing, Line, Marker, Paint, Polygon, Shape, Stroke, Text
from dashboard.briefing.slides import look, metrics
from dashboard.briefing.slides.look import Box
from dashboard.briefing.slides.marks import DECORATIVE, SPACES
from dashboard.briefing.slides.page import TAGS, Page
from data.i18n import Language

HATCHES = {"/": "wdUpDiag", "\\": "wdDnDiag", "x": "diagCross", ".": "dotGrid"}
DASHES = {"dot": "sysDot", "dash": "dash"}
SYMBOLS = {"circle": "ellipse", "diamond": "diamond", "square": "rect", "triangle": "triangle"}
CROSSED = {"circle-x-open": "flowChartSummingJunction", "diamond-cross-open": "flowChartSort"}
DOTTED = "circle-open-dot"
# Units of a free form in a point; the inner dot of a symbol, as a share of it.
FINE, DOT = 100, 0.3
# Open symbols have a line of at least so many pixels.
THIN = 1.2
# A light glow behind dark words, so that they read on any ground; from this red on words are light.
HALO = (
    '<a:effectLst><a:glow rad="19050"><a:srgbClr val="ffffff"><a:alpha val="85000"/></a:srgbClr></a:glow></a:effectLst>'
)
LIGHT = 128


@dataclass(frozen=True)
class Scene:
    """Where a drawing is put: the points of one of its pixels, and its upper left corner on the slide."""

    drawing: Drawing
    lang: Language
    scale: float
    left: float
    top: float

    def place(self, point: Point) -> Point:
        """A place of the drawing on the slide."""
        return self.left + point[0] * self.scale, self.top + point[1] * self.scale


def put(page: Page, drawing: Drawing, box: Box, name: str, alt: str) -> None:
    """Put a drawing into a box, as large as it fits, in one group that has the alternative text."""
    scale = min(box.width / drawing.width, box.height / drawing.height)
    left = box.left + (box.width - drawing.width * scale) / 2
    scene = Scene(drawing, page.briefing.lang, scale, left, box.top)
    numbers = count(page.free())
    whole = Box(left, box.top, drawing.width * scale, drawing.height * scale)
    number = next(numbers)
    inner = "".join(_groups(scene, whole, numbers))
    group = _group(number, name, alt, whole, inner)
    page.slide.shapes._spTree.append(parse_xml(group))  # noqa: SLF001 - made whole, which is far faster than one by one


def _groups(scene: Scene, whole: Box, numbers: Iterator[int]) -> Iterator[str]:
    """Shapes of one layer that lie on one another's level as a group of their own."""
    words = layers(scene.lang)
    for layer, held in groupby(scene.drawing.shapes, lambda shape: shape.layer):
        number = next(numbers)
        inner = "".join(one for shape in held for one in _shape(scene, shape, words[layer], numbers))
        yield _group(number, words[layer], words[layer], whole, inner)


def layers(lang: Language) -> dict[str, str]:
    """What the groups are called."""
    return {
        "sea": lang.text("Sea"),
        "land": lang.text("Land without figures"),
        "state": lang.text("States"),
        "arrow": lang.text("Arrows"),
        "line": lang.text("Strokes"),
        "mark": lang.text("Symbols"),
        "word": lang.text("Labels"),
        "key": lang.text("Key"),
        "note": lang.text("Notes"),
    }


def _group(number: int, name: str, alt: str, box: Box, inner: str) -> str:
    left, top, width, height = box.emu()
    at = f'<a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/>'
    child = f'<a:chOff x="{left}" y="{top}"/><a:chExt cx="{width}" cy="{height}"/>'
    return (
        f"<p:grpSp {SPACES}><p:nvGrpSpPr><p:cNvPr id={quoteattr(str(number))} name={quoteattr(name)} "
        f"descr={quoteattr(alt)}/><p:cNvGrpSpPr/><p:nvPr/></p:nvGrpSpPr><p:grpSpPr><a:xfrm>{at}{child}</a:xfrm>"
        f"</p:grpSpPr>{inner}</p:grpSp>"
    )


def _shape(scene: Scene, shape: Shape, word: str, numbers: Iterator[int]) -> Iterator[str]:
    if isinstance(shape, Polygon):
        name = _named(scene.lang, shape) or word
        fill = _fill(shape.fill) if shape.hatch is None else _pattern(shape)
        yield _free(next(numbers), name, shape.said, scene, shape.rings, fill, shape.stroke, closed=True)
    elif isinstance(shape, Line):
        yield _free(next(numbers), word, "", scene, shape.parts, "<a:noFill/>", shape.stroke, closed=False)
    elif isinstance(shape, Marker):
        yield from _symbol(scene, shape, word, numbers)
    else:
        yield _words(next(numbers), scene, shape)


def _named(lang: Language, shape: Polygon) -> str:
    """The state or the two ends of an arrow, by their names."""
    return f" {shapes.ARROW} ".join(map(lang.country, shape.name.split(shapes.ARROW))) if shape.name else ""


def _fill(paint: Paint) -> str:
    return f"<a:solidFill>{_colour(paint)}</a:solidFill>" if paint.opacity else "<a:noFill/>"


def _colour(paint: Paint) -> str:
    alpha = f'<a:alpha val="{round(paint.opacity * 100_000)}"/>' if paint.opacity < 1 else ""
    return f'<a:srgbClr val="{paint.colour[1:]}">{alpha}</a:srgbClr>'


def _pattern(shape: Polygon) -> str:
    hatch = shape.hatch
    if hatch is None:
        return ""
    ink, ground = _colour(hatch.ink), _colour(shape.fill)
    return f'<a:pattFill prst="{HATCHES[hatch.shape]}"><a:fgClr>{ink}</a:fgClr><a:bgClr>{ground}</a:bgClr></a:pattFill>'


def _line(stroke: Stroke, scale: float) -> str:
    if not (stroke.width and stroke.paint.opacity):
        return "<a:ln><a:noFill/></a:ln>"
    dash = f'<a:prstDash val="{DASHES[stroke.dash]}"/>' if stroke.dash in DASHES else ""
    width = max(round(stroke.width * scale * look.EMU), 1)
    return f'<a:ln w="{width}"><a:solidFill>{_colour(stroke.paint)}</a:solidFill>{dash}<a:round/></a:ln>'


def _head(number: int, name: str, said: str, *, text: bool = False) -> str:
    """The names of a shape; one without words of its own is decorative."""
    about = "/>" if said else f">{DECORATIVE}</p:cNvPr>"
    told = f" descr={quoteattr(said)}" if said else ""
    box = ' txBox="1"' if text else ""
    return f'<p:nvSpPr><p:cNvPr id="{number}" name={quoteattr(name)}{told}{about}<p:cNvSpPr{box}/><p:nvPr/></p:nvSpPr>'


def _free(
    number: int,
    name: str,
    said: str,
    scene: Scene,
    rings: Sequence[Sequence[Point]],
    fill: str,
    stroke: Stroke,
    *,
    closed: bool,
) -> str:
    """A free form of several rings or lines."""
    placed = [[scene.place(point) for point in ring] for ring in rings]
    xs, ys = [x for ring in placed for x, _ in ring], [y for ring in placed for _, y in ring]
    box = Box(min(xs), min(ys), max(max(xs) - min(xs), 0.01), max(max(ys) - min(ys), 0.01))
    path = "".join(_path(ring, box, closed=closed) for ring in placed)
    size = f'w="{round(box.width * FINE)}" h="{round(box.height * FINE)}"'
    geometry = (
        '<a:custGeom><a:avLst/><a:gdLst/><a:ahLst/><a:cxnLst/><a:rect l="0" t="0" r="r" b="b"/><a:pathLst>'
        f"<a:path {size}>{path}</a:path></a:pathLst></a:custGeom>"
    )
    head = _head(number, name, said)
    return f"<p:sp>{head}<p:spPr>{_at(box)}{geometry}{fill}{_line(stroke, scene.scale)}</p:spPr></p:sp>"


def _path(ring: Iterable[Point], box: Box, *, closed: bool) -> str:
    points = [f'<a:pt x="{round((x - box.left) * FINE)}" y="{round((y - box.top) * FINE)}"/>' for x, y in ring]
    lines = "".join(f"<a:lnTo>{point}</a:lnTo>" for point in points[1:])
    return f"<a:moveTo>{points[0]}</a:moveTo>{lines}{'<a:close/>' if closed else ''}"


def _at(box: Box) -> str:
    left, top, width, height = box.emu()
    return f'<a:xfrm><a:off x="{left}" y="{top}"/><a:ext cx="{width}" cy="{height}"/></a:xfrm>'


def _symbol(scene: Scene, marker: Marker, word: str, numbers: Iterator[int]) -> Iterator[str]:
    """One of Plotly's symbols as a preset shape; open ones have their colour as their line."""
    base = marker.symbol.split("-")[0]
    preset = CROSSED.get(marker.symbol, SYMBOLS[base])
    opened = "open" in marker.symbol
    stroke = Stroke(marker.fill, max(marker.stroke.width, THIN)) if opened else marker.stroke
    yield _preset(
        next(numbers), word, scene, marker, marker.size, preset, "<a:noFill/>" if opened else _fill(marker.fill), stroke
    )
    if marker.symbol == DOTTED:
        yield _preset(
            next(numbers), word, scene, marker, marker.size * DOT, preset, _fill(marker.fill), Stroke(marker.fill, 0)
        )


def _preset(
    number: int, word: str, scene: Scene, marker: Marker, size: float, preset: str, fill: str, stroke: Stroke
) -> str:
    x, y = scene.place(marker.at)
    wide = size * scene.scale
    box = Box(x - wide / 2, y - wide / 2, wide, wide)
    geometry = f'<a:prstGeom prst="{preset}"><a:avLst/></a:prstGeom>'
    head = _head(number, word, "")
    return f"<p:sp>{head}<p:spPr>{_at(box)}{geometry}{fill}{_line(stroke, scene.scale)}</p:spPr></p:sp>"


def _words(number: int, scene: Scene, text: Text) -> str:
    """Words beside their point, or a note from its point upwards."""
    size = text.size * scene.scale
    bold = any(heavy for line in text.lines for _, heavy in line)
    wide = max(metrics.width(line, size, bold=bold) for line in text.plain.split("\n")) + 2
    tall = len(text.lines) * metrics.LEADING * size
    x, y = scene.place(text.at)
    left = {"right": x, "left": x - wide, "center": x - wide / 2}[text.side]
    top = y - tall if text.layer == "note" else y - tall / 2
    align = {"right": "l", "left": "r", "center": "ctr"}[text.side]
    colour = _colour(Paint(text.paint.colour))
    inked = f"<a:solidFill>{colour}</a:solidFill>{HALO if text.layer == 'word' and _dark(text.paint) else ''}"
    lines = "".join(_paragraph(line, align, size, inked, scene.lang.code) for line in text.lines)
    body = (
        '<a:bodyPr wrap="none" lIns="0" tIns="0" rIns="0" bIns="0" anchor="ctr"><a:noAutofit/></a:bodyPr><a:lstStyle/>'
    )
    head = _head(number, text.plain.replace("\n", " "), text.plain if text.layer == "note" else "", text=True)
    geometry = '<a:prstGeom prst="rect"><a:avLst/></a:prstGeom><a:noFill/>'
    box = _at(Box(left, top, wide, tall))
    return f"<p:sp>{head}<p:spPr>{box}{geometry}</p:spPr><p:txBody>{body}{lines}</p:txBody></p:sp>"


def _dark(paint: Paint) -> bool:
    return int(paint.colour[1:3], 16) < LIGHT


def _paragraph(line: Sequence[tuple[str, bool]], align: str, size: float, inked: str, code: str) -> str:
    runs = "".join(
        f'<a:r><a:rPr lang="{TAGS[code]}" sz="{round(size * 100)}" b="{int(bold)}">{inked}</a:rPr>'
        f"<a:t>{escape(words)}</a:t></a:r>"
        for words, bold in line
    )
    return f'<a:p><a:pPr algn="{align}"/>{runs}</a:p>'
