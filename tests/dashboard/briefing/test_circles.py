"""The circles of a slide, measured on its shapes: their areas are as the figures."""

from math import pi, sqrt

import pytest
import shapely
from pptx.enum.shapes import MSO_SHAPE_TYPE

from dashboard.charts.colors import THEMES
from tests.dashboard.briefing.deck import every, of_kind, opened
from tests.dashboard.subjects.routes.test_counted_map import dots, is_few, partners, total

COLOR = THEMES["light"].arrows["counted"].removeprefix("#").upper()
# A pixel of the map in EMU, and how far a radius may be off.
PIXEL, OFF = 11_720, 0.4


def corners(shape) -> list[tuple[float, float]]:
    """The corners of a free form in EMU."""
    path = next(shape.element.iter("{*}path"))
    across, down = shape.width / int(path.get("w")), shape.height / int(path.get("h"))
    return [(int(point.get("x")) * across, int(point.get("y")) * down) for point in path.iter("{*}pt")]


def solid(slide) -> list:
    """The free forms in the color of counted victims: circles have more corners than the bars of a key."""
    alone = [shape for shape in every(slide.shapes) if shape.shape_type == MSO_SHAPE_TYPE.FREEFORM]
    forms = [shape for shape in alone if next(shape.element.iter("{*}custGeom"), None) is not None]
    paints = [next(shape.element.find(".//{*}spPr").iterchildren("{*}solidFill"), None) for shape in forms]
    return [
        corners(shape)
        for shape, paint in zip(forms, paints, strict=True)
        if paint is not None and paint[0].get("val").upper() == COLOR and len(corners(shape)) > 5
    ]


@pytest.mark.parametrize(("area", "position"), [("HTI", "origin"), ("USA", "destination"), ("COL", "origin")])
def test_the_area_of_a_circle_on_a_slide_is_as_its_figure(area, position):
    slide = of_kind(opened("en", area), "map")[0]
    radii = sorted((sqrt(shapely.Polygon(one).area / pi) / PIXEL for one in solid(slide)), reverse=True)
    sums = [total(rows) for code, rows in partners(area, position).items() if code != area and not is_few(rows)]
    roots = sorted((sqrt(low) for low, _ in sums if low), reverse=True)
    # As many as the map and the strip beside it have room for.
    assert 4 < len(radii) <= len(roots)
    largest = radii[0] / roots[0]
    assert radii[:5] == pytest.approx([root * largest for root in roots[:5]], abs=OFF)
    drawn = [sqrt(low) * largest for low, high in sums if low and high > dots(area)]
    for radius in radii:
        assert min(abs(radius - one) for one in drawn) < OFF
