"""A drawing as SVG inside a web page: in the names of colors, for the theme of the page, and with links.

The picture is that of `svg`. Most shapes share a look, so looks are classes; lines lose what no screen shows. Links lie
on top of the picture, so that for screen readers it is one picture with a list of links beside it.
"""

from base64 import b32encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from functools import lru_cache
from hashlib import blake2b
from xml.etree import ElementTree as ET

import numpy as np
import shapely

from dashboard.charts import colors
from dashboard.charts.render.axes import Point
from dashboard.charts.render.shapes import Mark, Path, Shape, TextShape, VectorDrawing
from dashboard.charts.render.svg import FONT, SvgSheet

# The attributes that become a class.
LOOKS = (
    *("fill", "fill-opacity", "fill-rule", "stroke", "stroke-opacity", "stroke-width", "stroke-linejoin"),
    *("stroke-dasharray", "paint-order", "font-size", "font-weight", "text-anchor"),
)
# Those, and what the page's style sheet says of all drawings.
_LEFT_OUT = frozenset((*LOOKS, "class", "font-family"))
# Pixels that lines may lose, with the steps less than half a pixel; steps a pixel; the least corners of a closed line,
# of which two are the same.
LOST = 0.35
GRID = 5
CLOSED = 4
# Lines in the cache: those of the basemap on every panel.
LINES = 8192
# So many links are steps of the Tab key: more would keep a reader with a keyboard in a figure that a table repeats.
STEPS = 150


@dataclass
class Looks:
    """The looks of the drawings of one page; each has the name of its class, which is the same on every page."""

    names: dict[tuple[tuple[str, str], ...], str] = field(default_factory=dict)

    def name(self, look: dict[str, str]) -> str:
        """The class of a look, which has attributes of `LOOKS`."""
        key = tuple(look.items())
        if key not in self.names:
            self.names[key] = f"s{b32encode(blake2b(repr(key).encode(), digest_size=5).digest()).decode()[:6].lower()}"
        return self.names[key]

    @property
    def sheet(self) -> str:
        """The style sheet of all looks, and of the colors."""
        return colors.sheet() + "".join(
            f".{name}{{{';'.join(map(_declared, look))}}}" for look, name in self.names.items()
        )


class SlimSheet(SvgSheet):
    """An SVG whose lines lose what no screen shows: `lost` pixels of the drawing."""

    lost = LOST

    def pen(self, points: tuple[Point, ...]) -> str:
        """The line through some points, as path data."""
        return _line(points, self.lost)


class StageSheet(SlimSheet):
    """An SVG for a stage, which shows it at about twice its size."""

    lost = LOST / 2


