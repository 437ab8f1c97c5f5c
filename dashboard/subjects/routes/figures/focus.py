"""The part of the region that a map of a few arrows needs: the less of it is drawn, the larger are they.

The kilometers of a place are those of the projection, as in `dashboard.charts.panels`.
"""

from collections.abc import Collection, Iterable
from dataclasses import replace

from dashboard.charts.panels import REGION, Window
from dashboard.subjects.routes.figures.margin import Margins

# Kilometers around the end of an arrow, and the most around a chosen state.
AROUND, CHOSEN = 1300.0, 2600.0
# The room for a figure at the right of a place.
LABEL = 700.0
# Where the countries in the left margin are at most: well off the coast.
COAST = -2300.0


def focused(
    outside: Margins,
    ends: Collection[tuple[float, float]],
    chosen: Iterable[tuple[tuple[float, float], Window]],
    aspect: float,
) -> Margins:
    """The margins with a window around the ends of arrows and the chosen states.

    The names of countries outside keep their room at the sides.

    Args:
        ends: the places of the states at the ends of arrows.
        chosen: the place and the extent of each chosen state.
        aspect: the width of the map by its height.
    """
    boxes = [Window(x - AROUND, y - AROUND, x + AROUND, y + AROUND) for x, y in ends]
    boxes += [_near(place, extent) for place, extent in chosen]
    # The heading of a column of names is over it at the right, and under it at the left.
    heading = {"right": (AROUND / 2, AROUND), "left": (0.75 * AROUND, AROUND / 4)}
    boxes += [Window(0, one.y - heading[one.side][0], 0, one.y + heading[one.side][1]) for one in outside.shown]
    if not boxes:
        return outside
    whole, column = outside.window, [one.x for one in outside.shown if one.side == "left"]
    left, right = max(min(box.left for box in boxes), whole.left), whole.right
    if not any(one.side == "right" for one in outside.shown):
        right = min(max(box.right for box in boxes) + LABEL, whole.right)
    bottom = max(min(box.bottom for box in boxes), whole.bottom)
    top = min(max(box.top for box in boxes), whole.top)
    tall, coast = top - bottom, min(left, COAST)
    for _ in range(2 if column else 0):
        # The names take less of a larger map: twice, as its height depends on its width.
        left = coast - (column[0] - whole.left) * tall / whole.height
        tall = min(max(tall, (right - left) / aspect), whole.height)
    tall = min(max(tall, (right - left) / aspect), whole.height)
    bottom = min(max((bottom + top - tall) / 2, whole.bottom), whole.top - tall)
    shown = tuple(replace(one, x=coast) if one.side == "left" else one for one in outside.shown)
    return replace(outside, shown=shown, window=Window(left, bottom, right, bottom + tall))


def _near(place: tuple[float, float], extent: Window) -> Window:
    """The part of a state's extent that is near its place: not Alaska and not the Arctic islands."""
    x, y = place
    return Window(
        max(extent.left, x - CHOSEN, REGION.left),
        max(extent.bottom, y - CHOSEN),
        min(extent.right, x + CHOSEN, REGION.right),
        min(extent.top, y + CHOSEN),
    )
