"""The columns and the arrows of described routes, read from the figure and compared with the rows."""

import re
from collections import defaultdict
from functools import cache
from itertools import combinations
from math import dist, hypot

import numpy as np
import pytest
import shapely

from dashboard import store
from dashboard.charts.colors import COLORS
from dashboard.charts.medium import LAPTOP, PHONE, STAGE, WALL
from dashboard.subjects.routes import filters, query
from dashboard.subjects.routes.figures.described import drawable
from dashboard.subjects.routes.page_figures import MAP
from dashboard.views.figure import Values
from data.i18n import LANGUAGES, language
from tests.dashboard.subjects.routes import read_map
from tests.dashboard.subjects.routes.read_map import MEDIA, STATES, Plane, columns, drawn, lands, words

EN = language("en")

LEGS = {
    "direct": ("origin", "destination"),
    "to_transit": ("origin", "transit"),
    "from_transit": ("transit", "destination"),
}
# The routes without a transit state that the page shows of a choice, and the legs through one; in pixels the width of
# an arrow.
MOST, THROUGH, WIDE = 10, 5, 2.2


@cache
def statements() -> tuple[dict, ...]:
    """The usable statements on routes, without exact repeats."""
    rows = store.tables().table("flows").collect().iter_rows(named=True)
    return tuple(row for row in rows if row["evidence"] == "stated" and row["repeat_of"] is None)


def legs(area: str) -> dict[tuple[str, str, str], int]:
    """How often each leg of two known ends is stated, of the routes on which a state is, in plain Python."""
    found: dict[tuple[str, str, str], int] = defaultdict(int)
    for row in statements():
        ends = [row["origin"], row["transit"], row["destination"]]
        if area and area not in ends:
            continue
        for leg, points in LEGS.items():
            start, end = (row[point] for point in points)
            through = bool(row["transit"] or row["transit_label"])
            if start and end and through is (leg != "direct"):
                found[start, end, leg] += int(row["high"])
    return dict(found)


def figure(medium, area: str, code: str = "en") -> dict:
    """The figure of a state, or of all of them."""
    return drawn(code, medium, evidence="stated", **({"state": area} if area else {}))


WITH_ROUTES = [area for area in ("", *STATES) if legs(area)]
PLACES = store.basemap().points.keys()
# A state that is not here has only routes to other parts of the world, or over third states.
MAPPED = [area for area in WITH_ROUTES if read_map.has_map(figure(WALL, area))]
# Each state in one medium after the other; the other media are long.
SHOWN = [
    pytest.param(area, name, marks=() if number % len(MEDIA) == place else pytest.mark.long)
    for number, area in enumerate(MAPPED)
    for place, name in enumerate(MEDIA)
]


def of_arrow(trace: dict) -> tuple[str, str, str]:
    """The two ends of an arrow and its leg."""
    return tuple(trace["meta"]["opens"][1:4])


def arrows(spec: dict) -> list[dict]:
    return [trace for trace in spec["data"] if "→" in trace.get("name", "")]


def dots(spec: dict, medium) -> dict[str, tuple[float, float]]:
    """The dot of each state in pixels."""
    plane = Plane(spec, "x", medium)
    (trace,) = (
        one
        for one in plane.traces
        if one.get("marker", {}).get("symbol") == "circle" and len(one["customdata"][0]) == 1
    )
    return dict(zip((code for (code,) in trace["customdata"]), plane.points(trace), strict=True))


