"""The figures of the largest arrows, written on the map where they cover the least."""

import math
import textwrap
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from typing import NamedTuple

import numpy as np

from dashboard.charts.colors import COLORS
from dashboard.charts.labels import Label
from dashboard.charts.panels import INSET_STATES, Coordinates, Outline, Panel
from dashboard.charts.render import metrics
from dashboard.charts.traces import Trace, anchored, area, words
from dashboard.subjects.routes import query
from dashboard.subjects.routes.figures import margin
from dashboard.subjects.routes.figures.arrow_layout import HOLE, ArrowLayout, arrow_id
from dashboard.subjects.routes.figures.arrows import Arrow, drawn_on
from dashboard.subjects.routes.figures.lanes import Bounds
from dashboard.subjects.routes.figures.ribbons import Points
from data.i18n import Language

# So many of the largest arrows always have their figure; others where it covers nothing.
ALWAYS = 10
SIZE, TALL = 13, 14.0
# Where along an arrow a figure may stand, as shares of the way, the middle first; on which side of it, 0 for on it; and
# how many pixels off.
ALONG = np.array(sorted(np.linspace(0.08, 0.92, 15), key=lambda share: abs(share - 0.5)))
SIDES, GAPS = np.array([0, 1, -1, 1, -1]), np.array([0.0, 2.0, 2.0, 18.0, 18.0])
# The cost of a pixel of what a figure covers: words and marks, another figure; of each sample of another arrow; of
# standing beside its arrow, for each pixel between them; of each pixel by which another arrow is nearer; of standing
# away from the middle; of a pixel outside the map; and of covering all of its own arrow, from this share of it on.
WORDS, FIGURE, ARROW, ASIDE, STRAY, AWAY, OUTSIDE, OWN, BEHIND = 4.0, 5.0, 8.0, 8.0, 24.0, 20.0, 1000.0, 600.0, 0.25
# The cost of standing on its arrow, on slides.
ON = 80.0
# The most that the place of a figure costs which need not be on the map; and how many pixels other arrows are away from
# the middle of a figure, so that it seems to be that of its own.
SPARE, CLEAR = 10.0, 8.0
# Beside a code, up to so many pixels, a figure would seem to be that state's.
NEAR = 8.0
# How often each figure may move to a better place once the others have theirs.
PASSES = 3
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
        here = [panel.axis for panel in panels if not panel.main and one.ends[1] in panel.labeled]
        return here[0] if here else ""
    return ""


def values(
    layout: ArrowLayout,
    shown: Sequence[Arrow],
    words_and_marks: Sequence[Bounds],
    panels: Sequence[Panel],
    lang: Language,
    chosen: frozenset[str] = frozenset(),
    *,
    clear: bool = False,
) -> list[tuple[str, tuple[float, float]]]:
    """The figures of a panel's arrows with their places in kilometers, the largest first.

    Args:
        shown: all arrows of the map, the largest first.
        words_and_marks: the boxes in pixels of what a figure should not cover.
        chosen: the states whose rings have their figure.
        clear: stand beside arrows, not on them: not every program draws the light edges of letters on slides.
    """
    between = [one for one in shown if one.ends[0] != one.ends[1]]
    here = [one for one in between if drawn_on(one, layout.panel)]
    lines = np.array([layout.along(one, SAMPLES) / layout.panel.scale for one in here]).reshape(-1, len(SAMPLES), 2)
    marks = np.array(
        [
            *((left - NEAR, low, right + NEAR, high) for left, low, right, high in words_and_marks),
            *(_head(layout, one, line) for one, line in zip(here, lines, strict=True)),
            *(_ring(layout, code) for code in layout.rings),
        ]
    ).reshape(-1, 4)
    first = set(map(arrow_id, between[:ALWAYS]))
    mine = [at for at, one in enumerate(here) if home(one, panels) == layout.panel.axis]
    texts = [text(here[at], lang) for at in mine]
    on = ON if clear else 0.0
    found = [
        _beside(layout, here[at], written, marks, (lines, at), on) for at, written in zip(mine, texts, strict=True)
    ]
    rings = [one for one in shown if one.ends[0] == one.ends[1] and one.ends[0] in chosen]
    rings = [one for one in rings if home(one, panels) == layout.panel.axis]
    texts += [text(one, lang) for one in rings]
    kept = [arrow_id(here[at]) in first for at in mine] + [True] * len(rings)
    found += [_around(layout, one, text(one, lang), marks, lines) for one in rings]
    scale = layout.panel.scale
    return [
        (written, (float(x * scale), float(y * scale)))
        for written, place in zip(texts, _chosen(found, kept), strict=True)
        if place
        for x, y in [place]
    ]


