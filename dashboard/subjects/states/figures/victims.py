"""The detected victims of a state by sex, age and form: a block of bars for each breakdown that it reports.

A bar is as long as the share of its group. Where a figure is masked, the bar is solid up to the least that it can be
and hatched up to the most.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from textwrap import wrap
from typing import Any, Literal

from dashboard.charts.drawing import Board, Drawing, Spec
from dashboard.charts.key import Item
from dashboard.charts.look import PALETTES, Look, pattern
from dashboard.charts.time_plot import LETTER, LINE
from dashboard.subjects.states import profile_words
from dashboard.subjects.states.profile import VICTIMS, Groups, Row
from dashboard.words import terms
from data.i18n import Language

# Pixels: the gap between blocks, the pitch of rows, a bar's offset and height, and the size of the marks for the hover.
GAP, PITCH, UNDER, BAR, MARK = 36.0, 48.0, 22.0, 14.0, 20.0


def victims(
    blocks: Sequence[Groups],
    lang: Language,
    *,
    palette: Literal["light", "dark"],
    narrow: bool,
    width: float,
    notes: Sequence[str] = (),
) -> Spec:
    """A Plotly spec with a block for each of `blocks`, side by side or, on a phone, one below the other."""
    board = Board(lang, PALETTES[palette], narrow, (width, 0.0))
    drawing = Drawing(board, MARK, visible=False, hover=_hover, mark_id=_mark_id)
    columns = 1 if narrow else max(len(blocks), 1)
    wide = (board.across - GAP * (columns - 1)) / columns
    level = tallest = 0.0
    for number, block in enumerate(blocks):
        top = level if narrow else 0.0
        end = _Block(drawing, block, number % columns * (wide + GAP), wide).draw(top)
        level, tallest = end + GAP / 2, max(tallest, end)
    return board.spec(drawing, tallest, _items(board, blocks), "", title="", notes=notes)


def _items(board: Board, blocks: Sequence[Groups]) -> list[Item]:
    """The key: nothing but the hatch needs one."""
    if all(row["low"] == row["high"] for block in blocks for row in block.rows):
        return []
    look = _ranged(board)
    return [Item(terms.term(board.lang, "status", "masked"), look.fill, look.line, extra=look.extra)]


def _solid(board: Board) -> Look:
    color = board.palette.symbol
    return Look(color, (color, 0), None, "circle", color)


def _ranged(board: Board) -> Look:
    hatch = pattern("/", board.palette.symbol, board.palette.surface)
    return Look(board.palette.surface, (board.palette.symbol, 1.0), hatch, "circle", board.palette.ink)


@dataclass(frozen=True)
class _Block:
    """One breakdown: its left edge and width in pixels."""

    drawing: Drawing
    block: Groups
    left: float
    wide: float

    def draw(self, top: float) -> float:
        """Draw the heading and the bars; returns the y where the block ends."""
        lang = self.drawing.board.lang
        level = self._lines(profile_words.block_title(lang, self.block), top, bold=True)
        level = self._lines(profile_words.block_of(lang, self.block), level) + 6
        for row in self.block.rows:
            self._row(row, level)
            level += PITCH
        for words in profile_words.block_rest(lang, self.block):
            level = self._lines(words, level)
        return level

    def _lines(self, text: str, top: float, *, bold: bool = False) -> float:
        lines = wrap(text, max(int(self.wide / LETTER), 16))
        for number, line in enumerate(lines):
            self.drawing.write(self.left, top + (number + 0.5) * LINE, f"<b>{line}</b>" if bold else line)
        return top + len(lines) * LINE

    def _row(self, row: Row, top: float) -> None:
        board, most = self.drawing.board, self.block.most
        self.drawing.write(self.left, top + 10, profile_words.group(board.lang, self.block, row))
        figure = profile_words.group_figure(board.lang, self.block, row)
        self.drawing.write(self.left + self.wide, top + 10, figure, "left")
        solid, end = (self.left + self.wide * min(row[name] / most, 1.0) for name in ("low", "high"))
        self.drawing.fill(_solid(board), self.left, top + UNDER, solid, top + UNDER + BAR)
        if end > solid:
            self.drawing.fill(_ranged(board), solid, top + UNDER, end, top + UNDER + BAR)
        self.drawing.mark("exact", 0, [(self.left + MARK / 2, top + UNDER + BAR / 2)], row)


def _hover(row: Row, lang: Language) -> str:
    words = terms.figure(lang, row["low"], row["high"], row["status"])
    return lang.labelled(", ".join([*profile_words.breakdown(lang, row), str(row["year"])]), words)


def _mark_id(row: Row) -> str:
    parts: list[Any] = [VICTIMS, row["year"], row["sex"], row["age"], row["form"]]
    return ".".join(map(str, parts))
