"""Detected victims by citizenship: a ledger of bars beside a map with a circle at each country.

Nobody says which way a victim came: nothing joins a circle to the chosen state. The area of a circle, as the length of
a bar, is the figure: solid up to the least that it can be, dashed up to the most. Figures too small for that are dots
of one size.
"""

import math
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from functools import cached_property, partial
from itertools import accumulate, chain
from typing import Any

import numpy as np

from dashboard.charts.colors import COLORS
from dashboard.charts.figure_words import may_add
from dashboard.charts.ground import Basemap
from dashboard.charts.key import Item
from dashboard.charts.look import DASH
from dashboard.charts.medium import TEXT, Medium
from dashboard.charts.panels import Outline, Rectangle
from dashboard.charts.render import metrics
from dashboard.charts.traces import Trace, area, lines, marks, words, xy
from dashboard.subjects.routes.figures import ledger
from dashboard.subjects.routes.figures.circles import ASIDE, LINE, WIDER, Circle, along, fits, placed, widest
from dashboard.subjects.routes.figures.detecting import HEAD, DetectingBars, cut_key, tight_columns
from dashboard.subjects.routes.figures.ledger import LedgerBars, OtherBars
from dashboard.subjects.routes.figures.ledger_map import BARS, STRIP_AXIS, LedgerMap
from dashboard.subjects.routes.figures.lines import CountryLine, WordOf, largest
from dashboard.subjects.routes.figures.moved import Moved
from dashboard.subjects.routes.figures.places import CirclePlaces, off_state
from data.i18n import Language

# The radius of the largest circle, as a share of the map's smaller side, and at most in pixels.
LARGEST = 0.085
LARGEST_PIXELS = 40.0
# The shares of that size that are tried where circles have no room at their states.
SMALLER = (1.0, 0.85, 0.7, 0.55)
# Figures with less than this share of the largest are dots, as large as the circle of the highest of them.
DOTTED = 1 / 144
# Pixels: the radius of the mark of the chosen state, and the width of the line from an island to its circle.
MARK = 6.0
TIE = 0.6
RIM = 1.4
THINNEST = 0.2
# The least radius in pixels of a circle with a dashed rim; the rim of smaller ones for fewer than five.
DASHED = 8.0
FINE = 1.2
FINE_DASH = "2px,1.6px"
# How many pixels farther from its circle than usual a name may be.
ASIDES = (0.0, 10.0, 20.0)
# A figure stands on its circle if so much of it is certain.
CERTAIN = 0.7
CORNERS = 48
DOT = {"symbol": "circle", "size": 5, "color": COLORS.frame, "opacity": 1, "line": {"width": 0, "color": COLORS.frame}}


def counted_map(
    every: Sequence[CountryLine],
    basemap: Basemap,
    lang: Language,
    medium: Medium,
    *,
    state: str = "",
    near: Collection[str] = (),
    beyond: Sequence[CountryLine] = (),
    bars: OtherBars | None = None,
    moved: Moved | None = None,
    most: float = 0.0,
) -> dict[str, Any]:
    """A Plotly spec of lines.

    Args:
        every: the lines of the ledger in their order; at least one.
        state: the chosen state.
        near: without a chosen state, the states that the map shows; by default the whole region.
        beyond: lines for the strip of countries outside the region, of which the ledger has only how many are missing.
        bars: what stands in the place of the ledger of these lines.
        moved: migrants between the chosen state and each country of the lines, as context.
        most: the largest figure of a figure beside this one: one area means one number in both.
    """
    outside = [*(one for one in every if one.code not in basemap.points), *beyond]
    strip = widest(_beside_circle, outside) + 2 * LARGEST_PIXELS + ASIDE if outside else 0.0
    states = {state, *(one.code for one in every)} if state else near
    mapless = _mapless(every, basemap) if state else None
    aside = moved.width(every) if moved else 0.0
    split = not bars and any(len(one.shares) > 1 for one in every)
    tight = tight_columns if split else ledger.tight
    below = medium.narrow or bool(near) or tight(every, medium.across * (1 if mapless else BARS) - aside)
    rows = ledger.height(len(every) + (medium.narrow and len(beyond) > 0), below=below) + HEAD * split
    room = bars.height if bars else rows
    dots = _dots([*every, *outside], most)
    plan = LedgerMap.arranged(
        room + LINE * bool(moved),
        states,
        basemap,
        lang,
        medium,
        items=partial(_items, [*every, *(bars.lines if bars else ())], moved, medium, dots),
        strip=strip,
        mapless=mapless,
    )
    parts = CountedParts(plan, every, beyond, outside, state, below, bars, moved, most, dots, split)
    return plan.spec([*parts.traces()])


