"""Descriptions of the snapshot's files for `datapackage.json` (Frictionless Data Resource, Table Schema)."""

import hashlib
from collections.abc import Mapping
from pathlib import Path, PurePosixPath
from typing import Any

import geopandas as gpd
import polars as pl

from data.contract import MAP_CRS, SCHEMAS

# The version of the contract that snapshots follow: `contract` in the manifest; without it, it is version 1.
CONTRACT = 2
MEDIA = {
    ".parquet": "application/vnd.apache.parquet",
    ".csv": "text/csv",
    ".md": "text/markdown",
    ".toml": "application/toml",
}


def refusal(manifest: Mapping[str, Any]) -> str:
    """Why a snapshot of another version of the contract is not read, and what to do; empty if it is read."""
    version = manifest.get("contract", 1)
    if version == CONTRACT:
        return ""
    newer = isinstance(version, int) and version > CONTRACT
    remedy = "install a newer program" if newer else "run 'python -m etl build'"
    problem = f"follows version {version!r} of the contract, and this program reads version {CONTRACT}"
    return f"{problem}: {remedy}, or set ATALAYA_SNAPSHOT"


def resource(folder: Path, table: str, frame: pl.DataFrame) -> dict[str, Any]:
    """Describe the file of a table in `folder`: schema with its key, number of rows, size (bytes), hash."""
    columns = SCHEMAS[table].columns()
    fields = [
        {"name": name, "type": field_type(kind, nullable=columns[name].nullable)} for name, kind in frame.schema.items()
    ]
    schema = {"fields": fields, "primaryKey": SCHEMAS[table].primary_key()}
    return described(folder, f"{table}.parquet", frame.height) | {"schema": schema}


def boundaries_resource(folder: Path, name: str, boundaries: gpd.GeoDataFrame) -> dict[str, Any]:
    """Describe the file of polygons, with its coordinate reference system."""
    kinds = {"geometry": "any", "label_x": "number", "label_y": "number"}
    fields = [{"name": column, "type": kinds.get(column, "string")} for column in boundaries.columns]
    return described(folder, f"{name}.parquet", len(boundaries)) | {"schema": {"fields": fields}, "crs": MAP_CRS}


def described(folder: Path, path: str, rows: int | None = None) -> dict[str, Any]:
    """Describe a file in `folder`: its name without the ending, format, size (bytes), hash, and rows if it has any."""
    content, name = (folder / path).read_bytes(), PurePosixPath(path)
    facts = {
        "name": name.stem,
        "path": path,
        "format": name.suffix.removeprefix("."),
        "mediatype": MEDIA[name.suffix],
        **({} if rows is None else {"rows": rows}),
    }
    # Not `bytes`: frictionless compares that with the bytes it reads, and it does not count those of Parquet.
    return {**facts, "size": len(content), "hash": f"sha256:{hashlib.sha256(content).hexdigest()}"}


def field_type(kind: pl.DataType, *, nullable: bool) -> str:
    """The Table Schema type of a column, as pandas reads it from Parquet (frictionless uses pandas).

    There an integer column with a missing value becomes a float column, and a list becomes an array, which is not JSON.
    """
    if kind.is_integer() and not nullable:
        return "integer"
    if kind.is_numeric():
        return "number"
    return {pl.Boolean(): "boolean", pl.String(): "string", pl.Date(): "date"}.get(kind, "any")
