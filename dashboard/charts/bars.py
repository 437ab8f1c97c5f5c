"""Blocks of bars, side by side or, on a phone, one below the other: a heading, what the figures are of, and the bars.

A bar is solid up to the least that its figure can be, and dashed from there up to the most. A card has one set of
bars, each in a row with its name and its figure; a zero has a ring.
"""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from textwrap import wrap

from dashboard.charts.colors import COLORS
from dashboard.charts.drawing import Board, Drawing, PlotlySpec
from dashboard.charts.figure_words import may_add
from dashboard.charts.key import Item
from dashboard.charts.look import QUIET, look_of, uncertain
from dashboard.charts.medium import TEXT, Medium
from dashboard.charts.render import metrics
from dashboard.charts.time_plot import LINE
from data.i18n import Language

# Pixels: the gap between blocks, the pitch of rows, a bar's offset and height, the size of the marks for the hover.
GAP = 40.0
PITCH = 48.0
UNDER = 22.0
BAR = 14.0
MARK = 20.0
# The average width of a letter of a sentence; the room between a name and its figure.
LETTER = 6.5
BETWEEN = 12.0
# On stage, how much higher than usual a row may be, and the share of it that goes to the bar.
MOST = 64.0
THICKER = 0.6
# On a card: the most of its width that names have, by how much letters may be wider, pixels under what bars are of,
# how much lower than usual a row may be, and the width of the outline of what is uncertain.
NAMED = 0.56
WIDER = 1.05
UNDER_BASE = 4.0
TIGHT = 3.0
OUTLINE = 1.5
# The radius of the ring of a zero in pixels, and its corners.
RING = 4.5
CORNERS = 24


@dataclass(frozen=True)
class Bar:
    """A bar: its name, its figure as an interval and in words, its color, and its mark's id; without one it is gray."""

    name: str
    figure: tuple[float, float]
    words: str
    mark: str = ""
    color: str = COLORS.symbol


@dataclass(frozen=True)
class BarBlock:
    """Bars on one scale under a heading and a line of text; `rest` stands below them, `most` is the scale's end.

    On a card `heading` stands in its head, in place of the measure of the figure.
    """

    heading: str
    base: str
    bars: Sequence[Bar]
    most: float
    rest: Sequence[str] = ()


# The kinds that are gray: nothing is there.
GRAY = frozenset({"none", "not_reported"})


def counted(lang: Language, kinds: Mapping[str, tuple[str, int]]) -> list[Bar]:
    """A bar for each kind of things that are no people, by its name: its id and how many there are."""
    return [
        Bar(name, (n, n), lang.number(n), "" if kind in GRAY else kind, COLORS.focus)
        for name, (kind, n) in kinds.items()
    ]


def bars(blocks: Sequence[BarBlock], lang: Language, medium: Medium) -> PlotlySpec:
    """A Plotly spec of blocks, whose rows fill the height of a stage; only the dashes need a key."""
    made = partial(_made, blocks, Board(lang, medium))
    spec = made(0.0)
    rows = max((len(block.bars) for block in blocks), default=0)
    left = medium.height - spec["layout"]["height"]
    least = -TIGHT if medium.card else 0.0
    return made(min(max(left / rows, least), MOST)) if rows and medium.height else spec


def _made(blocks: Sequence[BarBlock], board: Board, more: float) -> PlotlySpec:
    """The spec with rows that are `more` pixels higher than usual."""
    drawing = Drawing(board, MARK, visible=False, hover=lambda row, _: row["hover"], mark_id=lambda row: row["mark"])
    if board.medium.card:
        return board.spec(drawing, _rows(drawing, blocks, more), (), "")
    columns = 1 if board.medium.narrow else max(len(blocks), 1)
    wide = (board.medium.across - GAP * (columns - 1)) / columns
    level = tallest = 0.0
    for number, block in enumerate(blocks):
        column = _Column(drawing, number % columns * (wide + GAP), wide, more)
        end = column.draw(block, level if board.medium.narrow else 0.0)
        level, tallest = end + GAP / 2, max(tallest, end)
    return board.spec(drawing, tallest, _items(board, blocks), "")


