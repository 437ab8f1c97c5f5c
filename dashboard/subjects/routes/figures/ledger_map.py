"""A ledger of bars beside a map, or on a phone above it: the arrangement that the maps of page "Routes" share."""

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

import numpy as np

from dashboard.charts import ground
from dashboard.charts.colors import COLORS
from dashboard.charts.ground import Basemap
from dashboard.charts.key import Item, foot, key, wrapped
from dashboard.charts.key import height as key_height
from dashboard.charts.layout import axes_of, layout
from dashboard.charts.medium import HALF, TEXT, Medium
from dashboard.charts.panels import NOTE_LINE, REGION, Arrangement, Panel, Rectangle, Window
from dashboard.charts.traces import Trace, area, words, xy
from dashboard.subjects.routes.figures.circles import languages
from dashboard.subjects.routes.figures.lines import WordOf
from data.i18n import Language

# The share of the width that the ledger takes beside a map; the height of a map below it, as a share of its width; the
# room between them in pixels.
BARS = 0.44
BELOW = 0.86
GAP = 16.0
# Pixels: the least height of a map beside a short ledger, the most of one below it, and what the second line of a lead
# takes of the highest.
LOWEST = 380.0
HIGHEST = 480.0
LEAD_LINE = 26.0
# A map shows at least so many kilometers, one of two states fewer but all of their mainlands; and so much more at each
# side, as a share of what it has to show.
NEAR = 1500.0
CLOSE = 700.0
AROUND = {True: 0.06, False: 0.16}
TWO = 2
# The most room that the countries outside the region take, and the least width of a map beside them.
STRIP = 235.0
STRIP_BESIDE = 420.0
# The number of their axes, in pixels.
STRIP_AXIS = "8"
# The width of the line around a chosen state.
CHOSEN = 1.6
# What a map on a slide leaves below it for its notes: as much in every language.
FOOT = 2 * NOTE_LINE + 6


@dataclass(frozen=True)
class LedgerMap:
    """The arrangement of a figure: the box of the ledger, the map, and the strip of countries outside the region.

    Where a map would have nothing to show, the ledger is alone, with `mapless`, the sentence that says why.
    """

    sheet: Arrangement
    bars: Rectangle
    strip: Rectangle | None
    items: Sequence[Item]
    basemap: Basemap
    lang: Language
    mapless: str = ""

    @classmethod
    def arranged(
        cls,
        room: float,
        states: Collection[str],
        basemap: Basemap,
        lang: Language,
        medium: Medium,
        *,
        items: Callable[[Language], Sequence[Item]],
        strip: float = 0.0,
        share: float = BARS,
        below: bool | None = None,
        mapless: WordOf | None = None,
    ) -> "LedgerMap":
        """The arrangement for a ledger that needs so much room.

        Args:
            room: the height of the whole ledger in pixels.
            states: what the map has to show; if none, the whole region.
            items: the key in a language, below the ledger or, without one, below the map.
            strip: the width in pixels of what stands at the right of a map that is wide enough, at most `STRIP`.
            share: the share of the width that the ledger takes beside a map.
            below: whether the map is below the ledger, as by default on a phone.
            mapless: in a language, why there is no map; without it there is one.
        """
        below = medium.narrow if below is None else below
        if mapless:
            return cls._alone(room, basemap, lang, medium, items, mapless, share)
        under = float(FOOT * medium.slide)
        across = medium.across * (1 if below or medium.slide else share)
        keys = Arrangement(across, 0, (), Rectangle(0, 0, across, 0), medium)
        keyed = max(key_height(items(one), keys) for one in languages())
        arrange, alone = _below if below else _beside, keyed * medium.slide
        bars, chart, beside = arrange(medium, room + keyed, under + alone, strip, share)
        height = max(box.bottom + box.height for box in (bars, chart))
        places = [basemap.points[code] for code in states if code in basemap.points]
        if whole := len(places) == TWO:
            places += [corner for code in states for corner in ground.mainland(basemap, code)]
        window = _window(places, chart, whole=whole)
        panel = Panel("", window, chart, frozenset())
        sheet = Arrangement(medium.across, height, (panel,), Rectangle(0, 0, medium.across, height), medium)
        left = replace(bars, bottom=bars.bottom + keyed - alone, height=bars.height - keyed + alone)
        return cls(sheet, left, beside, items(lang), basemap, lang)

    @classmethod
    def _alone(
        cls,
        room: float,
        basemap: Basemap,
        lang: Language,
        medium: Medium,
        items: Callable[[Language], Sequence[Item]],
        mapless: WordOf,
        share: float,
    ) -> "LedgerMap":
        """The arrangement of a ledger without a map, above its key and a sentence."""
        keys = Arrangement(medium.across, 0, (), Rectangle(0, 0, medium.across, 0), medium)
        keyed = max(key_height(items(one), keys) for one in languages())
        under = keyed + NOTE_LINE * (1 + max(len(wrapped([mapless(one)], medium.across)) for one in languages()))
        # On a wide page, bars across all of it would be hard to compare.
        across = medium.across * (1 if medium.staged or medium.across <= HALF else share)
        bars = Rectangle(0, under, across, medium.height - under if medium.height else room)
        place = Arrangement(medium.across, under + bars.height, (), keys.key, medium)
        sheet = replace(place, key=Rectangle(0, 0, medium.across, place.height))
        return cls(sheet, bars, None, items(lang), basemap, lang, mapless(lang))

    @property
    def panel(self) -> Panel:
        """The map."""
        return self.sheet.panels[0]

    def pixels(self, code: str) -> tuple[float, float]:
        """The place of a state, in pixels from the lower left corner of the map."""
        return self.panel.pixels(self.basemap.points[code])

    def kilometers(self, x: float, y: float) -> tuple[float, float]:
        """A place on the map in kilometers, from pixels."""
        panel = self.panel
        return panel.window.left + x * panel.scale, panel.window.bottom + y * panel.scale

    def words(self, found: Sequence[tuple[str, str, float, float]]) -> Trace:
        """Words on the map: the text, its side, and its place in pixels from the lower left corner of the map."""
        places = xy(self.kilometers(x, y) for _, _, x, y in found)
        texts, sides = [text for text, _, _, _ in found], [side for _, side, _, _ in found]
        return words("", *places, texts, sides, size=TEXT)

    def lands(self, fills: Mapping[str, str]) -> Iterator[Trace]:
        """The states in their colors, and the other lands, from the bottom up."""
        outlines = ground.outlines(self.basemap, self.panel)
        for code in self.basemap.of_kind("state"):
            if code in outlines:
                fill, hover = fills.get(code, COLORS.tint), f"<b>{self.lang.country(code)}</b>"
                line = (COLORS.focus, CHOSEN) if fill == COLORS.chosen else (COLORS.edge(COLORS.tint), 0.6)
                yield area("", outlines[code], fill, line=line, hover=hover, name=code)
        yield from ground.neutral_lands(self.basemap, self.panel, self.lang)
        yield from ground.disputed(self.basemap, self.panel, self.lang)

    def spec(self, traces: Sequence[Trace]) -> dict[str, Any]:
        """The finished Plotly spec, with the key."""
        made = layout(self.sheet, self.lang.separators)
        if box := self.strip:
            window = Window(box.left, box.bottom, box.left + box.width, box.bottom + box.height)
            made |= axes_of(self.sheet, STRIP_AXIS, box, window, equal=True)
        said = wrapped([self.mapless], self.sheet.width) if self.mapless else None
        made["annotations"] += foot(said or ground.on_slide(self.sheet.medium, self.lang))
        place = replace(self.sheet, key=Rectangle(0, 0, self.bars.width or self.sheet.width, self.bars.bottom))
        return {"data": [*traces, *(key(place, self.items) if self.items else [])], "layout": made}


