"""Routes as a flow diagram: columns of origin, transit and destination, and bands whose width is their figure.

Countries are in alphabetical order, or by size; the bands at each country are in the order of their other ends.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

import numpy as np
import polars as pl

from dashboard.charts.colors import COLORS, INVISIBLE
from dashboard.charts.look import DASH
from dashboard.charts.medium import LEAD, NOTE, TEXT, Medium
from dashboard.charts.panels import Coordinates, Outline, Point
from dashboard.charts.row_chart import Chart, blank
from dashboard.charts.traces import Trace, area, marks, words, xy
from dashboard.subjects.routes.figures.arrows import Arrow, sentence
from dashboard.subjects.routes.figures.lines import short
from data.i18n import Language

# Space above and below the columns, in pixels.
EDGE = 34.0


def flow_order(
    arrows: pl.DataFrame,
    lang: Language,
    medium: Medium,
    *,
    evidence: Literal["counted", "stated"],
    opens: frozenset[str],
    by_size: bool = False,
) -> dict[str, Any]:
    """A Plotly spec of the rows that `routes_map` draws; counted victims have no transit and so two columns.

    Args: as in `flow_matrix`.
    """
    shown = [*map(Arrow, arrows.iter_rows(named=True))]
    places = placed(shown)
    pixels = scaled(places)
    columns = [column(number, places, lang, by_size=by_size) for number in range(3)]
    tall = max(NAME, *(height(some, pixels) for some in columns))
    for some in columns:
        stand(some, tall, pixels)
    shape = Chart({}, [], lang, medium, tall, EDGE)
    heading = (
        lang.text("The width of a band shows its figure; countries by size")
        if by_size
        else lang.text("The width of a band shows its figure; countries in alphabetical order")
    )
    if columns[1]:
        heading += ". " + lang.text("Dark bands: with a transit state. Pale bands: without")
    spec = blank(shape, heading=heading)
    look = {"visible": False, "domain": [0, 1], "range": [-SIDE[medium.narrow], ACROSS + SIDE[medium.narrow]]}
    spec["layout"]["xaxis"] |= look
    spec["layout"]["yaxis"] |= {"visible": False, "range": [tall * FINE, 0]}
    spec["layout"]["annotations"] += headings(columns, evidence, lang, medium)
    order = {} if by_size else _alphabetical(places, lang)
    found = list(bands(shown, places, pixels, order))
    drawn = [band_traces(band, lang) for band in sorted(found, key=lambda band: (not past(band), -band.wide))]
    drawn_places = [place for some in columns for place in some]
    if not drawn_places:
        return spec
    spec["layout"]["annotations"] += between(drawn_places, pixels, shape)
    drawn += [bars(drawn_places, pixels), figures(found, shape), handles(found, opens, lang)]
    drawn.append(names(drawn_places, pixels, shape))
    return {"data": drawn + spec["data"], "layout": spec["layout"]}


# Pixels: all bands of the fullest column together, the thinnest band, the room of a band for its figure, the least
# height of a name, the gap of places.
TALL = 420.0
THINNEST = 2.0
ROOM = 14.0
NAME = 16.0
BETWEEN = 6.0
COLUMNS = {"direct": (0, 2), "to_transit": (0, 1), "from_transit": (1, 2)}
CountryKey = tuple[int, str]


@dataclass
class ColumnCountry:
    """A country in a column: its incoming and outgoing figures, and the y of its top in pixels."""

    column: int
    area: str
    into: list[float] = field(default_factory=list)
    out: list[float] = field(default_factory=list)
    top: float = 0.0

    @property
    def figure(self) -> float:
        """The larger of the incoming and outgoing figures: a transit state may lack one of its legs."""
        return max(sum(self.into), sum(self.out))


@dataclass(frozen=True)
class Band:
    """An arrow between two places: the y where it leaves one and reaches the other, and its width, in pixels."""

    one: Arrow
    start: ColumnCountry
    end: ColumnCountry
    leaves: float
    reaches: float
    wide: float


def placed(shown: Iterable[Arrow]) -> dict[CountryKey, ColumnCountry]:
    """The countries of each column, with what comes into them and goes out."""
    places: dict[CountryKey, ColumnCountry] = {}
    for one in shown:
        start, end = (places.setdefault(key, ColumnCountry(*key)) for key in _keys(one))
        start.out.append(one.figure)
        end.into.append(one.figure)
    return places


def scaled(places: Mapping[CountryKey, ColumnCountry]) -> float:
    """Pixels per unit: the fullest column fills `TALL`."""
    sums = [sum(place.figure for place in places.values() if place.column == column) for column in range(3)]
    return TALL / max(*sums, 1.0)


def column(
    number: int, places: Mapping[CountryKey, ColumnCountry], lang: Language, *, by_size: bool
) -> list[ColumnCountry]:
    """The countries of a column in alphabetical order of their names, or the largest first."""
    order = lang.sorted_countries([place.area for place in places.values() if place.column == number])
    found = [places[number, code] for code in order]
    return sorted(found, key=lambda place: -place.figure) if by_size else found


def _alphabetical(places: Iterable[CountryKey], lang: Language) -> dict[str, int]:
    """The place of each country in the alphabetical order of all."""
    return {code: rank for rank, code in enumerate(lang.sorted_countries({code for _, code in places}))}


def _room(place: ColumnCountry, pixels: float) -> float:
    return max(bar(place, pixels), NAME) + BETWEEN


def height(column: Sequence[ColumnCountry], pixels: float) -> float:
    """The height of a column in pixels."""
    return sum(_room(place, pixels) for place in column)


def stand(column: Sequence[ColumnCountry], tall: float, pixels: float) -> None:
    """Set the tops of the places of a column, which is vertically centered in `tall` pixels."""
    level = (tall - height(column, pixels)) / 2
    for place in column:
        room = _room(place, pixels)
        place.top = level + (room - bar(place, pixels)) / 2
        level += room


def bar(place: ColumnCountry, pixels: float) -> float:
    """The height of a country's bar in pixels."""
    return max(sum(room(figure, pixels) for figure in side) for side in (place.into, place.out))


