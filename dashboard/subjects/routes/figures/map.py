"""The route map: arrows between states, rings for what stays in one, role badges, and lands outside at the edges."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

import polars as pl

from dashboard.charts import ground
from dashboard.charts.ground import Basemap
from dashboard.charts.key import Item, foot, headings, height, key, wrapped
from dashboard.charts.labels import LABEL_SIZE, Label, Place, placed, targets, texts, ties
from dashboard.charts.layout import layout
from dashboard.charts.look import PALETTES, Palette
from dashboard.charts.panels import INSET_STATES, WIDE, Coordinates, Panel, Sheet, sheet
from dashboard.charts.traces import Trace, anchored, area, marks, words
from dashboard.subjects.routes.figures import edge
from dashboard.subjects.routes.figures.arrow_traces import Meaning, looks, traces, widths
from dashboard.subjects.routes.figures.arrows import Arrow, arrow, drawn_on, scale
from dashboard.subjects.routes.figures.badges import BADGE_SIZE, SHAPES, Role, badges, by_area, room, sentences
from dashboard.subjects.routes.figures.canvas import Canvas
from dashboard.subjects.routes.figures.edge import Edges, edges
from dashboard.subjects.routes.figures.lanes import Mark
from dashboard.words import terms
from data.i18n import Language


def routes_map(
    arrows: pl.DataFrame,
    roles: pl.DataFrame,
    basemap: Basemap,
    lang: Language,
    *,
    evidence: Literal["counted", "stated"],
    points: pl.DataFrame,
    chosen: Sequence[str] = (),
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
        chosen: the states that were asked for, with a strong border; none for all.
        title, notes: words over and under the map ("as of" ...); the boundary disclaimer is added.
        palette, narrow, size: as in `region_map`.

    Returns:
        `data` and `layout`; states carry `customdata` [iso3], arrows [iso3 to open, origin, destination, leg, transit].
    """
    colors = PALETTES[palette]
    held = by_area(roles)
    rows = [arrow(row) for row in arrows.iter_rows(named=True)]
    around = _edges(rows, basemap, points, lang, narrow=narrow, height=size[1])
    known = set(basemap.points) | {one.area for one in around.shown}
    shown = [one for one in rows if set(one.ends) <= known]
    largest = scale(shown)
    states = frozenset(basemap.of_kind("state"))
    # Arranged twice: the key decides the height of the sheet, and the width of the sheet the rows of the key.
    blank = sheet(states, narrow=narrow, notes=0, window=around.window, size=size)
    lines = wrapped([*_grouped(around, lang), *notes, ground.disclaimer(lang)], blank.line)
    draft = RoutesView(shown, held, basemap, lang, colors, around, largest, blank, states & set(chosen))
    items = entries(Meaning(shown, held, evidence, largest, bool(draft.chosen)), blank, colors, lang)
    needed = height(items, blank.key.width, narrow=narrow)
    arranged = sheet(states, narrow=narrow, notes=len(lines), key=needed, window=around.window, size=size)
    drawn = replace(draft, place=arranged)
    data = [trace for panel in arranged.panels for trace in panel_traces(drawn, panel)]
    spec = layout(arranged, colors, title, lang.separators)
    spec["annotations"] = spec["annotations"] + foot(lines, colors)
    return {"data": data + key(arranged, items, colors), "layout": spec}


def _edges(
    rows: list[Arrow], basemap: Basemap, points: pl.DataFrame, lang: Language, *, narrow: bool, height: float
) -> Edges:
    weights: dict[str, float] = {}
    for one in rows:
        for code in set(one.ends) - set(basemap.points):
            weights[code] = weights.get(code, 0.0) + one.figure
    places = {code: (x, y) for code, x, y in points.select("area", "longitude", "latitude").iter_rows()}
    names = {code: code if narrow else lang.country(code) for code in weights}
    return edges(weights, places, names, narrow=narrow, height=height)


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


@dataclass(frozen=True)
class RoutesView:
    """All that the parts of one figure share."""

    shown: list[Arrow]
    roles: dict[str, list[Role]]
    basemap: Basemap
    lang: Language
    palette: Palette
    edges: Edges
    largest: float
    place: Sheet
    chosen: frozenset[str] = frozenset()

    def hover(self, code: str) -> str:
        """What a state says when it is pointed at: its name and its roles."""
        return f"<b>{self.lang.country(code)}</b>{sentences(self.roles.get(code, []), self.lang)}"

    @property
    def printed(self) -> dict[str, str]:
        """What is printed beside each country outside: on a phone its code."""
        narrow = self.place.narrow
        return {one.area: one.area if narrow else self.lang.country(one.area) for one in self.edges.shown}

    @property
    def nodes(self) -> dict[str, tuple[float, float]]:
        """Where arrows begin and end, in kilometers."""
        return self.basemap.points | {one.area: (one.x, one.y) for one in self.edges.shown}


