"""A figure as a picture that stands alone: an SVG of a given size with title, notes and source around the figure.

Figure and words are enlarged alike, so that their letters are in the ratio of `dashboard.charts.medium`.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from xml.etree import ElementTree as ET

from dashboard.charts.colors import THEMES
from dashboard.charts.medium import FOOT, HEADLINE, LEAD, NOTE, NUMBERS, TEXT, TITLE
from dashboard.charts.render import metrics
from dashboard.charts.render.axes import Point
from dashboard.charts.render.shapes import LINE_HEIGHT, Layer, Paint, Path, Shape, Stroke, TextShape, VectorDrawing
from dashboard.charts.render.svg import FONT, SvgSheet

# Our letters are wider than those that `metrics` knows by 4 % at most, those of machines without ours by so much.
WIDER = 1.1
# A title with more lines than this has smaller letters.
LINES = 2
# In pixels of the figure: the sign of the publisher in the upper right corner, and what it keeps free of words.
SIGN = 40.0
BESIDE = 12.0
# How much figure and words are enlarged: the least and the most, and in how many steps the largest is found.
LEAST = 0.2
MOST = 2.8
STEPS = 12
COLORS = THEMES["light"]
# The ground of the head of a card, that of the sign; the most of the width that its number has.
BAND = "#0b3346"
NUMBERED = 0.45


@dataclass(frozen=True)
class Format:
    """The size of a picture and the margin around it, in pixels; `banded`: its head is on a band, as on a card."""

    width: int
    height: int
    margin: float
    banded: bool = False

    @property
    def across(self) -> float:
        """The width between the margins."""
        return self.width - 2 * self.margin

    @property
    def note(self) -> int:
        """The size of its notes: a card is seen small, and its notes are no smaller than those of pages."""
        return NOTE if self.banded else FOOT


@dataclass(frozen=True)
class Words:
    """What stands around a figure: title and subtitle above it, a line for each note below, and who publishes it.

    Attributes:
        signed: the last lines; alt: the description for a reader who does not see the picture.
        number: the number of a card, which stands large before its title.
    """

    title: str
    subtitle: str
    notes: tuple[str, ...]
    signed: tuple[str, ...]
    alt: str
    number: str = ""


@dataclass(frozen=True)
class Room:
    """The place of the figure on the picture, in pixels from the upper left corner."""

    left: float
    top: float
    width: float
    height: float

    def scale(self, figure: VectorDrawing) -> float:
        """How much a figure is enlarged to fill the place."""
        return min(self.width / figure.width, self.height / figure.height)


def room(words: Words, form: Format, scale: float) -> Room:
    """The place that the words leave to the figure if they are enlarged by a scale."""
    below = _below(words, form, scale)
    top = _band(words, form, scale) if form.banded else form.margin + _tall(_above(words, form, scale))
    top += LEAD * scale * (0.6 if form.banded else 0.4)
    bottom = form.height - form.margin - _tall(below) - form.note * scale * 0.7
    return Room(form.margin, top, form.across, max(bottom - top, 1.0))


def largest(figure: VectorDrawing, words: Words, form: Format) -> float:
    """The largest scale of figure and words at which both have room on the picture."""
    # Smaller words may take more lines, so that a figure that fills the width may not fit at some smaller scales.
    widest = form.across / figure.width
    if room(words, form, widest).scale(figure) >= widest:
        return widest
    least, most = LEAST, MOST
    for _ in range(STEPS):
        middle = (least + most) / 2
        if room(words, form, middle).scale(figure) >= middle:
            least = middle
        else:
            most = middle
    return least


def picture(
    figure: VectorDrawing,
    words: Words,
    form: Format,
    *,
    sign: str,
    font: str = FONT,
    spell: Callable[[str], str] = str,
    letters: str = "",
    about: str = "",
) -> str:
    """The picture as an `svg` element.

    Args:
        figure: without title and notes, in any size.
        sign: that of the publisher, a square `svg` element without a namespace.
        font: families of the words, as CSS has them.
        spell: changes all words, e.g. to the letters that a font has.
        letters: a style sheet that has the letters of the words within it.
        about: what the file says of itself, where nobody sees it.
    """
    scale = largest(figure, words, form)
    place = room(words, form, scale)
    ground = Path(
        "ground", (_ring(form.width, form.height),), Stroke(Paint(COLORS.surface), 0.0), Paint(COLORS.surface)
    )
    head = _above(words, form, scale)
    above = _banded(words, form, scale) if form.banded else _placed("heading", head, form.margin, form.margin)
    shapes = (ground, *above, *_foot(words, form, scale))
    named = f"{words.number} {words.title}".strip()
    root = _element(VectorDrawing(form.width, form.height, shapes, named, words.alt).spelled(spell), font, "picture")
    inner = _element(replace(figure, title="", alt="").spelled(spell), font, "figure")
    wide, tall = figure.width * scale, figure.height * scale
    inner.attrib |= {
        "class": "figure",
        "x": f"{place.left + (place.width - wide) / 2:.2f}",
        "y": f"{place.top + (place.height - tall) / 2:.2f}",
        "width": f"{wide:.2f}",
        "height": f"{tall:.2f}",
    }
    root.append(inner)
    root.append(_signed(sign, form, scale))
    if letters:
        sheet = ET.Element("style")
        sheet.text = letters
        root.insert(0, sheet)
    if about:
        ET.SubElement(root, "metadata").text = about
    return ET.tostring(root, encoding="unicode")


def _element(drawing: VectorDrawing, font: str, prefix: str) -> ET.Element:
    sheet = SvgSheet(drawing, font, prefix)
    for shape in drawing.shapes:
        sheet.draw(shape)
    return sheet.root


def _signed(sign: str, form: Format, scale: float) -> ET.Element:
    """The sign of the publisher in the upper right corner."""
    element, size = ET.fromstring(sign), SIGN * scale  # noqa: S314 - ours
    place = {"x": form.width - form.margin - size, "y": form.margin, "width": size, "height": size}
    element.attrib |= {"class": "sign"} | {name: f"{value:.2f}" for name, value in place.items()}
    return element


def _ring(width: float, height: float) -> tuple[Point, ...]:
    return (0.0, 0.0), (width, 0.0), (width, height), (0.0, height), (0.0, 0.0)


# Lines of one size: the lines, the size, whether they are bold, the color.
_Block = tuple[list[str], float, bool, str]


def _above(words: Words, form: Format, scale: float) -> list[_Block]:
    """Title and subtitle, beside the sign."""
    across = form.across - (SIGN + BESIDE) * scale
    blocks = [_block(words.title, across, size * scale, COLORS.ink, bold=True) for size in (HEADLINE, TITLE)]
    title = next((block for block in blocks if len(block[0]) <= LINES), blocks[-1])
    return [title, _block(words.subtitle, across, LEAD * scale, COLORS.faint)]


def _number(words: Words, form: Format, scale: float) -> _Block:
    """The number of a card, if it has one; smaller where it is long."""
    across = form.across * NUMBERED
    sizes = [size * scale for size in NUMBERS]
    size = next((one for one in sizes if metrics.width(words.number, one, bold=True) * WIDER <= across), sizes[-1])
    return [words.number] if words.number else [], size, True, COLORS.surface


def _beside(words: Words, form: Format, scale: float) -> tuple[float, list[_Block]]:
    """What the number counts, at its right, or a title without one: where that begins, and its lines."""
    _, size, _, _ = _number(words, form, scale)
    wide = metrics.width(words.number, size, bold=True) * WIDER + BESIDE * scale if words.number else 0.0
    left = form.margin + wide
    across = form.width - form.margin - (SIGN + BESIDE) * scale - left
    title = _block(words.title, across, HEADLINE * scale, COLORS.surface, bold=True)
    if words.number or len(title[0]) > LINES:
        title = _block(words.title, across, TITLE * scale, COLORS.surface, bold=True)
    return left, [title, _block(words.subtitle, across, TEXT * scale, COLORS.land)]


def _band(words: Words, form: Format, scale: float) -> float:
    """The height of the band behind the head of a card."""
    _, blocks = _beside(words, form, scale)
    return 1.5 * form.margin + max(_tall(blocks), _tall([_number(words, form, scale)]), SIGN * scale)


def _banded(words: Words, form: Format, scale: float) -> list[Shape]:
    """The head of a card: on a band the number, and at its right what it counts."""
    tall = _band(words, form, scale)
    band = Path("heading", (_ring(form.width, tall),), Stroke(Paint(BAND), 0.0), Paint(BAND))
    number, (left, beside) = [_number(words, form, scale)], _beside(words, form, scale)
    middle = tall / 2
    return [
        band,
        *_placed("heading", number, form.margin, middle - _tall(number) / 2),
        *_placed("heading", beside, left, middle - _tall(beside) / 2),
    ]


def _below(words: Words, form: Format, scale: float) -> list[_Block]:
    """The notes, and the last lines."""
    size = form.note * scale
    notes = [_block(note, form.across, size, COLORS.faint) for note in words.notes]
    return [*notes, *(_block(line, form.across, size, COLORS.ink, bold=True) for line in words.signed)]


def _block(text: str, across: float, size: float, color: str, *, bold: bool = False) -> _Block:
    return metrics.wrapped(text, across, size * WIDER, bold=bold) if text else [], size, bold, color


def _tall(blocks: list[_Block]) -> float:
    return sum(len(lines) * size * LINE_HEIGHT for lines, size, _, _ in blocks)


def _foot(words: Words, form: Format, scale: float) -> list[Shape]:
    """A line across, and under it the notes."""
    blocks = _below(words, form, scale)
    top, right = form.height - form.margin - _tall(blocks), form.width - form.margin
    level = top - form.note * scale / 2
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
