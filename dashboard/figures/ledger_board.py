"""The boxes of the ledger, drawn: fills and glyphs gathered by their look, words, and what answers to a click."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.ink import FINE, Board
from dashboard.figures.ledger_looks import glyph, look_of
from dashboard.figures.looks import Look
from dashboard.figures.palette import INVISIBLE, PALETTES
from dashboard.figures.traces import Trace, area, marks, words
from dashboard.figures.windows import Coordinates, Outline

Cell = Mapping[str, Any]
# Half the pixels between two boxes.
APART = 1.0
GLYPH, SMALL = 11.0, 8.0


@dataclass(frozen=True)
class Box:
    """A cell and its corners, in pixels from the upper left; `code` is what stands in it, if anything does."""

    cell: Cell
    left: float
    top: float
    right: float
    bottom: float
    code: str = ""

    @property
    def middle(self) -> tuple[float, float]:
        """Its middle."""
        return (self.left + self.right) / 2, (self.top + self.bottom) / 2


@dataclass(frozen=True)
class Words:
    """Words at a point, to its right, left or around it; small ones where room is scarce."""

    x: float
    y: float
    text: str
    side: str = "right"
    small: bool = False


@dataclass(frozen=True)
class Head:
    """A paragraph's number, which answers: where it stands, what it says, and which paragraph it opens."""

    x: float
    y: float
    text: str
    paragraph: int


def fills(board: Board, boxes: Iterable[Box]) -> list[Trace]:
    """The boxes, those that look alike as one trace."""
    alike: dict[str, tuple[Look, list[Box]]] = {}
    for box in boxes:
        look = look_of(box.cell["grade"], board.palette)
        alike.setdefault(box.cell["grade"], (look, []))[1].append(box)
    return [area("", _outline(some), look.fill, line=look.line, **look.extra) for look, some in alike.values()]


def glyphs(board: Board, boxes: Iterable[Box]) -> list[Trace]:
    """The statuses: in the middle of a box, or over its code."""
    alike: dict[tuple[str, bool, bool], list[Box]] = defaultdict(list)
    for box in boxes:
        if box.cell["status"]:
            alike[box.cell["status"], inverse(board, box), bool(box.code)].append(box)
    found = []
    for (status, swapped, coded), some in alike.items():
        marker = glyph(status, board.palette, SMALL if coded else GLYPH, inverse=swapped)
        places = [(x, box.top + 7 if coded else y) for box in some for x, y in (box.middle,)]
        found.append(marks("", [], [], marker) | fine(places))
    return found


def codes(board: Board, boxes: Iterable[Box], size: float) -> list[Trace]:
    """What stands in the boxes."""
    named: dict[bool, list[Words]] = defaultdict(list)
    for box in boxes:
        x, y = box.middle
        if box.code:
            named[inverse(board, box)].append(Words(x, y + 5 * bool(box.cell["status"]), box.code, "center"))
    return [said(board, some, size, inverse=swapped) for swapped, some in named.items()]


def said(board: Board, some: Sequence[Words], size: float, *, inverse: bool = False) -> Trace:
    """Words."""
    sides = [one.side for one in some]
    drawn = words("", [], [], [one.text for one in some], sides, palette=board.palette, size=size, inverse=inverse)
    return drawn | fine((one.x, one.y) for one in some)


def targets(boxes: Sequence[Box], hover: Sequence[str], heads: Sequence[Head]) -> Trace:
    """Unseen marks over boxes and numbers: `customdata` is [paragraph, actor], or the paragraph alone."""
    sizes = [min(box.right - box.left, box.bottom - box.top) for box in boxes] + [24.0] * len(heads)
    marker = {"size": sizes, "color": INVISIBLE, "line": {"width": 0}}
    data = [[box.cell["paragraph"], box.cell["actor"]] for box in boxes] + [[head.paragraph] for head in heads]
    told = [*hover, *(head.text for head in heads)]
    places = [*(box.middle for box in boxes), *((head.x, head.y) for head in heads)]
    return marks("", [], [], marker, customdata=data, hovertext=told) | fine(places)


def inverse(board: Board, box: Box) -> bool:
    """Whether what lies on a box swaps ink and ground."""
    look = look_of(box.cell["grade"], board.palette)
    # A hatch lies on the ground of the page.
    return look.hatch is None and look.dark is (board.palette is PALETTES["light"])


def fine(points: Iterable[tuple[float, float]]) -> dict[str, Coordinates]:
    """Points as tenths of a pixel."""
    held = list(points)
    return {axis: [round(point[way] * FINE) for point in held] for way, axis in enumerate("xy")}


def _outline(boxes: Sequence[Box]) -> Outline:
    x: Coordinates = []
    y: Coordinates = []
    for box in boxes:
        left, right = round((box.left + APART) * FINE), round((box.right - APART) * FINE)
        top, bottom = round((box.top + APART) * FINE), round((box.bottom - APART) * FINE)
        x += [*([None] if x else []), left, right, right, left, left]
        y += [*([None] if y else []), top, top, bottom, bottom, top]
    return Outline(x, y)