def _dots(some: Sequence[CountryLine], most: float) -> int:
    """The highest figure that is a dot, a round number; 0 if none is."""
    shown = [one.high for one in some if not one.own]
    limit = max([most, *shown]) * DOTTED
    if limit < 1:
        return 0
    digits = 10 ** int(math.log10(limit))
    found = int(limit) // digits * digits
    return found if min(shown, default=math.inf) <= found else 0


def _mapless(every: Sequence[CountryLine], basemap: Basemap) -> WordOf | None:
    """Why a map of a state has nothing to show; None if it has a circle."""
    if any(not one.own and one.code in basemap.points for one in every):
        return None
    return all_own if all(one.own for one in every) else all_outside


def all_own(lang: Language) -> str:
    """Why a state has no map of its counted victims: none is a citizen of another country."""
    return lang.text("All listed victims are own citizens.")


def all_outside(lang: Language) -> str:
    """Why a state has no map of its counted victims: no other country of the list is in the region."""
    return lang.text("All countries in this list are outside the region.")


def _items(every: Sequence[CountryLine], moved: Moved | None, medium: Medium, dots: int, lang: Language) -> list[Item]:
    """The key: whose citizens, where no headings say it; what is dashed, cut, or a dot; and the tints of migrants."""
    both = any(len(one.shares) > 1 for one in every)
    headed = both and not medium.slide and not medium.narrow
    shares = {
        COLORS.own: lang.text("Own citizens"),
        COLORS.arrows["counted"]: lang.text("Citizens of other countries"),
    }
    items = [Item(text, color, (color, 0)) for color, text in shares.items() if both and not headed]
    dashed = (COLORS.arrows["counted"], RIM)
    if any(one.few for one in every):
        items.append(Item(lang.text("Fewer than five, or the uncertain part of a sum"), COLORS.surface, dashed, DASH))
    elif any(one.high > one.low for one in every):
        items.append(Item(may_add(lang), COLORS.surface, dashed, DASH))
    items += cut_key(every, lang) if both and not medium.slide else []
    if dots:
        # Translators: the key of a map with circles. Each figure up to {n} is a dot of the same size.
        items.append(Item(lang.text("Dot: at most {n} victims", n=lang.number(dots)), marker=DOT))
    # Translators: of two states, in a list of victims by citizenship; a route that reports describe.
    items += ledger.agreement_key(every, lang.text("Also named by a described route"))
    return [*items, *(moved.items(every, lang) if moved else ())]


