"""The charts of a briefing: a state's figures by year, which states report, victims counted between two states.

Each is a Plotly specification; a year without a figure is a gap, never a zero.
"""

from collections import Counter
from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Any, Literal

import polars as pl

from dashboard.briefing.content import Figure
from dashboard.charts.look import INVISIBLE, PALETTES, pattern
from dashboard.charts.render import legend, metrics
from dashboard.charts.time_plot import STEPS, tick_text
from dashboard.subjects.coverage import query as coverage_query
from dashboard.subjects.coverage import words as coverage_words
from dashboard.subjects.pair import words as pair_words
from dashboard.subjects.states import query as states_query
from dashboard.words import tables, terms
from data.i18n import Language

Years = Sequence[int]
# Values; true zeros, which are values too; the lower and upper ends of masked figures.
Role = Literal["value", "zero", "least", "most"]
Trace = dict[str, Any]
COLORS = PALETTES["light"]
# In points of paper: the width of the text, the height of a plot, the room for a year's label, and sizes.
WIDE, TALL, YEAR_ROOM, SIZE, MARK, ZERO, STROKE = 510.0, 112.0, 26.0, 8.5, 5.0, 7.5, 1.4
GAP, FOOT, TICKS = 4.0, 18.0, 4
FONT = '"Source Sans", "Source Sans 3", sans-serif'
# Marks and dashes, to distinguish lines in gray print.
SYMBOLS = ("circle", "square", "triangle-up", "pentagon")
DASHES = ("solid", "6px,3px", "2px,2px", "8px,2px,2px,2px")
# The fill of a bar, and its hatch, by kind of cell (`dashboard.subjects.coverage.query.KINDS`).
FILLS = {"exact": COLORS.ramp[-1], "not_reported": COLORS.unreported}
HATCHES = {"masked": "/", **dict.fromkeys(("conflicting", "suspect", "withdrawn"), "x")}


def in_time(lang: Language, frame: pl.DataFrame, title: str) -> Figure | None:
    """A state's figures of one indicator by year; None if there are none.

    Args:
        frame: the result of `dashboard.subjects.states.query.series`.
        title: the indicator in words.
    """
    reported = frame.filter(pl.col("status").is_in(states_query.REPORTED))
    if reported.is_empty():
        return None
    n, last = reported.height, reported.row(-1, named=True)
    alt = lang.plural(
        "{subject}, {years}: a figure in {n} year. The latest, of {year}: {figure}.",
        "{subject}, {years}: figures in {n} years. The latest, of {year}: {figure}.",
        n,
        subject=title,
        years=f"{frame['year'][0]}–{frame['year'][-1]}",
        year=last["year"],
        figure=terms.figure(lang, last["low"], last["high"], last["status"]),
    )
    unit, years = terms.term(lang, "unit", str(last["unit"])), frame["year"].to_list()
    return Figure(
        _lines(lang, years, unit, _parts(lang, frame, 0, COLORS.arrows["counted"])),
        alt,
        title,
        tuple(_remarks(lang, frame)),
    )


def _parts(lang: Language, frame: pl.DataFrame, rank: int, masked_color: str, name: str = "") -> list[Trace]:
    """The traces of a frame: values, true zeros once more, and the ends of masked figures; only those that occur."""
    exact, masked = pl.col("status") == "exact", pl.col("status") == "masked"
    zero = exact & (pl.col("high") == 0)
    kinds: list[tuple[Role, str, pl.Expr, str]] = [
        ("value", name or terms.term(lang, "status", "exact"), exact, "low"),
        ("zero", _of(lang, name, terms.term(lang, "status", "zero")), zero, "low"),
        ("least", _of(lang, name, lang.text("Fewer than five, at least")), masked, "low"),
        ("most", _of(lang, name, lang.text("Fewer than five, at most")), masked, "high"),
    ]
    years = frame["year"].to_list()
    values = {role: frame.select(pl.when(kind).then(pl.col(end))).to_series().to_list() for role, _, kind, end in kinds}
    traces = [
        _trace(role, label, rank, masked_color) | {"x": years, "y": values[role]}
        for role, label, _, _ in kinds
        if any(value is not None for value in values[role])
    ]
    if masked_years := [trace for trace in traces if "error_y" in trace]:
        least, most = masked_years
        spans = [(high or 0) - (low or 0) for low, high in zip(least["y"], most["y"], strict=True)]
        none = [0] * len(years)
        least["error_y"] |= {"array": spans, "arrayminus": none}
        most["error_y"] |= {"array": none, "arrayminus": spans}
    return traces


