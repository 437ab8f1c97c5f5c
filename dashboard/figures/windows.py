"""The rectangles of the map that are drawn, and outlines as Plotly takes them. Kilometres in data.contract.MAP_CRS."""

from dataclasses import dataclass
from functools import cached_property

# One list of Plotly: numbers, and a None where the pen is lifted.
Coordinates = list[float | None]


@dataclass(frozen=True)
class Window:
    """A rectangle of the map, in kilometres."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """Kilometres from left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """Kilometres from bottom to top."""
        return self.top - self.bottom

    @property
    def outline(self) -> tuple[Coordinates, Coordinates]:
        """Its closed border as x and y."""
        xs: Coordinates = [self.left, self.right, self.right, self.left, self.left]
        return xs, [self.bottom, self.bottom, self.top, self.top, self.bottom]

    def meets(self, other: "Window") -> bool:
        """Whether two rectangles have a point in common."""
        beside = self.right < other.left or other.right < self.left
        return not (beside or self.top < other.bottom or other.top < self.bottom)


# Hawaii, the Aleutians and northern Greenland lie outside of what is drawn; no other land of a state does.
REGION = Window(-5350, -6950, 4950, 7750)
CARIBBEAN = Window(-1450, -130, 2760, 2190)
# The states that the main map is too small to label; the inset is theirs.
_ISLES = "ATG BHS BRB CUB DMA DOM GRD HTI JAM KNA LCA TTO VCT"
_ISTHMUS = "BLZ CRI GTM HND NIC PAN SLV"
INSET_STATES = frozenset(f"{_ISLES} {_ISTHMUS}".split())


@dataclass(frozen=True)
class Outline:
    """A land or an arrow as Plotly draws it: rings one after another, a None between them."""

    x: Coordinates
    y: Coordinates

    @cached_property
    def extent(self) -> Window:
        """The rectangle around it."""
        xs, ys = ([value for value in values if value is not None] for values in (self.x, self.y))
        return Window(min(xs), min(ys), max(xs), max(ys))
