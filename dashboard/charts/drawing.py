"""The shapes, marks and words of a figure with many plots, collected by look so that each look is one Plotly trace.

All plots share one pair of axes, in tenths of a pixel from the upper left corner: a pair of axes per plot would cost
the browser more than everything drawn in them.
"""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.charts.colors import COLORS, INVISIBLE, Ground
from dashboard.charts.figure_words import mark_id, mark_text
from dashboard.charts.key import Item, headings
from dashboard.charts.look import BAND, DASH, DASHED, STATES, SYMBOLS, Look, uncertain
from dashboard.charts.medium import TEXT, Medium
from dashboard.charts.panels import Coordinates, Outline, Point, plain
from dashboard.charts.row_chart import Chart, blank
from dashboard.charts.series import REST, Row
from dashboard.charts.traces import Trace, area, lines, marks, words
from dashboard.words import terms
from data.i18n import Language

PlotlySpec = dict[str, Any]
# The name in the `meta` of a layout of what its drawing leaves out.
NOTES = "notes"
Word = Callable[[Language, str], str]
STATUS = terms.word("status")
FINE = 10
# How large the marks of a gray line are beside those of others.
QUIET = 0.55
# Statuses drawn as a bar: a masked figure, a median that is not a single value, and a wider mask.
BARS = ("masked", "interval", "range")
ORDER = tuple(state for one in STATES for state in (BARS if one == "masked" else (one,)))
# Symbols that distinguish series in addition to color. Diamonds are reserved for figures that cannot be used.
SHAPES = ("circle", "square", "triangle-up", "triangle-down", "cross", "pentagon", "star", "hexagram")
# The narrowest and the lowest outline of what a figure may be, in pixels.
LEAST = 5.0
# The same outline in a unit box, for the key.
UPRIGHT = Outline([0.33, 0.67, 0.67, 0.33, 0.33], [0, 0, 1, 1, 0])


@dataclass(frozen=True)
class Board:
    """What all parts of a figure share."""

    lang: Language
    medium: Medium

    def headings(self, text: str) -> list[Item]:
        """A heading of the key, wrapped to rows."""
        return headings(text, plain(self.medium))

    def paint(self, rank: int) -> str:
        """The color of a series."""
        return COLORS.border if rank == REST else COLORS.series[rank % len(COLORS.series)]

    def marker(self, state: str, rank: int, size: float) -> dict[str, Any]:
        """The marker of a figure by its state: filled for a value, hollow for a true zero, a place for a range."""
        paint, shape = self.paint(REST if state == "not_reported" else rank), SHAPES[max(rank, 0)]
        symbol = {"exact": shape, "zero": shape, **dict.fromkeys(BARS, "square"), "not_reported": "circle"}
        scale = {"exact": 1.0, **dict.fromkeys(BARS, 1.0), "not_reported": 0.5}.get(state, 1.3)
        scale *= QUIET if rank == REST else 1.0
        look = {"symbol": symbol.get(state) or SYMBOLS[state], "size": round(size * scale, 1)}
        # Plotly makes a list of symbols, as in the key, pale unless the opacity is set.
        look |= {"color": COLORS.surface if state == "zero" else paint, "opacity": 1}
        return look | {"line": {"width": 2 * (state not in {"exact", "not_reported"}), "color": paint}}

    def items(
        self,
        drawing: "Drawing",
        ranks: Mapping[str, int],
        word: Word = STATUS,
        *,
        counted: bool = True,
        named_there: bool = False,
    ) -> list[Item]:
        """The entries of the key: the series if there are several, then each state of a number with its count.

        Args:
            ranks: the rank of each series, by name.
            word: gives the name of a state of a number.
            counted: whether to give the counts.
            named_there: whether the names of the series stand beside their lines, and not in the key.
        """
        several = {name: rank for name, rank in ranks.items() if rank != REST} if len(ranks) > 1 else {}
        entries = {} if named_there else several
        named = [Item(name, marker=self.marker("exact", rank, 10)) for name, rank in entries.items()]
        if more := len(ranks) - len(several) if len(ranks) > 1 else 0:
            rest_label = self.lang.plural(
                "{n} gray line: point at it to see its name", "{n} gray lines: point at one to see its name", more
            )
            named.append(Item(rest_label, marker=self.marker("exact", REST, 8)))
        return [*named, *self._states(drawing, REST if len(ranks) > 1 else 0, word, counted=counted)]

    def _states(self, drawing: "Drawing", rank: int, word: Word, *, counted: bool) -> list[Item]:
        counts: Counter[str] = Counter()
        for (state, _), rows_drawn in drawing.marks.items():
            counts[state] += len(rows_drawn)
        numbers = {state: f" ({self.lang.number(counts[state])})" if counted else "" for state in ORDER}
        labels = {state: f"{word(self.lang, state)}{numbers[state]}" for state in ORDER}
        # Years that nothing is reported for have a band behind their mark.
        behind = (
            {"not_reported": Item("", BAND.fill, (COLORS.frame, 0.8), extra=BAND.extra)}
            if repr(BAND) in drawing.fills
            else {}
        )
        return [
            Item(labels[state], COLORS.surface, (self.paint(rank), DASHED), DASH, shape=UPRIGHT)
            if state in BARS
            else replace(behind.get(state, Item("")), text=labels[state], marker=self.marker(state, rank, 9))
            for state in ORDER
            if counts[state]
        ]

    def spec(
        self,
        drawing: "Drawing",
        tall: float,
        items: Sequence[Item],
        head: str,
        *,
        notes: Sequence[str] = (),
        below: bool = False,
    ) -> PlotlySpec:
        """The finished Plotly spec: the drawing under its key.

        Args:
            tall: height of the drawing in pixels.
            items: the entries of the key; head: the heading above them.
            notes: what the drawing leaves out, for the frame around it; below: whether the key is below the drawing.
        """
        shape = Chart({}, items, self.lang, self.medium, tall, 0.0, below)
        spec = blank(shape, heading=head)
        if notes:
            spec["layout"]["meta"] = {NOTES: [*notes]}
        spec["layout"]["xaxis"] |= {"visible": False, "domain": [0, 1], "range": [0, self.medium.across * FINE]}
        spec["layout"]["yaxis"] |= {"visible": False, "range": [tall * FINE, 0]}
        return {"data": [*drawing.traces(), *spec["data"]], "layout": spec["layout"]}


