"""Routes as a matrix of origins (rows) and destinations (columns): the area of a mark shows its figure."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import Any, Literal

import polars as pl

from dashboard.charts.colors import COLORS
from dashboard.charts.key import Item, round_examples
from dashboard.charts.medium import NOTE, TEXT, Medium
from dashboard.charts.panels import Coordinates
from dashboard.charts.row_chart import Chart, chart, rows_of
from dashboard.charts.traces import Trace, both_ends, ghost, marks, words
from dashboard.subjects.routes.figures.arrows import Arrow, sentence
from dashboard.subjects.routes.figures.lines import short
from dashboard.subjects.routes.tables import LEGS
from dashboard.words import terms
from data.i18n import Language

ROW = {False: 50.0, True: 24.0}
EDGE = {False: 26.0, True: 40.0}
# The x offsets of the legs of one pair within their cell.
ASIDE = {"direct": 0.0, "to_transit": -0.26, "from_transit": 0.26}
LETTER = 6.9
# Pixels from the middle of a row up to its marks, and down to their figures.
ABOVE = 9.0
BELOW = 13.0


def flow_matrix(
    arrows: pl.DataFrame,
    lang: Language,
    medium: Medium,
    *,
    evidence: Literal["counted", "stated"],
    opens: frozenset[str],
    by_size: bool = False,
) -> dict[str, Any]:
    """A Plotly spec of the rows that `routes_map` draws.

    Args:
        arrows: as in `routes_map`.
        evidence: the kind of all marks, for the key.
        opens: the states whose page a mark may open.
        by_size: whether the country with the largest sum comes first, and not that with the first name.
    """
    shown = [*map(Arrow, arrows.iter_rows(named=True))]
    rows, columns = (_order(shown, end, lang, by_size=by_size) for end in (0, 1))
    entries = items(shown, evidence, lang, medium)
    shape = Chart(rows, entries, lang, medium, ROW[medium.narrow], EDGE[medium.narrow])
    heading = lang.text("Rows: origin; columns: destination; the area of a mark shows its figure")
    spec = chart(shape, heading=heading)
    spec["layout"] |= _across(columns, spec["layout"]["xaxis"], medium)
    found = [(one, columns[one.ends[1]] + ASIDE[one.row["leg"]], rows[one.ends[0]]) for one in shown]
    across = spec["layout"]["xaxis"]["domain"]
    cell = shape.medium.across * (across[1] - across[0]) / max(len(columns), 1)
    traces = [mark_trace(found, shape, opens), _figures(found, cell, shape)] if found else []
    return {"data": [ghost(), *traces, *spec["data"]], "layout": spec["layout"]}


def _order(shown: Sequence[Arrow], end: int, lang: Language, *, by_size: bool) -> dict[str, int]:
    """The place of each country at one end of the arrows."""
    sums: dict[str, float] = defaultdict(float)
    for one in shown:
        sums[one.ends[end]] += one.figure
    places = rows_of(sorted(sums), lang)
    return {code: at for at, code in enumerate(sorted(places, key=lambda code: -sums[code]))} if by_size else places


def _across(columns: Mapping[str, int], axis: Mapping[str, Any], medium: Medium) -> dict[str, dict[str, Any]]:
    """The axes of destinations by code, below the rows and above them."""
    look: dict[str, Any] = {"tickmode": "array", "tickvals": list(columns.values()), "ticktext": list(columns)}
    look |= {"range": [-0.6, max(len(columns), 1) - 0.4], "tickangle": -90 if medium.narrow else 0}
    look |= {"tickfont": {"size": NOTE if medium.narrow else TEXT}, "showgrid": True, "gridcolor": COLORS.unreported}
    return both_ends({**axis, **look})


def _figures(found: Sequence[tuple[Arrow, float, int]], cell: float, shape: Chart) -> Trace:
    """The figures below the marks: a range on two lines where it is wider than its cell; none on a phone."""
    shown = [] if shape.medium.narrow else found
    x: Coordinates = [across for _, across, _ in shown]
    y: Coordinates = [down + BELOW / shape.row for _, _, down in shown]
    texts = [_in_cell(short(one.row, shape.lang), cell) for one, _, _ in shown]
    return words("", [], [], texts, "center", size=NOTE) | {"x": x, "y": y}


def _in_cell(text: str, cell: float) -> str:
    low, dash, high = text.partition("–" if "–" in text else "-")
    return f"{low}{dash}<br>{high}" if len(text) * LETTER > cell and high else text


LARGEST = {False: 24.0, True: 16.0}
LEAST = 5.0
# A domestic figure may be so many times the greatest other one before it sets the scale of both.
DOMESTIC = 2.25
SYMBOLS = {"direct": "circle", "to_transit": "triangle-right", "from_transit": "square"}
PALE = "73"


def scale(shown: Sequence[Arrow]) -> float:
    """The figure of the largest mark; a far greater domestic one makes all others smaller."""
    between = [one.figure for one in shown if one.ends[0] != one.ends[1]]
    inside = [one.figure / DOMESTIC for one in shown if one.ends[0] == one.ends[1]]
    return max([*between, *inside, 1.0])


def mark_trace(found: Sequence[tuple[Arrow, float, int]], shape: Chart, opens: frozenset[str]) -> Trace:
    """The marks of all arrows, each at its column and row."""
    largest = scale([one for one, _, _ in found])
    looks = [look(one, largest, shape.medium) for one, _, _ in found]
    marker: dict[str, Any] = {key: [look[key] for look in looks] for key in ("symbol", "size", "color")}
    marker["line"] = {key: [look["line"][key] for look in looks] for key in ("color", "width")}
    x: Coordinates = [across for _, across, _ in found]
    up = 0.0 if shape.medium.narrow else ABOVE / shape.row
    y: Coordinates = [down - up for _, _, down in found]
    data = [one.opened(opens) for one, _, _ in found]
    hovers = [sentence(one.row, shape.lang) for one, _, _ in found]
    drawn = marks("", [], [], marker, customdata=data, hovertext=hovers)
    # `marks` rounds for kilometers; these are cells, whose fractions matter.
    return drawn | {"x": x, "y": y}


def look(one: Arrow, largest: float, medium: Medium) -> dict[str, Any]:
    """The marker of an arrow: masked ones are pale, questioned ones hollow."""
    color = COLORS.arrows[one.row["evidence"]]
    size = max(LEAST, LARGEST[medium.narrow] * min((one.figure / largest) ** 0.5, 1.0))
    fill = COLORS.surface if one.row["questioned"] else color + PALE if one.masked else color
    return {
        "symbol": SYMBOLS[one.row["leg"]],
        "size": round(size, 1),
        "color": fill,
        "line": {"color": color, "width": 1.5},
    }


def items(shown: Sequence[Arrow], evidence: str, lang: Language, medium: Medium) -> list[Item]:
    """The entries of the key: two sizes, and the legs and looks that are drawn."""
    if not shown:
        return []
    largest = scale(shown)
    sample = {"records": 1, "questioned": False, "evidence": evidence, "leg": "direct"}

    def item(text: str, figure: float, **other: object) -> Item:
        row = {**sample, "low": figure, "high": figure, **other}
        return Item(text, marker=look(Arrow(row), largest, medium))

    sizes = [item(lang.number(value), value) for value in round_examples(largest)]
    legs = {one.row["leg"] for one in shown}
    entries = [item(lang.text(LEGS[leg]), largest / 2, leg=leg) for leg in SYMBOLS if leg in legs and len(legs) > 1]
    if any(one.masked for one in shown):
        entries.append(item(lang.text("Fewer than five only"), 1, low=0, high=2))
    if any(one.row["questioned"] for one in shown):
        entries.append(item(terms.term(lang, "status", "questioned"), largest / 2, questioned=True))
    return [*sizes, *entries]
