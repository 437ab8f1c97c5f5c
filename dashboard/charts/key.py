"""The key of a map, drawn in the figure itself: rows of swatches and words that wrap, and the notes at the foot."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.charts.look import Palette
from dashboard.charts.panels import Coordinates, Outline, Sheet
from dashboard.charts.traces import Trace, area, marks, words

# Far from the axes of the panels, which count from 1.
AXIS = "9"
ROW, SWATCH_WIDTH, SWATCH_HEIGHT, SPACE = 26.0, 36.0, 18.0, 22.0
SYMBOL_ROOM = 14.0
# Pixels of an average letter at 15 px, with a reserve for screens narrower than the design.
LETTER = {False: 7.8, True: 7.0}
NOTE_LETTER = 6.4


@dataclass(frozen=True)
class Item:
    """One entry of a key: a swatch (a filled box, a shape in a box of 0 to 1, or a symbol) and its words.

    A heading has words only and a row of its own.
    """

    text: str
    fill: str = ""
    line: tuple[str, float] = ("rgba(0,0,0,0)", 0)
    dash: str = "solid"
    extra: dict[str, Any] = field(default_factory=dict)
    marker: dict[str, Any] = field(default_factory=dict)
    shape: Outline | None = None

    @property
    def heading(self) -> bool:
        """Whether it is a line of words without a swatch."""
        return not (self.fill or self.marker or self.shape)


@dataclass(frozen=True)
class Placed:
    """An item and the left end of its row, in pixels of the key from its upper left corner."""

    item: Item
    left: float
    down: float


def headings(text: str, place: Sheet) -> list[Item]:
    """A heading as the rows it needs."""
    letters = int(place.key.width / (LETTER[place.narrow] + 0.6))
    return [Item(line) for line in textwrap.wrap(text, max(letters, 20))]


def flow(items: Iterable[Item], width: float, *, narrow: bool) -> list[Placed]:
    """Put items one after another, and on a new row where the next one would not fit."""
    placed: list[Placed] = []
    left, row = 0.0, 0
    for item in items:
        needs = width if item.heading else SWATCH_WIDTH + 8 + len(item.text) * LETTER[narrow] + SPACE
        if left and left + needs - SPACE > width:
            left, row = 0.0, row + 1
        placed.append(Placed(item, left, (row + 0.5) * ROW))
        left += needs
    return placed


def height(items: Iterable[Item], width: float, *, narrow: bool) -> float:
    """The pixels a key of that width needs."""
    placed = flow(items, width, narrow=narrow)
    return placed[-1].down + ROW / 2 if placed else 0.0


def round_examples(largest: float) -> list[int]:
    """Two figures for a key of sizes: the greatest 1, 2 or 5 times a power of ten not over it, and its fifth."""
    steps = [step * 10**power for power in range(9) for step in (1, 2, 5) if step * 10**power <= largest]
    return [steps[-1], *([max(steps[-1] // 5, 1)] if steps[-1] > 1 else [])] if steps else []


def key(place: Sheet, items: Sequence[Item], palette: Palette) -> list[Trace]:
    """The traces of a key, in its own axes (pixels from the lower left corner of its box)."""
    placed = flow(items, place.key.width, narrow=place.narrow)
    swatches = [one for one in placed if not one.item.heading]
    traces = [_box(one, place.key.height) for one in swatches if one.item.fill]
    traces += _symbols([one for one in swatches if one.item.marker], place.key.height)
    x: Coordinates = [one.left + (0 if one.item.heading else SWATCH_WIDTH + 6) for one in placed]
    y: Coordinates = [place.key.height - one.down for one in placed]
    texts = [f"<b>{one.item.text}</b>" if one.item.heading else one.item.text for one in placed]
    return [*traces, words(AXIS, x, y, texts, "right", palette=palette, size=14 if place.narrow else 15)]


def _box(placed: Placed, top: float) -> Trace:
    """The filled swatch; it leaves room at its right where a symbol stands beside it."""
    item = placed.item
    left, bottom = placed.left, top - placed.down - SWATCH_HEIGHT / 2
    width = SWATCH_WIDTH - SYMBOL_ROOM * bool(item.marker)
    shape = item.shape or Outline([0, 1, 1, 0, 0], [0, 0, 1, 1, 0])
    x: Coordinates = [None if value is None else round(left + value * width, 1) for value in shape.x]
    y: Coordinates = [None if value is None else round(bottom + value * SWATCH_HEIGHT, 1) for value in shape.y]
    return area(AXIS, Outline(x, y), item.fill, line=item.line, dash=item.dash, **item.extra)


def _symbols(swatches: Sequence[Placed], top: float) -> list[Trace]:
    """The symbols, those described alike in one trace: each further trace is a millisecond of every drawing."""
    alike: dict[tuple[tuple[str, ...], ...], list[Placed]] = {}
    for one in swatches:
        told = one.item.marker
        alike.setdefault((tuple(told), tuple(told.get("line", ()))), []).append(one)
    return [_together(some, top) for some in alike.values()]


def _together(swatches: Sequence[Placed], top: float) -> Trace:
    x: Coordinates = [
        one.left + (SWATCH_WIDTH - SYMBOL_ROOM / 2 + 2 if one.item.fill else SWATCH_WIDTH / 2) for one in swatches
    ]
    y: Coordinates = [top - one.down for one in swatches]
    return marks(AXIS, x, y, _listed([one.item.marker for one in swatches]))


def _listed(markers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Markers of the same keys as one, whose every value is a list."""
    return {
        key: _listed([one[key] for one in markers]) if isinstance(value, dict) else [one[key] for one in markers]
        for key, value in markers[0].items()
    }


def wrapped(notes: Iterable[str], width: float) -> list[str]:
    """The notes as lines that fit a figure of that many pixels."""
    letters = max(int(width / NOTE_LETTER), 20)
    return [line for note in notes if note for line in textwrap.wrap(note, letters)]


def foot(lines: Sequence[str], palette: Palette) -> list[dict[str, Any]]:
    """The notes as one annotation at the lower left corner of the figure."""
    if not lines:
        return []
    corner = {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "xanchor": "left", "yanchor": "bottom"}
    font = {"size": 13, "color": palette.faint}
    return [{"text": "<br>".join(lines), "align": "left", "showarrow": False, "font": font, **corner}]
