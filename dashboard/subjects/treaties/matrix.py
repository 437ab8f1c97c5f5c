"""Draws the matrix of the treaties: a row for each state, a column for each treaty, grouped by subject.

A mark says how a state stands toward a treaty at the end of that treaty's own table.
"""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dashboard.charts.colors import COLORS
from dashboard.charts.key import Item
from dashboard.charts.medium import NOTE, TEXT, Medium
from dashboard.charts.row_chart import Chart, chart, rows_of
from dashboard.charts.traces import Trace, both_ends, ghost, marks
from dashboard.subjects.treaties.figures import look_of, sentence
from dashboard.subjects.treaties.query import STANDINGS
from dashboard.words import terms
from data.i18n import Language

ROW = {False: 23.0, True: 18.0}
MARK = {False: 12.0, True: 8.0}
DOT = {False: 5.0, True: 3.5}
# The width of a letter of a column's heading, which stands upright, and the space between two subjects, in columns.
LETTER = {False: 6.6, True: 5.8}
APART = 0.7
# The marks that are as small as dots: what is not recorded.
SMALL = {"none": "circle", "unseen": "x"}


def treaty_matrix(
    standings: pl.DataFrame,
    lang: Language,
    medium: Medium,
    *,
    subjects: Mapping[str, Sequence[str]],
    closings: Mapping[str, str],
) -> dict[str, Any]:
    """A Plotly spec with a mark for every state and treaty; its `customdata` is [area, treaty].

    Args:
        standings: the answer of `dashboard.subjects.treaties.query.matrix`.
        subjects: the treaties of each subject, in the order of the columns.
        closings: the last release of each treaty's table.
    """
    places, heads = _columns(subjects, lang, medium)
    rows = standings.with_columns(closing=pl.col("instrument").replace_strict(closings)).rows(named=True)
    states = Counter(row["standing"] for row in rows)
    reserved = [row for row in rows if row["reservation"]]
    items = [Item(_named(lang, code, states[code]), marker=_marker(code, medium)) for code in STANDINGS if states[code]]
    words = lang.text("Reservation or declaration")
    items += [Item(f"{words} ({lang.number(len(reserved))})", marker=_dot(medium))] if reserved else []
    order = rows_of(sorted({row["area"] for row in rows}), lang)
    edge = max(map(len, heads.values())) * LETTER[medium.narrow] + 10
    shape = Chart(order, items, lang, medium, ROW[medium.narrow], edge)
    heading = lang.text("Each treaty as of the last day of its own table")
    spec = chart(shape, heading=heading)
    spec["layout"] |= _axes(heads, spec["layout"]["xaxis"], medium)
    traces = []
    for code in STANDINGS:
        of_code = [row for row in rows if row["standing"] == code]
        traces += [_trace(of_code, places, shape, _marker(code, medium))] if of_code else []
    dots = [_trace(reserved, places, shape, _dot(medium))] if reserved else []
    return {"data": [ghost(), *traces, *dots, *spec["data"]], "layout": spec["layout"]}


def _columns(
    subjects: Mapping[str, Sequence[str]], lang: Language, medium: Medium
) -> tuple[dict[str, float], dict[float, str]]:
    """The place of each treaty, and the headings by place: of each subject before its treaties, and of these.

    On a phone there is no room for those of subjects.
    """
    places: dict[str, float] = {}
    heads: dict[float, str] = {}
    at = 0.0
    for subject, treaties in subjects.items():
        if not medium.narrow:
            heads[at] = f"<b>{terms.term(lang, 'treaty_subject', subject)}</b>"
            at += 1
        for treaty in treaties:
            places[treaty], heads[at] = at, terms.term(lang, "treaty", treaty)
            at += 1
        at += APART
    return places, heads


def _named(lang: Language, code: str, states: int) -> str:
    return f"{terms.term(lang, 'standing', code)} ({lang.number(states)})"


def _marker(code: str, medium: Medium) -> dict[str, Any]:
    if code in SMALL:
        size = DOT[medium.narrow] * (1 if code == "none" else 1.3)
        return {"symbol": SMALL[code], "size": size, "color": COLORS.faint, "opacity": 1, "line": {"width": 0}}
    look = look_of(code)
    line = {"width": 1.5, "color": look.ink}
    return {"symbol": look.symbol, "size": MARK[medium.narrow], "color": look.ink, "opacity": 1, "line": line}


def _dot(medium: Medium) -> dict[str, Any]:
    line = {"width": 1, "color": COLORS.surface}
    size = DOT[medium.narrow] + 2
    return {"symbol": "triangle-up", "size": size, "color": COLORS.ink, "opacity": 1, "line": line}


def _trace(rows: Sequence[dict[str, Any]], places: Mapping[str, float], shape: Chart, marker: dict[str, Any]) -> Trace:
    labels = [sentence(row, shape.lang, terms.term(shape.lang, "part", row["instrument"])) for row in rows]
    drawn = marks("", [], [], marker, customdata=[[row["area"], row["instrument"]] for row in rows], hovertext=labels)
    # Set x directly: the helper rounds to tenths.
    return drawn | {"x": [places[row["instrument"]] for row in rows], "y": [shape.order[row["area"]] for row in rows]}


def _axes(heads: Mapping[float, str], axis: dict[str, Any], medium: Medium) -> dict[str, Any]:
    """The axes of treaties, below the rows and above them."""
    ticks = {"tickmode": "array", "tickvals": [*heads], "ticktext": [*heads.values()], "tickangle": -90}
    look = {"range": [min(heads) - 0.8, max(heads) + 0.8], "tickfont": {"size": NOTE if medium.narrow else TEXT}}
    return both_ends(axis | ticks | look)
