"""The arrangement of maps in a figure: windows of the map, panels, boxes, and kilometers per pixel."""

from dataclasses import dataclass, replace
from functools import cached_property

from dashboard.charts.medium import NARROW, WIDE, Medium

Point = tuple[float, float]
# One coordinate list of a Plotly trace: numbers, and None at a gap.
Coordinates = list[float | None]


@dataclass(frozen=True)
class Window:
    """A rectangle of the map, in kilometers of its projection."""

    left: float
    bottom: float
    right: float
    top: float

    @property
    def width(self) -> float:
        """The width in kilometers."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """The height in kilometers."""
        return self.top - self.bottom

    @property
    def outline(self) -> tuple[Coordinates, Coordinates]:
        """The closed border as lists of x and y."""
        xs: Coordinates = [self.left, self.right, self.right, self.left, self.left]
        return xs, [self.bottom, self.bottom, self.top, self.top, self.bottom]

    def meets(self, other: "Window") -> bool:
        """Whether two rectangles have a point in common."""
        beside = self.right < other.left or other.right < self.left
        return not (beside or self.top < other.bottom or other.top < self.bottom)


# Only Hawaii, the Aleutians and northern Greenland are outside this window.
REGION = Window(-5350, -6950, 4950, 7750)
CARIBBEAN = Window(-1450, -130, 2960, 2190)
# What of it is drawn: on stage the enlargements show more of the sea at both sides.
INSET = Window(-2200, -250, 2960, 2190)
# The states that are too small to label on the main map; they are labeled on the inset.
ISLES = frozenset(["ATG", "BHS", "BRB", "CUB", "DMA", "DOM", "GRD", "HTI", "JAM", "KNA", "LCA", "TTO", "VCT"])
_ISTHMUS = frozenset(["BLZ", "CRI", "GTM", "HND", "NIC", "PAN", "SLV"])
INSET_STATES = ISLES | _ISTHMUS


@dataclass(frozen=True)
class Outline:
    """The outline of an area or an arrow: its rings one after another, with None between them."""

    x: Coordinates
    y: Coordinates

    @cached_property
    def extent(self) -> Window:
        """The bounding rectangle."""
        xs, ys = ([value for value in values if value is not None] for values in (self.x, self.y))
        return Window(min(xs), min(ys), max(xs), max(ys))


GAP = 14
NOTE_LINE = 20
# The room in pixels above an enlargement for its caption.
CAPTION = 22
KEY_LEAST = 176
# The enlargement takes at most this share of a wide sheet: the map of the whole region is the large one. On a wide
# and low sheet, where that map is narrow, and on some slides both are about equal.
ENLARGED = 0.4
EQUAL = 0.54
LOW = 640.0
# The height of the map of the whole region with its enlargement below it: two beside each other are equal.
STACKED = 640.0
# The least share of the width that the map of the region has on stage: labels stand in the sea beside it. For whole
# names it has so many pixels of sea more, and the enlargements have sea at both sides.
STAGED_LEAST = 0.36
SEA = 64.0
STAGED_GREATER = Window(-1800, -200, 1330, 2190)
STAGED_LESSER = Window(1130, 130, 2760, 1420)
# In an upright picture the map of the region takes at most this share of the width.
UPRIGHT_MOST = 0.55
# A stage lower than this, that of a card in a message, has no room for enlargements: the map of the region is alone, in
# half of the width.
ALONE = 300.0
# The width in pixels of the longest caption of an enlargement.
CAPTIONED = 262.0
GREATER = Window(-1450, -130, 1330, 2190)
LESSER = Window(1270, 130, 2730, 1420)
EASTERN = frozenset(["ATG", "BRB", "DMA", "GRD", "KNA", "LCA", "TTO", "VCT"])


@dataclass(frozen=True)
class Rectangle:
    """A rectangle of the figure in design pixels, from its lower left corner."""

    left: float
    bottom: float
    width: float
    height: float


@dataclass(frozen=True)
class Panel:
    """One map of the figure.

    Attributes:
        axis: what Plotly appends to x and y ("" for the first pair).
        window: the part of the map it shows; box: its place in the figure.
        labeled: the states that have their label and symbol on this panel.
        staged: whether it is on stage, where letters are large relative to the map.
    """

    axis: str
    window: Window
    box: Rectangle
    labeled: frozenset[str]
    staged: bool = False

    @property
    def main(self) -> bool:
        """Whether it is the map of the whole region."""
        return self.axis == ""

    @cached_property
    def scale(self) -> float:
        """Kilometers per design pixel."""
        return max(self.window.width / self.box.width, self.window.height / self.box.height)

    def pixels(self, point: Point) -> Point:
        """A place on the map, in pixels from the lower left corner of the panel."""
        return (point[0] - self.window.left) / self.scale, (point[1] - self.window.bottom) / self.scale


@dataclass(frozen=True)
class Arrangement:
    """The arrangement of one figure: its size in design pixels, its panels, its key, and what it is made for."""

    width: float
    height: float
    panels: tuple[Panel, ...]
    key: Rectangle
    medium: Medium

    @property
    def narrow(self) -> bool:
        """Whether it is arranged for a phone; a map is on stage, too."""
        return self.medium.close if self.panels else self.medium.narrow

    @property
    def alone(self) -> bool:
        """Whether it has the map of the region alone, with few labels."""
        return self.medium.low and self.height < ALONE


def plain(medium: Medium) -> Arrangement:
    """A sheet without maps, as far as the key of a chart needs it."""
    return Arrangement(medium.across, 0, (), Rectangle(0, 0, medium.across, 0), medium)


def sheet(
    states: frozenset[str],
    medium: Medium,
    *,
    part: Window | None = None,
    notes: int = 0,
    key: float = KEY_LEAST,
) -> Arrangement:
    """Arrange the maps.

    Args:
        states: those of the figure; those of no enlargement are labeled on the main map.
        medium: what it is made for; the closer to the real size, the less space is lost.
        part: what the map shows, without enlargements; if None, the whole region.
        notes: number of lines of notes at the foot of a slide; key: least height of the key in pixels.
    """
    foot = (notes * NOTE_LINE + 6) * bool(notes)
    # On a phone the Caribbean needs its two enlargements.
    if part and not (medium.narrow and states <= INSET_STATES):
        return _zoomed(states, part, foot, key, medium)
    if medium.low:
        return _staged(states, key, medium)
    if medium.upright:
        return _upright(states, key, medium)
    if medium.half:
        return _stacked(states, foot, key, medium)
    if medium.close:
        return _narrow(states, foot, key, medium)
    return _wide(states, foot, key, medium)


def _zoomed(states: frozenset[str], part: Window, foot: float, key: float, medium: Medium) -> Arrangement:
    """A map of a part of the region, with the key beside it or, where that leaves too little room, below it."""
    low = medium.low or medium.upright
    foot = 0.0 if low else foot
    if medium.low or not (medium.close or medium.half):
        width, height = medium.size
        under, left = (0.0 if low else foot), (1 - ENLARGED) * width
        box = Rectangle(0, under, left - GAP, height - under)
        beside = Rectangle(left, foot, width - left, height - foot)
    else:
        width, level = (NARROW if medium.narrow else float(medium.width)), foot + key + GAP
        tall = medium.height - level if low else min(width * part.height / part.width, STACKED)
        height = level + tall
        box, beside = Rectangle(0, level, width, tall), Rectangle(0, foot, width, key)
    panel = Panel("", _fitted(part, box.width / box.height), box, states)
    return Arrangement(width, height, (panel,), beside, medium)


def _wide(states: frozenset[str], foot: float, key: float, medium: Medium) -> Arrangement:
    width, height = medium.size
    share = EQUAL if medium.width >= WIDE.width and height < LOW else ENLARGED
    room = share * width
    main = Rectangle(0, foot, width - room - GAP, height - foot)
    tall = min(room * CARIBBEAN.height / CARIBBEAN.width, height - CAPTION - foot - key - GAP)
    inset = Rectangle(main.width + GAP, height - CAPTION - tall, room, tall)
    # With sea added at its right to fill a wider box: labels get more room there.
    wide = replace(CARIBBEAN, right=max(CARIBBEAN.right, CARIBBEAN.left + CARIBBEAN.height * (room / tall)))
    panels = (
        Panel("", _centered(REGION, main.width / main.height), main, states - INSET_STATES),
        Panel("2", wide, inset, INSET_STATES),
    )
    below = Rectangle(inset.left, foot, room, inset.bottom - GAP - foot)
    return Arrangement(width, height, panels, below, medium)


def _stacked(states: frozenset[str], foot: float, key: float, medium: Medium) -> Arrangement:
    width, level = float(medium.width), foot + key + GAP
    panels = []
    # An enlargement without a state of its own would show nothing.
    if states & INSET_STATES:
        inset = Rectangle(0, level, width, width * CARIBBEAN.height / CARIBBEAN.width)
        panels = [Panel("2", CARIBBEAN, inset, INSET_STATES)]
        level += inset.height + CAPTION + GAP
    main = Rectangle(0, level, width, STACKED)
    aspect = width / STACKED
    deep = replace(REGION, bottom=min(REGION.bottom, REGION.top - REGION.width / aspect))
    panels = [Panel("", _centered(deep, aspect), main, states - INSET_STATES), *panels]
    return Arrangement(width, level + main.height, tuple(panels), Rectangle(0, foot, width, key), medium)


def _narrow(states: frozenset[str], foot: float, key: float, medium: Medium) -> Arrangement:
    width = NARROW
    windows = (LESSER, GREATER, REGION)
    labeled = (EASTERN, INSET_STATES - EASTERN, states - INSET_STATES)
    level = foot + key + GAP
    panels = []
    for axis, shown, own in zip(("3", "2", ""), windows, labeled, strict=True):
        if states and not own & states:
            continue
        tall = width * shown.height / shown.width
        panels.append(Panel(axis, shown, Rectangle(0, level, width, tall), own))
        level += tall + GAP + CAPTION
    # Stacked from the bottom up, but listed from the top down.
    return Arrangement(width, level - GAP - CAPTION, tuple(reversed(panels)), Rectangle(0, foot, width, key), medium)


def _staged(states: frozenset[str], key: float, medium: Medium) -> Arrangement:
    width, height = medium.size
    if height < ALONE:
        main, tall = (width - GAP) / 2, max(height, key)
        panel = Panel("", _centered(REGION, main / tall), Rectangle(0, 0, main, tall), states, staged=True)
        return Arrangement(width, tall, (panel,), Rectangle(main + GAP, 0, main, tall), medium)
    windows = STAGED_GREATER, STAGED_LESSER
    main = min(max(height * REGION.width / REGION.height + SEA, STAGED_LEAST * width), 0.45 * width)
    room, left = width - main - GAP, main + GAP
    shares = [shown.width / shown.height for shown in windows]
    tall = min((room - GAP) / sum(shares), height - CAPTION - key - GAP)
    level = height - CAPTION - tall
    greater = Rectangle(left, level, max(tall * shares[0], min(CAPTIONED, room / 2)), tall)
    lesser = Rectangle(left + greater.width + GAP, level, room - greater.width - GAP, tall)
    panels = (
        Panel("", _centered(REGION, main / height), Rectangle(0, 0, main, height), states - INSET_STATES, staged=True),
        Panel("2", _centered(windows[0], greater.width / tall), greater, INSET_STATES - EASTERN, staged=True),
        Panel("3", _centered(windows[1], lesser.width / tall), lesser, EASTERN, staged=True),
    )
    return Arrangement(width, height, panels, Rectangle(left, 0, room, level - GAP), medium)


def _upright(states: frozenset[str], key: float, medium: Medium) -> Arrangement:
    width, height = medium.size
    tall = height - key - GAP
    main = min(tall * REGION.width / REGION.height + SEA, UPRIGHT_MOST * width)
    high = min(tall, main * REGION.height / REGION.width)
    room, left = width - main - GAP, main + GAP
    most = (tall - 2 * CAPTION - GAP) / 2
    boxes, top = [], height
    for shown in (STAGED_GREATER, STAGED_LESSER):
        up = min(room * shown.height / shown.width, most)
        boxes.append(Rectangle(left, top - CAPTION - up, room, up))
        top -= CAPTION + up + GAP
    whole, (greater, lesser) = Rectangle(0, height - high, main, high), boxes
    panels = (
        Panel("", _centered(REGION, main / high), whole, states - INSET_STATES, staged=True),
        Panel("2", _centered(STAGED_GREATER, room / greater.height), greater, INSET_STATES - EASTERN, staged=True),
        Panel("3", _centered(STAGED_LESSER, room / lesser.height), lesser, EASTERN, staged=True),
    )
    return Arrangement(width, height, panels, Rectangle(0, 0, width, key), medium)


def _fitted(window: Window, aspect: float) -> Window:
    """The window with as much more at opposite sides as fills a box of another shape."""
    more = max(window.width / aspect - window.height, 0) / 2
    return _centered(replace(window, bottom=window.bottom - more, top=window.top + more), aspect)


def _centered(window: Window, aspect: float) -> Window:
    """The window with sea added at both sides to fill a wider box."""
    more = max(window.height * aspect - window.width, 0) / 2
    return replace(window, left=window.left - more, right=window.right + more)
