"""Where the labels of the route map stand: off the markers, the rings around them and the ways that arrows take."""

from dataclasses import replace

from dashboard.figures.labels import Label
from dashboard.figures.panels import Panel
from dashboard.figures.places import Place

# Pixels right and down of the marker at which a label inside or near its land begins.
NEAR_DOT = {
    "ARG": (-4.0, 58.0, "right"),
    "COL": (-13.0, -4.0, "left"),
    "HND": (8.0, -8.0, "right"),
    "MEX": (-14.0, 14.0, "left"),
    "NIC": (8.0, -9.0, "right"),
    "PER": (-10.0, 2.0, "left"),
    "VEN": (-6.0, -15.0, "left"),
}
USUAL = (7.0, 13.0, "right")
# On stage the south of the map ends sooner.
STAGED = {"ARG": (-4.0, 34.0, "right")}
# The same for labels tied to their land, where routes and badges leave less room than the figures of other maps.
TIED = {
    "BOL": (-55.0, 27.0, "left"),
    "CUB": (-14.0, -26.0, "left"),
    "GTM": (-24.0, -58.0, "right"),
    "GUY": (60.0, 6.0, "right"),
    "JAM": (9.0, -15.0, "right"),
    "SUR": (46.0, -26.0, "right"),
}


def beside(label: Label, panel: Panel, ring: float) -> Label:
    """A label off the point where arrows end; one inside its land keeps off the `ring` (pixels) as well."""
    scale, (x, y) = panel.scale, label.point
    if label.area in TIED:
        right, down, side = TIED[label.area]
        return replace(label, at=Place(x + right * scale, y - down * scale, side, away=True))
    if label.at.away:
        return label
    right, down, side = (panel.staged and STAGED.get(label.area)) or NEAR_DOT.get(label.area, USUAL)
    off = 0.7 * ring
    x += (right + (off if right > 0 else -off)) * scale
    y -= (down + (off if down > 0 else -off)) * scale
    return replace(label, at=replace(label.at, x=x, y=y, side=side))
