"""A state's figures by year: a small panel per indicator, each with its own y axis.

A figure is a dot, joined only to that of the next year; a true zero a hollow diamond; a masked figure a bar over its
interval; a year without a report a gray band. Gaps are never bridged.
"""

from collections.abc import Mapping
from textwrap import wrap
from typing import Any, Literal

import polars as pl

from dashboard.charts.look import PALETTES, Palette
from dashboard.words.terms import figure, term
from data.i18n import Language

Spec = dict[str, Any]
PANEL_HEIGHT = 150
HEAD = 46
WIDE_COLUMNS, STAGE_COLUMNS = 2, 3
# The shares of a row's height above its panel and below it; on stage titles take two lines of a low row.
OVER, UNDER, OVER_ON_STAGE, UNDER_ON_STAGE = 0.2, 0.25, 0.3, 0.17
LONGEST_TITLE = 38
FONT = '"Source Sans", "Source Sans 3", sans-serif'


def series(
    frames: Mapping[str, pl.DataFrame],
    lang: Language,
    *,
    palette: Literal["light", "dark"],
    narrow: bool,
    stage: int = 0,
) -> Spec:
    """A Plotly spec of the panels of one state.

    Args:
        frames: by indicator the result of `dashboard.subjects.states.query.series`: year, low, high, status.
        stage: the whole height in pixels on stage, where panels are in three columns; 0 on a page.
    """
    colors, columns = PALETTES[palette], 1 if narrow else STAGE_COLUMNS if stage else WIDE_COLUMNS
    rows = -(-len(frames) // columns)
    margins = (OVER_ON_STAGE, UNDER_ON_STAGE) if stage else (OVER, UNDER)
    panels = [
        _panel(number, code, frame, lang, colors, _domain(number, rows, columns, margins))
        for number, (code, frame) in enumerate(frames.items())
    ]
    layout: Spec = {
        "height": stage or HEAD + rows * (PANEL_HEIGHT + HEAD),
        "margin": {"l": 8, "r": 8, "t": 8, "b": 8},
        "paper_bgcolor": "rgba(0,0,0,0)",
        "plot_bgcolor": "rgba(0,0,0,0)",
        "font": {"size": 14, "color": colors.ink, "family": FONT},
        "separators": lang.separators,
        "showlegend": False,
        "hoverlabel": {"font": {"size": 15}},
        "annotations": [panel["title"] for panel in panels],
        "shapes": [band for panel in panels for band in panel["bands"]],
    }
    axes = {name: axis for panel in panels for name, axis in panel["axes"].items()}
    return {"data": [trace for panel in panels for trace in panel["traces"]], "layout": layout | axes}


def _domain(number: int, rows: int, columns: int, margins: tuple[float, float]) -> tuple[list[float], list[float]]:
    """The x and y domain (0 to 1) of a panel, row by row from the top."""
    row, column = divmod(number, columns)
    gap, height = 0.05 if columns > 1 else 0.0, 1 / rows
    width = (1 - gap * (columns - 1)) / columns
    left, top = column * (width + gap), 1 - row * height
    return [left, left + width], [top - height + margins[1] * height, top - margins[0] * height]


def _panel(
    number: int,
    code: str,
    frame: pl.DataFrame,
    lang: Language,
    colors: Palette,
    place: tuple[list[float], list[float]],
) -> Spec:
    """The panel of an indicator: its traces, axes, title, and a band for every year without a figure."""
    suffix = str(number + 1) if number else ""
    x, y = f"x{suffix}", f"y{suffix}"
    return {
        "traces": [_selectable(trace, code) | {"xaxis": x, "yaxis": y} for trace in _traces(frame, lang, colors)],
        "axes": _axes(suffix, frame["year"], place, colors),
        "bands": [_band(year, x, y, colors) for year in _missing(frame)],
        "title": _title(term(lang, "indicator", code), place),
    }


def _selectable(trace: Spec, code: str) -> Spec:
    """The trace with `customdata` that opens the passport of a figure."""
    return trace | {"customdata": [[code, year] for year in trace["x"]]}


def _axes(suffix: str, years: pl.Series, place: tuple[list[float], list[float]], colors: Palette) -> Spec:
    look = {"tickfont": {"size": 13}, "color": colors.faint, "fixedrange": True, "zeroline": False}
    span = [years[0] - 0.6, years[-1] + 0.6]
    across = {"domain": place[0], "anchor": f"y{suffix}", "range": span, "showgrid": False, "dtick": 4, "tick0": 2003}
    up = {"domain": place[1], "anchor": f"x{suffix}", "rangemode": "tozero", "nticks": 4, "automargin": True}
    return {f"xaxis{suffix}": look | across, f"yaxis{suffix}": look | up | {"gridcolor": colors.unreported}}


def _title(words: str, place: tuple[list[float], list[float]]) -> Spec:
    """The title above a panel, in two lines if one would be too wide for a phone."""
    corner = {"x": place[0][0], "y": place[1][1], "xref": "paper", "yref": "paper", "xanchor": "left"}
    look = {"yanchor": "bottom", "yshift": 8, "showarrow": False, "align": "left", "font": {"size": 15}}
    return corner | look | {"text": f"<b>{'<br>'.join(wrap(words, LONGEST_TITLE))}</b>"}


def _missing(frame: pl.DataFrame) -> list[int]:
    return frame.filter(pl.col("low").is_null())["year"].to_list()


def _band(year: int, x: str, y: str, colors: Palette) -> Spec:
    box = {"type": "rect", "x0": year - 0.5, "x1": year + 0.5, "y0": 0, "y1": 1, "xref": x, "yref": f"{y} domain"}
    return box | {"fillcolor": colors.unreported, "line": {"width": 0}, "layer": "below"}


def _traces(frame: pl.DataFrame, lang: Language, colors: Palette) -> list[Spec]:
    exact = pl.col("status") == "exact"
    known = frame.with_columns(value=pl.when(exact).then("low"))
    zero = frame.filter(exact & (pl.col("high") == 0))
    masked = frame.filter(pl.col("status") == "masked")
    missing = frame.filter(pl.col("low").is_null())
    dots = {"mode": "lines+markers", "line": {"color": colors.symbol, "width": 2}, "connectgaps": False}
    line = _points(known, "value", lang) | dots | {"marker": {"size": 8, "color": colors.symbol}}
    hollow = {"symbol": "diamond", "size": 12, "color": colors.surface, "line": {"width": 2, "color": colors.symbol}}
    return [
        *(_interval(row, lang, colors) for row in masked.iter_rows(named=True)),
        line,
        _points(zero, "low", lang) | {"mode": "markers", "marker": hollow},
        _points(missing.with_columns(low=0.0), "low", lang) | {"mode": "markers", "marker": {"opacity": 0, "size": 14}},
    ]


def _points(frame: pl.DataFrame, column: str, lang: Language) -> Spec:
    texts = [_hover_text(row, lang) for row in frame.iter_rows(named=True)]
    # Without clipping a marker at zero is drawn whole.
    look = {"type": "scatter", "cliponaxis": False}
    figures = look | {"x": frame["year"].to_list(), "y": frame[column].to_list()}
    return figures | {"text": texts, "hovertemplate": "%{text}<extra></extra>"}


def _interval(row: Mapping[str, Any], lang: Language, colors: Palette) -> Spec:
    """A masked figure: a bar over its interval, with caps, in a color of its own."""
    ends = {"type": "scatter", "x": [row["year"]] * 2, "y": [row["low"], row["high"]], "mode": "lines+markers"}
    look = {
        "line": {"color": colors.arrows["counted"], "width": 3},
        "marker": {"symbol": "line-ew-open", "size": 11, "color": colors.arrows["counted"]},
    }
    return ends | look | {"text": [_hover_text(row, lang)] * 2, "hovertemplate": "%{text}<extra></extra>"}


def _hover_text(row: Mapping[str, Any], lang: Language) -> str:
    if row["status"] == "exact":
        return lang.labelled(str(row["year"]), figure(lang, row["low"], row["high"], "exact"))
    words = term(lang, "status", row["status"])
    interval = "" if row["high"] is None else f" ({lang.interval(row['low'], row['high'])})"
    return lang.labelled(str(row["year"]), f"{words}{interval}")
