"""The arrows of a panel as traces: the look of each, and the unseen marks on them that answer to pointer and click."""

from dashboard.figures.arrow_words import sentence
from dashboard.figures.arrows import Arrow, drawn_on
from dashboard.figures.canvas import EDGE, Canvas
from dashboard.figures.layers import levels
from dashboard.figures.palette import INVISIBLE, Palette
from dashboard.figures.traces import Trace, area, marks
from dashboard.figures.windows import Coordinates, Outline
from data.i18n import Language

# Under this width (pixels) a light edge would eat the ribbon: it gets one of its own colour.
EDGED = 5.0
# Between the two ends in a trace's name.
ARROW = "→"
# What the marks that answer for the arrows of a panel carry as `meta`.
HANDLES = "handles"
# Two hexadecimal digits of opacity after a colour: crossing arrows show through one another.
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
    """Fill, line (colour, width) and dash of an arrow: questioned ones are open and dashed, masked ones pale.

    A line as light as the surface, `edge` pixels wide, parts it from what it crosses, unless it is too thin for one.
    """
    colour = palette.arrows[one.row["evidence"]]
    if one.row["questioned"]:
        return INVISIBLE, (colour, 1.6), DASH
    if one.masked:
        return colour + PALE, (colour, 1.0), "solid"
    return colour + OPAQUE, (colour, 0.5) if thin else (palette.surface, edge), "solid"


def _handles(canvas: Canvas, here: list[Arrow], lang: Language) -> Trace:
    places = [canvas.handle(one) for one in here]
    data = [_opens(canvas, one) for one in here]
    # A ribbon is thin; its handle gives pointers and fingers room.
    marker = {"size": 22 if canvas.narrow else 16, "color": INVISIBLE, "line": {"width": 0}}
    x: Coordinates = [point[0] for point in places]
    y: Coordinates = [point[1] for point in places]
    said = [sentence(one, lang) for one in here]
    return marks(canvas.panel.axis, x, y, marker, customdata=data, hovertext=said, meta=HANDLES)
