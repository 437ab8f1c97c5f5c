"""The map's polygons: the 35 states, the dependencies around them and the disputed areas, projected and simplified.

The mainland comes from the 1:50m file and is simplified as one coverage, so that neighbors share a border; islands
come from the 1:10m file, with a tolerance so small that every island state keeps a recognizable shape.
"""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from functools import cache

import dataframely as dy
import geopandas as gpd
import polars as pl
import pycountry
import shapely
from shapely.errors import ShapelyError
from shapely.geometry import MultiPolygon, Point, Polygon, box
from shapely.geometry.base import BaseGeometry

from data import columns
from data.contract import MAP_CRS
from data.disputed import SHAPES, disputed_areas
from data.reviewed import Reviewed, read
from etl.areas import state_codes
from etl.errors import SourceError
from etl.fetching.raw import RawFile
from etl.source_declaration import Declaration

# Lands on our map that are part of another country in the file; the boxes are in degrees.
SPLIT = {
    "GUF": ("FRA", box(-55, 2, -51, 6)),
    "GLP": ("FRA", box(-62, 15.7, -60.9, 16.6)),
    "MTQ": ("FRA", box(-61.4, 14.3, -60.7, 15)),
    "REU": ("FRA", box(55, -22, 56, -20)),
    "MYT": ("FRA", box(44.9, -13.1, 45.4, -12.5)),
    "BES": ("NLD", box(-69, 11.9, -62.9, 17.7)),
    "SJM": ("NOR", box(-10, 70.5, 36, 81)),
}


@dataclass(frozen=True)
class MapLayer:
    """Lands simplified together: `tolerance` in km (the square root of the area of a corner that may go, Visvalingam).

    An island under `island` (km2) is dropped unless it is among the three largest of its land.
    """

    scale: str
    tolerance: float
    island: float
    states: tuple[str, ...]
    dependencies: tuple[str, ...]


FINE = "10m"
COARSE = "50m"
MAINLAND = (
    "ARG BLZ BOL BRA CAN CHL COL CRI ECU GTM GUY HND MEX NIC PAN PER PRY SLV SUR URY USA VEN",
    "GRL GUF",
)
LARGE_ISLANDS = ("BHS CUB DOM HTI JAM TTO", "FLK PRI SGS")
# The smallest state is 25 km long: 0.6 km keeps about twenty corners of its coast.
SMALL_ISLANDS = (
    "ATG BRB DMA GRD KNA LCA VCT",
    "ABW AIA BES BLM BMU CUW CYM GLP MAF MSR MTQ SPM SXM TCA VGB VIR",
)
LAYERS = (
    MapLayer(COARSE, 8.0, 1500.0, *(tuple(codes.split()) for codes in MAINLAND)),
    MapLayer(FINE, 2.5, 150.0, *(tuple(codes.split()) for codes in LARGE_ISLANDS)),
    MapLayer(FINE, 0.6, 15.0, *(tuple(codes.split()) for codes in SMALL_ISLANDS)),
)
# An archipelago may have no island above the limit of its layer.
ALWAYS_KEPT = 3
# Kilometers: finer steps are invisible and would only make the file larger.
GRID = 0.1
DEGREES = "EPSG:4326"


def build(files: Sequence[RawFile], source: Declaration) -> tuple[gpd.GeoDataFrame, pl.DataFrame]:
    """The tables `boundaries` (polygons in MAP_CRS, kilometers) and `countries` (label points in degrees).

    Raises:
        SourceError: a scale is missing, unreadable or not a map, or a state or territory is missing from it.
    """
    coarse = _scale(files, source, COARSE)
    # The large file is used only for islands, and for countries that the other one does not have.
    islands = {area for layer in LAYERS if layer.scale == FINE for area in layer.states + layer.dependencies}
    holders = {holder for holder, _ in SPLIT.values()}
    fine = _scale(files, source, FINE, as_printed=set(coarse["area"]) - islands - holders)
    try:
        return shapes(fine, coarse), countries(fine, coarse)
    except (KeyError, ValueError, ShapelyError) as error:
        # A land without area, or mixed scales: these are not the files of the frozen package.
        problem = "the polygons of the two files do not fit together; get countries-50m and countries-10m again"
        raise SourceError(problem, source=source.id, file=", ".join(f.name for f in files)) from error


def _scale(
    files: Sequence[RawFile], source: Declaration, mark: str, as_printed: Collection[str] = ()
) -> gpd.GeoDataFrame:
    named = [file for file in files if f"countries-{mark}" in file.name]
    if len(named) != 1:
        problem = f"expected one file countries-{mark}.json, found {len(named)}"
        raise SourceError(problem, source=source.id)
    table = _split(source.module.parse(named[0].content, named[0].name, as_printed))
    # A coarser scale would give a map without the small islands.
    around = {area for layer in LAYERS if layer.scale == mark for area in layer.dependencies}
    if missing := sorted({*state_codes(), *around} - set(table["area"])):
        problem = (
            f"{', '.join(missing)} missing; get the files of 1:50m and 1:10m, which have all states and territories"
        )
        raise SourceError(problem, source=source.id, file=named[0].name)
    return table


