"""The countries of routes in their order: a bar for each, its name, and over each column what stands in it."""

from collections.abc import Sequence
from typing import Any

from dashboard.figures.flow_bands import ACROSS, BAR, FINE, across
from dashboard.figures.flow_places import Place, bar
from dashboard.figures.palette import Palette
from dashboard.figures.row_chart import Chart
from dashboard.figures.traces import Trace, area, words
from dashboard.figures.windows import Coordinates, Outline
from data.i18n import Language

# The share of the width left for names at either side.
SIDE = {False: 200, True: 130}
SIZE = {False: 14, True: 13}


def bars(places: Sequence[Place], pixels: float, colours: Palette) -> Trace:
    """A bar for each country, as tall as its bands together."""
    x: Coordinates = []
    y: Coordinates = []
    for place in places:
        left, right = round(across(place) - BAR / 2), round(across(place) + BAR / 2)
        top, bottom = round(place.top * FINE), round((place.top + bar(place, pixels)) * FINE)
        x += [*([None] if x else []), left, right, right, left, left]
        y += [*([None] if y else []), top, top, bottom, bottom, top]
    return area("", Outline(x, y), colours.ink, line=(colours.ink, 0))


def names(places: Sequence[Place], pixels: float, shape: Chart) -> Trace:
    """The names of the countries at both sides: beside their bars, outwards."""
    outer = [place for place in places if place.column != 1]
    x: Coordinates = [across(place) + (-1 if place.column == 0 else 1) * BAR for place in outer]
    y: Coordinates = [(place.top + bar(place, pixels) / 2) * FINE for place in outer]
    said = [_name(place, shape) for place in outer]
    side = ["left" if place.column == 0 else "right" for place in outer]
    return words("", x, y, said, side, palette=shape.palette, size=SIZE[shape.narrow])


def between(places: Sequence[Place], pixels: float, shape: Chart) -> list[dict[str, Any]]:
    """The names in the middle, on a ground of their own: what goes past lies under them."""
    look = {"xref": "x", "yref": "y", "xanchor": "left", "yanchor": "middle", "showarrow": False, "borderpad": 0}
    look |= {"bgcolor": shape.palette.halo, "font": {"size": SIZE[shape.narrow], "color": shape.palette.ink}}
    return [
        look | {"x": across(place) + BAR, "y": round((place.top + bar(place, pixels) / 2) * FINE), "text": text}
        for place in places
        if place.column == 1 and (text := _name(place, shape))
    ]


def _name(place: Place, shape: Chart) -> str:
    return place.area if shape.narrow else shape.lang.country(place.area)


def headings(
    columns: Sequence[Sequence[Place]], evidence: str, colours: Palette, lang: Language, *, narrow: bool
) -> list[dict[str, Any]]:
    """Over each column what stands in it."""
    stated = (lang.text("Origin"), lang.text("Transit"), lang.text("Destination"))
    counted = (lang.text("Citizenship"), "", lang.text("Detected in"))
    said = counted if evidence == "counted" else stated
    look = {"xref": "x", "yref": "y domain", "y": 1, "yanchor": "bottom", "showarrow": False, "yshift": 4}
    font = {"size": SIZE[narrow] + 1, "color": colours.ink}
    # At the edges of the figure, where on a phone there is no room for more than the codes.
    at = ((-SIDE[narrow], "left"), (ACROSS / 2, "center"), (ACROSS + SIDE[narrow], "right"))
    return [
        look | {"x": x, "xanchor": anchor, "text": f"<b>{text}</b>", "font": font}
        for (x, anchor), text, column in zip(at, said, columns, strict=True)
        if column and text
    ]
