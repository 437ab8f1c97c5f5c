"""The route map: arrows between states, rings within one, role badges, and countries outside in the margins."""

import math
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial
from typing import Any, Literal

import polars as pl

from dashboard.charts import ground
from dashboard.charts.colors import COLORS
from dashboard.charts.ground import Basemap
from dashboard.charts.key import Item, foot, headings, height, key, wrapped
from dashboard.charts.labels import (
    CODE,
    LABEL_SIZE,
    Bounds,
    Label,
    Place,
    apart,
    in_words,
    placed,
    targets,
    texts,
    ties,
)
from dashboard.charts.layout import layout
from dashboard.charts.medium import Medium
from dashboard.charts.panels import EQUAL, GAP, INSET_STATES, TITLE, Arrangement, Coordinates, Panel, sheet, usual_share
from dashboard.charts.traces import Trace, anchored, area, marks, words
from dashboard.subjects.routes.figures import margin
from dashboard.subjects.routes.figures import values as figures
from dashboard.subjects.routes.figures.arrow_layout import HOLE, ArrowLayout
from dashboard.subjects.routes.figures.arrow_traces import Meaning, looks, traces, widths
from dashboard.subjects.routes.figures.arrows import Arrow, arrow, drawn_on
from dashboard.subjects.routes.figures.badges import BADGE_SIZE, SHAPES, Role, badges, by_area, room, sentences
from dashboard.subjects.routes.figures.focus import focused
from dashboard.subjects.routes.figures.lanes import Obstacle
from dashboard.subjects.routes.figures.margin import Margins, Outsider, margins
from dashboard.subjects.routes.figures.widths import Widths
from dashboard.words import terms
from data.i18n import Language

# The usual height of the notes under a map in pixels.
FOOT = 26.0
# A map without enlargements has the figures and the names of so many arrows, the largest.
MOST_ALONE = 3
# The letters of the longest name of a country outside that is printed on stage.
LONGEST = 16


def routes_map(
    arrows: pl.DataFrame,
    roles: pl.DataFrame,
    basemap: Basemap,
    lang: Language,
    medium: Medium,
    *,
    evidence: Literal["counted", "stated"],
    points: pl.DataFrame,
    chosen: Sequence[str] = (),
    title: str = "",
    notes: Sequence[str] = (),
    empty: str = "",
    needed: bool = False,
) -> dict[str, Any]:
    """A Plotly spec (plain dict) of the routes.

    On a slide only the states at the ends of arrows and the chosen ones have labels, as on a phone, and the key has no
    heading.

    Args:
        arrows: one row a drawn leg, the largest first: origin, destination (ISO3; equal for a ring), leg {direct,
            to_transit, from_transit}, transit, low, high (persons or statements), records, questioned, years, evidence.
        roles: area, role {origin, transit, destination, internal}, year, source, silent; one row a role of a state.
        basemap: made once for the snapshot (`ground.prepare`).
        evidence: the kind of all arrows; the two kinds never share a map.
        points: area (ISO3), longitude, latitude of the countries outside the region.
        chosen: the selected states, drawn with a strong border.
        title, notes: text above and below the map ("as of" ...); the boundary disclaimer is added.
        empty: why there are no arrows, written on the map.
        needed: whether a phone has only the enlargements with an arrow or a selected state, as a tablet has.

    Returns:
        `data` and `layout`. The `customdata` of states is [iso3], that of arrows [iso3 to open, origin, destination,
        leg, transit].
    """
    basemap = replace(basemap, points=figures.nudged(basemap.points))
    roles_by_state = by_area(roles)
    rows = [arrow(row) for row in arrows.iter_rows(named=True)]
    outside = _margins(rows, basemap, points, lang, medium)
    known = set(basemap.points) | {one.area for one in outside.shown}
    shown = [one for one in rows if set(one.ends) <= known]
    states = frozenset(basemap.of_kind("state"))
    # Arranged twice: the height of the sheet depends on the key, whose rows depend on the width of the sheet.
    used = figures.ends(shown) | set(chosen) if medium.half or (needed and medium.narrow) else None
    inside = all(INSET_STATES.issuperset(one.ends) for one in shown)
    # On a slide the enlargement is as large as the map if all arrows are on it, or a selected state is.
    share = EQUAL if medium.slide and (inside or not INSET_STATES.isdisjoint(chosen)) else usual_share(medium)
    if medium.slide and not inside:
        aspect = ((1 - share) * medium.width - GAP) / (medium.height - FOOT)
        outside = _focused(outside, shown, chosen, basemap, aspect)
    top = TITLE if title else 0.0
    arrange = partial(sheet, states, medium, window=outside.window, used=used, top=top, enlarged=share)
    blank = arrange()
    lines = wrapped([*_grouped(outside, lang), *notes, ground.disclaimer(lang)], blank.line)
    marked = frozenset(states & set(chosen))
    meaning = Meaning(shown, roles_by_state, evidence, Widths.on(blank, evidence), bool(marked))
    lead = len(titled(meaning, blank, lang)) * medium.slide
    arranged = arrange(notes=len(lines), key=height(entries(meaning, blank, lang)[lead:], blank))
    meaning = replace(meaning, widths=Widths.on(arranged, evidence))
    items = entries(meaning, arranged, lang)[lead:]
    drawn = RoutesView(shown, roles_by_state, basemap, lang, outside, meaning.widths, arranged, marked)
    data = [trace for panel in arranged.panels for trace in panel_traces(drawn, panel)]
    spec = layout(arranged, title, lang.separators)
    spec["annotations"] += ground.captions(arranged, lang) + foot(lines, arranged.foot)
    data += figures.notice(arranged.panels[0], empty) if empty else []
    return {"data": data + key(arranged, items), "layout": spec}


