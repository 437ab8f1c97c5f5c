"""Builders for the few kinds of Plotly trace that figures use, as plain dicts."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from dashboard.charts.colors import COLORS, Ground
from dashboard.charts.panels import Coordinates, Outline, Point

Trace = dict[str, Any]
# The `meta` of invisible marks on shapes that answer to a pointer by themselves where shapes can.
HANDLES = "handles"
LARGE = 100


def xy(points: Iterable[Point | None]) -> tuple[Coordinates, Coordinates]:
    """The x and the y of points; None is a gap."""
    every = list(points)
    return [point and point[0] for point in every], [point and point[1] for point in every]


def area(
    axis: str,
    outline: Outline,
    fill: str,
    *,
    line: tuple[str, float],
    hover: str = "",
    dash: str = "solid",
    **extra: object,
) -> Trace:
    """A filled area.

    Args:
        line: color and width of the outline.
        hover: the text shown over the whole area; without it the area has no hover.
        extra: further keys of the trace: `fillpattern`, `name`, `meta`.
    """
    answer = {"hoveron": "fills", "hoverinfo": "text", "text": hover} if hover else {"hoverinfo": "skip"}
    stroke = {"color": line[0], "width": line[1], "dash": dash, "simplify": False}
    shape = {"mode": "lines", "x": outline.x, "y": outline.y, "fill": "toself", "fillcolor": fill, "line": stroke}
    return {**_on(axis), **shape, **answer, **extra}


def lines(axis: str, x: Coordinates, y: Coordinates, *, color: str, width: float, dash: str = "solid") -> Trace:
    """Lines without hover."""
    stroke = {"color": color, "width": width, "dash": dash}
    return {**_on(axis), "mode": "lines", **_xy(x, y), "line": stroke, "hoverinfo": "skip"}


def marks(axis: str, x: Coordinates, y: Coordinates, marker: dict[str, Any], **extra: object) -> Trace:
    """Symbols; those that can be selected need `customdata` and `hovertext`, others have no hover."""
    answer = {"hoverinfo": "text"} if "hovertext" in extra else {"hoverinfo": "skip"}
    return {**_on(axis), "mode": "markers", **_xy(x, y), "marker": marker, **answer, **extra}


def anchored(trace: Trace, scale: float, offsets: Sequence[tuple[float, float]]) -> Trace:
    """The trace with each point kept at an offset in pixels (right, up) from its place, at any zoom of the stage.

    Args:
        scale: kilometers per pixel of the whole map.
    """
    right, up = ([round(offset[axis], 1) for offset in offsets] for axis in (0, 1))
    return trace | {"meta": {"scale": round(scale, 4), "right": right, "up": up}}


def words(
    axis: str,
    x: Coordinates,
    y: Coordinates,
    text: Sequence[str],
    side: Sequence[str] | str,
    *,
    size: float,
    ground: Ground = "page",
) -> Trace:
    """Text beside points.

    Args:
        side: left, right or center: where the text is, seen from its point.
        ground: what the text stands on.
    """
    ink, halo = COLORS.words(ground)
    font = {"size": size, "color": ink, "shadow": _halo(halo)}
    sides = f"middle {side}" if isinstance(side, str) else [f"middle {one}" for one in side]
    shown = {"text": list(text), "textposition": sides, "textfont": font, "hoverinfo": "skip"}
    return {**_on(axis), "mode": "text", **_xy(x, y), **shown}


def _halo(color: str) -> str:
    return ", ".join(f"{x}px {y}px 2px {color}" for x in (-1, 1) for y in (-1, 1))


def _on(axis: str) -> Trace:
    return {"type": "scatter", "xaxis": f"x{axis}", "yaxis": f"y{axis}"}


def _xy(x: Coordinates, y: Coordinates) -> Trace:
    return {"x": [_short(value) for value in x], "y": [_short(value) for value in y]}


def _short(value: float | None) -> float | None:
    """Round to tenths, and from `LARGE` on to whole numbers: half a kilometer is at most a sixth of a pixel."""
    if value is None:
        return None
    return round(value) if value == int(value) or abs(value) >= LARGE else round(value, 1)


def both_ends(axis: Mapping[str, Any]) -> dict[str, Any]:
    """An x axis repeated above the rows, for tall charts that need its labels twice."""
    return {
        "xaxis": {**axis, "side": "bottom"},
        "xaxis2": {**axis, "side": "top", "overlaying": "x", "anchor": "y", "showgrid": False},
    }


def ghost() -> Trace:
    """An empty trace: without one Plotly would not draw the axis above the rows."""
    return marks("2", [None], [None], {"size": 1}) | {"yaxis": "y"}
