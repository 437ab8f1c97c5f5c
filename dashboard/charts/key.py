"""The key of a figure, drawn as traces: wrapping rows of swatches and texts; and the lines at the foot of a slide."""

import textwrap
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any

from dashboard.charts.colors import COLORS
from dashboard.charts.medium import LEAD, NOTE, TEXT
from dashboard.charts.panels import Arrangement, Coordinates, Outline
from dashboard.charts.traces import Trace, area, marks, words

# The number of the key's axes; those of the panels count from 1.
AXIS = "9"
ROW = 26.0
SWATCH_WIDTH = 36.0
SWATCH_HEIGHT = 18.0
SPACE = 22.0
SYMBOL_ROOM = 14.0
# The height of a line of a heading that goes on in the next one.
WRAPPED = 20.0
# The average width of a letter at 15 px, with a reserve for screens narrower than the design.
LETTER = {False: 7.8, True: 7.0}
NOTE_LETTER = 6.4


@dataclass(frozen=True)
class Item:
    """One entry of a key: a swatch (a filled box, a shape in a unit box, or a symbol) and its text.

    A heading has no swatch and its own row.
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
        """Whether it is a heading: text without a swatch."""
        return not (self.fill or self.marker or self.shape)


@dataclass(frozen=True)
class Placed:
    """An item and its place: the left end and the middle of its row, in pixels from the key's upper left corner."""

    item: Item
    left: float
    down: float


def headings(text: str, place: Arrangement) -> list[Item]:
    """A heading, wrapped to the width of the key."""
    letters = int(place.key.width / (LETTER[place.narrow] + 0.6))
    return [Item(line) for line in textwrap.wrap(text, max(letters, 20))]


def flow(items: Iterable[Item], place: Arrangement) -> list[Placed]:
    """Place items one after another, in a new row when the next one does not fit."""
    placed: list[Placed] = []
    left, top, width = 0.0, 0.0, place.key.width
    for item in items:
        needs = width if item.heading else SWATCH_WIDTH + 8 + len(item.text) * LETTER[place.narrow] + SPACE
        if left and left + needs - SPACE > width:
            left, top = 0.0, top + (WRAPPED if item.heading and placed[-1].item.heading else ROW)
        placed.append(Placed(item, left, top + ROW / 2))
        left += needs
    return placed


def height(items: Iterable[Item], place: Arrangement) -> float:
    """The height in pixels of a key as wide as that of the sheet."""
    placed = flow(items, place)
    return placed[-1].down + ROW / 2 if placed else 0.0


def round_examples(largest: float) -> list[int]:
    """Examples for a key of sizes: the greatest 1, 2 or 5 times a power of ten up to `largest`, and its fifth."""
    steps = [step * 10**power for power in range(9) for step in (1, 2, 5) if step * 10**power <= largest]
    return [steps[-1], *([max(steps[-1] // 5, 1)] if steps[-1] > 1 else [])] if steps else []


def key(place: Arrangement, items: Sequence[Item]) -> list[Trace]:
    """The traces of a key, on its own axes (pixels from the lower left corner of its box)."""
    placed = flow(items, place)
    swatches = [one for one in placed if not one.item.heading]
    traces = [_box(one, place.key.height) for one in swatches if one.item.fill]
    traces += _symbols([one for one in swatches if one.item.marker], place.key.height)
    x: Coordinates = [one.left + (0 if one.item.heading else SWATCH_WIDTH + 6) for one in placed]
    y: Coordinates = [place.key.height - one.down for one in placed]
    texts = [f"<b>{one.item.text}</b>" if one.item.heading else one.item.text for one in placed]
    return [*traces, words(AXIS, x, y, texts, "right", size=TEXT if place.narrow else LEAD)]


def _box(placed: Placed, top: float) -> Trace:
    """A filled swatch; it leaves room at its right for a symbol."""
    item = placed.item
    left, bottom = placed.left, top - placed.down - SWATCH_HEIGHT / 2
    width = SWATCH_WIDTH - SYMBOL_ROOM * bool(item.marker)
    shape = item.shape or Outline([0, 1, 1, 0, 0], [0, 0, 1, 1, 0])
    x: Coordinates = [None if value is None else round(left + value * width, 1) for value in shape.x]
    y: Coordinates = [None if value is None else round(bottom + value * SWATCH_HEIGHT, 1) for value in shape.y]
    return area(AXIS, Outline(x, y), item.fill, line=item.line, **{"dash": item.dash} | item.extra)


def _symbols(swatches: Sequence[Placed], top: float) -> list[Trace]:
    """The symbols, with like markers in one trace: every trace costs a millisecond per redraw."""
    alike: dict[tuple[tuple[str, ...], ...], list[Placed]] = {}
    for one in swatches:
        marker = one.item.marker
        alike.setdefault((tuple(marker), tuple(marker.get("line", ()))), []).append(one)
    return [_symbol_trace(some, top) for some in alike.values()]


def _symbol_trace(swatches: Sequence[Placed], top: float) -> Trace:
    x: Coordinates = [
        one.left + (SWATCH_WIDTH - SYMBOL_ROOM / 2 + 2 if one.item.fill else SWATCH_WIDTH / 2) for one in swatches
    ]
    y: Coordinates = [top - one.down for one in swatches]
    return marks(AXIS, x, y, _merged([one.item.marker for one in swatches]))


def _merged(markers: Sequence[dict[str, Any]]) -> dict[str, Any]:
    """Merge markers that have the same keys into one marker whose values are lists."""
    return {
        key: _merged([one[key] for one in markers]) if isinstance(value, dict) else [one[key] for one in markers]
        for key, value in markers[0].items()
    }


def wrapped(notes: Iterable[str], width: float) -> list[str]:
    """The notes as sentences, wrapped to a figure of that width in pixels."""
    letters = max(int(width / NOTE_LETTER), 20)
    sentences = (note if note.endswith((".", "!", "?")) else f"{note}." for note in notes if note)
    return [line for sentence in sentences for line in textwrap.wrap(sentence, letters)]


def foot(lines: Sequence[str]) -> list[dict[str, Any]]:
    """The lines of notes as one annotation at the foot of the figure."""
    if not lines:
        return []
    corner = {"xref": "paper", "yref": "paper", "x": 0, "y": 0, "xanchor": "left", "yanchor": "bottom"}
    font = {"size": NOTE, "color": COLORS.faint}
    return [{"text": "<br>".join(lines), "align": "left", "showarrow": False, "font": font, **corner}]
