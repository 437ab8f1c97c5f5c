"""The colors of figures in light and dark.

Figures are drawn in names of colors (`COLORS`), as CSS writes them; whoever writes a figure for a theme replaces them
(`resolved`), or leaves it to a style sheet (`sheet`).
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, fields
from functools import cache
from typing import Any, Literal

Theme = Literal["light", "dark"]
# What words stand on: the page or a neutral fill, a fill of the ramp near to the page (pale), or far from it (deep).
Ground = Literal["page", "pale", "deep"]
GROUNDS: tuple[Ground, ...] = ("page", "pale", "deep")

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
        partner, described, chosen: states with a counted pair, on a described route, and the chosen one.
        focus: the mark of a chosen state and the line around it.
        own: own citizens among counted people: far from the color of all counted figures, of the same hue.
        unreported, surface: what has no kind or no report in a chart; the page, and on maps a zero and no report.
        border, frame, ink, faint, halo: lines between lands, frames, text, lesser text, the glow behind text.
        ramp: six fills for rising rates, blue-green, from near to the page (less) to far from it (more); symbol: the
            circles and bars of counted figures.
        arrows: by kind of evidence, at least 3:1 against `sea` and `tint`.
        roles: badges by role, from the Okabe-Ito palette.
        series: the lines of a chart, at least 3:1 against `surface` and `unreported`, distinct for color-blind readers;
            the first, also that of a line alone, is the color of counted figures.
        moved: three quiet tints of states for more migrants, at least 3:1 against counted figures.
    """

    sea: str
    land: str
    tint: str
    partner: str
    described: str
    focus: str
    own: str
    chosen: str
    unreported: str
    surface: str
    border: str
    frame: str
    ink: str
    faint: str
    halo: str
    hatch: str
    ramp: tuple[str, str, str, str, str, str]
    symbol: str
    arrows: dict[str, str]
    roles: dict[str, str]
    series: tuple[str, str, str, str, str, str]
    moved: tuple[str, str, str]

    def edge(self, fill: str) -> str:
        """The color of the line around a fill of `COLORS`: the palest one with enough contrast."""
        return fill.replace(PREFIX, f"{PREFIX}edge-")

    def words(self, ground: Ground) -> tuple[str, str]:
        """The ink of words on some ground, and the glow behind them."""
        return (self.ink, self.halo) if ground == "page" else (_named(f"on-{ground}"), _named(f"around-{ground}"))


# One set for both themes: badges have an outline in the ink color.
OKABE_ITO = {"origin": "#e69f00", "transit": "#cc79a7", "destination": "#009e73", "internal": "#f0e442"}
THEMES: dict[Theme, Palette] = {
    "light": Palette(
        sea="#f2f5f7",
        land="#e4e8eb",
        tint="#f7f3e8",
        partner="#f6dcc6",
        described="#d3e5f3",
        focus="#17324d",
        own="#4d1f00",
        chosen="#c6d3e0",
        unreported="#e3e5e7",
        surface="#ffffff",
        border="#727d87",
        frame="#5b6670",
        ink="#0d1117",
        faint="#4a5560",
        halo="rgba(255,255,255,.9)",
        hatch="#5b6670",
        ramp=("#a2d9cd", "#49bcc4", "#0095a7", "#097387", "#045062", "#002c39"),
        symbol="#c24e00",
        arrows={"counted": "#c24e00", "stated": "#0066a8"},
        roles=OKABE_ITO,
        series=("#c24e00", "#14202b", "#0066a8", "#8030f0", "#8f765c", "#9a0050"),
        moved=("#f0e9f9", "#e4d8f5", "#d8c5f1"),
    ),
    "dark": Palette(
        sea="#0c141c",
        land="#1f262d",
        tint="#43525f",
        partner="#4a3a2e",
        described="#2a4c66",
        focus="#6a9bd1",
        own="#ffe9d6",
        chosen="#2f4a66",
        unreported="#222b34",
        surface="#0a0f14",
        border="#75828e",
        frame="#93a0ac",
        ink="#f2f5f8",
        faint="#b9c3cc",
        halo="rgba(10,15,20,.9)",
        hatch="#aab4be",
        ramp=("#073848", "#055c76", "#057b84", "#09a0ab", "#7ed6d2", "#cafef1"),
        symbol="#d56c1c",
        arrows={"counted": "#ff8f3f", "stated": "#5bb8f0"},
        roles=OKABE_ITO,
        series=("#ff8f3f", "#f4f6f8", "#5bb8f0", "#8f7bff", "#d9c08c", "#f0308c"),
        moved=("#4b4566", "#5a4788", "#6644a4"),
    ),
}