class Drawing:
    """Everything drawn in a figure, collected by look: each look becomes one trace, in all plots together."""

    def __init__(
        self,
        board: Board,
        size: float,
        *,
        visible: bool = True,
        hover: Callable[[Row, Language], str] = mark_text,
        mark_id: Callable[[Row], str] = mark_id,
    ) -> None:
        """An empty drawing.

        Args:
            size: size of a mark in pixels.
            visible: whether marks are visible; invisible ones still answer to pointer and click.
            hover: the hover text of a row's mark.
            mark_id: the id of a row's mark, as used in addresses.
        """
        self.hover, self.mark_id = hover, mark_id
        self.board, self.size, self.visible = board, size, visible
        self.fills: dict[str, tuple[Look, list[Point | None]]] = {}
        self.strokes: dict[tuple[str, float, str], list[Point | None]] = defaultdict(list)
        self.marks: dict[tuple[str, int], list[tuple[Sequence[Point], Row]]] = defaultdict(list)
        self.texts: dict[tuple[str, Ground], list[tuple[float, float, str]]] = defaultdict(list)

    def fill(self, look: Look, left: float, top: float, right: float, bottom: float) -> None:
        """A rectangle."""
        box = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        points = self.fills.setdefault(repr(look), (look, []))[1]
        points += [*([None] if points else []), *box]

    def line(self, paint: str, points: Sequence[Point], width: float = 1.0, dash: str = "solid") -> None:
        """A line through points (pixels)."""
        self.strokes[paint, width, dash] += [*points, None]

    def mark(self, state: str, rank: int, ends: Sequence[Point], row: Row) -> None:
        """The mark of a figure: one point, or a bar between two."""
        self.marks[state, rank].append((ends, row))

    def write(self, x: float, y: float, text: str, side: str = "right", *, ground: Ground = "page") -> None:
        """Text beside a point."""
        self.texts[side, ground].append((x, y, text))

    def traces(self) -> list[Trace]:
        """All traces from the bottom up; thin lines, as those of grids, are below others, and text is on top."""
        order = sorted(self.marks, key=lambda look: (look[1] != REST, [*ORDER[::-1]].index(look[0]), -look[1]))
        return [
            *(self._fill(look, points) for look, points in self.fills.values()),
            *(self._stroke(look, self.strokes[look]) for look in sorted(self.strokes, key=lambda look: look[1])),
            *(self._outlines(state, rank) for state, rank in order if state in BARS and self.visible),
            *(self._marks(state, rank) for state, rank in order),
            *(self._words(side, ground) for side, ground in self.texts),
        ]

    def _fill(self, look: Look, points: Sequence[Point | None]) -> Trace:
        return area("", Outline(**_fine(points)), look.fill, line=look.line, **look.extra)

    def _stroke(self, look: tuple[str, float, str], points: Sequence[Point | None]) -> Trace:
        return lines("", [], [], color=look[0], width=look[1], dash=look[2]) | _fine(points)

    def _marks(self, state: str, rank: int) -> Trace:
        marked, look = self.marks[state, rank], self.board.marker(state, rank, self.size)
        seen = self.visible and state not in BARS
        look = look if seen else {"size": self.size, "color": INVISIBLE, "line": {"width": 0}}
        spots = [(point, row) for ends, row in marked for point in (*ends, *[None][: len(ends) - 1])]
        hovers = {id(row): self.hover(row, self.board.lang) for _, row in marked}
        trace = marks("", [], [], look, hovertext=[hovers[id(row)] for _, row in spots])
        return trace | _fine(point for point, _ in spots) | {"customdata": [[self.mark_id(row)] for _, row in spots]}

    def _outlines(self, state: str, rank: int) -> Trace:
        """What figures may be: a dashed outline from the lowest to the highest."""
        points: list[Point | None] = []
        for ends, _ in self.marks[state, rank]:
            left, right = _apart([x for x, _ in ends])
            top, bottom = _apart([y for _, y in ends])
            points += [None, (left, top), (right, top), (right, bottom), (left, bottom), (left, top)]
        return self._fill(uncertain(self.board.paint(rank)), points[1:])

    def _words(self, side: str, ground: Ground) -> Trace:
        texts = self.texts[side, ground]
        trace = words("", [], [], [text for _, _, text in texts], side, size=TEXT, ground=ground)
        return trace | _fine((x, y) for x, y, _ in texts)


def _apart(ends: Sequence[float]) -> tuple[float, float]:
    """The least and the greatest of some ends; as far apart as an outline needs."""
    low, high = min(ends), max(ends)
    more = max(LEAST - (high - low), 0) / 2
    return low - more, high + more


def _fine(points: Iterable[Point | None]) -> dict[str, Coordinates]:
    pairs = list(points)
    return {axis: [point and round(point[way] * FINE) for point in pairs] for way, axis in enumerate("xy")}
