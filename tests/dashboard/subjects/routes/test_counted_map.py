"""The ledger and the circles of victims by citizenship, read from the figure and compared with the rows."""

import re
from collections import defaultdict
from collections.abc import Iterable
from functools import cache
from itertools import combinations, pairwise
from math import dist, pi, sqrt
from xml.etree import ElementTree as ET

import numpy as np
import pytest
import shapely

from dashboard import store
from dashboard.charts.colors import COLORS, THEMES
from dashboard.charts.medium import EMBED, PHONE, SLIDE, STAGE_WITH_FACTS, WALL, WIDE
from dashboard.charts.render.inline import Looks, inline
from dashboard.charts.render.model import drawing
from dashboard.charts.render.svg import svg
from data.i18n import language
from tests.dashboard.subjects.routes import read_map
from tests.dashboard.subjects.routes.read_map import MEDIA, STATES, circles, drawn, lands, ledger, ties, words

EN = language("en")
COUNTED = COLORS.arrows["counted"]
POSITIONS = ("origin", "destination")
# Each state in one medium after the other; the other media are long.
SHOWN = [
    pytest.param(area, name, marks=() if number % len(MEDIA) == place else pytest.mark.long)
    for number, area in enumerate(STATES)
    for place, name in enumerate(MEDIA)
]
# In pixels: what rounding to kilometers and to the tenth of a thousandth of a figure moves; how long a line from a
# state to its circle is at most.
ROUNDED = 1.5
SHORT = 60.0


@cache
def pairs() -> dict[tuple[str, str], list[dict]]:
    """The usable records of each pair of a citizenship and a detecting country, in plain Python."""
    found = defaultdict(list)
    for row in store.tables().table("flows").collect().iter_rows(named=True):
        usable = row["evidence"] == "counted" and row["repeat_of"] is None and row["low"] is not None and row["high"]
        if usable and row["status"] != "questioned" and row["origin"] and row["destination"]:
            found[row["origin"], row["destination"]].append(row)
    return dict(found)


def partners(area: str, position: str) -> dict[str, list[dict]]:
    """The records of each partner of a state; of the detecting state, its own citizens are among them."""
    if position == "origin":
        return {there: rows for (here, there), rows in pairs().items() if here == area != there}
    return {here: rows for (here, there), rows in pairs().items() if there == area}


def total(rows: Iterable[dict]) -> tuple[float, float]:
    """The least and the most that the sum of some records can be."""
    return sum(row["low"] for row in rows), sum(row["high"] for row in rows)


def printed(rows: list[dict]) -> str:
    """A figure as the ledger prints it."""
    low, high = total(rows)
    each = {row["year"] for row in rows}
    if low < high and max(row["high"] for row in rows) < 5 and len(each) == len(rows):
        return "<5" if len(rows) == 1 else "<5 a year"
    return f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"


