"""Where the maps stand on the screen: panels with windows of the map, their axes, frames and kilometres per pixel.

Wide: the Americas on the left, an enlargement of Central America and the Caribbean beside them, the key below it.
Narrow (a phone): the Americas, two enlargements one under another, the key.
"""

from dataclasses import dataclass, replace
from typing import Any

from dashboard.figures.basemap import CARIBBEAN, INSET_STATES, REGION, Window
from dashboard.figures.traces import Palette

WIDE, NARROW = (1600.0, 820.0), 358.0
GAP = 14
TITLE, NOTE_LINE = 40, 20
KEY_LEAST = 176
GREATER = Window(-1450, -130, 1330, 2190)
LESSER = Window(1270, 130, 2730, 1420)
EASTERN = frozenset(["ATG", "BRB", "DMA", "GRD", "KNA", "LCA", "TTO", "VCT"])


@dataclass(frozen=True)
class Box:
    """A rectangle of the figure in design pixels, from its lower left corner."""

    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True)
class Panel:
    """One map of the figure.

    Attributes:
        axis: what Plotly appends to x and y ("" for the first pair).
        window: the part of the map it shows; box: where it stands.
        labelled: the states that carry their label and symbol here.
    """

    axis: str
    window: Window
    box: Box
    labelled: frozenset[str]

    @property
    def main(self) -> bool:
        """Whether it is the map of the whole region."""
        return self.axis == ""

    @property
    def scale(self) -> float:
        """Kilometres in one design pixel."""
        return max(self.window.width / self.box.width, self.window.height / self.box.height)


@dataclass(frozen=True)
class Sheet:
    """The arrangement of one figure: its size in design pixels, its maps, its key."""

    width: float
    height: float
    panels: tuple[Panel, ...]
    key: Box
    narrow: bool


def sheet(
    states: frozenset[str],
    *,
    narrow: bool,
    notes: int,
    key: float = KEY_LEAST,
    window: Window = REGION,
    size: tuple[float, float] = WIDE,
) -> Sheet:
    """Arrange the maps.

    Args:
        states: the 35 states; those of no enlargement are labelled on the main map.
        narrow: the phone's arrangement.
        notes: lines of notes at the foot; key: the least height of the key, in pixels.
        window: what the main map shows (wider than REGION where lands outside stand at its edges).
        size: pixels of the wide arrangement; the nearer to the real ones, the less space is lost.
    """
    foot = notes * NOTE_LINE + 6
    return _narrow(states, window, foot, key) if narrow else _wide(states, window, foot, key, size)


def _wide(states: frozenset[str], window: Window, foot: float, key: float, size: tuple[float, float]) -> Sheet:
    width, height = size
    tall = height - TITLE - foot
    main = Box(0, foot, min(tall * window.width / window.height, 0.52 * width), tall)
    left = main.width + GAP
    room = width - left
    enlarged = min(room * CARIBBEAN.height / CARIBBEAN.width, tall - key - GAP)
    inset = Box(left, foot + tall - enlarged, room, enlarged)
    panels = (
        Panel("", window, main, states - INSET_STATES),
        Panel("2", _widened(CARIBBEAN, room / enlarged), inset, INSET_STATES),
    )
    return Sheet(width, height, panels, Box(left, foot, room, tall - enlarged - GAP), narrow=False)


def _narrow(states: frozenset[str], window: Window, foot: float, key: float) -> Sheet:
    width = NARROW
    windows = (LESSER, GREATER, window)
    labelled = (EASTERN, INSET_STATES - EASTERN, states - INSET_STATES)
    level = foot + key + GAP
    panels = []
    for axis, shown, own in zip(("3", "2", ""), windows, labelled, strict=True):
        tall = width * shown.height / shown.width
        panels.append(Panel(axis, shown, Box(0, level, width, tall), own))
        level += tall + GAP
    return Sheet(width, level - GAP + TITLE, tuple(reversed(panels)), Box(0, foot, width, key), narrow=True)


def _widened(window: Window, aspect: float) -> Window:
    """The window with sea added at its right, where a box is wider than it needs: labels have more room there."""
    return replace(window, right=max(window.right, window.left + window.height * aspect))


def layout(place: Sheet, palette: Palette, title: str, separators: str) -> dict[str, Any]:
    """The layout of a figure: fixed axes with equal units, seas, frames and the title; no legend, no drag."""
    axes: dict[str, Any] = {}
    for panel in place.panels:
        axes |= _axes(place, panel.axis, panel.box, panel.window, equal=True)
    axes |= _axes(place, "9", place.key, Window(0, 0, place.key.width, place.key.height), equal=False)
    seas = [_sea(panel, palette) for panel in place.panels]
    return {
        **axes,
        "shapes": seas,
        "annotations": [_title(title, palette, 18 if place.narrow else 22)] if title else [],
        "height": round(place.height),
        "margin": {"l": 0, "r": 0, "t": 0, "b": 0},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 14, "color": palette.ink, "family": '"Source Sans", "Source Sans 3", sans-serif'},
        "showlegend": False,
        "dragmode": False,
        "hovermode": "closest",
        "hoverlabel": {"font": {"size": 16}, "align": "left", "namelength": -1},
        "separators": separators,
    }


def _axes(place: Sheet, axis: str, box: Box, window: Window, *, equal: bool) -> dict[str, Any]:
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
    return round(min(max(pixels / whole, 0.0), 1.0), 4)


def _sea(panel: Panel, palette: Palette) -> dict[str, Any]:
    line = {"width": 0} if panel.main else {"width": 1.5, "color": palette.frame}
    corners = {"x0": 0, "y0": 0, "x1": 1, "y1": 1}
    refs = {"xref": f"x{panel.axis} domain", "yref": f"y{panel.axis} domain"}
    return {"type": "rect", "layer": "below", "fillcolor": palette.sea, "line": line, **corners, **refs}


def _title(text: str, palette: Palette, size: int) -> dict[str, Any]:
    place = {"xref": "paper", "yref": "paper", "x": 0, "y": 1, "xanchor": "left", "yanchor": "top"}
    return {"text": f"<b>{text}</b>", "showarrow": False, "font": {"size": size, "color": palette.ink}, **place}
