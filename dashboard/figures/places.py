"""Where labels stand: inside a land where they fit, else beside it, by hand-set offsets.

The offsets are design pixels, so that they hold on every panel. A label that would run over the edge of its panel is
pulled back inside.
"""

from dataclasses import dataclass

from dashboard.figures.panels import Panel


@dataclass(frozen=True)
class Place:
    """Where a label stands: x and y on the map (kilometres) and the side of that point its text grows to.

    `away` says that it stands outside its land, beside a dot.
    """

    x: float
    y: float
    side: str
    away: bool


# Pixels right and up of the label point, and the side that the text grows to.
OFFSETS: dict[str, tuple[float, float, str]] = {
    "ATG": (16, 14, "right"),
    "BHS": (30, 20, "right"),
    "BLZ": (34, 16, "right"),
    "BOL": (4, -2, "center"),
    "BRB": (16, 0, "right"),
    "CHL": (-34, 0, "left"),
    "CRI": (-26, -22, "left"),
    "CUB": (-10, 34, "right"),
    "DMA": (16, 6, "right"),
    "DOM": (10, 38, "right"),
    "ECU": (-34, -4, "left"),
    "GRD": (-16, -6, "left"),
    "GUY": (30, 72, "right"),
    "HTI": (-10, -54, "left"),
    "JAM": (-28, -18, "left"),
    "KNA": (-18, 16, "left"),
    "LCA": (-16, 14, "left"),
    "PAN": (18, 44, "right"),
    "PER": (-5, 8, "center"),
    "PRY": (78, -22, "right"),
    "SLV": (-22, -28, "left"),
    "SUR": (34, 42, "right"),
    "TTO": (22, 6, "right"),
    "URY": (30, -30, "right"),
    "VCT": (-18, 0, "left"),
}

# On stage maps are small for their letters: labels move less, and some neighbours inside their lands move apart.
NEARER = 0.8
STAGED: dict[str, tuple[float, float, str]] = {
    "BOL": (8, -10, "center"),
    "COL": (-9, -4, "center"),
    "HND": (2, 10, "center"),
    "NIC": (6, -8, "center"),
    "PER": (-9, 12, "center"),
    "VEN": (5, 3, "center"),
}


def place(panel: Panel, area: str, point: tuple[float, float], room: float = 0.0) -> Place:
    """Where a state's label that takes that many pixels stands; at its label point unless `OFFSETS` moves it."""
    right, up, side = _offset(panel, area)
    x, y = point[0] + right * panel.scale, point[1] + up * panel.scale
    if side == "right":
        x = min(x, panel.window.right - room * panel.scale)
    elif side == "left":
        x = max(x, panel.window.left + room * panel.scale)
    return Place(x, y, side, away=side != "center")


def _offset(panel: Panel, area: str) -> tuple[float, float, str]:
    right, up, side = OFFSETS.get(area, (0.0, 0.0, "center"))
    if not panel.staged:
        return right, up, side
    return STAGED.get(area) or (right * NEARER, up * NEARER, side)
