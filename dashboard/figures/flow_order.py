"""Routes in their order: origin, transit, destination as columns, and bands between them as wide as their figures.

Names stand in alphabetical order; a band keeps the place that the names at its two ends give it.
"""

from collections.abc import Iterable, Sequence
from typing import Any, Literal

import numpy as np
import polars as pl

from dashboard.figures.arrow_traces import ARROW, EDGED, style
from dashboard.figures.arrow_words import sentence
from dashboard.figures.arrows import arrow
from dashboard.figures.flow_places import NAME, THINNEST, Band, Place, bands, bar, column, height, placed, scaled, stand
from dashboard.figures.palette import INVISIBLE, PALETTES, Palette
from dashboard.figures.row_chart import Chart, blank
from dashboard.figures.traces import Trace, area, marks, words
from dashboard.figures.windows import Coordinates, Outline
from dashboard.i18n import Language

# A pixel is four units of the y axis, the whole width a thousand of the x axis: whole numbers take few bytes.
FINE, ACROSS = 4, 1000
# Pixels over and under the columns, and across a bar.
EDGE, BAR = 34.0, 10
STEPS = 24
# The share of the width left for names at either side.
SIDE = {False: 200, True: 130}
SIZE = {False: 14, True: 13}
# Two hexadecimal digits of opacity: what goes by a transit state lies pale under what goes through one.
PAST, THROUGH = "66", "bf"


def flow_order(
    arrows: pl.DataFrame,
    lang: Language,
    *,
    evidence: Literal["counted", "stated"],
    opens: frozenset[str],
    title: str = "",
    notes: Sequence[str] = (),
    palette: Literal["light", "dark"] = "light",
    narrow: bool = False,
    width: float = 1600.0,
) -> dict[str, Any]:
    """A Plotly spec of the same rows as `routes_map`; counted victims have no transit and so two columns.

    Args: as in `flow_matrix`.
    """
    colours = PALETTES[palette]
    shown = [arrow(row) for row in arrows.iter_rows(named=True)]
    places = placed(shown)
    pixels = scaled(places)
    columns = [column(number, places, lang) for number in range(3)]
    tall = max(NAME, *(height(some, pixels) for some in columns))
    for some in columns:
        stand(some, tall, pixels)
    shape = Chart({}, [], colours, lang, narrow, width, tall, EDGE)
    heading = lang.text("The width of a band is its figure; countries in alphabetical order")
    if columns[1]:
        heading += ". " + lang.text("Strong bands run through a transit state, pale ones past it")
    spec = blank(shape, title=title, heading=heading, notes=notes)
    look = {"visible": False, "domain": [0, 1], "range": [-SIDE[narrow], ACROSS + SIDE[narrow]]}
    spec["layout"]["xaxis"] |= look
    spec["layout"]["yaxis"] |= {"visible": False, "range": [tall * FINE, 0]}
    spec["layout"]["annotations"] += _headings(columns, evidence, colours, lang, narrow=narrow)
    found = list(bands(shown, places, pixels, lang))
    drawn = [_band(band, colours, lang) for band in sorted(found, key=lambda band: (not _past(band), -band.wide))]
    stood = [place for some in columns for place in some]
    if not stood:
        return spec
    spec["layout"]["annotations"] += _between(stood, pixels, shape)
    drawn += [_bars(stood, pixels, colours), _handles(found, opens, lang), _names(stood, pixels, shape)]
    return {"data": drawn + spec["data"], "layout": spec["layout"]}


def _band(band: Band, colours: Palette, lang: Language) -> Trace:
    share = np.linspace(0, 1, STEPS)
    bend = share * share * (3 - 2 * share)
    left, right = _at(band.start) + BAR / 2, _at(band.end) - BAR / 2
    x = left + (right - left) * share
    upper = band.leaves + (band.reaches - band.leaves) * bend
    lower = upper + max(band.wide, THINNEST)
    outline = Outline(_whole([*x, *x[::-1], x[0]], 1), _whole([*upper, *lower[::-1], upper[0]], FINE))
    fill, line, dash = style(band.one, colours, thin=band.wide < EDGED)
    if fill.startswith("#") and not band.one.masked:
        fill = fill[:7] + (PAST if _past(band) else THROUGH)
    name = ARROW.join(["", *band.one.ends])
    return area("", outline, fill, line=line, dash=dash, hover=sentence(band.one, lang), name=name)


def _past(band: Band) -> bool:
    return band.end.column - band.start.column > 1


def _whole(values: Iterable[float], times: int) -> Coordinates:
    return [round(float(value) * times) for value in values]


def _at(place: Place) -> float:
    return place.column * ACROSS / 2


def _bars(places: Sequence[Place], pixels: float, colours: Palette) -> Trace:
    """A bar for each country, as tall as its bands together."""
    x: Coordinates = []
    y: Coordinates = []
    for place in places:
        left, right = round(_at(place) - BAR / 2), round(_at(place) + BAR / 2)
        top, bottom = round(place.top * FINE), round((place.top + bar(place, pixels)) * FINE)
        x += [*([None] if x else []), left, right, right, left, left]
        y += [*([None] if y else []), top, top, bottom, bottom, top]
    return area("", Outline(x, y), colours.ink, line=(colours.ink, 0))


def _handles(found: Sequence[Band], opens: frozenset[str], lang: Language) -> Trace:
    """Unseen marks in the middle of the bands, which answer to pointer and click."""
    x: Coordinates = [(_at(band.start) + _at(band.end)) / 2 for band in found]
    y: Coordinates = [(band.leaves + band.reaches + band.wide) / 2 * FINE for band in found]
    data = [
        [
            band.end.area if band.end.area in opens else band.start.area,
            *band.one.ends,
            band.one.row["leg"],
            band.one.row["transit"],
        ]
        for band in found
    ]
    marker = {"size": 16, "color": INVISIBLE, "line": {"width": 0}}
    return marks("", x, y, marker, customdata=data, hovertext=[sentence(band.one, lang) for band in found])


def _names(places: Sequence[Place], pixels: float, shape: Chart) -> Trace:
    """The names of the countries at both sides: beside their bars, outwards."""
    outer = [place for place in places if place.column != 1]
    x: Coordinates = [_at(place) + (-1 if place.column == 0 else 1) * BAR for place in outer]
    y: Coordinates = [(place.top + bar(place, pixels) / 2) * FINE for place in outer]
    said = [_name(place, shape) for place in outer]
    side = ["left" if place.column == 0 else "right" for place in outer]
    return words("", x, y, said, side, palette=shape.palette, size=SIZE[shape.narrow])


def _between(places: Sequence[Place], pixels: float, shape: Chart) -> list[dict[str, Any]]:
    """The names in the middle, on a ground of their own: what goes past lies under them."""
    look = {"xref": "x", "yref": "y", "xanchor": "left", "yanchor": "middle", "showarrow": False, "borderpad": 0}
    look |= {"bgcolor": shape.palette.halo, "font": {"size": SIZE[shape.narrow], "color": shape.palette.ink}}
    return [
        look | {"x": _at(place) + BAR, "y": round((place.top + bar(place, pixels) / 2) * FINE), "text": text}
        for place in places
        if place.column == 1 and (text := _name(place, shape))
    ]


def _name(place: Place, shape: Chart) -> str:
    return place.area if shape.narrow else shape.lang.country(place.area)


def _headings(
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