def room(figure: float, pixels: float) -> float:
    """The height in pixels that a band takes of the bar of a country, with its figure in words."""
    return max(figure * pixels, ROOM)


def bands(
    shown: Sequence[Arrow],
    places: Mapping[CountryKey, ColumnCountry],
    pixels: float,
    order: Mapping[str, int],
) -> Iterator[Band]:
    """The bands, which leave and reach a place in an order of the countries at their other ends, or from the top."""

    def at(place: ColumnCountry) -> tuple[float, int]:
        return order.get(place.area, place.top), place.column

    found = [_Ends(one, *(places[key] for key in _keys(one))) for one in shown]
    out, into = _Levels(), _Levels()
    leaving = sorted(found, key=lambda ends: at(ends.end))
    leaves = {id(ends): out.next(ends.start, ends.one.figure, pixels) for ends in leaving}
    for ends in sorted(found, key=lambda ends: at(ends.start)):
        reaches, wide = into.next(ends.end, ends.one.figure, pixels), ends.one.figure * pixels
        yield Band(ends.one, ends.start, ends.end, leaves[id(ends)], reaches, wide)


@dataclass(frozen=True)
class _Ends:
    one: Arrow
    start: ColumnCountry
    end: ColumnCountry


class _Levels(dict[CountryKey, float]):
    """The y up to which the side of each bar is occupied by bands."""

    def next(self, place: ColumnCountry, figure: float, pixels: float) -> float:
        """The y where the next band of a place begins, in the middle of its room."""
        at = self.get((place.column, place.area), place.top)
        self[place.column, place.area] = at + room(figure, pixels)
        return at + (room(figure, pixels) - figure * pixels) / 2


def _keys(one: Arrow) -> Iterator[CountryKey]:
    return zip(COLUMNS[str(one.row["leg"])], one.ends, strict=True)


# A pixel is four units of the y axis, the whole width a thousand of the x axis: integers take few bytes.
FINE = 4
ACROSS = 1000
# The width of a country's bar; the number of points of a band's curve.
BAR = 10
STEPS = 24
# Opacity in hexadecimal: bands that pass a transit column are paler than those through a transit state.
PAST = "66"
THROUGH = "bf"


def band_traces(band: Band, lang: Language) -> Trace:
    """A band as a polygon with a smooth curve from one place to the other."""
    share = np.linspace(0, 1, STEPS)
    bend = share * share * (3 - 2 * share)
    left, right = across(band.start) + BAR / 2, across(band.end) - BAR / 2
    x = left + (right - left) * share
    upper = band.leaves + (band.reaches - band.leaves) * bend
    lower = upper + max(band.wide, THINNEST)
    outline = Outline(_whole([*x, *x[::-1], x[0]], 1), _whole([*upper, *lower[::-1], upper[0]], FINE))
    color, uncertain = COLORS.arrows[band.one.row["evidence"]], band.one.masked or band.one.row["questioned"]
    fill = COLORS.surface if uncertain else color + (PAST if past(band) else THROUGH)
    name, dash = "→".join(["", *band.one.ends]), DASH if band.one.masked else "solid"
    return area("", outline, fill, line=(color, 1.0), dash=dash, hover=sentence(band.one.row, lang), name=name)


def past(band: Band) -> bool:
    """Whether a band passes the middle column."""
    return band.end.column - band.start.column > 1