PREFIX = "var(--figure-"
# A name, and how opaque it is where it is written with two digits more.
NAME = re.compile(r"var\(--figure-([a-z\d-]+)\)([\da-f]{2})?")


def _named(name: str) -> str:
    return f"{PREFIX}{name})"


def _numbered(name: str, many: int) -> tuple[str, ...]:
    return tuple(_named(f"{name}-{number}") for number in range(many))


_PLAIN = [field.name for field in fields(Palette) if field.name not in {"ramp", "series", "moved", "arrows", "roles"}]
# The names of all colors: what figures are drawn in.
COLORS = Palette(
    **{name: _named(name) for name in _PLAIN},
    ramp=_numbered("ramp", 6),  # type: ignore[arg-type]
    series=_numbered("series", 6),  # type: ignore[arg-type]
    moved=_numbered("moved", 3),  # type: ignore[arg-type]
    arrows={kind: _named(kind) for kind in ("counted", "stated")},
    roles=OKABE_ITO,
)


@cache
def values(theme: Theme) -> Mapping[str, str]:
    """The color of each name in a theme."""
    palette = THEMES[theme]
    found = {name: str(getattr(palette, name)) for name in _PLAIN} | palette.arrows
    for name in ("ramp", "series", "moved"):
        found |= {f"{name}-{number}": color for number, color in enumerate(getattr(palette, name))}
    found |= {f"edge-{name}": _edge(palette, color) for name, color in found.items() if color.startswith("#")}
    plain, swapped = (palette.ink, palette.halo), (palette.surface, palette.ink)
    grounds = {"pale": plain, "deep": swapped}
    found |= {f"on-{ground}": ink for ground, (ink, _) in grounds.items()}
    return found | {f"around-{ground}": halo for ground, (_, halo) in grounds.items()}


def _edge(palette: Palette, fill: str) -> str:
    lines = palette.border, palette.frame, palette.faint, palette.surface, palette.ink
    return next(line for line in lines if contrast(line, fill) >= SEEN)


def resolved(spec: Any, theme: Theme) -> Any:  # noqa: ANN401 - a specification is any nesting of lists and dicts
    """A copy of a specification in the colors of a theme; lists of numbers are not copied."""
    if isinstance(spec, str):
        return NAME.sub(lambda found: values(theme)[found[1]] + (found[2] or ""), spec) if PREFIX in spec else spec
    if isinstance(spec, dict):
        return {key: resolved(value, theme) for key, value in spec.items()}
    if isinstance(spec, list) and any(isinstance(one, str | dict | list) for one in spec[:2]):
        return [resolved(one, theme) for one in spec]
    return spec


@cache
def sheet() -> str:
    """A style sheet with the color of each name in the theme of the page."""
    light, dark = values("light"), values("dark")
    plain = "".join(f"--figure-{name}:{color};" for name, color in light.items())
    both = "".join(f"--figure-{name}:light-dark({color},{dark[name]});" for name, color in light.items())
    # A browser that does not know both themes takes the light one.
    return f":root{{{plain}}}@supports (color:light-dark(red,red)){{:root{{{both}}}}}"


def luminance(color: str) -> float:
    """Relative luminance of a color (`#rrggbb`), 0 to 1, as WCAG defines it."""
    channels = [int(color[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (c / 12.92 if c <= LINEAR else ((c + 0.055) / 1.055) ** 2.4 for c in channels)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """The contrast ratio of two colors, 1 to 21, as WCAG defines it."""
    low, high = sorted((luminance(one), luminance(other)))
    return (high + 0.05) / (low + 0.05)
