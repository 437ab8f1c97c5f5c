"""The figures of the largest arrows, written on the map where they cover the least."""

import math
import textwrap
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import replace

import numpy as np
import shapely

from dashboard.charts.labels import Label
from dashboard.charts.look import Palette
from dashboard.charts.panels import INSET_STATES, Coordinates, Outline, Panel
from dashboard.charts.traces import Trace, anchored, area, words
from dashboard.subjects.routes import query
from dashboard.subjects.routes.figures import margin
from dashboard.subjects.routes.figures.arrow_layout import HOLE, ArrowLayout
from dashboard.subjects.routes.figures.arrows import Arrow, drawn_on
from dashboard.subjects.routes.figures.lanes import Box
from dashboard.subjects.routes.figures.ribbons import Points
from data.i18n import Language

# So many of the largest arrows always have their figure; others where it covers nothing.
ALWAYS = 10
SIZE, LETTER, TALL = 13, 7.6, 15.0
# Where along an arrow a figure may stand, as shares of the way, and how far beside its middle line, in pixels.
ALONG = np.array([0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82])
BESIDE = (0.0, 10.0, -10.0, 18.0, -18.0, 26.0, -26.0, 36.0, -36.0)
# The cost of a pixel of what a figure covers: words and marks, another figure, another arrow; of standing beside its
# arrow; of standing away from the middle; and of covering all of its own arrow, from
# this share of it on.
WORDS, FIGURE, ARROW, OFF, AWAY, OWN, BEHIND = 3.0, 5.0, 0.35, 1.5, 40.0, 200.0, 0.25
# Beside a code, up to so many pixels, a figure would seem to be that state's.
NEAR = 8.0
NOTICE_SIZE, NOTICE_LETTER, NOTICE_LINE = 15, 7.6, 21.0
SAMPLES = np.linspace(0.02, 0.98, 33)


def text(one: Arrow, lang: Language) -> str:
    """The figure as it stands on the map: in short words if it is masked in each of its years."""
    if query.few(one.row):
        return "<5" if one.row["records"] == 1 else lang.text("<5 a year")
    return lang.interval(one.row["low"], one.row["high"])


def home(one: Arrow, panels: Sequence[Panel]) -> str:
    """The axis of the one panel that has the figure of an arrow: an enlargement if both ends are there."""
    if set(one.ends) <= INSET_STATES:
        here = [panel.axis for panel in panels if not panel.main and one.ends[1] in panel.labelled]
        return here[0] if here else ""
    return ""


def values(
    layout: ArrowLayout,
    shown: Sequence[Arrow],
    words_and_marks: Sequence[Box],
    panels: Sequence[Panel],
    lang: Language,
    chosen: frozenset[str] = frozenset(),
) -> list[tuple[str, tuple[float, float]]]:
    """The figures of a panel's arrows with their places in kilometers, the largest first.

    Args:
        shown: all arrows of the map, the largest first.
        words_and_marks: the boxes in pixels of what a figure should not cover.
        chosen: the states whose rings have their figure.
    """
    between = [one for one in shown if one.ends[0] != one.ends[1]]
    here = [at for at, one in enumerate(between) if drawn_on(one, layout.panel)]
    lines = {at: layout.along(between[at], SAMPLES) / layout.panel.scale for at in here}
    covered = [
        *((left - NEAR, low, right + NEAR, high) for left, low, right, high in words_and_marks),
        *(_head(layout, between[at], lines[at]) for at in here),
        *(_ring(layout, code) for code in layout.rings),
    ]
    marks = shapely.STRtree([shapely.box(*box) for box in covered])
    taken: list[Box] = []
    found: list[tuple[str, tuple[float, float]]] = []
    for rank, one in enumerate(between):
        if rank not in lines or home(one, panels) != layout.panel.axis:
            continue
        written = text(one, lang)
        others = np.vstack([line for at, line in lines.items() if at != rank] or [np.empty((0, 2))])
        ways = lines[rank], others
        cost, place, box = min(_candidates(layout, one, written, marks, ways, taken), key=lambda each: each[0])
        if rank < ALWAYS or cost < AWAY / 4:
            taken.append(box)
            found.append((written, place))
    for one in shown:
        if one.ends[0] == one.ends[1] and one.ends[0] in chosen and home(one, panels) == layout.panel.axis:
            written = text(one, lang)
            every = np.vstack([*lines.values(), np.empty((0, 2))])
            _, place, box = min(_around(layout, one, written, marks, every, taken), key=lambda each: each[0])
            taken.append(box)
            found.append((written, place))
    return found


