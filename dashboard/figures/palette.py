"""The colours and hatches of the maps, light and dark: safe for colour-blind readers, none says good or bad."""

from dataclasses import dataclass
from typing import Any

INVISIBLE = "rgba(0,0,0,0)"


@dataclass(frozen=True)
class Palette:
    """One set of colours (CSS).

    Attributes:
        sea, land, tint: the water, lands that carry no figure, and the states of the route map.
        unreported, surface: the fill of a state without a report, and of a true zero.
        border, frame, ink, faint, halo: lines between lands, frames, text, lesser text, the glow behind text.
        ramp: five fills of rising rates; symbol: the proportional circles.
        arrows: by kind of evidence, at least 3:1 against `sea` and `tint`.
        roles: badges by role, of Okabe and Ito's set.
        series: the lines of a chart, at least 3:1 against `surface` and `unreported`, apart for colour-blind readers.
    """

    sea: str
    land: str
    tint: str
    unreported: str
    surface: str
    border: str
    frame: str
    ink: str
    faint: str
    halo: str
    hatch: str
    ramp: tuple[str, str, str, str, str]
    symbol: str
    arrows: dict[str, str]
    roles: dict[str, str]
    series: tuple[str, str, str, str, str, str]


# One set for both grounds: a badge has an outline in the ink.
OKABE_ITO = {"origin": "#e69f00", "transit": "#cc79a7", "destination": "#009e73", "internal": "#f0e442"}
PALETTES = {
    "light": Palette(
        sea="#eaf1f6",
        land="#c9ced3",
        tint="#f7f3e8",
        unreported="#e3e5e7",
        surface="#ffffff",
        border="#8a949d",
        frame="#5b6670",
        ink="#0d1117",
        faint="#4a5560",
        halo="rgba(255,255,255,.9)",
        hatch="#5b6670",
        ramp=("#fbeeb0", "#dcc98a", "#a8a184", "#68748a", "#2c4272"),
        symbol="#5f82bd",
        arrows={"counted": "#c24e00", "stated": "#0066a8"},
        roles=OKABE_ITO,
        series=("#0066a8", "#c24e00", "#14202b", "#8030f0", "#8f765c", "#9a0050"),
    ),
    "dark": Palette(
        sea="#0c141c",
        land="#333c45",
        tint="#43525f",
        unreported="#222b34",
        surface="#0a0f14",
        border="#75828e",
        frame="#93a0ac",
        ink="#f2f5f8",
        faint="#b9c3cc",
        halo="rgba(10,15,20,.9)",
        hatch="#aab4be",
        ramp=("#2f4470", "#5a6780", "#8f8c7e", "#c9b36c", "#ffe46b"),
        symbol="#3f7fb5",
        arrows={"counted": "#ff8f3f", "stated": "#5bb8f0"},
        roles=OKABE_ITO,
        series=("#5bb8f0", "#ff8f3f", "#f4f6f8", "#8f7bff", "#d9c08c", "#f0308c"),
    ),
}


def pattern(shape: str, ink: str, ground: str, size: float = 7, solidity: float = 0.25) -> dict[str, Any]:
    """A hatch of one of Plotly's shapes in `ink` over `ground`."""
    return {"shape": shape, "fgcolor": ink, "bgcolor": ground, "size": size, "solidity": solidity}