class _Spots(NamedTuple):
    """The places that a figure may have: their middles in pixels, half of its width, and the cost of each place."""

    middles: Points
    half: float
    costs: Points

    def boxes(self) -> Points:
        """The box of each place, shape (n, 4)."""
        size = np.array([self.half, TALL / 2])
        return np.hstack([self.middles - size, self.middles + size])


def _chosen(every: Sequence[_Spots], kept: Sequence[bool]) -> list[tuple[float, float] | None]:
    """The place of each figure: of the lowest cost beside those with a place; None for one not `kept` that has none.

    Figures that are kept get their places first, and move as long as that is better.
    """
    boxes, taken = [spots.boxes() for spots in every], dict[int, Points]()
    order = [at for at, must in enumerate(kept) if must]
    for at in [*(order * PASSES), *(at for at, must in enumerate(kept) if not must)]:
        others = np.array([box for other, box in taken.items() if other != at]).reshape(-1, 4)
        costs = every[at].costs + FIGURE * _overlaps(boxes[at], others)
        best = int(costs.argmin())
        if kept[at] or costs[best] < SPARE:
            taken[at] = boxes[at][best]
    middles = {at: (float(box[0] + box[2]) / 2, float(box[1] + box[3]) / 2) for at, box in taken.items()}
    return [middles.get(at) for at in range(len(every))]


def _ring(layout: ArrowLayout, code: str) -> Bounds:
    """The box of a ring in pixels: a figure on it would seem to be the ring's."""
    (x, y), radius = np.array(layout.nodes[code]) / layout.panel.scale, layout.ring(code)
    return x - radius, y - radius, x + radius, y + radius


def _head(layout: ArrowLayout, one: Arrow, line: Points) -> Bounds:
    """The box of an arrow's head in pixels; `line` has points on the arrow."""
    end, size = np.array(layout.nodes[one.ends[1]]) / layout.panel.scale, layout.head(one)
    off = layout.gaps(one)[1] / layout.panel.scale + size / 2
    x, y = line[np.abs(np.hypot(*(line - end).T) - off).argmin()]
    return x - size / 2, y - size / 2, x + size / 2, y + size / 2


def _around(layout: ArrowLayout, one: Arrow, written: str, marks: Points, lines: Points) -> _Spots:
    """The places of a ring's figure: on a ring that is wide enough, else around it, rather above or below."""
    middle, radius = np.array(layout.nodes[one.ends[0]]) / layout.panel.scale, layout.ring(one.ends[0])
    half, on = _half(written), HOLE + TALL / 2 + 1
    within = math.hypot(half, on + TALL / 2) < radius
    turns = np.linspace(0.0, 2 * math.pi, 2 if within else 16, endpoint=False)
    reach = np.array([0.0, on]) if within else np.array([radius + half + 2, radius + TALL / 2 + 2])
    places = middle + np.column_stack([np.sin(turns), -np.cos(turns)]) * reach
    spots = _Spots(places, half, np.abs(np.sin(turns)))
    return spots._replace(costs=_costs(layout, spots, np.empty((0, 4)) if within else marks, lines))


def _beside(
    layout: ArrowLayout, one: Arrow, written: str, marks: Points, every: tuple[Points, int], on: float
) -> _Spots:
    """The places of an arrow's figure: on it, or beside it where no other arrow is nearer.

    Args:
        every: points on all arrows, and which of them is this one.
        on: the cost of standing on it.
    """
    lines, at = every
    scale, half = layout.panel.scale, _half(written)
    points = layout.along(one, ALONG) / scale
    ahead = layout.along(one, ALONG + 0.02) / scale - points
    aside = np.column_stack([-ahead[:, 1], ahead[:, 0]]) / np.hypot(*ahead.T)[:, None]
    reach = np.abs(aside) @ (half, TALL / 2) + layout.wide(one) / scale / 2
    off = SIDES * (reach[:, None] + GAPS)
    middles = (points[:, None] + aside[:, None] * off[..., None]).reshape(-1, 2)
    costs = AWAY * np.abs(ALONG - 0.5)[:, None] + np.where(SIDES == 0, on, ASIDE * GAPS)
    spots = _Spots(middles, half, costs.ravel())
    costs = _costs(layout, spots, marks, np.delete(lines, at, axis=0), np.abs(off).ravel())
    # A short arrow would disappear under its figure.
    own = (np.abs(lines[at] - middles[:, None]) < (half, TALL / 2)).all(axis=2).mean(axis=1)
    return spots._replace(costs=costs + OWN * np.maximum(own - BEHIND, 0.0))


