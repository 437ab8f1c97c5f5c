"""Shapes that touch lie in layers one over another; those of one layer can be drawn as one."""

from collections.abc import Sequence

import numpy as np
import shapely

from dashboard.figures.windows import Outline


def levels(outlines: Sequence[Outline], margin: float) -> list[int]:
    """The layer of each shape, from the bottom up: over all earlier ones that come nearer to it than two margins."""
    shapes = shapely.buffer([_shape(outline) for outline in outlines], margin, quad_segs=1)
    found = [0] * len(outlines)
    later, earlier = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    # By the later one of each pair, so that the earlier one's layer is known.
    for at in np.lexsort((earlier, later)):
        if earlier[at] < later[at]:
            found[later[at]] = max(found[later[at]], found[earlier[at]] + 1)
    return found


def _shape(outline: Outline) -> shapely.Geometry:
    rings: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(outline.x, outline.y, strict=True):
        if x is None or y is None:
            rings.append([])
        else:
            rings[-1].append((x, y))
    return shapely.MultiPolygon([shapely.Polygon(ring) for ring in rings])
