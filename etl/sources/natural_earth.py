"""Natural Earth's country polygons as packed by world-atlas: one TopoJSON file for each scale.

Its form: a topology with an object `countries`, whose geometries carry an ISO 3166-1 numeric id and an English name.
Lands without an id (Kosovo, Somaliland, reefs and bases) are not countries of ISO 3166 and are left out.
"""

import io
import json
from collections.abc import Collection

import geopandas as gpd
import pandas as pd
import pycountry
from pyogrio.errors import DataLayerError, DataSourceError
from shapely import make_valid
from shapely.errors import ShapelyError

from etl.errors import SourceError

SOURCE = "natural_earth"
LAYER = "countries"
DEGREES = "EPSG:4326"
# The leased naval base is part of Cuba's territory; without it there would be a gap in the coast.
PARTS_WITHOUT_ID = {"USNB Guantanamo Bay": "CUB"}


def parse(content: bytes, file: str, as_printed: Collection[str] = ()) -> gpd.GeoDataFrame:
    """Parse the file of one scale.

    Args:
        content, file: the file and its name.
        as_printed: areas (ISO3) to leave unrepaired, as nobody uses them: Canada or Russia takes a quarter of a second.

    Returns:
        `area` (ISO3) and `geometry` (degrees, valid but for `as_printed`), one row a country, by code.

    Raises:
        SourceError: not JSON (an HTML page, a cut file), or no topology, layer of countries, or ids.
    """
    try:
        return _polygons(content, file, as_printed)
    except (DataSourceError, DataLayerError, ShapelyError, ValueError) as error:
        _refuse_other_forms(content, file)
        raise SourceError(f"its polygons cannot be read ({error}); get it again", source=SOURCE, file=file) from error


def _polygons(content: bytes, file: str, as_printed: Collection[str]) -> gpd.GeoDataFrame:
    table = gpd.read_file(io.BytesIO(content), layer=LAYER).set_crs(DEGREES, allow_override=True)
    if not {"id", "name"} <= set(table.columns):
        raise SourceError("its countries have no id and name; get it again", source=SOURCE, file=file, sheet=LAYER)
    iso3 = {country.numeric: country.alpha_3 for country in pycountry.countries}
    table["area"] = table["id"].map(iso3).fillna(table["name"].map(PARTS_WITHOUT_ID))
    table = table.dropna(subset=["area"])[["area", "geometry"]]
    return _one_row_each(_valid(table, as_printed))


def _valid(table: gpd.GeoDataFrame, as_printed: Collection[str]) -> gpd.GeoDataFrame:
    # Repairing all would take seconds, and only a few (at the date line, at lakes) need it, and parts that are joined.
    used = ~table["area"].isin(as_printed) | table["area"].duplicated(keep=False)
    broken = used & ~table.is_valid
    table.loc[broken, "geometry"] = make_valid(
        table.geometry[broken].to_numpy(), method="structure", keep_collapsed=False
    )
    return table


def _one_row_each(table: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    several = table["area"].duplicated(keep=False)
    merged = table[several].dissolve("area", as_index=False)
    return pd.concat([table[~several], merged]).sort_values("area", ignore_index=True)


def _refuse_other_forms(content: bytes, file: str) -> None:
    if content.lstrip()[:1] == b"<":
        raise SourceError("this is a web page, not a TopoJSON file; get it again", source=SOURCE, file=file)
    try:
        topology = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise SourceError(f"not JSON, or cut short ({error}); get it again", source=SOURCE, file=file) from error
    objects = topology.get("objects") if isinstance(topology, dict) else None
    if not isinstance(objects, dict) or LAYER not in objects:
        raise SourceError(
            f"expected a TopoJSON topology with an object '{LAYER}'; get it again", source=SOURCE, file=file
        )
