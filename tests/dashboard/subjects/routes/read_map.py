"""What a map of page "Routes" shows, read from its specification, in pixels from its upper left corner."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from math import dist, pi, sqrt
from typing import Any, NamedTuple

import numpy as np
import shapely
from shapely.geometry.base import BaseGeometry

from dashboard import store
from dashboard.charts.colors import COLORS
from dashboard.charts.medium import LAPTOP, PHONE, SLIDE, STAGE, TABLET, WALL, Medium
from dashboard.charts.render.metrics import width
from dashboard.subjects.routes import filters
from dashboard.subjects.routes.page_figures import MAP
from dashboard.views.figure import Values
from data.i18n import LANGUAGES, language

Spec = dict[str, Any]
Point = tuple[float, float]
MEDIA = {"phone": PHONE, "tablet": TABLET, "laptop": LAPTOP, "wall": WALL, "stage": STAGE, "slide": SLIDE}
STATES = sorted(store.tables().table("areas").collect()["area"])
# The height of letters as a share of their size.
LETTERS = 0.7


def drawn(code: str, medium: Medium, **address: str) -> Spec:
    """The figure of page "Routes" at an address."""
    given = {spec.name: spec.parse(address.get(spec.name, spec.write(spec.default))) for spec in filters.ROUTES}
    return MAP.draw(Values.of(given), language(code), medium).spec


def has_map(spec: Spec) -> bool:
    """Whether a figure has a map; else it is a sentence."""
    return "xaxis" in spec["layout"]


class Line(NamedTuple):
    """A row of the ledger: what its mark opens, its name and figure, and the pixels of its bar, solid and in all."""

    opens: Sequence[str]
    name: str
    figure: str
    solid: float
    long: float


@dataclass
class Circle:
    """A circle: its middle, the areas by color of what is solid, and that within the dashed line, 0 without one."""

    opens: Sequence[str]
    axis: str
    at: Point
    solid: dict[str, float] = field(default_factory=dict)
    dashed: float = 0.0

    @property
    def radius(self) -> float:
        """The radius of all of it."""
        return sqrt(max(self.dashed, sum(self.solid.values())) / pi)

    @property
    def shape(self) -> BaseGeometry:
        """All of it."""
        return shapely.Point(self.at).buffer(self.radius, quad_segs=32)


class Plane:
    """The traces of a pair of axes, with the pixels of their points."""

    def __init__(self, spec: Spec, axis: str, medium: Medium) -> None:
        """`axis` as traces have it: `x` is the map, `x9` the ledger and the key, `x8` the strip."""
        self.traces = [trace for trace in spec["data"] if trace["xaxis"] == axis]
        across, up = (spec["layout"][f"{name}axis{axis[1:]}"] for name in "xy")
        self.wide, self.high = medium.across, spec["layout"]["height"]
        self.left, self.right = (end * self.wide for end in across["domain"])
        self.bottom, self.top = ((1 - end) * self.high for end in up["domain"])
        self.across, self.up = across["range"], up["range"]

    def at(self, x: float, y: float) -> Point:
        """A point in pixels."""
        (x0, x1), (y0, y1) = self.across, self.up
        right = self.left + (x - x0) / (x1 - x0) * (self.right - self.left)
        return right, self.bottom + (y - y0) / (y1 - y0) * (self.top - self.bottom)

    def to_map(self, right: float, down: float) -> Point:
        """The place on the map of a point in pixels."""
        (x0, x1), (y0, y1) = self.across, self.up
        x = x0 + (right - self.left) / (self.right - self.left) * (x1 - x0)
        return x, y0 + (down - self.bottom) / (self.top - self.bottom) * (y1 - y0)

    def points(self, trace: Spec) -> list[Point]:
        """The points of a trace, without gaps."""
        return [self.at(x, y) for x, y in zip(trace["x"], trace["y"], strict=True) if x is not None]

    @property
    def box(self) -> BaseGeometry:
        """All of it."""
        return shapely.box(self.left, self.top, self.right, self.bottom)


@cache
def lands() -> dict[str, BaseGeometry]:
    """The states as in the table of boundaries, in kilometers."""
    table = store.tables().table("boundaries").collect().filter(kind="state")
    found = {area: shapely.from_wkb(shape) for area, shape in table.select("area", "geometry").iter_rows()}
    shapely.prepare([*found.values()])
    return found


def axes(spec: Spec) -> list[str]:
    """The axes across of a figure: of the map, of ledger and key, and of the strip where there is one."""
    return sorted({trace["xaxis"] for trace in spec["data"]}, key=["x", "x9", "x8"].index)


def circles(spec: Spec, medium: Medium) -> list[Circle]:
    """The circles, those of the strip too; a part of a circle begins at its middle."""
    found: list[Circle] = []
    for axis in axes(spec):
        plane = Plane(spec, axis, medium)
        named = [one for trace in plane.traces for one in _opening(plane, trace)]
        for trace in plane.traces:
            if trace.get("fill") and trace["hoverinfo"] == "skip" and 5 < len(trace["x"]) <= 60:
                points, color = plane.points(trace), trace["fillcolor"]
                whole = _middle(points)
                opens, at = min(named, key=lambda one: min(dist(one[1], whole), dist(one[1], points[0])))
                if min(dist(at, whole), dist(at, points[0])) > 1:
                    continue
                if not any(one.at == at for one in found):
                    found.append(Circle(opens, axis, at))
                (one,) = (one for one in found if one.at == at)
                size = shapely.Polygon(points).area
                if color == COLORS.surface:
                    one.dashed = size
                else:
                    one.solid[color] = one.solid.get(color, 0.0) + size
    return found


class Detecting(NamedTuple):
    """A row of the region's ledger: what it opens, its name, and for own and other citizens the figure and the bar."""

    opens: Sequence[str]
    name: str
    figures: tuple[str, str]
    solid: tuple[float, float]
    long: tuple[float, float]


