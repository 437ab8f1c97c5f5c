"""The ledger of the region: for each detecting state its own citizens and those of other countries, in two columns.

All bars have one scale. A figure far above all others would leave no room for them: its bars are cut.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property

from dashboard.charts.colors import COLORS
from dashboard.charts.key import AXIS, Item
from dashboard.charts.medium import TEXT
from dashboard.charts.panels import Coordinates, Outline, Point
from dashboard.charts.render import metrics
from dashboard.charts.traces import Trace, area, words, xy
from dashboard.subjects.routes.figures.circles import LINE, WIDER, widest
from dashboard.subjects.routes.figures.ledger import MARK, NAMES, SPACE, THICK, THICKEST, LedgerBars, bar, handles
from dashboard.subjects.routes.figures.lines import CountryLine, Share, named
from dashboard.words.tables import NONE
from data.i18n import Language

# How many times the next one a figure is whose bars are cut, by how many pixels these are longer than the longest
# other one, and how wide and how far from the end the cut is.
FAR_ABOVE = 2.5
LONGER = 24.0
CUT = 4.0
FROM_END = 12.0
# Pixels: the height of the headings, the room between the two columns, and the least room for the bars of both.
HEAD = 2 * LINE + 4
APART = 18.0
LEAST_BARS = 90.0
# How far a name above its figures, and these, are from the middle of their row.
CLOSE = 7.5
GROUPS = (COLORS.own, COLORS.arrows["counted"])


@dataclass(frozen=True)
class DetectingBars(LedgerBars):
    """Two columns of figures, each with its bars, below headings that stand above the box."""

    def traces(self) -> Iterator[Trace]:
        """Headings, bars, names and figures, and how many lines are left out."""
        shown, top = self.shown, self.box.bottom + self.box.height
        heads = [_heading(group, self.lang, self._wide[column]) for column, group in enumerate(GROUPS)]
        yield words(AXIS, [*self._starts], [top + HEAD / 2] * len(heads), heads, "right", size=TEXT)
        every = [each for column in range(len(GROUPS)) for each in self._bars(column)]
        yield from sorted(every, key=lambda one: str(one["fillcolor"]))
        lift = CLOSE * self.below
        levels = [self._level(number) for number in range(len(shown))]
        name = self.box.left if self.below else self.box.left + self._names - SPACE
        room = self.box.width if self.below else self._names
        x: Coordinates = [name] * len(shown)
        side = "right" if self.below else "left"
        yield words(
            AXIS, x, [at + lift for at in levels], [named(one, room, self.lang) for one in shown], side, size=TEXT
        )
        ends: Coordinates = [start - SPACE for start in self._bases for _ in shown]
        texts = [_figure(one, group, self.lang) for group in GROUPS for one in shown]
        yield words(AXIS, ends, [at - lift for _ in GROUPS for at in levels], texts, "left", size=TEXT)
        places = [(self._bases[0] + MARK / 2, at - lift) for at in levels]
        yield handles(shown, places, [MARK] * len(shown), AXIS)
        yield from self._left_out()

    def _bars(self, column: int) -> Iterator[Trace]:
        lift, thick = CLOSE * self.below, min((LINE if self.below else self.pitch) * THICK, THICKEST)
        for number, one in enumerate(self.shown):
            share, level = _share(one, GROUPS[column]), self._level(number) - lift
            if share is None:
                continue
            if one.code == cut(self.shown) and share.high > self._longest[column]:
                yield _cut_bar(self._bases[column], level, self._long[column], thick, share.color)
            else:
                yield from bar(replace(one, shares=[share]), self._bases[column], level, self._scale, thick)

    @cached_property
    def _names(self) -> float:
        """The width of the names beside the figures."""
        return 0.0 if self.below else min(widest(CountryLine.name, self.shown) + SPACE, self.box.width * NAMES)

    @cached_property
    def _figures(self) -> list[float]:
        """The width of the figures of each column."""
        return [_widest_figure(self.shown, group) + SPACE for group in GROUPS]

    @cached_property
    def _longest(self) -> list[float]:
        """The highest figure of each column without that of the state whose bars are cut."""
        rest = [one for one in self.shown if one.code != cut(self.shown)]
        return [max((share.high for one in rest if (share := _share(one, group))), default=0.0) for group in GROUPS]

    @cached_property
    def _scale(self) -> float:
        """Pixels for one victim."""
        room = self.box.width - self._names - sum(self._figures) - APART - len(GROUPS) * self._longer
        return max(room, 1.0) / max(sum(self._longest), 1.0)

    @property
    def _longer(self) -> float:
        return LONGER * bool(cut(self.shown))

    @property
    def _long(self) -> list[float]:
        """The room for the bars of each column."""
        return [most * self._scale + self._longer for most in self._longest]

    @property
    def _wide(self) -> list[float]:
        """The width of each column."""
        return [figures + long for figures, long in zip(self._figures, self._long, strict=True)]

    @property
    def _starts(self) -> list[float]:
        """The left end of each column."""
        first = self.box.left + self._names
        return [first, first + self._wide[0] + APART]

    @property
    def _bases(self) -> list[float]:
        """Where the bars of each column begin."""
        return [start + figures for start, figures in zip(self._starts, self._figures, strict=True)]


def cut(some: Sequence[CountryLine]) -> str:
    """The state whose figures are so far above all others that its bars are cut; empty if there is none."""
    highest = sorted((max(share.high for share in one.shares), one.code) for one in some)
    (second, _), (first, code) = highest[-2:] if len(highest) > 1 else [(0.0, ""), (0.0, "")]
    return code if first > FAR_ABOVE * second else ""


def cut_key(some: Sequence[CountryLine], lang: Language) -> list[Item]:
    """What a cut bar means; nothing if none is cut."""
    if not cut(some):
        return []
    shape = _parted((0, 0), (1, 1), (0.62, 0.76), 0.06)
    # Translators: the key of a chart. The bar of a figure far above all others has a gap, and is longer than drawn.
    return [Item(lang.text("Bar with a gap: longer than drawn"), COLORS.own, (COLORS.own, 0), shape=shape)]


def tight_columns(some: Sequence[CountryLine], width: float) -> bool:
    """Whether names and figures leave no room for bars beside them in a width in pixels."""
    taken = widest(CountryLine.name, some) + sum(_widest_figure(some, group) for group in GROUPS)
    return width < taken + 3 * SPACE + APART + len(GROUPS) * LONGER + LEAST_BARS


def _share(one: CountryLine, group: str) -> Share | None:
    return next((share for share in one.shares if share.color == group), None)


def _figure(one: CountryLine, group: str, lang: Language) -> str:
    """The figure of a line in one column; a dash if nothing is listed."""
    share = _share(one, group)
    return lang.interval(share.low, share.high) if share else NONE


def _widest_figure(some: Sequence[CountryLine], group: str) -> float:
    return widest(lambda one, lang: _figure(one, group, lang), some)


def _heading(group: str, lang: Language, width: float) -> str:
    """The heading of a column, on two lines if need be."""
    text = lang.text("Own citizens") if group == GROUPS[0] else lang.text("Citizens of other countries")
    return "<br>".join(f"<b>{line}</b>" for line in metrics.wrapped(text, width, TEXT * WIDER, bold=True))


def _cut_bar(left: float, level: float, long: float, thick: float, color: str) -> Trace:
    """A bar with a gap near its end."""
    low, high = level - thick / 2, level + thick / 2
    gap = left + long - FROM_END - CUT, left + long - FROM_END
    return area(AXIS, _parted((left, low), (left + long, high), gap, CUT / 2), color, line=(color, 0))


def _parted(lower: Point, upper: Point, gap: Point, slant: float) -> Outline:
    """A rectangle with an oblique gap between two places of x, from its lower left to its upper right corner."""
    (left, low), (right, high), (start, end) = lower, upper, gap
    first = [(left, low), (start - slant, low), (start + slant, high), (left, high), (left, low)]
    last = [(end - slant, low), (right, low), (right, high), (end + slant, high), (end - slant, low)]
    return Outline(*xy([*first, None, *last]))