@pytest.mark.parametrize("area", ["", *STATES])
def test_the_columns_have_the_routes_described_most_often_with_their_number(area):
    # On a phone they have room for all.
    rows, spec = legs(area), figure(PHONE, area)
    if not rows:
        # Nothing is described: a sentence, and no map.
        assert not read_map.has_map(spec)
        assert len(spec["layout"]["annotations"][0]["text"]) > 40
        return
    every, more = columns(spec, PHONE)
    assert not more
    found = {tuple(leg.opens[1:4]): leg for leg in every}
    assert len(found) == len(every)
    assert {key: leg.figure for key, leg in found.items()} == {key: str(rows[key]) for key in found}
    for direct, most in ((True, MOST), (False, THROUGH)):
        between = {key for key in rows if key[0] != key[1] and (key[2] == "direct") is direct}
        largest = sorted((rows[key] for key in between), reverse=True)[:most]
        assert sorted((rows[key] for key in found if key in between), reverse=True) == largest
    # The one described most often is the first of those without a transit state.
    firsts = [rows[key] for key in found if key[2] == "direct" and key[0] != key[1]]
    assert firsts[:1] == [max(firsts)] * bool(firsts)
    # Inside one state only if it is chosen.
    inside = {key for key in rows if key[0] == key[1]}
    assert {key for key in found if key[0] == key[1]} == {key for key in inside if key[0] == area}


@pytest.mark.parametrize("area", WITH_ROUTES)
@pytest.mark.parametrize("name", ["phone", "laptop", "stage"])
def test_legs_are_straight_equally_wide_and_cross_no_other_and_no_word(area, name):
    specs = {code: figure(MEDIA[name], area, code) for code in LANGUAGES}
    every, _ = columns(specs["en"], MEDIA[name])
    shapes = [shapely.Polygon(leg.arrow) for leg in every]
    for leg, shape in zip(every, shapes, strict=True):
        xs, ys = zip(*leg.arrow, strict=True)
        # The tail is as wide as all others, and the head is at the right, in the middle of the width.
        assert max(y for x, y in leg.arrow if x == min(xs)) - min(
            y for x, y in leg.arrow if x == min(xs)
        ) == pytest.approx(WIDE, abs=0.3)
        assert [y for x, y in leg.arrow if x == max(xs)] == pytest.approx([(min(ys) + max(ys)) / 2], abs=0.2)
        assert shape.bounds[2] - shape.bounds[0] > LEAST
    assert not any(one.intersects(other) for one, other in combinations(shapes, 2))
    for text, box in words(specs, MEDIA[name], "x9"):
        assert not any(shape.intersects(box) for shape in shapes), text


def test_two_legs_are_in_one_row_where_a_record_has_both_and_nowhere_else():
    seen = 0
    stated = {(row["origin"], row["transit"], row["destination"]) for row in statements()}
    for area in WITH_ROUTES:
        every, _ = columns(figure(PHONE, area), PHONE)
        rows = defaultdict(list)
        for leg in every:
            rows[leg.arrow[0][1]].append(leg.opens[1:4])
        for first, *second in rows.values():
            for _, end, _ in second:
                assert (first[0], first[1], end) in stated
                seen += 1
    assert seen > 10


@pytest.mark.parametrize("area", MAPPED)
@pytest.mark.parametrize("name", MEDIA)
def test_no_arrow_runs_over_a_state_that_its_route_does_not_name(area, name):
    spec = figure(MEDIA[name], area)
    plane = Plane(spec, "x", MEDIA[name])
    for trace in arrows(spec):
        start, end, leg = of_arrow(trace)
        assert (start, end, leg) in legs(area)
        points = plane.points(trace)[:-1]
        half = len(points) // 2
        # The middle of the arrow: its outline has the same points at both sides.
        middle = [np.mean(pair, axis=0) for pair in zip(points[: half - 1], points[: half + 1 : -1], strict=False)]
        line = shapely.LineString([plane.to_map(*point) for point in middle])
        assert [code for code, land in lands().items() if code not in (start, end) and land.intersects(line)] == []


