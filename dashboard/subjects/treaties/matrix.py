"""Draws the matrix of the treaties: a row for each treaty, grouped by subject, a column for each state, by its code.

On a tablet, which has no room for that, states have the rows, and treaties the columns, with headings that are turned.

A mark says how a state stands toward a treaty at the end of that treaty's own table. On a phone, which has no room for
the columns, a list says it in words: treaty by treaty, the states of all standings but the most frequent one.
"""

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import polars as pl

from dashboard.charts.colors import COLORS, INVISIBLE
from dashboard.charts.key import AXIS, Item
from dashboard.charts.layout import layout
from dashboard.charts.medium import NARROW, PHONE, TEXT, Medium
from dashboard.charts.panels import Arrangement, Rectangle
from dashboard.charts.render.metrics import wrapped
from dashboard.charts.row_chart import Chart, chart, named_rows, rows_of
from dashboard.charts.traces import Trace, both_ends, ghost, marks, words
from dashboard.subjects.treaties.figures import look_of, sentence
from dashboard.subjects.treaties.query import STANDINGS
from dashboard.words import terms
from data.i18n import Language

ROW = 23.0
LOW = 19.0
MARK = 12.0
DOT = 5.0
# The width of a letter of a column's heading, which stands upright, and the space between two subjects, in columns.
LETTER = 6.6
APART = 0.7
# Of the list, in pixels: a line, the space between two treaties, and a heading's place for the pointer.
LINE = 20.0
BETWEEN = 12.0
TOUCH = 24.0
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
    """A Plotly spec with a mark for every state and treaty; its `customdata` is [area, treaty], in a list [treaty].

    Args:
        standings: the answer of `dashboard.subjects.treaties.query.matrix`.
        subjects: the treaties of each subject, in the order of the columns.
        closings: the last release of each treaty's table.
    """
    rows = standings.with_columns(closing=pl.col("instrument").replace_strict(closings)).rows(named=True)
    heading = lang.text("Each treaty as of the last day of its own table")
    if medium.narrow:
        names = [name for treaties in subjects.values() for name in treaties]
        return _listed({name: [row for row in rows if row["instrument"] == name] for name in names}, lang, heading)
    places, heads = _columns(subjects, lang)
    states = Counter(row["standing"] for row in rows)
    reserved = [row for row in rows if row["reservation"]]
    items = [Item(_named(lang, code, states[code]), marker=_marker(code)) for code in STANDINGS if states[code]]
    items += [Item(_reserved(lang, len(reserved)), marker=_dot())] if reserved else []
    order = rows_of(sorted({row["area"] for row in rows}), lang)
    if turned := medium.half:
        shape, columns = Chart(order, items, lang, medium, ROW, _upright(heads.values())), heads
        spec = chart(shape, heading=heading)
    else:
        # No word is turned. Codes are wider than columns, so they have two lines.
        shape = Chart(order, items, lang, medium, LOW if medium.staged else ROW, 2 * LINE)
        columns = {row: "<br>" * (row % 2) + code for code, row in order.items()}
        spec = named_rows(shape, heads, heading=heading)
    spec["layout"] |= _axes(columns, spec["layout"]["xaxis"], turned=turned)
    traces = []
    for code in STANDINGS:
        of_code = [row for row in rows if row["standing"] == code]
        traces += [_trace(of_code, places, shape, _marker(code))] if of_code else []
    dots = [_trace(reserved, places, shape, _dot())] if reserved else []
    return {"data": [ghost(), *traces, *dots, *spec["data"]], "layout": spec["layout"]}


def _upright(heads: Iterable[str]) -> float:
    """The room in pixels for headings that stand upright."""
    return max(map(len, heads)) * LETTER + 10


def _listed(rows: Mapping[str, Sequence[dict[str, Any]]], lang: Language, heading: str) -> dict[str, Any]:
    """The list: the rows of each treaty in words, below a heading."""
    blocks = {"": _wrapped(heading), **{name: _lines(name, some, lang) for name, some in rows.items()}}
    height = sum(len(some) * LINE + BETWEEN for some in blocks.values())
    written: dict[float, str] = {}
    heads: dict[float, str] = {}
    level = height
    for name, some in blocks.items():
        heads |= {level - LINE / 2: name} if name else {}
        written |= {level - (number + 0.5) * LINE: line for number, line in enumerate(some)}
        level -= len(some) * LINE + BETWEEN
    sheet = Arrangement(NARROW, height, (), Rectangle(0, 0, NARROW, height), PHONE)
    texts = words(AXIS, [0] * len(written), [*written], [*written.values()], "right", size=TEXT)
    boxes = [[number, 0, at, 0, -TOUCH / 2, NARROW, TOUCH / 2] for number, at in enumerate(heads)]
    marker = {"size": TOUCH, "color": INVISIBLE, "line": {"width": 0}}
    names = [terms.term(lang, "part", name) for name in heads.values()]
    opened = {"customdata": [[name] for name in heads.values()], "hovertext": names, "meta": {"words": boxes}}
    targets = marks(AXIS, [TOUCH / 2] * len(heads), [*heads], marker, **opened)
    return {"data": [texts, targets], "layout": layout(sheet, lang.separators)}