def is_few(rows: list[dict]) -> bool:
    return printed(rows).startswith("<5")


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("area", STATES)
def test_the_ledger_has_each_partner_with_the_sum_of_its_rows(area, position):
    rows, spec = partners(area, position), drawn("en", WALL, state=area, position=position)
    if not rows:
        # Nothing is listed: a sentence, and no map.
        assert not read_map.has_map(spec)
        assert len(spec["layout"]["annotations"][0]["text"]) > 40
        return
    lines, more = ledger(spec, WALL)
    left_out = int(more.split()[0]) if more else 0
    assert len(lines) + left_out == len(rows)
    assert len({line.opens[0] for line in lines}) == len(lines)
    for line in lines:
        code = line.opens[0]
        assert line.opens[1:3] == ([area, code] if position == "origin" else [code, area])
        assert line.name == ("Own citizens" if code == area else EN.country(code))
        assert line.figure == printed(rows[code]), code
    sums = [sum(total(rows[line.opens[0]])) for line in lines if line.opens[0] != area]
    assert sums == sorted(sums, reverse=True)
    assert [line.opens[0] == area for line in lines] == [n == 0 and area in rows for n in range(len(lines))]
    least = min(sums, default=0)
    shown = {line.opens[0] for line in lines}
    assert all(sum(total(found)) <= least for code, found in rows.items() if code not in shown)


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize("area", STATES)
def test_bars_and_circles_are_as_large_as_the_rows_say(area, position):
    rows, spec = partners(area, position), drawn("en", WALL, state=area, position=position)
    if not rows:
        return
    lines, _ = ledger(spec, WALL)
    longest = max(line.long for line in lines)
    pixel = longest / max(total(rows[line.opens[0]])[1] for line in lines)
    for line in lines:
        low, high = total(rows[line.opens[0]])
        assert line.long == pytest.approx(high * pixel, abs=0.1)
        assert line.solid == pytest.approx(0 if is_few(rows[line.opens[0]]) else low * pixel, abs=0.1)
    found = {one.opens[0]: one for one in circles(spec, WALL)}
    # All partners on the map, and as many of the others as the strip has room for.
    on_map = {code for code in rows if code in store.basemap().points} - {area}
    assert on_map <= found.keys() <= rows.keys() - {area}
    limit = dots(area)
    root = scale(rows, found, limit)
    for code, one in found.items():
        low, high = total(rows[code])
        radius = sqrt(max(high, limit)) * root
        if high <= limit:
            assert set(one.solid) == {COLORS.frame}
            assert one.radius == pytest.approx(radius, abs=0.3)
            continue
        assert one.radius == pytest.approx(radius, abs=0.3), code
        certain = 0.0 if is_few(rows[code]) else radius * sqrt(low / high)
        assert sqrt(one.solid.get(COUNTED, 0.0) / pi) == pytest.approx(certain, abs=0.3), code
        assert set(one.solid) == ({COUNTED} if certain else set())
        assert bool(one.dashed) is (low < high)


def dots(area: str) -> int:
    """The highest figure between a state and another country that is a dot: one of 144th of the largest, rounded."""
    both = [rows for position in POSITIONS for code, rows in partners(area, position).items() if code != area]
    limit = int(max((total(rows)[1] for rows in both), default=0) / 144)
    return int(str(limit)[0].ljust(len(str(limit)), "0"))


def scale(rows: dict[str, list[dict]], found: dict[str, read_map.Circle], limit: int) -> float:
    """The radius in pixels of a circle for one victim, as that of the largest figure shows; 0 without circles."""
    largest = max(found, key=lambda code: total(rows[code])[1], default="")
    return found[largest].radius / sqrt(max(total(rows[largest])[1], limit)) if largest else 0.0


@pytest.mark.parametrize("name", MEDIA)
@pytest.mark.parametrize("position", POSITIONS)
def test_no_figure_has_a_larger_circle_than_a_higher_one(position, name):
    """A "<5" is at most 4: its circle is that of a 4, or a dot, of which all have one size."""
    compared = 0
    for area in ("USA", "HND", "HTI", "CRI"):
        rows, spec = partners(area, position), drawn("en", MEDIA[name], state=area, position=position)
        found = {one.opens[0]: one for one in circles(spec, MEDIA[name])}
        limit = dots(area)
        root = scale(rows, found, limit)
        for code, one in found.items():
            if is_few(rows[code]) and total(rows[code])[1] > limit:
                most = sum(4 for _ in rows[code])
                area_of_most = pi * (sqrt(most) * root) ** 2
                assert one.dashed == pytest.approx(area_of_most, rel=0.12), (area, code)
                compared += 1
        rising = sorted(found, key=lambda code: total(rows[code])[1])
        for few, more in pairwise(rising):
            assert found[few].radius <= found[more].radius + 0.3, (area, few, more)
    assert compared


# All widths in which these maps are drawn.
WIDTHS = MEDIA | {"wide": WIDE, "embed": EMBED, "stage with facts": STAGE_WITH_FACTS}


