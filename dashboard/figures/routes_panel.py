"""One panel of the route map: states, arrows, badges and, at the main map's edges, the countries outside."""

from collections.abc import Iterator
from dataclasses import dataclass

from dashboard.figures import ground, kept_clear
from dashboard.figures.arrow_traces import traces
from dashboard.figures.arrows import Arrow, drawn_on
from dashboard.figures.badges import Role, badges, room, sentences
from dashboard.figures.basemap import Basemap
from dashboard.figures.canvas import Canvas
from dashboard.figures.edge import Edges
from dashboard.figures.labels import SIZE, Label, placed, targets, texts, ties
from dashboard.figures.lanes import Mark
from dashboard.figures.palette import Palette
from dashboard.figures.panels import Panel, Sheet
from dashboard.figures.route_key import chosen_border
from dashboard.figures.route_places import beside
from dashboard.figures.traces import Trace, area, held, marks, words
from dashboard.figures.windows import INSET_STATES, Coordinates
from data.i18n import Language


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
        """Where arrows begin and end, in kilometres."""
        return self.basemap.points | {one.area: (one.x, one.y) for one in self.edges.shown}


def panel_traces(drawn: RoutesView, panel: Panel) -> Iterator[Trace]:
    """The traces from the bottom up."""
    states = frozenset(drawn.basemap.of_kind("state"))
    # Those that look alike one after another; the neutral lands, which they do not touch, between the two looks.
    yield from _lands(drawn, panel, states - drawn.chosen, (drawn.palette.edge(drawn.palette.tint), 0.8))
    yield from ground.neutral_lands(drawn.basemap, panel, drawn.palette, drawn.lang)
    yield from _lands(drawn, panel, drawn.chosen, chosen_border(drawn.palette))
    # Disputed areas lie over the states, so that they stay in no state's colour.
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
    found = kept_clear.marks(panel, labels, drawn.roles, outsiders, drawn.printed, narrow=narrow)
    return (
        found if panel.main else [*found, kept_clear.caption(panel, ground.caption(panel, drawn.lang, narrow=narrow))]
    )


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
        said = words("", at, height_, [printed[one.area] for one in some], side, palette=drawn.palette, size=SIZE)
        yield held(said, scale, [(offset, 0)] * len(some))
