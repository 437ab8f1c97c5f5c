"""The arrows of a slide, measured on its shapes: as wide as the same figure is on page Routes and page Country."""

import math
from functools import cache

import pytest

from dashboard.charts.medium import SLIDE
from dashboard.subjects.routes import briefing, query
from dashboard.subjects.routes import filters as routes_filters
from dashboard.subjects.routes.page_figures import on_map
from data.i18n import language
from tests.dashboard.briefing.deck import every, of_kind, opened
from tests.dashboard.subjects.routes import clearance

EN = language("en")
# States that are on the main map; the enlargement has others.
STATES = ("ARG", "BOL", "BRA", "CHL", "COL", "ECU", "GUY", "MEX", "PER", "PRY", "SUR", "URY", "VEN")
# The width of the Americas on the map in kilometers of the projection; the light edge of an arrow in pixels.
AMERICAS, EDGE, LINE = 10_300, 0.9, 1.0
# Widths by the rule of docs/method.md, as shares of the map: of 10,000 persons, of 25 statements, and the least.
RULE, LEAST = {"counted": (10_000, 0.04), "stated": (25, 0.025)}, 0.004


def slide_of(area: str, evidence: str):
    """The slide with the map of a kind of evidence: described routes come last."""
    return of_kind(opened("en", area), "map")[0 if evidence == "counted" else -1]


@cache
def arrows(area: str, evidence: str) -> query.Arrows:
    return briefing.few(query.arrows(routes_filters.of_state(area, evidence)))


@cache
def spec(area: str, evidence: str) -> dict:
    selection = routes_filters.of_state(area, evidence)
    return on_map(selection, arrows(area, evidence), EN, SLIDE, titled=False).spec


def forms(slide, name: str) -> list:
    """The free forms of a name, of the main map and of the enlargement."""
    drawn = (shape for shape in every(slide.shapes) if shape.name == name)
    return [shape for shape in drawn if next(shape.element.iter("{*}custGeom"), None) is not None]


def corners(shape) -> list[tuple[float, float]]:
    """The corners of a free form in EMU."""
    path = next(shape.element.iter("{*}path"))
    across, down = (shape.width / int(path.get("w")), shape.height / int(path.get("h")))
    found = [(int(point.get("x")) * across, int(point.get("y")) * down) for point in path.iter("{*}pt")]
    return found[:-1] if found[0] == found[-1] else found


def kilometer(slide, area: str, evidence: str) -> float:
    """The EMU of a kilometer on the main map, from the width of the largest state that is whole on it."""
    found = {}
    for one in spec(area, evidence)["data"]:
        if one.get("name") in STATES and one["xaxis"] == "x" and one["type"] == "scatter":
            wide, tall = (max(values) - min(values) for values in (known(one["x"]), known(one["y"])))
            # The second shape, if there is one, is the part on the enlargement.
            for shape in forms(slide, EN.country(one["name"]))[:1]:
                if shape.width / shape.height == pytest.approx(wide / tall, rel=0.002):
                    found[wide] = shape.width / wide
    return found[max(found)]


def known(values) -> list[float]:
    return [value for value in values if value is not None]


def share(slide, row: dict, area: str, evidence: str) -> list[float]:
    """The widths of an arrow's shapes where the head begins, as shares of the map's width.

    The outline has the left side of the shaft, the wing, the tip, the other wing, and the right side back.
    """
    # An arrow of perhaps nobody has a line of its color, half of it outside the outline; others a light edge inside it.
    edges = (2 * EDGE if row["low"] else -LINE) * clearance.scale_of_slide(spec(area, evidence), "")
    found = []
    # The second shape of a name is on the enlargement, where an arrow may be cut.
    for shape in forms(slide, f"{EN.country(row['origin'])} → {EN.country(row['destination'])}")[:1]:
        outline = corners(shape)
        tip = len(outline) // 2
        kilometers = math.dist(outline[tip - 2], outline[tip + 2]) / kilometer(slide, area, evidence)
        found.append((kilometers - edges) / AMERICAS)
    return found


CASES = [("LCA", "stated"), ("HTI", "stated"), ("HTI", "counted"), ("USA", "counted"), ("USA", "stated")]


@pytest.mark.parametrize(("area", "evidence"), CASES)
def test_an_arrow_is_as_wide_on_a_slide_as_its_figure_says(area, evidence):
    slide = slide_of(area, evidence)
    pixel = clearance.scale_of_slide(spec(area, evidence), "") / AMERICAS
    of, wide = RULE[evidence]
    measured = 0
    for row in arrows(area, evidence).shown.to_dicts():
        if row["origin"] == row["destination"] or row["leg"] != "direct":
            continue
        expected = max(LEAST, wide * math.sqrt((row["low"] + row["high"]) / 2 / of))
        for found in share(slide, row, area, evidence):
            assert found == pytest.approx(expected, abs=0.4 * pixel), (row["origin"], row["destination"])
            measured += 1
    assert measured >= 4


def test_one_statement_is_as_thin_on_every_slide():
    shares = []
    for area in ("LCA", "HTI"):
        slide = slide_of(area, "stated")
        ones = [row for row in arrows(area, "stated").shown.to_dicts() if (row["high"], row["leg"]) == (1, "direct")]
        shares += [found for row in ones for found in share(slide, row, area, "stated")]
    assert len(shares) >= 4
    # A tenth of a pixel of the map of Saint Lucia: where an arrow bends, its sides are not quite opposite each other.
    assert max(shares) - min(shares) < 0.1 * clearance.scale_of_slide(spec("LCA", "stated"), "") / AMERICAS
