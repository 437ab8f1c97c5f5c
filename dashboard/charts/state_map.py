"""A map of the states: panels with areas, labels and circles; and a key beside them."""

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any

from dashboard.charts import ground
from dashboard.charts.colors import COLORS
from dashboard.charts.figure_words import MARK, marked, sentence, short
from dashboard.charts.ground import Basemap
from dashboard.charts.key import Item, foot, height, key
from dashboard.charts.labels import Label, apart, fitting, in_words, placed, symbols, targets, texts, ties, untangled
from dashboard.charts.layout import layout
from dashboard.charts.look import Look, look, number_state
from dashboard.charts.medium import WALL
from dashboard.charts.panels import Arrangement, Panel, sheet
from dashboard.charts.traces import Trace, area, marks, xy
from data.i18n import Language

LARGEST_CIRCLE = {False: 64.0, True: 44.0}
# A figure of 1 must stay visible beside one of thousands.
LEAST_CIRCLE = 4.0
SYMBOL = 11.0
# The labels of a map on a slide, and of one without enlargements, whose symbols are small.
NAMED = 10
NAMED_ALONE = 6
SMALL_SYMBOL = 5.0
# A circle of this diameter (pixels) holds both lines of its label.
HOLDS_LABEL = 46.0
# Circles of neighbors overlap; both must stay visible.
OPACITY = 0.7
# A masked count, as the publisher writes it.
FEW = "<5"


@dataclass(frozen=True)
class RegionView:
    """What the parts of one map share.

    Attributes:
        rows: by state (ISO3); indicator: in words.
        breaks: limits of the classes, None on a map of counts.
        largest: the figure of the largest circle; place: the arrangement. On a slide only the `NAMED` states with the
            largest figures have labels.
    """

    rows: dict[str, dict[str, Any]]
    basemap: Basemap
    lang: Language
    indicator: str
    breaks: Sequence[float] | None
    largest: float
    place: Arrangement

    def circle(self, figure: float) -> float:
        """The diameter in pixels of a figure's circle: the area is proportional to the figure."""
        return max(LEAST_CIRCLE, LARGEST_CIRCLE[self.place.narrow] * math.sqrt(figure / self.largest))

    def size(self, code: str) -> float:
        """The diameter in pixels of a state's symbol; on a map of counts that of its circle, if it has a figure."""
        row = self.rows[code]
        drawn = self.breaks is None and number_state(row) == "exact"
        small = self.place.alone and code not in self.named
        return round(self.circle(row["high"]), 1) if drawn else SMALL_SYMBOL if small else SYMBOL

    def look(self, code: str) -> Look:
        """The look of a state."""
        return look(self.rows[code], self.breaks)

    @property
    def dated(self) -> bool:
        """Whether the map mixes figures of several years, so that each label needs its year."""
        return len({row["year"] for row in self.rows.values()} - {None}) > 1

    @property
    def named(self) -> frozenset[str]:
        """The states that may have a label: all, or those with the largest figures; equals all or none."""
        if not (self.place.alone or self.place.medium.slide):
            return frozenset(self.rows)
        figures = {code: row["high"] for code, row in self.rows.items() if row["high"]}
        most = NAMED_ALONE if self.place.alone else NAMED
        beyond = sorted(figures.values(), reverse=True)[most:]
        return frozenset(code for code, figure in figures.items() if not beyond or figure > beyond[0])

    def label(self, code: str) -> str:
        """The text beside a state's code: the figure and, if needed, its year in two digits to save room."""
        row = self.rows[code]
        # On a map of counts as the publisher has it; the key says what it means.
        masked = self.breaks is None and number_state(row) == "masked"
        figure = marked(row, FEW) if masked else short(row, self.lang)
        return f"{figure} ’{row['year'] % 100:02d}" if self.dated and row["year"] is not None else figure

    def hover(self, code: str) -> str:
        """The hover text of a state."""
        words = sentence(self.rows[code], self.lang, self.indicator)
        return f"{words} {MARK}" if self.rows[code].get("contradicted") else words


def panel_traces(drawn: RegionView, panel: Panel) -> Iterator[Trace]:
    """The traces of a panel from the bottom up."""
    # Disputed areas are above the states, so that no state's figure colors them.
    yield from ground.neutral_lands(drawn.basemap, panel, drawn.lang)
    yield from _others(drawn, panel)
    yield from _lands(drawn, panel)
    yield from ground.disputed(drawn.basemap, panel, drawn.lang)
    if panel.main and len(drawn.place.panels) > 1:
        yield ground.frame(panel, drawn.place.medium)
    yield from _labels(drawn, panel)


def _others(drawn: RegionView, panel: Panel) -> Iterator[Trace]:
    """The states that the map is not about: gray, with their names."""
    outlines, paint = ground.outlines(drawn.basemap, panel), COLORS
    for code in drawn.basemap.of_kind("state"):
        if code in outlines and code not in drawn.rows:
            line = (paint.edge(paint.land), 0.6)
            yield area(panel.axis, outlines[code], paint.land, line=line, hover=drawn.lang.country(code))


