"""One width means one number: measured on the outlines of page Routes, page Country, the stage and the briefing."""

import math
from functools import cache

import pytest
import shapely
from shapely import Point, Polygon, box

from dashboard import store
from dashboard.charts.medium import SLIDE
from dashboard.charts.panels import INSET_STATES
from dashboard.charts.render.metrics import width
from dashboard.stage.drawn import drawn
from dashboard.stage.request import parse, query
from dashboard.subjects import shared
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes import query as routes_query
from dashboard.subjects.routes.figures.values import nudged
from dashboard.subjects.routes.page_figures import on_map
from data.i18n import language
from tests.dashboard.subjects.routes import clearance

LOOKS = {
    "wide": {"width": "1280"},
    "widest": {"width": "1680"},
    "tablet": {"width": "880"},
    "phone": {"width": "640"},
    "stage": {"width": "930", "stage": "356"},
}
# The light edge on either side of an arrow, in pixels of the design.
EDGE = 0.9
FIRST, LAST = routes_filters.years()


def figure(name, look, **values):
    usual = {spec.name: spec.default for spec in routes_filters.ROUTES} | {shared.AREA.name: "LCA"}
    shown = {"dark": "0"} | LOOKS[look]
    return drawn(parse(name, query(name, usual | values, "en") | shown)).spec


@cache
def slide(area):
    selection = routes_filters.of_state(area, "stated")
    return on_map(selection, routes_query.arrows(selection), language("en"), SLIDE, titled=False).spec


# The width of the Americas on the map, in kilometers of the projection.
AMERICAS = 10_300


def across(spec, origin, destination, scale=clearance.scale):
    """The width of an arrow where its head begins, as a share of the map's width.

    The outline has the left side of the shaft, the wing, the tip, the other wing, and the right side back.
    """
    traces = [t for t in spec["data"] if t.get("name") == f"{origin}→{destination}" and t["xaxis"] == "x"]
    (trace,) = traces[:1]
    points = list(zip(trace["x"], trace["y"], strict=True))[:-1]
    tip = len(points) // 2
    # Both sides of the shaft are as long: the wings are beside the tip, the ends of the shaft beside the wings.
    left, right = points[tip - 2], points[tip + 2]
    pixel = scale(spec, "")
    edge = 0.0 if "opens" in trace and trace["line"]["dash"] != "solid" else EDGE
    return (math.dist(left, right) - 2 * edge * pixel) / AMERICAS


STATED = {"evidence": "stated"}
SAME = [
    ("routes", "wide", STATED | {"state": ["LCA"]}),
    ("routes", "phone", STATED | {"state": ["LCA"]}),
    ("routes", "stage", STATED | {"state": ["LCA"]}),
    ("routes", "wide", STATED | {"state": ["LCA"], "years": (2015, 2015)}),
    ("routes", "wide", STATED | {"state": ["LCA", "MEX"], "arrows": 100}),
    ("state_routes", "wide", STATED),
    ("state_routes", "phone", STATED),
    ("state_routes", "stage", STATED),
]


@pytest.mark.parametrize(("name", "look", "values"), SAME)
def test_one_statement_is_as_thin_everywhere(name, look, values):
    """Saint Lucia's routes are one statement each: 2.5% of the map for 25, so a fifth of that."""
    spec = figure(name, look, **values)
    pixel = clearance.scale(spec, "") / AMERICAS
    # A third of a pixel: outlines are in steps of 4 km, and the smallest map, that of the stage, has 41 km a pixel.
    assert across(spec, "IND", "LCA") == pytest.approx(0.025 / 5, abs=0.33 * pixel)


def test_one_statement_is_as_thin_on_a_slide():
    spec = slide("LCA")
    scale = clearance.scale_of_slide
    assert across(spec, "IND", "LCA", scale) == pytest.approx(0.025 / 5, abs=0.25 * scale(spec, "") / AMERICAS)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("years", [(FIRST, LAST), (2021, 2021)])
def test_widths_of_counted_arrows_follow_the_rule(look, years):
    values = {"evidence": "counted", "years": years}
    spec = figure("routes", look, **values)
    rows = routes_query.arrows(routes_query.FlowFilter(first=years[0], last=years[1])).shown.to_dicts()
    pixel = clearance.scale(spec, "") / AMERICAS
    measured = 0
    for row in rows:
        if row["origin"] == row["destination"] or {row["origin"], row["destination"]} & {"HND", "GTM", "SLV"}:
            continue
        expected = max(0.004, 0.04 * math.sqrt((row["low"] + row["high"]) / 2 / 10_000))
        assert across(spec, row["origin"], row["destination"]) == pytest.approx(expected, abs=0.4 * pixel)
        measured += 1
    assert measured > 4


