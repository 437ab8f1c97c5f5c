"""Frames for the figures of any indicator: made-up ones, and real ones gathered without our query."""

from collections import defaultdict
from functools import cache
from itertools import pairwise

import polars as pl

from dashboard.charts.look import DASH
from data.place import HERE
from data.snapshot import Snapshot

SCHEMA = {
    "panel": pl.Int32,
    "indicator": pl.String,
    "area": pl.String,
    "year": pl.Int16,
    "sex": pl.String,
    "age": pl.String,
    "form": pl.String,
    "low": pl.Float64,
    "high": pl.Float64,
    "status": pl.String,
    "unit": pl.String,
}
VICTIMS, RATE, CONVICTED = "detected_victims", "detected_victims_rate", "persons_convicted"
ALL = ("total", "total", "total")
UNITS = {VICTIMS: (0, "persons"), CONVICTED: (0, "persons"), RATE: (1, "per_100000_population")}
UNITS |= dict.fromkeys(("partner_violence", "child_labour_economic"), (2, "percent"))
USABLE = {"exact", "masked"}
SOME = {
    (VICTIMS, "BRA", *ALL): {2018: 10, 2019: 30, 2021: 0, 2022: 25},
    (VICTIMS, "BOL", *ALL): {2018: (1, 4), 2019: 12, 2020: "conflicting"},
    (VICTIMS, "CHL", *ALL): {2022: "suspect", 2020: 7},
    (VICTIMS, "DMA", *ALL): {},
}


def frame(figures=SOME, first=2018, last=2022):
    """Rows of series in a span of years; a figure is a value, an interval, or the reason for a missing one."""
    rows = [_row(key, year, by_year.get(year)) for key, by_year in figures.items() for year in range(first, last + 1)]
    return pl.DataFrame(rows, schema=SCHEMA, orient="row").sort("panel", maintain_order=True)


def _row(key, year, figure):
    panel, unit = UNITS[key[0]]
    if figure is None or isinstance(figure, str):
        return (panel, *key[:2], year, *key[2:], None, None, figure or "not_reported", unit)
    low, high = figure if isinstance(figure, tuple) else (figure, figure)
    return (panel, *key[:2], year, *key[2:], low, high, "exact" if low == high else "masked", unit)


@cache
def _snapshot():
    snapshot = Snapshot.open(str(HERE))
    return tuple(snapshot.table("areas").collect()["area"]), snapshot.table("observations").collect()


@cache
def real(*indicators, first=2004, last=2023, areas=(), sexes=("total",)):
    """The published figures of some states (all by default), gathered row by row."""
    every, rows = _snapshot()
    series = {}
    for code in indicators:
        printed = defaultdict(dict)
        for row in rows.filter(pl.col("indicator") == code).iter_rows(named=True):
            chosen = row["area"] in (areas or every) and row["sex"] in sexes and first <= row["year"] <= last
            if chosen and row["age"] == row["form"] == "total":
                figure = row["status"] if row["status"] not in USABLE else (row["low"], row["high"])
                printed[row["area"], row["sex"], "total", "total"][row["year"]] = figure
        silent = [area for area in areas or every if all(key[0] != area for key in printed)]
        printed |= {(area, sexes[0], "total", "total"): {} for area in silent}
        series |= {(code, *key): by_year for key, by_year in sorted(printed.items())}
    return frame(series, first, last)


def names(rows, statuses=("exact", "masked", "conflicting", "suspect")):
    """The names of these rows' marks in an address."""
    chosen = rows.filter(pl.col("status").is_in(statuses))
    groups = [[row["sex"], row["age"], row["form"]] for row in chosen.iter_rows(named=True)]
    pairs = zip(chosen.iter_rows(named=True), groups, strict=True)
    return sorted(
        ".".join([row["area"], row["indicator"], str(row["year"])] + (group if group != list(ALL) else []))
        for row, group in pairs
    )


def outlines(spec):
    """The corners of each dashed outline of what a figure may be, in tenths of a pixel, by the color of its line."""
    found = {}
    for trace in spec["data"]:
        if trace.get("fill") == "toself" and trace["line"]["dash"] == DASH and trace["xaxis"] == "x":
            corners = list(zip(trace["x"], trace["y"], strict=True))
            found[trace["line"]["color"]] = [corners[at : at + 5] for at in range(0, len(corners), 6)]
    return found


