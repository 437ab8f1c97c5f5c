"""What the series of a chart look like on paper, and the key that says so."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from dashboard.briefing.axes import Point
from dashboard.briefing.content import Chart, Role
from dashboard.briefing.fitted import moved
from dashboard.briefing.shapes import Hatch, Line, Marker, Paint, Polygon, Shape, Stroke, Text, paint
from dashboard.figures.palette import PALETTES

Values = tuple[float | None, ...]
Entry = tuple[str, list[Shape]]
# Points of the paper, as all sizes here: the sheet is as wide as the text.
WIDE, SIZE, LETTER, ROW, SWATCH = 510.0, 8.5, 4.2, 14.0, 22.0
COLOURS = PALETTES["light"]
INK, RULE = paint(COLOURS.ink), paint(COLOURS.unreported)
SYMBOLS = ("circle", "square", "triangle-up", "diamond", "triangle-down", "pentagon")
# What keeps the parts of a bar apart where a printer has no colours, besides dark, pale and empty.
HATCHES: dict[Role, str] = {"masked": "/", "unusable": "x"}
# Which way from its cap a bar goes on.
ENDS: dict[Role, int] = {"least": 1, "most": -1}
VALUE: Role = "value"
ORDER: tuple[Role, ...] = ("value", "zero", "least", "most")


@dataclass(frozen=True)
class Group:
    """What is drawn of one subject: its values, its true zeros, the ends of its masked figures."""

    rank: int
    names: dict[Role, str] = field(default_factory=dict)
    values: dict[Role, Values] = field(default_factory=dict)

    @property
    def colour(self) -> Paint:
        """Of its line and marks."""
        return paint(COLOURS.series[self.rank % len(COLOURS.series)])

    def marker(self, at: Point, role: Role = "value") -> Marker:
        """A figure's mark: filled, or hollow for a true zero."""
        hollow = role == "zero"
        fill = paint(COLOURS.surface) if hollow else self.colour
        symbol = "diamond" if hollow else SYMBOLS[self.rank % len(SYMBOLS)]
        return Marker("mark", at, symbol, 7.5 if hollow else 5.0, fill, Stroke(self.colour, 1.4 if hollow else 0))

    def swatch(self, role: Role) -> list[Shape]:
        """What a role looks like, from the middle of the left edge on."""
        middle = SWATCH / 2
        if role in ENDS:
            way = ENDS[role]
            return [*capped((middle, 4.0 * way), (middle, -5.0 * way), self.colour)][:2]
        line = Line("key", (((0.0, 0.0), (SWATCH, 0.0)),), Stroke(self.colour, 1.4))
        return [*([line] if role == "value" else []), self.marker((middle, 0.0), role)]


def roles(chart: Chart) -> Iterator[tuple[tuple[str, Values], Role]]:
    """Each series with what it is."""
    every = chart.roles or (VALUE,) * len(chart.series)
    return zip(chart.series, every, strict=True)


def groups(chart: Chart) -> Iterator[Group]:
    """The series of a line chart by subject: a new one begins where the roles begin again."""
    found: list[Group] = []
    before = len(ORDER)
    for (name, values), role in roles(chart):
        if ORDER.index(role) <= before:
            found.append(Group(len(found)))
        before = ORDER.index(role)
        found[-1].names[role], found[-1].values[role] = name, values
    return iter(found)


def capped(low: Point, high: Point, colour: Paint) -> Iterator[Shape]:
    """A bar between two caps: a masked figure is somewhere on it."""
    yield Line("line", ((low, high),), Stroke(colour, 2.2))
    yield from (Marker("mark", at, "line-ew-open", 6.0, colour, Stroke(colour, 1.6)) for at in (low, high))


def shade(role: Role) -> Polygon:
    """The look of a part of a bar, by what it stands for."""
    edge, hatch = Stroke(paint(COLOURS.frame), 0.6), HATCHES.get(role)
    fill = {"value": COLOURS.ramp[-1], "missing": COLOURS.unreported}.get(role, COLOURS.surface)
    drawn = Hatch(hatch, paint(COLOURS.hatch), 5, 0.25) if hatch else None
    return Polygon("key", (), paint(fill), edge, drawn)


def box(left: float, top: float, wide: float, tall: float, look: Polygon) -> Polygon:
    """A rectangle of a look."""
    right, bottom = left + wide, top + tall
    ring = ((left, top), (right, top), (right, bottom), (left, bottom))
    return Polygon(look.layer, (ring,), look.fill, look.stroke, look.hatch)


def entries(chart: Chart) -> list[Entry]:
    """The key: what each look is called, and its swatch around the middle of its left edge."""
    if chart.kind == "bar":
        return [(name, [box(0, -5, SWATCH - 4, 10, shade(role))]) for (name, _), role in roles(chart)]
    return [(name, group.swatch(role)) for group in groups(chart) for role, name in group.names.items()]


def band(name: str) -> Entry:
    """The key of a category without any figure."""
    look = Polygon("land", (), RULE, Stroke(RULE, 0))
    return name, [box(0, -5, SWATCH - 4, 10, look)]


def flow(entries: Sequence[Entry]) -> tuple[list[Shape], float]:
    """The key as rows that fit the sheet, and the height that they need."""
    shapes: list[Shape] = []
    left, row = 0.0, 0
    for name, swatch in entries:
        needs = SWATCH + 4 + len(name) * LETTER + 14
        if left and left + needs > WIDE:
            left, row = 0.0, row + 1
        y = (row + 0.5) * ROW
        shapes += [moved(shape, left, y) for shape in swatch]
        shapes.append(text((left + SWATCH + 4, y), name, "right"))
        left += needs
    return shapes, (row + 1) * ROW


def text(at: Point, words: str, side: Literal["left", "right", "center"]) -> Text:
    """A line of words beside a point."""
    return Text("key", at, (((words, False),),), side, SIZE, INK)
