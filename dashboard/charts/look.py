"""Colors and hatches in light and dark, the classes of a rate, and the look of each state of a number."""

import math
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

INVISIBLE = "rgba(0,0,0,0)"
# The least contrast of shapes by WCAG 2 (1.4.11).
SEEN = 3.0
# Below this value sRGB is linear.
LINEAR = 0.04045


@dataclass(frozen=True)
class Palette:
    """The colors of a theme (CSS).

    Attributes:
        sea, land, tint: the water, land without figures, and the states of the route map.
        unreported, surface: the fill of a state without a report, and of a true zero.
        border, frame, ink, faint, halo: lines between lands, frames, text, lesser text, the glow behind text.
        ramp: five fills for rising rates, from yellow (less) to blue (more) in every theme; symbol: the circles.
        arrows: by kind of evidence, at least 3:1 against `sea` and `tint`.
        roles: badges by role, from the Okabe-Ito palette.
        series: the lines of a chart, at least 3:1 against `surface` and `unreported`, distinct for color-blind readers.
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

    def edge(self, fill: str) -> str:
        """The color of the line around a fill: the palest one with enough contrast."""
        return next(line for line in (self.border, self.frame, self.surface, self.ink) if contrast(line, fill) >= SEEN)


# One set for both themes: badges have an outline in the ink color.
OKABE_ITO = {"origin": "#e69f00", "transit": "#cc79a7", "destination": "#009e73", "internal": "#f0e442"}
PALETTES = {
    "light": Palette(
        sea="#eaf1f6",
        land="#d2d6da",
        tint="#f7f3e8",
        unreported="#e3e5e7",
        surface="#ffffff",
        border="#727d87",
        frame="#5b6670",
        ink="#0d1117",
        faint="#4a5560",
        halo="rgba(255,255,255,.9)",
        hatch="#5b6670",
        ramp=("#fbeeb0", "#d1bd78", "#9b947a", "#68748a", "#2c4272"),
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
        ramp=("#e6dca4", "#b9b08a", "#8a8a88", "#5a6b9c", "#374b9e"),
        symbol="#4a8bc2",
        arrows={"counted": "#ff8f3f", "stated": "#5bb8f0"},
        roles=OKABE_ITO,
        series=("#5bb8f0", "#ff8f3f", "#f4f6f8", "#8f7bff", "#d9c08c", "#f0308c"),
    ),
}


def luminance(color: str) -> float:
    """Relative luminance of a color (`#rrggbb`), 0 to 1, as WCAG defines it."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= LINEAR else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colors, 1 to 21, as WCAG defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)


def pattern(shape: str, ink: str, ground: str, size: float = 7, solidity: float = 0.25) -> dict[str, Any]:
    """A hatch of one of Plotly's shapes in `ink` over `ground`."""
    return {"shape": shape, "fgcolor": ink, "bgcolor": ground, "size": size, "solidity": solidity}


# In the order of the key. `zero` is an exact 0, which must never look like a low value.
STATES = ("exact", "zero", "masked", "conflicting", "suspect", "not_reported")
DARK = 125
SYMBOLS = {
    "exact": "circle",
    "zero": "circle-open",
    "masked": "circle-x-open",
    "conflicting": "diamond-open",
    "suspect": "diamond-cross-open",
    "not_reported": "circle-open-dot",
}


@dataclass(frozen=True)
class Look:
    """Fill, hatch and border of a state on a map, and the symbol used where the state is too small to see."""

    fill: str
    line: tuple[str, float]
    hatch: dict[str, Any] | None
    symbol: str
    ink: str

    @property
    def dark(self) -> bool:
        """Whether light text reads better on the fill than dark text (by the mean of its channels)."""
        channels = [int(self.fill[at : at + 2], 16) for at in (1, 3, 5)]
        return sum(channels) / 3 < DARK

    @property
    def extra(self) -> dict[str, Any]:
        """The further keys that `traces.area` takes."""
        return {"fillpattern": self.hatch} if self.hatch else {}


def number_state(row: Mapping[str, Any]) -> str:
    """One of `STATES` for a row of the region frame."""
    return "zero" if row["status"] == "exact" and row["high"] == 0 else str(row["status"])


def look(row: Mapping[str, Any], palette: Palette, breaks: Sequence[float] | None) -> Look:
    """The look of a row; with `breaks` (a rate map) values are filled by class, without them all values look alike."""
    state = number_state(row)
    fill = (
        palette.tint
        if breaks is None or state != "exact"
        else palette.ramp[shade(class_of(row["high"], breaks), breaks)]
    )
    return look_of(state, fill, palette)


def shade(rank: int, breaks: Sequence[float]) -> int:
    """The position of a class on the ramp: fewer than five classes are spread over the whole ramp."""
    return round(rank * 4 / max(len(breaks), 1))


def look_of(state: str, fill: str, palette: Palette) -> Look:
    """The look of a state of a number; `fill` is the fill of a value."""
    hatches = {
        "masked": pattern("/", palette.hatch, palette.surface),
        "conflicting": pattern("x", palette.hatch, palette.surface, 8, 0.2),
        "suspect": pattern(".", palette.ink, palette.surface, 7, 0.3),
        # Thin lines, like the dash beside the state: in gray the fill is that of the lowest class.
        "not_reported": pattern("-", palette.edge(palette.unreported), palette.unreported, 6, 0.17),
    }
    grounds = {"exact": fill, "zero": palette.surface, "not_reported": palette.unreported}
    ground = grounds.get(state, palette.surface)
    line = (palette.ink, 1.6) if state == "zero" else (palette.edge(ground), 0.8)
    ink = {"exact": fill, "not_reported": palette.faint}.get(state, palette.ink)
    return Look(ground, line, hatches.get(state), SYMBOLS[state], ink)


CLASSES = 5
# A limit is one of these times a power of ten.
STEPS = (1.0, 2.0, 5.0, 10.0)


def class_breaks(values: Iterable[float | None]) -> list[float]:
    """The upper limits of all classes except the last, ascending: at most four, none without positive values.

    The rule is published in `docs/method.md`: fifths of all figures, each cut moved to the nearest 1, 2 or 5 times a
    power of ten.

    Args:
        values: every figure of the indicator, all states and years; nulls, zeros and negatives are ignored.
    """
    positive = sorted(value for value in values if value is not None and value > 0)
    if not positive:
        return []
    cuts = {_rounded(_quantile(positive, share / CLASSES)) for share in range(1, CLASSES)}
    return sorted(cut for cut in cuts if positive[0] <= cut < positive[-1])


def class_of(value: float, breaks: Sequence[float]) -> int:
    """The class of a positive figure, 0 for the lowest; a figure equal to a limit belongs to the class below it."""
    return bisect_left(breaks, value)


def decimals(limit: float) -> int:
    """The number of decimals needed to write a limit in full."""
    return len(f"{limit:.6f}".rstrip("0").partition(".")[2])


def _quantile(ordered: Sequence[float], share: float) -> float:
    place = share * (len(ordered) - 1)
    below = math.floor(place)
    above = min(below + 1, len(ordered) - 1)
    return ordered[below] + (place - below) * (ordered[above] - ordered[below])


def _rounded(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    step = min(STEPS, key=lambda step: abs(math.log(step * power / value)))
    return float(f"{step * power:.2g}")
