"""The ground of every map: outlines of the snapshot's polygons, cut to the windows that are drawn, as plain lists.

Prepared once for a snapshot (the caller keeps it); the figures only pick from it. Kilometres in data.contract.MAP_CRS.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

import geopandas as gpd
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

# One list of Plotly: numbers, and a None where the pen is lifted.
Coordinates = list[float | None]


@dataclass(frozen=True)
class Window:
    """A rectangle of the map, in kilometres."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Kilometres from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Kilometres from bottom to top."""
        return self.top - self.bottom

    @property
    def outline(self) -> tuple[Coordinates, Coordinates]:
        """Its closed border as x and y."""
        xs: Coordinates = [self.left, self.right, self.right, self.left, self.left]
        return xs, [self.bottom, self.bottom, self.top, self.top, self.bottom]

    def meets(self, other: "Window") -> bool:
        """Whether two rectangles have a point in common."""
        beside = self.right < other.left or other.right < self.left
        return not (beside or self.top < other.bottom or other.top < self.bottom)


# Hawaii, the Aleutians and northern Greenland lie outside of what is drawn; no other land of a state does.
REGION = Window(-5350, -6950, 4950, 7750)
CARIBBEAN = Window(-1450, -130, 2760, 2190)
# The states that the main map is too small to label; the inset is theirs.
_ISLES = "ATG BHS BRB CUB DMA DOM GRD HTI JAM KNA LCA TTO VCT"
_ISTHMUS = "BLZ CRI GTM HND NIC PAN SLV"
INSET_STATES = frozenset(f"{_ISLES} {_ISTHMUS}".split())
# Kilometres that coordinates are rounded to: a third of a screen pixel on each map.
MAIN_GRID, INSET_GRID = 1.0, 0.5


@dataclass(frozen=True)
class Outline:
    """A land or an arrow as Plotly draws it: rings one after another, a None between them."""

    x: Coordinates
    y: Coordinates

    @cached_property
    def extent(self) -> Window:
        """The rectangle around it."""
        xs, ys = ([value for value in values if value is not None] for values in (self.x, self.y))
        return Window(min(xs), min(ys), max(xs), max(ys))


@dataclass(frozen=True)
class Basemap:
    """Everything the maps need of the snapshot's boundaries.

    Attributes:
        main, inset: outlines by key (ISO3 or `disputed:<slug>`), cut to REGION and to CARIBBEAN.
        kinds: `state`, `dependency`, `outside` or `disputed`, by key.
        points: label points by key, inside the polygon.
    """

    main: dict[str, Outline]
    inset: dict[str, Outline]
    kinds: dict[str, str]
    points: dict[str, tuple[float, float]]

    def of_kind(self, kind: str) -> list[str]:
        """The keys of one kind, in alphabetical order."""
        return sorted(key for key, value in self.kinds.items() if value == kind)


def prepare(boundaries: gpd.GeoDataFrame) -> Basemap:
    """Cut and round the table `boundaries` for both windows (about 0.1 s)."""
    rows = list(boundaries[["area", "kind", "label_x", "label_y"]].itertuples(index=False, name=None))
    shapes = dict(zip(boundaries["area"], boundaries.geometry, strict=True))
    return Basemap(
        main=_outlines(shapes, REGION, MAIN_GRID),
        inset=_outlines(shapes, CARIBBEAN, INSET_GRID),
        kinds={area: kind for area, kind, _, _ in rows},
        points={area: (float(x), float(y)) for area, _, x, y in rows},
    )


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