def _focused(
    outside: Margins, shown: Sequence[Arrow], chosen: Sequence[str], basemap: Basemap, aspect: float
) -> Margins:
    """The margins with the part of the region that the arrows need."""
    found = figures.ends(shown) & set(basemap.points)
    states = [(basemap.points[code], basemap.main[code].extent) for code in chosen]
    return focused(outside, [basemap.points[code] for code in found], states, aspect)


def _margins(rows: list[Arrow], basemap: Basemap, points: pl.DataFrame, lang: Language, medium: Medium) -> Margins:
    weights: dict[str, float] = {}
    partners: dict[str, list[tuple[float, float]]] = {}
    for one in rows:
        for code in set(one.ends) - set(basemap.points):
            weights[code] = weights.get(code, 0.0) + one.figure
            partners.setdefault(code, []).extend(basemap.points[end] for end in one.ends if end in basemap.points)
    places = {code: (x, y) for code, x, y in points.select("area", "longitude", "latitude").iter_rows()}
    names = {code: _printed(lang, code, medium) for code in weights}
    return margins(weights, places, names, medium, partners)


def _printed(lang: Language, code: str, medium: Medium) -> str:
    """The printed name of a country outside: on a phone its code, and on stage in place of a long name."""
    name = lang.country(code)
    return code if medium.close and not (medium.low and len(name) <= LONGEST) else name


def _grouped(outside: Margins, lang: Language) -> list[str]:
    if not outside.grouped:
        return []
    return [
        lang.plural(
            "{n} more country outside the region is in the table, not on the map.",
            "{n} more countries outside the region are in the table, not on the map.",
            outside.grouped,
        )
    ]


@dataclass(frozen=True)
class RoutesView:
    """What the parts of one route map share."""

    shown: list[Arrow]
    roles: dict[str, list[Role]]
    basemap: Basemap
    lang: Language
    margins: Margins
    widths: Widths
    place: Arrangement
    chosen: frozenset[str] = frozenset()

    @property
    def medium(self) -> Medium:
        """Where it is shown."""
        return self.place.medium

    def hover(self, code: str) -> str:
        """The hover text of a state: its name and its roles."""
        return f"<b>{self.lang.country(code)}</b>{sentences(self.roles.get(code, []), self.lang)}"

    @property
    def printed(self) -> dict[str, str]:
        """The printed name of each country outside."""
        return {one.area: _printed(self.lang, one.area, self.medium) for one in self.margins.shown}

    @property
    def nodes(self) -> dict[str, tuple[float, float]]:
        """The places where arrows start and end, in kilometers."""
        return self.basemap.points | {one.area: (one.x, one.y) for one in self.margins.shown}