@pytest.mark.parametrize("name", WIDTHS)
@pytest.mark.parametrize("position", POSITIONS)
def test_no_circle_stands_in_another_state_than_its_own(position, name):
    medium, stood = WIDTHS[name], 0
    for area in STATES:
        spec = drawn("en", medium, state=area, position=position)
        if not read_map.has_map(spec):
            continue
        plane = read_map.Plane(spec, "x", medium)
        pixel = (plane.across[1] - plane.across[0]) / (plane.right - plane.left)
        joined = ties(spec, medium)
        for one in (one for one in circles(spec, medium) if one.axis == "x"):
            code, middle = one.opens[0], shapely.Point(plane.to_map(*one.at))
            # Outlines are drawn on a grid of one kilometer, and places are rounded to it.
            inside = [land for land, shape in lands().items() if shape.contains(middle)]
            assert all(land == code or lands()[land].boundary.distance(middle) < 3 for land in inside), (area, code)
            off = lands()[code].distance(middle) / pixel - one.radius
            tied = any(one.shape.buffer(ROUNDED).intersects(line) for line in joined)
            assert off < 1 or tied, (area, code)
            assert off < FARTHEST, (area, code)
            stood += 1
    assert stood > 100


# How far a circle that has no room at its state is from it at most, in pixels.
FARTHEST = 18.0


@pytest.mark.parametrize("medium", [WALL, PHONE], ids=["wall", "phone"])
def test_the_region_has_own_and_other_citizens_of_each_detecting_country(medium):
    spec = drawn("en", medium)
    own, others = defaultdict(list), defaultdict(list)
    for (origin, destination), rows in pairs().items():
        (own if origin == destination else others)[destination] += rows
    detecting = own.keys() | others.keys()
    lines, more = read_map.detecting(spec, medium)
    found = {one.opens[0]: one for one in circles(spec, medium)}
    in_strip = found.keys() - set(STATES)
    left_out = int(more.split()[0]) if more else 0
    assert len(lines) + len(in_strip) + left_out == len(detecting)
    assert found.keys() - in_strip == detecting & set(STATES)
    sums = {code: sum(total([*own[code], *others[code]])) for code in detecting}
    shown = [line.opens[0] for line in lines]
    names = [language("en").country(code) for code in shown]
    assert names == sorted(names)
    inside = detecting & set(STATES)
    assert set(shown) == set(sorted(inside, key=sums.__getitem__, reverse=True)[: len(shown)])
    # All bars have one scale but those of the United States, which are cut.
    pixel = next(line.long[0] for line in lines if line.opens[0] == "ARG") / total(own["ARG"])[1]
    for line in lines:
        code = line.opens[0]
        for column, some in enumerate((own[code], others[code])):
            assert line.figures[column] == (printed_sum(some) if some else "–"), code
            low, high = total(some)
            if code != "USA":
                assert line.solid[column] == pytest.approx(low * pixel, abs=0.2)
                assert line.long[column] == pytest.approx(high * pixel, abs=0.2)
        if code != "USA":
            assert line.long[0] < max(one.long[0] for one in lines if one.opens[0] == "USA")
    limit = int(max(map(total, (rows for rows in ([*own[code], *others[code]] for code in detecting))))[1] / 144)
    limit = int(str(limit)[0].ljust(len(str(limit)), "0"))
    assert limit == 300
    assert f"Dot: at most {limit} victims" in read_map.keyed(spec)
    largest = max(found, key=lambda code: total([*own[code], *others[code]])[1])
    root = found[largest].radius / sqrt(total([*own[largest], *others[largest]])[1])
    for code, one in found.items():
        high = total([*own[code], *others[code]])[1]
        whole = sqrt(max(high, limit)) * root
        assert one.radius == pytest.approx(whole, abs=0.3), code
        if high <= limit:
            assert set(one.solid) == {COLORS.frame}
            continue
        for color, some in ((COLORS.own, own), (COUNTED, others)):
            radius = sqrt(one.solid.get(color, 0.0) / pi)
            assert radius == pytest.approx(whole * sqrt(total(some[code])[0] / high), abs=0.3), code