def _whole(values: Iterable[float], times: int) -> Coordinates:
    return [round(float(value) * times) for value in values]


def across(place: ColumnCountry) -> float:
    """The x of a country's column."""
    return place.column * ACROSS / 2


def handles(found: Sequence[Band], opens: frozenset[str], lang: Language) -> Trace:
    """Invisible marks in the middle of the bands, for hover and click."""
    x: Coordinates = [(across(band.start) + across(band.end)) / 2 for band in found]
    y: Coordinates = [(band.leaves + band.reaches + band.wide) / 2 * FINE for band in found]
    data = [band.one.opened(opens) for band in found]
    marker = {"size": 16, "color": INVISIBLE, "line": {"width": 0}}
    return marks("", x, y, marker, customdata=data, hovertext=[sentence(band.one.row, lang) for band in found])


# The room for names at either side, in units of the x axis.
SIDE = {False: 200, True: 130}
SIZE = {False: TEXT, True: NOTE}


def bars(places: Sequence[ColumnCountry], pixels: float) -> Trace:
    """A bar for each country, as high as its bands together."""
    corners: list[Point | None] = []
    for place in places:
        left, right = round(across(place) - BAR / 2), round(across(place) + BAR / 2)
        top, bottom = round(place.top * FINE), round((place.top + bar(place, pixels)) * FINE)
        box = (left, top), (right, top), (right, bottom), (left, bottom), (left, top)
        corners += [*([None] if corners else []), *box]
    return area("", Outline(*xy(corners)), COLORS.ink, line=(COLORS.ink, 0))


def figures(found: Sequence[Band], shape: Chart) -> Trace:
    """The figure of each band: at its beginning or, where that is in the middle column, at its end."""
    ends = [band.end if band.start.column else band.start for band in found]
    x: Coordinates = [across(end) + BAR * (-1 if end.column else 1) for end in ends]
    tops = [band.reaches if band.start.column else band.leaves for band in found]
    y: Coordinates = [round((top + band.wide / 2) * FINE) for top, band in zip(tops, found, strict=True)]
    sides = ["left" if end.column else "right" for end in ends]
    texts = [short(band.one.row, shape.lang) for band in found]
    return words("", x, y, texts, sides, size=NOTE)


def names(places: Sequence[ColumnCountry], pixels: float, shape: Chart) -> Trace:
    """The names of the countries in the outer columns, outward of their bars."""
    outer = [place for place in places if place.column != 1]
    x: Coordinates = [across(place) + (-1 if place.column == 0 else 1) * BAR for place in outer]
    y: Coordinates = [(place.top + bar(place, pixels) / 2) * FINE for place in outer]
    labels = [_name(place, shape) for place in outer]
    side = ["left" if place.column == 0 else "right" for place in outer]
    return words("", x, y, labels, side, size=SIZE[shape.medium.narrow])


def between(places: Sequence[ColumnCountry], pixels: float, shape: Chart) -> list[dict[str, Any]]:
    """The names in the middle column, with a background, since bands pass below them."""
    look = {"xref": "x", "yref": "y", "xanchor": "left", "yanchor": "middle", "showarrow": False, "borderpad": 0}
    look |= {"bgcolor": COLORS.halo, "font": {"size": SIZE[shape.medium.narrow], "color": COLORS.ink}}
    return [
        look | {"x": across(place) + BAR, "y": round((place.top + bar(place, pixels) / 2) * FINE), "text": text}
        for place in places
        if place.column == 1 and (text := _name(place, shape))
    ]


def _name(place: ColumnCountry, shape: Chart) -> str:
    return place.area if shape.medium.narrow else shape.lang.country(place.area)


def headings(
    columns: Sequence[Sequence[ColumnCountry]], evidence: str, lang: Language, medium: Medium
) -> list[dict[str, Any]]:
    """The heading of each column."""
    stated = (lang.text("Origin"), lang.text("Transit"), lang.text("Destination"))
    counted = (lang.text("Citizenship"), "", lang.text("Detected in"))
    titles = counted if evidence == "counted" else stated
    look = {"xref": "x", "yref": "y domain", "y": 1, "yanchor": "bottom", "showarrow": False, "yshift": 4}
    font = {"size": TEXT if medium.narrow else LEAD, "color": COLORS.ink}
    # At the edges of the figure, since on a phone there is only room for codes.
    at = ((-SIDE[medium.narrow], "left"), (ACROSS / 2, "center"), (ACROSS + SIDE[medium.narrow], "right"))
    return [
        look | {"x": x, "xanchor": anchor, "text": f"<b>{text}</b>", "font": font}
        for (x, anchor), text, column in zip(at, titles, columns, strict=True)
        if column and text
    ]
