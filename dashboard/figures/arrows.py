"""An arrow of the route map: its ends, the figure its width stands for, and which panel draws it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from dashboard.figures.panels import Panel
from dashboard.figures.windows import INSET_STATES

# How much wider than the widest arrow a ring may be before it sets the scale of both.
RING_SHARE = 1.5
# The publisher masks what is under 5.
MASKED_MOST = 4


@dataclass(frozen=True)
class Arrow:
    """One drawn leg: its row of the arrows frame and the figure its width stands for."""

    row: dict[str, Any]
    figure: float

    @property
    def ends(self) -> tuple[str, str]:
        """ISO3 of where it starts and where it ends; the same for a ring."""
        return self.row["origin"], self.row["destination"]

    @property
    def masked(self) -> bool:
        """Whether every record behind it is one that the publisher masks ("<5")."""
        low, high, records = self.row["low"], self.row["high"], self.row["records"]
        return bool(low < high and low <= records and high <= MASKED_MOST * records)


def arrow(row: dict[str, Any]) -> Arrow:
    """An arrow of a row; its width stands for the middle of the interval."""
    return Arrow(row, (row["low"] + row["high"]) / 2)


def drawn_on(one: Arrow, panel: Panel) -> bool:
    """The main map leaves what stays inside the enlargement to it; an enlargement draws what touches its states."""
    ends = set(one.ends)
    return not ends <= INSET_STATES if panel.main else bool(ends & panel.labelled)


def scale(shown: Sequence[Arrow]) -> float:
    """The figure of the widest ribbon, for arrows and rings alike; a far greater ring makes all arrows thinner."""
    between = [one.figure for one in shown if one.ends[0] != one.ends[1]]
    inside = [one.figure / RING_SHARE**2 for one in shown if one.ends[0] == one.ends[1]]
    return max([*between, *inside, 1.0])
