"""Overlaps on a drawn route map, measured in pixels on the specification: heads, codes, badges, dots."""

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import shapely
from shapely import LineString, Point, Polygon
from shapely.geometry.base import BaseGeometry

from dashboard import store
from dashboard.charts.medium import SLIDE
from data.i18n import LANGUAGES, language

Spec = dict[str, Any]
Places = Mapping[str, tuple[float, float]]
# A bold code of three letters at 14 px; the symbols of roles.
CODE_WIDE, CODE_TALL = 28.0, 13.0
SHAPES = frozenset({"triangle-up", "diamond", "square", "circle"})
DOT = 4.5
# Pixels from a place to the tip of an arrow that ends there, at most.
FAR = 80.0
# Overlaps below this many square pixels are invisible.
TOUCH = 4.0


@dataclass(frozen=True)
class Drawn:
    """One arrow as drawn: its ends, its outline and its head."""

    ends: tuple[str, str]
    shape: BaseGeometry
    head: BaseGeometry


@dataclass(frozen=True)
class Panel:
    """The contents of one panel in pixels: arrows from the bottom up; codes, badges and dots by state."""

    arrows: list[Drawn]
    codes: dict[str, BaseGeometry]
    badges: dict[str, BaseGeometry]
    dots: dict[str, BaseGeometry]
    ties: dict[str, LineString]


def scale(spec: Spec, axis: str) -> float:
    """Kilometres in a pixel, from the layout alone."""
    y_axis = spec["layout"][f"yaxis{axis}"]
    pixels = (y_axis["domain"][1] - y_axis["domain"][0]) * spec["layout"]["height"]
    return (y_axis["range"][1] - y_axis["range"][0]) / pixels


def scale_of_slide(spec: Spec, axis: str) -> float:
    """As `scale`, where a map may be as wide as its panel and lower: names in both margins take much of a slide."""
    x_axis = spec["layout"][f"xaxis{axis}"]
    pixels = (x_axis["domain"][1] - x_axis["domain"][0]) * SLIDE.across
    return max((x_axis["range"][1] - x_axis["range"][0]) / pixels, scale(spec, axis))


def panels(spec: Spec) -> list[str]:
    """The axes of the maps, without that of the key."""
    return [name[5:] for name in spec["layout"] if name.startswith("xaxis") and name != "xaxis9"]


def panel_of(spec: Spec, axis: str, places: Places) -> Panel:
    """The contents of a panel; `places` are the positions of the states (km)."""
    km = scale(spec, axis)
    here = [trace for trace in spec["data"] if trace["xaxis"] == f"x{axis}"]
    codes = dict(_codes(here, km))
    dots = {code: Point(places[code][0] / km, places[code][1] / km).buffer(DOT) for code in codes}
    arrows = [arrow for trace in here if (arrow := _arrow(trace, km, places))]
    return Panel(arrows, codes, _badges(here, km, codes), dots, dict(_ties(here, km, dots)))


def _codes(traces: list[Spec], km: float) -> Iterator[tuple[str, BaseGeometry]]:
    for trace in traces:
        if trace["mode"] != "text":
            continue
        sides = trace["textposition"]
        for at, text in enumerate(trace["text"]):
            name = text.removeprefix("<b>").removesuffix("</b>")
            # On stage a state has its name.
            code = name if len(name) == len("XXX") else names().get(name, "")
            if not (text.startswith("<b>") and code):
                continue
            x, y, wide = (
                trace["x"][at] / km,
                trace["y"][at] / km,
                CODE_WIDE * len(name) / len("XXXX") if len(name) > len(code) else CODE_WIDE,
            )
            left = {"right": x, "left": x - wide, "center": x - wide / 2}[sides[at].split()[1]]
            yield code, shapely.box(left, y - CODE_TALL / 2, left + wide, y + CODE_TALL / 2)


@cache
def names() -> dict[str, str]:
    """The code of each state by its names in our languages."""
    return {language(lang).country(area): area for lang in LANGUAGES for area in store.areas()}


