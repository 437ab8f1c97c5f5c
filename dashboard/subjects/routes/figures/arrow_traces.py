"""The traces of a panel's arrows, the invisible marks that give them hover and click, and their entries of the key."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np
import shapely

from dashboard.charts.colors import COLORS, INVISIBLE
from dashboard.charts.key import SWATCH_HEIGHT, SWATCH_WIDTH, SYMBOL_ROOM, Item
from dashboard.charts.panels import Coordinates, Outline
from dashboard.charts.traces import Trace, area, marks
from dashboard.subjects.routes import words
from dashboard.subjects.routes.figures.arrow_layout import EDGE, PALE_LINE, ArrowLayout
from dashboard.subjects.routes.figures.arrows import Arrow, drawn_on, sentence
from dashboard.subjects.routes.figures.badges import Role
from dashboard.subjects.routes.figures.ribbons import ribbon, ring
from dashboard.subjects.routes.figures.widths import Widths, least_figure
from data.i18n import Language

# Below this width (pixels) a light edge would cover the ribbon: its edge has its own color.
EDGED = 5.0
# Joins the two ends in the name of a trace.
ARROW = "→"
# The `meta` of the trace of invisible marks.
HANDLES = "handles"
# Opacity as two hexadecimal digits after a color: crossing arrows show through one another.
OPAQUE, PALE, DASH = "e6", "59", "4px,3px"
# The same of a wide ring, and the width in pixels of its edge.
SHEER, RIM = "66", 1.5
# Outlines closer than this (pixels) are in different layers, for both have an edge.
TOUCH = 1.5


def traces(layout: ArrowLayout, shown: list[Arrow], lang: Language) -> list[Trace]:
    """The arrows of a panel, and invisible marks for hover and click.

    Where they overlap the largest is at the bottom. A hop between neighbors is on top: else little of it would be seen.
    """
    here = [one for one in shown if drawn_on(one, layout.panel)]
    if not here:
        return []
    outlined = [(one, outline) for one in here if (outline := layout.outline(one)).x]
    # Rings below arrows, in layers; within a layer those of one look together.
    rings = [pair for pair in outlined if pair[0].ends[0] == pair[0].ends[1]]
    arrows = sorted(
        (pair for pair in outlined if pair[0].ends[0] != pair[0].ends[1]), key=lambda pair: layout.near(pair[0])
    )
    layers = [0] * len(rings) + [1 + level for level in levels([o for _, o in arrows], TOUCH * layout.panel.scale)]
    order = sorted(zip(layers, rings + arrows, strict=True), key=lambda found: (found[0], *_appearance(found[1][0])))
    return [*(_trace(layout, *pair, level, lang) for level, pair in order), _handles(layout, here, lang)]


def _appearance(one: Arrow) -> tuple[bool, bool]:
    """What decides the look of an arrow within a layer."""
    return one.masked, one.row["questioned"]


def _trace(layout: ArrowLayout, one: Arrow, outline: Outline, level: int, lang: Language) -> Trace:
    fill, line, dash = style(one, edge=2 * EDGE, sheer=layout.sheer(one))
    hover, name = sentence(one, lang), ARROW.join(one.ends)
    meta = {"layer": level, "opens": _opens(layout, one)}
    return area(layout.panel.axis, outline, fill, line=line, hover=hover, dash=dash, name=name, meta=meta)


def _opens(layout: ArrowLayout, one: Arrow) -> list[str | None]:
    """The `customdata` of an arrow, from which pages take what a click opens."""
    return [layout.opened_by(one), *one.ends, one.row["leg"], one.row["transit"]]


def style(
    one: Arrow, *, thin: bool = False, edge: float = 0.8, sheer: bool = False
) -> tuple[str, tuple[str, float], str]:
    """Fill, line (color, width) and dash of an arrow: questioned ones are open and dashed, masked ones pale.

    A light line, `edge` pixels wide, separates the arrow from others that it crosses, unless it is `thin`. A ring that
    is `sheer` shows its state and the heads of arrows that end there.
    """
    color = COLORS.arrows[one.row["evidence"]]
    if one.row["questioned"]:
        return INVISIBLE, (color, 1.6), DASH
    if one.masked:
        return color + PALE, (color, PALE_LINE), "solid"
    if sheer:
        return color + SHEER, (color, RIM), "solid"
    return color + OPAQUE, (color, 0.5) if thin else (COLORS.surface, edge), "solid"


def _handles(layout: ArrowLayout, here: list[Arrow], lang: Language) -> Trace:
    places = [layout.handle(one) for one in here]
    data = [_opens(layout, one) for one in here]
    # A ribbon is thin; a larger invisible mark is easier to hit.
    marker = {"size": 22 if layout.medium.close else 16, "color": INVISIBLE, "line": {"width": 0}}
    x: Coordinates = [point[0] for point in places]
    y: Coordinates = [point[1] for point in places]
    hovers = [sentence(one, lang) for one in here]
    return marks(layout.panel.axis, x, y, marker, customdata=data, hovertext=hovers, meta=HANDLES)


def levels(outlines: Sequence[Outline], margin: float) -> list[int]:
    """The layer of each shape, 0 at the bottom: above all earlier shapes closer to it than two margins."""
    shapes = shapely.buffer([_shape(outline) for outline in outlines], margin, quad_segs=1)
    found = [0] * len(outlines)
    later, earlier = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    # Sorted by the later shape of each pair, so that the layer of the earlier one is final.
    for at in np.lexsort((earlier, later)):
        if earlier[at] < later[at]:
            found[later[at]] = max(found[later[at]], found[earlier[at]] + 1)
    return found


def _shape(outline: Outline) -> shapely.Geometry:
    rings: list[list[tuple[float, float]]] = [[]]
    for x, y in zip(outline.x, outline.y, strict=True):
        if x is None or y is None:
            rings.append([])
        else:
            rings[-1].append((x, y))
    return shapely.MultiPolygon([shapely.Polygon(ring) for ring in rings])


@dataclass(frozen=True)
class Meaning:
    """What a key explains: the arrows and roles drawn, the kind of evidence, the widths.

    `chosen` says whether states are selected.
    """

    shown: Sequence[Arrow]
    roles: dict[str, list[Role]]
    evidence: str
    widths: Widths
    chosen: bool = False


def widths(meaning: Meaning, lang: Language) -> list[Item]:
    """The entries for widths: arrows of two figures, as wide as on the map."""
    return [_example(meaning, value, lang) for value in meaning.widths.examples()]


def _example(meaning: Meaning, value: int, lang: Language) -> Item:
    wide = meaning.widths.pixels(value)
    row = {"low": value, "high": value, "records": 1, "questioned": False, "evidence": meaning.evidence}
    fill, line, _ = style(Arrow(row, value), thin=wide < EDGED)
    if meaning.evidence == "stated":
        text = lang.plural("{n} statement", "{n} statements", value)
    elif value == least_figure(meaning.evidence):
        text = lang.plural("up to {n} victim", "up to {n} victims", value)
    else:
        text = lang.plural("{n} victim", "{n} victims", value)
    return Item(text, fill, line, shape=_swatch(wide))


def _swatch(wide: float) -> Outline:
    """An arrow of a width in pixels, in a unit box."""
    ends = np.array([[0.0, 3.0], [SWATCH_WIDTH, 3.0]])
    points = ribbon(ends[0], ends[1], wide, gaps=(0.1, 0.1), reach=np.inf, head=9.0)
    return Outline((points[:, 0] / SWATCH_WIDTH).tolist(), (points[:, 1] / SWATCH_HEIGHT).tolist())


def _round() -> Outline:
    """A ring as wide as a swatch is high, in a unit box beside a symbol."""
    half = SWATCH_HEIGHT / 2
    outer, inner = (part / (SWATCH_WIDTH - SYMBOL_ROOM, SWATCH_HEIGHT) for part in ring(np.full(2, half), half - 3, 3))
    return Outline(*([*one.tolist(), None, *other.tolist()] for one, other in zip(outer.T, inner.T, strict=True)))


def looks(meaning: Meaning, lang: Language) -> list[Item]:
    """The entries for the looks on the map: masked, questioned, inside one state."""
    color, arrow = COLORS.arrows[meaning.evidence], _swatch(EDGED)
    circle = {"symbol": "circle-open", "size": 14, "color": color, "line": {"width": 4, "color": color}, "opacity": 1}
    items = {
        "masked": Item(lang.text("Fewer than five only"), color + PALE, (color, PALE_LINE), shape=arrow),
        "questioned": Item(lang.text("Questioned figure"), INVISIBLE, (color, 1.6), DASH, shape=arrow),
        "inside": Item(words.within(lang, meaning.evidence), marker=circle),
    }
    if any(one.ends[0] == one.ends[1] and meaning.widths.covers(one.figure) for one in meaning.shown):
        small = circle | {"size": 10, "line": {"width": 3, "color": color}}
        items["inside"] = replace(items["inside"], fill=color + SHEER, line=(color, RIM), shape=_round(), marker=small)
    found = {
        "masked": any(one.masked for one in meaning.shown),
        "questioned": any(one.row["questioned"] for one in meaning.shown),
        "inside": any(one.ends[0] == one.ends[1] for one in meaning.shown),
    }
    return [item for look, item in items.items() if found[look]]