def panel_traces(drawn: RoutesView, panel: Panel) -> Iterator[Trace]:
    """The traces of a panel from the bottom up."""
    states = frozenset(drawn.basemap.of_kind("state"))
    # The neutral lands separate the traces of the two looks, for states of one look are drawn together.
    yield from _lands(drawn, panel, states - drawn.chosen, (COLORS.edge(COLORS.tint), 0.8))
    yield from ground.neutral_lands(drawn.basemap, panel, drawn.lang)
    yield from _lands(drawn, panel, drawn.chosen, chosen_border())
    # Disputed areas are above the states, so that they have no state's color.
    yield from ground.disputed(drawn.basemap, panel, drawn.lang)
    if panel.main and len(drawn.place.panels) > 1:
        yield ground.frame(panel, drawn.medium)
    yield from _routes(drawn, panel)


def _lands(drawn: RoutesView, panel: Panel, codes: frozenset[str], line: tuple[str, float]) -> Iterator[Trace]:
    outlines = ground.outlines(drawn.basemap, panel)
    for code in sorted(codes & outlines.keys()):
        yield area(panel.axis, outlines[code], COLORS.tint, line=line, hover=drawn.hover(code), name=code)


def _routes(drawn: RoutesView, panel: Panel) -> Iterator[Trace]:
    blank = _arrow_layout(drawn, panel)
    labels = [beside(label, panel, blank.ring(label.area)) for label in _labels(drawn, panel)]
    every, close = labels, drawn.medium.close
    if close or drawn.medium.slide:
        # Rings say where they are: on a slide only arrows need names.
        named = [one for one in drawn.shown if (close and not drawn.place.alone) or one.ends[0] != one.ends[1]]
        named = named[:MOST_ALONE] if drawn.place.alone else named
        labels = figures.labeled(every, named, drawn.chosen)
    if drawn.medium.slide:
        labels = in_words(panel, labels, drawn.lang.country, _marked(drawn, panel, every))
    if panel.staged:
        labels = figures.in_full(panel, labels, named, drawn.chosen, drawn.lang.country)
    if drawn.place.alone:
        labels = apart(panel, [_near(panel, label) for label in labels], _marked(drawn, panel, every))
    obstacles = _obstacles(drawn, panel, labels)
    arrows = blank.arranged(drawn.shown, [*obstacles, *blank.ring_obstacles()])
    yield ties(panel, labels)
    yield from traces(arrows, drawn.shown, drawn.lang)
    # Above the rings, so that no mark lies under the ring of a neighbor.
    yield _dots(drawn, panel)
    if panel.main:
        yield from _outsiders(drawn)
    yield from texts(panel, labels)
    yield from badges(panel, labels, drawn.roles, drawn.medium)
    covered = [one.box for one in obstacles] + _headings(drawn, panel)
    panels, clear = drawn.place.panels, drawn.medium.slide
    found = figures.values(arrows, drawn.shown, covered, panels, drawn.lang, drawn.chosen, clear=clear)
    found = found[:MOST_ALONE] if drawn.place.alone else found
    yield from figures.traces(panel, found)
    answers = targets(panel, every, drawn.hover, drawn.medium, written=labels)
    yield answers | {"meta": {"words": answers["meta"]["words"] + _markers(every)}}


def _near(panel: Panel, label: Label) -> Label:
    """The label right beside the mark of its state."""
    x, y = label.point
    return replace(label, at=Place(x + 2 * margin.DOT * panel.scale, y, "right", away=False))


def _marked(drawn: RoutesView, panel: Panel, labels: Sequence[Label]) -> list[Bounds]:
    """The boxes in pixels of the marks of states, and of the words in the margins."""
    points = [one.point for one in labels if not (panel.main and one.area in INSET_STATES)]
    places = [(x / panel.scale, y / panel.scale) for x, y in points]
    found = [(x - MARK, y - MARK, x + MARK, y + MARK) for x, y in places]
    return found + _headings(drawn, panel) + [one.box for one in _obstacles(drawn, panel, [])]


def _headings(drawn: RoutesView, panel: Panel) -> list[Bounds]:
    """The boxes in pixels of the headings of the margins."""
    columns = [[one for one in drawn.margins.shown if one.side == side] for side in ("left", "right")]
    return [margin.heading_box(panel, one, _headed(drawn, panel)) for one in columns if one and panel.main]