def _trace(role: Role, name: str, rank: int, masked_color: str) -> Trace:
    """The style of a trace: values joined by a line, true zeros hollow, masked figures between caps."""
    color = _color(rank) if role in {"value", "zero"} else masked_color
    mark: Trace = {"symbol": SYMBOLS[rank % len(SYMBOLS)], "size": MARK, "color": color}
    edge = {"color": color, "width": STROKE}
    if role == "zero":
        mark = {"symbol": "diamond", "size": ZERO, "color": COLORS.surface, "line": edge}
    elif role != "value":
        mark = {"symbol": "line-ew-open", "size": MARK, "color": color, "line": edge}
    look: Trace = {"type": "scatter", "mode": "markers", "name": name, "marker": mark, "cliponaxis": False}
    if role == "value":
        line = {"color": color, "width": STROKE, "dash": DASHES[rank % len(DASHES)]}
        look |= {"mode": "lines+markers", "line": line, "connectgaps": False}
    if role in {"least", "most"}:
        bars = {"type": "data", "symmetric": False, "color": color, "thickness": 1.5 * STROKE, "width": 0}
        look["error_y"] = bars
    return look


def _color(rank: int) -> str:
    return COLORS.series[rank % len(COLORS.series)]


def _lines(lang: Language, years: Years, unit: str, traces: Sequence[Trace]) -> dict[str, Any]:
    """A line chart, with a band in each year without any figure."""
    every = list(zip(*(trace["y"] for trace in traces), strict=True))
    values = [value for row in every for value in row if value is not None]
    marked = _ticks(max(values, default=0) or 1.0, whole=all(float(value).is_integer() for value in values))
    gaps = [year for year, row in zip(years, every, strict=True) if all(value is None for value in row)]
    paint = {"fillcolor": COLORS.unreported, "line": {"width": 0}, "layer": "below", "type": "rect"}
    bands = [
        paint | {"xref": "x", "yref": "y domain", "x0": year - 0.5, "x1": year + 0.5, "y0": 0, "y1": 1} for year in gaps
    ]
    square = {"symbol": "square", "size": 1.5 * MARK, "color": COLORS.unreported}
    named = {"name": lang.text("No usable figure in this year"), "type": "scatter", "mode": "markers"}
    band = [named | {"marker": square, "x": [None], "y": [None]}] if gaps else []
    spec = _spec(lang, years, unit, [*traces, *band], marked, marked[-1])
    spec["layout"]["shapes"] = bands
    return spec


def _spec(
    lang: Language, years: Years, unit: str, traces: Sequence[Trace], marked: Sequence[float], most: float
) -> dict[str, Any]:
    """The whole chart, with its key above; years are labeled where there is room, always the last one."""
    labels = [tick_text(figure, lang) for figure in marked]
    left = max(metrics.width(label, SIZE) for label in labels) + 2.5 * SIZE
    above = legend.height([trace["name"] for trace in traces], WIDE - left - GAP, SIZE) + GAP
    step = next(step for step in range(1, len(years) + 1) if step * (WIDE - left) / len(years) >= YEAR_ROOM)
    shown = list(years)[::-step]
    look = {"fixedrange": True, "color": COLORS.ink, "tickfont": {"size": SIZE}, "zerolinecolor": COLORS.ink}
    array = {"tickmode": "array", "showgrid": False}
    across = {"range": [years[0] - 0.5, years[-1] + 0.5], "tickvals": shown, "ticktext": list(map(str, shown))}
    up = {"range": [0, most], "tickvals": list(marked), "ticktext": labels, "title": {"text": unit}}
    layout = {
        "width": WIDE,
        "height": TALL + above + FOOT,
        "margin": {"l": left, "t": above, "r": GAP, "b": FOOT},
        "font": {"size": SIZE, "color": COLORS.ink, "family": FONT},
        "paper_bgcolor": INVISIBLE,
        "plot_bgcolor": INVISIBLE,
        "separators": lang.separators,
        "showlegend": True,
        "legend": {"orientation": "h", "x": 0, "y": 1, "xanchor": "left", "yanchor": "bottom"},
        "barmode": "stack",
        "xaxis": look | array | across,
        "yaxis": look | array | up | {"showgrid": True, "gridcolor": COLORS.unreported},
    }
    return {"data": list(traces), "layout": layout}


