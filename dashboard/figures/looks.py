"""How each state of a number looks: a value, a true zero, a masked interval, two unusable states, not reported."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.classes import class_of
from dashboard.figures.palette import Palette, pattern

# The order of the key. `zero` is an exact 0: the one thing a pale fill must never be mistaken for.
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
    """Fill, hatch and border of a land, and the small symbol that stands for a land too small to see."""

    fill: str
    line: tuple[str, float]
    hatch: dict[str, Any] | None
    symbol: str
    ink: str

    @property
    def dark(self) -> bool:
        """Whether light words read better on the fill than dark ones (mean of its channels, good for these ramps)."""
        channels = [int(self.fill[at : at + 2], 16) for at in (1, 3, 5)]
        return sum(channels) / 3 < DARK

    @property
    def extra(self) -> dict[str, Any]:
        """What `traces.area` takes besides fill and line."""
        return {"fillpattern": self.hatch} if self.hatch else {}


def number_state(row: Mapping[str, Any]) -> str:
    """One of `STATES` for a row of the region frame."""
    return "zero" if row["status"] == "exact" and row["high"] == 0 else str(row["status"])


def look(row: Mapping[str, Any], palette: Palette, breaks: Sequence[float] | None) -> Look:
    """The look of a row; with `breaks` (a rate map) values are filled by class, without them all alike."""
    state = number_state(row)
    fill = (
        palette.tint
        if breaks is None or state != "exact"
        else palette.ramp[shade(class_of(row["high"], breaks), breaks)]
    )
    return look_of(state, fill, palette)


def shade(rank: int, breaks: Sequence[float]) -> int:
    """The place on the ramp of a class: fewer classes than five are spread over the whole ramp."""
    return round(rank * 4 / max(len(breaks), 1))


def look_of(state: str, fill: str, palette: Palette) -> Look:
    """The look of a number state; `fill` is that of a value."""
    hatches = {
        "masked": pattern("/", palette.hatch, palette.surface),
        "conflicting": pattern("x", palette.hatch, palette.surface, 8, 0.2),
        "suspect": pattern(".", palette.ink, palette.surface, 7, 0.3),
    }
    grounds = {"exact": fill, "zero": palette.surface, "not_reported": palette.unreported}
    ground = grounds.get(state, palette.surface)
    line = (palette.ink, 1.6) if state == "zero" else (palette.edge(ground), 0.8)
    ink = {"exact": fill, "not_reported": palette.faint}.get(state, palette.ink)
    return Look(ground, line, hatches.get(state), SYMBOLS[state], ink)
