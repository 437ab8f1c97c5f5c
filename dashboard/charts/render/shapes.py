"""What a drawing is made of: paths, marks and texts on a sheet of pixels, from the bottom up. Plain data.

Pixels are those of the design, from the upper left corner of the sheet; the program that draws scales the whole sheet.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from dashboard.charts.render.axes import Point

# What a shape is for: rectangles under the figure, areas, lines, marks and labels of the figure, its axes, its key,
# its title and other headings, the notes at its foot, and the invisible marks that answer to the pointer.
Layer = Literal["ground", "area", "line", "mark", "label", "axis", "key", "heading", "note", "target"]
Side = Literal["left", "right", "center"]
Level = Literal["top", "middle", "bottom"]
Runs = tuple[tuple[str, bool], ...]
# The line height as a multiple of the font size.
LINE_HEIGHT = 1.3


@dataclass(frozen=True)
class Paint:
    """A color (`#rrggbb`) and its opacity, 0 to 1."""

    color: str
    opacity: float = 1.0


@dataclass(frozen=True)
class Stroke:
    """A line's color, its width, and the pixels drawn and left out in turn (none: solid)."""

    paint: Paint
    width: float
    dash: tuple[float, ...] = ()

    @property
    def visible(self) -> bool:
        """Whether the line is visible."""
        return bool(self.width and self.paint.opacity)


@dataclass(frozen=True)
class Hatch:
    """A pattern over a fill, of one of Plotly's shapes, every `size` pixels; `solidity` is the share of ink."""

    shape: str
    ink: Paint
    size: float
    solidity: float


@dataclass(frozen=True)
class Path:
    """Lines of one look, open or closed: an area with its islands, an arrow, a grid line.

    Attributes:
        lines: the points of each; a closed path inside another is a hole.
        fill: None where only lines are drawn.
        name: the trace's, where it has one; alt: what it says when pointed at; opens: what a click opens, as parts
            joined by points.
    """

    layer: Layer
    lines: tuple[tuple[Point, ...], ...]
    stroke: Stroke
    fill: Paint | None = None
    hatch: Hatch | None = None
    name: str = ""
    alt: str = ""
    opens: str = ""


@dataclass(frozen=True)
class Mark:
    """One of Plotly's symbols (`circle`, `diamond-open` ...) of `size` pixels around its middle.

    Attributes:
        alt, opens: as those of a path.
    """

    layer: Layer
    at: Point
    symbol: str
    size: float
    fill: Paint
    stroke: Stroke
    alt: str = ""
    opens: str = ""


@dataclass(frozen=True)
class TextShape:
    """Text beside a point, as lines of runs (words, bold).

    Attributes:
        side, level: where the words are, seen from their point: a text whose level is `bottom` ends there.
        angle: degrees clockwise around the point.
        halo: what parts the words from what they cross.
    """

    layer: Layer
    at: Point
    lines: tuple[Runs, ...]
    side: Side
    size: float
    paint: Paint
    level: Level = "middle"
    angle: float = 0.0
    halo: Paint | None = None

    @property
    def plain(self) -> str:
        """The plain text."""
        return "\n".join("".join(words for words, _ in line) for line in self.lines)


Shape = Path | Mark | TextShape


@dataclass(frozen=True)
class VectorDrawing:
    """All shapes of a figure on a sheet of `width` by `height` pixels, with its title and its alternative text."""

    width: float
    height: float
    shapes: tuple[Shape, ...]
    title: str = ""
    alt: str = ""

    def trimmed(self, gap: float = 12.0) -> "VectorDrawing":
        """The drawing without empty strips: it begins with its first shape, and its notes follow the last one."""
        notes = [shape for shape in self.shapes if isinstance(shape, TextShape) and shape.layer == "note"]
        others = [shape for shape in self.shapes if shape.layer != "note"]
        top = min((_levels(shape)[0] for shape in others), default=0.0)
        level = max((_levels(shape)[1] for shape in others), default=0.0) - top
        shapes: list[Shape] = [moved(shape, 0.0, -top) for shape in others]
        for note in notes:
            level += gap + len(note.lines) * note.size * LINE_HEIGHT
            shapes.append(replace(note, at=(note.at[0], level), level="bottom"))
        return replace(self, height=level + 2, shapes=tuple(shapes))

    def spelled(self, spell: Callable[[str], str]) -> "VectorDrawing":
        """The drawing with its words changed, e.g. to the letters that a font has."""
        return replace(self, shapes=tuple(_spelled(shape, spell) for shape in self.shapes))


def moved(shape: Shape, x: float, y: float) -> Shape:
    """The shape moved right and down by so many pixels."""
    if isinstance(shape, Path):
        return replace(shape, lines=tuple(tuple((px + x, py + y) for px, py in line) for line in shape.lines))
    return replace(shape, at=(shape.at[0] + x, shape.at[1] + y))


def _spelled(shape: Shape, spell: Callable[[str], str]) -> Shape:
    if not isinstance(shape, TextShape):
        return shape
    return replace(shape, lines=tuple(tuple((spell(words), bold) for words, bold in line) for line in shape.lines))


def _levels(shape: Shape) -> tuple[float, float]:
    """The upper and the lower edge of a shape."""
    if isinstance(shape, Path):
        levels: Sequence[float] = [y for line in shape.lines for _, y in line]
        return min(levels) - 1, max(levels) + 1
    if isinstance(shape, Mark):
        return shape.at[1] - shape.size / 2, shape.at[1] + shape.size / 2
    tall = len(shape.lines) * shape.size * LINE_HEIGHT
    above = {"top": 0.0, "middle": tall / 2, "bottom": tall}[shape.level]
    return shape.at[1] - above, shape.at[1] - above + tall