def _obstacles(drawn: RoutesView, panel: Panel, labels: list[Label]) -> list[Obstacle]:
    """What the arrows of a panel keep clear of."""
    outsiders = drawn.margins.shown if panel.main else ()
    found = margin.obstacles(panel, labels, drawn.roles, outsiders, drawn.printed, drawn.medium)
    return [*found, *(margin.dot(panel, code, drawn.nodes[code]) for code in _specks(drawn, panel))]


def _arrow_layout(drawn: RoutesView, panel: Panel) -> ArrowLayout:
    states = frozenset(drawn.basemap.of_kind("state"))
    outside = frozenset(one.area for one in drawn.margins.shown)
    rings = {one.ends[0]: one.figure for one in drawn.shown if one.ends[0] == one.ends[1] and drawn_on(one, panel)}
    return ArrowLayout(panel, drawn.nodes, drawn.widths, drawn.medium, rings, states, outside)


def _labels(drawn: RoutesView, panel: Panel) -> list[Label]:
    points, states = drawn.basemap.points, drawn.basemap.of_kind("state")
    return placed(panel, points, states, lambda _: "", lambda code: room(drawn.roles.get(code, []), drawn.medium))


def _dots(drawn: RoutesView, panel: Panel) -> Trace:
    """The places where arrows end: a marker for the panel's states, a small dot for those of the enlargement."""
    # The markers of the enlargement's states are on the enlargement.
    own = [code for code in sorted(panel.labeled) if not (panel.main and code in INSET_STATES)]
    specks = _specks(drawn, panel)
    nodes = [drawn.nodes[code] for code in own + specks]
    x: Coordinates = [node[0] for node in nodes]
    y: Coordinates = [node[1] for node in nodes]
    marker = {
        "size": [9] * len(own) + [4] * len(specks),
        "color": COLORS.surface,
        # Plotly makes markers of different sizes transparent unless the opacity is set.
        "opacity": 1,
        "line": {"width": 1.6, "color": COLORS.ink},
    }
    return marks(panel.axis, x, y, marker)


# Pixels from the middle of a marker that are on it.
POINTED = 6


def _markers(labels: Sequence[Label]) -> list[list[float]]:
    """The boxes of the markers of states, which answer as the texts of their labels do."""
    box = (-POINTED, -POINTED, POINTED, POINTED)
    return [[number, round(one.point[0]), round(one.point[1]), *box] for number, one in enumerate(labels)]


def _specks(drawn: RoutesView, panel: Panel) -> list[str]:
    """The states at which an arrow of the main map ends in a small dot: their markers are on the enlargement."""
    ends = {code for one in drawn.shown for code in one.ends if drawn_on(one, panel)}
    return sorted(ends & INSET_STATES) if panel.main else []


def _outsiders(drawn: RoutesView) -> Iterator[Trace]:
    shown = drawn.margins.shown
    x: Coordinates = [one.x for one in shown]
    y: Coordinates = [one.y for one in shown]
    names = [drawn.lang.country(one.area) for one in shown]
    printed = drawn.printed
    marker = {"size": 9, "color": COLORS.land, "line": {"width": 1.6, "color": COLORS.ink}}
    yield marks("", x, y, marker, hovertext=names)
    for side, way in (("left", -1), ("right", 1)):
        some = [one for one in shown if one.side == side]
        scale, offset = drawn.place.panels[0].scale, way * 8
        at: Coordinates = [one.x + offset * scale for one in some]
        height_: Coordinates = [one.y for one in some]
        labels = words("", at, height_, [printed[one.area] for one in some], side, size=LABEL_SIZE)
        yield anchored(labels, scale, [(offset, 0)] * len(some))
        if some:
            yield _heading(drawn, some)


def _heading(drawn: RoutesView, column: Sequence[Outsider]) -> Trace:
    """What the countries of a margin have in common: without it they seem to lie off the coast."""
    panel = drawn.place.panels[0]
    lines = _headed(drawn, panel)
    at, up = margin.heading(panel, column, lines)
    trace = words("", [at.x], [at.y], ["<br>".join(lines)], at.side, size=figures.SIZE)
    trace["textfont"] |= {"color": COLORS.faint}
    return anchored(trace, panel.scale, [(0.0, up)])


