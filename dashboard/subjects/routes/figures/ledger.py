"""The ledger of detected victims by citizenship: a bar for each country, with its figure."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.colors import COLORS, INVISIBLE
from dashboard.charts.key import AXIS, Item
from dashboard.charts.look import DASH, DASHED
from dashboard.charts.medium import TEXT
from dashboard.charts.panels import Coordinates, Outline, Point, Rectangle
from dashboard.charts.traces import Trace, area, marks, words, xy
from dashboard.subjects.routes.figures.circles import LINE, widest
from dashboard.subjects.routes.figures.lines import CountryLine, largest, named
from data.i18n import Language

# Pixels: the pitch of bars and the least one, that of bars below their words, the room beside words, the size of the
# marks for hover, and the least room for bars between words.
PITCH = 31.0
LEAST = 18.0
UNDER = 36.0
SPACE = 8.0
MARK = 20.0
BETWEEN = 50.0
# The share of a pitch that is bar, how far own citizens stand apart, and the most of the width that names take.
THICK = 0.62
APART = 0.4
NAMES = 0.55
THICKEST = 20.0
LOW = 9.0
LEAST_DASHED = 4.0
# The mark of a pair that the other kind of evidence names as well, and its room after a figure.
BOTH: dict[str, Any] = {
    "symbol": "square",
    "size": 6,
    "color": COLORS.ink,
    "opacity": 1,
    "line": {"width": 0, "color": COLORS.ink},
}
MARKED = 13.0


@dataclass(frozen=True)
class LedgerBars:
    """The bars of some lines in a box of the figure, from the top down, in the order of the lines.

    Attributes:
        below: whether bars are below their names and figures, as on a phone; else between them.
        more: how many lines the table has that are not among these.
    """

    lines: Sequence[CountryLine]
    box: Rectangle
    pitch: float
    lang: Language
    below: bool = False
    more: int = 0

    @classmethod
    def fitting(
        cls, lines: Sequence[CountryLine], box: Rectangle, lang: Language, *, below: bool, more: int = 0
    ) -> "LedgerBars":
        """A ledger whose bars fill the height of a box."""
        pitch = UNDER if below else max(min(PITCH, box.height / (len(lines) + bool(more) + APART)), LEAST)
        return cls(lines, box, pitch, lang, below, more)

    @property
    def shown(self) -> Sequence[CountryLine]:
        """The lines for which there is room, if need be the largest; the last row says how many others there are."""
        # A height that was summed may be a hair less than that of the rows.
        room = int(round(self.box.height / self.pitch - APART, 3))
        return self.lines if room >= len(self.lines) + bool(self.more) else largest(self.lines, max(room - 1, 1))

    @property
    def written(self) -> list[float]:
        """The middle of the words of each line that is shown."""
        return [self._level(number) + LINE * 0.3 * self.below for number in range(len(self.shown))]

    def traces(self) -> Iterator[Trace]:
        """Bars, names and figures, and what is left out."""
        shown = self.shown
        names = 0.0 if self.below else min(widest(CountryLine.name, shown) + SPACE, self.box.width * NAMES)
        aside = MARKED * any(one.both for one in self.lines)
        room = 0.0 if self.below else widest(CountryLine.figure, shown) + SPACE + aside
        scale = (self.box.width - names - room) / max(one.high for one in shown)
        left, right = self.box.left + names, self.box.left + self.box.width
        levels = [self._level(number) for number in range(len(shown))]
        bars = [level - LINE * 0.6 if self.below else level for level in levels]
        written: Coordinates = [*self.written]
        thick = LOW if self.below else min(self.pitch * THICK, THICKEST)
        every = [each for one, level in zip(shown, bars, strict=True) for each in bar(one, left, level, scale, thick)]
        yield from sorted(every, key=lambda bar: str(bar["fillcolor"]))
        starts: Coordinates = [left if self.below else left - SPACE] * len(shown)
        ends: Coordinates = [right - aside if self.below else left + one.high * scale + 6 for one in shown]
        sides = ("right", "left") if self.below else ("left", "right")
        between = self.box.width - widest(CountryLine.figure, shown) - SPACE - aside if self.below else names
        yield words(AXIS, starts, written, [named(one, between, self.lang) for one in shown], sides[0], size=TEXT)
        yield words(AXIS, ends, written, [one.figure(self.lang) for one in shown], sides[1], size=TEXT)
        yield handles(shown, [(left + MARK / 2, level) for level in bars], [MARK] * len(shown), AXIS)
        yield from self._left_out()
        yield from self._marks([right if self.below else left + one.high * scale for one in shown])

    def _left_out(self) -> Iterator[Trace]:
        """How many lines are not shown."""
        if more := self.more + len(self.lines) - len(self.shown):
            # A picture has no table to name.
            text = self.lang.plural("{n} more", "{n} more", more)
            yield words(AXIS, [self.box.left], [self._level(len(self.shown))], [text], "right", size=TEXT)

    def _marks(self, ends: Sequence[float]) -> Iterator[Trace]:
        """The marks of pairs that both kinds of evidence name, after their figures; `ends`: those of bars or rows."""
        found = [
            (one, end - MARKED / 2 if self.below else end + 6 + widest(CountryLine.figure, [one]) + MARKED / 2, level)
            for one, end, level in zip(self.shown, ends, self.written, strict=True)
            if one.both
        ]
        if found:
            lines, x, y = ([*some] for some in zip(*found, strict=True))
            opened = {"customdata": [[*one.opens] for one in lines], "hovertext": [one.hover for one in lines]}
            yield marks(AXIS, x, y, BOTH, **opened)

    def _level(self, number: int) -> float:
        """The middle of a row; a state's own citizens stand apart."""
        apart = APART * self.pitch if self.lines[0].own and number else 0.0
        return self.box.bottom + self.box.height - (number + 0.5) * self.pitch - apart


