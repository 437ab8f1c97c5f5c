"""Routes as a matrix: origins down, destinations across; a mark's area is its figure, its symbol the leg."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any, Literal, Unpack

import polars as pl

from dashboard.figures.arrows import Arrow, arrow, scale
from dashboard.figures.both_ends import both_ends, ghost
from dashboard.figures.flow_marks import items, look, marked
from dashboard.figures.framing import Around, Framing
from dashboard.figures.palette import Palette
from dashboard.figures.row_chart import Chart, chart, rows_of
from dashboard.figures.traces import Trace, words
from dashboard.figures.windows import Coordinates
from data.i18n import Language

ROW, EDGE = {False: 38.0, True: 24.0}, {False: 26.0, True: 40.0}
# Legs of one pair stand side by side in their cell.
ASIDE = {"direct": 0.0, "to_transit": -0.26, "from_transit": 0.26}
LETTER, SIZE = 7.0, 13
# Half of a mark under which a figure still fits its row.
TALLEST = 9.0


def flow_matrix(
    arrows: pl.DataFrame,
    lang: Language,
    *,
    evidence: Literal["counted", "stated"],
    opens: frozenset[str],
    **framing: Unpack[Framing],
) -> dict[str, Any]:
    """A Plotly spec of the same rows as `routes_map`.

    Args:
        arrows: as in `routes_map`.
        evidence: what the marks are, for the key.
        opens: the states whose page a mark may open.
        framing: what stands around it, and how it is arranged (`Around`).
    """
    around = Around(**framing)
    colours = around.colours
    shown = [arrow(row) for row in arrows.iter_rows(named=True)]
    rows = rows_of(sorted({one.ends[0] for one in shown}), lang)
    columns = rows_of(sorted({one.ends[1] for one in shown}), lang)
    entries = items(shown, evidence, colours, lang, narrow=around.narrow)
    shape = Chart(rows, entries, colours, lang, around.narrow, around.width, ROW[around.narrow], EDGE[around.narrow])
    heading = lang.text("Rows: origin; columns: destination; the area of a mark is its figure")
    spec = chart(shape, title=around.title, heading=heading, notes=around.notes)
    spec["layout"] |= _across(columns, spec["layout"]["xaxis"], colours, narrow=around.narrow)
    found = [(one, columns[one.ends[1]] + ASIDE[one.row["leg"]], rows[one.ends[0]]) for one in shown]
    across = spec["layout"]["xaxis"]["domain"]
    cell = shape.across * (across[1] - across[0]) / max(len(columns), 1)
    traces = [marked(found, shape, opens), _figures(found, cell, shape)] if found else []
    return {"data": [ghost(), *traces, *spec["data"]], "layout": spec["layout"]}


def _across(
    columns: Mapping[str, int], axis: Mapping[str, Any], colours: Palette, *, narrow: bool
) -> dict[str, dict[str, Any]]:
    """The destinations by their codes, under the rows and over them."""
    look: dict[str, Any] = {"tickmode": "array", "tickvals": list(columns.values()), "ticktext": list(columns)}
    look |= {"range": [-0.6, max(len(columns), 1) - 0.4], "tickangle": -90 if narrow else 0}
    # Upright codes need as many pixels as their letters are high.
    size = max(9, min(12, int(300 / max(len(columns), 1)))) if narrow else 14
    look |= {"tickfont": {"size": size}, "showgrid": True, "gridcolor": colours.unreported}
    return both_ends({**axis, **look})


def _figures(found: Sequence[tuple[Arrow, float, int]], cell: float, shape: Chart) -> Trace:
    """The figures under the marks, where a cell has room for them and no other leg stands in it."""
    largest = scale([one for one, _, _ in found])
    alone = Counter((round(across), down) for _, across, down in found)
    x: Coordinates = []
    y: Coordinates = []
    said = []
    for one, across, down in found:
        text = shape.lang.interval(one.row["low"], one.row["high"])
        half = look(one, largest, shape.palette, narrow=shape.narrow)["size"] / 2
        if alone[round(across), down] == 1 and half < TALLEST and len(text) * LETTER <= cell - 2 and not shape.narrow:
            x.append(across)
            y.append(down + (half + SIZE / 2) / shape.row)
            said.append(text)
    return words("", [], [], said, "center", palette=shape.palette, size=SIZE) | {"x": x, "y": y}
