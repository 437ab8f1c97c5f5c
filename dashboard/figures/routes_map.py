"""The route map: arrows between states, rings for what stays in one, role badges, and lands outside at the edges."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import polars as pl

from dashboard.figures import ground
from dashboard.figures.arrows import Arrow, Canvas, arrow, drawn_on, scale, traces
from dashboard.figures.basemap import INSET_STATES, Basemap, Coordinates
from dashboard.figures.edge import Edges, edges
from dashboard.figures.key import foot, height, key, wrapped
from dashboard.figures.labels import SIZE, Label, placed, targets, texts, ties
from dashboard.figures.panels import WIDE, Panel, Sheet, layout, sheet
from dashboard.figures.signs import Meaning, Role, badges, by_area, entries, room, sentences
from dashboard.figures.traces import PALETTES, Palette, Trace, area, marks, words
from dashboard.i18n import Language

# Pixels right and down of the marker at which a label inside its land begins, where the lower right is taken.
NEAR_DOT = {
    "ARG": (-4.0, 58.0, "right"),
    "GTM": (8.0, -22.0, "right"),
    "HND": (8.0, -8.0, "right"),
    "NIC": (8.0, -9.0, "right"),
    "PER": (-10.0, 2.0, "left"),
    "VEN": (-6.0, -15.0, "left"),
}


@dataclass(frozen=True)
class _Map:
    """All that the parts of one figure share."""

    shown: list[Arrow]
    roles: dict[str, list[Role]]
    basemap: Basemap
    lang: Language
    palette: Palette
    edges: Edges
    largest: float
    place: Sheet

    def hover(self, code: str) -> str:
        """What a state says when it is pointed at: its name and its roles."""
        return f"<b>{self.lang.country(code)}</b>{sentences(self.roles.get(code, []), self.lang)}"

    @property
    def nodes(self) -> dict[str, tuple[float, float]]:
        """Where arrows begin and end, in kilometres."""
        return self.basemap.points | {one.area: (one.x, one.y) for one in self.edges.shown}


def routes_map(
    arrows: pl.DataFrame,
    roles: pl.DataFrame,
    basemap: Basemap,
    lang: Language,
    *,
    evidence: Literal["counted", "stated"],
    points: pl.DataFrame,
    title: str = "",
    notes: Sequence[str] = (),
    palette: Literal["light", "dark"] = "light",
    narrow: bool = False,
    size: tuple[float, float] = WIDE,
) -> dict[str, Any]:
    """A Plotly spec (plain dict) of the routes.

    Args:
        arrows: one row a drawn leg, the largest first: origin, destination (ISO3; equal for a ring), leg {direct,
            to_transit, from_transit}, transit, low, high (persons or statements), records, questioned, years, evidence.
        roles: area, role {origin, transit, destination, internal}, year, source.
        basemap: prepared once for the snapshot.
        evidence: what the arrows are, for the key; the two kinds never share a map.
        points: area (ISO3), longitude, latitude of the countries outside the region.
        title, notes: words over and under the map ("as of" ...); the boundary disclaimer is added.
        palette, narrow, size: as in `region_map`.

    Returns:
        `data` and `layout`; states carry `customdata` [iso3], arrows [iso3 to open, origin, destination, leg, transit].
    """
    colours = PALETTES[palette]
    held = by_area(roles)
    rows = [arrow(row) for row in arrows.iter_rows(named=True)]
    around = _edges(rows, basemap, points, lang, narrow=narrow)
    known = set(basemap.points) | {one.area for one in around.shown}
    shown = [one for one in rows if set(one.ends) <= known]
    largest = scale(shown)
    states = frozenset(basemap.of_kind("state"))
    blank = sheet(states, narrow=narrow, notes=0, window=around.window, size=size)
    lines = wrapped([*_grouped(around, lang), *notes, ground.disclaimer(lang)], blank.width)
    draft = _Map(shown, held, basemap, lang, colours, around, largest, blank)
    items = entries(Meaning(shown, held, evidence, largest), blank, colours, lang)
    needed = height(items, blank.key.width, narrow=narrow)
    arranged = sheet(states, narrow=narrow, notes=len(lines), key=needed, window=around.window, size=size)
    drawn = replace(draft, place=arranged)
    data = [trace for panel in arranged.panels for trace in _panel(drawn, panel)]
    spec = layout(arranged, colours, title, lang.separators)
    spec["annotations"] = spec["annotations"] + foot(lines, colours)
    return {"data": data + key(arranged, items, colours), "layout": spec}


def _edges(rows: list[Arrow], basemap: Basemap, points: pl.DataFrame, lang: Language, *, narrow: bool) -> Edges:
    weights: dict[str, float] = {}
    for one in rows:
        for code in set(one.ends) - set(basemap.points):
            weights[code] = weights.get(code, 0.0) + one.figure
    places = {code: (x, y) for code, x, y in points.select("area", "longitude", "latitude").iter_rows()}
    names = {code: code if narrow else lang.country(code) for code in weights}
    return edges(weights, places, names, narrow=narrow)


def _grouped(around: Edges, lang: Language) -> list[str]:
    if not around.grouped:
        return []
    return [
        lang.plural(
            "{n} more country outside the region, listed in the table, has no room on the map.",
            "{n} more countries outside the region, listed in the table, have no room on the map.",
            around.grouped,
        )
    ]


def _panel(drawn: _Map, panel: Panel) -> Iterator[Trace]:
    yield from ground.neutral_lands(drawn.basemap, panel, drawn.palette, drawn.lang)
    outlines = ground.outlines(drawn.basemap, panel)
    line = (drawn.palette.border, 0.8)
    for code in drawn.basemap.of_kind("state"):
        if code in outlines:
            yield area(panel.axis, outlines[code], drawn.palette.tint, line=line, hover=drawn.hover(code), name=code)
    yield from ground.disputed(drawn.basemap, panel, drawn.palette, drawn.lang)
    yield ground.frame(panel, drawn.palette, drawn.lang, narrow=drawn.place.narrow)
    yield from _routes(drawn, panel)


def _routes(drawn: _Map, panel: Panel) -> Iterator[Trace]:
    canvas = _canvas(drawn, panel)
    labels = [_beside_dot(label, canvas) for label in _labels(drawn, panel)]
    yield ties(panel, labels, drawn.palette)
    yield _dots(drawn, panel)
    yield from traces(canvas, drawn.shown, drawn.lang)
    if panel.main:
        yield from _outsiders(drawn)
    yield from texts(panel, labels, drawn.palette)
    yield from badges(panel, labels, drawn.roles, drawn.palette, narrow=drawn.place.narrow)
    yield targets(panel, labels, drawn.hover, narrow=drawn.place.narrow)


def _canvas(drawn: _Map, panel: Panel) -> Canvas:
    states = frozenset(drawn.basemap.of_kind("state"))
    outside = frozenset(one.area for one in drawn.edges.shown)
    rings = {one.ends[0]: one.figure for one in drawn.shown if one.ends[0] == one.ends[1] and drawn_on(one, panel)}
    return Canvas(panel, drawn.nodes, drawn.largest, drawn.palette, drawn.place.narrow, rings, states, outside)


def _labels(drawn: _Map, panel: Panel) -> list[Label]:
    points, states = drawn.basemap.points, drawn.basemap.of_kind("state")
    return placed(
        panel, points, states, lambda _: "", lambda code: room(drawn.roles.get(code, []), narrow=drawn.place.narrow)
    )


def _beside_dot(label: Label, canvas: Canvas) -> Label:
    """A label inside its land moves off the label point, where arrows end, and off the ring around it."""
    if label.at.away:
        return label
    right, down, side = NEAR_DOT.get(label.area, (7.0, 13.0, "right"))
    off = 0.7 * canvas.ring(label.area)
    x = label.at.x + (right + (off if right > 0 else -off)) * canvas.panel.scale
    return replace(
        label,
        at=replace(label.at, x=x, y=label.at.y - (down + (off if down > 0 else -off)) * canvas.panel.scale, side=side),
    )


def _dots(drawn: _Map, panel: Panel) -> Trace:
    """The places where arrows end: a marker for the panel's own states, a speck for those of the enlargement."""
    ends = {code for one in drawn.shown for code in one.ends if drawn_on(one, panel)}
    own = sorted(panel.labelled)
    specks = sorted(ends & INSET_STATES) if panel.main else []
    nodes = [drawn.nodes[code] for code in own + specks]
    x: Coordinates = [node[0] for node in nodes]
    y: Coordinates = [node[1] for node in nodes]
    marker = {
        "size": [9] * len(own) + [4] * len(specks),
        "color": drawn.palette.surface,
        "line": {"width": 1.6, "color": drawn.palette.ink},
    }
    return marks(panel.axis, x, y, marker)


def _outsiders(drawn: _Map) -> Iterator[Trace]:
    shown = drawn.edges.shown
    x: Coordinates = [one.x for one in shown]
    y: Coordinates = [one.y for one in shown]
    names = {one.area: drawn.lang.country(one.area) for one in shown}
    marker = {"size": 9, "color": drawn.palette.land, "line": {"width": 1.6, "color": drawn.palette.ink}}
    yield marks("", x, y, marker, hovertext=list(names.values()))
    for side, way in (("left", -1), ("right", 1)):
        some = [one for one in shown if one.side == side]
        offset = way * 8 * drawn.place.panels[0].scale
        at: Coordinates = [one.x + offset for one in some]
        height_: Coordinates = [one.y for one in some]
        printed = [one.area if drawn.place.narrow else names[one.area] for one in some]
        yield words("", at, height_, printed, side, palette=drawn.palette, size=SIZE)