def _headed(drawn: RoutesView, panel: Panel) -> list[str]:
    """The lines of that heading."""
    text = drawn.lang.text("Outside the region")
    return textwrap.wrap(text, SHORT) if panel.staged else [text]


def _roles(roles_by_state: dict[str, list[Role]], lang: Language) -> list[Item]:
    """The entries of the key for the roles on the map."""
    found = {one.role for roles in roles_by_state.values() for one in roles}
    line = {"width": 1, "color": COLORS.ink}
    return [
        Item(
            terms.term(lang, "role", role),
            marker={
                "symbol": shape,
                "color": COLORS.roles[role],
                "size": BADGE_SIZE[False] + 3,
                "line": line,
                "opacity": 1,
            },
        )
        for role, shape in SHAPES.items()
        if role in found
    ]


def chosen_border() -> tuple[str, float]:
    """Color and width of the border of a selected state."""
    return COLORS.ink, 1.8


def entries(meaning: Meaning, place: Arrangement, lang: Language) -> list[Item]:
    """The entries of the key in printed order; only looks and roles that are on the map."""
    return [
        *titled(meaning, place, lang),
        *widths(meaning, lang),
        *looks(meaning, lang),
        *_roles(meaning.roles, lang),
        *([Item(lang.text("Chosen state"), COLORS.tint, chosen_border())] if meaning.chosen else []),
        *ground.key_items(lang),
    ]


def titled(meaning: Meaning, place: Arrangement, lang: Language) -> list[Item]:
    """The heading of the key: the kind of evidence, and what an arrow leads from and to."""
    explanations = {
        "counted": lang.text("from the country of citizenship to the state that detected the victims"),
        "stated": lang.text("from origin to destination, as coded by the University of Denver"),
    }
    heading = lang.labeled(terms.term(lang, "evidence", meaning.evidence), explanations[meaning.evidence])
    return headings(heading, place)


# The letters of a line where there is little room.
SHORT = 12
# Offset from the marker at which a label inside or near its state begins (pixels right, pixels down).
NEAR_DOT = {
    "CAN": (8.0, -8.0, "right"),
    "COL": (-13.0, -4.0, "left"),
    "HND": (8.0, -8.0, "right"),
    "MEX": (-14.0, 14.0, "left"),
    "NIC": (8.0, -9.0, "right"),
    "PER": (-10.0, 2.0, "left"),
    "VEN": (4.0, -15.0, "right"),
}
USUAL = (7.0, 13.0, "right")
# The radius of a marker in pixels; and how far up from it a label on a ring is.
MARK = 4.5
WITHIN = HOLE + LABEL_SIZE / 2
# Offsets of labels with a leader line; arrows and badges leave less room than other maps have.
TIED = {
    "ARG": (40.0, 54.0, "right"),
    "BOL": (-55.0, 27.0, "left"),
    "CUB": (-14.0, -26.0, "left"),
    "GTM": (-24.0, -58.0, "right"),
    "GUY": (60.0, 6.0, "right"),
    "JAM": (9.0, -15.0, "right"),
    "SUR": (46.0, -26.0, "right"),
}
# On stage the map ends further north.
STAGED = TIED | {"ARG": (-12.0, 36.0, "left")}


def beside(label: Label, panel: Panel, ring: float) -> Label:
    """The label off the point where arrows end and, inside its state, off its `ring` (pixels) or on a wide one."""
    scale, (x, y) = panel.scale, label.point
    tied = STAGED if panel.staged else TIED
    if label.area in tied:
        right, down, side = tied[label.area]
        return replace(label, at=Place(x + right * scale, y - down * scale, side, away=True))
    if label.at.away:
        return label
    if math.hypot(CODE / 2, WITHIN + LABEL_SIZE / 2) < ring:
        return replace(label, at=replace(label.at, x=x, y=y + WITHIN * scale, side="center"))
    right, down, side = NEAR_DOT.get(label.area, USUAL)
    off = 0.7 * ring
    x += (right + (off if right > 0 else -off)) * scale
    y -= (down + (off if down > 0 else -off)) * scale
    return replace(label, at=replace(label.at, x=x, y=y, side=side))
