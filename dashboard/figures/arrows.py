"""The arrows of the route map: which panel draws which, how wide and in what look, and what each one says."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from dashboard.figures.basemap import INSET_STATES, Coordinates, Outline
from dashboard.figures.labels import INVISIBLE
from dashboard.figures.panels import Panel
from dashboard.figures.ribbons import Points, middle, ribbon, ring, width
from dashboard.figures.traces import Palette, Trace, area, marks
from dashboard.i18n import Language

# Pixels: the widest ribbon, the thinnest, and the radius of the circle in which an arrow begins or ends.
WIDEST = {False: 15.0, True: 11.0}
# Kilometres in a pixel from which on coordinates need no fractions.
WHOLE = 10.0
# How much wider than the widest arrow a ring may be before it sets the scale of both.
RING_SHARE = 1.5
LEAST, LEAST_HEAD = 3.0, 9.0
# Under this width (pixels) a light edge would eat the ribbon: it gets one of its own colour.
EDGED = 5.0
MARKER, SMALL = 6.0, 3.5
RING_GAP = 3.0
REACH = 6000.0
# Legs of a route between the same two states as another arrow bow out further, so that both are seen.
INWARD = 0.6
LANES = {"direct": 1.0, "to_transit": 1.35, "from_transit": 1.7}
MASKED_MOST = 4
OPAQUE, PALE, DASH = "e6", "59", "4px,3px"


@dataclass(frozen=True)
class Arrow:
    """One drawn leg: its row of the arrows frame and the figure its width stands for."""

    row: dict[str, Any]
    figure: float

    @property
    def ends(self) -> tuple[str, str]:
        """ISO3 of where it starts and where it ends; the same for a ring."""
        return self.row["origin"], self.row["destination"]

    @property
    def masked(self) -> bool:
        """Whether every record behind it is one that the publisher masks ("<5")."""
        low, high, records = self.row["low"], self.row["high"], self.row["records"]
        return bool(low < high and low <= records and high <= MASKED_MOST * records)


def arrow(row: dict[str, Any]) -> Arrow:
    """An arrow of a row; its width stands for the middle of the interval."""
    return Arrow(row, (row["low"] + row["high"]) / 2)


def drawn_on(one: Arrow, panel: Panel) -> bool:
    """The main map leaves what stays inside the enlargement to it; an enlargement draws what touches its states."""
    ends = set(one.ends)
    return not ends <= INSET_STATES if panel.main else bool(ends & panel.labelled)


def scale(shown: Sequence[Arrow]) -> float:
    """The figure of the widest ribbon, for arrows and rings alike; a far greater ring makes all arrows thinner."""
    between = [one.figure for one in shown if one.ends[0] != one.ends[1]]
    inside = [one.figure / RING_SHARE**2 for one in shown if one.ends[0] == one.ends[1]]
    return max([*between, *inside, 1.0])


@dataclass(frozen=True)
class Canvas:
    """What all arrows of one panel share; `nodes` are the places of their ends, in kilometres."""

    panel: Panel
    nodes: Mapping[str, tuple[float, float]]
    largest: float
    palette: Palette
    narrow: bool
    rings: Mapping[str, float]
    states: frozenset[str]
    outsiders: frozenset[str]

    def answering(self, one: Arrow) -> str:
        """The state that a click on an arrow opens: its destination, whose record it is, if that is one of the 35."""
        return one.ends[1] if one.ends[1] in self.states else one.ends[0]

    def wide(self, one: Arrow) -> float:
        """The width of an arrow, in kilometres."""
        return width(one.figure, self.largest, WIDEST[self.narrow], LEAST) * self.panel.scale

    def gap(self, code: str) -> float:
        """The radius (km) of the circle around a place in which no arrow runs: its marker and its ring."""
        radius = SMALL if self.panel.main and code in INSET_STATES else MARKER
        return (radius + self.ring(code) + 1.5) * self.panel.scale

    def ring(self, code: str) -> float:
        """Pixels that a place's ring takes around its marker; 0 without one."""
        if code not in self.rings:
            return 0.0
        return width(self.rings[code], self.largest, WIDEST[self.narrow], LEAST) + RING_GAP

    def outline(self, one: Arrow) -> Outline:
        """The polygon of an arrow or a ring."""
        start, end = (np.array(self.nodes[code], dtype=np.float64) for code in one.ends)
        if one.ends[0] == one.ends[1]:
            return _outline(ring(start, self.wide(one), (MARKER + RING_GAP) * self.panel.scale), self.panel.scale)
        head = LEAST_HEAD * self.panel.scale
        gaps = _fitting((self.gap(one.ends[0]), self.gap(one.ends[1])), float(np.hypot(*(end - start))))
        points = ribbon(start, end, self.wide(one), gaps=gaps, reach=REACH, side=self.side(one), head=head)
        return _outline([points], self.panel.scale)

    def side(self, one: Arrow) -> float:
        """How far and to which side an arrow bows: away from the names when it comes from the map's edge."""
        start, end = (self.nodes[code] for code in one.ends)
        # From the left edge northwards and from the right edge southwards, the left hand points off the map.
        if one.ends[0] in self.outsiders and (end[1] - start[1]) * (end[0] - start[0]) > 0:
            return -INWARD
        return LANES.get(str(one.row["leg"]), 1.0)

    def handle(self, one: Arrow) -> tuple[float, float]:
        """Where an arrow is pointed at (km): the middle of its curve, or the edge of its ring."""
        start, end = (np.array(self.nodes[code], dtype=np.float64) for code in one.ends)
        if one.ends[0] == one.ends[1]:
            return float(start[0]), float(start[1] + self.wide(one) / 2 + (MARKER + RING_GAP) * self.panel.scale)
        point = middle(start, end, REACH, self.side(one))
        return float(point[0]), float(point[1])