@dataclass(frozen=True)
class CountedParts:
    """What the parts of one figure share; `below` as in `LedgerBars`, `dots` the highest figure that is a dot.

    Attributes:
        split: whether the ledger has own and other citizens in two columns.
    """

    plan: LedgerMap
    every: Sequence[CountryLine]
    beyond: Sequence[CountryLine]
    outside: Sequence[CountryLine]
    state: str
    below: bool
    bars: OtherBars | None = None
    moved: Moved | None = None
    most: float = 0.0
    dots: int = 0
    split: bool = False

    @property
    def basemap(self) -> Basemap:
        """The boundaries."""
        return self.plan.basemap

    @property
    def lang(self) -> Language:
        """The language of the words."""
        return self.plan.lang

    def traces(self) -> Iterator[Trace]:
        """All traces from the bottom up."""
        if self.plan.mapless:
            yield from self._ledger(self.plan.bars)
            return
        fills = self.moved.fills(self.every) if self.moved else {one.code: COLORS.partner for one in self.every}
        yield from self.plan.lands(fills | {self.state: COLORS.chosen})
        yield from self._ties()
        yield from self._circles(self.shown, [self.plan.kilometers(one.x, one.y) for one in self.circles], "")
        yield from self._mark()
        yield from self._labels()
        if self.plan.bars.width and self.bars:
            yield from self.bars.traces(self.plan.bars)
        elif self.plan.bars.width:
            yield from self._ledger(self.plan.bars)
        yield from self._strip()

    def _ledger(self, box: Rectangle) -> Iterator[Trace]:
        """The bars, and beside them the column of migrants."""
        strip = [one for one, _ in self.in_strip]
        more = sum(one not in strip for one in self.beyond)
        inner = box
        if self.moved:
            inner = replace(box, width=box.width - self.moved.width(self.every), height=box.height - LINE)
        if self.split:
            inner = replace(inner, height=inner.height - HEAD)
        kind = DetectingBars if self.split else LedgerBars
        rows = kind.fitting(self.every, inner, self.lang, below=self.below, more=more)
        yield from rows.traces()
        if self.moved:
            right, top = box.left + box.width, box.bottom + box.height
            yield from self.moved.column(rows.shown, rows.written, right, top, self.lang)

    @cached_property
    def standing(self) -> tuple[float, list[Circle]]:
        """The radius in pixels of a circle for one victim, and the circles on the map.

        Areas are proportional to figures. Circles are as large as they can be if all but the dots are to stand at
        their states.
        """
        box = self.plan.panel.box
        most = max((one.high for one in (*self.every, *self.outside) if not one.own), default=1.0)
        largest = min(LARGEST * min(box.width, box.height), LARGEST_PIXELS) / math.sqrt(max(most, self.most))
        places = CirclePlaces(self.basemap, self.plan.panel)
        fixed = [Circle(self.state, *self.plan.pixels(self.state), MARK + 4)] if self.state else []
        for share in SMALLER:
            per_root = largest * share
            wished = [Circle(one.code, *self.plan.pixels(one.code), self._radius(one, per_root)) for one in self.shown]
            found = places.placed(wished, fixed)
            if all(places.near(at) for one, at in zip(self.shown, found, strict=True) if one.high > self.dots):
                break
        return per_root, found

    @property
    def circles(self) -> list[Circle]:
        """The circles of `shown`, in pixels of the map."""
        return self.standing[1]

    def radius(self, one: CountryLine) -> float:
        """The radius of a line's circle in pixels."""
        return self._radius(one, self.standing[0])

    def _radius(self, one: CountryLine, per_root: float) -> float:
        return per_root * math.sqrt(max(one.high, self.dots))

    @cached_property
    def shown(self) -> list[CountryLine]:
        """The lines with a circle on the map, the largest first."""
        found = [one for one in self.every if not one.own and one.code in self.basemap.points]
        return sorted(found, key=lambda one: (-(one.low + one.high), one.code))

    @cached_property
    def joined(self) -> list[tuple[float, float, float, float]]:
        """The ends in pixels of the short lines from states to those circles that stand beside them."""
        found = []
        for one in self.circles:
            x, y = self.plan.pixels(one.code)
            if off_state(one, (x, y)):
                share = 1 - one.radius / math.dist((one.x, one.y), (x, y))
                found.append((x, y, x + (one.x - x) * share, y + (one.y - y) * share))
        return found

    def _ties(self) -> Iterator[Trace]:
        ends = ((self.plan.kilometers(*one[:2]), self.plan.kilometers(*one[2:]), None) for one in self.joined)
        yield lines("", *xy(chain.from_iterable(ends)), color=COLORS.ink, width=TIE)

    def _circles(
        self, some: Sequence[CountryLine], places: Sequence[tuple[float, float]], axis: str
    ) -> Iterator[Trace]:
        """Circles: solid up to the least that a figure can be, dashed up to the most; dots; and their marks."""
        scale = 1.0 if axis else self.plan.panel.scale
        solid: list[Trace] = []
        for one, (x, y) in zip(some, places, strict=True):
            if one.high <= self.dots:
                dot = _sector(x, y, self.radius(one) * scale, 0, 1)
                solid.append(area(axis, dot, COLORS.frame, line=(COLORS.frame, 0), name=one.code))
                continue
            if one.high > one.low or one.few:
                rim = _sector(x, y, self.radius(one) * scale, 0, 1)
                line = one.shares[-1].color, self._rim(one)
                # With dashes a circle that is mostly solid and small looks ragged.
                dash = DASH if self.radius(one) >= DASHED else FINE_DASH if one.few or not one.low else "solid"
                yield area(axis, rim, COLORS.surface, line=line, dash=dash, name=one.code)
            if one.low and not one.few:
                radius = self.radius(one) * math.sqrt(one.low / one.high) * scale
                certain = [share for share in one.shares if share.low]
                turns = [0.0, *accumulate(share.low / one.low for share in certain)]
                for share, first, last in zip(certain, turns, turns[1:], strict=False):
                    sector = _sector(x, y, radius, first, last)
                    solid.append(area(axis, sector, share.color, line=(share.color, 0), name=one.code))
        # Circles do not overlap: those of one color are drawn together.
        yield from sorted(solid, key=lambda trace: str(trace["fillcolor"]))
        if some:
            sizes = [max(2 * self.radius(one), ledger.MARK) for one in some]
            yield ledger.handles(some, places, sizes, axis)

    def _rim(self, one: CountryLine) -> float:
        """The width in pixels of a dashed rim: not more than what it adds, or the solid circle would look ragged."""
        if one.few or not one.low:
            return RIM if self.radius(one) >= DASHED else FINE
        added = self.radius(one) * (1 - math.sqrt(one.low / one.high))
        return round(min(max(added, THINNEST), RIM), 1)

    def _mark(self) -> Iterator[Trace]:
        """The mark of the chosen state."""
        if self.state:
            x, y = self.basemap.points[self.state]
            marker = {"size": 2 * MARK, "color": COLORS.focus, "line": {"width": 1.5, "color": COLORS.surface}}
            yield marks("", [x], [y], marker)

    @cached_property
    def numbered(self) -> list[bool]:
        """Whether the figure of each circle stands on it."""
        return [
            fits(circle, widest(CountryLine.on_map, [one], bold=True))
            and one.low >= CERTAIN * one.high
            and len(one.shares) == 1
            for one, circle in zip(self.shown, self.circles, strict=True)
        ]

    def _labels(self) -> Iterator[Trace]:
        """The name of the chosen state, and the name and the figure of each circle where there is room."""
        box = self.plan.panel.box
        texts = [_beside_circles(one, inside=inside) for one, inside in zip(self.shown, self.numbered, strict=True)]
        circles = list(self.circles)
        if self.state:
            texts = [[lambda lang: f"<b>{lang.country(self.state)}</b>"], *texts]
            circles = [Circle(self.state, *self.plan.pixels(self.state), MARK), *circles]
        widths = [[widest(_bare, [text], bold=True) for text in some] for some in texts]
        spots = placed(circles, widths, along(self.joined), box.width, box.height, aside=ASIDES)
        kept = [(texts[at][spot[0]](self.lang), spot[1]) for at, spot in enumerate(spots) if spot]
        yield self.plan.words([(text, at.side, at.x, at.y) for text, at in kept])
        on = [
            (f"<b>{one.on_map(self.lang)}</b>", "center", circle.x, circle.y)
            for one, circle, inside in zip(self.shown, self.circles, self.numbered, strict=True)
            if inside
        ]
        yield self.plan.words(on) | {"textfont": {"size": TEXT, "color": COLORS.surface}}

    @cached_property
    def widest_circle(self) -> float:
        """The largest radius in the strip."""
        return max(self.radius(one) for one in self.outside)

    @cached_property
    def in_strip(self) -> list[tuple[CountryLine, float]]:
        """The countries outside the region with their levels: if there is not enough room, the largest."""
        box = self.plan.strip
        if box is None:
            return []
        tall = {one.code: max(2 * self.radius(one) + 4, LINE + 4) for one in self.outside}
        room = box.height - 1.5 * LINE
        shown = self.outside
        while shown and sum(tall[one.code] for one in shown) > room:
            shown = largest(shown, len(shown) - 1)
        bottoms = accumulate((tall[one.code] for one in shown), initial=0.0)
        top = box.bottom + room
        return [(one, top - above - tall[one.code] / 2) for one, above in zip(shown, bottoms, strict=False)]

    def _strip(self) -> Iterator[Trace]:
        """A column of circles for the countries outside the region."""
        box = self.plan.strip
        if box is None:
            return
        # A line of the region opens its country alone; that of a pair also whose citizens were detected where.
        if all(one.opens[1:2] == [one.code] for one in self.outside):
            heading = self.lang.text("Citizens from outside the region")
        else:
            heading = self.lang.text("Detected outside the region")
        yield words(STRIP_AXIS, [box.left], [box.bottom + box.height - LINE], [heading], "right", size=TEXT)
        shown, levels = [one for one, _ in self.in_strip], [level for _, level in self.in_strip]
        middle = box.left + self.widest_circle + 2
        yield from self._circles(shown, [(middle, at) for at in levels], STRIP_AXIS)
        beside = middle + self.widest_circle + ASIDE
        names = [_fitting(one, box.left + box.width - beside, self.lang) for one in shown]
        yield words(STRIP_AXIS, [beside] * len(shown), [*levels], names, "right", size=TEXT)


