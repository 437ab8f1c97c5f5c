"""The ledger and the arrows of described routes, read from the figure and compared with the rows."""

import re
from collections import defaultdict
from functools import cache
from itertools import combinations
from math import dist, hypot

import numpy as np
import pytest
import shapely

from dashboard import store
from dashboard.charts.medium import LAPTOP, PHONE, WALL
from dashboard.subjects.routes import query
from data.i18n import LANGUAGES, language
from tests.dashboard.subjects.routes import read_map
from tests.dashboard.subjects.routes.read_map import MEDIA, STATES, Plane, drawn, lands, ledger, words

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


WITH_ROUTES = [area for area in ("", *STATES) if legs(area)]
PLACES = store.basemap().points.keys()
MAPPED = [area for area in WITH_ROUTES if any(start != end and {start, end} <= PLACES for start, end, _ in legs(area))]
# Each state in one medium after the other; the other media are long.
SHOWN = [
    pytest.param(area, name, marks=() if number % len(MEDIA) == place else pytest.mark.long)
    for number, area in enumerate(MAPPED)
    for place, name in enumerate(MEDIA)
]


def of_arrow(trace: dict) -> tuple[str, str, str]:
    """The two ends of an arrow and its leg."""
    return tuple(trace["meta"]["opens"][1:4])


def figure(medium, area: str, code: str = "en") -> dict:
    """The figure of a state, or of all of them."""
    return drawn(code, medium, evidence="stated", **({"state": area} if area else {}))


def arrows(spec: dict) -> list[dict]:
    return [trace for trace in spec["data"] if "→" in trace.get("name", "")]


def marks(spec: dict, medium) -> dict[str, dict[str, tuple[float, float]]]:
    """The place of each mark in pixels, by role and state."""
    plane = Plane(spec, "x", medium)
    named = [trace for trace in plane.traces if trace["mode"] == "markers" and trace.get("name")]
    return {
        trace["name"]: dict(zip((code for (code,) in trace["customdata"]), plane.points(trace), strict=True))
        for trace in named
    }


@pytest.mark.parametrize("area", ["", *STATES])
def test_the_ledger_has_the_routes_described_most_often_with_their_number(area):
    # On a phone the ledger has room for all.
    rows, spec = legs(area), figure(PHONE, area)
    if not rows:
        # Nothing is described: a sentence, and no map.
        assert not read_map.has_map(spec)
        assert len(spec["layout"]["annotations"][0]["text"]) > 40
        return
    lines, more = ledger(spec, PHONE)
    assert not more
    found = {tuple(line.opens[1:4]): line for line in lines}
    assert len(found) == len(lines)
    for key, line in found.items():
        assert line.figure == str(rows[key])
        assert line.solid == line.long
    numbers = [rows[tuple(line.opens[1:4])] for line in lines]
    assert numbers == sorted(numbers, reverse=True)
    for direct, most in ((True, MOST), (False, THROUGH)):
        between = {key for key in rows if key[0] != key[1] and (key[2] == "direct") is direct}
        largest = sorted((rows[key] for key in between), reverse=True)[:most]
        assert [rows[key] for key in found if key in between] == largest
    # Inside one state only if it is chosen.
    inside = {key for key in rows if key[0] == key[1]}
    assert {key for key in found if key[0] == key[1]} == {key for key in inside if key[0] == area}
    long = [line.long / rows[tuple(line.opens[1:4])] for line in lines]
    assert max(long) - min(long) < 0.1


