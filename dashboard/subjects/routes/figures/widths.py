"""How wide an arrow is: one rule for each kind of evidence, for all filters and years, on every page and slide.

A width is a share of the width of the Americas on the map, and follows the square root of the figure.
"""

import math
from dataclasses import dataclass

from dashboard.charts.panels import REGION, Arrangement

# A figure, and the width of its arrow as a share of the map's width: 4% for 10,000 persons, 2.5% for 25 statements.
RULE = {"counted": (10_000, 0.04), "stated": (25, 0.025)}
# No arrow is thinner than this share; counted arrows reach it at 100 persons.
LEAST = 0.004
# Figures for the key, the largest first; and the width in pixels of the widest arrow whose head fits a row of the key.
EXAMPLES = {"counted": (10_000, 5_000, 2_000, 1_000, 500), "stated": (25, 10, 5)}
WIDEST_EXAMPLE = 10.0
# The width of the widest ring that hides little of its state, as a share of the map's width.
COVERING = 0.02


@dataclass(frozen=True)
class Widths:
    """The widths of the arrows of one kind of evidence on a sheet; `across` is the width of the Americas in pixels."""

    evidence: str
    across: float

    @classmethod
    def on(cls, sheet: Arrangement, evidence: str) -> "Widths":
        """The widths on a sheet: its enlargements and its key have those of its map of the Americas.

        The sea in its margins does not count: there is more of it where countries outside the region are shown.
        """
        return cls(evidence, REGION.width / sheet.panels[0].scale)

    def pixels(self, figure: float) -> float:
        """The width of an arrow or a ring in pixels."""
        return share(figure, self.evidence) * self.across

    def covers(self, figure: float) -> bool:
        """Whether a ring of a figure is so wide that it would hide its state."""
        return share(figure, self.evidence) > COVERING

    def examples(self) -> list[int]:
        """The figures of the key: the least width's and a larger one, as wide as a row of the key allows."""
        large = EXAMPLES[self.evidence]
        fitting = next((one for one in large if self.pixels(one) <= WIDEST_EXAMPLE), large[-1])
        return [least_figure(self.evidence), fitting]


def share(figure: float, evidence: str) -> float:
    """The width of an arrow as a share of the map's width."""
    of, wide = RULE[evidence]
    return max(LEAST, wide * math.sqrt(max(figure, 0.0) / of))


def least_figure(evidence: str) -> int:
    """The greatest whole figure that has the least width, at least 1."""
    of, wide = RULE[evidence]
    return max(1, math.floor(of * (LEAST / wide) ** 2 + 1e-9))
