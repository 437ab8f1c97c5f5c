"""The route map of the published figures, year by year: what arrows cover, measured on the drawing."""

import itertools
import re
from collections import Counter
from functools import cache

import pytest
import shapely
from shapely import Point

from dashboard import store
from dashboard.charts.render.metrics import width
from dashboard.stage.drawn import drawn
from dashboard.stage.request import defaults, parse, query
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes.figures.values import nudged
from data.i18n import LANGUAGES
from tests.dashboard.subjects.routes import clearance

# More arrows than the page opens with: these are the crowded views.
USUAL = {spec.name: spec.default for spec in routes_filters.ROUTES} | {routes_filters.ARROWS.name: 25}
LOOKS = {"wide": {"width": "1680", "dark": "0"}, "phone": {"width": "640", "dark": "0"}}
# Square pixels that an eye sees; and the most pairs of arrows that cross in thirty views.
SEEN, CROSSED = 2.0, 30
# The longest way that is a plain curve, as a multiple of the straight one: half of a circle has 1.57. Arrows that are
# shorter than so many pixels are hops.
DETOUR, HOP = 1.3, 100.0
# The letters of a word or a figure, at most: the sentence on an empty map has lines longer than that.
LONGEST = 30
# The height of a line of small letters in pixels; states with many flows and with few.
LINE, STATES = 10.0, ("COL", "USA", "BRA", "MEX", "DOM", "HTI", "CRI")
PLACES = nudged(store.basemap().points)
FIRST, LAST = routes_filters.years()
# Every second year alone, and all years together.
SPANS = ((FIRST, LAST), *((year, year) for year in range(FIRST, LAST + 1, 2)))


def spec(look, evidence, span):
    figure_request = parse("routes", query("routes", USUAL | {"evidence": evidence, "years": span}, "en") | LOOKS[look])
    return drawn(figure_request).spec


@cache
def counts(look, evidence):
    """How often a head, badge, code or marker is covered in the default view of each span."""
    covered = Counter()
    for span in SPANS:
        figure = spec(look, evidence, span)
        for axis in clearance.panels(figure):
            panel = clearance.panel_of(figure, axis, nudged(store.basemap().points))
            covered["arrows"] += len(panel.arrows)
            covered["heads on heads"] += len(clearance.heads_on_heads(panel, 0.25))
            covered["hidden heads"] += len(clearance.hidden_heads(panel, 0.3))
            covered["badges"] += len(clearance.crossed(panel, panel.badges))
            covered["codes"] += len(clearance.crossed(panel, panel.codes))
            covered["dots"] += len(clearance.crossed(panel, panel.dots))
            covered["marks on marks"] += len(clearance.overlapping(panel))
    return covered


# The maximum share of drawn arrows, by what is covered.
MOST = {"heads on heads": 0.12, "hidden heads": 0.15, "badges": 0.06, "codes": 0.18, "dots": 0.12, "marks on marks": 0}


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("evidence", routes_filters.EVIDENCE.options)
@pytest.mark.parametrize("what", MOST)
def test_arrows_cover_few_marks_in_any_year(look, evidence, what):
    covered = counts(look, evidence)
    assert covered["arrows"] > 100
    assert covered[what] <= MOST[what] * covered["arrows"], covered


@pytest.mark.parametrize("look", [{"width": wide, "dark": "0"} for wide in ("640", "1280", "1680")])
def test_the_arrows_of_two_neighbors_do_not_lie_over_one_another(look):
    """Guatemala and Honduras to the United States, on the map and on its enlargement, in the view of all years."""
    usual = {spec.name: spec.default for spec in routes_filters.ROUTES}
    figure, found = drawn(parse("routes", query("routes", usual, "en") | look)).spec, 0
    for axis in clearance.panels(figure):
        panel = clearance.panel_of(figure, axis, nudged(store.basemap().points))
        shapes = [one.shape for one in panel.arrows if one.ends in {("GTM", "USA"), ("HND", "USA")}]
        for one, other in itertools.combinations(shapes, 2):
            found += 1
            assert one.intersection(other).area <= clearance.TOUCH
    assert found == len(("map", "enlargement"))


# A phone, a tablet held either way and half of a screen, desks and a wall.
SCREENS = ("640", "660", "720", "740", "820", "1000", "1100", "1280", "1366", "1680", "1920")


@pytest.mark.parametrize("wide", SCREENS)
@pytest.mark.parametrize("dark", ["0", "1"])
def test_no_head_lies_on_or_under_another_arrow_in_the_first_view(wide, dark):
    usual = {spec.name: spec.default for spec in routes_filters.ROUTES}
    figure = drawn(parse("routes", query("routes", usual, "en") | {"width": wide, "dark": dark})).spec
    heads = 0
    for axis in clearance.panels(figure):
        panel = clearance.panel_of(figure, axis, nudged(store.basemap().points))
        heads += sum(arrow.head.area > 0 for arrow in panel.arrows)
        assert meeting(panel) == []
        assert [(one.ends, way) for one in panel.arrows if (way := detour(one)) > DETOUR] == []
    assert heads >= usual[routes_filters.ARROWS.name]


def detour(arrow):
    """The length of an arrow as a multiple of the straight way; 1 for a hop, which bows so that it can be seen."""
    if arrow.head.is_empty:
        return 1.0
    tip, outline = Point(arrow.head.exterior.coords[1]), arrow.shape.exterior
    straight = max(tip.distance(Point(corner)) for corner in outline.coords)
    return outline.length / 2 / straight if straight > HOP else 1.0


