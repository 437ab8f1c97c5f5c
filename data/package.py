"""What a data package says of each of its files (Frictionless Data Resource, Table Schema)."""

import hashlib
from pathlib import Path
from typing import Any

import geopandas as gpd
import polars as pl

from data.contract import MAP_CRS, SCHEMAS


def resource(folder: Path, table: str, frame: pl.DataFrame) -> dict[str, Any]:
    """A table's file in `folder`: schema with its key, rows, size (bytes), hash."""
    columns = SCHEMAS[table].columns()
    fields = [
        {"name": name, "type": _field_type(kind, nullable=columns[name].nullable)}
        for name, kind in frame.schema.items()
    ]
    schema: dict[str, Any] = {"fields": fields}
    if key := SCHEMAS[table].primary_key():
        schema["primaryKey"] = key
    return _described(folder, table, frame.height) | {"schema": schema}


def boundaries_resource(folder: Path, name: str, boundaries: gpd.GeoDataFrame) -> dict[str, Any]:
    """The file of the polygons, with the coordinate reference system they are in."""
    kinds = {"geometry": "any", "label_x": "number", "label_y": "number"}
    fields = [{"name": column, "type": kinds.get(column, "string")} for column in boundaries.columns]
    return _described(folder, name, len(boundaries)) | {"schema": {"fields": fields}, "crs": MAP_CRS}


def _described(folder: Path, table: str, rows: int) -> dict[str, Any]:
    content = (folder / f"{table}.parquet").read_bytes()
    facts = {
        "name": table,
        "path": f"{table}.parquet",
        "format": "parquet",
        "mediatype": "application/vnd.apache.parquet",
    }
    # Not `bytes`: frictionless compares that with what it reads of a file, which of Parquet it does not count.
    return {**facts, "rows": rows, "size": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def _field_type(kind: pl.DataType, *, nullable: bool) -> str:
    """The Table Schema type, as those who read Parquet through pandas (frictionless does) find the cells.

    A missing integer makes its column one of floating numbers there, and a list comes as an array that is no JSON.
    """
    if kind.is_integer() and not nullable:
        return "integer"
    if kind.is_numeric():
        return "number"
    return {pl.Boolean(): "boolean", pl.String(): "string", pl.Date(): "date"}.get(kind, "any")