def detecting(spec: Spec, medium: Medium) -> tuple[list[Detecting], str]:
    """The rows of the region's ledger, and its last row if that says how many others there are."""
    plane = Plane(spec, "x9", medium)
    place = next(at for at, trace in enumerate(plane.traces) if trace.get("customdata"))
    names, figures, marks = plane.traces[place - 2 : place + 1]
    bars = [(trace["fillcolor"], plane.points(trace)) for trace in plane.traces[1 : place - 2]]
    number = len(names["text"])
    second = plane.points(figures)[number][0]
    rows = []
    for at, (opens, (_, y)) in enumerate(zip(marks["customdata"], plane.points(marks), strict=True)):
        long, solid = [0.0, 0.0], [0.0, 0.0]
        for fill, points in bars:
            xs, ys = zip(*points, strict=True)
            if min(ys) < y < max(ys):
                column = int(min(xs) >= second)
                long[column] += max(xs) - min(xs)
                solid[column] += (max(xs) - min(xs)) * (fill != COLORS.surface)
        text = figures["text"][at], figures["text"][number + at]
        rows.append(Detecting(opens, names["text"][at], text, (*solid,), (*long,)))
    after = plane.traces[place + 1]
    return rows, after["text"][0] if re.match(r"\d", after["text"][0]) else ""


def _opening(plane: Plane, trace: Spec) -> list[tuple[Sequence[str], Point]]:
    """What each mark of a trace opens, and where it is."""
    return list(zip(trace.get("customdata", ()), plane.points(trace), strict=False))


def _middle(points: Sequence[Point]) -> Point:
    xs, ys = ([point[end] for point in points] for end in (0, 1))
    return (min(xs) + max(xs)) / 2, (min(ys) + max(ys)) / 2


def ledger(spec: Spec, medium: Medium) -> tuple[list[Line], str]:
    """The rows of the ledger, and its last row if that says how many others there are."""
    plane = Plane(spec, "x9", medium)
    traces = plane.traces
    place = next(
        at
        for at, trace in enumerate(traces)
        if trace.get("customdata") and [one["mode"] for one in traces[at - 2 : at]] == ["text", "text"]
    )
    names, figures, marks = traces[place - 2 : place + 1]
    bars = [shapely.Polygon(plane.points(one)) for one in traces[: place - 2]]
    solid = [one["fillcolor"] != COLORS.surface for one in traces[: place - 2]]
    rows = []
    for opens, (_, y), name, figure in zip(
        marks["customdata"], plane.points(marks), names["text"], figures["text"], strict=True
    ):
        here = [(bar.bounds, full) for bar, full in zip(bars, solid, strict=True) if bar.bounds[1] < y < bar.bounds[3]]
        rows.append(
            Line(
                opens,
                name,
                figure,
                sum(right - left for (left, _, right, _), full in here if full),
                sum(right - left for (left, _, right, _), _ in here),
            )
        )
    after = traces[place + 1] if len(traces) > place + 1 else {}
    more = after["text"][0] if after.get("mode") == "text" and re.match(r"\d", after["text"][0]) else ""
    return rows, more


