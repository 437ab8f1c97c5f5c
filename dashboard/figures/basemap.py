"""The ground of every map: outlines of the snapshot's polygons, cut to the windows that are drawn, as plain lists.

Prepared once for a snapshot (the caller keeps it); the figures only pick from it. Kilometres in data.contract.MAP_CRS.
"""

from collections.abc import Iterable
from dataclasses import dataclass

import geopandas as gpd
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from dashboard.figures.windows import CARIBBEAN, REGION, Coordinates, Outline, Window

# Kilometres that coordinates are rounded to: a third of a screen pixel on each map.
MAIN_GRID, INSET_GRID = 1.0, 0.5
GROUPS = {"neutral": ("dependency", "outside"), "disputed": ("disputed",)}


@dataclass(frozen=True)
class Basemap:
    """Everything the maps need of the snapshot's boundaries.

    Attributes:
        main, inset: outlines by key (ISO3 or `disputed:<slug>`), cut to REGION and to CARIBBEAN.
        kinds: `state`, `dependency`, `outside` or `disputed`, by key.
        points: label points by key, inside the polygon.
        groups: lands drawn as one, by group and whether for `main`.
    """

    main: dict[str, Outline]
    inset: dict[str, Outline]
    kinds: dict[str, str]
    points: dict[str, tuple[float, float]]
    groups: dict[tuple[str, bool], Outline]

    def together(self, group: str, *, main: bool) -> Outline:
        """The outlines of `neutral` (dependencies, lands outside) or `disputed` areas as one."""
        return self.groups[group, main]

    def of_kind(self, kind: str) -> list[str]:
        """The keys of one kind, in alphabetical order."""
        return sorted(key for key, value in self.kinds.items() if value == kind)


def prepare(boundaries: gpd.GeoDataFrame) -> Basemap:
    """Cut and round the table `boundaries` for both windows (about 0.1 s)."""
    rows = list(boundaries[["area", "kind", "label_x", "label_y"]].itertuples(index=False, name=None))
    shapes = dict(zip(boundaries["area"], boundaries.geometry, strict=True))
    main, inset = _outlines(shapes, REGION, MAIN_GRID), _outlines(shapes, CARIBBEAN, INSET_GRID)
    kinds = {area: kind for area, kind, _, _ in rows}
    groups = {
        (group, drawn is main): _joined(outline for area, outline in drawn.items() if kinds[area] in members)
        for group, members in GROUPS.items()
        for drawn in (main, inset)
    }
    points = {area: (float(x), float(y)) for area, _, x, y in rows}
    return Basemap(main, inset, kinds, points, groups)


def _joined(outlines: Iterable[Outline]) -> Outline:
    """Several outlines as one, with a gap between them."""
    x: Coordinates = []
    y: Coordinates = []
    for outline in outlines:
        gap: Coordinates = [None] if x else []
        x += gap + list(outline.x)
        y += gap + list(outline.y)
    return Outline(x, y)


def _outlines(shapes: dict[str, BaseGeometry], window: Window, grid: float) -> dict[str, Outline]:
    # A margin hides the cut itself behind the edge of the picture.
    margin = window.width / 50
    frame = (window.left - margin, window.bottom - margin, window.right + margin, window.top + margin)
    cut = {key: shapely.set_precision(shapely.clip_by_rect(shape, *frame), grid) for key, shape in shapes.items()}
    return {key: _outline(shapely.get_parts(shape)) for key, shape in cut.items() if shape.area > 0}


def _outline(parts: Iterable[BaseGeometry]) -> Outline:
    x: Coordinates = []
    y: Coordinates = []
    for part in parts:
        if isinstance(part, Polygon):
            gap: Coordinates = [None] if x else []
            x += gap + [_short(value) for value in part.exterior.xy[0]]
            y += gap + [_short(value) for value in part.exterior.xy[1]]
    return Outline(x, y)


def _short(value: float) -> float:
    # JSON writes 12 for the whole number and 12.0 for the float: a third of the bytes.
    return int(value) if value == int(value) else round(value, 1)
