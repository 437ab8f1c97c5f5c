"""What publishers revised: how many figures of every state changed, the states side by side."""

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

import polars as pl

from dashboard import terms
from dashboard.figures.both_ends import both_ends, ghost
from dashboard.figures.framing import Around, Framing
from dashboard.figures.key import Item
from dashboard.figures.palette import Palette
from dashboard.figures.row_chart import NUMBERS, Chart, chart, rows_of
from dashboard.figures.traces import Trace, marks
from dashboard.figures.windows import Coordinates
from data.i18n import Language

ROW = {False: 24.0, True: 20.0}
FEW = 10
KINDS = {"revised": "square", "new": "triangle-up-open", "withdrawn": "x", "convention": "circle-open"}
# Marks of one state at one number must not hide each other: they stand apart by this share of a row.
APART = 0.46


def changes_chart(
    counts: pl.DataFrame,
    states: Sequence[str],
    lang: Language,
    *,
    kinds: Sequence[str],
    **framing: Unpack[Framing],
) -> dict[str, Any]:
    """How many figures of each state changed between releases, by kind; a state without a mark has no change.

    Args:
        counts: the answer of `dashboard.query.revisions.by_state`: area, kind, figures, totals.
        states: every state that has a row; kinds: those of the key, in its order.
    """
    around = Around(**framing)
    colours = around.colours
    found = {kind: _apart(counts).filter(pl.col("kind") == kind) for kind in kinds}
    items = [
        Item(
            f"{terms.term(lang, 'revision', kind)} ({lang.number(int(rows['figures'].sum()))})",
            marker=_mark(kind, colours),
        )
        for kind, rows in found.items()
    ]
    shape = Chart(rows_of(states, lang), items, colours, lang, around.narrow, around.width, ROW[around.narrow], NUMBERS)
    spec = chart(
        shape, title=around.title, heading=lang.text("Figures that changed, totals and parts"), notes=around.notes
    )
    top = max(counts["figures"].to_list(), default=0) or 1
    # Figures are whole: between two of them there is nothing to mark.
    ticks = {"nticks": 5 if around.narrow else 12} if top > FEW else {"dtick": 1}
    look = ticks | {"range": [-0.03 * top, 1.05 * top], "tickfont": {"size": 13}}
    grid = {"showgrid": True, "gridcolor": colours.unreported}
    spec["layout"] |= both_ends(spec["layout"]["xaxis"] | look | grid)
    traces = [_changes(kind, rows, shape) for kind, rows in found.items() if rows.height]
    return {"data": [ghost(), *reversed(traces), *spec["data"]], "layout": spec["layout"]}


def _apart(counts: pl.DataFrame) -> pl.DataFrame:
    """The counts with how far from the middle of its row each mark stands, where several fall together."""
    together = ("area", "figures")
    place = pl.col("kind").rank("ordinal").over(together).cast(pl.Float64) - (pl.len().over(together) + 1) / 2
    return counts.with_columns(apart=place * APART)


def _mark(kind: str, colours: Palette) -> dict[str, Any]:
    paints = {
        "revised": colours.arrows["counted"],
        "new": colours.arrows["stated"],
        "withdrawn": colours.ink,
        "convention": colours.frame,
    }
    return {"symbol": KINDS[kind], "size": 11, "color": paints[kind], "line": {"width": 1.8, "color": paints[kind]}}


def _changes(kind: str, rows: pl.DataFrame, shape: Chart) -> Trace:
    told = list(rows.iter_rows(named=True))
    heights: Coordinates = [shape.order[row["area"]] + row["apart"] for row in told]
    drawn = marks("", rows["figures"].to_list(), heights, _mark(kind, shape.palette))
    hover = [_changed(kind, row, shape.lang) for row in told]
    return drawn | {"hoverinfo": "text", "hovertext": hover, "customdata": rows["area"].to_list()}


def _changed(kind: str, row: Mapping[str, Any], lang: Language) -> str:
    told = lang.plural("{n} figure", "{n} figures", row["figures"])
    whole = lang.plural("of them {n} total", "of them {n} totals", row["totals"])
    return f"<b>{lang.country(row['area'])}</b><br>{lang.labelled(terms.term(lang, 'revision', kind), told)}, {whole}"
