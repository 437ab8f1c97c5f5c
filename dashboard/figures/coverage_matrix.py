"""The matrix of states and years: one mark a cell, each kind of reading with a symbol and a colour of its own."""

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

import polars as pl

from dashboard import terms
from dashboard.figures.both_ends import both_ends, ghost
from dashboard.figures.framing import Around, Framing
from dashboard.figures.key import Item
from dashboard.figures.looks import SYMBOLS
from dashboard.figures.palette import Palette
from dashboard.figures.row_chart import Chart, chart, rows_of
from dashboard.figures.traces import Trace, marks
from dashboard.figures.windows import Coordinates
from dashboard.query.coverage import KINDS
from data.i18n import Language

ROW = {False: 23.0, True: 18.0}
MARK, DOT = {False: 12.0, True: 9.0}, 4.0
# Pixels over and under the rows for the years: on a phone they stand upright.
YEARS = {False: 26.0, True: 38.0}
SPARSE = 30


def coverage_matrix(
    cells: pl.DataFrame,
    lang: Language,
    **framing: Unpack[Framing],
) -> dict[str, Any]:
    """A Plotly spec of every state and year.

    Args:
        cells: the answer of `dashboard.query.coverage.cells`.
        framing: what stands around it, and how it is arranged (`Around`).
    """
    around = Around(**framing)
    colours = around.colours
    order = rows_of(cells["area"].unique().to_list(), lang)
    found = {kind: cells.filter(pl.col("kind") == kind) for kind in KINDS}
    items = [
        Item(
            f"{word(lang, kind)} ({lang.number(found[kind].height)})",
            marker=_marker(kind, colours, narrow=around.narrow),
        )
        for kind in KINDS
    ]
    shape = Chart(order, items, colours, lang, around.narrow, around.width, ROW[around.narrow], YEARS[around.narrow])
    heading = lang.text("What each state gave in each year")
    spec = chart(shape, title=around.title, heading=heading, notes=around.notes)
    spec["layout"] |= _years(cells["year"].unique().sort().to_list(), spec["layout"]["xaxis"], narrow=around.narrow)
    traces = [_kind(kind, rows, shape) for kind, rows in found.items() if rows.height]
    return {"data": [ghost(), *reversed(traces), *spec["data"]], "layout": spec["layout"]}


def word(lang: Language, kind: str) -> str:
    """The word for a kind of cell."""
    return terms.term(lang, "revision", kind) if kind == "withdrawn" else terms.term(lang, "status", kind)


def _marker(kind: str, colours: Palette, *, narrow: bool) -> dict[str, Any]:
    if kind == "not_reported":
        return {"symbol": "circle", "size": DOT, "color": colours.border, "line": {"width": 0}}
    paints = {
        "exact": colours.symbol,
        "zero": colours.ink,
        "masked": colours.arrows["counted"],
        "conflicting": colours.roles["transit"],
        "suspect": colours.roles["destination"],
        "withdrawn": colours.arrows["stated"],
    }
    symbol = "x" if kind == "withdrawn" else SYMBOLS[kind]
    return {
        "symbol": symbol,
        "size": MARK[narrow],
        "color": paints[kind],
        "line": {"width": 1.5, "color": paints[kind]},
    }


def _kind(kind: str, rows: pl.DataFrame, shape: Chart) -> Trace:
    told = list(rows.iter_rows(named=True))
    hover, data = [sentence(row, shape.lang) for row in told], [[row["area"], row["year"]] for row in told]
    years: Coordinates = [row["year"] for row in told]
    heights: Coordinates = [shape.order[row["area"]] for row in told]
    drawn = marks("", years, heights, _marker(kind, shape.palette, narrow=shape.narrow))
    return drawn | {"hoverinfo": "text", "hovertext": hover, "customdata": data}


def sentence(row: Mapping[str, Any], lang: Language) -> str:
    """What a cell says: state and year, the kind, the figure, and of whom a survey's figure is."""
    head = f"<b>{lang.country(row['area'])}, {row['year']}</b><br>"
    if row["low"] is None:
        return head + word(lang, row["kind"])
    digits = 1 if row["unit"] == "percent" else 0
    figure = f"{lang.interval(row['low'], row['high'], digits)} {terms.term(lang, 'unit', row['unit'])}"
    whom = [
        said(lang, row[name])
        for name, said in (("sex", terms.word("sex")), ("age", terms.word("age")), ("form", terms.word("form")))
        if row[name] != "total"
    ]
    release = lang.text("release {release}", release=lang.date(row["release"]))
    source = f"{terms.term(lang, 'source', row['source'])}, {release}"
    return head + "<br>".join([lang.labelled(word(lang, row["kind"]), figure), *whom, source])


def _years(years: Sequence[int], axis: dict[str, Any], *, narrow: bool) -> dict[str, Any]:
    """The same years under the rows and over them."""
    look: dict[str, Any] = {"range": [years[0] - 0.6, years[-1] + 0.6], "dtick": 1 if len(years) < SPARSE else 5}
    look |= {"tickangle": -90 if narrow else 0, "tickfont": {"size": 12 if narrow else 14}, "tickformat": "d"}
    return both_ends(axis | look)
