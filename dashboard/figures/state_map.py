"""A map of the states: its panels, under them the notes, beside them a key that decides how much room it takes."""

from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any

from dashboard.figures import ground
from dashboard.figures.key import Item, foot, height, key, wrapped
from dashboard.figures.layout import layout
from dashboard.figures.panels import sheet
from dashboard.figures.region_panel import RegionView, panel_traces


def state_map(draft: RegionView, items: Sequence[Item], *, title: str, notes: Iterable[str]) -> dict[str, Any]:
    """The Plotly spec of a view of the states.

    Args:
        draft: what is seen, on a sheet without notes: its width decides the rows of the key, which decide its height.
        items: the entries of the key.
        title, notes: words over and under the map; the boundary disclaimer is added.
    """
    blank, colours = draft.place, draft.palette
    lines = wrapped([*notes, ground.disclaimer(draft.lang)], blank.line)
    arranged = sheet(
        frozenset(draft.rows),
        narrow=blank.narrow,
        notes=len(lines),
        key=height(items, blank.key.width, narrow=blank.narrow),
        size=(blank.width, blank.height),
    )
    drawn = replace(draft, place=arranged)
    traces = [trace for panel in arranged.panels for trace in panel_traces(drawn, panel)]
    spec = layout(arranged, colours, title, draft.lang.separators)
    spec["annotations"] = spec["annotations"] + foot(lines, colours)
    return {"data": traces + key(arranged, items, colours), "layout": spec}
