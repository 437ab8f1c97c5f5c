"""A figure as a picture that stands alone: an SVG of a given size with title, notes and source around the figure."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from dashboard.charts.colors import THEMES
from dashboard.charts.render import metrics
from dashboard.charts.render.axes import Point
from dashboard.charts.render.shapes import LINE_HEIGHT, Layer, Paint, Path, Shape, Stroke, TextShape, VectorDrawing
from dashboard.charts.render.svg import FONT, SvgSheet

# Our letters are wider than those that `metrics` knows by 4 % at most, those of machines without ours by so much.
WIDER = 1.1
# Of the height, how much the notes may take, and how much is always left to the figure.
MOST_NOTES, LEAST_FIGURE = 0.3, 0.3
# The sizes of the notes that are tried, as shares of the usual one.
SHRUNK = (1.0, 0.85, 0.7)
# How much a small figure is enlarged at most.
MOST = 2.8
COLORS = THEMES["light"]


@dataclass(frozen=True)
class Format:
    """The size of a picture in pixels, the margin around it, and the letters of title, subtitle and notes."""

    width: int
    height: int
    margin: float
    title: float
    subtitle: float
    note: float


@dataclass(frozen=True)
class Words:
    """What stands around a figure: title and subtitle above it, a line for each note below, and who publishes it.

    Attributes:
        signed: the last lines; alt: the description for a reader who does not see the picture.
    """

    title: str
    subtitle: str
    notes: tuple[str, ...]
    signed: tuple[str, ...]
    alt: str


@dataclass(frozen=True)
class Room:
    """The place of the figure on the picture, in pixels from the upper left corner."""

    left: float
    top: float
    width: float
    height: float

    def scale(self, figure: VectorDrawing) -> float:
        """How much a figure is enlarged to fill the place."""
        return min(self.width / figure.width, self.height / figure.height, MOST)


def room(words: Words, form: Format) -> Room:
    """The place that the words leave to the figure."""
    above, below = _above(words, form), _below(words, form)
    top = form.margin + _tall(above) + form.subtitle * 0.7
    bottom = form.height - form.margin - _tall(below) - form.note
    return Room(form.margin, top, form.width - 2 * form.margin, max(bottom - top, LEAST_FIGURE * form.height))


def picture(
    figure: VectorDrawing,
    words: Words,
    form: Format,
    *,
    font: str = FONT,
    spell: Callable[[str], str] = str,
    letters: str = "",
) -> str:
    """The picture as an `svg` element.

    Args:
        figure: without title and notes, in any size.
        font: families of the words, as CSS has them.
        spell: changes all words, e.g. to the letters that a font has.
        letters: a style sheet that has the letters of the words within it.
    """
    place = room(words, form)
    ground = Path(
        "ground", (_ring(form.width, form.height),), Stroke(Paint(COLORS.surface), 0.0), Paint(COLORS.surface)
    )
    shapes = (ground, *_placed("heading", _above(words, form), form.margin, form.margin), *_foot(words, form))
    root = _element(
        VectorDrawing(form.width, form.height, shapes, words.title, words.alt).spelled(spell), font, "picture"
    )
    inner = _element(replace(figure, title="", alt="").spelled(spell), font, "figure")
    scale = place.scale(figure)
    wide, tall = figure.width * scale, figure.height * scale
    inner.attrib |= {
        "class": "figure",
        "x": f"{place.left + (place.width - wide) / 2:.2f}",
        "y": f"{place.top + (place.height - tall) / 2:.2f}",
        "width": f"{wide:.2f}",
        "height": f"{tall:.2f}",
    }
    root.append(inner)
    if letters:
        sheet = ET.Element("style")
        sheet.text = letters
        root.insert(0, sheet)
    return ET.tostring(root, encoding="unicode")


def _element(drawing: VectorDrawing, font: str, prefix: str) -> ET.Element:
    sheet = SvgSheet(drawing, font, prefix)
    for shape in drawing.shapes:
        sheet.draw(shape)
    return sheet.root


def _ring(width: float, height: float) -> tuple[Point, ...]:
    return (0.0, 0.0), (width, 0.0), (width, height), (0.0, height), (0.0, 0.0)


# Lines of one size: the lines, the size, whether they are bold, the color.
_Block = tuple[list[str], float, bool, str]


def _above(words: Words, form: Format) -> list[_Block]:
    blocks: list[_Block] = [(_lines(words.title, form, form.title, bold=True), form.title, True, COLORS.ink)]
    if words.subtitle:
        blocks.append((_lines(words.subtitle, form, form.subtitle), form.subtitle, False, COLORS.faint))
    return blocks


def _below(words: Words, form: Format) -> list[_Block]:
    """The notes in the largest letters in which they leave enough room to the figure, and the last line."""
    every: list[list[_Block]] = []
    for share in SHRUNK:
        size = form.note * share
        lines = [line for note in words.notes for line in _lines(note, form, size)]
        signed = [line for part in words.signed for line in _lines(part, form, size, bold=True)]
        every.append([(lines, size, False, COLORS.faint), (signed, size, True, COLORS.ink)])
    return next((blocks for blocks in every if _tall(blocks) <= MOST_NOTES * form.height), every[-1])


def _lines(text: str, form: Format, size: float, *, bold: bool = False) -> list[str]:
    return metrics.wrapped(text, form.width - 2 * form.margin, size * WIDER, bold=bold) if text else []


def _tall(blocks: list[_Block]) -> float:
    return sum(len(lines) * size * LINE_HEIGHT for lines, size, _, _ in blocks)


def _foot(words: Words, form: Format) -> list[Shape]:
    """A line across, and under it the notes."""
    blocks = _below(words, form)
    top, right = form.height - form.margin - _tall(blocks), form.width - form.margin
    level = top - form.note / 2
    rule = Path("note", (((form.margin, level), (right, level)),), Stroke(Paint(COLORS.land), 1.0))
    return [rule, *_placed("note", blocks, form.margin, top)]


def _placed(layer: Layer, blocks: list[_Block], left: float, top: float) -> list[Shape]:
    """The lines of the blocks, one below the other."""
    shapes: list[Shape] = []
    for lines, size, bold, color in blocks:
        if lines:
            rows = tuple(((line, bold),) for line in lines)
            shapes.append(TextShape(layer, (left, top), rows, "right", size, Paint(color), "top"))
        top += len(lines) * size * LINE_HEIGHT
    return shapes