def _split(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give the lands of `SPLIT` rows of their own, taken out of the country that contains them."""
    polygons = dict(zip(table["area"], table.geometry, strict=True))
    for land, (holder, window) in SPLIT.items():
        parts = _parts(polygons[holder]) if land not in polygons and holder in polygons else []
        inside = [part for part in parts if window.covers(part.representative_point())]
        if inside:
            polygons[land] = MultiPolygon(inside)
            polygons[holder] = MultiPolygon([part for part in parts if part not in inside])
    return gpd.GeoDataFrame({"area": list(polygons)}, geometry=list(polygons.values()), crs=table.crs)


def shapes(fine: gpd.GeoDataFrame, coarse: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """The table `boundaries` from the two scales (`area`, `geometry` in degrees; islands from `fine`)."""
    scales = {FINE: fine, COARSE: coarse}
    polygons: dict[str, BaseGeometry] = {}
    kinds: dict[str, str] = {}
    for layer in LAYERS:
        polygons |= _simplified(scales[layer.scale], layer)
        kinds |= dict.fromkeys(layer.states, "state") | dict.fromkeys(layer.dependencies, "dependency")
    contested = _disputed(polygons)
    return _table(polygons | contested, kinds | dict.fromkeys(contested, "disputed"))


def _simplified(table: gpd.GeoDataFrame, layer: MapLayer) -> dict[str, BaseGeometry]:
    areas = layer.states + layer.dependencies
    chosen = table[table["area"].isin(areas)].sort_values("area").to_crs(MAP_CRS)
    pruned = [_larger_parts(shape, layer.island) for shape in chosen.geometry]
    # Simplified one by one, neighbors would leave gaps or overlap.
    coverage = shapely.coverage_simplify(pruned, layer.tolerance)
    return dict(zip(chosen["area"], shapely.set_precision(coverage, GRID), strict=True))


def _parts(shape: BaseGeometry) -> list[Polygon]:
    # Intersections and repairs leave points and lines among the polygons.
    return [part for part in shapely.get_parts(shape) if isinstance(part, Polygon)]


def _larger_parts(shape: BaseGeometry, least: float) -> MultiPolygon:
    parts = sorted(_parts(shape), key=lambda part: -part.area)
    return MultiPolygon([part for rank, part in enumerate(parts) if rank < ALWAYS_KEPT or part.area >= least])


def _disputed(polygons: dict[str, BaseGeometry]) -> dict[str, BaseGeometry]:
    outlines = gpd.read_file(SHAPES).to_crs(MAP_CRS).set_index("slug").geometry
    shapes = {}
    for key, area in disputed_areas().items():
        if area.whole:
            shapes[key] = polygons[area.whole]
        elif area.within:
            cut = shapely.intersection(polygons[area.within], outlines[area.slug])
            shapes[key] = shapely.set_precision(MultiPolygon(_parts(cut)), GRID)
    return shapes


def _table(polygons: dict[str, BaseGeometry], kinds: dict[str, str]) -> gpd.GeoDataFrame:
    areas = sorted(polygons)
    points = [_label_point(area, polygons[area], MAP_CRS) for area in areas]
    columns = {
        "area": areas,
        "kind": [kinds[area] for area in areas],
        "label_x": [round(point.x, 1) for point in points],
        "label_y": [round(point.y, 1) for point in points],
    }
    return gpd.GeoDataFrame(columns, geometry=[polygons[area] for area in areas], crs=MAP_CRS)


class MapLabels(Reviewed):
    """The file of label points in degrees that replace computed ones."""

    FILE = "map_labels.csv"
    MAY_BE_EMPTY = True
    area = columns.country(key=True)
    longitude = dy.Float64(nullable=False, min=-180, max=-20, description="degrees in the Americas, -180 to -20")
    latitude = dy.Float64(nullable=False, min=-60, max=90, description="degrees in the Americas, -60 to 90")
    reason = columns.text()


@cache
def _chosen_points() -> dict[str, Point]:
    """Label points (degrees) chosen by a person, by area."""
    rows = read(MapLabels).select("area", "longitude", "latitude").iter_rows()
    return {area: Point(longitude, latitude) for area, longitude, latitude in rows}


def _label_point(area: str, shape: BaseGeometry, crs: str) -> Point:
    """The point that a person chose, else the center of the largest circle in the largest part."""
    if chosen := _chosen_points().get(area):
        return gpd.GeoSeries([chosen], crs=DEGREES).to_crs(crs).iloc[0]
    # A centroid may be in the sea; the center of an inscribed circle is not.
    largest = max(_parts(shape), key=lambda part: part.area)
    return Point(shapely.maximum_inscribed_circle(largest).coords[0])


def countries(fine: gpd.GeoDataFrame, coarse: gpd.GeoDataFrame) -> pl.DataFrame:
    """The table `countries`: every ISO 3166-1 country, with a label point if we have its polygon.

    Returns:
        area (ISO3), m49, iso2, longitude, latitude (degrees, null without a polygon), by area.
    """
    polygons = {
        area: shape for table in (fine, coarse) for area, shape in zip(table["area"], table.geometry, strict=True)
    }
    rows = [(c.alpha_3, c.numeric, c.alpha_2, *_place(polygons, c.alpha_3)) for c in pycountry.countries]
    schema = {"area": pl.String, "m49": pl.String, "iso2": pl.String, "longitude": pl.Float64, "latitude": pl.Float64}
    return pl.DataFrame(rows, schema=schema, orient="row").sort("area")


def _place(polygons: dict[str, BaseGeometry], area: str) -> tuple[float | None, float | None]:
    if area not in polygons:
        return None, None
    point = _label_point(area, polygons[area], DEGREES)
    return round(point.x, 2), round(point.y, 2)