def _half(written: str) -> float:
    """Half of the width in pixels of a figure with its light edge."""
    return metrics.width(written, SIZE) / 2 + 2


def _costs(layout: ArrowLayout, spots: _Spots, marks: Points, lines: Points, off: Points | None = None) -> Points:
    """The costs of places with those of what a figure would cover there; `off` is how far its own arrow is."""
    window, scale, boxes = layout.panel.window, layout.panel.scale, spots.boxes()
    low, high = np.array([window.left, window.bottom]) / scale, np.array([window.right, window.top]) / scale
    beyond = np.maximum(low - boxes[:, :2], boxes[:, 2:] - high).max(axis=1)
    costs: Points = spots.costs + OUTSIDE * np.maximum(beyond, 0.0) + WORDS * _overlaps(boxes, marks)
    if not lines.size:
        return costs
    away = np.abs(lines.reshape(-1, 2) - spots.middles[:, None])
    costs += ARROW * (away < (spots.half, TALL / 2 + 1)).all(axis=2).sum(axis=1)
    if off is not None:
        costs += STRAY * np.maximum(np.maximum(off, CLEAR) - np.hypot(away[..., 0], away[..., 1]).min(axis=1), 0.0)
    return costs


def _overlaps(boxes: Points, others: Points) -> Points:
    """The square pixels that each box shares with the others together; shapes (n, 4), (m, 4) to (n,)."""
    least, most = np.maximum(boxes[:, None, :2], others[:, :2]), np.minimum(boxes[:, None, 2:], others[:, 2:])
    shared: Points = np.maximum(most - least, 0.0).prod(axis=2).sum(axis=1)
    return shared


def traces(panel: Panel, found: Sequence[tuple[str, tuple[float, float]]]) -> list[Trace]:
    """The figures as one trace."""
    if not found:
        return []
    x: Coordinates = [place[0] for _, place in found]
    y: Coordinates = [place[1] for _, place in found]
    trace = words(panel.axis, x, y, [written for written, _ in found], "center", size=SIZE)
    # Twice the usual light edge: the figures stand on arrows.
    font = trace["textfont"]
    trace["textfont"] = font | {"shadow": f"{font['shadow']}, {font['shadow']}"}
    return [anchored(trace, panel.scale, [(0.0, 0.0)] * len(found)) if panel.main else trace]


def notice(panel: Panel, sentence: str) -> list[Trace]:
    """A sentence in a box in the middle of a panel."""
    lines = textwrap.wrap(sentence, max(int(0.8 * panel.box.width / NOTICE_LETTER), 16))
    window, scale = panel.window, panel.scale
    x, y = (window.left + window.right) / 2, (window.bottom + window.top) / 2
    wide = max(map(len, lines)) * NOTICE_LETTER / 2 + 10
    tall = len(lines) * NOTICE_LINE / 2 + 8
    box = Outline(
        [x + way * wide * scale for way in (-1, 1, 1, -1, -1)], [y + way * tall * scale for way in (-1, -1, 1, 1, -1)]
    )
    frame = area(panel.axis, box, COLORS.surface, line=(COLORS.ink, 1.0), meta={"layer": 0, "opens": []})
    at: Coordinates = [y + ((len(lines) - 1) / 2 - row) * NOTICE_LINE * scale for row in range(len(lines))]
    return [frame, words(panel.axis, [x] * len(lines), at, lines, "center", size=NOTICE_SIZE)]


def ends(shown: Sequence[Arrow]) -> frozenset[str]:
    """The countries at the ends of arrows."""
    return frozenset(code for one in shown for code in one.ends)


def labeled(labels: Sequence[Label], shown: Sequence[Arrow], chosen: frozenset[str]) -> list[Label]:
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