@pytest.mark.parametrize("area", MAPPED)
def test_routes_with_both_ends_on_the_map_are_one_arrow_each_and_give_their_ends_roles(area):
    spec = figure(PHONE, area)
    lines, _ = ledger(spec, PHONE)
    between = [tuple(line.opens[1:4]) for line in lines if line.opens[1] != line.opens[2]]
    expected = [(start, end, leg) for start, end, leg in between if {start, end} <= PLACES]
    # On a phone few arrows have no way that is clear of other marks and arrows.
    shown = [of_arrow(trace) for trace in arrows(spec)]
    assert shown == [key for key in expected if key in shown]
    assert len(expected) - len(shown) <= 2
    roles = defaultdict(set)
    for start, end, leg in expected:
        for code, role in zip((start, end), LEGS[leg], strict=True):
            roles[role].add(code)
    assert {role: set(places) for role, places in marks(spec, PHONE).items()} == dict(roles)


@pytest.mark.parametrize("area", sorted({*WITH_ROUTES} - {*MAPPED}))
@pytest.mark.parametrize("name", MEDIA)
def test_routes_that_all_lead_outside_the_region_are_bars_and_a_sentence_without_a_map(area, name):
    assert area
    spec = figure(MEDIA[name], area)
    assert not read_map.has_map(spec)
    said = spec["layout"]["annotations"][0]["text"].replace("<br>", " ")
    assert said == "None of these routes is between two countries of the region."
    if name != "slide":
        assert [line.opens[1:4] for line in ledger(spec, MEDIA[name])[0]]


@pytest.mark.parametrize("area", MAPPED)
def test_each_route_that_is_not_drawn_stands_with_its_number_in_a_list_beside_the_map(area):
    every, _ = ledger(figure(PHONE, area), PHONE)
    spec, rows = figure(WALL, area), legs(area)
    shown = [of_arrow(trace) for trace in arrows(spec)]
    apart = [line for line in every if line.opens[1] != line.opens[2] and tuple(line.opens[1:4]) not in shown]
    texts = [text for trace in spec["data"] if trace["xaxis"] == "x8" for text in trace["text"]]
    assert texts[:1] == ["Not drawn on the map"] * bool(apart)
    for text, line in zip(texts[1:], apart, strict=True):
        start, end, _ = key = tuple(line.opens[1:4])
        assert text.endswith(f" <b>{rows[key]}</b>")
        assert text.startswith((f"{EN.country(start)} → {EN.country(end)} ", f"{start} → {end} "))


@pytest.mark.parametrize("area", WITH_ROUTES)
def test_a_ledger_with_room_for_some_routes_has_the_first_and_says_how_many_others_there_are(area):
    every, _ = ledger(figure(PHONE, area), PHONE)
    lines, more = ledger(figure(WALL, area), WALL)
    assert [line.opens for line in lines] == [line.opens for line in every[: len(lines)]]
    left = len(every) - len(lines)
    assert more == (f"{left} more" if left else "")


@pytest.mark.parametrize(("area", "name"), SHOWN)
def test_arrows_are_equally_wide_and_run_from_state_to_state(area, name):
    medium = MEDIA[name]
    spec = figure(medium, area)
    plane, places = Plane(spec, "x", medium), defaultdict(list)
    for role in marks(spec, medium).values():
        for code, place in role.items():
            places[code].append(place)
    middle = {code: tuple(np.mean(some, axis=0)) for code, some in places.items()}
    # A mark stands near its state, and in no other one.
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
            near = {one: min(dist(place, point) for place in some) for one, some in places.items()}
            # The marks of a state stand side by side: those of a neighbor may be as near.
            assert near[code] <= min(near.values()) + 4
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
    symbols = [
        shapely.box(x - 3, y - 3, x + 3, y + 3)
        for role in marks(specs["en"], medium).values()
        for x, y in role.values()
    ]
    on_map = list(words(specs, medium, "x"))
    assert on_map
    numbers = legs(area)
    for text, box in on_map:
        assert plane.box.contains(box), text
        assert not any(symbol.intersects(box) for symbol in symbols), text
        # A name interrupts only arrows of its state, a figure its own arrow; the largest figure always has a place.
        for key, shape in zip(drawn_arrows, shapes, strict=True):
            concerned = {*(name for end in key[:2] for name in (f"<b>{end}</b>", f"<b>{EN.country(end)}</b>"))}
            own = {str(numbers[key]), str(numbers[drawn_arrows[0]])}
            assert text in concerned | own or not shape.intersects(box), (text, key)
    every = [*on_map, *words(specs, medium, "x9")]
    assert [(a, b) for (a, one), (b, other) in combinations(every, 2) if one.intersects(other)] == []
    assert [(a, b) for a, b in combinations(symbols, 2) if a.intersects(b)] == []
    # Each arrow can be seen: none lies under another one.
    for one, other in combinations(shapes, 2):
        assert one.intersection(other).area < 0.85 * min(one.area, other.area)


