"""The layout of a chart's key: an entry for each named trace, in rows that fit the width."""

from collections.abc import Sequence

from dashboard.charts.render import metrics

# Pixels: the width of a swatch, the gap to its text and above the plot, the gap to the next entry; the height of a row
# as a multiple of the font size.
SWATCH, GAP, NEXT, ROW = 22.0, 4.0, 14.0, 1.65


def rows(names: Sequence[str], width: float, size: float) -> list[list[tuple[float, int]]]:
    """For each row the left edges and the numbers of its entries."""
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
    """The height in pixels of a key above the plot."""
    return len(rows(names, width, size)) * size * ROW + GAP
