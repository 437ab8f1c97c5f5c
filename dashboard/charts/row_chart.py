"""The frame of a chart with one row per state: names at the left, key above. Also a frame without rows."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.colors import COLORS
from dashboard.charts.key import Item, headings, height, key
from dashboard.charts.layout import layout
from dashboard.charts.medium import NOTE, TEXT, Medium
from dashboard.charts.panels import GAP, Arrangement, Rectangle, plain
from data.i18n import Language

LETTER = 7.6
CODES = 40.0
FIGURES = 64.0
# Space above and below the rows for a line of numbers, in pixels.
NUMBERS = 30.0
# An axis of numbers writes them in full, with the language's separators, not as "5k".
AS_WRITTEN = {"exponentformat": "none", "separatethousands": True}


@dataclass(frozen=True)
class Chart:
    """What the parts of one chart share.

    Attributes:
        order: the row number of each state, 0 at the top; items: the entries of the key.
        row: height of a row in pixels (without rows: of the plot).
        edge: space above and below the rows for the labels of the axis, in pixels.
        below: whether the key is below the rows.
    """

    order: Mapping[str, int]
    items: Sequence[Item]
    lang: Language
    medium: Medium
    row: float
    edge: float
    below: bool = False


def rows_of(areas: Sequence[str], lang: Language) -> dict[str, int]:
    """The row number of each state, in alphabetical order of the names."""
    return {area: row for row, area in enumerate(lang.sorted_countries(areas))}


def names_room(names: Iterable[str], medium: Medium) -> float:
    """The room in pixels for names of states left of their rows; on a phone these are codes."""
    return CODES if medium.narrow else max(map(len, names), default=0) * LETTER + GAP


def chart(shape: Chart, *, heading: str) -> dict[str, Any]:
    """A spec without data traces: the key, and the layout with a row per state; `heading` opens the key."""
    names: dict[float, str] = {
        row: area if shape.medium.narrow else shape.lang.country(area) for area, row in shape.order.items()
    }
    return named_rows(shape, names, heading=heading)


def named_rows(shape: Chart, names: Mapping[float, str], *, heading: str) -> dict[str, Any]:
    """The same with rows at given places, by their names."""
    last = max(names, default=-1)
    spec = _framed(shape, names_room(names.values(), shape.medium), (last + 1) * shape.row, heading)
    rows = {"tickmode": "array", "tickvals": [*names], "ticktext": [*names.values()]}
    look = {"range": [last + 0.6, -0.6], "tickfont": {"size": NOTE if shape.medium.narrow else TEXT}}
    spec["layout"]["yaxis"] |= rows | look | {"showgrid": True, "gridcolor": COLORS.unreported}
    return spec


def blank(shape: Chart, *, heading: str) -> dict[str, Any]:
    """A spec without data traces and without rows: the y axis shows figures."""
    spec = _framed(shape, FIGURES, shape.row, heading)
    spec["layout"]["yaxis"] |= AS_WRITTEN
    return spec


def _framed(shape: Chart, left: float, tall: float, heading: str) -> dict[str, Any]:
    bare, width = plain(shape.medium), shape.medium.across
    items = [*headings(heading, bare), *shape.items]
    keyed = height(items, bare)
    bottom = shape.edge + (keyed + GAP) * shape.below
    level = 0.0 if shape.below else bottom + tall + shape.edge + GAP
    whole = keyed + tall + 2 * shape.edge + GAP
    place = Arrangement(width, whole, (), Rectangle(0, level, width, keyed), shape.medium)
    spec = layout(place, shape.lang.separators)
    look = {"fixedrange": True, "zeroline": False, "showgrid": False, "color": COLORS.ink}
    spec["xaxis"] = look | {"domain": [round(left / width, 4), 1], "anchor": "y"}
    spec["yaxis"] = look | {"domain": [round(bottom / whole, 4), round((bottom + tall) / whole, 4)], "anchor": "x"}
    return {"data": key(place, items), "layout": spec}