def _ring(layout: ArrowLayout, code: str) -> Box:
    """The box of a ring in pixels: a figure on it would seem to be the ring's."""
    (x, y), radius = np.array(layout.nodes[code]) / layout.panel.scale, layout.ring(code)
    return x - radius, y - radius, x + radius, y + radius


def _head(layout: ArrowLayout, one: Arrow, line: Points) -> Box:
    """The box of an arrow's head in pixels; `line` has points on the arrow."""
    end, size = np.array(layout.nodes[one.ends[1]]) / layout.panel.scale, layout.head(one)
    off = layout.gaps(one)[1] / layout.panel.scale + size / 2
    x, y = line[np.abs(np.hypot(*(line - end).T) - off).argmin()]
    return x - size / 2, y - size / 2, x + size / 2, y + size / 2


def _around(
    layout: ArrowLayout, one: Arrow, written: str, marks: shapely.STRtree, ways: Points, taken: Sequence[Box]
) -> Iterator[tuple[float, tuple[float, float], Box]]:
    """Each place of a ring's figure, as in `_candidates`: on a ring that is wide enough, else around it."""
    scale = layout.panel.scale
    middle, radius = np.array(layout.nodes[one.ends[0]]) / scale, layout.ring(one.ends[0])
    half = len(written) * LETTER / 2 + 1
    on = HOLE + TALL / 2 + 1
    if math.hypot(half, on + TALL / 2) < radius:
        places = [(0.0, -on), (0.0, on)]
    else:
        turns = np.linspace(0.0, 2 * math.pi, 16, endpoint=False)
        places = [(math.sin(a) * (radius + half + 2), -math.cos(a) * (radius + TALL / 2 + 2)) for a in turns]
    for rank, place in enumerate(places):
        x, y = middle + place
        box = (x - half, y - TALL / 2, x + half, y + TALL / 2)
        inside = float((np.abs(ways - (x, y)) < (half, TALL / 2 + 1)).all(axis=1).sum())
        cost = rank / len(places) + ARROW * 40 * inside + FIGURE * sum(_overlap(box, other) for other in taken)
        if len(places) > len(("below", "above")):
            cost += WORDS * _covered(box, marks)
        yield cost, (float(x * scale), float(y * scale)), box


def _candidates(
    layout: ArrowLayout,
    one: Arrow,
    written: str,
    marks: shapely.STRtree,
    ways: tuple[Points, Points],
    taken: Sequence[Box],
) -> Iterator[tuple[float, tuple[float, float], Box]]:
    """Each place of a figure: its cost, its middle in kilometers, and its box in pixels.

    Args:
        ways: points on its own arrow, and on all others, in pixels.
    """
    scale, window = layout.panel.scale, layout.panel.window
    half = len(written) * LETTER / 2 + 1
    points = layout.along(one, ALONG) / scale
    ahead = layout.along(one, ALONG + 0.02) / scale - points
    aside = np.column_stack([-ahead[:, 1], ahead[:, 0]]) / np.hypot(*ahead.T)[:, None]
    frame = (window.left / scale, window.bottom / scale, window.right / scale, window.top / scale)
    for way, point, normal in zip(ALONG, points, aside, strict=True):
        for off in BESIDE:
            x, y = point + normal * off
            box = (x - half, y - TALL / 2, x + half, y + TALL / 2)
            cost = abs(way - 0.5) * AWAY + OFF * abs(off) + _outside(box, frame)
            cost += WORDS * _covered(box, marks) + FIGURE * sum(_overlap(box, other) for other in taken)
            own, inside = (float((np.abs(line - (x, y)) < (half, TALL / 2 + 1)).all(axis=1).sum()) for line in ways)
            # A short arrow would disappear under its figure.
            cost += OWN * max(own / len(SAMPLES) - BEHIND, 0.0) + ARROW * 40 * inside
            yield cost, (float(x * scale), float(y * scale)), box


def _outside(box: Box, frame: Box) -> float:
    beyond = max(frame[0] - box[0], frame[1] - box[1], box[2] - frame[2], box[3] - frame[3], 0.0)
    return 1000.0 * beyond


def _covered(box: Box, marks: shapely.STRtree) -> float:
    """The square pixels of the obstacles under a box."""
    return sum(_overlap(box, marks.geometries[at].bounds) for at in marks.query(shapely.box(*box)))