@pytest.mark.parametrize("name", MEDIA)
def test_on_the_map_of_the_region_a_higher_figure_has_a_larger_circle(name):
    """Nothing but dots has one size: 427 is not as large as 16."""
    found = {one.opens[0]: one for one in circles(drawn("en", MEDIA[name]), MEDIA[name])}
    sums = defaultdict(float)
    for (_, destination), rows in pairs().items():
        sums[destination] += total(rows)[1]
    rising = sorted((code for code in found if sums[code] > 300), key=sums.__getitem__)
    assert len(rising) > 10
    for less, more in pairwise(rising):
        assert found[less].radius ** 2 / found[more].radius ** 2 == pytest.approx(sums[less] / sums[more], abs=0.12)


@pytest.mark.parametrize("name", ["phone", "wall"])
def test_the_ledger_of_the_region_is_the_same_in_each_language(name):
    specs = read_map.in_each_language(MEDIA[name])
    places = [[line[3:] for line in sorted(read_map.detecting(spec, MEDIA[name])[0])] for spec in specs.values()]
    assert all(np.allclose(one, places[0], atol=0.2) for one in places)


def printed_sum(rows: list[dict]) -> str:
    """A sum of several pairs: an interval, never `<5`."""
    low, high = total(rows)
    return f"{low:,.0f}" if low == high else f"{low:,.0f}–{high:,.0f}"


def test_choosing_a_detecting_state_opens_its_view():
    lines, _ = read_map.detecting(drawn("en", WALL), WALL)
    assert {len(line.opens) for line in lines} == {1}


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize(("area", "name"), SHOWN)
def test_a_figure_is_the_same_in_each_language_and_nothing_covers_a_word(area, name, position):
    medium = MEDIA[name]
    specs = read_map.in_each_language(medium, state=area, position=position)
    english = specs["en"]
    if not read_map.has_map(english):
        # Neither is there one where all partners are outside the region, or the list has own citizens alone.
        assert not {*partners(area, position)} & {*STATES} - {area}
        return
    first, *others = (list(read_map.geometry(spec, medium)) for spec in specs.values())
    for other in others:
        for (look, places), (same, there) in zip(first, other, strict=True):
            assert look == same
            assert np.abs(places - there).max(initial=0) < ROUNDED
    clear(specs, medium)


@pytest.mark.parametrize("position", POSITIONS)
@pytest.mark.parametrize(("area", "name"), SHOWN)
def test_each_name_is_nearest_to_its_own_circle(area, name, position):
    medium = MEDIA[name]
    spec = drawn("en", medium, state=area, position=position)
    if not read_map.has_map(spec):
        return
    plane = read_map.Plane(spec, "x", medium)
    found = {one.opens[0]: one.shape for one in circles(spec, medium) if one.axis == "x"}
    mark = plane.at(*store.basemap().points[area])
    assert read_map.at_others(spec, medium, found | {area: shapely.Point(mark).buffer(6)}) == []


def off_map(specs, medium):
    """The words of ledger, key and strip, with their boxes."""
    return [one for axis in read_map.axes(specs["en"])[1:] for one in words(specs, medium, axis)]


def clear(specs, medium):
    """No circle meets another one or leaves the map; no circle, line or word covers a word."""
    spec = specs["en"]
    plane, found, lines = read_map.Plane(spec, "x", medium), circles(spec, medium), ties(spec, medium)
    for one, other in combinations(found, 2):
        assert one.axis != other.axis or dist(one.at, other.at) >= one.radius + other.radius
    here = [one for one in found if one.axis == "x"]
    # No line leads from one country to another: each ends at its circle, and is short.
    assert all(any(abs(one.shape.boundary.distance(line)) < ROUNDED for one in here) for line in lines)
    assert all(line.length < SHORT for line in lines)
    assert all(plane.box.buffer(ROUNDED).contains(one.shape) for one in here)
    on_map = list(words(specs, medium, "x"))
    assert on_map
    mode = [trace.get("mode") for trace in spec["data"] if trace.get("xaxis", "x") == "x"]
    assert not lines or max(n for n, one in enumerate(mode) if one == "lines") < mode.index("text")
    for text, box in on_map:
        assert plane.box.contains(box), text
        if not any(one.shape.contains(box) for one in here):
            assert not any(one.shape.intersects(box) for one in here), text
            assert not any(line.intersects(box) for line in lines), text
    # The entries of the key follow one another in the words of each language.
    keyed = read_map.keyed(spec)
    every = [*on_map, *((text, box) for text, box in off_map(specs, medium) if text not in keyed)]
    assert [(a, b) for (a, one), (b, other) in combinations(every, 2) if one.intersects(other)] == []