def _fitting(one: CountryLine, room: float, lang: Language) -> str:
    """The words beside a circle of the strip that fit into some pixels: nothing else depends on them."""
    texts = [text(lang) for text in _beside_circles(one, inside=False)]
    return next((text for text in texts if WIDER * metrics.width(_plain(text), TEXT, bold=True) <= room), texts[-1])


def _beside_circles(one: CountryLine, *, inside: bool) -> list[WordOf]:
    """The words beside a circle, the best first: with the name of the country, or with its code."""
    if inside:
        return [lambda lang: f"<b>{lang.country(one.code)}</b>", lambda _: f"<b>{one.code}</b>"]
    return [lambda lang: _beside_circle(one, lang), lambda lang: f"<b>{one.code}</b> {one.on_map(lang)}"]


def _beside_circle(one: CountryLine, lang: Language) -> str:
    return f"<b>{lang.country(one.code)}</b> {one.on_map(lang)}"


def _bare(text: WordOf, lang: Language) -> str:
    return _plain(text(lang))


def _plain(text: str) -> str:
    return text.replace("<b>", "").replace("</b>", "")


def _sector(x: float, y: float, radius: float, first: float, last: float) -> Outline:
    """A part of a circle from one share of its turn to another, clockwise from the top."""
    turns = 2 * math.pi * np.linspace(first, last, max(int(CORNERS * (last - first)), 3) + 1)
    tip = [] if last - first >= 1 else [(x, y)]
    rim = zip(x + radius * np.sin(turns), y + radius * np.cos(turns), strict=True)
    points = [*tip, *((float(right), float(up)) for right, up in rim)]
    points.append(points[0])
    return Outline([round(right, 1) for right, _ in points], [round(up, 1) for _, up in points])
