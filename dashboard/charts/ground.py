"""The base map: outlines, neutral land, disputed areas, the frame and captions of enlargements, and the disclaimer."""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import pairwise
from typing import Any

import geopandas as gpd
import shapely
from shapely.geometry import Polygon
from shapely.geometry.base import BaseGeometry

from dashboard.charts.colors import COLORS, INVISIBLE
from dashboard.charts.key import Item, wrapped
from dashboard.charts.look import pattern
from dashboard.charts.medium import NOTE, Medium
from dashboard.charts.panels import CAPTION, CARIBBEAN, INSET, REGION, Arrangement, Coordinates, Outline, Panel, Window
from dashboard.charts.traces import Trace, area, lines, marks, xy
from data.disputed import disputed_areas
from data.i18n import Language

# Coordinates are rounded to this grid (kilometers): a third of a screen pixel on each map.
MAIN_GRID = 1.0
INSET_GRID = 0.5
GROUPS = {"neutral": ("dependency", "outside"), "disputed": ("disputed",)}


@dataclass(frozen=True)
class Basemap:
    """The snapshot's boundaries, prepared for drawing.

    Attributes:
        main, inset: outlines by key (ISO3 or `disputed:<slug>`), cut to REGION and to INSET.
        kinds: `state`, `dependency`, `outside` or `disputed`, by key.
        points: label points by key, inside the polygon.
        groups: the outlines drawn as one, of all `neutral` (dependencies, countries outside) or all `disputed` areas,
            by group and whether for `main`.
    """

    main: dict[str, Outline]
    inset: dict[str, Outline]
    kinds: dict[str, str]
    points: dict[str, tuple[float, float]]
    groups: dict[tuple[str, bool], Outline]

    @cached_property
    def lands(self) -> Mapping[str, BaseGeometry]:
        """The outlines of `main` as shapes, by key."""
        return {key: _land(outline) for key, outline in self.main.items()}

    def of_kind(self, kind: str) -> list[str]:
        """The keys of one kind, in alphabetical order."""
        return sorted(key for key, value in self.kinds.items() if value == kind)


def prepare(boundaries: gpd.GeoDataFrame) -> Basemap:
    """Clip and round the table `boundaries` for both windows (about 0.1 s)."""
    rows = list(boundaries[["area", "kind", "label_x", "label_y"]].itertuples(index=False, name=None))
    shapes = dict(zip(boundaries["area"], boundaries.geometry, strict=True))
    main, inset = _outlines(shapes, REGION, MAIN_GRID), _outlines(shapes, INSET, INSET_GRID)
    kinds = {area: kind for area, kind, _, _ in rows}
    groups = {
        (group, drawn is main): _joined(outline for area, outline in drawn.items() if kinds[area] in members)
        for group, members in GROUPS.items()
        for drawn in (main, inset)
    }
    points = {area: (float(x), float(y)) for area, _, x, y in rows}
    return Basemap(main, inset, kinds, points, groups)


def mainland(basemap: Basemap, area: str) -> list[tuple[float, float]]:
    """Two opposite corners around the largest part of a land, without its islands; none for a land not on the map."""
    if area not in basemap.lands:
        return []
    left, bottom, right, top = max(shapely.get_parts(basemap.lands[area]), key=lambda part: part.area).bounds
    return [(left, bottom), (right, top)]


def _joined(outlines: Iterable[Outline]) -> Outline:
    """Several outlines as one, with gaps between them."""
    x: Coordinates = []
    y: Coordinates = []
    for outline in outlines:
        gap: Coordinates = [None] if x else []
        x += gap + list(outline.x)
        y += gap + list(outline.y)
    return Outline(x, y)


def _land(outline: Outline) -> BaseGeometry:
    """The shape with an outline."""
    cuts = [at for at, value in enumerate(outline.x) if value is None]
    rings = [
        [*zip(outline.x[first:last], outline.y[first:last], strict=True)]
        for first, last in pairwise([0, *(end for at in cuts for end in (at, at + 1)), len(outline.x)])
    ][::2]
    return shapely.union_all([shapely.make_valid(Polygon(ring)) for ring in rings])


def _outlines(shapes: dict[str, BaseGeometry], window: Window, grid: float) -> dict[str, Outline]:
    # A margin keeps the cut itself outside the picture.
    margin = window.width / 50
    frame = (window.left - margin, window.bottom - margin, window.right + margin, window.top + margin)
    cut = {key: shapely.set_precision(shapely.clip_by_rect(shape, *frame), grid) for key, shape in shapes.items()}
    return {key: _outline(shapely.get_parts(shape)) for key, shape in cut.items() if shape.area > 0}


def _outline(parts: Iterable[BaseGeometry]) -> Outline:
    rings = (part.exterior.xy for part in parts if isinstance(part, Polygon))
    return _joined(Outline([*map(_short, x)], [*map(_short, y)]) for x, y in rings)


def _short(value: float) -> float:
    # JSON writes the integer 12 and the float 12.0: integers save a third of the bytes.
    return int(value) if value == int(value) else round(value, 1)


# The room around the states of a part of the region, as a share of its width and height: labels stand in it.
AROUND = 0.12, 0.09