def _overlap(one: Sequence[float], other: Sequence[float]) -> float:
    wide = min(one[2], other[2]) - max(one[0], other[0])
    tall = min(one[3], other[3]) - max(one[1], other[1])
    return max(wide, 0.0) * max(tall, 0.0)


def traces(panel: Panel, found: Sequence[tuple[str, tuple[float, float]]], palette: Palette) -> list[Trace]:
    """The figures as one trace."""
    if not found:
        return []
    x: Coordinates = [place[0] for _, place in found]
    y: Coordinates = [place[1] for _, place in found]
    trace = words(panel.axis, x, y, [written for written, _ in found], "center", palette=palette, size=SIZE)
    # Twice the usual light edge: the figures stand on arrows.
    font = trace["textfont"]
    trace["textfont"] = font | {"shadow": f"{font['shadow']}, {font['shadow']}"}
    return [anchored(trace, panel.scale, [(0.0, 0.0)] * len(found)) if panel.main else trace]


def notice(panel: Panel, sentence: str, palette: Palette) -> list[Trace]:
    """A sentence in a box in the middle of a panel."""
    lines = textwrap.wrap(sentence, max(int(0.8 * panel.box.width / NOTICE_LETTER), 16))
    window, scale = panel.window, panel.scale
    x, y = (window.left + window.right) / 2, (window.bottom + window.top) / 2
    wide = max(map(len, lines)) * NOTICE_LETTER / 2 + 10
    tall = len(lines) * NOTICE_LINE / 2 + 8
    box = Outline(
        [x + way * wide * scale for way in (-1, 1, 1, -1, -1)], [y + way * tall * scale for way in (-1, -1, 1, 1, -1)]
    )
    frame = area(panel.axis, box, palette.surface, line=(palette.ink, 1.0), meta={"layer": 0, "opens": []})
    at: Coordinates = [y + ((len(lines) - 1) / 2 - row) * NOTICE_LINE * scale for row in range(len(lines))]
    return [frame, words(panel.axis, [x] * len(lines), at, lines, "center", palette=palette, size=NOTICE_SIZE)]


def ends(shown: Sequence[Arrow]) -> frozenset[str]:
    """The countries at the ends of arrows."""
    return frozenset(code for one in shown for code in one.ends)


def labelled(labels: Sequence[Label], shown: Sequence[Arrow], chosen: frozenset[str]) -> list[Label]:
    """On a small map only the labels of the states at the ends of arrows, and of chosen ones."""
    named = ends(shown) | chosen
    return [label for label in labels if label.area in named]


def in_full(
    panel: Panel, labels: Sequence[Label], shown: Sequence[Arrow], chosen: frozenset[str], name: Callable[[str], str]
) -> list[Label]:
    """On stage the labels of the states between which there are arrows, and of chosen ones, with their whole names."""
    named = ends([one for one in shown if one.ends[0] != one.ends[1]]) | chosen
    return [_whole(panel, label, name(label.area)) for label in labels if label.area in named]


def _whole(panel: Panel, label: Label, name: str) -> Label:
    """The label with a name, moved as far as it needs to be whole on its panel."""
    named = replace(label, text=f"<b>{name}</b>")
    wide, window = margin.wide(named) * panel.scale, panel.window
    before = {"right": 0.0, "left": wide, "center": wide / 2}[label.at.side]
    x = min(max(label.at.x, window.left + before), window.right + before - wide)
    return replace(named, at=replace(label.at, x=x))


def nudged(points: Mapping[str, tuple[float, float]]) -> dict[str, tuple[float, float]]:
    """The places of marks, in kilometers: those of close neighbors a little apart, so that each has room for heads."""
    return {code: (x + APART.get(code, (0, 0))[0], y + APART.get(code, (0, 0))[1]) for code, (x, y) in points.items()}


# Kilometers to the east and to the north.
APART = {
    # Its ring is wide: between it and Mexico there must be room for an arrow.
    "USA": (350, 300),
    "MEX": (-100, -310),
    "HTI": (-45, 5),
    "DOM": (25, 0),
    "LCA": (5, 22),
    "VCT": (-12, -14),
    "GRD": (-8, -14),
    "ATG": (14, 4),
    "KNA": (-14, 0),
    "GUY": (-95, -25),
    "SUR": (80, 10),
    "ARG": (35, 12),
}
