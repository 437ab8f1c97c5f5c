"""The labels of a map: placed, tied to their lands, beside their symbols, and the targets that a finger can hit."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from dashboard.figures.palette import INVISIBLE, Palette
from dashboard.figures.panels import Panel
from dashboard.figures.places import Place, place
from dashboard.figures.traces import Trace, held, lines, marks, words
from dashboard.figures.windows import Coordinates

TARGET = {False: 26, True: 44}
SIZE, LETTER = 14, 7.8
# Pixels of a code of three letters in bold type.
CODE = 30.0


@dataclass(frozen=True)
class Label:
    """One state's label on a panel.

    Attributes:
        area: ISO3; point: its label point; at: where the label stands; text: its words.
        radius: pixels of the symbol beside which the words begin; inverse: light on dark.
        around: pixels of the symbol over and under which its two lines stand; 0 where they lie on it, or none is.
    """

    area: str
    point: tuple[float, float]
    at: Place
    text: str
    radius: float = 0.0
    inverse: bool = False
    around: float = 0.0


def placed(
    panel: Panel,
    points: Mapping[str, tuple[float, float]],
    areas: Sequence[str],
    figure: Callable[[str], str],
    beside: Callable[[str], float],
) -> list[Label]:
    """The labels of the panel's states, in alphabetical order: the code and, where there is one, a figure.

    `beside` gives the pixels that symbols take beside the words.
    """
    found = []
    for area in sorted(panel.labelled & set(areas)):
        said = figure(area)
        at = place(panel, area, points[area], (len(area) + 1 + len(said)) * LETTER + beside(area))
        text = (" " if at.away else "<br>").join(part for part in (f"<b>{area}</b>", said) if part)
        found.append(Label(area, points[area], at, text))
    return found


def ties(panel: Panel, labels: Sequence[Label], palette: Palette) -> Trace:
    """A thin line from each land to its label that stands away from it."""
    away = [label for label in labels if label.at.away]
    x: Coordinates = [value for label in away for value in (label.point[0], label.at.x, None)]
    y: Coordinates = [value for label in away for value in (label.point[1], label.at.y, None)]
    return lines(panel.axis, x, y, colour=palette.ink, width=0.8)


def texts(panel: Panel, labels: Sequence[Label], palette: Palette) -> list[Trace]:
    """The words, dark and light ones apart, each beginning at the edge of its symbol."""
    return [
        _texts(panel, some, palette, inverse=inverse)
        for inverse in (False, True)
        if (some := [label for label in labels if label.inverse is inverse])
    ]


def _texts(panel: Panel, labels: Sequence[Label], palette: Palette, *, inverse: bool) -> Trace:
    rows = [(label.at, *row) for label in labels for row in _rows(label)]
    x: Coordinates = [at.x + right * panel.scale for at, (right, _), _ in rows]
    y: Coordinates = [at.y + up * panel.scale for at, (_, up), _ in rows]
    said, sides = [text for _, _, text in rows], [at.side for at, _, _ in rows]
    drawn = words(panel.axis, x, y, said, sides, palette=palette, size=SIZE, inverse=inverse)
    return held(drawn, panel.scale, [offset for _, offset, _ in rows]) if panel.main else drawn


def _rows(label: Label) -> list[tuple[tuple[float, float], str]]:
    """The words of a label, and how many pixels right and up of its place they stand."""
    right = {"right": 1, "left": -1, "center": 0}[label.at.side] * (label.radius + 3)
    if not label.around:
        return [((right, 0.0), label.text)]
    up = label.around + SIZE / 2
    return [((right, way * up), line) for way, line in zip((1, -1), label.text.split("<br>"), strict=False)]


def targets(panel: Panel, labels: Sequence[Label], hover: Callable[[str], str], *, narrow: bool) -> Trace:
    """Unseen marks over the labels: `customdata` is [iso3]; 44 pixels wide where fingers are used."""
    marker = {"size": TARGET[narrow], "color": INVISIBLE, "line": {"width": 0}}
    x: Coordinates = [label.at.x for label in labels]
    y: Coordinates = [label.at.y for label in labels]
    data = [[label.area] for label in labels]
    return marks(panel.axis, x, y, marker, customdata=data, hovertext=[hover(label.area) for label in labels])
