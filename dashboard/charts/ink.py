"""What is drawn, gathered by its look, on one pair of axes: tenths of a pixel from the upper left corner.

Axes of its own for each of many plots would cost the browser more than all that is drawn.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.figure_words import name, part
from dashboard.charts.key import Item, headings
from dashboard.charts.look import INVISIBLE, STATES, SYMBOLS, Look, Palette
from dashboard.charts.panels import NARROW, Box, Coordinates, Outline, Sheet
from dashboard.charts.row_chart import Chart, blank
from dashboard.charts.series import REST, Row
from dashboard.charts.traces import Trace, area, lines, marks, words
from dashboard.words import terms
from data.i18n import Language

Spec = dict[str, Any]
Point = tuple[float, float]
Word = Callable[[Language, str], str]
STATUS = terms.word("status")
FINE, TEXT = 10, 14
# What is drawn as a bar: a masked figure, and a median that is no single value.
BARS = ("masked", "interval")
ORDER = tuple(state for one in STATES for state in (BARS if one == "masked" else (one,)))
# How series are told apart besides their colors. Diamonds are taken: they say that figures cannot be used.
SHAPES = ("circle", "square", "triangle-up", "triangle-down", "cross", "pentagon", "star", "hexagram")
# A capital I in a box of 0 to 1: a bar between two caps.
CAPPED = Outline(
    [0.3, 0.7, 0.7, 0.54, 0.54, 0.7, 0.7, 0.3, 0.3, 0.46, 0.46, 0.3, 0.3],
    [0, 0, 0.12, 0.12, 0.88, 0.88, 1, 1, 0.88, 0.88, 0.12, 0.12, 0],
)


@dataclass(frozen=True)
class Board:
    """What all parts of a figure know: its language, colors and arrangement, and the pixels of the wide one."""

    lang: Language
    palette: Palette
    narrow: bool
    size: tuple[float, float]

    @property
    def across(self) -> float:
        """Pixels from left to right."""
        return NARROW if self.narrow else self.size[0]

    def headings(self, text: str) -> list[Item]:
        """A heading of the key, in the rows that it needs."""
        return headings(text, Sheet(self.across, 0, (), Box(0, 0, self.across, 0), self.narrow))

    def paint(self, rank: int) -> str:
        """The color of a series."""
        return self.palette.frame if rank == REST else self.palette.series[rank % len(self.palette.series)]

    def marker(self, state: str, rank: int, size: float) -> dict[str, Any]:
        """The symbol of a figure in one of its states: a value filled, a true zero hollow, a masked one a cap."""
        paint, shape = self.paint(REST if state == "not_reported" else rank), SHAPES[max(rank, 0)]
        symbol = {"exact": shape, "zero": shape, **dict.fromkeys(BARS, "line-ew-open"), "not_reported": "circle"}
        scale = {"exact": 1.0, **dict.fromkeys(BARS, 1.0), "not_reported": 0.5}.get(state, 1.3)
        scale *= 0.7 if rank == REST else 1.0
        look = {"symbol": symbol.get(state) or SYMBOLS[state], "size": round(size * scale, 1)}
        # The opacity is said because a list of symbols, as in the key, would be pale without.
        look |= {"color": self.palette.surface if state == "zero" else paint, "opacity": 1}
        return look | {"line": {"width": 2 * (state not in {"exact", "not_reported"}), "color": paint}}

    def items(self, ink: "Ink", ranks: Mapping[str, int], word: Word = STATUS) -> list[Item]:
        """The entries of the key: the series where there are several, and the states of a number as often as drawn.

        Args:
            ranks: of the series, by name; word: says what a state is called.
        """
        several = {name: rank for name, rank in ranks.items() if rank != REST} if len(ranks) > 1 else {}
        named = [Item(name, marker=self.marker("exact", rank, 10)) for name, rank in several.items()]
        if more := len(ranks) - len(several) if len(ranks) > 1 else 0:
            said = self.lang.plural(
                "{n} line in grey, named when pointed at", "{n} lines in grey, named when pointed at", more
            )
            named.append(Item(said, marker=self.marker("exact", REST, 8)))
        return [*named, *self._states(ink, REST if len(ranks) > 1 else 0, word)]

    def _states(self, ink: "Ink", rank: int, word: Word) -> list[Item]:
        found: Counter[str] = Counter()
        for (state, _), drawn in ink.marks.items():
            found[state] += len(drawn)
        said = {state: f"{word(self.lang, state)} ({self.lang.number(found[state])})" for state in ORDER}
        return [
            Item(said[state], self.paint(rank), shape=CAPPED)
            if state in BARS
            else Item(said[state], marker=self.marker(state, rank, 9))
            for state in ORDER
            if found[state]
        ]

    def spec(
        self, ink: "Ink", tall: float, items: Sequence[Item], head: str, *, title: str, notes: Sequence[str]
    ) -> Spec:
        """The finished figure: what is drawn, under its key."""
        shape = Chart({}, items, self.palette, self.lang, self.narrow, self.size[0], tall, 0.0)
        spec = blank(shape, title=title, heading=head, notes=notes)
        spec["layout"]["xaxis"] |= {"visible": False, "domain": [0, 1], "range": [0, self.across * FINE]}
        spec["layout"]["yaxis"] |= {"visible": False, "range": [tall * FINE, 0]}
        return {"data": [*ink.traces(), *spec["data"]], "layout": spec["layout"]}


class Ink:
    """What is drawn, gathered by its look: each look is one trace, however many plots it stands in."""

    def __init__(
        self,
        board: Board,
        size: float,
        caps: str = "line-ew-open",
        *,
        seen: bool = True,
        told: Callable[[Row, Language], str] = part,
        named: Callable[[Row], str] = name,
    ) -> None:
        """Nothing yet.

        Args:
            size: of a mark, in pixels.
            caps: the symbol at both ends of a bar; bars that lie have upright ones.
            seen: whether marks are seen, or only answer to pointer and click.
            told, named: what the mark of a row says, and its name in an address.
        """
        self.told, self.named = told, named
        self.board, self.size, self.caps, self.seen = board, size, caps, seen
        self.fills: dict[str, tuple[Look, list[Point | None]]] = {}
        self.strokes: dict[tuple[str, float, str], list[Point | None]] = defaultdict(list)
        self.marks: dict[tuple[str, int], list[tuple[Sequence[Point], Row]]] = defaultdict(list)
        self.said: dict[tuple[str, bool], list[tuple[float, float, str]]] = defaultdict(list)

    def fill(self, look: Look, left: float, top: float, right: float, bottom: float) -> None:
        """A rectangle."""
        box = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        points = self.fills.setdefault(repr(look), (look, []))[1]
        points += [*([None] if points else []), *box]

    def line(self, paint: str, points: Sequence[Point], width: float = 1.0, dash: str = "solid") -> None:
        """A line through points (pixels)."""
        self.strokes[paint, width, dash] += [*points, None]

    def mark(self, state: str, rank: int, ends: Sequence[Point], row: Row) -> None:
        """A figure in one of its states: at one point, or as a bar between two."""
        self.marks[state, rank].append((ends, row))

    def say(self, x: float, y: float, text: str, side: str = "right", *, inverse: bool = False) -> None:
        """Words beside a point."""
        self.said[side, inverse].append((x, y, text))

    def traces(self) -> list[Trace]:
        """Everything, the words at the top."""
        order = sorted(self.marks, key=lambda look: (look[1] != REST, [*ORDER[::-1]].index(look[0]), -look[1]))
        return [
            *(self._fill(look, points) for look, points in self.fills.values()),
            *(self._stroke(look, points) for look, points in self.strokes.items()),
            *(self._marks(state, rank) for state, rank in order),
            *(self._words(side, inverse=inverse) for side, inverse in self.said),
        ]

    def _fill(self, look: Look, points: Sequence[Point | None]) -> Trace:
        return area("", Outline(**_fine(points)), look.fill, line=look.line, **look.extra)

    def _stroke(self, look: tuple[str, float, str], points: Sequence[Point | None]) -> Trace:
        return lines("", [], [], color=look[0], width=look[1], dash=look[2]) | _fine(points)

    def _marks(self, state: str, rank: int) -> Trace:
        found, look = self.marks[state, rank], self.board.marker(state, rank, self.size)
        look = look if self.seen else {"size": self.size, "color": INVISIBLE, "line": {"width": 0}}
        spots = [(point, row) for ends, row in found for point in (*ends, *[None][: len(ends) - 1])]
        said = {id(row): self.told(row, self.board.lang) for _, row in found}
        drawn = marks("", [], [], look, hovertext=[said[id(row)] for _, row in spots])
        drawn |= _fine(point for point, _ in spots) | {"customdata": [[self.named(row)] for _, row in spots]}
        if state not in BARS:
            return drawn
        return drawn | {
            "mode": "lines+markers",
            "line": {"color": look["color"], "width": 3},
            "marker": look | {"symbol": self.caps},
        }

    def _words(self, side: str, *, inverse: bool) -> Trace:
        found = self.said[side, inverse]
        drawn = words(
            "", [], [], [text for _, _, text in found], side, palette=self.board.palette, size=TEXT, inverse=inverse
        )
        return drawn | _fine((x, y) for x, y, _ in found)


def _fine(points: Iterable[Point | None]) -> dict[str, Coordinates]:
    held = list(points)
    return {axis: [point and round(point[way] * FINE) for point in held] for way, axis in enumerate("xy")}