def _ticks(most: float, *, whole: bool) -> list[float]:
    """Round tick values from 0 to the first that is not below `most`; no fractions if figures are whole."""
    power = 10.0 ** floor(log10(most / TICKS))
    step = next(step * power for step in STEPS if step * power * TICKS >= most * 0.999)
    step = max(step, 1.0) if whole else step
    return [round(step * rank, 9) for rank in range(ceil(most / step - 0.001) + 1)]


def _of(lang: Language, name: str, kind: str) -> str:
    return lang.labelled(name, terms.in_sentence(kind)) if name else kind


def _remarks(lang: Language, frame: pl.DataFrame) -> list[str]:
    """Remarks on years that are not points: masked ones with their intervals, without a report, or unusable."""
    masked = frame.filter(pl.col("status") == "masked")
    intervals = [f"{row['year']}: {lang.interval(row['low'], row['high'])}" for row in masked.iter_rows(named=True)]
    remarks = [lang.labelled(terms.term(lang, "status", "masked"), "; ".join(intervals))] if intervals else []
    for status in (states_query.NOT_REPORTED, "conflicting", "suspect"):
        years = frame.filter(pl.col("status") == status)["year"].to_list()
        if years:
            remarks.append(lang.labelled(terms.term(lang, "status", status), tables.runs(years)))
    return remarks


def between(lang: Language, one: str, other: str, rows: pl.DataFrame) -> Figure | None:
    """The victims counted each way between two states, by year; None if nothing is listed.

    Args:
        rows: the result of `dashboard.subjects.pair.query.yearly`.
    """
    if rows.is_empty():
        return None
    ways = rows.partition_by("start", maintain_order=True)
    traces = [
        trace
        for rank, way in enumerate(ways)
        for trace in _parts(
            lang,
            way,
            rank,
            _color(rank),
            lang.text(
                "Citizens of {start} detected in {end}",
                start=lang.country(way["start"][0]),
                end=lang.country(way["end"][0]),
            ),
        )
    ]
    spec = _lines(lang, ways[0]["year"].to_list(), terms.term(lang, "unit", "persons"), traces)
    return Figure(spec, pair_words.description(lang, rows), pair_words.chart_title(lang, one, other))


def reporting(lang: Language, code: str) -> Figure:
    """How many of the 35 states have which kind of figure of an indicator in each year; a bar is all states."""
    cells, years = coverage_query.cells(code), coverage_query.span(code)
    counts = Counter(cells.select("year", "kind").iter_rows())
    every = list(range(years[0], years[1] + 1))
    kinds = {kind: coverage_words.kind_word(lang, kind) for kind in coverage_query.KINDS if kind in set(cells["kind"])}
    traces = [
        {"type": "bar", "name": name, "x": every, "y": [counts[year, kind] for year in every], "marker": _bar(kind)}
        for kind, name in kinds.items()
    ]
    most = max(sum(bar) for bar in zip(*(trace["y"] for trace in traces), strict=True))
    title = lang.text("{indicator}: what the 35 states report", indicator=terms.term(lang, "indicator", code))
    alt = coverage_words.in_matrix(lang, code, cells, years)
    return Figure(_spec(lang, every, lang.text("states"), traces, _ticks(most, whole=True), most), alt, title)


def _bar(kind: str) -> Trace:
    """The style of a part of a bar; hatches distinguish parts in gray print."""
    look: Trace = {"color": FILLS.get(kind, COLORS.surface), "line": {"color": COLORS.frame, "width": 0.6}}
    shape = HATCHES.get(kind)
    return look | ({"pattern": pattern(shape, COLORS.hatch, COLORS.surface, 5)} if shape else {})
