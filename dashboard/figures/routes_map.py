"""The route map: arrows between states, rings for what stays in one, role badges, and lands outside at the edges."""

from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Literal

import polars as pl

from dashboard.figures import ground
from dashboard.figures.arrows import Arrow, arrow, scale
from dashboard.figures.badges import by_area
from dashboard.figures.basemap import Basemap
from dashboard.figures.edge import Edges, edges
from dashboard.figures.key import foot, height, key, wrapped
from dashboard.figures.key_arrows import Meaning
from dashboard.figures.layout import layout
from dashboard.figures.palette import PALETTES
from dashboard.figures.panels import WIDE, sheet
from dashboard.figures.route_key import entries
from dashboard.figures.routes_panel import RoutesView, panel_traces
from data.i18n import Language


def routes_map(
    arrows: pl.DataFrame,
    roles: pl.DataFrame,
    basemap: Basemap,
    lang: Language,
    *,
    evidence: Literal["counted", "stated"],
    points: pl.DataFrame,
    chosen: Sequence[str] = (),
    title: str = "",
    notes: Sequence[str] = (),
    palette: Literal["light", "dark"] = "light",
    narrow: bool = False,
    size: tuple[float, float] = WIDE,
) -> dict[str, Any]:
    """A Plotly spec (plain dict) of the routes.

    Args:
        arrows: one row a drawn leg, the largest first: origin, destination (ISO3; equal for a ring), leg {direct,
            to_transit, from_transit}, transit, low, high (persons or statements), records, questioned, years, evidence.
        roles: area, role {origin, transit, destination, internal}, year, source.
        basemap: prepared once for the snapshot.
        evidence: what the arrows are, for the key; the two kinds never share a map.
        points: area (ISO3), longitude, latitude of the countries outside the region.
        chosen: the states that were asked for, with a strong border; none for all.
        title, notes: words over and under the map ("as of" ...); the boundary disclaimer is added.
        palette, narrow, size: as in `region_map`.

    Returns:
        `data` and `layout`; states carry `customdata` [iso3], arrows [iso3 to open, origin, destination, leg, transit].
    """
    colours = PALETTES[palette]
    held = by_area(roles)
    rows = [arrow(row) for row in arrows.iter_rows(named=True)]
    around = _edges(rows, basemap, points, lang, narrow=narrow, height=size[1])
    known = set(basemap.points) | {one.area for one in around.shown}
    shown = [one for one in rows if set(one.ends) <= known]
    largest = scale(shown)
    states = frozenset(basemap.of_kind("state"))
    # Arranged twice: the key decides the height of the sheet, and the width of the sheet the rows of the key.
    blank = sheet(states, narrow=narrow, notes=0, window=around.window, size=size)
    lines = wrapped([*_grouped(around, lang), *notes, ground.disclaimer(lang)], blank.line)
    draft = RoutesView(shown, held, basemap, lang, colours, around, largest, blank, states & set(chosen))
    items = entries(Meaning(shown, held, evidence, largest, bool(draft.chosen)), blank, colours, lang)
    needed = height(items, blank.key.width, narrow=narrow)
    arranged = sheet(states, narrow=narrow, notes=len(lines), key=needed, window=around.window, size=size)
    drawn = replace(draft, place=arranged)
    data = [trace for panel in arranged.panels for trace in panel_traces(drawn, panel)]
    spec = layout(arranged, colours, title, lang.separators)
    spec["annotations"] = spec["annotations"] + foot(lines, colours)
    return {"data": data + key(arranged, items, colours), "layout": spec}


def _edges(
    rows: list[Arrow], basemap: Basemap, points: pl.DataFrame, lang: Language, *, narrow: bool, height: float
) -> Edges:
    weights: dict[str, float] = {}
    for one in rows:
        for code in set(one.ends) - set(basemap.points):
            weights[code] = weights.get(code, 0.0) + one.figure
    places = {code: (x, y) for code, x, y in points.select("area", "longitude", "latitude").iter_rows()}
    names = {code: code if narrow else lang.country(code) for code in weights}
    return edges(weights, places, names, narrow=narrow, height=height)


def _grouped(around: Edges, lang: Language) -> list[str]:
    if not around.grouped:
        return []
    return [
        lang.plural(
            "{n} more country outside the region, listed in the table, has no room on the map.",
            "{n} more countries outside the region, listed in the table, have no room on the map.",
            around.grouped,
        )
    ]