class Leg(NamedTuple):
    """A row of the columns: what its mark opens, its figure, and the pixels of its arrow, from left to right."""

    opens: Sequence[str]
    figure: str
    arrow: list[Point]


def columns(spec: Spec, medium: Medium) -> tuple[list[Leg], str]:
    """The legs in the columns, and the last row if that says how many others there are."""
    plane = Plane(spec, "x9", medium)
    place = next(at for at, trace in enumerate(plane.traces) if trace.get("customdata"))
    figures, marks = plane.traces[place - 1 : place + 1]
    number = len(marks["customdata"])
    drawn_legs = [plane.points(trace) for trace in plane.traces[place - 1 - number : place - 1]]
    every = [Leg(*leg) for leg in zip(marks["customdata"], figures["text"], drawn_legs, strict=True)]
    said = [text for trace in plane.traces if trace["mode"] == "text" for text in trace["text"]]
    return every, next((text for text in said if re.fullmatch(r"\d+ more", text)), "")


def words(specs: Mapping[str, Spec], medium: Medium, axis: str) -> Iterator[tuple[str, BaseGeometry]]:
    """The words on a pair of axes with their boxes, each as wide as in the language in which it is widest."""
    planes = [Plane(spec, axis, medium) for spec in specs.values()]
    texts = [[trace for trace in plane.traces if trace["mode"] == "text"] for plane in planes]
    for same in zip(*texts, strict=True):
        size, sides = same[0]["textfont"]["size"], same[0]["textposition"]
        each = zip(*(trace["text"] for trace in same), strict=True)
        for number, (among, (x, y)) in enumerate(zip(each, planes[0].points(same[0]), strict=True)):
            side = (sides if isinstance(sides, str) else sides[number]).split()[1]
            wide = max(long(line, size) for text in among for line in text.split("<br>"))
            left = x - {"right": 0, "left": wide, "center": wide / 2}[side]
            half = size * (LETTERS + among[0].count("<br>")) / 2
            yield among[0], shapely.box(left, y - half, left + wide, y + half)


def keyed(spec: Spec) -> set[str]:
    """The words of the key, which is the last of a figure; none where nothing needs a key."""
    last = spec["data"][-1]
    return {*last["text"]} if last["mode"] == "text" else set()


def long(text: str, size: float) -> float:
    """The width of words in pixels."""
    bold = "".join(re.findall("<b>(.*?)</b>", text))
    return width(bold, size, bold=True) + width(re.sub("<b>.*?</b>", "", text), size)


def ties(spec: Spec, medium: Medium) -> list[BaseGeometry]:
    """The lines that join circles to their states."""
    plane = Plane(spec, "x", medium)
    (trace,) = (one for one in plane.traces if one["mode"] == "lines" and "fill" not in one)
    points = plane.points(trace)
    return [shapely.LineString(pair) for pair in zip(points[::2], points[1::2], strict=True)]


def at_others(spec: Spec, medium: Medium, marks: Mapping[str, BaseGeometry]) -> list[tuple[str, str]]:
    """The names on a map that are not nearest to the mark of their own state, with the state of the nearest."""
    names = {word: code for code in marks for word in (code, language("en").country(code))}
    found = []
    for text, box in words({"en": spec}, medium, "x"):
        bold = "".join(re.findall("<b>(.*?)</b>", text))
        if bold in names:
            near = min(marks, key=lambda code: marks[code].distance(box))
            if near != names[bold]:
                found.append((text, near))
    return found


def geometry(spec: Spec, medium: Medium) -> Iterator[tuple[str, Any]]:
    """Where everything of a figure is but its key, which is the last: what it is, its look, and all its pixels."""
    for axis in axes(spec):
        plane = Plane(spec, axis, medium)
        for trace in plane.traces:
            if axis == "x9" and trace["mode"] == "markers" and "customdata" not in trace:
                break
            look = (trace["mode"], trace.get("fillcolor"), trace.get("textposition"), trace.get("marker"))
            yield repr(look), np.array(plane.points(trace)).reshape(-1, 2)


def in_each_language(medium: Medium, **address: str) -> dict[str, Spec]:
    """The figure in each language."""
    return {code: drawn(code, medium, **address) for code in LANGUAGES}
