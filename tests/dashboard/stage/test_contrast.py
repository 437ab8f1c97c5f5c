"""Every element contrasts with its background, in every figure, light and dark: colors are blended as drawn and
measured at the places of the elements."""

import itertools
import re
import tomllib

import pytest
import shapely
from shapely import Point, Polygon

from dashboard.catalog import figures
from dashboard.charts import colors
from dashboard.desk import ENTRY
from dashboard.stage.drawn import drawn
from tests.dashboard.charts.test_palette import contrast
from tests.dashboard.stage.test_wire import request_for

SETTINGS = ENTRY.parents[1] / "streamlit_config.toml"
THEMES = tomllib.loads(SETTINGS.read_text("utf-8"))["theme"]
# The page behind the figures.
PAGE = {theme: THEMES[theme]["backgroundColor"] for theme in ("light", "dark")}
LOOKS = {
    "light": {"width": "1680", "dark": "0"},
    "dark": {"width": "1680", "dark": "1"},
    "phone": {"width": "640", "dark": "0"},
    "dark phone": {"width": "640", "dark": "1"},
}
WORDS, SIGNS = 4.5, 3.0
OTHERS = [
    ("region", {"measure": "count"}),
    ("routes", {"evidence": "stated"}),
    ("routes", {"picture": "matrix"}),
    ("routes", {"picture": "order", "evidence": "stated"}),
    ("revisions", {"revised": "all"}),
    ("ledger_map", {"paragraph": "12"}),
    ("parties_map", {"year_end": 2002}),
    *(("explore", {"reading": reading}) for reading in ("lines", "two_years", "heat")),
]


def channels(color):
    """Red, green, blue of 0 to 255 and opacity of 0 to 1."""
    if color.startswith("#"):
        whole = [int(color[at : at + 2], 16) for at in range(1, len(color), 2)]
        return (*whole[:3], whole[3] / 255 if len(whole) > 3 else 1.0)
    parts = [float(part) for part in re.findall(r"[\d.]+", color)]
    return (*parts[:3], parts[3] if len(parts) > 3 else 1.0)


def over(color, ground, opacity=1.0):
    """The visible color of `color` drawn over `ground`."""
    *front, alpha = channels(color)
    alpha *= 1.0 if opacity is None else opacity
    back = channels(ground)[:3]
    return "#" + "".join(f"{round(alpha * a + (1 - alpha) * b):02x}" for a, b in zip(front, back, strict=True))


def visible(color):
    return color is not None and channels(color)[3] > 0


def at(values, place):
    return values[place] if isinstance(values, (list, tuple)) else values


class Ground:
    """The background at a point of one pair of axes: the sheet and every fill drawn before."""

    def __init__(self, sheet):
        self.sheet, self.fills = sheet, []

    def lay(self, trace):
        rings = [
            list(ring) for gap, ring in itertools.groupby(points(trace), lambda point: point[0] is None) if not gap
        ]
        shape = shapely.union_all([Polygon(ring).buffer(0) for ring in rings if len(ring) > 3])
        shapely.prepare(shape)
        pattern = trace.get("fillpattern") or {}
        self.fills.append((shape, pattern.get("bgcolor") or trace["fillcolor"], trace.get("opacity")))

    def under(self, x, y):
        color, spot = self.sheet, Point(x, y)
        for shape, fill, opacity in self.fills:
            if shape.intersects(spot):
                color = over(fill, color, opacity)
        return color


def points(trace):
    return list(zip(trace["x"], trace["y"], strict=True))


def placed(trace):
    """The numbered points of a trace with coordinates; names and dates on an axis have none."""
    for number, (x, y) in enumerate(points(trace)):
        if x is not None and y is not None:
            yield number, (x, y) if all(isinstance(value, (int, float)) for value in (x, y)) else None


def positions(trace):
    spots = dict(placed(trace))
    return [spots[number] or False if number in spots else None for number in range(len(trace["x"]))]


def sheets(layout, page):
    """The color behind the traces of each pair of axes."""
    colors = {}
    for shape in layout.get("shapes", ()):
        if shape["type"] == "rect" and "domain" in str(shape.get("xref")) and "domain" in str(shape.get("yref")):
            colors[shape["xref"].split()[0]] = over(shape["fillcolor"], page)
    return colors


class Faults:
    """How many elements were checked, and which have too little contrast."""

    def __init__(self):
        self.checked, self.problems = 0, set()

    def need(self, least, what, colors, ground):
        """One of the colors must contrast with the ground."""
        self.checked += 1
        best = max((contrast(over(color, ground), ground) for color in colors if visible(color)), default=21)
        if best < least:
            self.problems.add(f"{what} {sorted(set(filter(None, colors)))} on {ground}: {best:.2f}")


