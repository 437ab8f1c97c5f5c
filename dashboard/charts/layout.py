"""The Plotly layout of a map figure: fixed axes, sea, frames and title."""

import textwrap
from collections.abc import Mapping
from typing import Any

from dashboard.charts.colors import COLORS
from dashboard.charts.medium import LEAD, TEXT, TITLE
from dashboard.charts.panels import Arrangement, Panel, Rectangle, Window

# The font of our documents; on the desk Streamlit's, of which it is made, and elsewhere what a machine may have of it.
FONT = '"Atalaya Sans", "Atalaya Sans Early", "Atalaya Sans Early Android", "Source Sans", "Source Sans 3", sans-serif'


def layout(place: Arrangement, title: str, separators: str) -> dict[str, Any]:
    """The Plotly layout of a figure: fixed axes (equal units on maps), sea, frames, title; no legend, no dragging."""
    axes: dict[str, Any] = {}
    for panel in place.panels:
        axes |= _axes(place, panel.axis, panel.box, panel.window, equal=True)
    axes |= _axes(place, "9", place.key, Window(0, 0, place.key.width, place.key.height), equal=False)
    seas = [_sea(panel) for panel in place.panels]
    return {
        **axes,
        "shapes": seas,
        "annotations": [_title(title, place.width)] if title else [],
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


def _axes(place: Arrangement, axis: str, box: Rectangle, window: Window, *, equal: bool) -> dict[str, Any]:
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


# The name of a title among the annotations, and the lines that fit above the maps.
TITLED, LINES = "title", 2
# The size of a title's letters and their average width in pixels; a title longer than a line has the second, on two.
LARGE, SMALL = (TITLE, 9.4), (LEAD, 7.9)


def _title(text: str, width: float) -> dict[str, Any]:
    size, letter = LARGE if len(text) * LARGE[1] <= width else SMALL
    lines = textwrap.wrap(text, max(int(width / letter), 20))
    words = f"<b>{'<br>'.join(lines)}</b>"
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "top"}
    return {
        "name": TITLED,
        "text": words,
        "align": "left",
        "showarrow": False,
        "font": {"size": size, "color": COLORS.ink},
        **place,
    }


def title_of(spec: Mapping[str, Any]) -> str:
    """The title within a figure, on one line; empty without one."""
    notes = spec["layout"].get("annotations", [])
    return next((_plain(one["text"]) for one in notes if one.get("name") == TITLED), "")


def _plain(title: str) -> str:
    return title.removeprefix("<b>").removesuffix("</b>").replace("<br>", " ")


def without_long_title(spec: dict[str, Any]) -> tuple[dict[str, Any], str]:
    """A figure without its title if that has more lines than fit above it, and that title; else the figure and ""."""
    notes = spec["layout"].get("annotations", [])
    long = [one for one in notes if one.get("name") == TITLED and one["text"].count("<br>") >= LINES]
    if not long:
        return spec, ""
    rest = [one for one in notes if one not in long]
    return spec | {"layout": spec["layout"] | {"annotations": rest}}, _plain(long[0]["text"])