def sentence_alone(sentence: str, lang: Language, medium: Medium) -> dict[str, Any]:
    """A Plotly spec of a sentence: why there is nothing to draw."""
    lines_ = wrapped([sentence], medium.across)
    height = medium.height or (len(lines_) + 1) * NOTE_LINE
    made = layout(
        Arrangement(medium.across, height, (), Rectangle(0, 0, medium.across, height), medium), lang.separators
    )
    made["annotations"] += foot(lines_)
    return {"data": [], "layout": made}


Boxes = tuple[Rectangle, Rectangle, Rectangle | None]


def _below(medium: Medium, room: float, under: float, _strip: float, _share: float) -> Boxes:
    """The map below the ledger, as on a phone."""
    chart = Rectangle(0, under, medium.across, min(medium.across * BELOW, HIGHEST))
    return Rectangle(0, under + chart.height + GAP, medium.across, room), chart, None


def _beside(medium: Medium, room: float, under: float, strip: float, share: float) -> Boxes:
    """The map beside the ledger; on a slide, where a table stands beside it, alone."""
    width, height = medium.size
    tall = height - under if medium.height else min(max(room, LOWEST), height - LEAD_LINE)
    bars = Rectangle(0, under, 0 if medium.slide else width * share, tall)
    left = bars.width + GAP * bool(bars.width)
    if strip and width - left >= STRIP_BESIDE:
        beside = Rectangle(width - min(strip, STRIP), under, min(strip, STRIP), tall)
        return bars, Rectangle(left, under, beside.left - GAP / 2 - left, tall), beside
    return bars, Rectangle(left, under, width - left, tall), None


def _window(places: Sequence[tuple[float, float]], chart: Rectangle, *, whole: bool) -> Window:
    """The part of the map with some places, in the shape of a box; without places the whole region.

    Args:
        whole: whether the places are the corners of whole states.
    """
    corners = np.array(places or [(REGION.left, REGION.bottom), (REGION.right, REGION.top)])
    low, high = corners.min(axis=0), corners.max(axis=0)
    size = np.maximum(high - low, CLOSE if whole else NEAR) * (1 + 2 * AROUND[whole] * bool(places))
    scale = float(min(max(size[0] / chart.width, size[1] / chart.height), REGION.height / chart.height))
    across, up = chart.width * scale / 2, chart.height * scale / 2
    x, y = (low + high) / 2
    bottom = min(max(float(y) - up, REGION.bottom), REGION.top - 2 * up)
    return Window(float(x) - across, bottom, float(x) + across, bottom + 2 * up)