def bar(one: CountryLine, left: float, level: float, scale: float, thick: float) -> Iterator[Trace]:
    """The bar of a line: solid up to the least of the figure, share by share, dashed from there up to the most.

    Args:
        left, level: where it begins, and its middle, in pixels.
        scale: pixels for one victim; thick: its height in pixels.
    """
    at, half = left, thick / 2
    for share in one.shares:
        if share.low and not one.few:
            solid = rectangle(at, level - half, at + share.low * scale, level + half)
            yield area(AXIS, solid, share.color, line=(share.color, 0))
            at += share.low * scale
    if (end := left + one.high * scale) > at:
        rest = rectangle(at, level - half, end, level + half)
        # Dashes around a few pixels would look ragged.
        dash = "solid" if at > left and end - at < LEAST_DASHED else DASH
        yield area(AXIS, rest, COLORS.surface, line=(one.shares[-1].color, DASHED), dash=dash)


@dataclass(frozen=True)
class OtherBars:
    """What stands in the place of a ledger: its lines, its height in pixels, and how it is drawn in a box."""

    lines: Sequence[CountryLine]
    height: float
    traces: Callable[[Rectangle], Iterator[Trace]]


def agreement_key(lines: Sequence[CountryLine], text: str) -> list[Item]:
    """What the mark of lines says; nothing if none has it."""
    return [Item(text, marker=BOTH)] if any(one.both for one in lines) else []


def tight(lines: Sequence[CountryLine], width: float) -> bool:
    """Whether the names and figures of lines leave no room for bars between them in a width in pixels."""
    return width < widest(CountryLine.name, lines) + widest(CountryLine.figure, lines) + 2 * SPACE + BETWEEN


def height(rows: int, *, below: bool) -> float:
    """The height of a ledger of some rows in pixels; `below` as in `Ledger`."""
    return (rows + APART) * (UNDER if below else PITCH)


def handles(some: Sequence[CountryLine], places: Iterable[Point], sizes: Sequence[float], axis: str) -> Trace:
    """Invisible marks that give bars and circles their hover and click."""
    marker = {"size": [round(size, 1) for size in sizes], "color": INVISIBLE, "line": {"width": 0}}
    hovers = [one.hover for one in some]
    return marks(axis, *xy(places), marker, customdata=[[*one.opens] for one in some], hovertext=hovers)


def rectangle(left: float, bottom: float, right: float, top: float) -> Outline:
    """A rectangle as an outline."""
    x: Coordinates = [round(at, 1) for at in (left, right, right, left, left)]
    return Outline(x, [round(at, 1) for at in (bottom, bottom, top, top, bottom)])