def _lines(treaty: str, rows: Sequence[dict[str, Any]], lang: Language) -> list[str]:
    """A treaty, and the states of each standing; of the most frequent one their number alone."""
    by_standing = {code: [row["area"] for row in rows if row["standing"] == code] for code in STANDINGS}
    most = max(by_standing, key=lambda code: len(by_standing[code]))
    said = [_named(lang, most, len(by_standing[most]))]
    others = {_named(lang, code, len(areas)): areas for code, areas in by_standing.items() if areas and code != most}
    reserved = [row["area"] for row in rows if row["reservation"]]
    others |= {_reserved(lang, len(reserved)): reserved} if reserved else {}
    said += [
        lang.labeled(name, ", ".join(map(lang.country, lang.sorted_countries(areas)))) for name, areas in others.items()
    ]
    head = [f"<b>{line}</b>" for line in _wrapped(terms.term(lang, "part", treaty))]
    return [*head, *(line for one in said for line in _wrapped(one))]


def _wrapped(text: str) -> list[str]:
    # In letters that are a little wider than those of pages.
    return wrapped(text, NARROW, TEXT, face="arial")


def _columns(subjects: Mapping[str, Sequence[str]], lang: Language) -> tuple[dict[str, float], dict[float, str]]:
    """The place of each treaty, and the headings by place: of each subject before its treaties, and of these."""
    places: dict[str, float] = {}
    heads: dict[float, str] = {}
    at = 0.0
    for subject, treaties in subjects.items():
        heads[at] = f"<b>{terms.term(lang, 'treaty_subject', subject)}</b>"
        at += 1
        for treaty in treaties:
            places[treaty], heads[at] = at, terms.term(lang, "treaty", treaty)
            at += 1
        at += APART
    return places, heads


def _named(lang: Language, code: str, states: int) -> str:
    return f"{terms.term(lang, 'standing', code)} ({lang.number(states)})"


def _reserved(lang: Language, acts: int) -> str:
    return f"{lang.text('Reservation or declaration')} ({lang.number(acts)})"


def _marker(code: str) -> dict[str, Any]:
    if code in SMALL:
        size = DOT * (1 if code == "none" else 1.3)
        return {"symbol": SMALL[code], "size": size, "color": COLORS.faint, "opacity": 1, "line": {"width": 0}}
    look = look_of(code)
    line = {"width": 1.5, "color": look.ink}
    return {"symbol": look.symbol, "size": MARK, "color": look.ink, "opacity": 1, "line": line}


def _dot() -> dict[str, Any]:
    line = {"width": 1, "color": COLORS.surface}
    size = DOT + 2
    return {"symbol": "triangle-up", "size": size, "color": COLORS.ink, "opacity": 1, "line": line}


def _trace(rows: Sequence[dict[str, Any]], places: Mapping[str, float], shape: Chart, marker: dict[str, Any]) -> Trace:
    labels = [sentence(row, shape.lang, terms.term(shape.lang, "part", row["instrument"])) for row in rows]
    drawn = marks("", [], [], marker, customdata=[[row["area"], row["instrument"]] for row in rows], hovertext=labels)
    # Set x directly: the helper rounds to tenths.
    at = [places[row["instrument"]] for row in rows], [shape.order[row["area"]] for row in rows]
    return drawn | dict(zip("xy" if shape.medium.half else "yx", at, strict=True))


def _axes(heads: Mapping[float, str], axis: dict[str, Any], *, turned: bool) -> dict[str, Any]:
    """The axes of the columns, below the rows and above them."""
    angle = -90 if turned else 0
    ticks = {"tickmode": "array", "tickvals": [*heads], "ticktext": [*heads.values()], "tickangle": angle}
    look = {"range": [min(heads) - 0.8, max(heads) + 0.8], "tickfont": {"size": TEXT}}
    ends = both_ends(axis | ticks | look)
    # Above the rows the second line is the upper one.
    ends["xaxis2"] |= {"ticktext": [f"{text[4:]}<br>" if text.startswith("<br>") else text for text in heads.values()]}
    return ends