@pytest.mark.parametrize("name", MEDIA)
def test_nothing_covers_a_word_on_the_map_of_the_region(name):
    clear(read_map.in_each_language(MEDIA[name]), MEDIA[name])


@pytest.mark.parametrize("name", MEDIA)
@pytest.mark.parametrize(("area", "position"), [("CAN", "destination"), ("USA", "origin"), ("HTI", "origin")])
def test_the_words_of_ledger_and_strip_stay_in_the_figure(area, position, name):
    medium = MEDIA[name]
    specs = read_map.in_each_language(medium, state=area, position=position)
    keyed = {text for spec in specs.values() for text in read_map.keyed(spec)}
    sheet = shapely.box(0, 0, medium.across, specs["en"]["layout"]["height"])
    assert [text for text, box in off_map(specs, medium) if text not in keyed and not sheet.contains(box)] == []


FILLS = {COUNTED, THEMES["light"].arrows["counted"]}
# Where the circles are read back: of the state with exact figures, ranges and "fewer than five", and the largest.
CASES = [("HTI", "origin"), ("USA", "destination"), ("COL", "origin")]


def expected(area: str, position: str, largest: float) -> list[float]:
    """The radii in pixels of what is certain of the figures with a circle on a slide, the largest first.

    Args:
        largest: the first of them, from which the scale is taken.
    """
    shown = {one.opens[0] for one in circles(drawn("en", SLIDE, state=area, position=position), SLIDE)}
    here = [total(rows) for code, rows in partners(area, position).items() if code in shown and not is_few(rows)]
    root, limit = largest / sqrt(max(low for low, _ in here)), dots(area)
    return sorted((sqrt(low) * root for low, high in here if low and high > limit), reverse=True)


@pytest.mark.parametrize(("area", "position"), CASES)
@pytest.mark.parametrize("kind", ["picture", "page"])
def test_in_svg_the_areas_of_circles_are_as_their_figures(area, position, kind):
    spec, looks = drawn("en", SLIDE, state=area, position=position), Looks()
    if kind == "picture":
        text = svg(drawing(spec, SLIDE.across))
    else:
        text = inline(drawing(spec, SLIDE.across, theme=None), looks, lambda _: "", kind="desk")
    fills = {name: dict(look).get("fill") for look, name in looks.names.items()}
    paths = [path for path in ET.fromstring(text).iter() if path.get("d")]  # noqa: S314 - ours
    solid = [path.get("d") for path in paths if path.get("fill", fills.get(path.get("class"))) in FILLS]
    radii = sorted((sqrt(shapely.Polygon(read(path)).area / pi) for path in solid), reverse=True)
    assert radii == pytest.approx(expected(area, position, radii[0]), abs=0.3)


def read(path: str) -> list[tuple[float, float]]:
    """The corners of a path of absolute or relative lines."""
    numbers = [float(number) for number in re.findall(r"-?(?:\d+\.?\d*|\.\d+)", path)]
    steps = np.array(numbers).reshape(-1, 2)
    return (steps.cumsum(axis=0) if "l" in path else steps).tolist()