CASES = [("LCA", "stated"), ("VCT", "stated"), ("DMA", "stated"), ("HTI", "counted"), ("DOM", "counted")]
CASES += [("TTO", "counted"), ("VEN", "counted"), ("USA", "counted"), ("MEX", "stated")]


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("area", "evidence"), CASES)
def test_heads_end_at_the_mark_they_mean(area, evidence, look):
    """The tip of each arrow is within 6 pixels of the mark or ring of its destination, and no other mark is nearer."""
    spec = figure("routes", look, evidence=evidence, state=[area])
    places, found = nudged(store.basemap().points), 0
    for axis in clearance.panels(spec):
        km = clearance.scale(spec, axis)
        rings = ring_radii(spec, axis, km, places)
        marks = shown_marks(spec, axis)
        for trace in spec["data"]:
            origin, _, destination = trace.get("name", "").partition("→")
            if trace["xaxis"] != f"x{axis}" or not destination or origin == destination or destination not in places:
                continue
            if places[destination] not in marks:
                # It leaves this panel: its head is on another.
                continue
            mark = Point(places[destination])
            outline = Polygon([point for point in zip(trace["x"], trace["y"], strict=True) if None not in point])
            gap = outline.distance(mark) / km - max(4.5, rings.get(destination, 0.0))
            assert gap <= 6.0, (origin, destination, axis)
            tip = min(outline.exterior.coords, key=lambda point: mark.distance(Point(point)))
            nearest = min(marks, key=lambda place: math.dist(place, tip))
            if destination not in rings:
                assert nearest == places[destination], (origin, destination, axis)
            found += 1
    assert found or evidence == "stated"


def shown_marks(spec, axis):
    """The places of the states' marks on a panel."""
    places = set(nudged(store.basemap().points).values())
    rounded = {(round(x), round(y)): (x, y) for x, y in places}
    found = set()
    for trace in spec["data"]:
        sizes = trace.get("marker", {}).get("size")
        if trace["xaxis"] == f"x{axis}" and trace["mode"] == "markers" and isinstance(sizes, list) and 9 in sizes:
            found |= {
                rounded[round(x), round(y)]
                for x, y in zip(trace["x"], trace["y"], strict=True)
                if (round(x), round(y)) in rounded
            }
    return found


def ring_radii(spec, axis, km, places):
    """The outer radius of each ring in pixels."""
    found = {}
    for trace in spec["data"]:
        origin, _, destination = trace.get("name", "").partition("→")
        if trace["xaxis"] == f"x{axis}" and destination and origin == destination:
            x, y = places[origin]
            far = [math.dist((a, b), (x, y)) for a, b in zip(trace["x"], trace["y"], strict=True) if a is not None]
            found[origin] = max(far) / km
    return found


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("span", [(FIRST, LAST), (2019, 2019)])
def test_no_mark_lies_under_another_s_ring(look, span):
    spec = figure("routes", look, years=span)
    places = nudged(store.basemap().points)
    for axis in clearance.panels(spec):
        km = clearance.scale(spec, axis)
        marks = shown_marks(spec, axis)
        for code, outer in ring_radii(spec, axis, km, places).items():
            for place in marks - {places[code]}:
                # The mark itself has a radius of 4.5 pixels, small ones of the map of the hemisphere 2.
                inset = {places[one] for one in INSET_STATES} if axis == "" else set()
                least = 2.0 if place in inset else 4.5
                assert math.dist(place, places[code]) / km >= outer + least - 1.5, (code, place, axis)


