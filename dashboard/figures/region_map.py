"""The map of the region: rates as five printed classes of fill, counts as circles whose area is the figure."""

from collections.abc import Sequence
from typing import Any, Literal, Unpack

import polars as pl

from dashboard import terms
from dashboard.figures.basemap import Basemap
from dashboard.figures.framing import Around, Framing
from dashboard.figures.panels import sheet
from dashboard.figures.region_key import key_items
from dashboard.figures.region_panel import RegionView
from dashboard.figures.state_map import state_map
from data.i18n import Language


def region_map(
    frame: pl.DataFrame,
    basemap: Basemap,
    lang: Language,
    *,
    indicator: str,
    measure: Literal["rate", "count"],
    breaks: Sequence[float] = (),
    largest: float | None = None,
    **framing: Unpack[Framing],
) -> dict[str, Any]:
    """A Plotly spec (plain dict) of the 35 states.

    Args:
        frame: the region frame, one row for each state: area, year, low, high, status {exact, masked, conflicting,
            suspect, not_reported}, unit, source, release.
        basemap: prepared once for the snapshot.
        indicator: its id, for the key and the hover texts.
        measure: `rate` fills states by class, `count` draws circles.
        breaks: limits of the classes (`classes.class_breaks` over all years); used for a rate.
        largest: the figure of the largest circle, over all years; the frame's own by default.
        framing: what stands around it, and how it is arranged (`Around`); the boundary disclaimer is added.

    Returns:
        `data` and `layout`; markers that can be chosen carry `customdata` [iso3].
    """
    around = Around(**framing)
    rows = {row["area"]: row for row in frame.iter_rows(named=True)}
    colours = around.colours
    top = largest or max((row["high"] or 0 for row in rows.values()), default=0) or 1.0
    named = terms.term(lang, "indicator", indicator)
    given = None if measure == "count" else tuple(breaks)
    blank = sheet(frozenset(rows), narrow=around.narrow, notes=0, size=around.size)
    draft = RegionView(rows, basemap, lang, colours, named, given, top, blank)
    return state_map(draft, key_items(draft), title=around.title, notes=around.notes)