def _fitting(gaps: tuple[float, float], distance: float) -> tuple[float, float]:
    """The gaps, smaller where two places are so close that nothing would be left between them."""
    share = min(1.0, 0.6 * distance / sum(gaps))
    return gaps[0] * share, gaps[1] * share


def _outline(rings: Iterable[Points], scale: float) -> Outline:
    """The rings as lists, rounded to whole kilometres where those are a small part of a pixel, else to tenths."""
    whole = scale > WHOLE
    x: Coordinates = []
    y: Coordinates = []
    for points in rings:
        gap: Coordinates = [None] if x else []
        rounded = points.round().astype(int) if whole else points.round(1)
        x += gap + rounded[:, 0].tolist()
        y += gap + rounded[:, 1].tolist()
    return Outline(x, y)


def traces(canvas: Canvas, shown: list[Arrow], lang: Language) -> list[Trace]:
    """The arrows of a panel, the largest at the bottom, and unseen marks on them that answer to pointer and click."""
    here = [one for one in shown if drawn_on(one, canvas.panel)]
    if not here:
        return []
    return [*(_trace(canvas, one, lang) for one in here), _handles(canvas, here, lang)]


def _trace(canvas: Canvas, one: Arrow, lang: Language) -> Trace:
    thin = canvas.wide(one) < EDGED * canvas.panel.scale
    fill, line, dash = style(one, canvas.palette, thin=thin)
    said = sentence(one, lang)
    return area(canvas.panel.axis, canvas.outline(one), fill, line=line, hover=said, dash=dash, name="→".join(one.ends))


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
    marker = {"size": 22 if canvas.narrow else 16, "color": INVISIBLE, "line": {"width": 0}}
    x: Coordinates = [point[0] for point in places]
    y: Coordinates = [point[1] for point in places]
    said = [sentence(one, lang) for one in here]
    return marks(canvas.panel.axis, x, y, marker, customdata=data, hovertext=said)


def sentence(one: Arrow, lang: Language) -> str:
    """What an arrow means, in words: counted by citizenship, or stated in reports."""
    row = one.row
    origin, destination = (f"<b>{lang.country(code)}</b>" for code in one.ends)
    figure, years = lang.interval(row["low"], row["high"]), _years(row["years"])
    if row["evidence"] == "counted":
        if one.ends[0] == one.ends[1]:
            said = lang.text("Citizens of {origin} detected at home: {figure}", origin=origin, figure=figure)
        else:
            said = lang.text(
                "Citizens of {origin} detected in {destination}: {figure}",
                origin=origin,
                destination=destination,
                figure=figure,
            )
    else:
        said = _stated(str(row["leg"]), origin, destination, lang)
        said += "<br>" + lang.plural("{n} statement", "{n} statements", round(row["high"]))
    doubt = "<br>" + lang.text("Questioned: implausible, printed as the publisher has it") if row["questioned"] else ""
    return f"{said}<br>{years}{doubt}"


def _stated(leg: str, origin: str, destination: str, lang: Language) -> str:
    if leg == "to_transit":
        return lang.text("Reports state routes from {origin} through {transit}", origin=origin, transit=destination)
    if leg == "from_transit":
        return lang.text(
            "Reports state routes through {transit} to {destination}", transit=origin, destination=destination
        )
    if origin == destination:
        return lang.text("Reports state trafficking inside {country}", country=origin)
    return lang.text("Reports state routes from {origin} to {destination}", origin=origin, destination=destination)


def _years(years: list[int]) -> str:
    """Years as runs: 2014–2016, 2019."""
    runs: list[list[int]] = []
    for year in sorted(set(years)):
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