def marks(spec):
    """The position and hover text of each figure's marks: name to (x, y, hover)."""
    places = defaultdict(list)
    for trace in (trace for trace in spec["data"] if "customdata" in trace):
        for x, y, hover, (name,) in zip(trace["x"], trace["y"], trace["hovertext"], trace["customdata"], strict=True):
            if x is not None:
                places[name].append((x, y, hover))
    return places


def words(spec, axis="x", side=""):
    """The texts of the plots (`x9` for the key) as text, x, y, optionally only those on one side of their point."""
    texts = [trace for trace in spec["data"] if trace["mode"] == "text" and trace["xaxis"] == axis]
    traces = [trace for trace in texts if trace["textposition"].endswith(side)]
    return [placed for trace in traces for placed in zip(trace["text"], trace["x"], trace["y"], strict=True)]


def key(spec):
    """The texts of the key."""
    return [text for text, _, _ in words(spec, "x9")]


def runs(spec):
    """The unbroken stretches of all lines, each with its look."""
    for trace in spec["data"]:
        if trace["mode"] == "lines" and "fill" not in trace:
            run = []
            for x, y in zip(trace["x"], trace["y"], strict=True):
                if x is None:
                    yield trace["line"], run
                    run = []
                else:
                    run.append((x, y))


def bridges(spec, rows):
    """How far apart (tenths of a pixel) the joined marks are, and how many joints lack or exceed the rows' pairs."""
    joined = [pair for look, run in runs(spec) if look["width"] == 2 for pair in pairwise(run)]
    series = ["indicator", "area", "sex", "age", "form", "year"]
    values = rows.filter(pl.col("status") == "exact")
    # A total of a state that its parts contradict is joined to no other year.
    doubted = (
        pl.col("contradicted") & (pl.col("area") != "region") if "contradicted" in rows.columns else pl.lit(value=False)
    )
    values = values.filter(~doubted.fill_null(value=False)).select(series)
    # Nor are the years of the break in the lists of the United States.
    broken = pl.col("indicator").is_in([VICTIMS, RATE]), pl.col("area") == "USA", pl.col("year") == 2012
    joints = values.join(values.with_columns(pl.col("year") - 1), on=series, validate="1:1")
    pairs = joints.filter(~pl.all_horizontal(broken)).height
    return {after[0] - before[0] for before, after in joined}, len(joined) - pairs


def heights(spec):
    """The figures at the marks' positions, read off the scale at the left: name to low and high."""
    ticks = [(float(text.replace(",", "")), y) for text, _, y in words(spec, side="left")]
    grounds = sorted({y for figure, y in ticks if figure == 0})
    pixels = {(figure, min(y for y in grounds if y >= at) - at) for figure, at in ticks if figure}
    unit = max(pixels)[1] / max(pixels)[0]
    read = {}
    for name, spots in marks(spec).items():
        values = [(min(y for y in grounds if y >= at) - at) / unit for _, at, _ in spots]
        read[name] = (min(values), max(values))
    return read, 1 / unit


def part(spec, *, other):
    """The part of a figure below its heading "Other states", or above it: only the points of its plots there."""
    (border,) = [y for text, _, y in words(spec) if text == "<b>Other states</b>"]
    traces = []
    for trace in (trace for trace in spec["data"] if trace["xaxis"] == "x"):
        kept = [place for place, y in enumerate(trace["y"]) if y is not None and (y > border) is other]
        columns = {name: values for name, values in trace.items() if isinstance(values, list)}
        traces.append(trace | {name: [values[place] for place in kept] for name, values in columns.items()})
    return spec | {"data": traces}


def figures(rows):
    """The figures of the rows: name to low and high."""
    intervals = {}
    for row in rows.filter(pl.col("status").is_in(list(USABLE))).iter_rows(named=True):
        (name,) = names(rows.clear().vstack(pl.DataFrame([row], schema=rows.schema)))
        intervals[name] = (row["low"], row["high"])
    return intervals
