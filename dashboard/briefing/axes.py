"""Where the axes of a Plotly specification lie on its sheet, as Plotly places them; what leaves them is cut off."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import shapely

Point = tuple[float, float]


@dataclass(frozen=True)
class Axes:
    """One pair of axes: its box on the sheet (pixels from the upper left corner) and the values at its edges.

    Attributes:
        left, top, right, bottom: the box.
        origin: the values at its lower left corner; pixel: the pixels of one unit across and upwards.
    """

    left: float
    top: float
    right: float
    bottom: float
    origin: Point
    pixel: Point

    def place(self, x: float, y: float) -> Point:
        """A point of the figure as pixels of the sheet."""
        return self.left + (x - self.origin[0]) * self.pixel[0], self.bottom - (y - self.origin[1]) * self.pixel[1]

    def holds(self, point: Point) -> bool:
        """Whether a place of the sheet lies in the box."""
        return self.left <= point[0] <= self.right and self.top <= point[1] <= self.bottom

    def clipped(self, ring: Sequence[Point]) -> Iterator[tuple[Point, ...]]:
        """What of a closed ring lies in the box, as closed rings."""
        if all(map(self.holds, ring)):
            yield tuple(ring)
            return
        shape = shapely.make_valid(shapely.Polygon(ring)) if len(set(ring)) > 2 else shapely.Polygon()  # noqa: PLR2004 - an area has three corners
        for part in shapely.get_parts(shapely.clip_by_rect(shape, self.left, self.top, self.right, self.bottom)):
            if part.area > 0:
                yield tuple(map(tuple, shapely.get_coordinates(part.exterior)))

    def trimmed(self, line: Sequence[Point]) -> Iterator[tuple[Point, ...]]:
        """What of a line lies in the box."""
        if all(map(self.holds, line)):
            yield tuple(line)
            return
        cut = shapely.clip_by_rect(shapely.LineString(line), self.left, self.top, self.right, self.bottom)
        for part in shapely.get_parts(cut):
            yield tuple(map(tuple, shapely.get_coordinates(part)))


# Pixels over the topmost axes that are kept: the caption of an enlargement stands there.
CAPTION = 20.0


def blank(layout: Mapping[str, Any]) -> float:
    """The pixels on top where a title would stand, but for the room of a caption."""
    tops = [axis["domain"][1] for name, axis in layout.items() if name.startswith("yaxis")]
    return max(float((1 - max(tops)) * layout["height"]) - CAPTION, 0.0)


def axes(layout: Mapping[str, Any], suffix: str) -> Axes:
    """The axes `x<suffix>` and `y<suffix>` of a layout that has its width and height, without what is blank on top.

    Maps have equal units both ways: their box then shrinks towards its upper left corner, as Plotly does it.
    """
    across, up = layout[f"xaxis{suffix}"], layout[f"yaxis{suffix}"]
    (x0, x1), (y0, y1) = across["range"], up["range"]
    width, height = float(layout["width"]), float(layout["height"])
    up_to = height - blank(layout)
    left, right = (share * width for share in across["domain"])
    bottom, top = (up_to - share * height for share in up["domain"])
    pixel = ((right - left) / (x1 - x0), (bottom - top) / (y1 - y0))
    if "scaleanchor" in up:
        least = min(pixel)
        pixel = (least, least)
        right, bottom = left + (x1 - x0) * least, top + (y1 - y0) * least
    return Axes(left, top, right, bottom, (x0, y0), pixel)
