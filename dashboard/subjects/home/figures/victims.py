"""Who the detected victims are: bars by sex, age and form, with what is not known in gray.

All bars have one scale: the number of victims. A bar is solid up to the least that it can be, hatched up to the most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Unpack

from dashboard.charts.drawing import Board, Drawing, Spec
from dashboard.charts.key import Item
from dashboard.charts.look import Look, pattern
from dashboard.charts.options import Framing, Options
from dashboard.charts.time_plot import LETTER, LINE
from dashboard.subjects.home import words
from dashboard.subjects.home.query import Breakdown, Range
from data.i18n import Language

# Pixels: the gap between blocks, the pitch of rows, a bar's offset and height, the size of the marks for the hover.
GAP, PITCH, UNDER, BAR, MARK = 40.0, 46.0, 20.0, 14.0, 20.0
UNKNOWN = "unknown"


def victims(blocks: Sequence[Breakdown], lang: Language, **framing: Unpack[Framing]) -> Spec:
    """A Plotly spec with a block for each breakdown, side by side or, on a phone, one below the other."""
    options = Options(**framing)
    board = options.board(lang)
    drawing = Drawing(board, MARK, visible=False, hover=lambda row, _: row["hover"], mark_id=lambda row: row["group"])
    columns = 1 if board.narrow else max(len(blocks), 1)
    wide = (board.across - GAP * (columns - 1)) / columns
    level = tallest = 0.0
    for number, block in enumerate(blocks):
        end = _Block(drawing, block, number % columns * (wide + GAP), wide).draw(level if board.narrow else 0.0)
        level, tallest = end + GAP / 2, max(tallest, end)
    return board.spec(drawing, tallest, _items(board, blocks), "", title=options.title, notes=options.notes)


@dataclass(frozen=True)
class _Block:
    """One breakdown in a column."""

    drawing: Drawing
    block: Breakdown
    left: float
    wide: float

    def draw(self, top: float) -> float:
        """Draw heading and bars; returns the y of their lower end."""
        lang = self.drawing.board.lang
        self.drawing.write(self.left, top + 12, f"<b>{words.block_title(lang, self.block)}</b>")
        level = top + 24
        for line in wrap(words.block_base(lang, self.block), int(self.wide / (LETTER - 0.9))):
            self.drawing.write(self.left, level + LINE / 2, line)
            level += LINE
        level += 6
        paint, palette = self.drawing.board.palette.symbol, self.drawing.board.palette
        for group, figure in self.block.groups.items():
            self._row(level, group, figure, Look(paint, (paint, 0), None, "circle", paint))
            level += PITCH
        gray = Look(palette.unreported, (palette.border, 0.8), None, "circle", palette.unreported)
        if self.block.unknown[1]:
            self._row(level, UNKNOWN, self.block.unknown, gray)
            level += PITCH
        return level

    def _row(self, top: float, group: str, figure: Range, look: Look) -> None:
        lang, most = self.drawing.board.lang, max(self.block.total[1], 1.0)
        name, value = words.group(lang, self.block, group), words.group_figure(lang, self.block, group)
        self.drawing.write(self.left, top + 10, name)
        self.drawing.write(self.left + self.wide, top + 10, value, "left")
        solid, end = (self.left + self.wide * min(one / most, 1.0) for one in figure)
        self.drawing.fill(look, self.left, top + UNDER, solid, top + UNDER + BAR)
        if end > solid:
            self.drawing.fill(_ranged(self.drawing.board), solid, top + UNDER, end, top + UNDER + BAR)
        row: dict[str, Any] = {"group": group, "hover": lang.labelled(name, value)}
        self.drawing.mark("exact", 0, [(self.left + MARK / 2, top + UNDER + BAR / 2)], row)


def _items(board: Board, blocks: Sequence[Breakdown]) -> list[Item]:
    """The key: nothing but the hatch needs one."""
    if all(low == high for block in blocks for low, high in block.groups.values()):
        return []
    look = _ranged(board)
    return [Item(words.masked(board.lang), look.fill, look.line, extra=look.extra)]


def _ranged(board: Board) -> Look:
    ink = board.palette.hatch
    return Look(board.palette.surface, (ink, 0.8), pattern("/", ink, board.palette.surface), "circle", ink)