def meeting(panel):
    """Each head with another arrow that covers some of it, or that it covers."""
    pairs = itertools.permutations(panel.arrows, 2)
    return [(one.ends, other.ends) for one, other in pairs if one.head.intersection(other.shape).area > SEEN]


def test_few_arrows_of_the_first_view_cross_in_any_year():
    """Two arrows that have some square pixels in common, over every second year and all years on three screens."""
    usual, crossed, views = {spec.name: spec.default for spec in routes_filters.ROUTES}, 0, 0
    for wide, span in itertools.product(("640", "1280", "1680"), SPANS):
        texts = query("routes", usual | {"years": span}, "en") | {"width": wide, "dark": "0"}
        figure, views = drawn(parse("routes", texts)).spec, views + 1
        for axis in clearance.panels(figure):
            panel = clearance.panel_of(figure, axis, nudged(store.basemap().points))
            pairs = itertools.combinations(panel.arrows, 2)
            crossed += sum(one.shape.intersection(other.shape).area > clearance.TOUCH for one, other in pairs)
    assert views == 30
    assert crossed <= CROSSED


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("tall", [332, 356, 560])
def test_no_words_on_stage_meet_others(lang, tall):
    """The names of states, of countries in the margins and their heading; a longer key leaves the maps less room."""
    usual = {spec.name: spec.default for spec in routes_filters.ROUTES}
    look = {"width": "930", "dark": "0", "stage": str(tall)}
    figure, named = drawn(parse("routes", query("routes", usual, lang) | look)).spec, 0
    for axis in clearance.panels(figure):
        found = list(words(figure, axis))
        named += len(found)
        pairs = itertools.combinations(found, 2)
        assert [(a, b) for (a, one), (b, other) in pairs if one.intersection(other).area > clearance.TOUCH] == []
    assert named >= 12


@pytest.mark.parametrize("area", ["CRI", "HTI", "LCA", "USA", "DOM", "BRA", "TTO", "COL"])
@pytest.mark.parametrize("wide", ["640", "641", "1280"])
@pytest.mark.parametrize("position", ["origin", "destination"])
def test_no_figure_of_an_arrow_stands_on_a_code_a_name_or_another_figure(area, wide, position):
    """The maps of Country: on a phone, side by side on a desk, and alone on a desk."""
    values = defaults("state_routes", {"area": area, "position": position, "evidence": "counted"})
    figure = drawn(parse("state_routes", query("state_routes", values, "en") | {"width": wide, "dark": "0"})).spec
    for axis in clearance.panels(figure):
        numbers, others = list(words(figure, axis, numbers=True)), list(words(figure, axis))
        pairs = [*itertools.combinations(numbers, 2), *itertools.product(numbers, others)]
        assert [(a, b) for (a, one), (b, other) in pairs if one.intersection(other).area > 3 * SEEN] == []


def test_few_figures_stand_away_from_their_arrows():
    """On the maps of Country: nearer to another arrow, or so far off that a line of text would fit between."""
    found, away = 0, []
    for area, position, wide in itertools.product(STATES, ("origin", "destination"), ("640", "641", "1280")):
        values = defaults("state_routes", {"area": area, "position": position, "evidence": "counted"})
        figure = drawn(parse("state_routes", query("state_routes", values, "en") | {"width": wide, "dark": "0"})).spec
        for axis in clearance.panels(figure):
            shapes = {one.ends: one.shape for one in clearance.panel_of(figure, axis, PLACES).arrows}
            for text, box in words(figure, axis, numbers=True):
                # Only figures that a single arrow has, by the text that its shape shows under the pointer.
                arrows = (trace for trace in figure["data"] if "→" in trace.get("name", ""))
                owners = {trace["name"] for trace in arrows if f": {text}<br>" in trace["text"]}
                ends = tuple(min(owners, default="").split("→"))
                if len(owners) != 1 or ends not in shapes:
                    continue
                found += 1
                nearest = min(shape.distance(box.centroid) for shape in shapes.values())
                off = shapes[ends].distance(box.centroid) - nearest > SEEN
                away += [(area, position, wide, text)] * (off or shapes[ends].distance(box) > LINE)
    assert found >= 200
    assert len(away) <= 0.05 * found, away


def words(figure, axis, *, numbers=False):
    """The words of a panel that are no figures, each with its box in pixels; or those that are."""
    pixel = clearance.scale(figure, axis)
    for trace in figure["data"]:
        if trace["mode"] == "text" and trace["xaxis"] == f"x{axis}":
            sides, size = trace["textposition"], trace["textfont"]["size"]
            sides = [sides] * len(trace["text"]) if isinstance(sides, str) else sides
            for x, y, text, side in zip(trace["x"], trace["y"], trace["text"], sides, strict=True):
                lines = re.sub("</?b>", "", text).split("<br>")
                # A sentence on an empty map is no figure and stands in a box of its own.
                if bool(re.search(r"\d", text)) is numbers and "(" not in text and len(text) < LONGEST:
                    wide = max(width(line, size, bold="<b>" in text) for line in lines)
                    left = x / pixel - {"right": 0.0, "left": wide, "center": wide / 2}[side.split()[1]]
                    half = len(lines) * size / 2
                    yield text, shapely.box(left, y / pixel - half, left + wide, y / pixel + half)