class Inline(SlimSheet):
    """An SVG for a web page under construction.

    Attributes:
        opened: the ids of the areas and the marks at which a click opens something, by what it opens.
        written: the boxes of texts that open the same as one of these; no other place covers them.
        words: what the link says, by what it opens.
    """

    def __init__(self, drawing: VectorDrawing, looks: Looks, prefix: str) -> None:
        """An empty picture.

        Args:
            prefix: begins every id, so that several drawings may stand in one page.
        """
        self.looks = looks
        super().__init__(replace(drawing, title="", alt=""), FONT, prefix)
        self.whole = self.root
        self.root = ET.SubElement(self.whole, "g", {"role": "img", "aria-label": drawing.alt})
        self.opened: dict[str, list[str | Mark]] = {}
        self.written: list[Path] = []
        self.words: dict[str, str] = {}

    def add(self, shape: Shape) -> None:
        """Draw a shape, unless it is invisible, and note what a click on it opens."""
        if shape.layer != "target":
            self.draw(shape)
        if isinstance(shape, TextShape) or not shape.opens:
            return
        if isinstance(shape, Path) and shape.layer == "target":
            self.written.append(shape)
            return
        # What a mark made for the pointer says comes before what a part of the picture says.
        if shape.layer == "target" or shape.opens not in self.words:
            self.words[shape.opens] = shape.alt
        place: str | Mark = shape if isinstance(shape, Mark) else f"{self.prefix}-{len(self.root)}"
        if isinstance(place, str):
            self.root[-1].set("id", place)
        self.opened.setdefault(shape.opens, []).append(place)

    def linked(self, link: Callable[[str], str]) -> ET.Element:
        """The picture with its links, one for all places that open the same."""
        links = ET.SubElement(self.whole, "g", {"class": "links"})
        stepped = {} if len(self.opened) <= STEPS else {"tabindex": "-1"}
        for opens, places in self.opened.items():
            if address := link(opens):
                one = ET.SubElement(links, "a", {"href": address, **stepped})
                ET.SubElement(one, "title").text = self.words[opens]
                for place in places:
                    if isinstance(place, str):
                        ET.SubElement(one, "use", {"href": f"#{place}"})
                    else:
                        x, y, radius = (f"{value:.1f}" for value in (*place.at, place.size / 2))
                        ET.SubElement(one, "circle", {"cx": x, "cy": y, "r": radius})
        for shape in self.written:
            if address := link(shape.opens):
                # The state has its link already: this one is for the pointer alone.
                one = ET.SubElement(links, "a", {"href": address, "tabindex": "-1", "aria-hidden": "true"})
                ET.SubElement(one, "title").text = shape.alt
                ET.SubElement(one, "path", {"d": f"{self.pen(shape.lines[0])}Z"})
        return self.whole

    def _add(self, tag: str, values: dict[str, str], into: ET.Element | None = None) -> ET.Element:
        look = {name: values[name] for name in LOOKS if name in values}
        other = {name: value for name, value in values.items() if name not in _LEFT_OUT}
        return super()._add(tag, other | ({"class": self.looks.name(look)} if look else {}), into)


def inline(drawing: VectorDrawing, looks: Looks, link: Callable[[str], str], *, kind: str, prefix: str = "") -> str:
    """A drawing as an `svg` element.

    Args:
        drawing: with its invisible marks (`targets` of `dashboard.charts.render.model.drawing`).
        looks: of the page; the element needs their style sheet.
        link: the address of what a click opens; empty if it has none.
        kind: the class of the element.
        prefix: begins every id in it, so that several drawings may stand in one page; by default the class.
    """
    made = Inline(drawing, looks, prefix or kind)
    for shape in drawing.shapes:
        made.add(shape)
    root = made.linked(link)
    size = {
        "viewBox": root.attrib["viewBox"],
        "preserveAspectRatio": "xMinYMin",
        "style": f"--tall: {drawing.height:g}px",
    }
    root.attrib = {"class": kind, **size}
    return ET.tostring(root, encoding="unicode")


def _declared(part: tuple[str, str]) -> str:
    name, value = part
    return f"{name}:{value}px" if name == "font-size" else f"{name}:{value}"


@lru_cache(LINES)
def _line(points: tuple[Point, ...], lost: float) -> str:
    """A line without what no screen shows, in steps; cached, since the outlines of a map are in every drawing of it."""
    whole = np.array(points)
    slim = shapely.get_coordinates(shapely.simplify(shapely.linestrings(whole), lost))
    kept = whole if points[0] == points[-1] and len(slim) < CLOSED else slim
    grid = np.rint(kept * GRID).astype(int)
    steps = np.diff(grid, axis=0)
    moved = steps[steps.any(axis=1)].ravel().tolist()
    return f"M{_written(grid[0].tolist())}l{_written(moved)}" if moved else f"M{_written(grid[0].tolist())}"


def _written(values: Sequence[int]) -> str:
    """Steps of the grid as path data, with the separators that it needs."""
    parts: list[str] = []
    point = False
    for number in map(_number, values):
        # Two numbers need a space between them, unless a sign or a second point parts them.
        apart = parts and not (number[0] == "-" or (number[0] == "." and point))
        parts.append(f" {number}" if apart else number)
        point = "." in number
    return "".join(parts)


@lru_cache(LINES)
def _number(value: int) -> str:
    """A step of the grid in pixels."""
    text = f"{value / GRID:g}"
    return text.replace("0.", ".", 1) if abs(value) < GRID else text
