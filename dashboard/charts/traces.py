"""The few kinds of Plotly trace that figures are made of, as plain dicts."""

from collections.abc import Mapping, Sequence
from typing import Any

from dashboard.charts.look import Palette
from dashboard.charts.panels import Coordinates, Outline

Trace = dict[str, Any]
LARGE = 100


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
    """A filled land; `line` is color and width, `hover` the text over the whole of it (none: it does not answer).

    `extra` goes into the trace: `fillpattern`, `name`, `meta`.
    """
    answer = {"hoveron": "fills", "hoverinfo": "text", "text": hover} if hover else {"hoverinfo": "skip"}
    stroke = {"color": line[0], "width": line[1], "dash": dash, "simplify": False}
    shape = {"mode": "lines", "x": outline.x, "y": outline.y, "fill": "toself", "fillcolor": fill, "line": stroke}
    return {**_on(axis), **shape, **answer, **extra}


def lines(axis: str, x: Coordinates, y: Coordinates, *, color: str, width: float, dash: str = "solid") -> Trace:
    """Lines that do not answer to the pointer."""
    stroke = {"color": color, "width": width, "dash": dash}
    return {**_on(axis), "mode": "lines", **_xy(x, y), "line": stroke, "hoverinfo": "skip"}


def marks(axis: str, x: Coordinates, y: Coordinates, marker: dict[str, Any], **extra: object) -> Trace:
    """Symbols; give `customdata` and `hovertext` to those that can be chosen, otherwise they do not answer."""
    answer = {"hoverinfo": "text"} if "hovertext" in extra else {"hoverinfo": "skip"}
    return {**_on(axis), "mode": "markers", **_xy(x, y), "marker": marker, **answer, **extra}


def held(trace: Trace, scale: float, offsets: Sequence[tuple[float, float]]) -> Trace:
    """The same, for the stage: each of its points stays so many pixels right and up of its place, however near the map
    is seen; `scale` is the kilometers in a pixel of the whole map.
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
    palette: Palette,
    size: float,
    inverse: bool = False,
) -> Trace:
    """Texts beside points; `side` is left, right or center (where the text lies, seen from its point).

    `inverse` swaps ink and ground, for words inside a dark fill of a light map and the reverse.
    """
    ink, halo = (palette.surface, palette.ink) if inverse else (palette.ink, palette.halo)
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
    """Tenths near zero, whole numbers from `LARGE` on: half a kilometer is a sixth of a pixel of any panel."""
    if value is None:
        return None
    return round(value) if value == int(value) or abs(value) >= LARGE else round(value, 1)


def both_ends(axis: Mapping[str, Any]) -> dict[str, Any]:
    """An axis for the words under the rows and the same over them, where a tall chart needs them twice."""
    return {
        "xaxis": {**axis, "side": "bottom"},
        "xaxis2": {**axis, "side": "top", "overlaying": "x", "anchor": "y", "showgrid": False},
    }


def ghost() -> Trace:
    """Without a trace of its own the axis over the rows would not be drawn."""
    return marks("2", [None], [None], {"size": 1}) | {"yaxis": "y"}
