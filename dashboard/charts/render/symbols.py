"""Plotly's symbols as outlines around (0, 0), in halves of their size, as Plotly draws them."""

from collections.abc import Mapping, Sequence
from math import cos, pi, sin, sqrt

Point = tuple[float, float]
SymbolOutline = tuple[Point, ...]
# The number of corners of a circle: enough for print at the sizes of marks.
ROUND = 48


def _turned(reach: float, degrees: Sequence[float]) -> SymbolOutline:
    """Corners at angles clockwise from the top."""
    return tuple((reach * sin(pi * angle / 180), -reach * cos(pi * angle / 180)) for angle in degrees)


def _star(points: int, outer: float, inner: float) -> SymbolOutline:
    step = 180 / points
    reaches = (outer if corner % 2 == 0 else inner for corner in range(2 * points))
    return tuple(_turned(reach, [corner * step])[0] for corner, reach in enumerate(reaches))


_ARM = 0.4
_REACH = 1.2
_CROSS: SymbolOutline = (
    (_REACH, _ARM), (_ARM, _ARM), (_ARM, _REACH), (-_ARM, _REACH), (-_ARM, _ARM), (-_REACH, _ARM),
    (-_REACH, -_ARM), (-_ARM, -_ARM), (-_ARM, -_REACH), (_ARM, -_REACH), (_ARM, -_ARM), (_REACH, -_ARM),
)  # fmt: skip
_X_ARM = 0.8 / sqrt(2)
_X: SymbolOutline = tuple(
    (x * _X_ARM, y * _X_ARM)
    for x, y in (
        (0, 1), (1, 2), (2, 1), (1, 0), (2, -1), (1, -2), (0, -1), (-1, -2), (-2, -1), (-1, 0), (-2, 1), (-1, 2)
    )
)  # fmt: skip
CIRCLE = _turned(1.0, [360 * corner / ROUND for corner in range(ROUND)])
OUTLINES: Mapping[str, SymbolOutline] = {
    "circle": CIRCLE,
    "square": ((-1.0, -1.0), (1.0, -1.0), (1.0, 1.0), (-1.0, 1.0)),
    "diamond": _turned(1.3, (0, 90, 180, 270)),
    "cross": _CROSS,
    "x": _X,
    "triangle-up": ((-2 / sqrt(3), 0.5), (2 / sqrt(3), 0.5), (0.0, -1.0)),
    "triangle-down": ((-2 / sqrt(3), -0.5), (2 / sqrt(3), -0.5), (0.0, 1.0)),
    "triangle-right": ((-0.5, -2 / sqrt(3)), (-0.5, 2 / sqrt(3)), (1.0, 0.0)),
    "pentagon": _turned(1.0, (0, 72, 144, 216, 288)),
    "star": _star(5, 1.4, 0.535),
    "hexagram": _star(6, 1.32, 0.76),
    "circle-x": CIRCLE,
    "diamond-cross": _turned(1.3, (0, 90, 180, 270)),
    "line-ew": (),
    "line-ns": (),
}
# Lines of a symbol in addition to its outline.
_SLANT = 1 / sqrt(2)
STROKES: Mapping[str, tuple[SymbolOutline, ...]] = {
    "circle-x": (((-_SLANT, -_SLANT), (_SLANT, _SLANT)), ((-_SLANT, _SLANT), (_SLANT, -_SLANT))),
    "diamond-cross": (((-1.3, 0.0), (1.3, 0.0)), ((0.0, -1.3), (0.0, 1.3))),
    "line-ew": (((-1.4, 0.0), (1.4, 0.0)),),
    "line-ns": (((0.0, -1.4), (0.0, 1.4)),),
}
# The dot in the middle of a symbol, as a share of its size.
DOT = 0.25


def base(symbol: str) -> str:
    """The name of a symbol without `-open` and `-dot`."""
    return symbol.removesuffix("-dot").removesuffix("-open")
