"""Labels of a map: inside a state where they fit, otherwise beside it with a leader line; and their touch targets."""

import math
import re
import tomllib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import islice, product
from pathlib import Path
from textwrap import wrap

import shapely
from shapely.geometry.base import BaseGeometry

from dashboard.charts.colors import COLORS, GROUNDS, INVISIBLE, Ground
from dashboard.charts.medium import TEXT, Medium
from dashboard.charts.panels import Panel
from dashboard.charts.render import metrics
from dashboard.charts.traces import Trace, anchored, lines, marks, words, xy


@dataclass(frozen=True)
class Place:
    """The place of a label: x and y on the map (kilometers), and the side of that point to which its text grows.

    `away` means outside its state, beside a dot.
    """

    x: float
    y: float
    side: str
    away: bool


# By state (ISO3): pixels right of and above the label point, and the side to which the text grows.
PLACES = tomllib.loads((Path(__file__).parent / "labels.toml").read_text("utf-8"))
# On stage a label without a place of its own is so much nearer.
NEARER = 0.8


def place(panel: Panel, area: str, point: tuple[float, float], room: float = 0.0, *, named: bool = False) -> Place:
    """The place of a state's label that needs `room` pixels: its label point unless `labels.toml` moves it.

    Args:
        named: whether it has the name of the state and not its code.
    """
    right, up, side = _offset(panel, area, named=named)
    x, y = point[0] + right * panel.scale, point[1] + up * panel.scale
    if side == "right":
        x = max(min(x, panel.window.right - room * panel.scale), panel.window.left + MARGIN * panel.scale)
    elif side == "left":
        x = max(x, panel.window.left + room * panel.scale)
    if side != "center":
        y = max(y, panel.window.bottom + LINE / 2 * panel.scale)
        y = min(y, panel.window.top - LINE / 2 * panel.scale)
    return Place(x, y, side, away=side != "center")


def _offset(panel: Panel, area: str, *, named: bool) -> tuple[float, float, str]:
    right, up, side = PLACES["usual"].get(area, (0.0, 0.0, "center"))
    if not panel.staged:
        return right, up, side
    found = PLACES["named" if named else "staged"].get(area)
    return found or (right * NEARER, up * NEARER, side)


TARGET = {False: 26, True: 44}
LETTER = 7.8
# The height in pixels of a label of one line.
LINE = 17.0
# The average width in pixels of a letter of a figure, and the share of it that a space has.
DIGIT = 6.9
SPACE = 0.7
# The width in pixels of a three-letter code in bold type, and of the gap between a symbol or a line and its text.
CODE = 30.0
AFTER = 5.0
# A name farther than so many pixels from its usual place seems to belong to another state; up to so many from its state
# it needs no line.
FAR = 64.0
BESIDE = 18.0
# So many free places of a label are looked at for one that is on no other state.
TRIED = 100
# The most letters of a line of a name, and the pixels that a symbol keeps from the edge of its map.
LONGEST = 17
MARGIN = 9.0


@dataclass(frozen=True)
class Label:
    """One state's label on a panel.

    Attributes:
        area: ISO3; point: its label point; at: the place of the label; text: its words.
        radius: radius in pixels of the symbol beside which the text begins; ground: what it stands on.
        around: radius in pixels of the symbol that the two lines of text leave free; 0 if they may cover it.
        face: the font that is as wide as its text.
    """

    area: str
    point: tuple[float, float]
    at: Place
    text: str
    radius: float = 0.0
    ground: Ground = "page"
    around: float = 0.0
    face: metrics.Face = "calibri"


