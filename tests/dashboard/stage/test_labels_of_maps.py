"""Labels on the map of the region, as drawn from the real rows, never overlap: each line of each label is measured."""

import itertools
import re
from math import dist

import pytest
import shapely
from shapely import LineString, Point

from dashboard import store
from dashboard.charts.medium import EMBED, STAGE, STAGE_WITH_FACTS
from dashboard.charts.panels import EASTERN
from dashboard.charts.render.metrics import width
from dashboard.stage.drawn import drawn
from dashboard.stage.request import defaults, parse, query
from dashboard.subjects.states import filters as states_filters
from data.i18n import LANGUAGES, language
from data.subregions import SUBREGIONS, states_of
from tests.dashboard.charts.map_scale import panels, scale

LOOKS = {
    "desk": {"width": "1280"},
    "wall": {"width": "1680"},
    "laptop": {"width": "1040"},
    "tablet": {"width": "880"},
    "upright tablet": {"width": "641"},
    "phone": {"width": "640"},
    "stage": {"width": "930", "stage": "356"},
    "picture": {"width": "1060", "stage": "370"},
    "upright picture": {"width": "700", "stage": "660"},
}
YEAR = states_filters.default_year("detected_victims")
# The latest figures have their years: the longest labels.
VIEWS = [{"latest": False, "year": year, "measure": measure} for year in (2010, YEAR) for measure in ("rate", "count")]
VIEWS += [{"latest": True, "measure": measure} for measure in ("rate", "count")]
# Pixels: the height of a line, and an overlap that no eye sees.
LINE, SEEN = 18, 1.5


def boxes(spec, axis):
    """The label and rectangle in pixels of each line of text on a panel; lines of a figure follow that of its code."""
    km, area = scale(spec, axis), ""
    for trace in spec["data"]:
        if trace["mode"] != "text" or trace["xaxis"] != f"x{axis}":
            continue
        size = trace["textfont"]["size"]
        sides = trace["textposition"]
        sides = [sides] * len(trace["x"]) if isinstance(sides, str) else sides
        for x, y, text, position in zip(trace["x"], trace["y"], trace["text"], sides, strict=True):
            lines = text.split("<br>")
            area = text if text.startswith("<b>") else area
            for rank, line in enumerate(lines):
                bold = "".join(re.findall("<b>(.*?)</b>", line))
                wide = width(bold, size, bold=True) + width(re.sub("<b>.*?</b>", "", line), size)
                side, middle = position.split()[1], y / km + ((len(lines) - 1) / 2 - rank) * LINE
                left = x / km - {"right": 0, "left": wide, "center": wide / 2}[side]
                yield area, (left, middle - size / 2, left + wide, middle + size / 2)


def meet(one, other):
    return all(min(one[end + 2], other[end + 2]) - max(one[end], other[end]) > SEEN for end in (0, 1))


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("values", VIEWS)
def test_no_label_of_the_region_covers_another(values, look):
    usual = {spec.name: spec.default for spec in states_filters.REGION}
    spec = drawn(parse("region", query("region", usual | values, "en") | {"dark": "0"} | LOOKS[look])).spec
    assert len(apart(spec)) == 35


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("subregion", SUBREGIONS)
def test_the_map_of_a_subregion_shows_its_states_larger_and_their_labels_apart(subregion, look):
    usual = {spec.name: spec.default for spec in states_filters.REGION}
    spec, whole = (
        drawn(parse("region", query("region", usual | {"subregion": part}, "en") | {"dark": "0"} | LOOKS[look])).spec
        for part in (subregion, "all")
    )
    states, outlines = states_of(subregion), store.basemap().main
    assert len(apart(spec)) == len(states)
    assert max(scale(spec, axis) for axis in panels(spec)) < 0.9 * scale(whole, "")
    seen = shapely.union_all([window(spec, axis) for axis in panels(spec)])
    assert all(seen.contains(shapely.box(*vars(outlines[code].extent).values())) for code in states)


# Where Home shows the map, on stage and in pictures: names in place of codes.
NAMED = {
    "Home": {"width": str(EMBED.width), "stage": str(EMBED.height)},
    "stage": {"width": str(STAGE.width), "stage": str(STAGE.height)},
    "stage with facts": {"width": str(STAGE_WITH_FACTS.width), "stage": str(STAGE_WITH_FACTS.height)},
    "picture": LOOKS["picture"],
    "upright picture": LOOKS["upright picture"],
}


@pytest.mark.parametrize("look", NAMED)
@pytest.mark.parametrize("code", LANGUAGES)
def test_a_name_stands_on_its_state_or_beside_it_and_on_no_other_one(code, look):
    usual = {spec.name: spec.default for spec in states_filters.REGION}
    spec = drawn(parse("region", query("region", usual, code) | {"dark": "0"} | NAMED[look])).spec
    lands, points, seen = store.basemap().lands, store.basemap().points, 0
    for axis in panels(spec):
        km = scale(spec, axis)
        (marks,) = (
            trace
            for trace in spec["data"]
            if trace["xaxis"] == f"x{axis}" and "words" in (trace.get("meta") or ()) and trace.get("customdata")
        )
        areas = [area for (area,) in marks["customdata"]]
        for number, x, y, left, bottom, right, top in marks["meta"]["words"]:
            area, away = areas[number], dist((x, y), points[areas[number]]) > km
            words = shapely.box(x + left * km, y + bottom * km, x + right * km, y + top * km)
            others = {other: lands[other] for other in store.basemap().of_kind("state") if other != area}
            assert not away or not [other for other, land in others.items() if land.contains(Point(x, y))], area
            covered = {other: land.intersection(words).area / words.area for other, land in others.items()}
            assert lands[area].intersects(words) or max(covered.values()) < COVERED, (area, covered)
            seen += 1
    assert seen == 35


