"""The map and the matrix of coverage: in how many years, and in which, each state gave a usable reading."""

import math
from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

import polars as pl

from dashboard.charts import ground
from dashboard.charts.colors import COLORS
from dashboard.charts.ground import Basemap
from dashboard.charts.key import Item, headings
from dashboard.charts.look import SYMBOLS, class_of, look_of, shade
from dashboard.charts.medium import NOTE, TEXT, Medium
from dashboard.charts.panels import Coordinates, sheet
from dashboard.charts.row_chart import Chart, chart, rows_of
from dashboard.charts.state_map import RegionView, state_map
from dashboard.charts.traces import Trace, both_ends, ghost, marks
from dashboard.subjects.coverage.query import KINDS
from dashboard.subjects.coverage.words import kind_word
from dashboard.words import terms
from data.i18n import Language

TINTS = 4


def limits(span: int) -> list[int]:
    """The upper limits of the classes, in years: quarters of the span, fewer if it is shorter than four years."""
    return sorted({math.ceil(span * part / TINTS) for part in range(1, TINTS + 1)})


class CoverageView(RegionView):
    """A map of the states whose figures are numbers of years; a state without any is drawn as not reported."""

    @property
    def named(self) -> frozenset[str]:
        """On a slide none: the tints say it."""
        return frozenset() if self.place.medium.slide else super().named

    def hover(self, code: str) -> str:
        """The hover text: how many years a state reports, and since when."""
        row, lang = self.rows[code], self.lang
        if not row["years"]:
            text = lang.text("No figure in any of {n} years", n=row["span"])
            return f"<b>{lang.country(code)}</b><br>{text}"
        share = lang.plural("{n} of {all} years", "{n} of {all} years", row["years"], all=row["span"])
        since = lang.text("First reported: {first}, last: {last}", first=row["first"], last=row["last"])
        return f"<b>{lang.country(code)}</b><br>{lang.labeled(self.indicator, share)}<br>{since}"


def coverage_map(
    states: pl.DataFrame,
    basemap: Basemap,
    lang: Language,
    medium: Medium,
    *,
    indicator: str,
) -> dict[str, Any]:
    """A Plotly spec of the 35 states.

    Args:
        states: the result of `dashboard.subjects.coverage.query.states`: area, years, span, first, last.
        indicator: in words.
    """
    rows = {row["area"]: _as_region_row(row) for row in states.iter_rows(named=True)}
    span = max((row["span"] for row in rows.values()), default=1)
    breaks = [float(limit) for limit in limits(span)[:-1]]
    draft = CoverageView(rows, basemap, lang, indicator, breaks, 1.0, sheet(frozenset(rows), medium))
    return state_map(draft, key_items(draft))


def key_items(drawn: RegionView) -> list[Item]:
    """The entries of the key: heading, states without any year, classes with their numbers of states, base map."""
    lang, years = drawn.lang, [row["years"] for row in drawn.rows.values()]
    span = max((row["span"] for row in drawn.rows.values()), default=1)
    breaks = drawn.breaks or ()
    heading = lang.text("{indicator}: years with a figure, of {n}", indicator=drawn.indicator, n=span)
    fills = [COLORS.ramp[shade(rank, breaks)] for rank in range(len(breaks) + 1)]
    tints = [
        Item(f"{words} ({lang.number(n)})", fill, (COLORS.edge(fill), 0.8))
        for (words, n), fill in zip(classes(lang, years, span).items(), fills, strict=True)
        if n
    ]
    none = look_of("not_reported", "")
    none_item = Item(f"{no_year(lang)} ({lang.number(years.count(0))})", none.fill, none.line, extra=none.extra)
    return [*headings(heading, drawn.place), none_item, *tints, *ground.key_items(drawn.basemap, drawn.place, lang)]


def no_year(lang: Language) -> str:
    """The name of the class of states without any figure."""
    return lang.text("No year")


def classes(lang: Language, years: Sequence[int], span: int) -> dict[str, int]:
    """How many states are in each class of years with a figure, by its name; `years` of each state, 0 for none."""
    breaks = [float(limit) for limit in limits(span)[:-1]]
    found = Counter(class_of(value, breaks) for value in years if value)
    return {_range(lang, low, high): found[rank] for rank, (low, high) in enumerate(_classes(span))}


def _classes(span: int) -> list[tuple[int, int]]:
    ends = limits(span)
    return list(zip([1, *(end + 1 for end in ends[:-1])], ends, strict=True))


def _range(lang: Language, low: int, high: int) -> str:
    years = lang.span((low, high))
    return lang.plural("{years} year", "{years} years", high, years=years)


