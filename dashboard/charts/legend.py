"""Where the entries of a chart's key stand: one for each named trace, in rows that fit the width."""

from collections.abc import Sequence

from dashboard.charts import metrics

# Pixels of a swatch, between it and its words and over the plot, and to the next entry; of a row in sizes of the type.
SWATCH, GAP, NEXT, ROW = 22.0, 4.0, 14.0, 1.65


def rows(names: Sequence[str], width: float, size: float) -> list[list[tuple[float, int]]]:
    """For each row the left edge and the number of each of its entries."""
    placed: list[list[tuple[float, int]]] = [[]]
    left = 0.0
    for number, name in enumerate(names):
        needs = SWATCH + GAP + metrics.width(name, size)
        if placed[-1] and left + needs > width:
            placed.append([])
            left = 0.0
        placed[-1].append((left, number))
        left += needs + NEXT
    return placed


def height(names: Sequence[str], width: float, size: float) -> float:
    """The pixels that a key of some names needs over the plot."""
    return len(rows(names, width, size)) * size * ROW + GAP