def placed(
    panel: Panel,
    points: Mapping[str, tuple[float, float]],
    areas: Sequence[str],
    figure: Callable[[str], str],
    beside: Callable[[str], float],
    name: Callable[[str], str] | None = None,
) -> list[Label]:
    """The labels of a panel's states, by code: the code, or on stage the name, and a figure if there is one.

    Args:
        figure: gives the figure of a state, or an empty text.
        beside: gives the width in pixels of the symbols beside a state's text.
        name: gives the name of a state; without it the label has its code on stage, too.
    """
    found = []
    for area in sorted(panel.labeled & set(areas)):
        value = figure(area)
        if name and panel.staged:
            found.append(_named(panel, area, points[area], (name(area), value), beside(area)))
            continue
        room = CODE + AFTER + (SPACE + len(value)) * DIGIT + beside(area)
        at = place(panel, area, points[area], room)
        text = (" " if at.away else "<br>").join(part for part in (f"<b>{area}</b>", value) if part)
        found.append(Label(area, points[area], at, text))
    return found


def _named(panel: Panel, area: str, point: tuple[float, float], words: tuple[str, str], beside: float) -> Label:
    """The label of a state with its name and its figure: outside the state in as many lines as they need."""
    name, value = words
    usual = place(panel, area, point, named=True)
    if not usual.away:
        return Label(area, point, usual, "<br>".join(part for part in (f"<b>{name}</b>", value) if part))
    lines = _balanced(f"{name} {value}".strip())
    room = max(map(len, lines)) * LETTER + AFTER + beside
    last = lines[-1].removesuffix(value).rstrip()
    ended = " ".join(part for part in (f"<b>{last}</b>" if last else "", value) if part)
    text = "<br>".join([*(f"<b>{line}</b>" for line in lines[:-1]), ended])
    return Label(area, point, place(panel, area, point, room, named=True), text)


