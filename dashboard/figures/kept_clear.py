"""What the arrows of a panel keep clear of: codes, badges, the markers of states and the names at the map's edges."""

from collections.abc import Iterator, Mapping, Sequence

from dashboard.figures.badges import SIZE, STEP, Role, middle
from dashboard.figures.edge import Outsider
from dashboard.figures.ground import CAPTION
from dashboard.figures.labels import CODE, LETTER, Label
from dashboard.figures.labels import SIZE as TEXT
from dashboard.figures.lanes import Mark
from dashboard.figures.panels import Panel

# Pixels from a place to the edge of its marker, and to where the words beside it begin.
DOT, AFTER = 5.5, 8.0
# Pixels of an average letter of plain words at 14 px.
NARROW_LETTER = 6.7
# What a pixel of a strange arrow loses: a line of words is cut in two by what crosses it, though that is but a few
# pixels; on a marker an arrow seems to stop, and letters of a code are few.
WORDS, STOP, LETTERS = 4.0, 4.0, 2.0


def marks(
    panel: Panel,
    labels: Sequence[Label],
    held: Mapping[str, Sequence[Role]],
    outsiders: Sequence[Outsider],
    names: Mapping[str, str],
    *,
    narrow: bool,
) -> list[Mark]:
    """All of them in pixels; `names` are printed beside the `outsiders`."""
    found = [mark for label in labels for mark in _of_state(panel, label, held.get(label.area, ()), narrow=narrow)]
    return found + [mark for one in outsiders for mark in _of_outsider(panel, one, names[one.area])]


def caption(panel: Panel, words: str) -> Mark:
    """The caption of an enlargement, which is no state's."""
    left, top = panel.window.left / panel.scale + CAPTION[0], panel.window.top / panel.scale - CAPTION[1]
    return Mark("", _beside(left, top, "right", 0.0, len(words) * NARROW_LETTER), strange=WORDS)


def _of_state(panel: Panel, label: Label, held: Sequence[Role], *, narrow: bool) -> Iterator[Mark]:
    scale = panel.scale
    yield _dot(label.area, label.point[0] / scale, label.point[1] / scale)
    yield Mark(label.area, _beside(label.at.x / scale, label.at.y / scale, label.at.side, 3.0, CODE), strange=LETTERS)
    if held:
        x, y = label.at.x / scale + middle(label, narrow=narrow), label.at.y / scale
        half = (STEP[narrow] + SIZE[narrow]) / 2
        yield Mark(label.area, (x - half, y - half, x + half, y + half))


def _of_outsider(panel: Panel, one: Outsider, name: str) -> Iterator[Mark]:
    x, y = one.x / panel.scale, one.y / panel.scale
    yield _dot(one.area, x, y)
    yield Mark(one.area, _beside(x, y, one.side, AFTER, len(name) * LETTER))


def _dot(area: str, x: float, y: float) -> Mark:
    return Mark(area, (x - DOT, y - DOT, x + DOT, y + DOT), own=0.0, strange=STOP)


def _beside(x: float, y: float, side: str, off: float, wide: float) -> tuple[float, float, float, float]:
    """The rectangle of words that grow to one side of a point."""
    left = {"right": x + off, "left": x - off - wide, "center": x - wide / 2}[side]
    return left, y - TEXT / 2, left + wide, y + TEXT / 2