def check_fill(trace, faults, ground):
    fill = over((trace.get("fillpattern") or {}).get("bgcolor") or trace["fillcolor"], ground, trace.get("opacity"))
    if pattern := trace.get("fillpattern"):
        faults.need(SIGNS, "hatch", [pattern["fgcolor"]], over(pattern["bgcolor"], ground))
    line = trace.get("line") or {}
    if line.get("width") and visible(line.get("color")) and not arrow(trace):
        faults.need(SIGNS, "edge", [line["color"]], fill)
    if arrow(trace):
        edge = line.get("color") if line.get("width", 0) >= 1 else None
        faults.need(SIGNS, "arrow", [trace["fillcolor"], edge], ground)


def arrow(trace):
    """Ribbons are slightly transparent."""
    return len(trace["fillcolor"]) == 9 and trace["fillcolor"].startswith("#")


def marks(trace, faults, ground):
    marker = trace.get("marker") or {}
    line = marker.get("line") or {}
    for number, spot in placed(trace):
        opacity = at(marker.get("opacity", 1), number)
        if opacity == 0 or marker.get("color") is None:
            continue
        fill, edge = (
            at(marker["color"], number),
            at(line.get("color"), number) if at(line.get("width"), number) else None,
        )
        if visible(fill) or visible(edge):
            faults.need(SIGNS, "mark", [fill, edge], ground.under(*spot) if spot else ground.sheet)


def words(trace, faults, ground):
    font = trace.get("textfont") or {}
    for number, spot in placed(trace):
        if at(trace.get("text"), number):
            faults.need(WORDS, "words", [at(font["color"], number)], ground.under(*spot) if spot else ground.sheet)


# Decorative grid lines behind a chart.
GRID = {COLORS.unreported for COLORS in colors.THEMES.values()}


def strokes(trace, faults, ground):
    line = trace.get("line") or {}
    if not visible(line.get("color")) or line.get("width") == 0 or line["color"] in GRID:
        return
    for gap, run in itertools.groupby(positions(trace), lambda point: point is None):
        under = [] if gap else [ground.under(*spot) if spot else ground.sheet for spot in run]
        # A leader line from a label into an area is visible where it leaves the area.
        leader = len(under) == 2
        least = [max(under, key=lambda color: contrast(over(line["color"], color), color))] if leader else under
        for color in least:
            faults.need(SIGNS, "line", [line["color"]], color)


def color_of(*fonts):
    """The first color that is set."""
    return next(font["color"] for font in fonts if font and "color" in font)


def contrast_faults(spec, page):
    """The elements of a figure with too little contrast, and the number checked."""
    faults, layout = Faults(), spec["layout"]
    grounds, backgrounds = {}, sheets(layout, page)
    for trace in spec["data"]:
        axes = trace.get("xaxis", "x")
        ground = grounds.setdefault(axes, Ground(backgrounds.get(axes, page)))
        modes = (trace.get("mode") or "").split("+")
        if trace.get("fill") == "toself":
            check_fill(trace, faults, ground.sheet)
            if not arrow(trace):
                ground.lay(trace)
        elif "lines" in modes:
            strokes(trace, faults, ground)
        if "markers" in modes:
            marks(trace, faults, ground)
        if "text" in modes:
            words(trace, faults, ground)
    for name, axis in layout.items():
        if "axis" in name and axis.get("visible", True) and axis.get("showticklabels", True):
            faults.need(
                WORDS,
                "axis",
                [color_of(axis.get("tickfont"), axis, layout["font"])],
                page,
            )
    for note in layout.get("annotations", ()):
        faults.need(WORDS, "note", [color_of(note.get("font"), layout["font"])], page)
    return faults


EVERY = [*((name, {}) for name in figures()), *OTHERS]


@pytest.mark.parametrize("look", LOOKS.values(), ids=LOOKS)
@pytest.mark.parametrize(("name", "changed"), EVERY, ids=str)
def test_everything_contrasts_with_its_background(name, changed, look):
    faults = contrast_faults(
        drawn(request_for(name, "en", look, **changed)).spec, PAGE["dark" if look["dark"] == "1" else "light"]
    )
    assert faults.checked > 10
    assert sorted(faults.problems) == []


def test_pale_elements_are_detected():
    """A check of this test itself: a pale word, mark and hatch are found."""
    land = {"mode": "lines", "fill": "toself", "x": [0, 9, 9, 0, 0], "y": [0, 0, 9, 9, 0], "fillcolor": "#777777"}
    land |= {"fillpattern": {"fgcolor": "#888888", "bgcolor": "#777777"}, "line": {"width": 1, "color": "#808080"}}
    word = {"mode": "text", "x": [5], "y": [5], "text": ["x"], "textfont": {"color": "#777777"}}
    mark = {"mode": "markers", "x": [5], "y": [5], "marker": {"color": "#787878"}}
    problems = contrast_faults(
        {"data": [land, word, mark], "layout": {"font": {"color": "#000000"}}}, "#ffffff"
    ).problems
    assert {fault.split()[0] for fault in problems} == {"hatch", "edge", "words", "mark"}