@dataclass(frozen=True)
class _Column:
    """Where a block is drawn: its left edge and its width in pixels, and how much higher than usual its rows are."""

    drawing: Drawing
    left: float
    wide: float
    more: float

    def draw(self, block: BarBlock, top: float) -> float:
        """Draw a block; returns the y of its lower end."""
        level = self._lines(block.base, self._lines(block.heading, top, bold=True)) + 6
        for bar in block.bars:
            level = self._bar(bar, block.most, level)
        for text in block.rest:
            level = self._lines(text, level)
        return level

    def _lines(self, text: str, top: float, *, bold: bool = False) -> float:
        lines = wrap(text, max(int(self.wide / LETTER), 16))
        for number, line in enumerate(lines):
            self.drawing.write(self.left, top + (number + 0.5) * LINE, f"<b>{line}</b>" if bold else line)
        return top + len(lines) * LINE

    def _bar(self, bar: Bar, most: float, top: float) -> float:
        """A bar under its name and its figure, which has a line of its own where both do not fit beside each other."""
        board, thick = self.drawing.board, BAR + THICKER * self.more
        words = sum(metrics.width(text, TEXT) for text in (bar.name, bar.words))
        apart = LINE * (words + BETWEEN > self.wide)
        upper = top + apart + UNDER
        self.drawing.write(self.left, top + 10, bar.name)
        self.drawing.write(self.left + self.wide, top + apart + 10, bar.words, "left")
        _fill(self.drawing, bar, most, (self.left, upper, self.wide, thick))
        if bar.mark:
            row = {"mark": bar.mark, "hover": board.lang.labeled(bar.name, bar.words)}
            self.drawing.mark("exact", 0, [(self.left + MARK / 2, upper + thick / 2)], row)
        return top + apart + PITCH + self.more


def _fill(drawing: Drawing, bar: Bar, most: float, box: tuple[float, float, float, float]) -> None:
    """A bar in a box: left, top, the width of the scale, and height."""
    left, upper, wide, thick = box
    solid, end = (left + wide * min(one / most, 1.0) for one in bar.figure)
    look = look_of("exact", bar.color) if bar.mark else QUIET
    drawing.fill(look, left, upper, solid, upper + thick)
    if end > solid:
        drawing.fill(uncertain(look.fill if bar.mark else look.line[0]), solid, upper, end, upper + thick)


def _outlined(drawing: Drawing, bar: Bar, most: float, box: tuple[float, float, float, float]) -> None:
    """The same for a card, which has no key: as in a ledger, the uncertain part has a dashed outline."""
    left, upper, wide, thick = box
    low, high = bar.figure
    _fill(drawing, replace(bar, figure=(low, low)), most, box)
    if high > low:
        solid, end = (left + wide * min(one / most, 1.0) for one in bar.figure)
        right, lower = end - OUTLINE / 2, upper + thick - OUTLINE / 2
        corners = [(solid, upper + OUTLINE / 2), (right, upper + OUTLINE / 2), (right, lower), (solid, lower)]
        drawing.line(bar.color, [*corners, *corners[:1] * (not low)], OUTLINE, "dot")


def _rows(drawing: Drawing, blocks: Sequence[BarBlock], more: float) -> float:
    """The bars of all blocks in rows, under what they are of; returns the y of their lower end.

    Args:
        more: by how many pixels rows are higher than their words.
    """
    every = [(bar, block.most) for block in blocks for bar in block.bars]
    across, level = drawing.board.medium.across, 0.0
    for base in dict.fromkeys(block.base for block in blocks if block.base):
        for line in metrics.wrapped(base, across, TEXT * WIDER):
            drawing.write(0.0, level + LINE / 2, line)
            level += LINE
        level += UNDER_BASE
    room = min(_wide(bar.name for bar, _ in every), NAMED * across)
    thick = BAR + THICKER * more
    left, right = room + BETWEEN, across - _wide(bar.words for bar, _ in every) - BETWEEN
    for bar, most in every:
        lines = metrics.wrapped(bar.name, room, TEXT * WIDER)
        middle = level + (len(lines) * LINE + more) / 2
        for number, line in enumerate(lines):
            drawing.write(0.0, middle + (number - (len(lines) - 1) / 2) * LINE, line)
        drawing.write(across, middle, bar.words, "left")
        if bar.mark and not bar.figure[1]:
            _ring(drawing, bar.color, left, middle)
        else:
            _outlined(drawing, bar, most, (left, middle - thick / 2, right - left, thick))
        level += len(lines) * LINE + more
    level += UNDER_BASE * any(block.rest for block in blocks)
    for text in (text for block in blocks for text in block.rest):
        for line in metrics.wrapped(text, across, TEXT * WIDER):
            drawing.write(0.0, level + LINE / 2, line)
            level += LINE
    return level


def _ring(drawing: Drawing, paint: str, left: float, middle: float) -> None:
    """The mark of a zero, which has no bar."""
    turns = [2 * math.pi * n / CORNERS for n in range(CORNERS + 1)]
    circle = [(left + RING * (1 + math.cos(turn)), middle + RING * math.sin(turn)) for turn in turns]
    drawing.line(paint, circle, OUTLINE)


def _wide(words: Iterable[str]) -> float:
    return max((metrics.width(one, TEXT * WIDER) for one in words), default=0.0)


def _items(board: Board, blocks: Sequence[BarBlock]) -> list[Item]:
    if all(low == high for block in blocks for low, high in (bar.figure for bar in block.bars)):
        return []
    look = uncertain(COLORS.symbol)
    return [Item(may_add(board.lang), look.fill, look.line, extra=look.extra)]
