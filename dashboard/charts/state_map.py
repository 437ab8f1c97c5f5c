"""A map of the states: panels with lands, labels and circles, a key beside them, notes under them."""

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.charts import ground
from dashboard.charts.figure_words import sentence, short
from dashboard.charts.ground import Basemap
from dashboard.charts.key import Item, foot, height, key, wrapped
from dashboard.charts.labels import Label, placed, targets, texts, ties
from dashboard.charts.layout import layout
from dashboard.charts.look import PALETTES, Look, Palette, look, number_state
from dashboard.charts.panels import Coordinates, Panel, Sheet, sheet
from dashboard.charts.traces import Trace, area, marks
from data.i18n import Language

LARGEST_CIRCLE = {False: 64.0, True: 44.0}
# A figure of 1 has to be seen beside one of thousands.
LEAST_CIRCLE = 4.0
SYMBOL = 11.0
# A circle of this many pixels has both lines of its label inside.
COVERED = 46.0
# Circles of neighbors overlap; both stay visible.
OPACITY = 0.7


@dataclass(frozen=True)
class RegionView:
    """All that the parts of one figure share. `breaks` is None on a map of counts, `largest` the greatest figure."""

    rows: dict[str, dict[str, Any]]
    basemap: Basemap
    lang: Language
    palette: Palette
    indicator: str
    breaks: Sequence[float] | None
    largest: float
    place: Sheet

    def circle(self, figure: float) -> float:
        """The diameter in pixels of a figure's circle: its area is in proportion."""
        return max(LEAST_CIRCLE, LARGEST_CIRCLE[self.place.narrow] * math.sqrt(figure / self.largest))

    def size(self, code: str) -> float:
        """The diameter of a state's symbol: its circle where circles are drawn and it has a figure."""
        row = self.rows[code]
        drawn = self.breaks is None and number_state(row) == "exact"
        return round(self.circle(row["high"]), 1) if drawn else SYMBOL

    def look(self, code: str) -> Look:
        """The look of a state."""
        return look(self.rows[code], self.palette, self.breaks)

    @property
    def dated(self) -> bool:
        """Whether figures of several years stand side by side: each then carries its own."""
        return len({row["year"] for row in self.rows.values()} - {None}) > 1

    def told(self, code: str) -> str:
        """What stands beside a state's code; the year in two digits, as neighbors leave room for no more."""
        row = self.rows[code]
        figure = short(row, self.lang)
        return f"{figure} ’{row['year'] % 100:02d}" if self.dated and row["year"] is not None else figure

    def hover(self, code: str) -> str:
        """What a state says when it is pointed at."""
        return sentence(self.rows[code], self.lang, self.indicator)


def panel_traces(drawn: RegionView, panel: Panel) -> Iterator[Trace]:
    """The traces from the bottom up."""
    # Disputed areas lie over the states, so that no state's figure colors them.
    yield from ground.neutral_lands(drawn.basemap, panel, drawn.palette, drawn.lang)
    yield from _lands(drawn, panel)
    yield from ground.disputed(drawn.basemap, panel, drawn.palette, drawn.lang)
    yield ground.frame(panel, drawn.palette, drawn.lang, narrow=drawn.place.narrow)
    yield from _labels(drawn, panel)


def _lands(drawn: RegionView, panel: Panel) -> Iterator[Trace]:
    outlines = ground.outlines(drawn.basemap, panel)
    for code in drawn.rows:
        if code in outlines:
            seen = drawn.look(code)
            hover = drawn.hover(code)
            yield area(panel.axis, outlines[code], seen.fill, line=seen.line, hover=hover, name=code, **seen.extra)


def _labels(drawn: RegionView, panel: Panel) -> list[Trace]:
    points, codes = drawn.basemap.points, list(drawn.rows)
    found = placed(panel, points, codes, drawn.told, drawn.size)
    found = [_beside(drawn, label) for label in found]
    shown = found if drawn.breaks is None else [label for label in found if label.at.away]
    x: Coordinates = [label.at.x for label in shown]
    y: Coordinates = [label.at.y for label in shown]
    return [
        ties(panel, found, drawn.palette),
        marks(panel.axis, x, y, _symbols(drawn, [label.area for label in shown])),
        *texts(panel, found, drawn.palette),
        targets(panel, found, drawn.hover, narrow=drawn.place.narrow),
    ]


def _beside(drawn: RegionView, label: Label) -> Label:
    """The label with room for its symbol, and in the ink that reads on its land."""
    if not label.at.away:
        # On a dark map it is the light words that are the plain ones.
        inverse = drawn.look(label.area).dark is (drawn.palette is PALETTES["light"])
        return replace(label, inverse=inverse, around=_around(drawn, label.area))
    return replace(label, radius=drawn.size(label.area) / 2)


def _around(drawn: RegionView, code: str) -> float:
    """The radius of a symbol that two lines would cover; the area of a circle is its figure, and has to be free."""
    size = drawn.size(code)
    return size / 2 if drawn.breaks is None and size < COVERED else 0.0


def _symbols(drawn: RegionView, codes: list[str]) -> dict[str, Any]:
    """On a map of counts the circles; on a rate map a dot of the state's look beside a land too small to read."""
    seen = [drawn.look(code) for code in codes]
    counts = drawn.breaks is None
    states = [number_state(drawn.rows[code]) for code in codes]
    pairs = zip(seen, states, strict=True)
    return {
        "symbol": [look.symbol for look in seen],
        "color": [drawn.palette.symbol if counts and state == "exact" else look.ink for look, state in pairs],
        "size": [drawn.size(code) for code in codes],
        "opacity": OPACITY if counts else 1,
        "line": {"width": 1.5, "color": drawn.palette.ink},
    }


def state_map(draft: RegionView, items: Sequence[Item], *, title: str, notes: Iterable[str]) -> dict[str, Any]:
    """The Plotly spec of a view of the states.

    Args:
        draft: what is seen, on a sheet without notes: its width decides the rows of the key, which decide its height.
        items: the entries of the key.
        title, notes: words over and under the map; the boundary disclaimer is added.
    """
    blank, colors = draft.place, draft.palette
    lines = wrapped([*notes, ground.disclaimer(draft.lang)], blank.line)
    arranged = sheet(
        frozenset(draft.rows),
        narrow=blank.narrow,
        notes=len(lines),
        key=height(items, blank.key.width, narrow=blank.narrow),
        size=(blank.width, blank.height),
    )
    drawn = replace(draft, place=arranged)
    traces = [trace for panel in arranged.panels for trace in panel_traces(drawn, panel)]
    spec = layout(arranged, colors, title, draft.lang.separators)
    spec["annotations"] = spec["annotations"] + foot(lines, colors)
    return {"data": traces + key(arranged, items, colors), "layout": spec}