def panel_traces(drawn: RoutesView, panel: Panel) -> Iterator[Trace]:
    """The traces from the bottom up."""
    states = frozenset(drawn.basemap.of_kind("state"))
    # Those that look alike one after another; the neutral lands, which they do not touch, between the two looks.
    yield from _lands(drawn, panel, states - drawn.chosen, (drawn.palette.edge(drawn.palette.tint), 0.8))
    yield from ground.neutral_lands(drawn.basemap, panel, drawn.palette, drawn.lang)
    yield from _lands(drawn, panel, drawn.chosen, chosen_border(drawn.palette))
    # Disputed areas lie over the states, so that they stay in no state's color.
    yield from ground.disputed(drawn.basemap, panel, drawn.palette, drawn.lang)
    yield ground.frame(panel, drawn.palette, drawn.lang, narrow=drawn.place.narrow)
    yield from _routes(drawn, panel)


def _lands(drawn: RoutesView, panel: Panel, codes: frozenset[str], line: tuple[str, float]) -> Iterator[Trace]:
    outlines = ground.outlines(drawn.basemap, panel)
    for code in sorted(codes & outlines.keys()):
        yield area(panel.axis, outlines[code], drawn.palette.tint, line=line, hover=drawn.hover(code), name=code)


def _routes(drawn: RoutesView, panel: Panel) -> Iterator[Trace]:
    blank = _canvas(drawn, panel)
    labels = [beside(label, panel, blank.ring(label.area)) for label in _labels(drawn, panel)]
    canvas = blank.led(drawn.shown, _marks(drawn, panel, labels))
    yield ties(panel, labels, drawn.palette)
    yield _dots(drawn, panel)
    yield from traces(canvas, drawn.shown, drawn.lang)
    if panel.main:
        yield from _outsiders(drawn)
    yield from texts(panel, labels, drawn.palette)
    yield from badges(panel, labels, drawn.roles, drawn.palette, narrow=drawn.place.narrow)
    yield targets(panel, labels, drawn.hover, narrow=drawn.place.narrow)


def _marks(drawn: RoutesView, panel: Panel, labels: list[Label]) -> list[Mark]:
    """What arrows keep clear of."""
    narrow = drawn.place.narrow
    outsiders = drawn.edges.shown if panel.main else ()
    found = edge.marks(panel, labels, drawn.roles, outsiders, drawn.printed, narrow=narrow)
    return found if panel.main else [*found, edge.caption(panel, ground.caption(panel, drawn.lang, narrow=narrow))]


def _canvas(drawn: RoutesView, panel: Panel) -> Canvas:
    states = frozenset(drawn.basemap.of_kind("state"))
    outside = frozenset(one.area for one in drawn.edges.shown)
    rings = {one.ends[0]: one.figure for one in drawn.shown if one.ends[0] == one.ends[1] and drawn_on(one, panel)}
    return Canvas(panel, drawn.nodes, drawn.largest, drawn.palette, drawn.place.narrow, rings, states, outside)


def _labels(drawn: RoutesView, panel: Panel) -> list[Label]:
    points, states = drawn.basemap.points, drawn.basemap.of_kind("state")
    return placed(
        panel, points, states, lambda _: "", lambda code: room(drawn.roles.get(code, []), narrow=drawn.place.narrow)
    )


def _dots(drawn: RoutesView, panel: Panel) -> Trace:
    """The places where arrows end: a marker for the panel's own states, a speck for those of the enlargement."""
    ends = {code for one in drawn.shown for code in one.ends if drawn_on(one, panel)}
    own = sorted(panel.labelled)
    # The markers of these are on the enlargement; here they only say where an arrow ends.
    specks = sorted(ends & INSET_STATES) if panel.main else []
    nodes = [drawn.nodes[code] for code in own + specks]
    x: Coordinates = [node[0] for node in nodes]
    y: Coordinates = [node[1] for node in nodes]
    marker = {
        "size": [9] * len(own) + [4] * len(specks),
        "color": drawn.palette.surface,
        # Of markers whose sizes differ Plotly lets the ground show through, unless it is told.
        "opacity": 1,
        "line": {"width": 1.6, "color": drawn.palette.ink},
    }
    return marks(panel.axis, x, y, marker)