@pytest.mark.parametrize("look", LOOKS)
def test_haiti_to_the_dominican_republic_is_a_bowed_arrow(look):
    spec = figure("routes", look, state=["HTI"])
    seen = []
    for trace in spec["data"]:
        if trace.get("name") == "HTI→DOM":
            km = clearance.scale(spec, trace["xaxis"][1:])
            shape = Polygon([point for point in zip(trace["x"], trace["y"], strict=True) if None not in point])
            low, high = shape.bounds[1] / km, shape.bounds[3] / km
            seen.append((high - low, shape.length / 2 / km))
    assert seen
    tall, long = max(seen)
    assert tall >= 12
    assert long >= 22


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize(("area", "evidence", "figure_text"), [("HTI", "counted", "108–112"), ("HTI", "stated", "30")])
def test_a_figure_leaves_most_of_a_short_arrow_in_sight(area, evidence, figure_text, look):
    spec = figure("routes", look, evidence=evidence, state=[area], position="origin")
    seen = []
    for trace in spec["data"]:
        if trace["mode"] != "text" or figure_text not in trace["text"] or trace["xaxis"] == "x9":
            continue
        axis, place = trace["xaxis"][1:], trace["text"].index(figure_text)
        km, half = clearance.scale(spec, axis), width(figure_text, trace["textfont"]["size"]) / 2
        x, y = trace["x"][place] / km, trace["y"][place] / km
        (arrow,) = (t for t in spec["data"] if t.get("name") == "HTI→DOM" and t["xaxis"] == trace["xaxis"])
        points = [(a / km, b / km) for a, b in zip(arrow["x"], arrow["y"], strict=True) if a is not None]
        shape = Polygon(points).buffer(0)
        seen.append(shape.intersection(box(x - half, y - 6, x + half, y + 6)).area / shape.area)
    assert len(seen) == 1
    assert seen[0] < 0.5


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("name", ["routes", "state_routes"])
def test_the_largest_flow_and_its_figure_are_seen_whole(name, look):
    """From Mexico to the wide ring of the United States there is room for head and shaft; nothing is on the head."""
    values = {"evidence": "counted"} | ({"area": "USA", "position": "destination"} if name == "state_routes" else {})
    spec, places = figure(name, look, **values), nudged(store.basemap().points)
    pixel = clearance.scale(spec, "")
    rings = ring_radii(spec, "", pixel, places)
    free = math.dist(places["MEX"], places["USA"]) / pixel - rings["USA"] - max(rings.get("MEX", 0.0), 5.5)
    (flow,) = routes_query.arrows(routes_query.FlowFilter()).shown.filter(origin="MEX", destination="USA").to_dicts()
    wide = 0.04 * math.sqrt(flow["high"] / 10_000) * AMERICAS / pixel
    # A head is 2.2 times as long as its shaft is wide.
    assert free > 0.9 * 2.2 * wide
    panel = clearance.panel_of(spec, "", places)
    at = [arrow.ends for arrow in panel.arrows].index(("MEX", "USA"))
    head = panel.arrows[at].head
    above = shapely.unary_union([arrow.shape for arrow in panel.arrows[at + 1 :]])
    assert head.intersection(above).area <= 0.1 * head.area
    text = language("en").number(flow["high"])
    labels = [
        (x / pixel, y / pixel)
        for trace in spec["data"]
        if trace["mode"] == "text" and trace["xaxis"] == "x"
        for x, y, one in zip(trace["x"], trace["y"], trace["text"], strict=True)
        if one == text
    ]
    ((x, y),) = labels
    half = width(text, 13) / 2
    assert box(x - half, y - 6, x + half, y + 6).intersection(head).area <= 0.1 * head.area


@pytest.mark.parametrize("look", ["wide", "widest", "tablet", "phone"])
def test_no_arrow_cuts_the_name_of_another_country_in_the_margin(look):
    spec, english = figure("routes", look, evidence="counted"), language("en")
    panel, pixel = clearance.panel_of(spec, "", nudged(store.basemap().points)), clearance.scale(spec, "")
    outside = {one for arrow in panel.arrows for one in arrow.ends} - set(store.areas())
    names = {one if look == "phone" else english.country(one): one for one in outside}
    found = 0
    for trace in (trace for trace in spec["data"] if trace["mode"] == "text" and trace["xaxis"] == "x"):
        for x, y, text, side in zip(trace["x"], trace["y"], trace["text"], sides(trace), strict=True):
            if text in names:
                wide, left = width(text, 14), x / pixel
                left -= wide if side.endswith("left") else 0
                letters = box(left, y / pixel - 5, left + wide, y / pixel + 5)
                across = [
                    arrow.ends
                    for arrow in panel.arrows
                    if names[text] not in arrow.ends and arrow.shape.intersects(letters)
                ]
                assert across == [], text
                found += 1
    assert found == len(outside) >= 4


def sides(trace):
    """The side of each text of a trace."""
    side = trace["textposition"]
    return [side] * len(trace["text"]) if isinstance(side, str) else side