def _badges(traces: list[Spec], km: float, codes: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    """Touching badges as one rectangle, assigned to the state whose code is beside it."""
    spots: list[BaseGeometry] = []
    for trace in traces:
        marker = trace.get("marker", {})
        if isinstance(marker.get("symbol"), list) and set(marker["symbol"]) <= SHAPES:
            places = zip(trace["x"], trace["y"], strict=True)
            spots += [Point(x / km, y / km).buffer(marker["size"] / 2 + 2) for x, y in places]
    together = shapely.get_parts(shapely.unary_union(spots)) if spots else []
    boxes = [shapely.box(*part.buffer(-2).bounds) for part in together]

    def off(code: str, mark: BaseGeometry) -> float:
        a, b = codes[code].centroid, mark.centroid
        return abs(a.x - b.x) + 4 * abs(a.y - b.y)

    return {min(codes, key=lambda code: off(code, mark)): mark for mark in boxes}


def _arrow(trace: Spec, km: float, places: Places) -> Drawn | None:
    origin, _, destination = trace.get("name", "").partition("→")
    if not destination or origin == destination:
        return None
    rings: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(trace["x"], trace["y"], strict=True):
        if x is None:
            rings.append([])
        else:
            rings[-1].append((x / km, y / km))
    shape = shapely.unary_union([Polygon(ring).buffer(0) for ring in rings])
    return Drawn((origin, destination), shape, _head(rings, places.get(destination), km))


def _head(rings: list[list[tuple[float, float]]], place: tuple[float, float] | None, km: float) -> Polygon:
    """The point nearest to the end of the arrow and its two neighbors; for a country at the edge the middle point."""
    if place is None:
        ring = rings[0][:-1]
        tip = len(ring) // 2
    else:
        to = Point(place[0] / km, place[1] / km)
        ring = min(rings, key=lambda candidate: min(Point(point).distance(to) for point in candidate))[:-1]
        tip = min(range(len(ring)), key=lambda at: Point(ring[at]).distance(to))
        if Point(ring[tip]).distance(to) > FAR:
            # It is outside the inset.
            return Polygon()
    return Polygon([ring[tip - 1], ring[tip], ring[(tip + 1) % len(ring)]])


def _ties(traces: list[Spec], km: float, dots: dict[str, BaseGeometry]) -> Iterator[tuple[str, LineString]]:
    for trace in traces:
        if trace["mode"] != "lines" or "fill" in trace or trace["line"].get("dash") == "dot":
            continue
        points = list(zip(trace["x"], trace["y"], strict=True))
        for a, b in itertools.pairwise(points):
            if None in (*a, *b):
                continue
            line = LineString([(a[0] / km, a[1] / km), (b[0] / km, b[1] / km)])
            start = Point(line.coords[0])
            if not dots:
                # No state of this panel has its code.
                continue
            yield min(dots, key=lambda code: dots[code].centroid.distance(start)), line


def heads_on_heads(panel: Panel, share: float) -> list[tuple[tuple[str, str], tuple[str, str]]]:
    """Pairs of heads where one covers more than a share of the other."""
    heads = [arrow for arrow in panel.arrows if arrow.head.area > 0]
    pairs = itertools.combinations(heads, 2)
    return [
        (a.ends, b.ends) for a, b in pairs if a.head.intersection(b.head).area > share * min(a.head.area, b.head.area)
    ]


def hidden_heads(panel: Panel, share: float) -> list[tuple[str, str]]:
    """Heads with more than a share covered by arrows drawn later."""
    hidden = []
    for at, arrow in enumerate(panel.arrows):
        if arrow.head.area > 0:
            over = shapely.unary_union([later.shape for later in panel.arrows[at + 1 :]])
            if arrow.head.intersection(over).area > share * arrow.head.area:
                hidden.append(arrow.ends)
    return hidden


def crossed(panel: Panel, marks: dict[str, BaseGeometry], *, own: bool = False) -> list[tuple[tuple[str, str], str]]:
    """Arrows and the marks of states they cross: of unrelated states, or of their own ends."""
    return [
        (arrow.ends, code)
        for arrow in panel.arrows
        for code, mark in marks.items()
        if (code in arrow.ends) is own and arrow.shape.intersection(mark).area > TOUCH
    ]


def overlapping(panel: Panel) -> list[tuple[str, str]]:
    """Overlapping codes, badges and dots of different states, and leader lines."""
    things = [
        *((f"code {code}", code, mark) for code, mark in panel.codes.items()),
        *((f"badges {code}", code, mark) for code, mark in panel.badges.items()),
        *((f"dot {code}", code, mark) for code, mark in panel.dots.items()),
        *((f"tie {code}", code, mark.buffer(0.5)) for code, mark in panel.ties.items()),
    ]
    return [
        (a[0], b[0])
        for a, b in itertools.combinations(things, 2)
        if a[1] != b[1] and a[2].intersection(b[2]).area > (0.2 if "tie" in a[0] + b[0] else TOUCH)
    ]
