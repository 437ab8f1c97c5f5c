"""The arrows of a panel as traces: the look of each, and the unseen marks on them that answer to pointer and click."""

from dashboard.figures.arrow_words import sentence
from dashboard.figures.arrows import Arrow, drawn_on
from dashboard.figures.canvas import Canvas
from dashboard.figures.palette import INVISIBLE, Palette
from dashboard.figures.traces import Trace, area, marks
from dashboard.figures.windows import Coordinates, Outline
from data.i18n import Language

# Under this width (pixels) a light edge would eat the ribbon: it gets one of its own colour.
EDGED = 5.0
# Between the two ends in a trace's name.
ARROW = "→"
# Two hexadecimal digits of opacity after a colour: crossing arrows show through one another.
OPAQUE, PALE, DASH = "e6", "59", "4px,3px"


def traces(canvas: Canvas, shown: list[Arrow], lang: Language) -> list[Trace]:
    """The arrows of a panel, the largest at the bottom, and unseen marks on them that answer to pointer and click."""
    here = [one for one in shown if drawn_on(one, canvas.panel)]
    if not here:
        return []
    # Rings under arrows, and those that look alike one after another.
    drawn = sorted(here, key=lambda one: (one.ends[0] != one.ends[1], *_appearance(one, canvas)))
    seen = ((one, canvas.outline(one)) for one in drawn)
    return [*(_trace(canvas, one, outline, lang) for one, outline in seen if outline.x), _handles(canvas, here, lang)]


def _appearance(one: Arrow, canvas: Canvas) -> tuple[bool, bool, bool]:
    """What tells the looks of rings apart; arrows stay in the order of their figures."""
    inside = one.ends[0] == one.ends[1]
    return inside and one.masked, inside and one.row["questioned"], inside and _thin(one, canvas)


def _thin(one: Arrow, canvas: Canvas) -> bool:
    return canvas.wide(one) < EDGED * canvas.panel.scale


def _trace(canvas: Canvas, one: Arrow, outline: Outline, lang: Language) -> Trace:
    fill, line, dash = style(one, canvas.palette, thin=_thin(one, canvas))
    said = sentence(one, lang)
    return area(canvas.panel.axis, outline, fill, line=line, hover=said, dash=dash, name=ARROW.join(one.ends))


def style(one: Arrow, palette: Palette, *, thin: bool = False) -> tuple[str, tuple[str, float], str]:
    """Fill, line (colour, width) and dash of an arrow: questioned ones are open and dashed, masked ones pale."""
    colour = palette.arrows[one.row["evidence"]]
    if one.row["questioned"]:
        return INVISIBLE, (colour, 1.6), DASH
    if one.masked:
        return colour + PALE, (colour, 1.0), "solid"
    return colour + OPAQUE, (colour, 0.5) if thin else (palette.surface, 0.8), "solid"


def _handles(canvas: Canvas, here: list[Arrow], lang: Language) -> Trace:
    places = [canvas.handle(one) for one in here]
    data = [[canvas.answering(one), *one.ends, one.row["leg"], one.row["transit"]] for one in here]
    # A ribbon is thin; its handle gives pointers and fingers room.
    marker = {"size": 22 if canvas.narrow else 16, "color": INVISIBLE, "line": {"width": 0}}
    x: Coordinates = [point[0] for point in places]
    y: Coordinates = [point[1] for point in places]
    said = [sentence(one, lang) for one in here]
    return marks(canvas.panel.axis, x, y, marker, customdata=data, hovertext=said)
