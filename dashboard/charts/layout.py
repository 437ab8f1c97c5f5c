"""The Plotly layout of a map figure: fixed axes, sea and frames."""

from typing import Any

from dashboard.charts.colors import COLORS
from dashboard.charts.medium import TEXT
from dashboard.charts.panels import Arrangement, Panel, Rectangle, Window

# The font of our documents; on the desk Streamlit's, of which it is made, and elsewhere what a machine may have of it.
FONT = '"Atalaya Sans", "Atalaya Sans Early", "Atalaya Sans Early Android", "Source Sans", "Source Sans 3", sans-serif'


def layout(place: Arrangement, separators: str) -> dict[str, Any]:
    """The Plotly layout of a figure: fixed axes (equal units on maps), sea, frames; no legend, no dragging."""
    axes: dict[str, Any] = {}
    for panel in place.panels:
        axes |= axes_of(place, panel.axis, panel.box, panel.window, equal=True)
    axes |= axes_of(place, "9", place.key, Window(0, 0, place.key.width, place.key.height), equal=False)
    seas = [_sea(panel) for panel in place.panels]
    return {
        **axes,
        "shapes": seas,
        "annotations": [],
        "height": round(place.height),
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": TEXT, "color": COLORS.ink, "family": FONT},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"font": {"size": 16}, "align": "left", "namelength": -1},
        "separators": separators,
    }


def axes_of(place: Arrangement, axis: str, box: Rectangle, window: Window, *, equal: bool) -> dict[str, Any]:
    """The axes of a box: `equal` ones keep their scale where a sheet is stretched, and what they have its shape."""
    # Dragging a map would separate it from the key and the enlargements.
    common = {"visible": False, "fixedrange": True}
    x = {
        **common,
        "range": [window.left, window.right],
        "domain": [_share(box.left, place.width), _share(box.left + box.width, place.width)],
        "anchor": f"y{axis}",
    }
    y = {
        **common,
        "range": [window.bottom, window.top],
        "domain": [_share(box.bottom, place.height), _share(box.bottom + box.height, place.height)],
        "anchor": f"x{axis}",
    }
    if equal:
        x |= {"constrain": "domain", "constraintoward": "left"}
        y |= {"constrain": "domain", "constraintoward": "top", "scaleanchor": f"x{axis}"}
    return {f"xaxis{axis}": x, f"yaxis{axis}": y}


def _share(pixels: float, whole: float) -> float:
    # Plotly rejects a domain outside of 0 to 1, even by a rounding error.
    return round(min(max(pixels / whole, 0.0), 1.0), 4)


def _sea(panel: Panel) -> dict[str, Any]:
    line = {"width": 0} if panel.main else {"width": 1.5, "color": COLORS.frame}
    corners = {"x0": 0, "y0": 0, "x1": 1, "y1": 1}
    refs = {"xref": f"x{panel.axis} domain", "yref": f"y{panel.axis} domain"}
    return {"type": "rect", "layer": "below", "fillcolor": COLORS.sea, "line": line, **corners, **refs}