# The most of a name that may stand on another state, if no part of it stands on its own one.
COVERED = 0.25


def window(spec, axis):
    """What a map shows, in kilometers."""
    (left, right), (bottom, top) = (spec["layout"][f"{way}axis{axis}"]["range"] for way in "xy")
    return shapely.box(left, bottom, right, top)


# Screens of 1366, 1920 and 390 pixels, and a tablet.
SCREENS = ("desk", "wall", "phone", "upright tablet")


@pytest.mark.parametrize("look", SCREENS)
@pytest.mark.parametrize("measure", states_filters.MEASURE.options)
def test_no_leader_line_crosses_a_label_in_any_year(measure, look):
    usual = {spec.name: spec.default for spec in states_filters.REGION} | {"measure": measure}
    years, met, leaders = range(states_filters.YEAR.low, states_filters.YEAR.high + 1), [], 0
    for year in years:
        texts = query("region", usual | {"year": year}, "en") | {"dark": "0"} | LOOKS[look]
        spec = drawn(parse("region", texts)).spec
        for axis in panels(spec):
            labels, lines = list(boxes(spec, axis)), list(leader_lines(spec, axis))
            leaders += len(lines)
            met += [(year, area) for area, box in labels for line in lines if line.intersects(shapely.box(*box))]
    assert met == []
    # Those of the islands, at least.
    assert leaders >= len(EASTERN) * len(years)


@pytest.mark.parametrize("look", SCREENS)
def test_a_leader_line_and_its_mark_stand_some_pixels_from_the_label(look):
    """Nearer, they look like part of the dash in a label."""
    values = {spec.name: spec.default for spec in states_filters.REGION}
    spec, found = drawn(parse("region", query("region", values, "en") | {"dark": "0"} | LOOKS[look])).spec, 0
    for axis in panels(spec):
        km = scale(spec, axis)
        ends = [Point(line.coords[-1]) for line in leader_lines(spec, axis) if line.length]
        for trace in spec["data"]:
            sizes = trace.get("marker", {}).get("size")
            if trace["xaxis"] == f"x{axis}" and isinstance(sizes, list):
                places = zip(trace["x"], trace["y"], sizes, strict=True)
                ends += [Point(x / km, y / km).buffer(size / 2) for x, y, size in places]
        beside = {area: shapely.box(*box) for area, box in reversed([*boxes(spec, axis)]) if area}
        beside = [box for area, box in beside.items() if re.search("</b> .", area)]
        found += len(ends) * len(beside)
        assert [(end, box) for end in ends for box in beside if end.distance(box) < GAP] == []
    assert found >= 1


# In pixels.
GAP = 4.0


def leader_lines(spec, axis):
    """The lines in pixels from states to their labels."""
    km = scale(spec, axis)
    for trace in spec["data"]:
        straight = trace["mode"] == "lines" and "fill" not in trace and trace["line"].get("dash") != "dot"
        if straight and trace["xaxis"] == f"x{axis}":
            for a, b in itertools.pairwise(zip(trace["x"], trace["y"], strict=True)):
                if None not in (*a, *b):
                    yield LineString([(a[0] / km, a[1] / km), (b[0] / km, b[1] / km)])


# The heights that titles leave on stage, and that of a wide embed.
HEIGHTS = {"coverage_map": ("364", "392", "436"), "parties_map": ("340", "392"), "ledger_map": ("312", "392")}


@pytest.mark.parametrize("code", LANGUAGES)
@pytest.mark.parametrize(("name", "height"), [(name, height) for name in HEIGHTS for height in HEIGHTS[name]])
def test_on_stage_every_state_has_its_whole_name(name, height, code):
    texts = query(name, defaults(name, {"paragraph": "26"} if name == "ledger_map" else {}), code)
    spec = drawn(parse(name, texts | {"dark": "0", "width": "930", "stage": height})).spec
    labels = [re.sub("<br>", " ", text) for text in apart(spec)]
    names = [re.match("<b>(.*)</b>", text)[1].replace("</b> <b>", " ").replace("-</b>", "-") for text in labels]
    assert {name.replace("- ", "-") for name in names} == {language(code).country(area) for area in store.areas()}


def apart(spec):
    """The labels of all panels; fails if one covers another, or is cut."""
    found = set()
    for axis in panels(spec):
        labels = list(boxes(spec, axis))
        found |= {area for area, _ in labels}
        pairs = itertools.combinations(labels, 2)
        assert [(a, b) for (a, one), (b, other) in pairs if a != b and meet(one, other)] == []
        # All of each text is on its map.
        across = [value / scale(spec, axis) for value in spec["layout"][f"xaxis{axis}"]["range"]]
        assert [area for area, box in labels if box[0] < across[0] - 1 or box[2] > across[1] + 1] == []
    return found