@pytest.mark.parametrize("area", MAPPED)
def test_a_route_between_neighbors_has_its_arrow(area):
    """An arrow may be missing only where a straight one would touch a third state, or lacks room on a phone."""
    spec, points = figure(WALL, area), store.basemap().points
    every, _ = columns(figure(PHONE, area), PHONE)
    shown = [of_arrow(trace) for trace in arrows(spec)]
    assert shown
    missing = []
    for leg in every:
        start, end, _ = key = tuple(leg.opens[1:4])
        if start != end and {start, end} <= PLACES and key not in shown and area in {"", start, end}:
            line = shapely.LineString([points[start], points[end]])
            crossed = [code for code, land in lands().items() if code not in (start, end) and land.intersects(line)]
            rival = [one for one in shown if {*one[:2]} == {start, end}]
            missing += [key] * (not crossed and not rival)
    assert len(missing) <= 1


@pytest.mark.parametrize("area", sorted({*WITH_ROUTES} - {*MAPPED}))
@pytest.mark.parametrize("name", MEDIA)
def test_routes_of_which_none_can_be_an_arrow_are_in_columns_and_a_sentence_without_a_map(area, name):
    assert area
    spec = figure(MEDIA[name], area)
    assert not read_map.has_map(spec)
    said = spec["layout"]["annotations"][0]["text"].replace("<br>", " ")
    inside = any(start != end and {start, end} <= PLACES for start, end, _ in legs(area))
    crossing = "On a map each arrow would cross a state that its route does not name."
    assert said == (crossing if inside else "None of these routes is between two countries of the region.")
    if name != "slide":
        assert [leg.opens[1:4] for leg in columns(spec, MEDIA[name])[0]]


@pytest.mark.parametrize("area", WITH_ROUTES)
def test_columns_with_room_for_some_routes_have_the_largest_and_say_how_many_others_there_are(area):
    every, _ = columns(figure(PHONE, area), PHONE)
    for medium in (WALL, STAGE):
        shown, more = columns(figure(medium, area), medium)
        left = sorted((int(leg.figure) for leg in every), reverse=True)[len(shown) :]
        assert more == (f"{len(left)} more" if left else "")
        assert min(int(leg.figure) for leg in shown) >= max(left, default=0)


@pytest.mark.parametrize(("area", "name"), SHOWN)
def test_arrows_are_equally_wide_and_run_from_state_to_state(area, name):
    medium = MEDIA[name]
    spec = figure(medium, area)
    plane, middle = Plane(spec, "x", medium), dots(spec, medium)
    # A dot stands near its state, and in no other one.
    for code, place in middle.items():
        assert dist(place, plane.at(*store.basemap().points[code])) < FAR, code
        point = shapely.Point(plane.to_map(*place))
        inside = [land for land, shape in lands().items() if shape.contains(point)]
        assert all(land == code or lands()[land].boundary.distance(point) < 3 for land in inside), code
    pixel = (plane.across[1] - plane.across[0]) / (plane.right - plane.left)
    for trace in arrows(spec):
        start, end, _ = of_arrow(trace)
        outline = plane.points(trace)[:-1]
        tip = len(outline) // 2
        assert dist(outline[0], outline[-1]) == pytest.approx(WIDE, abs=0.3 + 0.7 / pixel)
        tail = np.mean([outline[0], outline[-1]], axis=0)
        for point, code in ((tail, start), (outline[tip], end)):
            near = {one: dist(place, point) for one, place in middle.items()}
            assert near[code] == min(near.values())
        assert hypot(*np.subtract(outline[tip], tail)) > LEAST


# In pixels: how far the marks of a state are from it at most, and the least length of an arrow.
FAR, LEAST = 54.0, 8.0


