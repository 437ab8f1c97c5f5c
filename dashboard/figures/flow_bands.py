"""The bands of routes in their order, and the unseen marks on them that answer to pointer and click."""

from collections.abc import Iterable, Sequence

import numpy as np

from dashboard.figures.arrow_traces import ARROW, EDGED, style
from dashboard.figures.arrow_words import sentence
from dashboard.figures.flow_places import THINNEST, Band, Place
from dashboard.figures.palette import INVISIBLE, Palette
from dashboard.figures.traces import Trace, area, marks
from dashboard.figures.windows import Coordinates, Outline
from data.i18n import Language

# A pixel is four units of the y axis, the whole width a thousand of the x axis: whole numbers take few bytes.
FINE, ACROSS = 4, 1000
# Pixels across the bar of a country; pieces of a band's curve.
BAR, STEPS = 10, 24
# Two hexadecimal digits of opacity: what goes by a transit state lies pale under what goes through one.
PAST, THROUGH = "66", "bf"


def drawn(band: Band, colours: Palette, lang: Language) -> Trace:
    """A band as a polygon that bends evenly from the one place to the other."""
    share = np.linspace(0, 1, STEPS)
    bend = share * share * (3 - 2 * share)
    left, right = across(band.start) + BAR / 2, across(band.end) - BAR / 2
    x = left + (right - left) * share
    upper = band.leaves + (band.reaches - band.leaves) * bend
    lower = upper + max(band.wide, THINNEST)
    outline = Outline(_whole([*x, *x[::-1], x[0]], 1), _whole([*upper, *lower[::-1], upper[0]], FINE))
    fill, line, dash = style(band.one, colours, thin=band.wide < EDGED)
    if fill.startswith("#") and not band.one.masked:
        # What is pale has a line around it that is not.
        line = (fill[:7], 1.0) if past(band) else line
        fill = fill[:7] + (PAST if past(band) else THROUGH)
    name = ARROW.join(["", *band.one.ends])
    return area("", outline, fill, line=line, dash=dash, hover=sentence(band.one, lang), name=name)


def past(band: Band) -> bool:
    """Whether a band goes by the column in the middle."""
    return band.end.column - band.start.column > 1


def _whole(values: Iterable[float], times: int) -> Coordinates:
    return [round(float(value) * times) for value in values]


def across(place: Place) -> float:
    """Where a country's column stands on the x axis."""
    return place.column * ACROSS / 2


def handles(found: Sequence[Band], opens: frozenset[str], lang: Language) -> Trace:
    """Unseen marks in the middle of the bands, which answer to pointer and click."""
    x: Coordinates = [(across(band.start) + across(band.end)) / 2 for band in found]
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