def of_states(spec: dict, medium) -> dict[str, shapely.Geometry]:
    """The marks of each state."""
    found = defaultdict(list)
    for places in marks(spec, medium).values():
        for code, (x, y) in places.items():
            found[code].append(shapely.box(x - 4, y - 4, x + 4, y + 4))
    return {code: shapely.union_all(some) for code, some in found.items()}


@pytest.mark.parametrize(("area", "name"), SHOWN)
def test_no_arrow_touches_a_mark_of_another_state_and_each_name_is_nearest_to_its_own(area, name):
    medium = MEDIA[name]
    spec = figure(medium, area)
    plane, symbols = Plane(spec, "x", medium), of_states(spec, medium)
    for trace in arrows(spec):
        shape = shapely.Polygon(plane.points(trace)).buffer(0)
        touched = {code for code, symbol in symbols.items() if shape.intersects(symbol)}
        assert touched <= {*of_arrow(trace)[:2]}, of_arrow(trace)
    assert read_map.at_others(spec, medium, symbols) == []


@pytest.mark.parametrize("name", MEDIA)
def test_the_arrow_of_the_route_described_most_often_can_be_seen_and_has_its_figure(name):
    medium = MEDIA[name]
    for area in MAPPED:
        spec, rows = figure(medium, area), legs(area)
        first = arrows(spec)[0]
        points = Plane(spec, "x", medium).points(first)[:-1]
        tail, tip = np.mean([points[0], points[-1]], axis=0), points[len(points) // 2]
        assert dist(tail, tip) >= 24, area
        shape = shapely.Polygon(points)
        assert of_arrow(first) == max(map(of_arrow, arrows(spec)), key=rows.get)
        number = str(rows[of_arrow(first)])
        assert any(text == number and shape.distance(box) < 32 for text, box in words({"en": spec}, medium, "x")), area


@pytest.mark.parametrize("area", MAPPED)
def test_a_figure_stands_at_the_tail_of_its_arrow(area):
    """Nearer to it than to one with another figure, and nearer to its tail than to its head."""
    spec, rows = figure(LAPTOP, area), legs(area)
    plane = Plane(spec, "x", LAPTOP)
    shapes = {of_arrow(trace): plane.points(trace)[:-1] for trace in arrows(spec)}
    numbers = [(text, box) for text, box in words({"en": spec}, LAPTOP, "x") if re.fullmatch(r"\d+", text)]
    assert numbers or len(shapes) < 2
    for text, box in numbers:
        far = {key: shapely.Polygon(points).distance(box) for key, points in shapes.items()}
        own = min((key for key in far if str(rows[key]) == text), key=far.get)
        assert far[own] <= min(far.values()) + 1, (text, own, min(far, key=far.get))
        points, at = shapes[own], box.centroid.coords[0]
        assert dist(points[0], at) < dist(points[len(points) // 2], at)


def test_counted_and_described_are_in_no_figure_together():
    counted, described = (drawn("en", WALL, evidence=kind) for kind in ("counted", "stated"))
    assert arrows(counted) == []
    assert read_map.circles(described, WALL) == []
    assert query.arrows(query.FlowFilter()).every["evidence"].unique().to_list() == ["counted"]