@pytest.mark.parametrize(("area", "name"), SHOWN)
def test_a_figure_is_the_same_in_each_language_and_nothing_covers_a_word(area, name):
    medium = MEDIA[name]
    specs = {code: figure(medium, area, code) for code in LANGUAGES}
    first, *others = (list(read_map.geometry(spec, medium)) for spec in specs.values())
    for other in others:
        for (look, places), (same, there) in zip(first, other, strict=True):
            assert look == same
            assert np.abs(places - there).max(initial=0) < 0.7
    plane = Plane(specs["en"], "x", medium)
    shapes = [shapely.Polygon(plane.points(trace)).buffer(0) for trace in arrows(specs["en"])]
    drawn_arrows = [of_arrow(trace) for trace in arrows(specs["en"])]
    symbols = [shapely.box(x - 3, y - 3, x + 3, y + 3) for x, y in dots(specs["en"], medium).values()]
    on_map = list(words(specs, medium, "x"))
    assert on_map
    for text, box in on_map:
        assert plane.box.contains(box), text
        assert not any(symbol.intersects(box) for symbol in symbols), text
        # A name interrupts only arrows of its state; a figure none.
        for key, shape in zip(drawn_arrows, shapes, strict=True):
            concerned = {*(name for end in key[:2] for name in (f"<b>{end}</b>", f"<b>{EN.country(end)}</b>"))}
            assert text in concerned or not shape.intersects(box), (text, key)
    every = [*on_map, *words(specs, medium, "x9")]
    assert [(a, b) for (a, one), (b, other) in combinations(every, 2) if one.intersects(other)] == []
    assert [(a, b) for a, b in combinations(symbols, 2) if a.intersects(b)] == []
    # Each arrow can be seen: none lies under another one.
    for one, other in combinations(shapes, 2):
        assert one.intersection(other).area < 0.85 * min(one.area, other.area)


def of_states(spec: dict, medium) -> dict[str, shapely.Geometry]:
    """The dot of each state."""
    return {code: shapely.box(x - 4, y - 4, x + 4, y + 4) for code, (x, y) in dots(spec, medium).items()}


@pytest.mark.parametrize(("area", "name"), SHOWN)
def test_no_arrow_touches_a_dot_of_another_state_and_each_name_is_nearest_to_its_own(area, name):
    medium = MEDIA[name]
    spec = figure(medium, area)
    plane, symbols = Plane(spec, "x", medium), of_states(spec, medium)
    for trace in arrows(spec):
        shape = shapely.Polygon(plane.points(trace)).buffer(0)
        touched = {code for code, symbol in symbols.items() if shape.intersects(symbol)}
        assert touched <= {*of_arrow(trace)[:2]}, of_arrow(trace)
    assert read_map.at_others(spec, medium, symbols) == []


def at_arrow(ends: tuple[str, str], rows: dict, spec: dict, medium) -> str:
    """The figures at an arrow: of all rows of the columns with its ends, the largest first."""
    every, _ = columns(spec, medium)
    here = sorted((leg for leg in rows if leg[:2] == ends), key=lambda leg: -rows[leg])
    listed = {tuple(leg.opens[1:4]) for leg in every}
    return " + ".join(str(rows[leg]) for leg in here if leg in listed)


