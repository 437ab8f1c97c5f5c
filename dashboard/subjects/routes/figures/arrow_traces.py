"""The arrows of a panel as traces: the look of each, and the unseen marks on them that answer to pointer and click."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import shapely

from dashboard.charts.key import SWATCH_HEIGHT, SWATCH_WIDTH, Item, round_examples
from dashboard.charts.look import INVISIBLE, Palette
from dashboard.charts.panels import Coordinates, Outline
from dashboard.charts.traces import Trace, area, marks
from dashboard.subjects.routes.figures.arrows import Arrow, drawn_on, sentence
from dashboard.subjects.routes.figures.badges import Role
from dashboard.subjects.routes.figures.canvas import EDGE, LEAST, WIDEST, Canvas
from dashboard.subjects.routes.figures.ribbons import ribbon, width
from data.i18n import Language

# Under this width (pixels) a light edge would eat the ribbon: it gets one of its own color.
EDGED = 5.0
# Between the two ends in a trace's name.
ARROW = "→"
# What the marks that answer for the arrows of a panel carry as `meta`.
HANDLES = "handles"
# Two hexadecimal digits of opacity after a color: crossing arrows show through one another.
OPAQUE, PALE, DASH = "e6", "59", "4px,3px"
# Pixels around an outline within which another one must lie in another layer: both have an edge.
TOUCH = 1.5


def traces(canvas: Canvas, shown: list[Arrow], lang: Language) -> list[Trace]:
    """The arrows of a panel, where they meet the largest at the bottom, and unseen marks that answer for them."""
    here = [one for one in shown if drawn_on(one, canvas.panel)]
    if not here:
        return []
    seen = [(one, outline) for one in here if (outline := canvas.outline(one)).x]
    # Rings under arrows, in layers; in each those that look alike one after another.
    rings = [pair for pair in seen if pair[0].ends[0] == pair[0].ends[1]]
    arrows = [pair for pair in seen if pair[0].ends[0] != pair[0].ends[1]]
    layers = [0] * len(rings) + [1 + level for level in levels([o for _, o in arrows], TOUCH * canvas.panel.scale)]
    order = sorted(zip(layers, rings + arrows, strict=True), key=lambda found: (found[0], *_appearance(found[1][0])))
    return [*(_trace(canvas, *pair, level, lang) for level, pair in order), _handles(canvas, here, lang)]


def _appearance(one: Arrow) -> tuple[bool, bool]:
    """What tells the looks of one layer apart."""
    return one.masked, one.row["questioned"]


def _trace(canvas: Canvas, one: Arrow, outline: Outline, level: int, lang: Language) -> Trace:
    fill, line, dash = style(one, canvas.palette, edge=2 * EDGE)
    said, name = sentence(one, lang), ARROW.join(one.ends)
    meta = {"layer": level, "opens": _opens(canvas, one)}
    return area(canvas.panel.axis, outline, fill, line=line, hover=said, dash=dash, name=name, meta=meta)


def _opens(canvas: Canvas, one: Arrow) -> list[str | None]:
    """What a click on an arrow opens, as the pages take it."""
    return [canvas.answering(one), *one.ends, one.row["leg"], one.row["transit"]]


def style(one: Arrow, palette: Palette, *, thin: bool = False, edge: float = 0.8) -> tuple[str, tuple[str, float], str]:
    """Fill, line (color, width) and dash of an arrow: questioned ones are open and dashed, masked ones pale.

    A line as light as the surface, `edge` pixels wide, parts it from what it crosses, unless it is too thin for one.
    """
    color = palette.arrows[one.row["evidence"]]
    if one.row["questioned"]:
        return INVISIBLE, (color, 1.6), DASH
    if one.masked:
        return color + PALE, (color, 1.0), "solid"
    return color + OPAQUE, (color, 0.5) if thin else (palette.surface, edge), "solid"


def _handles(canvas: Canvas, here: list[Arrow], lang: Language) -> Trace:
    places = [canvas.handle(one) for one in here]
    data = [_opens(canvas, one) for one in here]
    # A ribbon is thin; its handle gives pointers and fingers room.
    marker = {"size": 22 if canvas.narrow else 16, "color": INVISIBLE, "line": {"width": 0}}
    x: Coordinates = [point[0] for point in places]
    y: Coordinates = [point[1] for point in places]
    said = [sentence(one, lang) for one in here]
    return marks(canvas.panel.axis, x, y, marker, customdata=data, hovertext=said, meta=HANDLES)


def levels(outlines: Sequence[Outline], margin: float) -> list[int]:
    """The layer of each shape, from the bottom up: over all earlier ones that come nearer to it than two margins."""
    shapes = shapely.buffer([_shape(outline) for outline in outlines], margin, quad_segs=1)
    found = [0] * len(outlines)
    later, earlier = shapely.STRtree(shapes).query(shapes, predicate="intersects")
    # By the later one of each pair, so that the earlier one's layer is known.
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


# Pixels: the widest ribbon whose head fits a row of the key.
MOST = 9.0


@dataclass(frozen=True)
class Meaning:
    """What a key has to explain: the arrows and roles drawn, the kind of evidence, the figure of the widest ribbon.

    `chosen` says whether some states stand out.
    """

    shown: Sequence[Arrow]
    roles: dict[str, list[Role]]
    evidence: str
    largest: float
    chosen: bool = False


def widths(meaning: Meaning, palette: Palette, lang: Language, *, narrow: bool) -> list[Item]:
    """Arrows of two round figures, as wide as on the map."""
    # The figure goes with the square of the width.
    fitting = meaning.largest * (MOST / WIDEST[narrow]) ** 2
    examples = round_examples(fitting) if meaning.shown else []
    return [_example(meaning, value, palette, lang, narrow=narrow) for value in examples]


def _example(meaning: Meaning, value: int, palette: Palette, lang: Language, *, narrow: bool) -> Item:
    wide = width(value, meaning.largest, WIDEST[narrow], LEAST)
    ends = np.array([[0.0, 3.0], [SWATCH_WIDTH, 3.0]])
    points = ribbon(ends[0], ends[1], wide, gaps=(0.1, 0.1), reach=np.inf, head=9.0)
    shape = Outline((points[:, 0] / SWATCH_WIDTH).tolist(), (points[:, 1] / SWATCH_HEIGHT).tolist())
    row = {"low": value, "high": value, "records": 1, "questioned": False, "evidence": meaning.evidence}
    fill, line, _ = style(Arrow(row, value), palette)
    if meaning.evidence == "counted":
        text = lang.plural("{n} person", "{n} persons", value)
    else:
        text = lang.plural("{n} statement", "{n} statements", value)
    return Item(text, fill, line, shape=shape)


def looks(meaning: Meaning, palette: Palette, lang: Language) -> list[Item]:
    """The looks that occur: masked, questioned, inside one state."""
    color = palette.arrows[meaning.evidence]
    ring = {"symbol": "circle-open", "size": 14, "color": color, "line": {"width": 4, "color": color}, "opacity": 1}
    items = {
        "masked": Item(lang.text("Masked figures only"), color + PALE, (color, 1.0)),
        "questioned": Item(lang.text("Questioned flow"), INVISIBLE, (color, 1.6), DASH),
        "inside": Item(lang.text("Inside one state"), marker=ring),
    }
    found = {
        "masked": any(one.masked for one in meaning.shown),
        "questioned": any(one.row["questioned"] for one in meaning.shown),
        "inside": any(one.ends[0] == one.ends[1] for one in meaning.shown),
    }
    return [item for look, item in items.items() if found[look]]