def _outsiders(drawn: RoutesView) -> Iterator[Trace]:
    shown = drawn.edges.shown
    x: Coordinates = [one.x for one in shown]
    y: Coordinates = [one.y for one in shown]
    names = [drawn.lang.country(one.area) for one in shown]
    printed = drawn.printed
    marker = {"size": 9, "color": drawn.palette.land, "line": {"width": 1.6, "color": drawn.palette.ink}}
    yield marks("", x, y, marker, hovertext=names)
    for side, way in (("left", -1), ("right", 1)):
        some = [one for one in shown if one.side == side]
        scale, offset = drawn.place.panels[0].scale, way * 8
        at: Coordinates = [one.x + offset * scale for one in some]
        height_: Coordinates = [one.y for one in some]
        said = words("", at, height_, [printed[one.area] for one in some], side, palette=drawn.palette, size=LABEL_SIZE)
        yield anchored(said, scale, [(offset, 0)] * len(some))


def _roles(held: dict[str, list[Role]], palette: Palette, lang: Language) -> list[Item]:
    """The entries of the key for the roles that occur."""
    found = {one.role for roles in held.values() for one in roles}
    line = {"width": 1, "color": palette.ink}
    return [
        Item(
            terms.term(lang, "role", role),
            marker={
                "symbol": shape,
                "color": palette.roles[role],
                "size": BADGE_SIZE[False] + 3,
                "line": line,
                "opacity": 1,
            },
        )
        for role, shape in SHAPES.items()
        if role in found
    ]


def chosen_border(palette: Palette) -> tuple[str, float]:
    """Color and width of the border of a state that was asked for."""
    return palette.ink, 1.8


def entries(meaning: Meaning, place: Sheet, palette: Palette, lang: Language) -> list[Item]:
    """The entries, in the order they are printed; only looks and roles that occur."""
    said = {
        "counted": lang.text("from the country of citizenship to the state that detected the victims"),
        "stated": lang.text("from origin to destination, through transit states, as reports state it"),
    }
    heading = lang.labelled(terms.term(lang, "evidence", meaning.evidence), said[meaning.evidence])
    return [
        *headings(heading, place),
        *widths(meaning, palette, lang, narrow=place.narrow),
        *looks(meaning, palette, lang),
        *_roles(meaning.roles, palette, lang),
        *([Item(lang.text("Chosen state"), palette.tint, chosen_border(palette))] if meaning.chosen else []),
        *ground.key_items(palette, lang),
    ]


# Pixels right and down of the marker at which a label inside or near its land begins.
NEAR_DOT = {
    "ARG": (-4.0, 58.0, "right"),
    "COL": (-13.0, -4.0, "left"),
    "HND": (8.0, -8.0, "right"),
    "MEX": (-14.0, 14.0, "left"),
    "NIC": (8.0, -9.0, "right"),
    "PER": (-10.0, 2.0, "left"),
    "VEN": (-6.0, -15.0, "left"),
}
USUAL = (7.0, 13.0, "right")
# On stage the south of the map ends sooner.
STAGED = {"ARG": (-4.0, 34.0, "right")}
# The same for labels tied to their land, where routes and badges leave less room than the figures of other maps.
TIED = {
    "BOL": (-55.0, 27.0, "left"),
    "CUB": (-14.0, -26.0, "left"),
    "GTM": (-24.0, -58.0, "right"),
    "GUY": (60.0, 6.0, "right"),
    "JAM": (9.0, -15.0, "right"),
    "SUR": (46.0, -26.0, "right"),
}


def beside(label: Label, panel: Panel, ring: float) -> Label:
    """A label off the point where arrows end; one inside its land keeps off the `ring` (pixels) as well."""
    scale, (x, y) = panel.scale, label.point
    if label.area in TIED:
        right, down, side = TIED[label.area]
        return replace(label, at=Place(x + right * scale, y - down * scale, side, away=True))
    if label.at.away:
        return label
    right, down, side = (panel.staged and STAGED.get(label.area)) or NEAR_DOT.get(label.area, USUAL)
    off = 0.7 * ring
    x += (right + (off if right > 0 else -off)) * scale
    y -= (down + (off if down > 0 else -off)) * scale
    return replace(label, at=replace(label.at, x=x, y=y, side=side))