@pytest.mark.parametrize("name", MEDIA)
def test_the_arrow_of_the_route_described_most_often_can_be_seen_and_has_its_figure(name):
    medium, without = MEDIA[name], []
    for area in MAPPED:
        spec, rows = figure(medium, area), legs(area)
        first = arrows(spec)[0]
        points = Plane(spec, "x", medium).points(first)[:-1]
        tail, tip = np.mean([points[0], points[-1]], axis=0), points[len(points) // 2]
        assert dist(tail, tip) >= 24, area
        shape = shapely.Polygon(points)
        assert of_arrow(first) == max(map(of_arrow, arrows(spec)), key=rows.get)
        number = at_arrow(of_arrow(first)[:2], rows, figure(PHONE, area), PHONE)
        beside = any(text == number and shape.distance(box) < 32 for text, box in words({"en": spec}, medium, "x"))
        without += [area] * (not beside)
    # Where no place is free on the map, the columns have it alone.
    assert len(without) <= len(MAPPED) // 6


@pytest.mark.parametrize("area", MAPPED)
def test_a_figure_stands_at_the_tail_of_its_arrow(area):
    """Nearer to it than to one with another figure, and nearer to its tail than to its head."""
    spec, rows = figure(LAPTOP, area), legs(area)
    plane = Plane(spec, "x", LAPTOP)
    shapes = {of_arrow(trace): plane.points(trace)[:-1] for trace in arrows(spec)}
    numbers = [(text, box) for text, box in words({"en": spec}, LAPTOP, "x") if re.fullmatch(r"[\d +]+", text)]
    said = {key: at_arrow(key[:2], rows, figure(PHONE, area), PHONE) for key in shapes}
    assert numbers or len(shapes) < 2
    for text, box in numbers:
        far = {key: shapely.Polygon(points).distance(box) for key, points in shapes.items()}
        own = min((key for key in far if said[key] == text), key=far.get)
        assert far[own] <= min(far.values()) + 1, (text, own, min(far, key=far.get))
        points, at = shapes[own], box.centroid.coords[0]
        assert dist(points[0], at) < dist(points[len(points) // 2], at)


@pytest.mark.parametrize("area", MAPPED)
@pytest.mark.parametrize("name", ["phone", "wall", "stage"])
def test_a_row_is_hollow_where_the_map_has_no_arrow_for_it(area, name):
    medium = MEDIA[name]
    spec = figure(medium, area)
    every, _ = columns(spec, medium)
    on_map = {of_arrow(trace)[:2] for trace in arrows(spec)}
    fills = [
        trace["fillcolor"]
        for trace in Plane(spec, "x9", medium).traces
        if trace.get("fill") and len(trace["x"]) == CORNERS
    ]
    hollow = [fill == COLORS.surface for fill in fills[: len(every)]]
    assert hollow == [tuple(leg.opens[1:3]) not in on_map for leg in every]
    assert ("Not on the map" in read_map.keyed(spec)) is (
        not {tuple(leg.opens[1:3]) for leg in columns(figure(PHONE, area), PHONE)[0]} <= on_map
    )


# The corners of an arrow in the columns.
CORNERS = 8


def test_a_leg_whose_other_leg_is_not_listed_says_so():
    """A reader would take its transit state for an end of the route."""
    spec = figure(WALL, "")
    said = [text for trace in Plane(spec, "x9", WALL).traces if trace["mode"] == "text" for text in trace["text"]]
    through = [leg.opens for leg in columns(spec, WALL)[0] if leg.opens[3] != "direct"]
    assert said.count("not listed here") == len(through) > 1


def test_the_page_says_that_arrows_are_left_out_only_where_some_are():
    sentence = "The map leaves out every arrow that would cross a state not named in its route."
    for area in MAPPED:
        given = {spec.name: spec.default for spec in filters.ROUTES} | {"evidence": "stated", "state": (area,)}
        marks = MAP.draw(Values.of(given | ({} if area else {"state": ()})), EN, WALL).marks
        assert marks == [sentence] * bool(over_land(area)), area


def over_land(area: str) -> list[tuple[str, str]]:
    """The routes of a state in the region that are on no arrow and would be on none that is straight."""
    every, _ = columns(figure(PHONE, area), PHONE)
    ends = {tuple(leg.opens[1:3]) for leg in every}
    inside = [pair for pair in ends if pair[0] != pair[1] and {*pair} <= PLACES]
    return [pair for pair in inside if not drawable(store.basemap(), *pair)]


def test_counted_and_described_are_in_no_figure_together():
    counted, described = (drawn("en", WALL, evidence=kind) for kind in ("counted", "stated"))
    assert arrows(counted) == []
    on_map = [{one.axis for one in read_map.circles(spec, WALL)} for spec in (counted, described)]
    assert ["x" in axes for axes in on_map] == [True, False]
    assert query.arrows(query.FlowFilter()).every["evidence"].unique().to_list() == ["counted"]
