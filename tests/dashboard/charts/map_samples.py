"""A made-up ground and made-up rows for the tests of the maps. The figures mean nothing."""

from typing import Any

import geopandas as gpd
import polars as pl
from shapely import box

from dashboard.charts.ground import Basemap, prepare
from data.contract import MAP_CRS

FIRST_HALF = "ARG ATG BHS BLZ BOL BRA BRB CAN CHL COL CRI CUB DMA DOM ECU GRD GTM GUY"
STATES = f"{FIRST_HALF} HND HTI JAM KNA LCA MEX NIC PAN PER PRY SLV SUR TTO URY USA VCT VEN".split()
# Label points in kilometres, rough but in the right corner of the map.
AT = {
    "ARG": (1600, -4200),
    "BOL": (1700, -2700),
    "BRA": (3300, -2200),
    "CAN": (-1600, 5300),
    "CHL": (900, -4500),
    "COL": (750, -500),
    "ECU": (200, -1000),
    "GUY": (2400, -500),
    "MEX": (-2200, 1800),
    "PER": (800, -2300),
    "PRY": (2100, -3300),
    "SUR": (2650, -350),
    "URY": (2400, -4500),
    "USA": (-1700, 3500),
    "VEN": (1700, -300),
}


def ground() -> Basemap:
    """Squares of 40 km in the inset and 300 km elsewhere, a dependency, and a disputed half of Guyana."""
    small = [code for code in STATES if code not in AT]
    at = AT | {code: (-1300 + 700 * (rank % 5), 200 + 500 * (rank // 5)) for rank, code in enumerate(small)}
    rows = [(code, "state", *at[code], 40 if code in small else 300) for code in STATES]
    rows += [("GRL", "dependency", 1200, 7000, 300), ("disputed:essequibo", "disputed", 2300, -500, 100)]
    shapes = [box(x - size, y - size, x + size, y + size) for *_, x, y, size in rows]
    columns = {name: [row[place] for row in rows] for place, name in enumerate(("area", "kind", "label_x", "label_y"))}
    return prepare(gpd.GeoDataFrame(columns, geometry=shapes, crs=MAP_CRS))


def figure(
    area: str, low: float | None, high: float | None, status: str = "exact", unit: str = "persons"
) -> dict[str, Any]:
    """One row of the region frame."""
    row = {"area": area, "year": 2019, "low": low, "high": high, "status": status, "unit": unit}
    return row | {"source": "unodc_glotip", "release": "2025-10-28", "locator": "sheet!7", "note": None}


def region(*rows: dict[str, Any]) -> pl.DataFrame:
    """A region frame: the given rows, and "not reported" for every other state."""
    by_area = {row["area"]: row for row in rows}
    absent = {"year": None, "source": None, "release": None, "locator": None}
    full = [by_area.get(code, figure(code, None, None, "not_reported") | absent) for code in STATES]
    return pl.DataFrame(full, infer_schema_length=None)


def arrow(origin: str, destination: str, low: float, high: float | None = None, **changed: Any) -> dict[str, Any]:
    """One row of the arrows frame."""
    row = {"origin": origin, "destination": destination, "leg": "direct", "transit": None, "low": float(low)}
    row |= {"high": float(low if high is None else high), "records": 1, "questioned": False, "years": [2015]}
    row |= {"left_out": None}
    return row | {"evidence": "counted"} | changed


def arrows(*rows: dict[str, Any]) -> pl.DataFrame:
    """An arrows frame, also an empty one."""
    schema = {"origin": pl.String, "destination": pl.String, "leg": pl.String, "transit": pl.String, "low": pl.Float64}
    schema |= {"high": pl.Float64, "records": pl.UInt32, "questioned": pl.Boolean, "years": pl.List(pl.Int16)}
    record = pl.Struct({"year": pl.Int16, "low": pl.Float64, "high": pl.Float64})
    return pl.DataFrame(list(rows), schema=schema | {"evidence": pl.String, "left_out": pl.List(record)})
