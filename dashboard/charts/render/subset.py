"""The part of Plotly's specification that our figures use, and that every writer can draw.

What a specification holds beyond it is refused by name, so that no writer leaves anything out in silence. To draw more,
add it here and to `dashboard.charts.render.model`.
"""

import re
from collections.abc import Iterator, Mapping
from typing import Any

# What a key may contain: `ANY` value, one of a set of values, or an object with its own keys.
ANY: frozenset[Any] = frozenset()
Keys = Mapping[str, "frozenset[Any] | Keys"]

FONT: Keys = {"size": ANY, "color": ANY, "family": ANY, "shadow": ANY}
LINE: Keys = {"color": ANY, "width": ANY, "dash": ANY, "simplify": ANY}
# Of patterns the shapes that look different in print, of symbols those of `dashboard.charts.render.symbols`.
PATTERN: Keys = {
    "shape": frozenset({"/", "\\", "x", ".", "-", ""}),
    "fgcolor": ANY,
    "bgcolor": ANY,
    "size": ANY,
    "solidity": ANY,
}
MARKER: Keys = {"symbol": ANY, "size": ANY, "color": ANY, "opacity": ANY, "line": LINE}
# Hover and click are allowed everywhere; only Plotly uses them.
POINTER: Keys = dict.fromkeys(("hoverinfo", "hoveron", "hovertext", "customdata", "meta", "text"), ANY)
TRACE: Keys = {
    **POINTER,
    "type": frozenset({"scatter"}),
    "mode": frozenset({"lines", "markers", "lines+markers", "text"}),
    "name": ANY,
    "x": ANY,
    "y": ANY,
    "xaxis": ANY,
    "yaxis": ANY,
    "line": LINE,
    "fill": frozenset({"toself"}),
    "fillcolor": ANY,
    "fillpattern": PATTERN,
    "marker": MARKER,
    "textfont": FONT,
    "textposition": frozenset({"middle left", "middle center", "middle right"}),
}
AXIS: Keys = {
    **dict.fromkeys(("visible", "domain", "range", "anchor", "overlaying", "fixedrange", "scaleanchor"), ANY),
    **dict.fromkeys(("showgrid", "gridcolor", "color", "tickfont", "tickvals", "ticktext", "dtick", "nticks"), ANY),
    "tickangle": ANY,
    "zeroline": frozenset({False}),
    "type": frozenset({"linear"}),
    "side": frozenset({"top", "bottom", "left"}),
    "ticks": frozenset({"outside", ""}),
    "tickmode": frozenset({"array", "linear", "auto"}),
    "tickformat": frozenset({"d"}),
    "exponentformat": frozenset({"none"}),
    "separatethousands": frozenset({True}),
    "constrain": frozenset({"domain"}),
    "constraintoward": frozenset({"left", "top"}),
}
ANNOTATION: Keys = {
    **dict.fromkeys(("name", "text", "x", "y", "xref", "yref", "yshift", "font", "align", "bgcolor"), ANY),
    "borderpad": frozenset({0}),
    "xanchor": frozenset({"left", "center", "right"}),
    "yanchor": frozenset({"top", "middle", "bottom"}),
    "showarrow": frozenset({False}),
}
SHAPE: Keys = {
    **dict.fromkeys(("x0", "x1", "y0", "y1", "xref", "yref", "fillcolor", "line"), ANY),
    "type": frozenset({"rect"}),
    "layer": frozenset({"below"}),
}
LAYOUT: Keys = {
    **dict.fromkeys(("width", "height", "font", "separators", "paper_bgcolor", "plot_bgcolor"), ANY),
    **dict.fromkeys(("dragmode", "hovermode", "hoverlabel"), ANY),
    "margin": dict.fromkeys("ltrb", frozenset({0})),
    "showlegend": frozenset({False}),
}
_AXIS_NAME = re.compile(r"[xy]axis\d*")


class UnsupportedError(ValueError):
    """A specification uses a feature that only Plotly can draw; the message names it."""


def check(spec: Mapping[str, Any]) -> None:
    """Reject a specification with features that not every writer can draw.

    Raises:
        UnsupportedError: with the place, e.g. `data[3].error_x`.
    """
    layout = spec["layout"]
    axes = {name: value for name, value in layout.items() if _AXIS_NAME.fullmatch(name)}
    lists = {"annotations": ANNOTATION, "shapes": SHAPE}
    rest = {name: value for name, value in layout.items() if name not in axes and name not in lists}
    parts = [
        *((f"data[{number}]", trace, TRACE) for number, trace in enumerate(spec["data"])),
        ("layout", rest, LAYOUT),
        *((f"layout.{name}", value, AXIS) for name, value in axes.items()),
        *(
            (f"layout.{name}[{number}]", value, keys)
            for name, keys in lists.items()
            for number, value in enumerate(layout.get(name, []))
        ),
    ]
    for place, value, keys in parts:
        for name in _outside(place, value, keys):
            raise UnsupportedError(f"{name} is outside of what every writer can draw (see charts/render/subset.py)")


def _outside(place: str, spec: Mapping[str, Any], keys: Keys) -> Iterator[str]:
    for key, value in spec.items():
        allowed = keys.get(key)
        if allowed is None:
            yield f"{place}.{key}"
        elif isinstance(allowed, frozenset):
            every = value if isinstance(value, list) and allowed else [value]
            yield from (f"{place}.{key} = {one!r}" for one in every if allowed and one not in allowed)
        elif value is not None:
            yield from _outside(f"{place}.{key}", value, allowed)