def _balanced(text: str) -> list[str]:
    """The text in as few lines of `LONGEST` letters as it needs, none much longer than the others."""
    lines = wrap(text, LONGEST, break_long_words=False)
    tries = (wrap(text, letters, break_long_words=False) for letters in range(LONGEST // 2, LONGEST))
    return next((one for one in tries if len(one) == len(lines)), lines)


# Left, bottom, right, top, in pixels; or left, top, right, bottom where pixels are counted downwards.
Bounds = tuple[float, float, float, float]


def ways(across: int, along: int, step: int) -> list[tuple[int, int]]:
    """Where a label that would cover another may stand instead, in pixels from its place, the nearest first.

    Args:
        across, along: the farthest to the left and right, and up and down; step: between two places.
    """
    every = product(range(-across, across + 1, step), range(-along, along + 1, step))
    return sorted(every, key=lambda way: way[0] ** 2 + way[1] ** 2)


FARTHEST = 96
_WAYS = ways(FARTHEST, FARTHEST, 4)


def apart(panel: Panel, labels: Sequence[Label], taken: Sequence[Bounds] | None = None) -> list[Label]:
    """The labels without overlaps: one that covers another moves to the nearest free place.

    Args:
        taken: boxes in pixels that no label covers, either; without them those inside their states stay.
    """
    found = list(labels)
    for place, label in enumerate(found):
        others = [box for one in found if one is not label for box in _covered(panel, one)]
        others += taken or []
        if (label.at.away or taken is not None) and covers(_boxes(panel, label), others):
            found[place] = next(_moved(panel, label, others), label)
    return found


def fitting(panel: Panel, labels: Sequence[Label]) -> list[Label]:
    """The labels that cover no earlier one; those outside their states may move."""
    kept: list[Label] = []
    for label in labels:
        others = [box for one in kept for box in _covered(panel, one)]
        if label.at.away:
            kept += islice(_moved(panel, label, others), 1)
        elif _free(panel, _covered(panel, label), others):
            kept.append(label)
    return kept


def in_words(
    panel: Panel,
    labels: Sequence[Label],
    name: Callable[[str], str],
    taken: Sequence[Bounds],
    lands: Mapping[str, BaseGeometry] | None = None,
) -> list[Label]:
    """The labels with the names of their states in place of codes, in one line or two, where there is room nearby.

    For slides, whose letters are wider than those of pages, and for the widest pages.

    Args:
        taken: boxes in pixels that no label covers.
        lands: the states, none of which lies under the label of another one if there is another place.
    """
    found: list[Label] = []
    labels = [replace(label, face="arial") for label in labels]
    for at, label in enumerate(labels):
        rest = [*found, *labels[at + 1 :]]
        others = [box for one in rest for box in _covered(panel, one)]
        lines = [_leader(panel, one) for one in rest if one.at.away]
        forms = [*((form, FAR) for form in _written(label, name(label.area))), (label, math.inf)]
        free = (
            one
            for form, limit in forms
            for one in _nearby(panel, form, [*others, *taken], limit)
            if not (one.at.away and _tangled(panel, one, others, lines))
        )
        best = next(free, label)
        if lands and _astray(panel, best, lands):
            best = next((one for one in islice(free, TRIED) if not _astray(panel, one, lands)), best)
        found.append(best)
    return found


def _astray(panel: Panel, label: Label, lands: Mapping[str, BaseGeometry]) -> bool:
    """Whether a label outside its state, or its symbol, stands on another one."""
    if not label.at.away:
        return False
    boxes = _covered(panel, label)
    shapes = [shapely.box(*(edge * panel.scale for edge in box)) for box in boxes]
    others = [land for code, land in lands.items() if code != label.area]
    return any(bool(shapely.intersects(others, shape).any()) for shape in shapes)


def _written(label: Label, name: str) -> Iterator[Label]:
    """The label with a name in one line, then in two that are about as long."""
    whole = f"<b>{label.area}</b>"
    yield replace(label, text=label.text.replace(whole, f"<b>{name}</b>"))
    parts = name.split(" ")
    cuts = [(" ".join(parts[:n]), " ".join(parts[n:])) for n in range(1, len(parts))]
    if cuts and "<br>" not in label.text:
        first, second = min(cuts, key=lambda cut: max(map(len, cut)))
        yield replace(label, text=label.text.replace(whole, f"<b>{first}</b><br><b>{second}</b>"))


def _nearby(panel: Panel, label: Label, others: Sequence[Bounds], limit: float) -> Iterator[Label]:
    """The label at its place and at others where it covers nothing, the nearest first."""
    if _free(panel, _covered(panel, label), others):
        yield label
    yield from _moved(panel, label, others, limit, BESIDE)


def untangled(panel: Panel, labels: Sequence[Label]) -> list[Label]:
    """The labels outside their states moved to the nearest place where no leader line crosses a label."""
    found = list(labels)
    boxes = [_covered(panel, one) for one in found]
    for at, label in enumerate(found):
        rest = found[:at] + found[at + 1 :]
        others = [box for some in boxes[:at] + boxes[at + 1 :] for box in some]
        lines = [_leader(panel, one) for one in rest if one.at.away]
        if label.at.away and _tangled(panel, label, others, lines):
            moved = _moved(panel, label, others)
            found[at] = next((one for one in moved if not _tangled(panel, one, others, lines)), label)
            boxes[at] = _covered(panel, found[at])
    return found


def _tangled(panel: Panel, label: Label, others: Sequence[Bounds], lines: Sequence[Bounds]) -> bool:
    """Whether a label's leader line crosses its text or other labels, or the lines of others cross the label."""
    text, leader = _boxes(panel, label), _leader(panel, label)
    mine = [*text, *_symbol(panel, label)]
    return any(_cuts(leader, box) for box in (*text, *others)) or any(
        _cuts(line, box) for line, box in product(lines, mine)
    )


def _leader(panel: Panel, label: Label) -> Bounds:
    """The two ends in pixels of the line from a state to its label."""
    (x, y), at, scale = label.point, label.at, panel.scale
    return x / scale, y / scale, at.x / scale, at.y / scale


def _cuts(line: Bounds, box: Bounds) -> bool:
    """Whether a line, given by its two ends, passes through a box or within a pixel of it."""
    x, y, end_x, end_y = line
    left, bottom, right, top = box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1
    if (x < left and end_x < left) or (x > right and end_x > right):
        return False
    if (y < bottom and end_y < bottom) or (y > top and end_y > top):
        return False
    across, up = end_x - x, end_y - y
    # A line that passes has corners of the box on both sides.
    sides = [across * (at_y - y) > up * (at_x - x) for at_x in (left, right) for at_y in (bottom, top)]
    return any(sides) and not all(sides)


def _moved(
    panel: Panel, label: Label, others: Sequence[Bounds], limit: float = math.inf, beside: float = -1.0
) -> Iterator[Label]:
    """The label at the places where it covers nothing, the nearest first.

    Args:
        limit: the farthest in pixels from its place; beside: up to so many pixels from its state it needs no line.
    """
    x, y, scale = label.at.x, label.at.y, panel.scale
    mine = "right" if label.at.side == "center" else label.at.side
    for side in (mine, "left" if mine == "right" else "right"):
        radius = label.radius or label.around
        start = replace(label, at=Place(x, y, side, away=True), radius=radius, around=0.0, ground="page")
        text, symbol = _boxes(panel, start), _symbol(panel, start)
        # Thousands of places are tried: what none of them can reach is set aside first.
        reach = _shifted([*text, *symbol], -FARTHEST, -FARTHEST) + _shifted([*text, *symbol], FARTHEST, FARTHEST)
        lefts, bottoms, rights, tops = zip(*reach, strict=True)
        near = [box for box in others if covers([(min(lefts), min(bottoms), max(rights), max(tops))], [box])]
        for right, up in _WAYS:
            if math.hypot(right, up) > limit:
                return
            at = Place(x + right * scale, y + up * scale, side, away=True)
            away = label.radius > 0 or math.dist((at.x, at.y), label.point) / scale > beside
            if _free(panel, _shifted([*text, *symbol] if away else text, right, up), near):
                yield replace(start, at=replace(at, away=away), ground="page" if away else label.ground)


def _shifted(boxes: Sequence[Bounds], right: float, up: float) -> list[Bounds]:
    """Boxes moved by so many pixels."""
    return [(one[0] + right, one[1] + up, one[2] + right, one[3] + up) for one in boxes]


def _free(panel: Panel, boxes: Sequence[Bounds], others: Sequence[Bounds]) -> bool:
    """Whether boxes are within the panel and cover nothing."""
    window, scale = panel.window, panel.scale
    left, bottom, right, top = window.left / scale, window.bottom / scale, window.right / scale, window.top / scale
    within = all(box[0] > left and box[1] > bottom and box[2] < right and box[3] < top for box in boxes)
    return within and not covers(boxes, others)


def covers(boxes: Sequence[Bounds], others: Sequence[Bounds]) -> bool:
    """Whether one of the boxes and one of the others overlap."""
    for left, bottom, right, top in boxes:
        for other in others:
            if left < other[2] and other[0] < right and bottom < other[3] and other[1] < top:
                return True
    return False


def _boxes(panel: Panel, label: Label) -> list[Bounds]:
    """The boxes of the lines of a label."""
    found = []
    for (right, up), text in _rows(label):
        lines = text.split("<br>")
        for rank, line in enumerate(lines):
            wide = metrics.width(re.sub("<.*?>", "", line), TEXT, bold=True, face=label.face)
            middle = label.at.y / panel.scale + up + ((len(lines) - 1) / 2 - rank) * LINE
            side = label.at.side
            left = label.at.x / panel.scale + right - {"right": 0.0, "left": wide, "center": wide / 2}[side]
            found.append((left, middle - LINE / 2, left + wide, middle + LINE / 2))
    return found


def _covered(panel: Panel, label: Label) -> list[Bounds]:
    """The boxes of a label's lines and of its symbol."""
    return [*_boxes(panel, label), *_symbol(panel, label)]


def _symbol(panel: Panel, label: Label) -> list[Bounds]:
    """The box of the symbol beside a label outside its state, or of that which its lines leave free."""
    radius = label.radius if label.at.away else label.around
    x, y = label.at.x / panel.scale, label.at.y / panel.scale
    return [(x - radius, y - radius, x + radius, y + radius)] if radius else []


def symbols(panel: Panel, labels: Sequence[Label]) -> list[Bounds]:
    """The boxes in pixels of the symbols of labels."""
    return [box for label in labels for box in _symbol(panel, label)]


def ties(panel: Panel, labels: Sequence[Label]) -> Trace:
    """The leader lines from states to their labels outside."""
    away = [label for label in labels if label.at.away]
    ends = xy(point for label in away for point in (label.point, (label.at.x, label.at.y), None))
    return lines(panel.axis, *ends, color=COLORS.ink, width=0.8)


def texts(panel: Panel, labels: Sequence[Label]) -> list[Trace]:
    """The texts of labels, beside their symbols; dark and light ones are separate traces."""
    return [
        _texts(panel, some, ground)
        for ground in GROUNDS
        if (some := [label for label in labels if label.ground == ground])
    ]


def _texts(panel: Panel, labels: Sequence[Label], ground: Ground) -> Trace:
    rows = [(label.at, *row) for label in labels for row in _rows(label)]
    places = xy((at.x + right * panel.scale, at.y + up * panel.scale) for at, (right, up), _ in rows)
    lines_of_text, sides = [text for _, _, text in rows], [at.side for at, _, _ in rows]
    trace = words(panel.axis, *places, lines_of_text, sides, size=TEXT, ground=ground)
    return anchored(trace, panel.scale, [offset for _, offset, _ in rows])


def _rows(label: Label) -> list[tuple[tuple[float, float], str]]:
    """The lines of a label, each with its offset (pixels right, pixels up) from the label's place."""
    right = {"right": 1, "left": -1, "center": 0}[label.at.side] * (label.radius + AFTER)
    if not label.around:
        return [((right, 0.0), label.text)]
    up = label.around + TEXT / 2
    return [((right, way * up), line) for way, line in zip((1, -1), label.text.split("<br>"), strict=False)]


def targets(
    panel: Panel, labels: Sequence[Label], hover: Callable[[str], str], medium: Medium, *, written: Sequence[Label]
) -> Trace:
    """Invisible marks over the labels for hover and click: `customdata` is [iso3]; 44 pixels wide for touch.

    Args:
        written: the labels whose texts are drawn, of states that `labels` has, too. In `meta`, `words` has for each the
            number of its mark, its place on the map (km), and the box of its text: left, bottom, right and top, in
            pixels from that place. The links of a drawing let the whole text answer for its state.
    """
    marker = {"size": TARGET[medium.close], "color": INVISIBLE, "line": {"width": 0}}
    places = xy((label.at.x, label.at.y) for label in labels)
    data = [[label.area] for label in labels]
    number = {label.area: at for at, label in enumerate(labels)}
    words = [[number[one.area], round(one.at.x, 1), round(one.at.y, 1), *_text_box(panel, one)] for one in written]
    said = [hover(label.area) for label in labels]
    return marks(panel.axis, *places, marker, customdata=data, hovertext=said, meta={"words": words})


def _text_box(panel: Panel, label: Label) -> tuple[int, int, int, int]:
    """Left, bottom, right and top of all lines of a label's text, in pixels from the label's place."""
    x, y = label.at.x / panel.scale, label.at.y / panel.scale
    lefts, bottoms, rights, tops = zip(*_boxes(panel, label), strict=True)
    return round(min(lefts) - x), round(min(bottoms) - y), round(max(rights) - x), round(max(tops) - y)
