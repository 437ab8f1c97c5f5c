"""Hatches and dashes, the classes of a rate, and the look of each state of a number."""

import math
import statistics
from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.charts.colors import COLORS, Ground

# The fills near to the page, on which words are as on the page.
PALE = COLORS.ramp[:3]


def pattern(shape: str, ink: str, ground: str, size: float = 7, solidity: float = 0.25) -> dict[str, Any]:
    """A hatch of one of Plotly's shapes in `ink` over `ground`."""
    return {"shape": shape, "fgcolor": ink, "bgcolor": ground, "size": size, "solidity": solidity}


# The outline of what a figure may be, wherever it is drawn, and its width in pixels.
DASH = "3px,2px"
DASHED = 1.2

# In the order of the key. `zero` is an exact 0, which must never look like a low value.
STATES = ("exact", "zero", "masked", "conflicting", "suspect", "not_reported")
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
    """Fill, hatch and border of a state on a map, and the symbol used where the state is too small to see.

    `dash` is that of the border.
    """

    fill: str
    line: tuple[str, float]
    hatch: dict[str, Any] | None
    symbol: str
    ink: str
    dash: str = "solid"

    @property
    def ground(self) -> Ground:
        """What words on the fill stand on."""
        if self.hatch or self.fill not in COLORS.ramp:
            return "page"
        return "pale" if self.fill in PALE else "deep"

    @property
    def extra(self) -> dict[str, Any]:
        """The further keys that `traces.area` takes."""
        hatch = {"fillpattern": self.hatch} if self.hatch else {}
        return hatch | ({"dash": self.dash} if self.dash != "solid" else {})


def number_state(row: Mapping[str, Any]) -> str:
    """One of `STATES` for a row of the region frame."""
    return "zero" if row["status"] == "exact" and row["high"] == 0 else str(row["status"])


def look(row: Mapping[str, Any], breaks: Sequence[float] | None) -> Look:
    """The look of a row; with `breaks` (a rate map) values are filled by class, without them all values look alike."""
    state = number_state(row)
    fill = (
        COLORS.tint if breaks is None or state != "exact" else COLORS.ramp[shade(class_of(row["high"], breaks), breaks)]
    )
    return look_of(state, fill)


def shade(rank: int, breaks: Sequence[float]) -> int:
    """The position of a class on the ramp: fewer classes than it has fills are spread over all of it."""
    return round(rank * (len(COLORS.ramp) - 1) / max(len(breaks), 1))


def look_of(state: str, fill: str) -> Look:
    """The look of a state of a number, of which a range looks as a masked one; `fill` is the fill of a value."""
    if state in {"masked", "interval", "range"}:
        return uncertain(COLORS.ink)
    hatches = {
        "conflicting": pattern("x", COLORS.hatch, COLORS.surface, 8, 0.2),
        "suspect": pattern(".", COLORS.ink, COLORS.surface, 7, 0.3),
        # Thin lines, like the dash beside the state.
        "not_reported": pattern("-", COLORS.edge(COLORS.surface), COLORS.surface, 6, 0.17),
    }
    ground = fill if state == "exact" else COLORS.surface
    line = (COLORS.ink, 1.6) if state == "zero" else (COLORS.edge(ground), 0.8)
    ink = {"exact": fill, "not_reported": COLORS.faint}.get(state, COLORS.ink)
    return Look(ground, line, hatches.get(state), SYMBOLS[state], ink)


def uncertain(paint: str) -> Look:
    """The look of what a figure may be and is not for sure: a dashed outline in a color."""
    return Look(COLORS.surface, (paint, DASHED), None, SYMBOLS["masked"], COLORS.ink, DASH)


# What has no kind: gray, for without a fill it would not be seen.
QUIET = Look(COLORS.unreported, (COLORS.edge(COLORS.unreported), 0.8), None, "circle", COLORS.faint)
# A band of years that nothing is reported for: the lines of a state without a figure, as quiet as a grid.
LINES = pattern("-", COLORS.border, COLORS.surface, 8, 0.08)
BAND = Look(COLORS.surface, (COLORS.surface, 0), LINES, QUIET.symbol, QUIET.ink)
# The parts that the figures are cut into, and how many times its limit the last class may reach without one more cut.
CLASSES = 5
SPAN = 5.0
# A limit is one of these times a power of ten.
STEPS = (1.0, 2.0, 5.0, 10.0)


def class_breaks(values: Iterable[float | None]) -> list[float]:
    """The upper limits of all classes except the last, ascending: at most five, none without positive values.

    The rule is published in `docs/method.md`: fifths of all figures, each cut moved to the nearest 1, 2 or 5 times a
    power of ten; the last class is cut once more if it spans more than a factor of five.

    Args:
        values: every figure of the indicator, all states and years; nulls, zeros and negatives are ignored.
    """
    positive = sorted(value for value in values if value is not None and value > 0)
    if len(positive) <= 1:
        return []
    cuts = {_rounded(cut) for cut in statistics.quantiles(positive, n=CLASSES, method="inclusive")}
    found = sorted(cut for cut in cuts if positive[0] <= cut < positive[-1])
    if not found or positive[-1] <= SPAN * found[-1]:
        return found
    # Of the steps each is 2 or 2.5 times the one before.
    return [*found, _rounded(2.25 * found[-1])]


def class_of(value: float, breaks: Sequence[float]) -> int:
    """The class of a positive figure, 0 for the lowest; a figure equal to a limit belongs to the class below it."""
    return bisect_left(breaks, value)


def decimals(limit: float) -> int:
    """The number of decimals needed to write a limit in full."""
    return len(f"{limit:.6f}".rstrip("0").partition(".")[2])


def _rounded(value: float) -> float:
    power = 10.0 ** math.floor(math.log10(value))
    step = min(STEPS, key=lambda step: abs(math.log(step * power / value)))
    return float(f"{step * power:.2g}")