def _as_region_row(row: dict[str, Any]) -> dict[str, Any]:
    """The row in the form of the region's map: its figure is the number of years."""
    figure = {"low": row["years"], "high": row["years"], "unit": "persons", "year": None}
    return row | figure | {"status": "exact" if row["years"] else "not_reported"}


ROW = {False: 23.0, True: 18.0}
MARK = {False: 12.0, True: 9.0}
DOT = 4.0
# Space above and below the rows for the years, in pixels: on a phone they are vertical.
YEARS = {False: 26.0, True: 38.0}
SPARSE = 30


def coverage_matrix(cells: pl.DataFrame, lang: Language, medium: Medium) -> dict[str, Any]:
    """A Plotly spec with a mark for every state and year.

    Args:
        cells: the result of `dashboard.subjects.coverage.query.cells`.
    """
    order = rows_of(cells["area"].unique().to_list(), lang)
    found = {kind: cells.filter(pl.col("kind") == kind) for kind in KINDS}
    items = [
        Item(
            f"{kind_word(lang, kind)} ({lang.number(found[kind].height)})",
            marker=_marker(kind, medium),
        )
        for kind in KINDS
        if found[kind].height
    ]
    shape = Chart(order, items, lang, medium, ROW[medium.narrow], YEARS[medium.narrow])
    spec = chart(shape, heading="")
    spec["layout"] |= _years(cells["year"].unique().sort().to_list(), spec["layout"]["xaxis"], medium)
    traces = [_kind_trace(kind, rows, shape) for kind, rows in found.items() if rows.height]
    return {"data": [ghost(), *reversed(traces), *spec["data"]], "layout": spec["layout"]}


def _marker(kind: str, medium: Medium) -> dict[str, Any]:
    if kind == "not_reported":
        return {"symbol": "circle", "size": DOT, "color": COLORS.border, "line": {"width": 0}}
    paints = {
        "exact": COLORS.symbol,
        "zero": COLORS.ink,
        "masked": COLORS.arrows["counted"],
        "range": COLORS.series[3],
        "conflicting": COLORS.roles["transit"],
        "suspect": COLORS.roles["destination"],
        "withdrawn": COLORS.arrows["stated"],
    }
    symbol = {"withdrawn": "x", "range": "square-open"}.get(kind) or SYMBOLS[kind]
    return {
        "symbol": symbol,
        "size": MARK[medium.narrow],
        "color": paints[kind],
        "line": {"width": 1.5, "color": paints[kind]},
    }


def _kind_trace(kind: str, rows: pl.DataFrame, shape: Chart) -> Trace:
    cells = list(rows.iter_rows(named=True))
    hover, data = [sentence(row, shape.lang) for row in cells], [[row["area"], row["year"]] for row in cells]
    years: Coordinates = [row["year"] for row in cells]
    heights: Coordinates = [shape.order[row["area"]] for row in cells]
    drawn = marks("", years, heights, _marker(kind, shape.medium))
    return drawn | {"hoverinfo": "text", "hovertext": hover, "customdata": data}


def sentence(row: Mapping[str, Any], lang: Language) -> str:
    """The hover text of a cell: state, year, kind, figure, breakdown and source."""
    head = f"<b>{lang.country(row['area'])}, {row['year']}</b><br>"
    if row["low"] is None:
        return head + kind_word(lang, row["kind"])
    digits = 1 if row["unit"] == "percent" else 0
    figure = f"{lang.interval(row['low'], row['high'], digits)} {terms.term(lang, 'unit', row['unit'])}"
    breakdown = [
        word_of(lang, row[name])
        for name, word_of in (("sex", terms.word("sex")), ("age", terms.word("age")), ("form", terms.word("form")))
        if row[name] != "total"
    ]
    release = lang.text("release {release}", release=lang.date(row["release"]))
    source = f"{terms.term(lang, 'source', row['source'])}, {release}"
    return head + "<br>".join([lang.labeled(kind_word(lang, row["kind"]), figure), *breakdown, source])


def _years(years: Sequence[int], axis: dict[str, Any], medium: Medium) -> dict[str, Any]:
    """The axes of years, below the rows and above them."""
    look: dict[str, Any] = {"range": [years[0] - 0.6, years[-1] + 0.6], "dtick": 1 if len(years) < SPARSE else 5}
    angle, size = (-90, NOTE) if medium.narrow else (0, TEXT)
    look |= {"tickangle": angle, "tickfont": {"size": size}, "tickformat": "d"}
    return both_ends(axis | look)