def people(kind: str) -> dict[tuple[str, str], tuple[float, float]]:
    """People of a kind in its newest whole year, by pair, in plain Python."""
    name = "migrant_stock" if kind == "migrants" else "movements"
    rows = [row for row in store.tables().table(name).collect().to_dicts() if row.get("kind", "migrants") == kind]
    whole = [row for row in rows if row.get("month") is None]
    last = max(row["year"] for row in whole)
    return {(row["origin"], row["destination"]): (row["low"], row["high"]) for row in whole if row["year"] == last}


def tints(spec: dict) -> dict[str, str]:
    """The fill of each state of the map, which is drawn below the circles."""
    named = [trace for trace in spec["data"] if trace.get("name") in STATES and trace.get("fill")]
    return {trace["name"]: trace["fillcolor"] for trace in reversed(named)}


# The heading of each kind with its newest whole year; those of the crossings of 2025 are four months.
HEADINGS = {
    "1": "Migrants, 2024",
    "migrants": "Migrants, 2024",
    "refugees": "Refugees, 2025",
    "asylum_seekers": "Asylum-seekers, 2025",
    "others_in_need": "Others (UNHCR), 2025",
    "crossings": "Crossings, 2024",
}


@pytest.mark.parametrize("medium", [WALL, PHONE], ids=["wall", "phone"])
@pytest.mark.parametrize("kind", HEADINGS)
@pytest.mark.parametrize(("area", "position"), [("DOM", "destination"), ("COL", "origin"), ("PAN", "destination")])
def test_people_who_moved_are_a_tint_and_a_column_on_request(area, position, kind, medium):
    plain = drawn("en", medium, state=area, position=position)
    spec = drawn("en", medium, state=area, position=position, migrants=kind)
    # An old address has a 1 for the migrants.
    moved, partner = people("migrants" if kind == "1" else kind), partners(area, position)
    assert not any(fill in COLORS.moved for fill in tints(plain).values())
    assert "movement" not in str(plain)
    lines, _ = ledger(plain, medium)
    columns = [trace for trace in spec["data"] if trace.get("text")]
    at = next(at for at, trace in enumerate(columns) if trace["text"] == [f"<b>{HEADINGS[kind]}</b>"])
    shown = {}
    for line, text in zip(lines, columns[at + 1]["text"], strict=False):
        code = line.opens[0]
        found = moved.get((area, code) if position == "origin" else (code, area))
        assert text == ("" if code == area else EN.interval(*found) if found else "–"), code
        shown[code] = found
    # Of these there is no figure: crossings are those of three other states, for one.
    assert any(shown.values()) or (area, kind) in {
        ("DOM", "crossings"),
        ("DOM", "refugees"),
        ("COL", "others_in_need"),
    }
    # The least number of each tint; a state that is no partner, or has no figure, has none.
    for code in STATES:
        found = moved.get((area, code) if position == "origin" else (code, area)) if code in partner else None
        expected = None if not found or code == area else (found[1] >= 10_000) + (found[1] >= 100_000)
        fill = tints(spec).get(code)
        assert fill is None or (COLORS.moved.index(fill) if fill in COLORS.moved else None) == expected, code
    assert f"{HEADINGS[kind]}: movement is not trafficking" in str(spec)


def test_people_who_moved_stand_beside_one_state_alone():
    for address in ({}, {"state": "DOM,HTI"}, {"state": "DOM", "evidence": "stated"}):
        assert "Migrants, 2024" not in str(drawn("en", WALL, migrants="1", **address))
    assert "movement" not in str(drawn("en", WALL, migrants="0", state="DOM"))


@pytest.mark.parametrize("kind", HEADINGS)
def test_a_column_of_people_leaves_room_for_names_on_a_phone(kind):
    lines, _ = ledger(drawn("fr", PHONE, state="VEN", position="origin", migrants=kind), PHONE)
    named = {line.opens[0]: line.name for line in lines}
    # The longest name gives way to its code where the column leaves it no room.
    wide = kind in {"asylum_seekers", "others_in_need"}
    assert (named["DOM"], named["GUY"]) == ("DOM" if wide else "République dominicaine", "Guyana")
