"""The charts of a briefing: figures by year, sums of the region, groups of victims.

Each is a Plotly specification; a year without a figure is a gap, never a zero. What is compared stands in charts of its
own beside each other, so that no chart needs a key for more than the states of its numbers.
"""

from collections.abc import Sequence
from math import ceil, floor, log10
from typing import Any, Literal

import polars as pl

from dashboard.briefing.content import Figure
from dashboard.charts import bars
from dashboard.charts.colors import INVISIBLE, THEMES
from dashboard.charts.figure_words import may_add
from dashboard.charts.look import pattern
from dashboard.charts.render import legend, metrics
from dashboard.charts.time_plot import STEPS, tick_text
from dashboard.subjects.home import words as home_words
from dashboard.subjects.home.query import Panel
from dashboard.subjects.states import query as states_query
from dashboard.words import countries, terms
from data.i18n import Language

Years = Sequence[int]
# Values; true zeros, which are values too; masked figures, as bars over their intervals.
Role = Literal["value", "zero", "masked"]
Trace = dict[str, Any]
COLORS = THEMES["light"]
# In points of paper: the width of the text, the height of a plot, the room for a year's label, and sizes.
WIDE, TALL, YEAR_ROOM, SIZE, MARK, ZERO, STROKE = 510.0, 112.0, 26.0, 8.5, 5.0, 7.5, 1.4
GAP, FOOT, TICKS = 4.0, 18.0, 4
# The least years of a chart between two states: fewer are said in a sentence.
FEWEST = 3
# The width of bars in pixels, of which the paper is 510 points wide.
PAPER = 760.0
FONT = '"Source Sans", "Source Sans 3", sans-serif'


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
        years=lang.span(frame["year"]),
        year=last["year"],
        figure=terms.figure(lang, last["low"], last["high"], last["status"]),
    )
    axis, years = lang.text("Number"), frame["year"].to_list()
    return Figure(_lines(lang, years, axis, _parts(lang, frame)), alt, title)


def _parts(lang: Language, frame: pl.DataFrame) -> list[Trace]:
    """The traces of a frame: values, true zeros once more, masked figures; only those that occur."""
    exact, masked = pl.col("status") == "exact", pl.col("status") == "masked"
    zero = exact & (pl.col("high") == 0)
    kinds: list[tuple[Role, str, pl.Expr]] = [
        ("value", terms.term(lang, "status", "exact"), exact),
        ("zero", terms.term(lang, "status", "zero"), zero),
        ("masked", terms.term(lang, "status", "masked"), masked),
    ]
    values = {role: frame.select(pl.when(kind).then(pl.col("high"))).to_series().to_list() for role, _, kind in kinds}
    lows = frame["low"].to_list()
    traces = []
    for role, label, _ in kinds:
        if any(value is not None for value in values[role]):
            traces.append(_trace(role, label) | {"x": frame["year"].to_list(), "y": values[role]})
            if role == "masked":
                spans = [high - low if high is not None else 0 for low, high in zip(lows, values[role], strict=True)]
                traces[-1]["error_y"] |= {"array": [0] * len(lows), "arrayminus": spans}
    return traces


def _trace(role: Role, name: str) -> Trace:
    """The style of a trace: values joined by a line, true zeros hollow, masked figures under a cap."""
    color = COLORS.arrows["counted"] if role == "masked" else COLORS.series[0]
    mark: Trace = {"symbol": "circle", "size": MARK, "color": color}
    if role == "zero":
        mark = {"symbol": "diamond", "size": ZERO, "color": COLORS.surface, "line": {"color": color, "width": STROKE}}
    elif role == "masked":
        mark = {"symbol": "line-ew-open", "size": MARK, "color": color, "line": {"color": color, "width": STROKE}}
    look: Trace = {"type": "scatter", "mode": "markers", "name": name, "marker": mark, "cliponaxis": False}
    if role == "value":
        line = {"color": color, "width": STROKE, "dash": "solid"}
        look |= {"mode": "lines+markers", "line": line, "connectgaps": False}
    if role == "masked":
        look["error_y"] = {"type": "data", "symmetric": False, "color": color, "thickness": 1.5 * STROKE, "width": 0}
    return look


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


def between(lang: Language, rows: pl.DataFrame) -> tuple[Figure, ...]:
    """The victims counted each way between two states, by year, each in a chart; none for a way of few years.

    Args:
        rows: the result of `dashboard.subjects.pair.query.yearly`.
    """
    found = []
    for way in rows.partition_by("start", maintain_order=True):
        title = lang.text(
            "Citizens {of_origin} detected {in_destination}",
            of_origin=countries.of(lang, way["start"][0]),
            in_destination=countries.inside(lang, way["end"][0]),
        )
        if way.filter(pl.col("status").is_in(states_query.REPORTED)).height >= FEWEST:
            found.append(in_time(lang, way, title))
    return tuple(one for one in found if one)


def sums(lang: Language, rows: pl.DataFrame, title: str, largest: str = "") -> Figure:
    """Sums of the region by year as stacked columns; what masked figures may add is hatched.

    Args:
        rows: part, year, low, high, as of `dashboard.subjects.home.query.by_year` or of a panel.
        largest: the state whose figures are a part of their own; empty if there is none.
    """
    years = rows["year"].unique().sort().to_list()
    cells = {(row["part"], row["year"]): (row["low"], row["high"]) for row in rows.iter_rows(named=True)}
    parts = rows["part"].unique().sort(descending=True).to_list()
    colors = dict(zip(parts, COLORS.series, strict=False))
    traces: list[Trace] = [
        {
            "type": "bar",
            "name": home_words.part(lang, part, largest),
            "x": years,
            "y": [cells.get((part, year), (0.0, 0.0))[0] for year in years],
            "marker": {"color": colors[part], "line": {"color": COLORS.frame, "width": 0.6}},
        }
        for part in parts
    ]
    added = [sum(high - low for (_, at), (low, high) in cells.items() if at == year) for year in years]
    if any(added):
        traces.append({"type": "bar", "name": may_add(lang), "x": years, "y": added, "marker": _hatched()})
    most = max(sum(column) for column in zip(*(trace["y"] for trace in traces), strict=True))
    ends = [
        lang.interval(*(sum(cells.get((part, year), (0, 0))[end] for part in parts) for end in (0, 1)))
        for year in (years[0], years[-1])
    ]
    alt = lang.text(
        "Columns by year: {before} in {first}, {after} in {last}.",
        first=years[0],
        last=years[-1],
        before=ends[0],
        after=ends[1],
    )
    marked = _ticks(most, whole=True)
    spec = _spec(lang, years, lang.text("Number"), traces, marked, marked[-1])
    return Figure(spec, f"{title}. {alt}", title)


def panel(lang: Language, found: Panel, indicator: str) -> Figure:
    """The sums of the states that reported an indicator in every year of a window."""
    name = terms.term(lang, "indicator", indicator)
    title = lang.labeled(name, terms.in_sentence(home_words.panel_title(lang, found)))
    return sums(lang, found.rows.filter(part="all"), title)


def groups(lang: Language, blocks: Sequence[bars.Block], alt: str) -> Figure:
    """The bars of groups of victims."""
    spec = bars.bars(blocks, lang, size=(PAPER, 0.0))
    return Figure({"data": spec["data"], "layout": {**spec["layout"], "width": PAPER}}, alt, blocks=tuple(blocks))


def _hatched() -> Trace:
    """The style of what masked figures may add."""
    line = {"color": COLORS.frame, "width": 0.6}
    return {"color": COLORS.surface, "line": line, "pattern": pattern("/", COLORS.hatch, COLORS.surface, 5)}
