"""One panel of the route map: states, arrows, badges and, at the main map's edges, the countries outside."""

from collections.abc import Iterator
from dataclasses import dataclass, replace

from dashboard.figures import ground
from dashboard.figures.arrow_traces import traces
from dashboard.figures.arrows import Arrow, drawn_on
from dashboard.figures.badges import Role, badges, room, sentences
from dashboard.figures.basemap import Basemap
from dashboard.figures.canvas import Canvas
from dashboard.figures.edge import Edges
from dashboard.figures.labels import SIZE, Label, placed, targets, texts, ties
from dashboard.figures.palette import Palette
from dashboard.figures.panels import Panel, Sheet
from dashboard.figures.traces import Trace, area, marks, words
from dashboard.figures.windows import INSET_STATES, Coordinates
from data.i18n import Language

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

    def hover(self, code: str) -> str:
        """What a state says when it is pointed at: its name and its roles."""
        return f"<b>{self.lang.country(code)}</b>{sentences(self.roles.get(code, []), self.lang)}"

    @property
    def nodes(self) -> dict[str, tuple[float, float]]:
        """Where arrows begin and end, in kilometres."""
        return self.basemap.points | {one.area: (one.x, one.y) for one in self.edges.shown}


def panel_traces(drawn: RoutesView, panel: Panel) -> Iterator[Trace]:
    """The traces from the bottom up."""
    # Disputed areas lie over the states, so that they stay in no state's colour.
    yield from ground.neutral_lands(drawn.basemap, panel, drawn.palette, drawn.lang)
    outlines = ground.outlines(drawn.basemap, panel)
    line = (drawn.palette.border, 0.8)
    for code in drawn.basemap.of_kind("state"):
        if code in outlines:
            yield area(panel.axis, outlines[code], drawn.palette.tint, line=line, hover=drawn.hover(code), name=code)
    yield from ground.disputed(drawn.basemap, panel, drawn.palette, drawn.lang)
    yield ground.frame(panel, drawn.palette, drawn.lang, narrow=drawn.place.narrow)
    yield from _routes(drawn, panel)


def _routes(drawn: RoutesView, panel: Panel) -> Iterator[Trace]:
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
        "line": {"width": 1.6, "color": drawn.palette.ink},
    }
    return marks(panel.axis, x, y, marker)


def _outsiders(drawn: RoutesView) -> Iterator[Trace]:
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