def part(basemap: Basemap, states: Collection[str]) -> Window | None:
    """What a map of some states shows; None for all of them."""
    found = [basemap.main[code].extent for code in states if code in basemap.main]
    if not found or set(states) >= set(basemap.of_kind("state")):
        return None
    left, bottom = min(one.left for one in found), min(one.bottom for one in found)
    right, top = max(one.right for one in found), max(one.top for one in found)
    across, up = ((right - left) * AROUND[0], (top - bottom) * AROUND[1])
    return Window(left - across, bottom - up, right + across, top + up)


# The size in pixels of the invisible mark that shows the name of an area. Plotly prefers a small mark to a large one if
# both hold the pointer: were these larger, Sint Maarten would take the touches of Saint Kitts and Nevis.
NAMED = 8


def outlines(basemap: Basemap, panel: Panel) -> Mapping[str, Outline]:
    """The outlines that a panel draws, by key."""
    if panel.main:
        return basemap.main
    return {key: outline for key, outline in basemap.inset.items() if outline.extent.meets(panel.window)}


def neutral_lands(basemap: Basemap, panel: Panel, lang: Language) -> list[Trace]:
    """Dependencies and countries outside the region: gray, without figures, with their names as hover."""
    outline = basemap.groups["neutral", panel.main]
    keys = [key for kind in ("dependency", "outside") for key in basemap.of_kind(kind)]
    land = area(panel.axis, outline, COLORS.land, line=(COLORS.edge(COLORS.land), 0.6))
    return [land, _names(basemap, panel, {key: lang.country(key) for key in keys})]


def disputed(basemap: Basemap, panel: Panel, lang: Language) -> list[Trace]:
    """Disputed areas, on top: a neutral hatch on a neutral fill, so that no state's figure colors them."""
    outline = basemap.groups["disputed", panel.main]
    hatch = pattern("\\", COLORS.frame, COLORS.land, 5, 0.22)
    land = area(panel.axis, outline, COLORS.land, line=(COLORS.frame, 0.6), fillpattern=hatch)
    return [land, _names(basemap, panel, {key: disputed_name(key, lang) for key in basemap.of_kind("disputed")})]


def _names(basemap: Basemap, panel: Panel, names: Mapping[str, str]) -> Trace:
    """Invisible marks with the names as hover: one trace of many areas is drawn much faster than many traces."""
    drawn = outlines(basemap, panel)
    keys = [key for key in names if key in drawn]
    marker = {"size": NAMED, "color": INVISIBLE, "line": {"width": 0}}
    places = xy(basemap.points[key] for key in keys)
    return marks(panel.axis, *places, marker, hovertext=[names[key] for key in keys])


def disputed_name(key: str, lang: Language) -> str:
    """The name of a disputed area, and its parties."""
    listed = disputed_areas().get(key)
    if listed is None:
        return key
    parties = lang.listing(lang.country(party) for party in listed.parties)
    return lang.text("<b>{name}</b><br>Disputed: {parties}", name=listed.names[lang.code], parties=parties)


def frame(panel: Panel, medium: Medium) -> Trace:
    """On the map of the region the dotted frame of the enlarged part."""
    x, y = CARIBBEAN.outline
    return lines(panel.axis, x, y, color=COLORS.frame, width=1 if medium.close else 1.3, dash="dot")


def captions(place: Arrangement, lang: Language) -> list[dict[str, Any]]:
    """The captions of the enlargements, above them: on the map they would cover land, labels or arrows."""
    names = {
        "2": lang.text("Central America and Greater Antilles")
        if place.narrow
        else lang.text("Central America and the Caribbean"),
        "3": lang.text("Lesser Antilles"),
    }
    return [_caption(panel.axis, names[panel.axis]) for panel in place.panels if not panel.main]


def _caption(axis: str, text: str) -> dict[str, Any]:
    place = {"xref": f"x{axis} domain", "yref": f"y{axis} domain", "x": 0, "y": 1, "yshift": CAPTION / 2}
    font = {"size": NOTE, "color": COLORS.ink}
    return {"text": text, "showarrow": False, "font": font, "xanchor": "left", "yanchor": "middle", **place}


def key_items(basemap: Basemap, place: Arrangement, lang: Language) -> list[Item]:
    """The entries of the key that all maps share: disputed areas where one is shown, nothing on a card."""
    if place.alone:
        return []
    hatch = {"fillpattern": pattern("\\", COLORS.frame, COLORS.land, 5, 0.22)}
    items = [Item(lang.text("Not covered by this map"), COLORS.land, (COLORS.edge(COLORS.land), 0.6))]
    extents = [basemap.main[key].extent for key in basemap.of_kind("disputed") if key in basemap.main]
    if any(extent.meets(panel.window) for extent in extents for panel in place.panels):
        items.append(Item(lang.text("Disputed area"), COLORS.land, (COLORS.frame, 0.6), extra=hatch))
    return items


def on_slide(medium: Medium, lang: Language) -> list[str]:
    """The lines at the foot of a map on a slide, around which there is no frame: the boundary disclaimer."""
    return wrapped([disclaimer(lang)], medium.across) if medium.slide else []


def disclaimer(lang: Language) -> str:
    """The boundary disclaimer of every map."""
    return lang.text(
        "Boundaries and names imply no opinion on the status of any territory; disputed areas are hatched."
    )