def _lands(drawn: RegionView, panel: Panel) -> Iterator[Trace]:
    outlines = ground.outlines(drawn.basemap, panel)
    # Dashed outlines are above those of neighbors, which would cover half of each dash.
    for code in sorted(drawn.rows, key=lambda code: drawn.look(code).dash != "solid"):
        if code in outlines:
            area_look = drawn.look(code)
            hover = drawn.hover(code)
            yield area(
                panel.axis,
                outlines[code],
                area_look.fill,
                line=area_look.line,
                hover=hover,
                name=code,
                meta={"layer": None, "opens": [code]},
                **area_look.extra,
            )


def _labels(drawn: RegionView, panel: Panel) -> list[Trace]:
    points, codes = drawn.basemap.points, list(drawn.rows)
    found = placed(panel, points, codes, drawn.label, drawn.size, drawn.lang.country)
    every = [_beside(drawn, label) for label in found]
    bare = [_on_state(label) for label in every if label.area not in drawn.named]
    named = _named(drawn, panel, [label for label in every if label.area in drawn.named], bare)
    # A symbol without a label needs no line: it stands on its state.
    areas = {label.area for label in named}
    found = named + [_on_state(label) for label in every if label.area not in areas]
    shown = found if drawn.breaks is None else [label for label in found if label.at.away]
    places = xy((label.at.x, label.at.y) for label in shown)
    return [
        ties(panel, found),
        marks(panel.axis, *places, _symbols(drawn, [label.area for label in shown])),
        *texts(panel, named),
        targets(panel, found, drawn.hover, drawn.place.medium, written=named),
    ]


def _named(drawn: RegionView, panel: Panel, labels: list[Label], bare: list[Label]) -> list[Label]:
    """The labels as they have room; on a map without enlargements those of the largest figures come first.

    Args:
        bare: of the states that have only a symbol.
    """
    if drawn.place.alone:
        return fitting(panel, sorted(labels, key=lambda label: -drawn.rows[label.area]["high"]))
    part = len(drawn.place.panels) == 1
    if part and not drawn.place.medium.height:
        return untangled(panel, apart(panel, labels, []))
    medium = drawn.place.medium
    if part or ((medium.slide or medium.width >= WALL.width) and not panel.staged):
        lands = None if part or medium.slide else drawn.basemap.lands
        return in_words(panel, labels, drawn.lang.country, symbols(panel, bare), lands)
    return apart(panel, labels) if panel.staged else untangled(panel, labels)


def _beside(drawn: RegionView, label: Label) -> Label:
    """The label with room for its symbol, and in the ink that is legible on its state."""
    if not label.at.away:
        return replace(label, ground=drawn.look(label.area).ground, around=_around(drawn, label.area))
    return replace(label, radius=drawn.size(label.area) / 2)


def _on_state(label: Label) -> Label:
    """The label at the point of its state."""
    return replace(label, at=replace(label.at, x=label.point[0], y=label.point[1]))


def _around(drawn: RegionView, code: str) -> float:
    """The radius of a circle that its label would cover, else 0: the area shows the figure and must stay clear."""
    size = drawn.size(code)
    return size / 2 if drawn.breaks is None and size < HOLDS_LABEL else 0.0


def _symbols(drawn: RegionView, codes: list[str]) -> dict[str, Any]:
    """The marker of the circles; on a rate map of the dots beside labels outside their state."""
    looks = [drawn.look(code) for code in codes]
    counts = drawn.breaks is None
    states = [number_state(drawn.rows[code]) for code in codes]
    pairs = zip(looks, states, strict=True)
    return {
        "symbol": [look.symbol for look in looks],
        "color": [COLORS.symbol if counts and state == "exact" else look.ink for look, state in pairs],
        "size": [drawn.size(code) for code in codes],
        "opacity": OPACITY if counts else 1,
        "line": {"width": 1.5, "color": COLORS.ink},
    }


def state_map(draft: RegionView, items: Sequence[Item]) -> dict[str, Any]:
    """The Plotly spec of a map of the states.

    Args:
        draft: the view on a sheet; the width of that sheet gives the height of the key.
        items: the entries of the key.
    """
    blank = draft.place
    lines = ground.on_slide(blank.medium, draft.lang)
    states, needed = frozenset(draft.rows), height(items, blank)
    part = ground.part(draft.basemap, states)
    arranged = sheet(states, blank.medium, part=part, notes=len(lines), key=needed)
    if blank.medium.slide and not part:
        # The few labels of the large map are as on stage: whole names.
        panels = (replace(panel, staged=panel.main) for panel in arranged.panels)
        arranged = replace(arranged, panels=tuple(panels))
    drawn = replace(draft, place=arranged)
    traces = [trace for panel in arranged.panels for trace in panel_traces(drawn, panel)]
    spec = layout(arranged, draft.lang.separators)
    spec["annotations"] += ground.captions(arranged, draft.lang) + foot(lines)
    return {"data": traces + key(arranged, items), "layout": spec}
